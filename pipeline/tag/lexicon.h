/* lexicon.h -- the words around names, and what they say about them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_LEXICON_H
#define WD_TAG_LEXICON_H

#include <stdint.h>

#include "wiredesk/status.h"

/* What a word is a hint for. A word may have several. */
enum tag_hint {
    HINT_JOIN = 1 << 0,          /* "of": may stand inside a name, not at its edge */
    HINT_PARTICLE = 1 << 1,      /* "bin", "de": likewise, in names of people */
    HINT_PLACE_PREP = 1 << 2,    /* "in", "near": a place follows */
    HINT_PREP = 1 << 3,          /* "from", "to": often a place */
    HINT_SPEECH = 1 << 4,        /* "said": somebody spoke */
    HINT_ORG_HEAD = 1 << 5,      /* "Corp.", "Committee": ends an organisation's name */
    HINT_ORG_FIRST = 1 << 6,     /* "Ministry", before "of": begins one */
    HINT_PLACE_HEAD = 1 << 7,    /* "River", "County" */
    HINT_PLACE_FIRST = 1 << 8,   /* "Lake", "Fort" */
    HINT_PLACE_AFTER = 1 << 9,   /* "region", "border" behind a place */
    HINT_EVENT_HEAD = 1 << 10,   /* "Olympics", "Summit" */
    HINT_EVENT_FIRST = 1 << 11,  /* "Hurricane", "Operation" */
    HINT_ORG_AFTER = 1 << 12,    /* "spokesman", "shares" behind an organisation */
    HINT_PERSON_AFTER = 1 << 13, /* "who", "himself" */
    HINT_THE = 1 << 14,
    HINT_COMPASS = 1 << 15,   /* "North", "Eastern": part of a place's name */
    HINT_FUNCTION = 1 << 16,  /* "We", "If", "Although": never a name by itself */
    HINT_KIN = 1 << 17,       /* "wife", "son": people around */
    HINT_GENERIC = 1 << 18,   /* "Article", "Chapter", "Figure": numbered things */
    HINT_LEGAL = 1 << 19,     /* "Inc.", "Ltd.": a company's legal form */
    HINT_JOIN_BODY = 1 << 20, /* "Committee on …": joins only names of bodies */
    HINT_JOIN_BARE = 1 << 21, /* "Cooperation in Europe": likewise, not before "the" */
    /* The model does not see those below: HINT_LEARNED. */
    HINT_SPORT = 1 << 22,       /* "goal", "season": the article is about sport */
    HINT_TEAM_BEFORE = 1 << 23, /* "beat", "against" before a team */
    HINT_TEAM_AFTER = 1 << 24,  /* "striker", "drew" behind one */
    HINT_RESULT = 1 << 25,      /* "win", "lost": a team follows behind … */
    HINT_TEAM_OVER = 1 << 26,   /* … "over", "to" */
    HINT_MANY = 1 << 27,        /* "Leeds are": British papers make teams a plural */
    HINT_VOTE = 1 << 28,        /* "election" */
    HINT_VOTE_KIND = 1 << 29,   /* "presidential" */
    HINT_OUTRAGE = 1 << 30,     /* "the July 7 bombings" */
};

/* What features are made of. */
#define HINT_LEARNED ((uint32_t)HINT_SPORT - 1)

struct tag_lexicon;

/* Built once, then read only. WD_ENOMEM. */
int wd_tag_lexicon_new(struct tag_lexicon **ret_lexicon);

/* NULL-safe. */
void wd_tag_lexicon_free(struct tag_lexicon *lexicon);

/* The hints of the folded word with this hash (see name_words.h); 0: none. */
uint32_t wd_tag_lexicon_hints(const struct tag_lexicon *lexicon, uint64_t hash);

#endif
