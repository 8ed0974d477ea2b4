/* instances.c -- instances that freeze, come and go.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A zombie is an active instance that sleeps through its session and its transaction's
 * timeout while a successor works, and then goes on as if nothing had been. It has to
 * leave, or to stand by, and nothing that it still does may be seen; how long the slowest
 * one took is told.
 * The storm mixes starts, SIGTERM, SIGKILL and short sleeps over up to five instances. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "faults.h"
#include "observer.h"

#define TXN_TIMEOUT_MS 3000
#define LEAVE_MS       30000 /* mostly 0.1 s; a machine may stand still meanwhile */
#define MOST           5

static const char *const short_txn[] = {"kafka.transaction.timeout.ms=3000", NULL};

/* Starts one again that has ended, which may only be as fenced. */
static void revive(struct child *child, const struct round *round)
{
    int code = child_wait(child, 1000);
    CHECK(code == 3, "an instance ended with %d", code);
    start_traced(round, child, NULL);
}

/* After it was woken: it ends as fenced, or stands by. */
static void await_leaving(struct child *zombie, struct round *round)
{
    int64_t woken_us = now_us();
    bool stands_by = child_await(zombie, "STATUS=standby", LEAVE_MS);
    int64_t took_us = now_us() - woken_us;
    if (took_us > round->slowest_us)
        round->slowest_us = took_us;
    /* What it says first may be the last it says. */
    if (stands_by && child_await(zombie, "STATUS=standby", LEAVE_MS) &&
        !child_has_ended(zombie))
        return;
    CHECK(child_has_ended(zombie), "the zombie is still there after %d ms", LEAVE_MS);
    revive(zombie, round);
}

/* One time in two, waits until it is inside a transaction. */
static void aim(struct round *round, const struct child *child)
{
    int64_t until_us = now_us() + (dice(round, 2) ? 300000 : 0);
    while (now_us() < until_us && !was_in_txn(child))
        (void)usleep(200);
}

/* Returns which of the two is active, as soon as the other one stands by. A machine that
 * is too slow for a session of a second passes the lease on by itself, and that is no
 * fault: whoever was fenced then is started again. So is who stood by as soon as he was
 * woken, and heard only with the answer to his last transaction that he was fenced. */
static int await_pair(struct round *round, struct child pair[2], int active)
{
    int64_t until_us = now_us() + PATIENCE_MS * INT64_C(1000);
    while (now_us() < until_us) {
        if (child_await(&pair[!active], "STATUS=standby", 200))
            return active;
        if (child_has_ended(&pair[!active])) {
            revive(&pair[!active], round);
        } else if (child_has_ended(&pair[active])) {
            revive(&pair[active], round);
            active = !active;
        } else if (child_await(&pair[active], "STATUS=standby", 200)) {
            return !active;
        }
    }
    CHECK(false, "no standby");
    return active;
}

/* Like await_active(), for one who may still end as fenced. */
static void await_successor(struct child *child, const struct round *round)
{
    int64_t until_us = now_us() + PATIENCE_MS * INT64_C(1000);
    while (!child_await(child, "STATUS=active", 200)) {
        CHECK(now_us() < until_us, "nobody takes over");
        if (child_has_ended(child))
            revive(child, round);
    }
}

static void zombies(struct round *round)
{
    struct child pair[2];
    int active = 0;
    start_traced(round, &pair[0], NULL);
    await_active(&pair[0]);
    start_traced(round, &pair[1], NULL);
    for (int i = 0; i < round->n_events; i++) {
        active = await_pair(round, pair, active);
        doze(round, 300);
        aim(round, &pair[active]);
        child_signal(&pair[active], SIGSTOP);
        int64_t stopped_us = now_us();
        await_successor(&pair[!active], round);
        int64_t left_us = stopped_us + TXN_TIMEOUT_MS * 1000 + 200000 - now_us();
        if (left_us > 0)
            (void)usleep((useconds_t)left_us);
        doze(round, 500);
        round->n_in_txn += was_in_txn(&pair[active]);
        child_forget(&pair[active]); /* what it said before it slept */
        child_signal(&pair[active], SIGCONT);
        await_leaving(&pair[active], round);
        active = !active;
        round->n_done++;
    }
    printf("the slowest zombie was gone, or stood by, %.1f s after it was woken\n",
           (double)round->slowest_us / 1e6);
    (void)await_pair(round, pair, active);
    for (int i = 0; i < 2; i++)
        child_end(&pair[i]);
}

struct storm {
    struct child children[MOST];
    bool is_there[MOST];
    bool is_frozen[MOST];
};

static void storm_reap(struct storm *storm, int i, int ms)
{
    int code = child_wait(&storm->children[i], ms);
    /* 3: it slept too long, and was fenced. SIGTERM: it was hit before it could listen.
     */
    CHECK(code == 0 || code == 3 || code == 128 + SIGKILL || code == 128 + SIGTERM,
          "instance %d ended with %d", i, code);
    storm->is_there[i] = storm->is_frozen[i] = false;
}

static void storm_thaw(struct storm *storm, int i)
{
    if (storm->is_frozen[i])
        child_signal(&storm->children[i], SIGCONT);
    storm->is_frozen[i] = false;
}

/* Whom the next event hits: one time in two the active one, if there is one. */
static int storm_victim(const struct storm *storm, struct round *round)
{
    int victim = (int)dice(round, MOST);
    bool is_aimed = dice(round, 2) == 0;
    for (int i = 0; i < MOST && is_aimed; i++) {
        if (storm->is_there[i] && is_active(&storm->children[i]))
            victim = i;
    }
    return victim;
}

static void storm_event(struct storm *storm, struct round *round)
{
    int i = storm_victim(storm, round);
    if (storm->is_there[i] && child_has_ended(&storm->children[i]))
        storm_reap(storm, i, 1000);
    if (!storm->is_there[i]) {
        start_traced(round, &storm->children[i], NULL);
        storm->is_there[i] = true;
        return;
    }
    bool was_frozen = storm->is_frozen[i];
    storm_thaw(storm, i);
    switch (was_frozen ? 3 : dice(round, 3)) {
    case 0:
        child_signal(&storm->children[i], SIGTERM);
        storm_reap(storm, i, PATIENCE_MS);
        break;
    case 1:
        child_signal(&storm->children[i], SIGKILL);
        storm_reap(storm, i, PATIENCE_MS);
        round->n_in_txn += was_in_txn(&storm->children[i]);
        break;
    case 2:
        child_signal(&storm->children[i], SIGSTOP);
        storm->is_frozen[i] = true;
        break;
    default: /* it was woken */
        break;
    }
}

static void storms(struct round *round)
{
    struct storm storm;
    memset(&storm, 0, sizeof(storm));
    for (; round->n_done < round->n_events; round->n_done++) {
        storm_event(&storm, round);
        doze(round, 800);
    }
    for (int i = 0; i < MOST; i++)
        storm_thaw(&storm, i);
    for (int i = 0; i < MOST; i++) {
        if (storm.is_there[i] && !child_has_ended(&storm.children[i]))
            child_signal(&storm.children[i], SIGTERM);
        if (storm.is_there[i])
            storm_reap(&storm, i, PATIENCE_MS);
    }
}

const struct scenario instance_scenarios[] = {
    {.name = "zombies",
     .summary = "SIGSTOP beyond session and transaction, successor, SIGCONT",
     .events = 5,
     .per_second = 100,
     .sets = short_txn,
     .inject = zombies},
    {.name = "storm",
     .summary = "3-5 instances started, stopped, killed, frozen",
     .events = 40,
     .per_second = 100,
     .sets = short_txn,
     .inject = storms},
    {0},
};
