/* kills.c -- kill -9, at random and at every labelled point.
 * SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "check.h"
#include "faults.h"
#include "probe.h"

static const struct {
    const char *name;
    bool is_in_txn;
} points[] = {
#define X(point, name, is_in_txn) {name, is_in_txn},
    PROBE_POINTS(X)
#undef X
};

/* A file for each child: it is told from others by its log's name. */
static void trace_path(const struct child *child, char path[220])
{
    (void)snprintf(path, 220, "%s.trace", child->log);
}

/* The point that it passed last; -1: none yet. */
static int last_point(const struct child *child)
{
    struct probe_trace trace = {0};
    char path[220];
    trace_path(child, path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t size = read(fd, &trace, sizeof(trace));
    close(fd);
    return size == (ssize_t)sizeof(trace) ? atomic_load(&trace.last) - 1 : -1;
}

bool is_active(const struct child *child)
{
    return last_point(child) >= PROBE_ASSIGNED;
}

bool was_in_txn(const struct child *child)
{
    int last = last_point(child);
    return last >= 0 && points[last].is_in_txn;
}

void start_traced(const struct round *round, struct child *child, const char *armed)
{
    const char *sets[8] = {NULL};
    size_t n = 0;
    for (const char *const *set = round->scenario->sets; set && *set; set++)
        sets[n++] = *set;
    if (*round->more_set)
        sets[n++] = round->more_set;
    child_start_with(
        child, &round->dep,
        &(struct child_plan){.sets = sets, .is_traced = true, .variables = {armed}});
}

/* Up to 300 ms after it became active or, one time in five, at any moment of its start.
 */
static void kill_at_random(struct round *round)
{
    for (int i = 0; i < round->n_events; i++) {
        struct child child;
        start_traced(round, &child, NULL);
        if (dice(round, 5) == 0) {
            doze(round, 600);
        } else {
            await_active(&child);
            doze(round, 300);
        }
        child_signal(&child, SIGKILL);
        CHECK(child_wait(&child, PATIENCE_MS) == 128 + SIGKILL, "it ended by itself");
        round->n_in_txn += was_in_txn(&child);
        round->n_done++;
    }
}

static void kill_at(struct round *round, int point)
{
    char armed[60];
    struct child child;
    /* The points of the start are passed once. */
    unsigned pass = point < PROBE_BEGUN ? 1 : 1 + dice(round, 4);
    (void)snprintf(armed, sizeof(armed), "WD_PROBE=%s:%u", points[point].name, pass);
    start_traced(round, &child, armed);
    int code = child_wait(&child, PATIENCE_MS);
    CHECK(code == 128 + SIGKILL, "at %s it ended with %d", points[point].name, code);
    CHECK(last_point(&child) >= 0, "it left no trace");
    round->n_in_txn += was_in_txn(&child);
    round->n_done++;
}

static void kill_at_points(struct round *round)
{
    for (int i = 0; i < round->n_events; i++) {
        for (int point = 0; point < N_PROBE_POINTS; point++)
            kill_at(round, point);
    }
}

const struct scenario kill_scenarios[] = {
    {.name = "kill_at_random",
     .summary = "kill -9 at random",
     .events = 16,
     .per_second = 100,
     .inject = kill_at_random},
    {.name = "kill_at_points",
     .summary = "kill -9 at each labelled point",
     .events = 1,
     .per_second = 100,
     .inject = kill_at_points},
    {0},
};
