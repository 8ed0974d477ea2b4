/* term_lists.h -- room for the terms of an article, and those by which it is found.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TERM_LISTS_H
#define WD_TERM_LISTS_H

#include "base/sort.h"
#include "wiredesk/sketch.h"

/* Room for the lists of terms. */
struct wd_term_room {
    uint16_t hashes[WD_TERMS_MAX];
    uint8_t weights[WD_TERMS_MAX];
    uint8_t flags[WD_TERMS_MAX];
    uint8_t lows[WD_TERMS_MAX];
};

static inline struct wd_terms wd_terms_in(const struct wd_term_room *room, uint32_t n)
{
    return (struct wd_terms){room->hashes, room->weights, room->flags, room->lows, n};
}

/* Which of up to WD_TERMS_MAX they are: the WD_TERM_KEYS heaviest, the first among
 * equals; a bit for each. */
static inline uint32_t wd_term_keys(const struct wd_terms *terms)
{
    return wd_heaviest(terms->weights, terms->n, WD_TERM_KEYS);
}

static inline uint32_t wd_term_key(const struct wd_terms *terms, uint32_t i)
{
    return (uint32_t)terms->hashes[i] << WD_TERM_LOW_BITS | terms->lows[i];
}

#endif
