/* unicode_tables.h -- what Unicode 17.0.0 says of each code point.
 * SPDX-License-Identifier: Apache-2.0 AND Unicode-3.0
 *
 * Made by script/make-unicode-tables; do not edit. */
#ifndef WD_UNICODE_TABLES_H
#define WD_UNICODE_TABLES_H

#include <stdint.h>

#define WD_UNICODE_VERSION "17.0.0"

/* Word_Break. */
enum wd_word_break {
    WD_WB_OTHER,
    WD_WB_CR,
    WD_WB_LF,
    WD_WB_NEWLINE,
    WD_WB_EXTEND,
    WD_WB_ZWJ,
    WD_WB_FORMAT,
    WD_WB_REGIONAL_INDICATOR,
    WD_WB_KATAKANA,
    WD_WB_HEBREW_LETTER,
    WD_WB_ALETTER,
    WD_WB_SINGLE_QUOTE,
    WD_WB_DOUBLE_QUOTE,
    WD_WB_MIDNUMLET,
    WD_WB_MIDLETTER,
    WD_WB_MIDNUM,
    WD_WB_NUMERIC,
    WD_WB_EXTENDNUMLET,
    WD_WB_WSEGSPACE,
    WD_WB_COUNT
};

/* Sentence_Break. */
enum wd_sentence_break {
    WD_SB_OTHER,
    WD_SB_CR,
    WD_SB_LF,
    WD_SB_SEP,
    WD_SB_EXTEND,
    WD_SB_FORMAT,
    WD_SB_SP,
    WD_SB_LOWER,
    WD_SB_UPPER,
    WD_SB_OLETTER,
    WD_SB_NUMERIC,
    WD_SB_ATERM,
    WD_SB_STERM,
    WD_SB_CLOSE,
    WD_SB_SCONTINUE,
    WD_SB_COUNT
};

/* Set beside the word class of code points that are Extended_Pictographic. */
#define WD_WB_PICTOGRAPHIC 0x20

extern const uint8_t wd_word_index[8704];
extern const uint8_t wd_word_blocks[28800];
extern const uint8_t wd_sentence_index[8704];
extern const uint8_t wd_sentence_blocks[29056];

/* The enum wd_word_break of a code point up to U+10FFFF, perhaps with the bit above. */
static inline unsigned wd_word_class(uint32_t cp)
{
    return wd_word_blocks[(unsigned)wd_word_index[cp >> 7] << 7 | (cp & 0x7f)];
}

static inline unsigned wd_sentence_class(uint32_t cp)
{
    return wd_sentence_blocks[(unsigned)wd_sentence_index[cp >> 7] << 7 | (cp & 0x7f)];
}

#endif
