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
 * that the committed offsets say the same. With a `share` only the partitions in it, from
 * where their offsets were committed. Blocks. */
struct source *source_open(const struct config *cfg,
                           const rd_kafka_topic_partition_list_t *share,
                           const struct ledger *led, struct patience *pat,
                           struct fault *fault);

/* NULL-safe. Blocks for a moment. All items have been released. */
void source_close(struct source *src);

/* The same, but the consumer is left to the end of the process. librdkafka 2.0.2 waits
 * for ever when one is destroyed whose topic was deleted. NULL-safe. */
void source_abandon(struct source *src);

/* The consumer's queue, for the loop. The caller destroys it. */
rd_kafka_queue_t *source_queue(struct source *src);

/* Records and events that wait to be taken. */
size_t source_waiting(const struct source *src);

/* A partition of the input, and what the last fetch said about it. */
struct source_place {
    const char *topic; /* borrowed from the source */
    int32_t partition;
    int64_t low;  /* the first offset there is */
    int64_t read; /* past the last record or end of a transaction that was taken */
    int64_t high; /* past the last offset */
};

size_t source_partitions(const struct source *src);

/* The i-th; false while nothing is known about it. Asks no broker. */
bool source_partition(const struct source *src, size_t i, struct source_place *ret_place);

/* For at-least-once: who commits the offsets. */
rd_kafka_t *source_handle(struct source *src);

/* Asks the broker whether the topics still have the partitions that are being read. A
 * fault when not: of the world when there are more (starting again takes them up). Who
 * reads a share leaves that to the group. Blocks for a moment. */
int source_look(struct source *src, const struct config *cfg, struct patience *pat,
                struct fault *fault);

/* Takes the next record into a new item of `batch`: 1, 0 when there is none now, -1 with
 * *fault set. */
int source_next(struct source *src, struct batch *batch, struct fault *fault);

/* Lets go of the bytes of every item in the batch. */
void source_release(struct batch *batch);

#endif
