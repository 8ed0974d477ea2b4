/* round.c -- one deployment under fire, and its undisturbed twin.
 * SPDX-License-Identifier: Apache-2.0
 *
 * There is one input partition, so the order of the input is the order of the output, and
 * both deployments have to write the same bytes. What the reader saw while faults
 * happened is compared, not what stands in the topic afterwards; then a second reader
 * compares what stands there with what the first one saw. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "articles.h"
#include "check.h"
#include "faults.h"
#include "feeder.h"
#include "observer.h"
#include "tally.h"

unsigned dice(struct round *round, unsigned n)
{
    return (unsigned)(chance(round->seed * 1000003 + round->n_throws++) % n);
}

void doze(struct round *round, unsigned ms)
{
    (void)usleep(1000 * dice(round, ms + 1));
}

void await_active(struct child *child)
{
    CHECK(child_await(child, "STATUS=active", PATIENCE_MS), "the instance is not active");
}

void await_progress(struct round *round)
{
    size_t n = observer_count(round->obs, WRITTEN_SKETCH);
    CHECK(observer_await(round->obs, n + 1, PATIENCE_MS), "no progress after the fault");
}

/* Works off what is left. */
static void run_to_the_end(const struct deployment *dep, struct observer *obs, size_t n)
{
    struct child child;
    child_start(&child, dep, NULL);
    CHECK(child_await(&child, "READY=1", PATIENCE_MS), "it is not ready");
    CHECK(observer_await(obs, n, PATIENCE_MS), "%zu of %zu records are decided",
          observer_count(obs, WRITTEN_SKETCH), n);
    child_end(&child);
}

struct expected {
    bool is_there;
    uint64_t bytes;
};

/* By input offset: what the undisturbed run wrote. */
static struct expected *expected_make(const struct sights *calm, size_t n_input)
{
    struct expected *list = calloc(n_input + 1, sizeof(*list));
    CHECK(list, "out of memory");
    for (size_t i = 0; i < calm->n; i++) {
        CHECK((size_t)calm->items[i].source < n_input, "the input has no such record");
        list[calm->items[i].source] = (struct expected){true, calm->items[i].bytes};
    }
    return list;
}

static void compare_kind(enum written_kind kind, const struct sights *calm,
                         const struct sights *seen, size_t n_input, struct tally *tally)
{
    static const char *const names[] = {"output", "dead letter", "sketch"};
    struct expected *due = expected_make(calm, n_input);
    int64_t last = -1;
    size_t n_due = calm->n;
    for (size_t i = 0; i < seen->n; i++) {
        const struct sight *sight = &seen->items[i];
        size_t at = (size_t)sight->source;
        if (at >= n_input || !due[at].is_there) {
            tally->duplicated++; /* or it should not be at all */
            printf("once too often: %s of input %zu, the %zu. of %zu\n", names[kind], at,
                   i + 1, seen->n);
            continue;
        }
        due[at].is_there = false;
        n_due--;
        tally->wrong += due[at].bytes != sight->bytes || sight->source <= last;
        last = sight->source;
    }
    tally->lost += n_due;
    free(due);
}

/* What was seen while it was written, and what stands there. */
static size_t compare_sights(const struct sights *a, const struct sights *b)
{
    size_t n = a->n < b->n ? a->n : b->n;
    size_t wrong = a->n + b->n - 2 * n;
    for (size_t i = 0; i < n; i++)
        wrong += a->items[i].source != b->items[i].source ||
                 a->items[i].bytes != b->items[i].bytes;
    return wrong;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Of sketches: every input has one. */
static void measure(const struct sights *seen, const int64_t *acked_us, size_t n_input,
                    struct tally *tally)
{
    int64_t *waits_us = calloc(seen->n + 1, sizeof(*waits_us));
    int64_t last_us = n_input ? acked_us[0] : 0, longest_us = 0;
    CHECK(waits_us, "out of memory");
    for (size_t i = 0; i < seen->n; i++) {
        const struct sight *sight = &seen->items[i];
        if ((size_t)sight->source >= n_input)
            continue;
        int64_t due_us = acked_us[sight->source];
        /* Quiet times of the feeder are not ours. */
        int64_t from_us = due_us > last_us ? due_us : last_us;
        if (sight->seen_us - from_us > longest_us)
            longest_us = sight->seen_us - from_us;
        last_us = sight->seen_us;
        waits_us[i] = sight->seen_us - due_us;
    }
    qsort(waits_us, seen->n, sizeof(*waits_us), by_value);
    tally->longest_stop_s = (double)longest_us / 1e6;
    tally->p99_s = seen->n ? (double)waits_us[seen->n * 99 / 100] / 1e6 : 0;
    free(waits_us);
}

static void observe_calm(const struct round *round, size_t n_input,
                         struct sights ret[WRITTEN_KINDS])
{
    struct deployment calm;
    char name[40];
    (void)snprintf(name, sizeof(name), "%s-calm", round->scenario->name);
    deployment_make(&calm, name, round->dep.input, 1);
    struct observer *obs = observer_start(&calm);
    run_to_the_end(&calm, obs, n_input);
    observer_finish(obs, ret);
}

static void round_judge(const struct round *round, const int64_t *acked_us,
                        size_t n_input, const struct sights seen[WRITTEN_KINDS],
                        struct tally *ret)
{
    struct sights calm[WRITTEN_KINDS], after[WRITTEN_KINDS];
    observe_calm(round, n_input, calm);
    struct observer *obs = observer_start(&round->dep);
    CHECK(observer_await(obs, seen[WRITTEN_SKETCH].n, PATIENCE_MS), "the log shrank");
    observer_finish(obs, after);
    *ret = (struct tally){
        .times = round->n_done, .in_txn = round->n_in_txn, .input = n_input};
    for (int i = 0; i < WRITTEN_KINDS; i++) {
        compare_kind((enum written_kind)i, &calm[i], &seen[i], n_input, ret);
        ret->wrong += compare_sights(&seen[i], &after[i]);
    }
    measure(&seen[WRITTEN_SKETCH], acked_us, n_input, ret);
    sights_free(calm);
    sights_free(after);
}

void round_run(struct round *round, struct tally *ret)
{
    struct sights seen[WRITTEN_KINDS];
    int64_t *acked_us;
    deployment_make(&round->dep, round->scenario->name, NULL, 1);
    round->obs = observer_start(&round->dep);
    struct feeder *feeder = feeder_start(round->dep.input, round->scenario->per_second);
    round->scenario->inject(round);
    size_t n_input = feeder_stop(feeder, &acked_us);
    run_to_the_end(&round->dep, round->obs, n_input);
    observer_finish(round->obs, seen);
    round_judge(round, acked_us, n_input, seen, ret);
    sights_free(seen);
    free(acked_us);
}
