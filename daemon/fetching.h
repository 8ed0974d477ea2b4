/* fetching.h -- keeps librdkafka reading ahead.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_FETCHING_H
#define DAEMON_FETCHING_H

#include <stddef.h>

#include <librdkafka/rdkafka.h>

struct fetching {
    rd_kafka_t *consumer;
    rd_kafka_topic_partition_list_t *assigned; /* its own copy */
    size_t taken_bytes;                        /* since they were woken */
};

/* For the configuration of a consumer: what fetch.queue.backoff.ms is to be; NULL: this
 * librdkafka does not know it. */
const char *fetching_backoff_ms(void);

/* What the consumer reads; both are borrowed for the call, and the consumer for longer.
 */
void fetching_init(struct fetching *fetch, rd_kafka_t *consumer,
                   const rd_kafka_topic_partition_list_t *assigned);
void fetching_done(struct fetching *fetch);

/* To be called with the size of each message that was taken from the queue. */
void fetching_note_taken(struct fetching *fetch, size_t size);

#endif
