/* brokers.c -- brokers of three die, come back, or freeze.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two instances live through it. Neither may end but as fenced, and what they hold of
 * memory and descriptors afterwards is what they held before. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "check.h"
#include "cluster.h"
#include "crew.h"
#include "faults.h"

#define BROKERS 3

static void broker_kills(struct round *round)
{
    struct crew crew;
    crew_start(&crew, round);
    for (; round->n_done < round->n_events; round->n_done++) {
        broker_signal(1 + (int)dice(round, BROKERS), SIGKILL);
        doze(round, 4000);
        cluster_mend(BROKERS);
        await_progress(round);
        crew_keep(&crew, round);
        doze(round, 1000);
    }
    crew_end(&crew);
}

static void broker_freezes(struct round *round)
{
    struct crew crew;
    crew_start(&crew, round);
    for (; round->n_done < round->n_events; round->n_done++) {
        int i = 1 + (int)dice(round, BROKERS);
        broker_signal(i, SIGSTOP);
        (void)sleep(round->is_long ? 15 + dice(round, 46) : 5 + dice(round, 3));
        broker_signal(i, SIGCONT);
        await_progress(round);
        crew_keep(&crew, round);
        doze(round, 1000);
    }
    crew_end(&crew);
}

const struct scenario broker_scenarios[] = {
    {.name = "broker_kills",
     .summary = "kill -9 of one of three brokers, and its return",
     .events = 3,
     .per_second = 50,
     .inject = broker_kills},
    {.name = "broker_freezes",
     .summary = "SIGSTOP of one of three brokers",
     .events = 2,
     .per_second = 50,
     .inject = broker_freezes},
    {0},
};
