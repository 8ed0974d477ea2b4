/* fold.h -- letters without their marks and case, as names are compared.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_FOLD_H
#define WD_FOLD_H

#include <stdbool.h>
#include <stdint.h>

enum wd_letter {
    WD_LETTER_NONE,     /* white space, punctuation, a sign */
    WD_LETTER_LOWER,    /* a small letter */
    WD_LETTER_UPPER,    /* a capital */
    WD_LETTER_CASELESS, /* a letter of a script without case, or a mark */
    WD_LETTER_DIGIT,    /* 0 to 9 */
};

/* What `cp` is; *ret_base gets the small letter without marks ('é', 'E' and 'É' give
 * 'e'), or `cp` itself where there is none. */
enum wd_letter wd_fold(uint32_t cp, uint32_t *ret_base);

/* The second letter of a sign that folds into two: 's' for 'ß', 'e' for 'æ'; 0: none. */
uint32_t wd_fold_second(uint32_t cp);

/* The part of wd_is_space() beyond printable ASCII. */
bool wd_is_wide_space(uint32_t cp);

/* White space and control characters. */
static inline bool wd_is_space(uint32_t cp)
{
    return cp < 0x7f ? cp <= 0x20 : wd_is_wide_space(cp);
}

#endif
