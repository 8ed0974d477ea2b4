/* rules.h -- the rules by which lines become furniture, one file a family.
 * SPDX-License-Identifier: Apache-2.0
 *
 * They run in the order in which they are declared: what gives itself away wherever it
 * stands first, since where the prose begins and ends is known only once captions and
 * notices are out of the way. */
#ifndef WD_CLEAN_RULES_H
#define WD_CLEAN_RULES_H

#include "key.h"
#include "phrase_table.h"
#include "proof.h"

/* All of them, on the raw text of an article; `state` is the stage's. What the model is
 * asked about is what they leave. WD_OK or WD_ENOMEM. */
int wd_clean_by_rules(const void *state, struct wd_article *art,
                      struct wd_proof *ret_proof);

/* Images in markdown, lone links, rules of dashes. */
bool wd_rule_mark(struct wd_proof *proof, size_t i);

/* Slugs and keylines above, times of sending and contacts below. */
bool wd_rule_wire(struct wd_proof *proof, size_t i);

/* Captions that carry a credit, and credits alone. */
bool wd_rule_credit(struct wd_proof *proof, size_t i);

/* Captions without such a credit, which say who is seen, where or when. */
bool wd_rule_caption(struct wd_proof *proof, size_t i);

/* Embedded posts, with the line above that they sign; titles said twice. */
bool wd_rule_embed(struct wd_proof *proof, size_t i);

/* What the markup calls furniture: `last` and all before it. Works on all lines. */
void wd_rule_aside(struct wd_proof *proof, const struct wd_aside *last);

/* The table of phrases, put into the order in which it is searched. */
enum { WD_PHRASE_GRAMS = 1 << 13 };

struct wd_phrase_range {
    uint16_t from;
    uint16_t to;
};

struct wd_phrase_book {
    struct wd_phrase_range starts[256]; /* by first byte; into `ordered` */
    struct wd_phrase_range holds;
    uint16_t ordered[WD_PHRASES_MAX];
    uint64_t chunks[WD_PHRASES_MAX]; /* the first bytes of each, in that order */
    uint64_t masks[WD_PHRASES_MAX];  /* … which of them count */
    uint16_t ends[WD_PHRASES_MAX];
    unsigned n_ordered;
    unsigned n_ends;
    uint8_t skips[WD_PHRASE_GRAMS]; /* see next_candidate() */
    uint8_t openings[WD_PHRASE_GRAMS];
};

void wd_phrase_book_init(struct wd_phrase_book *book);

/* Whether wd_rule_phrase() would take the line in any zone at all. */
bool wd_phrase_may_match(const struct wd_phrase_book *book, const struct wd_proof *proof,
                         size_t i, const struct wd_key *key);

/* Notices of the trade that may stand in all of `zones`. */
bool wd_rule_phrase(const struct wd_phrase_book *book, struct wd_proof *proof, size_t i,
                    const struct wd_key *key, unsigned zones);

/* "By …", an author's address, an author's life in one line. */
bool wd_rule_byline(struct wd_proof *proof, size_t i, const struct wd_key *key);

/* Names without "By" above the prose, once the headline is known. Works on all lines. */
void wd_rule_names(struct wd_proof *proof);

/* A line made of dates, times and "updated". */
bool wd_rule_timestamp(struct wd_proof *proof, size_t i, const struct wd_key *key);

/* The line shares so many of its words with the paragraphs below it, and fewer with the
 * one above, that it is their heading. */
bool wd_line_names_what_follows(const struct wd_proof *proof, size_t i);

/* Labels and links that have strayed onto the page: what is left once the prose and the
 * headline are known. Works on all lines. */
void wd_rule_strays(struct wd_proof *proof);

/* Markup within lines that stay. Comes last. WD_OK or WD_ENOMEM. */
int wd_rule_inline(struct wd_proof *proof, struct wd_arena *arena);

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

/* "PORT-AU-PRINCE, Haiti" as names are written: "Port-Au-Prince, Haiti"; in the arena.
 * {NULL, 0} when memory is short. */
struct wd_str wd_dateline_place(struct wd_arena *arena, struct wd_str place);

#endif
