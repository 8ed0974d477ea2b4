/* envelope.h -- an article as a JSON object.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_ENVELOPE_H
#define WD_DECODE_ENVELOPE_H

#include "event.h"

/* Reads a JSON record: an envelope of our own making or a CMS's, ninjs when the object
 * has its shape or `is_ninjs` says so, or either of them as the data of a CloudEvent.
 * *ret_event is untouched when it is none; when the event's data is no object, nothing
 * but the event is read. */
int wd_decode_json(struct wd_article *art, struct wd_str bytes, bool is_ninjs,
                   struct wd_event *ret_event);

#endif
