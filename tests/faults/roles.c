/* roles.c -- taggers and desks that come and go, and brokers with them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Three taggers and two desks do together what the undisturbed twin does alone. There is
 * one input partition here, so that both have one order; that shares of several
 * partitions move about is for tests/kafka/roles.c, which derives every output again. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "cluster.h"
#include "faults.h"
#include "observer.h"
#include "topic.h"

#define TAGGERS 3
#define CREW    (TAGGERS + 2) /* the others are desks */
#define BROKERS 3

struct troupe {
    struct child children[CREW];
    bool is_there[CREW];
};

static void troupe_start(struct troupe *troupe, const struct round *round, int i)
{
    static const char *const roles[][3] = {{"desk.role=tag", "desk.workers=1", NULL},
                                           {"desk.role=desk", "desk.workers=1", NULL}};
    child_start_with(
        &troupe->children[i], &round->dep,
        &(struct child_plan){.sets = roles[i >= TAGGERS], .is_traced = true});
    troupe->is_there[i] = true;
}

/* 3: a desk that was fenced. SIGTERM: it was hit before it could listen. */
static void troupe_reap(struct troupe *troupe, int i)
{
    int code = child_wait(&troupe->children[i], PATIENCE_MS);
    CHECK(code == 0 || (code == 3 && i >= TAGGERS) || code == 128 + SIGKILL ||
              code == 128 + SIGTERM,
          "instance %d ended with %d", i, code);
    troupe->is_there[i] = false;
}

static void hit(struct troupe *troupe, struct round *round, int i)
{
    struct child *child = &troupe->children[i];
    switch (dice(round, 4)) {
    case 0:
        child_signal(child, SIGTERM);
        troupe_reap(troupe, i);
        break;
    case 1:
        child_signal(child, SIGSTOP);
        (void)usleep(1500000); /* longer than a session */
        child_signal(child, SIGCONT);
        break;
    default:
        round->n_in_txn += was_in_txn(child);
        child_signal(child, SIGKILL);
        troupe_reap(troupe, i);
    }
}

static void troupe_event(struct troupe *troupe, struct round *round)
{
    int i = (int)dice(round, CREW);
    if (troupe->is_there[i] && child_has_ended(&troupe->children[i]))
        troupe_reap(troupe, i);
    if (troupe->is_there[i])
        hit(troupe, round, i);
    else
        troupe_start(troupe, round, i);
}

/* One time in ten, where there are three brokers. */
static void broker_event(struct round *round)
{
    broker_signal(1 + (int)dice(round, BROKERS), SIGKILL);
    doze(round, 2000);
    cluster_mend(BROKERS);
}

/* Taggers first; the desk finishes what they passed on, so that one instance may go on.
 */
static void troupe_end(struct troupe *troupe, struct round *round)
{
    for (int i = 0; i < CREW; i++) {
        if (troupe->is_there[i] && i < TAGGERS)
            child_signal(&troupe->children[i], SIGTERM);
        if (troupe->is_there[i] && i < TAGGERS)
            troupe_reap(troupe, i);
    }
    for (int i = TAGGERS; i < CREW; i++) {
        if (troupe->is_there[i] && child_has_ended(&troupe->children[i]))
            troupe_reap(troupe, i);
        if (!troupe->is_there[i])
            troupe_start(troupe, round, i);
    }
    int64_t n_tagged = committed_offset(round->dep.group, round->dep.input, 0);
    CHECK(observer_await(round->obs, n_tagged > 0 ? (size_t)n_tagged : 0, PATIENCE_MS),
          "the desk does not finish");
    for (int i = TAGGERS; i < CREW; i++) {
        if (!child_has_ended(&troupe->children[i]))
            child_signal(&troupe->children[i], SIGTERM);
        troupe_reap(troupe, i);
    }
}

static void roles(struct round *round)
{
    struct troupe troupe;
    bool has_three = strchr(brokers(), ',') != NULL;
    memset(&troupe, 0, sizeof(troupe));
    deployment_add_roles(&round->dep);
    for (int i = 0; i < CREW; i++)
        troupe_start(&troupe, round, i);
    for (; round->n_done < round->n_events; round->n_done++) {
        if (has_three && dice(round, 10) == 0)
            broker_event(round);
        else
            troupe_event(&troupe, round);
        doze(round, 1000);
    }
    troupe_end(&troupe, round);
}

const struct scenario role_scenarios[] = {
    {.name = "roles",
     .summary = "3 taggers and 2 desks started, stopped, killed, put to sleep",
     .events = 15,
     .per_second = 100,
     .inject = roles},
    {0},
};
