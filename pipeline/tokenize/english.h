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
    size_t at;         /* behind the last token */
    size_t clitic_end; /* the next token is known: it ends here; 0: it is not */
    size_t start;      /* of the last token */
    uint16_t flags;    /* of the last token */
    bool is_new_line;  /* a line end stands between it and the one before */
    bool is_in_quote;  /* a single quote was opened in this line */
};

/* Goes on to the next token: [start, at) and its flags. False at the end of the text;
 * is_new_line is then told of what stood there. */
bool wd_english_next(struct wd_english *eng);

#endif
