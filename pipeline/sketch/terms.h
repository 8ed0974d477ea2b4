/* terms.h -- the names and heavy words by which the story of an article is found.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TERMS_H
#define WD_TERMS_H

#include <stdint.h>

#include "keys.h"
#include "wiredesk/sketch.h"

struct wd_article;

enum {
    WD_COMMON_ROOM = 16384, /* for about 4,000 words */
    WD_TERM_LEAD = 4,       /* flags of a place, beside enum wd_term_flag */
    WD_TERM_BODY = 8,
};

/* The hashes of the commonest words, each with its class (common_words.h) below it. Hash
 * 0 is no word's. */
struct wd_common {
    uint32_t slots[WD_COMMON_ROOM];
};

/* `common` is zeroed. */
void wd_common_fill(struct wd_common *common);

/* Notes one place of a word of `size` bytes, with its flags; single letters and the very
 * commonest words are left out. WD_OK or WD_ENOMEM. */
int wd_terms_add(struct wd_arena *arena, const struct wd_common *common,
                 struct wd_keys *places, uint64_t word, uint32_t size, unsigned flags);

/* Fills the terms of the article's sketch; reorders the places. WD_OK or WD_ENOMEM. */
int wd_terms_sketch(struct wd_article *art, struct wd_keys *places);

#endif
