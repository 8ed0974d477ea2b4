/* fault.h -- why the daemon cannot go on, and what follows from it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Bad records are not faults: they go to the dead letters. Bugs are not either: they
 * abort. A fault is the world's, and its kind says what the desk does about it. */
#ifndef DAEMON_FAULT_H
#define DAEMON_FAULT_H

enum fault_kind {
    FAULT_NONE,
    FAULT_WORLD,  /* broker, network, memory: drop everything, start again from the log */
    FAULT_STOP,   /* it was asked to stop while it waited */
    FAULT_STATE,  /* log and offsets disagree: a person must look; exit 3 */
    FAULT_FENCED, /* another instance has taken over; exit 3, or a tagger's new start */
    FAULT_USAGE,  /* the configuration cannot work here; exit 2 */
};

struct fault {
    enum fault_kind kind;
    char message[400]; /* one sentence without its full stop */
};

/* Fills *fault and returns -1. */
int fault_set(struct fault *fault, enum fault_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
