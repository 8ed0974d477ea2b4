/* article.h -- the writing side of an article: for stages only.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_ARTICLE_H
#define WD_ARTICLE_H

#include "arena.h"
#include "wiredesk/article.h"
#include "wiredesk/options.h"
#include "wiredesk/sketch.h"

/* Where the desk's words go in a document that was written before the desk was asked. */
enum wd_seam {
    WD_SEAM_ASSOCIATION, /* ninjs 3 alone has one */
    WD_SEAM_SEQUENCE,
    WD_SEAM_DECISION, /* duplicates and story */
    WD_SEAMS
};

/* A document without the desk's words. */
struct wd_body {
    struct wd_str bytes;      /* none: no topic takes so many */
    size_t size;              /* that it has, or would have; 0: it was not written yet */
    uint32_t seams[WD_SEAMS]; /* 0: it has no such place */
};

/* A part of the decoded text that its markup calls furniture. */
struct wd_aside {
    struct wd_str text;
    enum wd_furniture_kind kind;
    const struct wd_aside *before; /* in the text; NULL: the first */
};

/* Stages fill `facts` and `sketch` directly; arrays that grow one by one go through the
 * add functions below. Everything they point to is in `arena`, in `record`, or constant.
 */
struct wd_article {
    struct wd_arena arena;
    struct wd_record record;
    struct wd_facts facts;
    struct wd_sketch sketch;
    const uint8_t *term_weights; /* of the sketch's terms, by the article alone */
    struct wd_error error;
    const char *failed_stage;
    struct wd_body body;               /* of an article from the tag tier */
    struct wd_sketch_scratch *scratch; /* of its sketch; NULL: not needed yet */
    const struct wd_options *opts;     /* of the pipeline that runs it */
    struct wd_watch watch;             /* no function: nobody watches */

    /* The same arrays as in `facts`, for writing. */
    struct wd_token *tokens;
    struct wd_span *sentences;
    struct wd_furniture *furniture;
    const struct wd_aside *asides; /* the last one */
    struct wd_piece *pieces;
    struct wd_mention *mentions;
    struct wd_entity *entities;
    size_t token_room;
    size_t sentence_room;
    size_t furniture_room;
    size_t piece_room;
    size_t mention_room;
    size_t entity_room;
};

/* Says why the record is refused and returns `status`. */
int wd_article_refuse(struct wd_article *art, int status, size_t offset, const char *fmt,
                      ...) WD_PRINTF(4, 5);

/* Each adds one and returns WD_OK, WD_ELIMIT past the limit of the options (the article
 * is then unchanged), or WD_ENOMEM. */
int wd_article_add_token(struct wd_article *art, struct wd_token token);
int wd_article_add_sentence(struct wd_article *art, struct wd_span span);
int wd_article_add_furniture(struct wd_article *art, struct wd_furniture item);
int wd_article_add_piece(struct wd_article *art, struct wd_piece piece);
int wd_article_add_mention(struct wd_article *art, struct wd_mention mention);
int wd_article_add_entity(struct wd_article *art, struct wd_entity entity);

/* Notes that markup calls `text` furniture: it lies in what is to become raw. WD_OK or
 * WD_ENOMEM. */
int wd_article_add_aside(struct wd_article *art, struct wd_str text,
                         enum wd_furniture_kind kind);

/* The language is known and is not English: then names come from lists alone. */
static inline bool wd_facts_is_foreign(const struct wd_facts *facts)
{
    struct wd_str tag = facts->language;
    bool is_english = tag.size >= 2 && (tag.data[0] | 0x20) == 'e' &&
                      (tag.data[1] | 0x20) == 'n' &&
                      (tag.size == 2 || tag.data[2] == '-');
    return tag.size != 0 && !is_english && !wd_str_equal(tag, WD_STR("und"));
}

#endif
