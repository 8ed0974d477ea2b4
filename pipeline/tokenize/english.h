/* english.h -- English words: the Unicode segments joined and split as a linguist does.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_ENGLISH_H
#define WD_ENGLISH_H

#include <stdbool.h>

#include "wiredesk/article.h"
#include "wiredesk/span.h"

/* Where the word layer stands. Set text and at, leave the rest zero. `text` ends where
 * the part ends: nothing behind it is looked at. */
struct wd_english {
    struct wd_str text;
    size_t at;
    size_t clitic_end; /* the next token is known: it ends here; 0: it is not */
    bool is_in_quote;  /* a single quote was opened in this line */
};

/* The next token: its span and flags, the rest of *ret_tok zero. *ret_new_line: a line
 * end stands between it and the one before. False at the end of the text. */
bool wd_english_next(struct wd_english *eng, struct wd_token *ret_tok,
                     bool *ret_new_line);

#endif
