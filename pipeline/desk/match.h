/* match.h -- how much of one text stands in another, and what else the two agree in.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Integers only; shares are in ten-thousandths. */
#ifndef WD_MATCH_H
#define WD_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/lookup.h"
#include "counts.h"
#include "wiredesk/sketch.h"

/* An ascending list of distinct hashes. */
struct wd_hashes {
    const uint16_t *at;
    uint32_t n;
};

/* What an article is about: its heaviest terms, ascending, and beside each its weight. */
struct wd_topic {
    const uint16_t *at;
    const uint8_t
        *weights; /* 1 to WD_TOPIC_WEIGHT_MAX in the window, else as they come */
    uint32_t n;
};

#define WD_TOPIC_MAX        16 /* terms, in the window */
#define WD_TOPIC_WEIGHT_MAX 15

/* What is compared of an article. */
struct wd_print {
    uint64_t content_hash;
    uint32_t n_words;
    bool is_whole;   /* the prints are those of all shingles, else the lowest of them */
    uint16_t source; /* 0: unknown */
    struct wd_hashes prints;
    struct wd_hashes figures;
    struct wd_hashes names;
    struct wd_hashes headline; /* its heavier words */
    struct wd_topic topic;
    int64_t time_ms; /* as the source dates it, never the record: a replay has
                        a new one; -1: unknown */
    /* Beside each print, how many of the articles that are no copies have it, of those
     * that were found to have most in common with this one. NULL: none. */
    const uint8_t *holders;
    bool is_holder; /* of an earlier article: it is one of them */
    /* Beside each print, where its shingle begins in the text, in bytes. NULL: unknown.
     */
    const uint32_t *starts;
    const uint32_t *figure_starts; /* likewise beside figures and names */
    const uint32_t *name_starts;
    uint32_t lead_end; /* what begins before is of the lead */
};

/* In how many articles the facts and terms are that two articles may agree in: a name
 * that everybody has says nothing. */
struct wd_census {
    struct wd_counts figures;
    struct wd_counts names;
    struct wd_counts headlines;
    struct wd_counts terms;
    uint32_t n_articles;
};

/* WD_OK or WD_ENOMEM. A zeroed one may be done, too. */
int wd_census_init(struct wd_census *census);
void wd_census_done(struct wd_census *census);

/* Counts the facts of an article, or takes back that it was counted. */
void wd_census_add(struct wd_census *census, const struct wd_print *print);
void wd_census_drop(struct wd_census *census, const struct wd_print *print);

#define WD_HOURS_UNKNOWN UINT16_MAX

/* `this` is the newer article, `that` the earlier one. */
struct wd_likeness {
    bool is_same;         /* word for word */
    bool is_backdated;    /* this one is dated before that one */
    bool is_cross;        /* both name their source, and it is not the same */
    uint16_t resemblance; /* shared of all shingles of both */
    uint16_t containment; /* shared of this one's shingles */
    uint16_t contained;   /* shared of that one's shingles */
    uint16_t lead;        /* shared of the shingles of this one's first sentences */
    uint16_t rare;        /* shared of the shingles that hardly another article has, of
                             the text that has fewer of them */
    uint16_t rarity;      /* of what is shared: 10000 when nobody else has it */
    uint16_t common;      /* of what is shared, how much several others have, too */
    uint32_t n_shared;    /* prints in common, of those that both samples cover … */
    uint32_t n_this;      /* … of so many here */
    uint32_t n_that;      /* … and there */
    uint32_t words;       /* of the shorter text that the other has, by that estimate */
    uint32_t added;       /* of this one that that one has not, likewise */
    uint16_t all_figures; /* shared of all figures of both, the rarer the heavier */
    uint16_t names;       /* likewise for names, of the one that has fewer */
    uint16_t all_names;   /* shared of the names of both, all alike */
    uint16_t headline;    /* of the lighter headline; 5000 where one has none */
    uint16_t topic;       /* cosine of what they are about; 5000 where nothing is known */
    uint16_t swapped;    /* figures that each has for itself, of the one with fewer … */
    uint16_t lead_names; /* … and names in this one's lead that that one, if it names
                            any, has not, … */
    uint16_t lead_figures; /* … and figures: the logarithm of how many, 10000 for 15 rare
                              ones */
    uint16_t length;       /* words of the shorter to words of the longer */
    uint16_t hours;        /* between the two; at most 10,000; WD_HOURS_UNKNOWN */
};

/* Where the lists go that a sketch has in another form. */
struct wd_print_room {
    uint16_t headline[WD_TERMS_MAX];
    uint16_t topic[WD_TERMS_MAX];
    uint8_t weights[WD_TERMS_MAX];
};

/* Borrows the lists, but for those in `room`. */
struct wd_print wd_print_of(const struct wd_sketch *sketch, struct wd_print_room *room);

/* The rarity of what `count` articles have: the most for a single one, less for every
 * doubling. */
#define WD_RARITY_MAX 16
uint32_t wd_rarity(uint32_t count);

/* The highest hash up to which both lists are complete, when those of `max` are cut. */
uint32_t wd_hashes_bound(struct wd_hashes a, struct wd_hashes b, uint32_t max);
uint32_t wd_print_bound(const struct wd_print *a, const struct wd_print *b);

/* Prints in common; fewer may be one set phrase, and facts are not compared then. */
#define WD_SHARED_MIN 3

/* The prints that two articles have in common, of those that both samples cover. */
struct wd_overlap {
    uint32_t n;
    uint32_t n_this;               /* so many do they cover here … */
    uint32_t n_that;               /* … and there */
    uint8_t places[WD_PRINTS_MAX]; /* of what is shared, among the prints of this one */
};

/* `look` is over the prints of `this`: who compares it with many others makes it once. */
struct wd_overlap wd_overlap_of(const struct wd_print *this, const struct wd_lookup *look,
                                const struct wd_print *that);

/* The highest print that may be in common with another article. */
uint32_t wd_print_end(const struct wd_print *print);

/* What the prints say, and nothing of facts and topics. */
struct wd_likeness wd_match_texts(const struct wd_print *this,
                                  const struct wd_print *that,
                                  const struct wd_overlap *over);

/* Adds the rest to what wd_match_texts() found. */
void wd_match_facts(const struct wd_print *this, const struct wd_print *that,
                    const struct wd_census *census, struct wd_likeness *like);

/* Both. */
struct wd_likeness wd_match(const struct wd_print *this, const struct wd_print *that,
                            const struct wd_census *census);

#endif
