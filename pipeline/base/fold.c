/* fold.c -- the fold of a code point.
 * SPDX-License-Identifier: Apache-2.0
 *
 * European alphabets come from a table. Of all other scripts nothing is folded: they have
 * no case (Arabic, Han, …) or are rare in names that our readers look up. The general
 * punctuation and symbol blocks are not letters; white space is a list. */
#include "fold.h"

#include "fold_table.h"

#define UPPER_BIT 0x8000

static enum wd_letter fold_from(uint16_t cell, uint32_t cp, uint32_t *ret_base)
{
    if (cell == 0) {
        *ret_base = cp;
        return WD_LETTER_NONE;
    }
    *ret_base = cell & ~UPPER_BIT;
    return cell & UPPER_BIT ? WD_LETTER_UPPER : WD_LETTER_LOWER;
}

enum wd_letter wd_fold(uint32_t cp, uint32_t *ret_base)
{
    *ret_base = cp;
    if (cp < 0x80) {
        if (cp >= 'a' && cp <= 'z')
            return WD_LETTER_LOWER;
        if (cp >= 'A' && cp <= 'Z') {
            *ret_base = cp + ('a' - 'A');
            return WD_LETTER_UPPER;
        }
        return cp >= '0' && cp <= '9' ? WD_LETTER_DIGIT : WD_LETTER_NONE;
    }
    if (cp < 0x530)
        return fold_from(fold_0080[cp - 0x80], cp, ret_base);
    if (cp >= 0x1e00 && cp < 0x2000)
        return fold_from(fold_1e00[cp - 0x1e00], cp, ret_base);
    if ((cp >= 0x2000 && cp < 0x2c00) ||  /* punctuation, currency, arrows, signs */
        (cp >= 0x2e00 && cp < 0x3040) ||  /* more punctuation, CJK punctuation */
        (cp >= 0xe000 && cp < 0xf900) ||  /* private use */
        (cp >= 0xfe10 && cp < 0xfe70) ||  /* vertical and small forms */
        (cp >= 0xff00 && cp < 0xff10) ||  /* full-width punctuation */
        (cp >= 0xfff0 && cp < 0x10000) || /* specials */
        (cp >= 0x1f000 && cp < 0x20000))  /* emoji */
        return WD_LETTER_NONE;
    return WD_LETTER_CASELESS;
}

uint32_t wd_fold_second(uint32_t cp)
{
    switch (cp) {
    case 0xdf: /* ß */
        return 's';
    case 0xc6: /* Æ */
    case 0xe6:
    case 0x152: /* Œ */
    case 0x153:
        return 'e';
    case 0xde: /* Þ */
    case 0xfe:
        return 'h';
    default:
        return 0;
    }
}

bool wd_is_wide_space(uint32_t cp)
{
    return (cp >= 0x7f && cp <= 0xa0) || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200b) ||
           cp == 0x2028 || cp == 0x2029 || cp == 0x202f || cp == 0x205f || cp == 0x3000 ||
           cp == 0xfeff;
}
