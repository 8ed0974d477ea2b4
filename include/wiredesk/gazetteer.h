/* gazetteer.h -- tables of names, compiled into the file that the tag stage looks up.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A table is UTF-8 text, one row a line, fields parted by tabs:
 *   name, type, id, prominence, other forms, flags
 * Only the first two are required. `type` is person, organisation, place, event or group
 * for what can be tagged; given-name, surname, title, suffix, calendar or word for what
 * is evidence. `id` is a URI. `prominence` is 0 to 100: how likely the name means this
 * one; for a word, how many per cent of its occurrences inside sentences are in lower
 * case. Other forms are parted by '|', flags by ';' (cc=XX, country, state, region,
 * capital). Empty lines and lines that begin with '#' are skipped. */
#ifndef WIREDESK_GAZETTEER_H
#define WIREDESK_GAZETTEER_H

#include "wiredesk/buf.h"
#include "wiredesk/export.h"
#include "wiredesk/span.h"
#include "wiredesk/status.h"

struct wd_gazetteer_builder;

/* NULL when memory is short. */
WD_API struct wd_gazetteer_builder *wd_gazetteer_builder_new(void);

/* NULL-safe. */
WD_API void wd_gazetteer_builder_free(struct wd_gazetteer_builder *gb);

/* Called for each bad row: its line, from 1, and what is wrong with it. */
typedef void wd_gazetteer_fault(void *arg, size_t line, const char *message);

/* Takes every good row of a table; the bytes are copied. Bad rows are reported, all of
 * them, and left out. The number of bad rows, or WD_ENOMEM. */
WD_API WD_MUST_CHECK int wd_gazetteer_builder_add(struct wd_gazetteer_builder *gb,
                                                  struct wd_str table,
                                                  wd_gazetteer_fault *fault, void *arg);

/* Appends the compiled file to `buf`. WD_OK, WD_ENOMEM, or the buffer's status. Same
 * tables in the same order, same bytes. */
WD_API WD_MUST_CHECK int wd_gazetteer_builder_write(struct wd_gazetteer_builder *gb,
                                                    struct wd_buf *buf);

struct wd_gazetteer_stats {
    size_t entities;
    size_t forms; /* distinct names and other forms */
    size_t words;
};

WD_API void wd_gazetteer_builder_stats(const struct wd_gazetteer_builder *gb,
                                       struct wd_gazetteer_stats *ret_stats);

#endif
