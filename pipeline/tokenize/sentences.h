/* sentences.h -- where English sentences end.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_SENTENCES_H
#define WD_SENTENCES_H

#include <stdbool.h>
#include <stdint.h>

#include "english_chars.h"
#include "wiredesk/article.h"
#include "wiredesk/span.h"
#include "wiredesk/text.h"

/* What is known of a sentence under way, as far as its end depends on it. All zero before
 * its first token. */
struct wd_ending {
    struct wd_span before; /* the token before the mark; empty: none */
    struct wd_span mark;   /* ".", "?!", "...", or an abbreviation; empty: none */
    struct wd_span last;   /* the mark, or the last quote or bracket closed behind it */
    uint32_t start;        /* of the first token */
    uint16_t before_flags; /* WD_TOKEN_… */
    uint16_t mark_flags;
    uint16_t last_flags;
    uint8_t stamp; /* how much of "08/16/2000 03:48 PM" the last tokens are */
};

/* Tokens come as their span and flags, not as a struct wd_token in memory: to read at
 * once what was just written in parts is what a short token costs most. */
void wd_ending_add_slow(struct wd_ending *ending, struct wd_str text, struct wd_span tok,
                        uint16_t flags);

enum {
    WD_FAREWELL_BYTES = 16, /* "Best regards," is no longer */
    WD_ITEM_BYTES = 3,      /* … nor is "12.", the number of an item */
    WD_STAMP_BYTES = 5,     /* "8/6/2000" begins with as many or more */
};

static inline bool wd_ending_is_terminator(unsigned char c)
{
    return c == '.' || c == '!' || c == '?';
}

/* … of two bytes or more. */
static inline bool wd_ending_is_dull_word(struct wd_str text, struct wd_span tok)
{
    unsigned char first = (unsigned char)text.data[tok.start];
    unsigned char last = (unsigned char)text.data[tok.end - 1];
    if (wd_is_alpha(first))
        return wd_is_alpha(last);
    unsigned char second = (unsigned char)text.data[tok.start + 1];
    switch (first) {
    case '<':
    case '#':
    case '@':
        return second != first && wd_is_alnum(second);
    case '\'':
        return true;
    case 0xe2: /* dashes and quotation marks */
        return second == 0x80 && tok.end - tok.start == 3 && last >= 0x90 && last < 0xa0;
    default:
        return wd_is_digit(first) && wd_is_alnum(last) &&
               tok.end - tok.start < WD_STAMP_BYTES;
    }
}

/* A token after which no sentence ends, whatever comes: most are. */
static inline bool wd_ending_is_dull(const struct wd_ending *ending, struct wd_str text,
                                     struct wd_span tok, uint16_t flags)
{
    unsigned char first = (unsigned char)text.data[tok.start];
    if (flags & WD_TOKEN_ABBREVIATION)
        return false;
    if (tok.end - tok.start > 1)
        return wd_ending_is_dull_word(text, tok);
    if (first == ',')
        return ending->last.end - ending->start > WD_FAREWELL_BYTES;
    if (first == ')') /* "(Reuters)" ends one */
        return text.data[ending->start] != '(';
    return !wd_ending_is_terminator(first);
}

/* A token that is a mark whatever stands before it, and closes nothing: "." after a
 * word, "Inc." */
static inline bool wd_ending_is_point(const struct wd_ending *ending, struct wd_str text,
                                      struct wd_span tok, uint16_t flags)
{
    unsigned char first = (unsigned char)text.data[tok.start];
    if (flags & WD_TOKEN_ABBREVIATION)
        return wd_is_alpha(first);
    if (ending->mark.end != 0 || !wd_ending_is_terminator(first))
        return false;
    return tok.end - tok.start == 1 || (first == '.' && text.data[tok.end - 1] == '.');
}

/* The token is the last one, and no mark. */
static inline void wd_ending_pass(struct wd_ending *ending, struct wd_span tok,
                                  uint16_t flags)
{
    ending->last = tok;
    ending->last_flags = flags;
}

/* … and the sentence may end with it. */
static inline void wd_ending_mark(struct wd_ending *ending, struct wd_span tok,
                                  uint16_t flags)
{
    ending->before = ending->last;
    ending->before_flags = ending->last_flags;
    ending->mark = tok;
    ending->mark_flags = flags;
    wd_ending_pass(ending, tok, flags);
}

/* A sign that closes a quotation or a bracket when nothing but it stands between. */
static inline bool wd_ending_is_closer(struct wd_str text, struct wd_span tok)
{
    if (tok.end - tok.start != 1)
        return false;
    char c = text.data[tok.start];
    return c == '"' || c == ')' || c == ']' || c == '}' || c == '\'';
}

/* Takes in the next token of the sentence. */
static inline void wd_ending_add(struct wd_ending *ending, struct wd_str text,
                                 struct wd_span tok, uint16_t flags)
{
    if (ending->last.end == 0)
        ending->start = tok.start;
    if (ending->stamp == 0 && ending->mark.end == 0 &&
        wd_ending_is_dull(ending, text, tok, flags))
        wd_ending_pass(ending, tok, flags);
    else if (ending->stamp == 0 && wd_ending_is_point(ending, text, tok, flags))
        wd_ending_mark(ending, tok, flags);
    else if (ending->stamp == 0 && ending->mark.end != 0 &&
             ending->last.end == tok.start && wd_ending_is_closer(text, tok))
        wd_ending_pass(ending, tok, flags);
    else
        wd_ending_add_slow(ending, text, tok, flags);
}

/* Is there anything to ask at all before `next`? False for nearly all tokens. */
static inline bool wd_ending_is_open(const struct wd_ending *ending, struct wd_str text,
                                     struct wd_span next)
{
    uint32_t end = next.end;
    return ending->mark.end != 0 || end - next.start > 16 ||
           (end < text.size && text.data[end] == ':' && wd_byte_at(text, end + 1) <= ' ');
}

bool wd_ending_is_end_slow(const struct wd_ending *ending, struct wd_str text,
                           struct wd_span next, uint16_t flags);

/* It begins with a capital, or with a quotation mark before one or before nothing. */
static inline bool wd_ending_is_start(struct wd_str text, struct wd_span next)
{
    unsigned char first = (unsigned char)text.data[next.start];
    if (first == '"') {
        unsigned char second = wd_byte_at(text, next.start + 1);
        return second == ' ' || wd_is_upper(second);
    }
    return wd_is_upper(first);
}

/* "1.", "12.", "Q." and no more may be the number of an item. */
static inline bool wd_ending_may_be_item(const struct wd_ending *ending,
                                         struct wd_str text)
{
    unsigned size = ending->mark.end - ending->start;
    return size < WD_ITEM_BYTES ||
           (size == WD_ITEM_BYTES &&
            wd_is_digit((unsigned char)text.data[ending->mark.end - 2]));
}

/* Does the sentence end before `next`, which is not yet taken in? Most do by a mark of
 * its own before a capital, which a space parts from it; none does by an initial. */
static inline bool wd_ending_is_end(const struct wd_ending *ending, struct wd_str text,
                                    struct wd_span next, uint16_t flags)
{
    struct wd_span mark = ending->mark;
    unsigned size = mark.end - mark.start;
    bool is_plain = mark.end == ending->last.end && mark.end < next.start &&
                    wd_ending_is_start(text, next) && !(flags & WD_TOKEN_CLITIC);
    if (is_plain && size == 1 &&
        wd_ending_is_terminator((unsigned char)text.data[mark.start]) &&
        !wd_ending_may_be_item(ending, text))
        return true;
    bool has_closer = mark.end != ending->last.end;
    if (has_closer && ending->last.end == next.start &&
        !wd_is_alpha((unsigned char)text.data[next.start]))
        return false;
    if (is_plain && size == 2 && (ending->mark_flags & WD_TOKEN_ABBREVIATION) &&
        wd_byte_at(text, next.end) != ':')
        return false;
    return wd_ending_is_end_slow(ending, text, next, flags);
}

#endif
