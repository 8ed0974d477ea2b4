/* dead_letter.h -- a record of a dead-letter topic as an object, and what became of it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_DEAD_LETTER_H
#define TOOLS_DEAD_LETTER_H

#include <jansson.h>
#include <librdkafka/rdkafka.h>
#include <stdbool.h>
#include <stdint.h>

#define DEAD_LETTER_ERROR  "wiredesk.error."
#define DEAD_LETTER_SOURCE "wiredesk.source."

/* On the marker that a requeue leaves in the dead-letter topic, in the same transaction
 * as the article: which letter is no longer dead. */
#define DEAD_LETTER_REQUEUED "wiredesk.requeued."

/* {"topic", "partition", "offset", "key", "error": {code, class, stage, message, …},
 * "source": {topic, partition, offset, timestamp}, "headers": {…}, "bytes", and the
 * record as "value" if it is UTF-8, else in base64 as "raw"}. For the caller to release;
 * NULL when memory is short. Works for any record. */
json_t *dead_letter_json(const rd_kafka_message_t *message);

/* Whether the message is a requeue's marker, and for which letter. */
bool dead_letter_is_marker(const rd_kafka_message_t *message, int32_t *ret_partition,
                           int64_t *ret_offset);

#endif
