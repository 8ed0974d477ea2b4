/* hits.c -- adds up what each article was hit by, and chooses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Some hundred hits are of nearly as many articles. They were sorted by place first, in
 * three passes when the window holds a million: an eighth of what a decision took. Now
 * each finds its article in a table, at most a quarter full: half full, a decision took
 * a hundredth longer.
 *
 * Of a few hundred articles a few dozen are wanted, and most have one light hit: the
 * least weight that is needed is read off a count of the weights, and what is lighter
 * never gets into the heap. */
#include "hits.h"

#include <string.h>

#include "base/arena.h"
#include "base/log2.h"
#include "base/sort.h"
#include "wiredesk/status.h"

int wd_hits_init(struct wd_hits *hits, struct wd_arena *arena, size_t max)
{
    *hits = (struct wd_hits){.at = wd_arena_alloc(arena, max * sizeof(*hits->at))};
    return hits->at ? WD_OK : WD_ENOMEM;
}

/* Makes of all hits of an article one. `table` has 2^bits entries of 0, four
 * times as many as there are hits or more. */
static void add_up(struct wd_hits *hits, uint64_t *table, unsigned bits)
{
    uint32_t mask = (UINT32_C(1) << bits) - 1;
    size_t n = 0;
    for (size_t i = 0; i < hits->n; i++) {
        uint64_t hit = hits->at[i];
        uint32_t at = (uint32_t)hit * UINT32_C(2654435769) >> (32 - bits);
        while (table[at] && (uint32_t)table[at] != (uint32_t)hit)
            at = (at + 1) & mask;
        bool is_first = table[at] == 0;
        table[at] += is_first ? hit : hit >> 32 << 32; /* one weight more */
        hits->at[n] = at;
        n += is_first;
    }
    for (size_t i = 0; i < n; i++)
        hits->at[i] = table[hits->at[i]];
    hits->n = n;
}

/* A weight that `max` articles or more have, or a heavier one, and hardly more of them
 * than that; 0 when there are no more. */
static uint32_t least_weight(const struct wd_hits *hits, size_t max)
{
    enum { WEIGHTS = 256 };
    uint16_t counts[WEIGHTS] = {0};
    size_t n = 0;
    if (hits->n <= max)
        return 0;
    for (size_t i = 0; i < hits->n; i++) {
        uint32_t weight = (uint32_t)(hits->at[i] >> 32);
        counts[weight < WEIGHTS ? weight : WEIGHTS - 1]++;
    }
    for (uint32_t weight = WEIGHTS; weight-- > 0;) {
        n += counts[weight];
        if (n >= max)
            return weight;
    }
    return 0;
}

int wd_hits_choose(struct wd_hits *hits, struct wd_arena *arena, size_t max,
                   bool *ret_is_cut)
{
    unsigned bits = wd_bits_of((uint32_t)(4 * hits->n) | 1);
    uint64_t *table = wd_arena_alloc(arena, sizeof(*table) << bits);
    size_t n = 0;
    if (!table)
        return WD_ENOMEM;
    memset(table, 0, sizeof(*table) << bits);
    add_up(hits, table, bits);
    *ret_is_cut = hits->n > max;
    uint32_t least = least_weight(hits, max);
    for (size_t i = 0; i < hits->n; i++) {
        uint32_t place = (uint32_t)hits->at[i], weight = (uint32_t)(hits->at[i] >> 32);
        hits->at[n] = (uint64_t)(UINT32_MAX - weight) << 32 | (UINT32_MAX - place);
        n += weight >= least;
    }
    hits->n = n > max ? wd_lowest_keys(hits->at, n, max) : n;
    for (size_t i = 0; i < hits->n; i++)
        hits->at[i] = UINT32_MAX - (hits->at[i] & UINT32_MAX);
    return WD_OK;
}
