/* markup.h -- HTML, XHTML and NITF read as prose.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_MARKUP_H
#define WD_DECODE_MARKUP_H

#include "xml.h"

/* Whose names the elements have. WIRE: HTML or XHTML within an item of an agency, where
 * what the item says beside it (teaser, byline, dateline, boxes) is left out. */
enum wd_markup_kind { WD_MARKUP_HTML, WD_MARKUP_WIRE, WD_MARKUP_NITF };

enum { WD_PAGE_DATA_MAX = 8 };

/* What a whole page says beside its text; all may be empty. */
struct wd_page {
    struct wd_str headline; /* its first h1, else its title */
    struct wd_str language;
    struct wd_str url;   /* the canonical one */
    struct wd_str title; /* from here on as its <meta>s have it: page_meta.c */
    struct wd_str author;
    struct wd_str source;
    struct wd_str published;
    struct wd_str updated;
    struct wd_str data[WD_PAGE_DATA_MAX]; /* its scripts of JSON-LD, as they stand */
    size_t n_data;
    bool has_h1;
};

/* Holds tags, not merely a "<": a closing tag, or an opening one that parts text. */
bool wd_markup_is_html(struct wd_str str);

/* Begins with such a tag. */
bool wd_markup_starts_html(struct wd_str str);

/* The text of `html`: white space folded, blocks parted by an empty line, list items and
 * <br> by a line end; scripts, styles and forms left out. With `ret_page`, `html` is a
 * whole page and its headline is taken out of the text. *ret_text is in the arena.
 * WD_EMARKUP when elements are nested too deeply; WD_ENOMEM. */
int wd_markup_text(struct wd_article *art, struct wd_str html, enum wd_markup_kind kind,
                   struct wd_page *ret_page, struct wd_str *ret_text);

/* The same for `root` and all under it; of ret_page only the headline is set. */
int wd_markup_tree(struct wd_article *art, const struct wd_xml *root,
                   enum wd_markup_kind kind, struct wd_page *ret_page,
                   struct wd_str *ret_text);

/* `str` with its character references resolved ("&amp;", "&#8217;"); `str` itself when it
 * has none. What is not a reference stays. WD_ENOMEM. */
int wd_markup_unescape(struct wd_arena *arena, struct wd_str str, struct wd_str *ret_str);

#endif
