/* feed.h -- records of files into a topic.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Order is kept and nothing is sent twice (an idempotent producer). The key is the file's
 * name, with the line's number when it holds several articles; the content type goes into
 * a header. */
#ifndef TOOLS_FEED_H
#define TOOLS_FEED_H

#include <stdint.h>

#include "client.h"
#include "inputs.h"

#define FEED_CEILING_BYTES ((size_t)64 << 20) /* of one record */

struct feed {
    rd_kafka_t *rk;
    const char *topic;
    uint64_t sent;
    uint64_t acknowledged;
    uint64_t failed;
    uint64_t acknowledged_bytes;
    char last_failure[512]; /* one sentence part */
};

/* EXIT_FINE, or EXIT_USAGE after a message. `topic` is borrowed; it takes batches of up
 * to `limit` bytes, 0: nobody knows. */
int feed_open(struct feed *feed, struct client *client, const char *topic, size_t limit);

/* What is not sent yet is dropped. Safe after a failed feed_open(). */
void feed_close(struct feed *feed);

/* Queues one record, and waits while the queue is full. A record that cannot be sent
 * counts as failed. */
void feed_send(struct feed *feed, const struct input_record *rec);

/* Takes acknowledgements for up to `timeout_ms`. */
void feed_poll(struct feed *feed, int timeout_ms);

/* Sent, and neither acknowledged nor failed yet. */
uint64_t feed_pending(const struct feed *feed);

#endif
