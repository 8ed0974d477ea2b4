/* kills.c -- kill -9 at random moments changes nothing that a reader can see.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The unfaulted run and the killed ones read the same input topic, so their outputs can
 * be compared record by record. A kill comes up to 800 ms after the daemon said that it
 * is active (in the middle of reading, deciding, committing) or, one time in four, at any
 * moment of its start. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "articles.h"
#include "check.h"
#include "claims.h"
#include "verify.h"

#define ARTICLE_BYTES 700
#define PATIENCE_MS   60000

bool is_long_run(void)
{
    const char *word = getenv("WD_KAFKA_LONG");
    return word && strcmp(word, "1") == 0;
}

static void feed_topic(const struct deployment *dep, uint64_t n, int partitions)
{
    struct feed *feed = feed_open(dep->input, partitions);
    feed_articles(feed, 0, n, ARTICLE_BYTES);
    feed_close(feed);
}

static int run_killed(const struct deployment *dep, int kills, uint64_t seed,
                      const char *const *more)
{
    int n_active = 0;
    for (int i = 0; i < kills; i++) {
        struct child child;
        uint64_t dice = chance(seed * 1000 + (uint64_t)i);
        child_start(&child, dep, more);
        bool is_active =
            dice % 4 != 0 && child_await(&child, "STATUS=active", PATIENCE_MS);
        n_active += is_active;
        uint64_t span_us = is_active ? 800000 : 1500000;
        (void)usleep((useconds_t)(chance(dice) % span_us));
        child_signal(&child, SIGKILL);
        CHECK(child_wait(&child, 5000) == 128 + SIGKILL, "it ended by itself");
    }
    return n_active;
}

static void run_to_the_end(const struct deployment *dep, size_t n,
                           const char *const *more, struct written *ret)
{
    struct child child;
    child_start(&child, dep, more);
    written_read(dep, n, PATIENCE_MS, ret);
    child_end(&child);
}

static void kill_test(uint64_t seed, int partitions, const char *name)
{
    size_t n = is_long_run() ? 20000 : 6000;
    int kills = is_long_run() ? 30 : 10;
    char killed_name[40];
    struct deployment calm, killed;
    struct written expected = {0}, found = {0};
    deployment_make(&calm, name, NULL, partitions);
    (void)snprintf(killed_name, sizeof(killed_name), "%s-killed", name);
    deployment_make(&killed, killed_name, calm.input, partitions);
    feed_topic(&calm, n, partitions);

    run_to_the_end(&calm, n, NULL, &expected);
    verify_derivation(&calm, &expected);
    int n_active = run_killed(&killed, kills, seed, NULL);
    size_t n_before = topic_count(killed.sketch);
    run_to_the_end(&killed, n, NULL, &found);
    printf(
        "  %d kills, %d of them while active; %zu of %zu records were decided by then\n",
        kills, n_active, n_before, n);
    verify_derivation(&killed, &found);
    if (partitions == 1)
        verify_equal(&expected, &found);
    written_free(&expected);
    written_free(&found);
}

static void kill_one_partition(uint64_t seed)
{
    kill_test(seed, 1, "kill1");
}

static void kill_four_partitions(uint64_t seed)
{
    kill_test(seed, 4, "kill4");
}

/* Without transactions a crash may repeat outputs, never lose one; the sketch log still
 * has each article once. */
static void at_least_once(uint64_t seed)
{
    static const char *const mode[] = {"desk.mode=at-least-once", NULL};
    size_t n = 2000;
    struct deployment dep;
    struct written out = {0};
    deployment_make(&dep, "least", NULL, 1);
    feed_topic(&dep, n, 1);
    (void)run_killed(&dep, 4, seed, mode);
    run_to_the_end(&dep, n, mode, &out);
    CHECK(out.sketch.n == n, "%zu sketches for %zu records", out.sketch.n, n);
    CHECK(written_outcomes(&out) >= n, "%zu outputs and %zu dead letters for %zu",
          out.output.n, out.dlq.n, n);
    printf("  %zu records: %zu outputs, %zu dead letters\n", n, out.output.n, out.dlq.n);
    verify_presence(&dep, &out);
    written_free(&out);
}

const struct claim kill_claims[] = {
    {"kills_change_no_byte", kill_one_partition},
    {"kills_keep_the_recorded_order", kill_four_partitions},
    {"at_least_once_loses_nothing", at_least_once},
    {NULL, NULL},
};
