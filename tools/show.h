/* show.h -- the two faces of wiredesk show.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_SHOW_H
#define TOOLS_SHOW_H

#include <jansson.h>

#include "shade.h"
#include "view.h"

/* The text of an enriched article: entities in colour (in brackets with their label where
 * there is none), furniture dimmed, lines broken at the width of the screen. False when
 * the article's offsets do not fit its text. */
bool show_text(const struct term *term, enum shade_depth depth, const json_t *enriched);

/* What the colours mean; nothing where there are none. */
void show_legend(const struct term *term, enum shade_depth depth);

/* One page for all articles: begin, articles and rejects, end. Everything that comes from
 * an article is escaped, and the page forbids itself scripts and any loading. */
void show_html_begin(FILE *out);
bool show_html_article(FILE *out, const json_t *enriched, unsigned number);
void show_html_reject(FILE *out, const char *where, const char *code,
                      const char *message);
void show_html_end(FILE *out);

/* The hash of the page's style sheet, as its Content-Security-Policy names it. */
#define SHOW_STYLE_HASH "sha256-msoEzohXUt1FIl5VevDaunATrPULai13GNuSkS+Glek="

#endif
