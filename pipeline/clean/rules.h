/* rules.h -- the rules by which lines become furniture, one file a family.
 * SPDX-License-Identifier: Apache-2.0
 *
 * They run in the order in which they are declared: what gives itself away wherever it
 * stands first, since where the prose begins and ends is known only once captions and
 * notices are out of the way. */
#ifndef WD_CLEAN_RULES_H
#define WD_CLEAN_RULES_H

#include "key.h"
#include "proof.h"

/* Images in markdown, lone links, rules of dashes. */
bool wd_rule_mark(struct wd_proof *proof, size_t i);

/* Captions that carry a credit, and credits alone. */
bool wd_rule_credit(struct wd_proof *proof, size_t i, const struct wd_key *key);

/* Notices of the trade, from the table in phrases.c, that stand in one of `zones`. */
bool wd_rule_phrase(struct wd_proof *proof, size_t i, const struct wd_key *key,
                    unsigned zones);

/* "By …", "Reporting by …", an author's life in one line; for the top and the end. */
bool wd_rule_byline(struct wd_proof *proof, size_t i, const struct wd_key *key);

/* A line made of dates, times and "updated". */
bool wd_rule_timestamp(struct wd_proof *proof, size_t i, const struct wd_key *key);

/* Labels and links that have strayed onto the page: what is left once the prose and the
 * headline are known. Works on all lines. */
void wd_rule_strays(struct wd_proof *proof);

/* The names in a byline, without "By" and what follows them; empty when it has none. */
struct wd_str wd_byline_names(struct wd_str line);

/* The line that is the headline; proof->n when there is none. Lines above it that are
 * labels of the page become furniture. */
size_t wd_headline_find(struct wd_proof *proof);

/* The text line that says again what `headline` says, at the top; proof->n when none
 * does. *ret_is_same tells whether it does so letter for letter. */
size_t wd_headline_repeat(const struct wd_proof *proof, struct wd_str headline,
                          bool *ret_is_same);

/* The dateline at the start of `line`; {0} bytes when it has none. */
struct wd_dateline {
    size_t size;         /* up to the first character of the prose */
    struct wd_str place; /* within the line; empty: a dateline without a place */
};

struct wd_dateline wd_dateline_read(struct wd_str line);

#endif
