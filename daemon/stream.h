/* stream.h -- the active instance at work: records in, transactions out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All calls are made on the loop's thread. */
#ifndef DAEMON_STREAM_H
#define DAEMON_STREAM_H

#include <uv.h>

#include "metrics.h"
#include "successor.h"
#include "workers.h"

struct stream;

struct stream_events {
    void *opaque;
    /* It cannot go on and has stopped; on_quiet follows. Do nothing to it here. */
    void (*on_fault)(void *opaque, const struct fault *fault);
    /* After stream_drain(): all that was taken is committed. After stream_stop(): nothing
     * is under way any more. After stream_hold(): no batch is under way. */
    void (*on_quiet)(void *opaque);
};

/* Begins to read; without a pipeline, tagged records. Borrows all but the estate's
 * closing: the stream never closes it. NULL when memory or descriptors are short. */
struct stream *stream_new(uv_loop_t *loop, const struct config *cfg, struct estate *est,
                          struct workers *wrk, const struct wd_pipeline *pl,
                          struct patience *pat, struct metrics *met,
                          const struct stream_events *events);

/* NULL-safe. Only when it is quiet after a stop or drain. */
void stream_free(struct stream *str);

/* To be called whenever a batch is done. */
void stream_turn(struct stream *str);

/* Grows with everything that moves: a record read, a batch decided, a commit. */
uint64_t stream_steps(const struct stream *str);

/* Whether there is nothing that could move: no record waits, is prepared, or is decided
 * and uncommitted. */
bool stream_is_idle(const struct stream *str);

/* Whether all batches are under way, so that nothing is read. */
bool stream_is_full(const struct stream *str);

/* Has the broker asked whether the input is still what it was; not while a transaction is
 * open. To be called now and then. */
void stream_look(struct stream *str);

/* Takes no more records, finishes and commits what it has, then says on_quiet. */
void stream_drain(struct stream *str);

/* Takes and decides nothing any more, drops what it has, says on_quiet when no thread is
 * busy with it. */
void stream_stop(struct stream *str);

/* Takes no more records until stream_resume(); says on_quiet when no batch is under way.
 */
void stream_hold(struct stream *str);
void stream_resume(struct stream *str, const struct wd_pipeline *pl);

#endif
