/* faults.h -- what a kind of fault is, and what one round of it has found.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A round is one deployment with articles coming in, faults being injected, and a reader
 * watching. Afterwards a second deployment works through the same input undisturbed; what
 * the reader saw has to be the same, record by record and byte by byte. */
#ifndef FAULTS_FAULTS_H
#define FAULTS_FAULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "child.h"

/* By then whatever has to happen has happened, also where others have the processors. */
#define PATIENCE_MS 300000

struct observer;

struct round {
    struct deployment dep;
    struct observer *obs;
    uint64_t seed;
    uint64_t n_throws; /* of dice() */
    int n_events;      /* how many faults to inject */
    char more_set[80]; /* a --set beside the scenario's own; empty: none */
    bool is_long;      /* faults may last as long as in the field */
    const struct scenario *scenario;
    /* What inject() reports. */
    int n_done;
    int n_in_txn;       /* of them, inside a transaction */
    int64_t slowest_us; /* of what it timed by itself; zombies: until one left */
};

struct scenario {
    const char *name;
    const char *summary; /* for the table */
    int events;          /* in a round of the short form */
    int per_second;      /* articles */
    const char *const *sets;
    void (*inject)(struct round *round);
};

extern const struct scenario kill_scenarios[];     /* kills.c; a NULL name ends a list */
extern const struct scenario instance_scenarios[]; /* instances.c */
extern const struct scenario broker_scenarios[];   /* brokers.c */
extern const struct scenario network_scenarios[];  /* network.c */
extern const struct scenario pressure_scenarios[]; /* pressure.c */
extern const struct scenario role_scenarios[];     /* roles.c */

/* The next number below `n` of the round's chance. */
unsigned dice(struct round *round, unsigned n);

/* Sleeps from 0 to `ms`, by chance. */
void doze(struct round *round, unsigned ms);

/* Waits for an instance to be active; ends the test when it does not become so. */
void await_active(struct child *child);

/* Waits until the reader sees something new; ends the test when it does not. */
void await_progress(struct round *round);

/* kills.c: starts an instance that leaves a trace of where it is. */
void start_traced(const struct round *round, struct child *child, const char *armed);

/* kills.c: whether the instance has become active, as far as its trace says. */
bool is_active(const struct child *child);

/* kills.c: whether the instance is, or was when it died, inside a transaction. */
bool was_in_txn(const struct child *child);

#endif
