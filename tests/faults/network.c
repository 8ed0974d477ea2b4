/* network.c -- the network between instances and broker is cut, or delays the one
 * request that must not be delayed.
 * SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <unistd.h>

#include "check.h"
#include "crew.h"
#include "faults.h"
#include "via.h"

static void cuts(struct round *round)
{
    static const enum proxy_cut kinds[] = {CUT_RESET, CUT_FREEZE, CUT_UP};
    struct crew crew;
    struct proxy *proxy = via_open(round);
    crew_start(&crew, round);
    for (; round->n_done < round->n_events; round->n_done++) {
        doze(round, 500);
        proxy_cut(proxy, kinds[dice(round, 3)]);
        (void)usleep(1000 * (1000 + dice(round, round->is_long ? 9000 : 2500)));
        proxy_cut(proxy, CUT_NOT);
        await_progress(round);
        crew_keep(&crew, round);
    }
    crew_end(&crew);
    proxy_close(proxy);
}

/* An EndTxn is held for longer than librdkafka waits for its answer. It hangs up, sends
 * another one on a new connection and commits; then the first one arrives, in the middle
 * of the next transaction. */
static void late_ends(struct round *round)
{
    struct child child;
    struct proxy *proxy = via_open(round);
    start_traced(round, &child, NULL);
    await_active(&child);
    for (; round->n_done < round->n_events; round->n_done++) {
        doze(round, 300);
        proxy_delay_end(proxy, 1100 + (int)dice(round, 1200));
        for (int ms = 0; !proxy_has_delivered(proxy); ms += 5) {
            CHECK(ms < PATIENCE_MS, "no EndTxn was delayed");
            (void)usleep(5000);
        }
        await_progress(round);
    }
    CHECK(child_logged(&child, "producer is renewed"), "no producer was renewed");
    child_end(&child);
    proxy_close(proxy);
}

static const char *const impatient[] = {"kafka.socket.timeout.ms=1000", NULL};

const struct scenario network_scenarios[] = {
    {.name = "cuts",
     .summary = "network cut: reset, frozen, or one way",
     .events = 4,
     .per_second = 100,
     .inject = cuts},
    {.name = "late_ends",
     .summary = "EndTxn delayed into the next transaction",
     .events = 6,
     .per_second = 100,
     .sets = impatient,
     .inject = late_ends},
    {0},
};
