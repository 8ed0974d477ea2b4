/* sentences.h -- where English sentences end.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_SENTENCES_H
#define WD_SENTENCES_H

#include <stdbool.h>

#include "wiredesk/article.h"
#include "wiredesk/span.h"

/* The last tokens of a sentence, as far as its end depends on them. All zero at a start.
 */
struct wd_ending {
    struct wd_token before; /* the token before the terminator; empty: none */
    struct wd_token mark;   /* ".", "?!", "...", or an abbreviation; empty: none */
    struct wd_token last;   /* the mark, or the last quote or bracket closed behind it */
};

/* Takes in the next token of the sentence. */
void wd_ending_add(struct wd_ending *ending, struct wd_str text,
                   const struct wd_token *tok);

/* Does the sentence end before `next`, which is not yet taken in? */
bool wd_ending_is_end(const struct wd_ending *ending, struct wd_str text,
                      const struct wd_token *next);

#endif
