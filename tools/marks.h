/* marks.h -- an enriched article's text in pieces, each with what it is.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The one walk over text, mentions and furniture that both faces of `wiredesk show` (the
 * terminal and the page) are made from. What cleaning took out is put back at its place.
 */
#ifndef TOOLS_MARKS_H
#define TOOLS_MARKS_H

#include <jansson.h>
#include <stdbool.h>

#include "wiredesk/span.h"

enum mark_kind {
    MARK_TEXT,
    MARK_ENTITY,    /* `name` is its label */
    MARK_FURNITURE, /* `name` is its kind */
    MARK_LINE_END,  /* of a paragraph; no text */
};

struct mark {
    enum mark_kind kind;
    struct wd_str text;
    const char *name;
    const char *uri; /* of an entity; NULL: unknown */
    bool is_headline;
};

/* Our own part of an enriched article, wherever the profile puts it; NULL: it has none.
 */
const json_t *marks_wiredesk(const json_t *enriched);

/* Calls `put` for every mark, in reading order; texts are borrowed until the next line
 * end, and a line end is the last mark in any case. False when memory is short or the
 * article does not hold what its offsets speak of; some marks may have been put by then.
 */
bool marks_walk(const json_t *enriched, void (*put)(void *, const struct mark *),
                void *context);

#endif
