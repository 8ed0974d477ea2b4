/* source.h -- the input partitions, read from where the log left off.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_SOURCE_H
#define DAEMON_SOURCE_H

#include "config.h"
#include "fault.h"
#include "ledger.h"
#include "patience.h"
#include "workers.h"

struct source;

/* Assigns every input partition behind the last offset that `led` knows, after checking
 * that the committed offsets say the same. Blocks. */
struct source *source_open(const struct config *cfg, const struct ledger *led,
                           struct patience *pat, struct fault *fault);

/* NULL-safe. Blocks for a moment. All items have been released. */
void source_close(struct source *src);

/* The consumer's queue, for the loop. The caller destroys it. */
rd_kafka_queue_t *source_queue(struct source *src);

/* Records and events that wait to be taken. */
size_t source_waiting(const struct source *src);

/* For at-least-once: who commits the offsets. */
rd_kafka_t *source_handle(struct source *src);

/* Takes the next record into a new item of `batch`: 1, 0 when there is none now, -1 with
 * *fault set. */
int source_next(struct source *src, struct batch *batch, struct fault *fault);

/* Lets go of the bytes of every item in the batch. */
void source_release(struct batch *batch);

#endif
