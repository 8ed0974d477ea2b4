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
    struct wd_token before; /* the token before the mark; empty: none */
    struct wd_token mark;   /* ".", "?!", "...", or an abbreviation; empty: none */
    struct wd_token last;   /* the mark, or the last quote or bracket closed behind it */
    uint32_t start;         /* of the first token */
    uint8_t stamp;          /* how much of "08/16/2000 03:48 PM" the last tokens are */
};

void wd_ending_add_slow(struct wd_ending *ending, struct wd_str text,
                        const struct wd_token *tok);

enum {
    WD_FAREWELL_BYTES = 16, /* "Best regards," is no longer */
    WD_ITEM_BYTES = 3,      /* … nor is "12.", the number of an item */
};

/* A token after which no sentence ends, whatever comes: most are. */
static inline bool wd_ending_is_dull(const struct wd_ending *ending, struct wd_str text,
                                     const struct wd_token *tok)
{
    unsigned char first = (unsigned char)text.data[tok->span.start];
    if (tok->flags & WD_TOKEN_ABBREVIATION)
        return false;
    if (tok->span.end - tok->span.start > 1) {
        unsigned char second = (unsigned char)text.data[tok->span.start + 1];
        if (first == '<' || first == '#' || first == '@')
            return second != first && wd_is_alnum(second);
        return wd_is_alpha(first) &&
               wd_is_alpha((unsigned char)text.data[tok->span.end - 1]);
    }
    if (first == ',')
        return ending->last.span.end - ending->start > WD_FAREWELL_BYTES;
    if (first == ')') /* "(Reuters)" ends one */
        return text.data[ending->start] != '(';
    return first != '.' && first != '!' && first != '?';
}

/* A token that is a mark whatever stands before it, and closes nothing: "." after a
 * word, "Inc." */
static inline bool wd_ending_is_point(const struct wd_ending *ending, struct wd_str text,
                                      const struct wd_token *tok)
{
    unsigned char first = (unsigned char)text.data[tok->span.start];
    if (tok->flags & WD_TOKEN_ABBREVIATION)
        return wd_is_alpha(first);
    return ending->mark.span.end == 0 && first == '.' &&
           tok->span.end - tok->span.start == 1;
}

/* Takes in the next token of the sentence. */
static inline void wd_ending_add(struct wd_ending *ending, struct wd_str text,
                                 const struct wd_token *tok)
{
    bool is_easy = ending->last.span.end != 0 && ending->stamp == 0;
    if (is_easy && ending->mark.span.end == 0 && wd_ending_is_dull(ending, text, tok)) {
        ending->last = *tok;
    } else if (is_easy && wd_ending_is_point(ending, text, tok)) {
        ending->before = ending->last;
        ending->mark = ending->last = *tok;
    } else {
        wd_ending_add_slow(ending, text, tok);
    }
}

/* Is there anything to ask at all before `next`? False for nearly all tokens. */
static inline bool wd_ending_is_open(const struct wd_ending *ending, struct wd_str text,
                                     const struct wd_token *next)
{
    uint32_t end = next->span.end;
    return ending->mark.span.end != 0 || end - next->span.start > 16 ||
           (end < text.size && text.data[end] == ':' && wd_byte_at(text, end + 1) <= ' ');
}

bool wd_ending_is_end_slow(const struct wd_ending *ending, struct wd_str text,
                           const struct wd_token *next);

/* Does the sentence end before `next`, which is not yet taken in? Most do by a full stop
 * of its own before a capital, which a space parts from it; none does by an initial. */
static inline bool wd_ending_is_end(const struct wd_ending *ending, struct wd_str text,
                                    const struct wd_token *next)
{
    struct wd_span mark = ending->mark.span;
    unsigned size = mark.end - mark.start, so_far = mark.end - ending->start;
    bool is_plain = mark.end == ending->last.span.end && mark.end < next->span.start &&
                    wd_is_upper((unsigned char)text.data[next->span.start]) &&
                    !(next->flags & WD_TOKEN_CLITIC);
    bool is_item =
        so_far < WD_ITEM_BYTES ||
        (so_far == WD_ITEM_BYTES && wd_is_digit((unsigned char)text.data[mark.end - 2]));
    if (is_plain && size == 1 && text.data[mark.start] == '.' && !is_item)
        return true;
    if (is_plain && size == 2 && (ending->mark.flags & WD_TOKEN_ABBREVIATION) &&
        wd_byte_at(text, next->span.end) != ':')
        return false;
    return wd_ending_is_end_slow(ending, text, next);
}

#endif
