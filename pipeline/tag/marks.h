/* marks.h -- what the whole article says about each of its words.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_MARKS_H
#define WD_TAG_MARKS_H

#include "tag/parts.h"

/* True when some occurrence of the folded word in the article … */
enum tag_mark {
    MARK_SMALL = 1 << 0,         /* is written small */
    MARK_CAPITAL = 1 << 1,       /* is capitalised where nothing forces it */
    MARK_AFTER_TITLE = 1 << 2,   /* follows "President", an initial, a given name */
    MARK_BEFORE_SPEECH = 1 << 3, /* is followed by "said" or "who" */
    MARK_BEFORE_HEAD = 1 << 4,   /* stands in one row with "Corp.", "Committee" */
    MARK_AFTER_PLACE = 1 << 5,   /* follows "in", "near" */
    MARK_BEFORE_PLACE = 1 << 6,  /* stands in one row with "River", "County" */
    MARK_IN_PAREN = 1 << 7,      /* is all that a parenthesis holds */
    MARK_AFTER_THE = 1 << 8,     /* is capitalised and follows "the" */
    MARK_POSSESSIVE = 1 << 9,    /* has an 's */
    MARK_ALONE = 1 << 10,        /* is a name of one word */
    MARK_IN_ROW = 1 << 11,       /* is a part of a row of capitals */
};

/* Fills marks, match, clusters and what wd_tag_describe() does of every word. WD_OK or
 * WD_ENOMEM. */
int wd_tag_mark_words(struct tag_context *context);

#endif
