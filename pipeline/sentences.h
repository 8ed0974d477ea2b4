/* sentences.h -- where English sentences end.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_SENTENCES_H
#define WD_SENTENCES_H

#include <stdbool.h>

#include "english_chars.h"
#include "wiredesk/article.h"
#include "wiredesk/span.h"
#include "wiredesk/text.h"

/* The last tokens of a sentence, as far as its end depends on them. All zero at a start.
 */
struct wd_ending {
    struct wd_token before; /* the token before the terminator; empty: none */
    struct wd_token mark;   /* ".", "?!", "...", or an abbreviation; empty: none */
    struct wd_token last;   /* the mark, or the last quote or bracket closed behind it */
};

void wd_ending_add_slow(struct wd_ending *ending, struct wd_str text,
                        const struct wd_token *tok);

/* Takes in the next token of the sentence. */
static inline void wd_ending_add(struct wd_ending *ending, struct wd_str text,
                                 const struct wd_token *tok)
{
    if (ending->mark.span.end == 0 && !(tok->flags & WD_TOKEN_ABBREVIATION) &&
        wd_is_alpha((unsigned char)text.data[tok->span.start]) &&
        wd_is_alpha((unsigned char)text.data[tok->span.end - 1]))
        ending->last = *tok; /* most tokens: a word after a word */
    else
        wd_ending_add_slow(ending, text, tok);
}

/* Is there anything to ask at all before `next`? False for nearly all tokens. */
static inline bool wd_ending_is_open(const struct wd_ending *ending, struct wd_str text,
                                     const struct wd_token *next)
{
    return ending->mark.span.end != 0 ||
           (next->span.end < text.size && text.data[next->span.end] == ':');
}

/* Does the sentence end before `next`, which is not yet taken in? */
bool wd_ending_is_end(const struct wd_ending *ending, struct wd_str text,
                      const struct wd_token *next);

#endif
