/* parts.h -- what the parts of the tag stage hand to one another.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   words.c     text ▸ words with what is known about each
 *   spans.c     words of a sentence ▸ every span that could be a name
 *   span_cues.c a span ▸ its cues
 *   cues.c      cues ▸ a score for each label
 *   marks.c     the article's words ▸ what the whole article says about each
 *   features.c  words and spans ▸ the features that a trained model weighs
 *   weigh.c     spans ▸ scores, by the model where there is one, else by cues.c
 *   choose.c    scored spans ▸ the best set that does not overlap
 *   nicknames.c a given name, one in quotation marks, a surname ▸ one person
 *   occasions.c words ▸ elections and days
 *   teams.c     the article's spans ▸ towns that are teams, or may be
 *   own.c       the user's lists ▸ spans that outrank those found
 *   document.c  the article's spans ▸ one label a name, one entity a person
 *   acronyms.c  the article's long names ▸ their initials
 *   link.c      entities ▸ ids
 *
 * The model joins at one place: its scores take the place of those that cues.c gives for
 * people, organisations and places. Everything before and behind is the same with it and
 * without. */
#ifndef WD_TAG_PARTS_H
#define WD_TAG_PARTS_H

#include "base/article.h"
#include "gazetteer/gazetteer.h"
#include "gazetteer/name_words.h"
#include "tag/lexicon.h"

#define TAG_N_LABELS 5 /* enum wd_label */
#define TAG_SPAN_MAX                                                                     \
    10 /* words of one name; longer gazetteer names are not looked for                   \
        */

enum tag_word_flag {
    TAG_STARTS_SENTENCE = 1 << 0, /* or follows an opening quotation mark or a colon */
    TAG_IN_CAPS = 1 << 1,         /* the sentence is in capitals */
    TAG_IN_TITLE = 1 << 2,        /* the sentence Is Written Like This */
    TAG_IS_CAP = 1 << 3,          /* can begin or end a name */
    TAG_ENDS_TITLE = 1 << 4,      /* last word of "President", "Defense Secretary" */
    TAG_IN_TITLE_OF = 1 << 5,     /* any word of one */
    TAG_IS_COMMON = 1 << 6,       /* mostly written in lower case */
};

struct tag_word {
    struct wd_name_word name;
    const struct wd_gaz_word *gaz; /* NULL: in no list */
    uint32_t hints;                /* enum tag_hint */
    uint16_t flags;                /* enum tag_word_flag */
    uint16_t marks;                /* enum tag_mark of marks.h */
    uint16_t cluster;              /* fine; 0: none */
    uint16_t coarse;
    uint8_t match;    /* labels of the longest gazetteer name over it, as bits */
    uint8_t match_at; /* where the word stands in that name, and how known it is */
    uint16_t lists;   /* what the name lists know, in short; see features.c */
    uint32_t form;    /* kind, shape, length and gap in one number */
    uint64_t id;      /* of the word and its case */
};

_Static_assert(sizeof(struct tag_word) <= 64, "a word is one cache line");

/* The words of one article, and the first word of each sentence (n_sentences + 1). */
struct tag_words {
    struct tag_word *word;
    size_t n_words;
    uint32_t *sentence;
    size_t n_sentences;
};

/* One name found: words [first, last], inclusive. */
struct tag_found {
    uint32_t first;
    uint32_t last;
    uint8_t label;
    bool is_side;                    /* in sport, never where only a place can stand */
    int16_t score;                   /* of the label */
    int16_t person;                  /* score as a person */
    uint32_t node;                   /* gazetteer node of exactly these words; 0: none */
    uint32_t entity;                 /* index, given by document.c */
    const struct wd_gaz_entity *own; /* what the user's lists say; NULL: nothing */
    const struct wd_gazetteer *own_gaz;
};

struct tag_model;
struct tag_own_list;

/* The user's lists, by precedence. */
struct tag_own {
    struct tag_own_list *list;
    size_t n_lists;
};

/* What a stage's run() works with. */
struct tag_context {
    const struct wd_gazetteer *gaz;
    const struct tag_lexicon *lexicon;
    const struct tag_model *model; /* without a header: there is none */
    bool has_clusters;
    const struct tag_own *own; /* NULL: there are none */
    struct wd_article *art;
    struct wd_str text;
    struct tag_words words;
    struct tag_found *found;
    size_t n_found;
    size_t found_room;
};

/* Fills context->words. WD_OK or WD_ENOMEM. */
int wd_tag_read_words(struct tag_context *context);

/* Everything that speaks for or against one span, as bits: enum tag_cue of cues.h. */
struct tag_span {
    uint32_t first;
    uint32_t last;
    uint32_t node;
    uint64_t cues[2];
};

/* Calls `take` for every candidate span of words [from, to), in order of `first`, then
 * `last`, and takes each from the allowance. When that is spent, only names that the
 * gazetteer knows are candidates. */
typedef void tag_take_span(void *arg, const struct tag_span *span);
void wd_tag_find_spans(const struct tag_context *context, uint32_t from, uint32_t to,
                       size_t *allowance, tag_take_span *take, void *arg);

/* The score of a span for each label; positive: rather a name than not. */
void wd_tag_score(const struct tag_span *span, int score[TAG_N_LABELS]);

/* Adds the best spans of every sentence to context->found. WD_OK or WD_ENOMEM. */
int wd_tag_choose(struct tag_context *context);

/* Makes the article's entities and mentions out of context->found. */
int wd_tag_document(struct tag_context *context);

/* Are words [from, to) initials, or none at all? */
static inline bool tag_are_initials(const struct tag_words *words, uint32_t from,
                                    uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (!(words->word[i].name.shape & WD_SHAPE_SINGLE))
            return false;
    }
    return true;
}

static inline struct wd_str tag_span_text(const struct tag_context *context,
                                          uint32_t first, uint32_t last)
{
    struct wd_span span = {context->words.word[first].name.span.start,
                           context->words.word[last].name.span.end};
    return wd_span_of(context->text, span);
}

#endif
