/* line.h -- the lines of an article and the shape of each.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every decision of the cleaner is taken on lines: what they look like (counted here,
 * once) and where they stand. A line is a paragraph; in hard-wrapped copy several lines
 * of the file are one line here. Blank lines are none. */
#ifndef WD_CLEAN_LINE_H
#define WD_CLEAN_LINE_H

#include <stdbool.h>

#include "base/arena.h"
#include "wiredesk/span.h"

enum wd_line_flag {
    WD_LINE_STOP = 1 << 0,   /* ends a sentence: . ! ? … also before closing quotes */
    WD_LINE_COLON = 1 << 1,  /* ends with a colon, a comma, a semicolon or a dash */
    WD_LINE_QUOTE = 1 << 2,  /* begins with a quotation mark */
    WD_LINE_SMALL = 1 << 3,  /* begins with a lower-case letter */
    WD_LINE_URL = 1 << 4,    /* holds "://" or "www." */
    WD_LINE_AT = 1 << 5,     /* holds an @ */
    WD_LINE_BAR = 1 << 6,    /* holds | or › or » between words */
    WD_LINE_INDENT = 1 << 7, /* began with two blanks or a tab */
    WD_LINE_IMAGE = 1 << 8,  /* holds "](" */
    WD_LINE_BULLET = 1 << 9, /* begins with a bullet, a dash or a number and a dot */
    WD_LINE_DIGIT = 1 << 10, /* holds a digit */
    WD_LINE_QUERY = 1 << 11, /* its stop is a question or exclamation mark */
    WD_LINE_GAPS = 1 << 13,  /* its white space is not one blank between words */
    WD_LINE_TOLD = 1 << 12,  /* holds a word with a colon: "Update: March 3" */
    WD_LINE_SAID = 1 << 14,  /* holds a double quotation mark, straight or opening */
};

struct wd_line {
    struct wd_span span; /* in raw, without white space at its ends */
    uint32_t n_chars;
    uint32_t n_words;
    uint32_t n_capital;     /* words with a capital or a digit first */
    uint32_t n_upper;       /* words of two letters or more, all capital */
    uint32_t n_lower;       /* words of four letters or more with none capital */
    uint32_t n_stops;       /* words within the line that end a sentence */
    uint32_t blanks_before; /* blank lines between the line before and this one */
    uint32_t flags;
};

/* So many lines an article of `size` bytes has at most: what is left then is its last
 * line. Copy has 48 bytes a line and more, tables have some; a file of a million lines of
 * one letter is no article, and is not to cost a million decisions. */
static inline size_t wd_lines_max(size_t size)
{
    return 512 + size / 48;
}

struct wd_lines {
    struct wd_line *at;
    size_t n;
    bool is_wrapped; /* lines of the file were joined */
};

/* Cuts `raw`, which must be well-formed UTF-8 below 4 GiB. WD_OK or WD_ENOMEM. */
int wd_lines_cut(struct wd_str raw, struct wd_arena *arena, struct wd_lines *ret_lines);

/* A paragraph of prose beyond doubt: long, and it ends like one. */
static inline bool wd_line_is_full(const struct wd_line *line)
{
    return line->n_words >= 12 && (line->flags & WD_LINE_STOP) != 0;
}

/* "10:30-11:30 am: Town hall meeting, …": of a schedule; films have a title behind their
 * length, and less of it. `text` is the line's. */
bool wd_line_is_appointment(const struct wd_line *line, struct wd_str text);

/* Capitals as in a title: nearly every longer word has one. */
static inline bool wd_line_is_title(const struct wd_line *line)
{
    return line->n_capital > 0 && line->n_lower * 5 <= line->n_capital;
}

/* All capitals, but for a word or two. */
static inline bool wd_line_is_shouted(const struct wd_line *line)
{
    return line->n_upper > 0 && line->n_lower == 0 && line->n_upper * 2 >= line->n_words;
}

#endif
