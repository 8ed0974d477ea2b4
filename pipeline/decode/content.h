/* content.h -- where on a page its article stands, as far as the markup tells.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_CONTENT_H
#define WD_DECODE_CONTENT_H

#include "tags.h"

enum { WD_CONTENT_DEPTH_MAX = 514 };

/* How much of the markup is believed. */
enum wd_content_reach {
    WD_CONTENT_TAGS,  /* an agency's: <nav>, <figcaption>, <footer> */
    WD_CONTENT_HINTS, /* a fragment of a page: also what classes say */
    WD_CONTENT_PAGE,  /* a page: also where its prose stands */
};

enum wd_content_trait {
    WD_CONTENT_LINK = 1 << 0,     /* an <a> */
    WD_CONTENT_OWN = 1 << 1,      /* an article or a quotation: a footer in it is its */
    WD_CONTENT_BOX = 1 << 2,      /* may hold a whole article */
    WD_CONTENT_NAMED = 1 << 3,    /* … and says that it does */
    WD_CONTENT_HEADLINE = 1 << 4, /* the page's h1 is in it */
};

/* What an element says of all that is in it: 1 + enum wd_furniture_kind, or nothing. */
enum { WD_CONTENT_NO_HINT = 0 };

#define WD_CONTENT_HINT(kind) (1 + WD_FURNITURE_##kind)

/* An element that is open. */
struct wd_content_level {
    uint32_t node;  /* its own; WD_CONTENT_NONE: no text has come in it */
    uint16_t outer; /* the level of the nearest element that parts text, or its own */
    uint8_t hint;
    uint8_t traits;
};

#define WD_CONTENT_NONE UINT32_MAX

/* An element that parts text and has some in it. In the order in which their text begins,
 * so that each comes behind the one that it is in. */
struct wd_content_node {
    uint32_t parent; /* of the first, which holds all others: itself */
    uint32_t prose;  /* the judge's: bytes of paragraphs in it */
    uint8_t hint;
    uint8_t traits;
    bool is_boxed; /* the judge's: stands in the article */
};

/* A run of text between two breaks. */
struct wd_content_block {
    uint32_t node;
    uint32_t start; /* in the text */
    uint32_t end;
    uint32_t linked; /* bytes of it within <a> */
    uint32_t prose;  /* the judge's: its bytes, if it is a paragraph */
    uint8_t hint;    /* the judge's: what it is */
};

/* A reading of markup as it comes. All zero but for `reach` is one that has not begun. */
struct wd_content {
    enum wd_content_reach reach;
    unsigned depth;
    unsigned n_links;     /* open ones */
    unsigned n_articles;  /* open ones, and quotations */
    uint32_t headline_at; /* where in the text the h1 was; UINT32_MAX: none */
    struct wd_content_level levels[WD_CONTENT_DEPTH_MAX];
    struct wd_content_node *nodes;
    size_t n_nodes;
    size_t node_room;
    struct wd_content_block *blocks;
    size_t n_blocks;
    size_t block_room;
};

/* Sets the hint and the traits of an element as its name and its attributes (NULL: none)
 * tell them. `is_own`: it stands in an article or a quotation. */
void wd_content_read(struct wd_content_level *level, const char *name,
                     enum wd_tag_effect effect, const char *const *attributes,
                     enum wd_content_reach reach, bool is_own);

void wd_content_open(struct wd_content *content, enum wd_content_reach reach);

/* An element begins, or the innermost one ends. There is room for WD_CONTENT_DEPTH_MAX -
 * 1 of them. `attributes` may be NULL. */
void wd_content_enter(struct wd_content *content, const char *name,
                      enum wd_tag_effect effect, const char *const *attributes);
void wd_content_leave(struct wd_content *content);

/* The page's headline stands here, before what comes at `at`. */
void wd_content_headline(struct wd_content *content, size_t at);

/* The text goes on behind a break, at `at`. WD_OK or WD_ENOMEM. */
int wd_content_part(struct wd_content *content, struct wd_arena *arena, size_t at);

/* It now ends at `end`, and the last `size` bytes came in one piece. */
void wd_content_add(struct wd_content *content, size_t size, size_t end);

/* All of the text is known: notes in `art` which of it is furniture, and joins the lines
 * of each menu to one, which makes `text` shorter. WD_OK or WD_ENOMEM. */
int wd_content_judge(struct wd_content *content, struct wd_article *art, char *text,
                     size_t *size);

#endif
