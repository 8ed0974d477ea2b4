/* compare.h -- what one article names or counts that another does not.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_COMPARE_H
#define TOOLS_COMPARE_H

#include <stddef.h>

#include "wiredesk/article.h"

/* Distinct strings, borrowed from an article, in the order of their bytes. */
struct strings {
    struct wd_str *at;
    size_t n;
};

/* The names of the entities; the figures in the bodies ("$1,250", "3.5" and "1984" are
 * figures as the tokenizer cut them). WD_OK or WD_ENOMEM; free with strings_done(). */
WD_MUST_CHECK int strings_of_names(const struct wd_facts *facts, struct strings *ret);
WD_MUST_CHECK int strings_of_figures(const struct wd_facts *facts, struct strings *ret);

/* What of `a` is not in `b`. WD_OK or WD_ENOMEM. */
WD_MUST_CHECK int strings_minus(const struct strings *a, const struct strings *b,
                                struct strings *ret);

/* Drops from `own` the names that are a shorter or longer form of one in `other`, by
 * whole words: with "Pete Hegseth" there, "Hegseth" is nothing of one's own. */
void strings_drop_forms(struct strings *own, const struct strings *other);

/* Safe on a zeroed struct. */
void strings_done(struct strings *strings);

#endif
