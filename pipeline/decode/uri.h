/* uri.h -- the name under which the world knows an article.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_URI_H
#define WD_DECODE_URI_H

#include <stdbool.h>

#include "../article.h"

/* A URI after RFC 3986: a scheme, a colon, and only characters that may stand in one. */
bool wd_uri_is_valid(struct wd_str str);

/* Sets meta.uri from the id that the source gave, or from the record's bytes when `id` is
 * empty. WD_OK, WD_ELIMIT past limits.uri_bytes, or WD_ENOMEM. */
int wd_uri_assign(struct wd_article *art, struct wd_str id);

#endif
