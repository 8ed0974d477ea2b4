/* charset.h -- text that is not UTF-8; the one door to iconv and uchardet.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_CHARSET_H
#define WD_DECODE_CHARSET_H

#include <stdbool.h>

#include "base/article.h"

/* A declared name, in any case, is one that we read. */
bool wd_charset_is_known(struct wd_str name);

/* A record's bytes as UTF-8: themselves, or converted into the arena. `declared` is what
 * the record's headers say, or empty. facts.quality says how it went. Refuses with
 * WD_EFORMAT a name that we do not know, and with WD_EUTF8 bytes that are text in no
 * charset, with the place; WD_ENOMEM. */
int wd_charset_read(struct wd_article *art, struct wd_str declared, struct wd_str bytes,
                    struct wd_str *ret_text);

#endif
