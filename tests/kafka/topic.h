/* topic.h -- topics as a test sees them: made, filled, read to the end.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef KAFKA_TOPIC_H
#define KAFKA_TOPIC_H

#include <librdkafka/rdkafka.h>
#include <stdbool.h>
#include <stdint.h>

/* The broker that ctest's fixture (or WD_KAFKA_BROKERS) offers. */
const char *brokers(void);

/* Makes a topic that keeps everything, and takes records of up to 16 MiB. */
void topic_make(const char *topic, int partitions);

/* Adds partitions, so that there are `n`. */
void topic_grow(const char *topic, int n);

/* Deletes a topic. */
void topic_delete(const char *topic);

/* Deletes the records before `offset` of partition 0, as retention would. */
void topic_truncate(const char *topic, int64_t offset);

/* A read_committed consumer of `group`, which was never joined; told of partitions'
 * ends. */
rd_kafka_t *topic_reader(const char *group);

/* Where partition 0 ends, with what is not committed yet and the marks of transactions.
 */
int64_t topic_end(const char *topic);

struct feed;

/* A producer for `topic`. */
struct feed *feed_open(const char *topic, int partitions);

/* The same, that sends each record at once instead of waiting for more. */
struct feed *feed_open_prompt(const char *topic);

/* A producer for `topic` that packs all that is flushed together into one batch. */
struct feed *feed_open_packed(const char *topic, const char *codec);

/* How much it has sent, packed, with all that is around it. */
size_t feed_sent_bytes(const struct feed *feed);

/* Sends articles [first, last) of about `size` bytes; article i goes to a partition that
 * follows from i. Waits for the acknowledgements. */
void feed_articles(struct feed *feed, uint64_t first, uint64_t last, size_t size);

/* Sends one record, to partition 0 or the one named; takes the headers. */
void feed_record(struct feed *feed, const void *key, size_t key_size, const void *value,
                 size_t value_size, rd_kafka_headers_t *headers, int64_t timestamp_ms);
void feed_record_to(struct feed *feed, int32_t partition, const void *key,
                    size_t key_size, const void *value, size_t value_size,
                    rd_kafka_headers_t *headers, int64_t timestamp_ms);
void feed_flush(struct feed *feed);
void feed_close(struct feed *feed);

/* Records of a topic, read_committed, in the order of their offsets. */
struct records {
    rd_kafka_message_t **items;
    size_t n;
    size_t room;
};

/* Reads all partitions until `want` records are there, then to their ends. Fails the test
 * when there is no new record for `patience_ms`. */
void topic_read(const char *topic, size_t want, int patience_ms, struct records *ret);

/* How many records topic_read() would find now. */
size_t topic_count(const char *topic);

void records_free(struct records *recs);

/* The value of the last header `name`; false when there is none. */
bool record_header(const rd_kafka_message_t *msg, const char *name,
                   const void **ret_value, size_t *ret_size);

/* Whether header `name` is there and is `text`. */
bool record_header_is(const rd_kafka_message_t *msg, const char *name, const char *text);

/* Key, value, headers and timestamp are the same, byte for byte. */
bool record_equal(const rd_kafka_message_t *a, const rd_kafka_message_t *b);

/* The group's committed offset for partition `p`; -1 when there is none. */
int64_t committed_offset(const char *group, const char *topic, int32_t p);
void commit_offset(const char *group, const char *topic, int32_t p, int64_t offset);

#endif
