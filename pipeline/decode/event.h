/* event.h -- CloudEvents 1.0: what stands around the article.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_EVENT_H
#define WD_DECODE_EVENT_H

#include "json.h"

/* What a structured event says; strings in the arena. */
struct wd_event {
    struct wd_str id;
    struct wd_str source;
    struct wd_str content_type; /* of its data */
    struct wd_str bytes;        /* its data, when that is no JSON object */
    bool has_bytes;
};

/* The object is an event in structured mode. */
bool wd_event_is(const struct wd_json *object);

/* Reads it. *ret_data is the article when that is a JSON object; else NULL, and the event
 * has its bytes. */
int wd_event_read(struct wd_article *art, const struct wd_json *object,
                  struct wd_event *ret_event, const struct wd_json **ret_data);

/* An article without an id gets that of its event: of `event`, or of the record's ce_
 * headers, which are how Kafka carries the binary mode. */
int wd_event_name(struct wd_article *art, const struct wd_event *event);

#endif
