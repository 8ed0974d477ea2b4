/* letter.h -- one record of an output or dead-letter topic, shown.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_LETTER_H
#define TOOLS_LETTER_H

#include <librdkafka/rdkafka.h>
#include <stdbool.h>

#include "view.h"
#include "wiredesk/span.h"

/* The value of a header of the message; {NULL, 0} when it has none of that name. */
struct wd_str letter_header(const rd_kafka_message_t *message, const char *name);

/* A dead letter: it says why it was refused. */
bool letter_is_dead(const rd_kafka_message_t *message);

/* The article that the message carries, for the caller to release; NULL when it carries
 * none: a dead letter, or something that is not ours. */
json_t *letter_parse(const rd_kafka_message_t *message);

/* One block: an enriched article (what letter_parse() gave), a dead letter with its
 * reason, or how a record begins that is neither. */
void letter_show(struct view *view, const rd_kafka_message_t *message,
                 const json_t *enriched);

/* One line for stderr: where a dead letter came from, and why it is one. */
void letter_tell_dead(const struct term *term, const rd_kafka_message_t *message);

#endif
