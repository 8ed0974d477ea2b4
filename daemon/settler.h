/* settler.h -- transactions of the active instance: opened, filled, committed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All calls are made on the loop's thread; whatever waits for the broker is done on a
 * thread of the pool, one job at a time. */
#ifndef DAEMON_SETTLER_H
#define DAEMON_SETTLER_H

#include <uv.h>

#include "metrics.h"
#include "successor.h"
#include "workers.h"

struct settler;

struct settler_events {
    void *opaque;
    /* A job is through, or a commit has become due; `fault` says why it cannot go on, or
     * is NULL. The settler may be freed here. */
    void (*on_turn)(void *opaque, const struct fault *fault);
};

/* Borrows all. NULL when memory or descriptors are short. */
struct settler *settler_new(uv_loop_t *loop, const struct config *cfg, struct estate *est,
                            struct patience *pat, struct metrics *met,
                            const struct settler_events *events);

/* NULL-safe. No job is under way. */
void settler_free(struct settler *stl);

/* Decides on the item; what comes of it goes into the next transaction, at once when that
 * is open. After a fault the desk is ahead of the log. */
int settler_put(struct settler *stl, struct item *item, struct fault *fault);

/* Whether the next transaction takes nothing more. */
bool settler_is_full(const struct settler *stl);

/* Opens a transaction, unless there is one. */
void settler_open(struct settler *stl);

/* Commits the open transaction when it is time, or rings then. `has_more`: articles are
 * under way that it could still take. */
void settler_commit(struct settler *stl, bool has_more);

/* Has the broker asked whether the input is still what it was, while no transaction is
 * open. */
void settler_look(struct settler *stl);

/* Starts nothing any more; what is under way comes to its end. */
void settler_stop(struct settler *stl);

/* Whether records were decided that are in no transaction that is closing or through. */
bool settler_has_records(const struct settler *stl);

/* Whether nothing is decided and uncommitted, and no job under way. */
bool settler_is_through(const struct settler *stl);

bool settler_is_busy(const struct settler *stl);

/* Grows with each transaction that was opened, and with each that was committed. */
uint64_t settler_steps(const struct settler *stl);

#endif
