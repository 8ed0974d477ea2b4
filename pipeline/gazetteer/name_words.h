/* name_words.h -- text as a row of words, the way names are compared.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Names are written in more ways than tokenizers agree on: "al-Qaeda", "AL QAEDA",
 * "U.S." and "US", "Ukraine’s". So names have words of their own, cut the same way from
 * gazetteer rows and from articles, whatever the tokens are:
 *   - hyphens part words, and are remembered as the gap before the next one;
 *   - periods inside an abbreviation, and apostrophes inside a name, vanish ("us",
 *     "obrien");
 *   - a possessive is a word "s" of its own kind, so that "Ukraine’s" holds "Ukraine" and
 *     "McDonald's" is still found whole;
 *   - case and diacritics are folded before hashing;
 *   - every other sign is a word of one character. */
#ifndef WD_NAME_WORDS_H
#define WD_NAME_WORDS_H

#include <stdint.h>

#include "wiredesk/span.h"

enum wd_name_kind {
    WD_NAME_WORD,
    WD_NAME_NUMBER, /* begins with a digit */
    WD_NAME_POSSESSIVE,
    WD_NAME_SIGN,
};

enum wd_name_gap {
    WD_GAP_NONE, /* glued to the word before it */
    WD_GAP_SPACE,
    WD_GAP_HYPHEN,
    WD_GAP_LINE, /* a line ends before it; also before the first word */
};

enum wd_name_shape {
    WD_SHAPE_CAPITAL = 1 << 0, /* begins with a capital */
    WD_SHAPE_CAPS = 1 << 1,    /* no small letter, and a capital */
    WD_SHAPE_SINGLE = 1 << 2,  /* one letter */
    WD_SHAPE_DIGITS = 1 << 3,  /* holds a digit */
    WD_SHAPE_PERIOD = 1 << 4,  /* ends with the period of an abbreviation */
    WD_SHAPE_DOTTED = 1 << 5,  /* "U.S." */
    WD_SHAPE_MIXED = 1 << 6,   /* a capital after a small letter: "McDonald", "eBay" */
};

struct wd_name_word {
    struct wd_span span;
    uint64_t hash;  /* of the folded word */
    uint8_t kind;   /* enum wd_name_kind */
    uint8_t gap;    /* enum wd_name_gap */
    uint8_t shape;  /* WD_SHAPE_… */
    uint8_t length; /* letters and digits, at most 255 */
    char sign;      /* WD_NAME_SIGN: in ASCII where it has a counterpart, else '?' */
};

/* Finds the first word at or after *at and moves *at behind it. False when none is left.
 * `text` is well-formed UTF-8. */
bool wd_name_word_next(struct wd_str text, uint32_t *at, struct wd_name_word *ret_word);

#endif
