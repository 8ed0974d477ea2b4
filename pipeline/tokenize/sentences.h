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

/* A farewell ("Best regards,") is no longer than that. */
enum { WD_FAREWELL_BYTES = 16 };

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

/* Takes in the next token of the sentence. */
static inline void wd_ending_add(struct wd_ending *ending, struct wd_str text,
                                 const struct wd_token *tok)
{
    if (ending->mark.span.end == 0 && ending->last.span.end != 0 && ending->stamp == 0 &&
        wd_ending_is_dull(ending, text, tok))
        ending->last = *tok;
    else
        wd_ending_add_slow(ending, text, tok);
}

/* Is there anything to ask at all before `next`? False for nearly all tokens. */
static inline bool wd_ending_is_open(const struct wd_ending *ending, struct wd_str text,
                                     const struct wd_token *next)
{
    uint32_t end = next->span.end;
    return ending->mark.span.end != 0 || end - next->span.start > 16 ||
           (end < text.size && text.data[end] == ':' && wd_byte_at(text, end + 1) <= ' ');
}

/* Does the sentence end before `next`, which is not yet taken in? */
bool wd_ending_is_end(const struct wd_ending *ending, struct wd_str text,
                      const struct wd_token *next);

#endif
