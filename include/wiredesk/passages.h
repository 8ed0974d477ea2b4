/* passages.h -- which words two articles share, and where.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The desk decides on samples of fingerprints; this reads both texts. It is for people
 * who ask why, not for the stream. */
#ifndef WIREDESK_PASSAGES_H
#define WIREDESK_PASSAGES_H

#include <stddef.h>
#include <stdint.h>

#include "wiredesk/article.h"
#include "wiredesk/export.h"

/* A run of words that stands in both bodies; from its first word to its last, what is
 * between them included. Case, accents and punctuation do not count. */
struct wd_passage {
    struct wd_span a; /* in a's text */
    struct wd_span b; /* in b's text */
    uint32_t n_words;
};

struct wd_passages {
    struct wd_passage *at; /* in the order of b's text; none overlap, in a or in b */
    size_t n;
    uint32_t words_a; /* of a's body */
    uint32_t words_b;
    uint32_t words_shared; /* in passages */
};

/* Fewer words in a row are set phrases as often as not. */
#define WD_PASSAGE_WORDS 6

/* Finds the passages of at least `min_words` words (2 or more). WD_OK or WD_ENOMEM. */
WD_API WD_MUST_CHECK int wd_passages_find(const struct wd_facts *a,
                                          const struct wd_facts *b, uint32_t min_words,
                                          struct wd_passages *ret_passages);

/* Frees the list. Safe on a zeroed struct. */
WD_API void wd_passages_done(struct wd_passages *passages);

#endif
