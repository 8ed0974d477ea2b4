/* hits.h -- which articles of the window have most in common with a new one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each key of the new article leads to some articles, each of which is a hit of some
 * weight. Articles are known by their places, counted from the oldest of the window. */
#ifndef WD_HITS_H
#define WD_HITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wd_arena;

struct wd_hits {
    uint64_t *at; /* of each hit, the weight above the place */
    size_t n;
};

/* Room for `max` hits. WD_OK or WD_ENOMEM. */
int wd_hits_init(struct wd_hits *hits, struct wd_arena *arena, size_t max);

/* `weight` is above 0; of one article they add up to less than 2^32. */
static inline void wd_hits_add(struct wd_hits *hits, uint32_t place, uint32_t weight)
{
    hits->at[hits->n++] = (uint64_t)weight << 32 | place;
}

/* Leaves the places of the `max` articles with the heaviest hits, the newer ones among
 * equals, in no order. *ret_is_cut: there were more. WD_OK or WD_ENOMEM. */
int wd_hits_choose(struct wd_hits *hits, struct wd_arena *arena, size_t max,
                   bool *ret_is_cut);

#endif
