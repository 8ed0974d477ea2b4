/* match.h -- how much of one text stands in another, and what that makes of the two.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Integers only; shares are in ten-thousandths. */
#ifndef WD_MATCH_H
#define WD_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "wiredesk/sketch.h"

/* An ascending list of distinct hashes. */
struct wd_hashes {
    const uint16_t *at;
    uint32_t n;
};

/* What is compared of an article. */
struct wd_print {
    uint64_t content_hash;
    uint32_t n_words;
    bool is_whole; /* the prints are those of all shingles, else the lowest of them */
    struct wd_hashes prints;
    struct wd_hashes figures;
    struct wd_hashes names;
    struct wd_hashes headline; /* its heavier words */
    int64_t time_ms;           /* -1: unknown */
    /* Beside each print, how rare its shingle is in the stream: 16 for one that no
     * article or a single one has, three less for every doubling; 0 where it is not
     * known. NULL: nothing is known. */
    const uint8_t *rarities;
};

#define WD_RARITY_MAX 16

/* `this` is the newer article, `that` the earlier one. */
struct wd_likeness {
    bool is_same;         /* word for word */
    uint16_t resemblance; /* shared of all shingles of both */
    uint16_t containment; /* shared of this one's shingles */
    uint16_t contained;   /* shared of that one's shingles */
    uint32_t n_shared;    /* prints in common, of those that both samples cover … */
    uint32_t n_this;      /* … of so many here */
    uint32_t n_that;      /* … and there */
    uint32_t words;       /* of this text that the other has, by that estimate */
    uint16_t figures;     /* of the figures of the one that has fewer, how many agree */
    uint16_t all_figures; /* shared of all figures of both */
    uint16_t names;       /* likewise for the words of names */
    uint16_t all_names;
    uint16_t headline; /* of the shorter headline, how many words are in the other one;
                          5000 where one has none */
    uint16_t rarity;   /* of what is shared: 10000 when nobody else has it */
    uint16_t length;   /* words of the shorter to words of the longer */
    bool is_backdated; /* this one is dated before that one */
    uint16_t hours;    /* between the two; 0 when unknown; at most 10,000 */
};

/* Every field, for programs that print them. */
#define WD_LIKENESS_FIELDS(X)                                                            \
    X(is_same)                                                                           \
    X(resemblance)                                                                       \
    X(containment)                                                                       \
    X(contained)                                                                         \
    X(n_shared)                                                                          \
    X(n_this)                                                                            \
    X(n_that)                                                                            \
    X(words)                                                                             \
    X(figures)                                                                           \
    X(all_figures)                                                                       \
    X(names)                                                                             \
    X(all_names)                                                                         \
    X(headline)                                                                          \
    X(rarity)                                                                            \
    X(length)                                                                            \
    X(is_backdated)                                                                      \
    X(hours)

/* Borrows the lists, but for the headline, which goes to `headline`. */
struct wd_print wd_print_of(const struct wd_sketch *sketch,
                            uint16_t headline[WD_TERMS_MAX]);

/* As struct wd_print wants it, for a shingle of `count` articles. */
uint8_t wd_rarity(uint32_t count);

/* `this` brings the rarities; those of `that` are not looked at. */
struct wd_likeness wd_match(const struct wd_print *this, const struct wd_print *that);

/* How much speaks for "it repeats that one", in thousandths of a logit: above 0, more
 * than against it. */
int64_t wd_match_score(const struct wd_likeness *like);

/* What the likeness makes of the newer article: WD_VERDICT_UNIQUE when it repeats nothing
 * of the other, or only its form. */
enum wd_verdict wd_judge(const struct wd_likeness *like);

#endif
