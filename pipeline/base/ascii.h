/* ascii.h -- the letters and digits of ASCII, which are the same in every locale.
 * SPDX-License-Identifier: Apache-2.0
 *
 * strcasecmp() and its kin ask the locale of the process, which is its owner's and not
 * the library's: in a Turkish one 'I' is not the capital of 'i', and <TITLE> no title. */
#ifndef WD_ASCII_H
#define WD_ASCII_H

#include <stdbool.h>

#include "wiredesk/span.h"

static inline bool wd_ascii_is_letter(char c)
{
    return ((unsigned char)c | 0x20U) - 'a' < 26;
}

static inline bool wd_ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The small letter of a capital, anything else as it is. */
static inline char wd_ascii_small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* As strcmp(), blind for case; for names that are sorted by their small letters. */
int wd_ascii_compare(const char *a, const char *b);

/* The same but for case. */
bool wd_ascii_same(struct wd_str a, struct wd_str b);

/* `str` begins with `prefix`, whatever their case. */
bool wd_ascii_begins(struct wd_str str, const char *prefix);

/* Where `str` holds `part` for the first time, whatever their case; NULL when nowhere. */
const char *wd_ascii_find(struct wd_str str, const char *part);

#endif
