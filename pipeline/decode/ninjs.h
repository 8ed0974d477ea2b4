/* ninjs.h -- an article in IPTC's ninjs, 1.x to 3.x.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_NINJS_H
#define WD_DECODE_NINJS_H

#include "json.h"

/* The object has members that only ninjs has. */
bool wd_ninjs_is_shaped(const struct wd_json *object);

/* Reads meta data and raw text. raw.data stays NULL when there is no body. */
int wd_ninjs_read(struct wd_article *art, const struct wd_json *object);

#endif
