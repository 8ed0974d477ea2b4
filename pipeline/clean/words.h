/* words.h -- what a single word looks like, and the few that dates are made of.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CLEAN_WORDS_H
#define WD_CLEAN_WORDS_H

#include <stdbool.h>

#include "wiredesk/span.h"

enum wd_letter { WD_LETTER_NONE, WD_LETTER_LOWER, WD_LETTER_UPPER, WD_LETTER_DIGIT };

/* Enough of case for Latin, Greek and Cyrillic copy; other scripts are small letters. */
enum wd_letter wd_letter_of(uint32_t cp);

/* The next run without white space in *rest, which is moved past it. */
bool wd_words_next(struct wd_str *rest, struct wd_str *ret_word);

/* Its first letter or digit is a capital. */
bool wd_word_is_capital(struct wd_str word);

/* Two letters or more, none small; "O’FALLON", "ST." and "PORT-AU-PRINCE" are. */
bool wd_word_is_shouted(struct wd_str word);

/* A sentence may begin with it: a capital, a digit, a quotation mark. */
bool wd_word_is_start(struct wd_str word);

bool wd_word_has_lower(struct wd_str word);

/* The word, marks around it aside, is `name`, which is in small letters; any case. */
bool wd_word_is(struct wd_str word, const char *name);

/* … is one of the `n` names. */
bool wd_word_in(struct wd_str word, const char *const *names, size_t n);

/* Digits, as in times and dates: "3:45", "17.04", "2025-02-12", "6pm", "13th", "12". */
bool wd_word_is_clock(struct wd_str word);

/* English, whole or cut short, any case, with or without a dot. */
bool wd_word_is_month(struct wd_str word);
bool wd_word_is_weekday(struct wd_str word);

/* What those who make the news are by trade: "reporter", "editor". */
bool wd_word_is_job(struct wd_str word);

/* 1 to 31, or 1900 to 2099; "3rd", too. */
bool wd_word_is_day_or_year(struct wd_str word);

/* The line ends with an exchange's sign, "(HILL.L)" or "(.DXY)": a row of a market
 * report, which has no full stop and is no title. */
bool wd_words_end_in_ticker(struct wd_str line);

#endif
