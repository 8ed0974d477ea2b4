/* view.h -- an enriched article as a person wants to see it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_VIEW_H
#define TOOLS_VIEW_H

#include <jansson.h>

#include "terminal.h"

/* `headlines` is an object uri → headline, or NULL. view_article() looks up in it what a
 * duplicate repeats, and enters what it shows. */
struct view {
    struct term term;
    json_t *headlines;
    uint64_t n_shown; /* numbers the blocks */
};

/* The screen of `out`, and an empty memory of headlines. */
void view_init(struct view *view, FILE *out);

void view_done(struct view *view);

/* One block and an empty line. `enriched` is what wd_emit() writes; parts that it does
 * not hold are left out of the block. */
void view_article(struct view *view, const json_t *enriched);

/* One block for a record that was refused. `where` names it; `code` and `message` say
 * why. */
void view_reject(struct view *view, const char *where, const char *code,
                 const char *message);

/* One block for a record that is nothing of ours: where it is, and how it begins. */
void view_other(struct view *view, const char *where, struct wd_str bytes);

/* The headline of an enriched article; the beginning of its text when it has none. The
 * bytes are the article's. */
struct wd_str view_headline(const json_t *enriched, bool *ret_is_headline);

#endif
