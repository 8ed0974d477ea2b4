/* text.h -- bytes that claim to be text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_TEXT_H
#define WD_DECODE_TEXT_H

#include <stdbool.h>

#include "base/article.h"

/* Where `p` lies in the raw record, for error messages; WD_NO_OFFSET for bytes that are
 * not the record's own. */
size_t wd_decode_place(const struct wd_article *art, const char *p);

/* WD_OK; or refuses: WD_EUTF8 or WD_ENUL, with the place. */
int wd_text_check(struct wd_article *art, struct wd_str bytes);

/* Without the byte order mark, if there is one. */
struct wd_str wd_text_skip_bom(struct wd_str bytes);

/* Nothing in it but white space of any kind (and marks that print nothing). `str` is
 * well-formed UTF-8. */
bool wd_text_is_blank(struct wd_str str);

/* Without white space of any kind at both ends. `str` is well-formed UTF-8. */
struct wd_str wd_text_trim(struct wd_str str);

/* Trimmed, and with one blank for each run of white space; in the arena. {NULL, 0} when
 * memory is short. */
struct wd_str wd_text_fold(struct wd_arena *arena, struct wd_str str);

/* The last look at what a reader has made of a record that may carry a headline: WD_OK,
 * or refuses with WD_EBLANK or WD_ENOTEXT. A missing body becomes an empty one. */
int wd_decode_settle(struct wd_article *art);

/* Takes the record for plain text: it becomes the raw text as it stands, line ends and
 * all. */
int wd_decode_text(struct wd_article *art, struct wd_str bytes);

#endif
