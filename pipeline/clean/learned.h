/* learned.h -- what a trained model says of the lines that the rules have left.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CLEAN_LEARNED_H
#define WD_CLEAN_LEARNED_H

#include "proof.h"

/* What a line looks like, one bit each. */
enum wd_look {
    WD_LOOK_STOP,
    WD_LOOK_QUERY,
    WD_LOOK_COLON,
    WD_LOOK_QUOTE,
    WD_LOOK_SMALL,
    WD_LOOK_DIGIT,
    WD_LOOK_AT,
    WD_LOOK_URL,
    WD_LOOK_BAR,
    WD_LOOK_BULLET,
    WD_LOOK_TOLD,
    WD_LOOK_BRACKET,    /* begins with one */
    WD_LOOK_TITLE,      /* nearly all longer words with a capital */
    WD_LOOK_HALF_TITLE, /* as many with one as without */
    WD_LOOK_SHOUTED,
    WD_LOOK_STOPS, /* sentence ends within */
    WD_LOOK_WORDS_2,
    WD_LOOK_WORDS_4, /* at most four words; so the others */
    WD_LOOK_WORDS_8,
    WD_LOOK_WORDS_12,
    WD_LOOK_WORDS_16,
    WD_LOOK_WORDS_24,
    WD_LOOK_WORDS_32,
    WD_LOOK_WORDS_48,
    WD_LOOK_PLAIN_1, /* one word in a hundred is one of the commonest, */
    WD_LOOK_PLAIN_10,
    WD_LOOK_PLAIN_20,
    WD_LOOK_PLAIN_30,
    WD_LOOKS
};

/* Where it stands. */
enum wd_place {
    WD_PLACE_NO_PROSE,
    WD_PLACE_TOP,
    WD_PLACE_MID,
    WD_PLACE_LATE, /* among the last three full paragraphs */
    WD_PLACE_END,
    WD_PLACES
};

/* What is told of a neighbour. */
enum wd_by {
    WD_BY_NONE,
    WD_BY_FULL,
    WD_BY_SHORT,
    WD_BY_STOP,
    WD_BY_TITLE,
    WD_BY_QUERY,
    WD_BY_COLON,
    WD_BY_BULLET,
    WD_BY_SHOUTED,
    WD_BY_TAKEN, /* furniture, and of which kind: enum wd_furniture_kind from here on */
    WD_BY_KIND,
    WD_BYS = WD_BY_KIND + 16
};

/* Facts about a line are small numbers, group after group. */
enum {
    WD_FACT_BIAS,
    WD_FACT_LOOK,
    WD_FACT_PLACE = WD_FACT_LOOK + WD_LOOKS,
    WD_FACT_LOOK_IN_PLACE = WD_FACT_PLACE + WD_PLACES,
    WD_FACT_PREV = WD_FACT_LOOK_IN_PLACE + WD_PLACES * WD_LOOKS,
    WD_FACT_NEXT = WD_FACT_PREV + WD_BYS,
    WD_FACT_PREV_IN_PLACE = WD_FACT_NEXT + WD_BYS,
    WD_FACT_NEXT_IN_PLACE = WD_FACT_PREV_IN_PLACE + WD_PLACES * WD_BY_KIND,
    WD_FACT_PREV_2 = WD_FACT_NEXT_IN_PLACE + WD_PLACES * WD_BY_KIND,
    WD_FACT_NEXT_2 = WD_FACT_PREV_2 + WD_BY_KIND,
    WD_FACT_FIRST_FULL = WD_FACT_NEXT_2 + WD_BY_KIND,
    WD_FACT_LAST_FULL,
    WD_FACT_FROM_END,                             /* 0, 1, 2, 3, … 7, more */
    WD_FACT_TAKEN_NEAR = WD_FACT_FROM_END + 6,    /* 0 … 6 of ten lines around it */
    WD_FACT_FULL_BEFORE = WD_FACT_TAKEN_NEAR + 7, /* 0 … 3 of five */
    WD_FACT_FULL_AFTER = WD_FACT_FULL_BEFORE + 4,
    WD_FACTS = WD_FACT_FULL_AFTER + 4,
};

enum {
    WD_LINE_FACTS_MAX = 160,
    WD_LEARNED_SLOTS = 1024,
    WD_LEARNED_WORD_MAX = 16,
};

/* The words that are asked for, to be looked up. */
struct wd_learned {
    struct wd_learned_slot {
        char word[WD_LEARNED_WORD_MAX]; /* with NULs behind it; "": nothing is here */
        int16_t weight;
        uint16_t place; /* among all of them */
        bool is_plain;
    } slots[WD_LEARNED_SLOTS];
};

void wd_learned_init(struct wd_learned *learned);

/* What can be told of all lines before any is judged. */
struct wd_page_facts {
    uint32_t *looks;   /* of each line: bits of enum wd_look, but for WD_LOOK_PLAIN_… */
    uint32_t *by;      /* … as a neighbour: bits of enum wd_by */
    uint32_t *n_taken; /* of the lines before it */
    uint32_t *n_full;
};

int wd_page_facts_make(const struct wd_proof *proof, struct wd_arena *arena,
                       struct wd_page_facts *ret_facts);

/* The facts about line `i`; returns how many. `plain` is the share of the commonest
 * words in it, in percent. */
unsigned wd_line_facts(const struct wd_proof *proof, const struct wd_page_facts *page,
                       size_t i, unsigned plain, uint16_t facts[WD_LINE_FACTS_MAX]);

/* The next word of ASCII letters in *rest, in small letters, U+2019 as "'", with NULs
 * behind it; false when there is none. A longer one is cut short. */
bool wd_learned_word(struct wd_str *rest, char word[WD_LEARNED_WORD_MAX],
                     unsigned *ret_size);

/* One of the commonest words: "the", "of", "said". */
bool wd_learned_is_plain(const char *word, unsigned size);

/* The line may be judged at all: it is text, and no rule spares it. */
bool wd_learned_may_judge(const struct wd_proof *proof, size_t i);

/* Takes the lines that the model is sure of. WD_OK or WD_ENOMEM. */
int wd_rule_learned(const struct wd_learned *learned, struct wd_proof *proof,
                    struct wd_arena *arena);

#endif
