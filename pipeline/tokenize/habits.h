/* habits.h -- which words take a full stop, and which begin sentences, by language.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_HABITS_H
#define WD_HABITS_H

#include "word_list.h"

enum wd_habit {
    WD_HABIT_ORDINALS = 1 << 0,       /* "am 3. Mai": what is counted has a capital */
    WD_HABIT_PARTICLES = 1 << 1,      /* names begin with words of `starters`: De Wever */
    WD_HABIT_SMALL_INITIALS = 1 << 2, /* "z. B.", "s. 4": a small letter is one as well */
};

/* No word of the first three lists is longer. */
enum { WD_HABIT_BYTES_MAX = 8 };

/* Words are listed without their full stop, as they are spelt. */
struct wd_habits {
    const char *language;       /* two letters; "": any other */
    struct wd_word_list titles; /* "Dr", "bzw": no sentence ends there */
    struct wd_word_list shorts; /* "Chr", "Inc": one may end, before one of `starters` */
    struct wd_word_list numerals; /* "Art": an abbreviation only before a figure */
    struct wd_word_list starters; /* capitalised words that begin sentences */
    unsigned flags;               /* enum wd_habit */
};

extern const struct wd_habits wd_habits[];
extern const size_t wd_n_habits;

/* Those of a language in BCP 47; never NULL. */
const struct wd_habits *wd_habits_of(struct wd_str language);

#endif
