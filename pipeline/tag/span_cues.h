/* span_cues.h -- a sentence under search for names, and the evidence about one span.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_SPAN_CUES_H
#define WD_TAG_SPAN_CUES_H

#include "tag/cues.h"
#include "tag/parts.h"

#define TAG_GIVEN_SURE   12 /* strength from which a word counts as a given name */
#define TAG_GIVEN_STRONG 25

struct tag_finder {
    const struct tag_context *context;
    const struct tag_word *word;
    uint32_t from; /* words of the sentence */
    uint32_t to;
    struct tag_span span; /* the candidate that is looked at */
    uint64_t begun[2];    /* cues of all spans from span.first on */
};

/* Words outside the sentence read as this one. */
extern const struct tag_word wd_tag_no_word;

static inline const struct tag_word *tag_word_at(const struct tag_finder *find, int64_t i)
{
    return i >= find->from && i < find->to ? &find->word[i] : &wd_tag_no_word;
}

static inline bool tag_is_sign(const struct tag_word *word, char sign)
{
    return word->name.kind == WD_NAME_SIGN && word->name.sign == sign;
}

static inline bool tag_is_given(const struct tag_word *word)
{
    return word->gaz && word->gaz->given >= TAG_GIVEN_SURE;
}

/* A country or one of its states stands at a word, maybe over several. */
bool wd_tag_is_big_place(const struct tag_finder *find, const struct tag_word *word);

/* Gathers what is true of every span that begins with this word. */
void wd_tag_begin_span(struct tag_finder *find, uint32_t first);

/* Sets all cues of find->span, whose first word was begun. */
void wd_tag_gather_cues(struct tag_finder *find);

#endif
