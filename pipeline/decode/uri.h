/* uri.h -- the name under which the world knows an article.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_URI_H
#define WD_DECODE_URI_H

#include <stdbool.h>

#include "base/article.h"

/* A URI after RFC 3986: a scheme, a colon, and only characters that may stand in one. */
bool wd_uri_is_valid(struct wd_str str);

/* Sets meta.uri from meta.id, the id as the source wrote it, or from the record's bytes
 * when there is none. meta.id stays only when the uri had to differ. WD_OK, WD_ELIMIT
 * past limits.uri_bytes, or WD_ENOMEM. */
int wd_uri_assign(struct wd_article *art);

/* A web address as a URI in the arena, letters past ASCII percent-encoded; empty when it
 * is none. WD_OK or WD_ENOMEM. */
int wd_uri_from_url(struct wd_arena *arena, struct wd_str url, struct wd_str *ret_uri);

#endif
