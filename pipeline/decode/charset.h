/* charset.h -- text that is not UTF-8, by declaration; the one door to iconv.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_CHARSET_H
#define WD_DECODE_CHARSET_H

#include "../article.h"

struct wd_charset;

/* Looks a declared name up, in any case; "utf-8" gives *ret_charset = NULL. False when it
 * is not one we read. */
bool wd_charset_find(struct wd_str name, const struct wd_charset **ret_charset);

/* `bytes` as UTF-8, in the arena. Refuses with WD_EUTF8 and the place where a byte means
 * nothing in `charset`: nothing is ever replaced. WD_ENOMEM. */
int wd_charset_convert(struct wd_article *art, const struct wd_charset *charset,
                       struct wd_str bytes, struct wd_str *ret_bytes);

#endif
