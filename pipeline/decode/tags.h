/* tags.h -- the names of elements, and what they do to text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_TAGS_H
#define WD_DECODE_TAGS_H

#include "markup.h"

enum wd_tag_effect {
    WD_TAG_INLINE,
    WD_TAG_BLOCK, /* an empty line before and after */
    WD_TAG_LINE,  /* a line of its own */
    WD_TAG_CELL,  /* a blank before and after */
    WD_TAG_BREAK, /* ends a line, twice: a paragraph */
    WD_TAG_PRE,   /* a block in which line ends count */
    WD_TAG_SKIP,  /* its text is not for readers */
    WD_TAG_H1,
    WD_TAG_HTML,
    WD_TAG_LINK,
    WD_TAG_META,
    WD_TAG_SCRIPT, /* as WD_TAG_SKIP, but a page's data may be in it */
    WD_TAG_TITLE,
};

/* What an element is to a page. */
enum wd_tag_role {
    WD_TAG_ROLE_NONE,
    WD_TAG_ROLE_ARTICLE, /* or <main> */
    WD_TAG_ROLE_ASIDE,
    WD_TAG_ROLE_CAPTION,
    WD_TAG_ROLE_FOOTER, /* of the page, or of an article or a quotation */
    WD_TAG_ROLE_FORM,
    WD_TAG_ROLE_MENU,
    WD_TAG_ROLE_QUOTE,
    WD_TAG_ROLE_TEXT, /* a paragraph, a heading, a list: never a whole article */
};

enum wd_tag_role wd_tag_role(const char *name);

/* WD_TAG_INLINE for a name that is none of ours. */
enum wd_tag_effect wd_tag_effect(enum wd_markup_kind kind, const char *name);

#endif
