/* english_chars.h -- letters, quotes and white space for the English rules.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Places outside of the text are asked about freely: there is a zero byte there. */
#ifndef WD_ENGLISH_CHARS_H
#define WD_ENGLISH_CHARS_H

#include <stdbool.h>

#include "base/unicode_tables.h"
#include "base/utf8.h"

static inline unsigned char wd_byte_at(struct wd_str text, size_t at)
{
    return at < text.size ? (unsigned char)text.data[at] : 0;
}

static inline bool wd_is_lower(unsigned char c)
{
    return (unsigned)c - 'a' < 26;
}

static inline bool wd_is_upper(unsigned char c)
{
    return (unsigned)c - 'A' < 26;
}

static inline bool wd_is_alpha(unsigned char c)
{
    return ((unsigned)c | 0x20) - 'a' < 26;
}

static inline bool wd_is_digit(unsigned char c)
{
    return (unsigned)c - '0' < 10;
}

static inline bool wd_is_alnum(unsigned char c)
{
    return wd_is_alpha(c) || wd_is_digit(c);
}

/* The Sentence_Break class at `at`; WD_SB_SEP at the end of the text. */
static inline unsigned wd_class_at(struct wd_str text, size_t at)
{
    unsigned size;
    return at < text.size ? wd_sentence_class(wd_utf8_decode(text.data + at, &size))
                          : (unsigned)WD_SB_SEP;
}

/* A capital, title case included, in any script. */
static inline bool wd_upper_at(struct wd_str text, size_t at)
{
    unsigned char c = wd_byte_at(text, at);
    return c < 0x80 ? wd_is_upper(c) : wd_class_at(text, at) == WD_SB_UPPER;
}

static inline bool wd_letter_at(struct wd_str text, size_t at)
{
    unsigned char c = wd_byte_at(text, at);
    if (c < 0x80)
        return wd_is_alpha(c);
    unsigned cls = wd_class_at(text, at);
    return cls == WD_SB_LOWER || cls == WD_SB_UPPER || cls == WD_SB_OLETTER;
}

/* A blank or a line end of ASCII, or the end of the text. */
static inline bool wd_blank_at(struct wd_str text, size_t at)
{
    return at >= text.size || text.data[at] == ' ' || text.data[at] == '\n';
}

/* White_Space of Unicode; the end of the text counts as white. */
static inline bool wd_white_at(struct wd_str text, size_t at)
{
    unsigned char c = wd_byte_at(text, at);
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r') || at >= text.size;
    unsigned cls = wd_class_at(text, at);
    return cls == WD_SB_SP || cls == WD_SB_SEP;
}

/* A letter or a digit before `at` ends its word there, whatever stands behind it: neither
 * UAX #29 nor a rule joins the sign that follows, nor looks past it. */
static inline bool wd_ends_plainly(struct wd_str text, size_t at)
{
    static const bool plain[256] = {
        ['\n'] = true, [' '] = true, ['!'] = true,  ['"'] = true, ['#'] = true,
        ['%'] = true,  ['('] = true, [')'] = true,  ['*'] = true, ['+'] = true,
        ['<'] = true,  ['='] = true, ['>'] = true,  ['?'] = true, ['['] = true,
        [']'] = true,  ['^'] = true, ['`'] = true,  ['{'] = true, ['|'] = true,
        ['}'] = true,  ['~'] = true, ['\\'] = true,
    };
    return at < text.size && plain[(unsigned char)text.data[at]];
}

static inline bool wd_starts_with(struct wd_str text, size_t at, const char *z)
{
    size_t size = strlen(z);
    return at + size <= text.size && memcmp(text.data + at, z, size) == 0;
}

/* White space, or the start of the text, before `at`, which is a boundary. */
static inline bool wd_white_before(struct wd_str text, size_t at)
{
    if (at == 0)
        return true;
    do
        at--;
    while (at > 0 && !wd_utf8_is_start(text.data[at]));
    return wd_white_at(text, at);
}

/* Bytes of the apostrophe at `at`: 1 for "'", 3 for U+2019, 0 for anything else. */
static inline size_t wd_apostrophe_at(struct wd_str text, size_t at)
{
    if (wd_byte_at(text, at) == '\'')
        return 1;
    return text.size - at >= 3 && at < text.size &&
                   memcmp(text.data + at, "\xe2\x80\x99", 3) == 0
               ? 3
               : 0;
}

#endif
