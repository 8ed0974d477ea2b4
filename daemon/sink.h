/* sink.h -- the producer: what an article makes, and the offsets, all or nothing.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_SINK_H
#define DAEMON_SINK_H

#include "config.h"
#include "fault.h"
#include "patience.h"
#include "wiredesk/span.h"

enum sink_topic {
    SINK_OUTPUT,
    SINK_DLQ,
    SINK_SKETCH,
    SINK_TAGGED,
    SINK_CLUSTERS,
    SINK_TOPICS
};

/* The topic's name; NULL when an instance of this role has nothing to do with it. */
const char *sink_topic_name(const struct config *cfg, enum sink_topic topic);

/* Who writes, and for whom offsets are committed. */
struct sink_identity {
    const char *transactional_id;
    const rd_kafka_consumer_group_metadata_t *group; /* borrowed; NULL: of no member */
};

struct sink_record {
    enum sink_topic topic;
    struct wd_str key;           /* a NULL pointer: none */
    struct wd_str value;         /* a NULL pointer: none */
    rd_kafka_headers_t *headers; /* taken, also on failure; NULL: none */
    int64_t timestamp_ms;
};

struct sink;

/* Makes the producer and, in a transaction mode, fences every predecessor. `limits` are
 * the largest records that the topics take. Blocks. */
struct sink *sink_open(const struct config *cfg, const struct sink_identity *identity,
                       const size_t limits[SINK_TOPICS], struct patience *pat,
                       struct fault *fault);

/* Fences whoever writes under this id, and aborts what it left open. Blocks. */
int sink_fence(const struct config *cfg, const char *transactional_id,
               struct patience *pat, struct fault *fault);

/* NULL-safe. Blocks for a moment. What is not committed is lost, as in a crash. A
 * FAULT_WORLD in *fault becomes FAULT_FENCED when giving up the open transaction shows
 * that another instance has taken over: what was seen first of that may have looked like
 * an outage. */
void sink_close(struct sink *sink, struct fault *fault);

/* The producer's queue of events, for the loop. The caller destroys it. */
rd_kafka_queue_t *sink_queue(struct sink *sink);

/* Takes what the queue holds. */
void sink_drain(struct sink *sink);

/* The largest record that the topic takes: key, value and headers together. */
size_t sink_limit(const struct sink *sink, enum sink_topic topic);

/* Opens a transaction, as soon as the broker is through with the last one. Blocks; nobody
 * else may use the sink meanwhile. */
int sink_begin(struct sink *sink, struct patience *pat, struct fault *fault);

/* Queues a record; its bytes are copied. */
int sink_put(struct sink *sink, const struct sink_record *record, struct fault *fault);

/* Bytes of keys and values that were queued, and are not acknowledged. */
size_t sink_pending_bytes(const struct sink *sink);

/* Exactly once: commits the transaction with `offsets`. At least once: waits until all
 * records are acknowledged, sketches last, and has `consumer` commit `offsets`. Blocks;
 * nobody else may use the sink meanwhile. */
int sink_commit(struct sink *sink, const rd_kafka_topic_partition_list_t *offsets,
                rd_kafka_t *consumer, struct patience *pat, struct fault *fault);

/* Whether the last commit's EndTxn may exist twice: only a producer with a new epoch is
 * then safe from the copy. */
bool sink_is_stale(struct sink *sink);

/* Replaces the producer. Blocks; its queue is another one afterwards. */
int sink_renew(struct sink *sink, struct fault *fault);

#endif
