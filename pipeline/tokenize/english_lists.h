/* english_lists.h -- what English spelling does not tell: lists of words.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_ENGLISH_LISTS_H
#define WD_ENGLISH_LISTS_H

#include <stdbool.h>
#include <stddef.h>

#include "word_list.h"

/* Abbreviations written with a point, without it, by how they behave. */
extern const struct wd_word_list wd_english_titles;   /* "Mr": a name follows */
extern const struct wd_word_list wd_english_shorts;   /* "Inc": may end a sentence */
extern const struct wd_word_list wd_english_numerals; /* "No": only before a figure */

/* Capitalised words that begin sentences and are seldom (part of) a name. */
extern const struct wd_word_list wd_english_starters;

/* Verbs of speech, as they stand after a quotation. */
extern const struct wd_word_list wd_english_speech;

/* Small letters from here on: look folded words up. */
extern const struct wd_word_list wd_english_prefixes; /* "co": co-founder is one word */
extern const struct wd_word_list wd_english_units;    /* "km": 5km is two words */

/* Is `word`, not empty, in one of the first two lists? None has a longer one. */
enum { WD_ABBREVIATION_BYTES = 8 };
bool wd_english_is_abbreviation(struct wd_str word);

/* The ASCII letters, digits and apostrophes from `at` on, as far as any list has them:
 * the word to look up when only a look ahead is wanted. */
struct wd_str wd_english_lookup(struct wd_str text, size_t at);

size_t wd_english_split_fused(struct wd_str word);

/* Words that hide two: "cannot" gives 3, "gonna" 3. The size of the first; 0 for all
 * others. Asked for nearly every word of a text; the last two letters nearly always
 * answer. */
static inline size_t wd_english_fused(struct wd_str word)
{
#define LETTER(c) (1U << ((c) - 'a'))
    static const uint32_t before[32] = {
        ['a' & 31] = LETTER('n') | LETTER('t'),               /* gonna, gotta */
        ['e' & 31] = LETTER('m') | LETTER('r') | LETTER('v'), /* gimme, youre, ive */
        ['m' & 31] = LETTER('i'),                             /* im */
        ['o' & 31] = LETTER('n'),                             /* dunno */
        ['s' & 31] = LETTER('e') | LETTER('t'),               /* theres, thats */
        ['t' & 31] = LETTER('n') | LETTER('o'),               /* dont, cannot */
    };
#undef LETTER
    if (word.size < 2 || word.size > 8)
        return 0;
    unsigned last = (unsigned char)word.data[word.size - 1] & 31U;
    unsigned second = ((unsigned char)word.data[word.size - 2] - 1U) & 31U;
    return before[last] >> second & 1 ? wd_english_split_fused(word) : 0;
}

/* Copies `word` in small ASCII letters, U+2019 as "'", other bytes as they are. Returns
 * the copy, empty when it does not fit. */
#define WD_FOLD_SIZE 24
struct wd_str wd_english_fold(struct wd_str word, char room[WD_FOLD_SIZE]);

#endif
