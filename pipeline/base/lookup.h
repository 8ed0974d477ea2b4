/* lookup.h -- where a hash stands in a short list, for who asks a thousand times.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An article is compared with dozens of others by lists of up to a hundred hashes each,
 * and most of what is asked for is not there. To walk two lists side by side costs ten
 * instructions a hash, half of them for the list that stays the same. A table that is
 * nearly empty says no at the first look: one hash in sixty meets another one there. */
#ifndef WD_LOOKUP_H
#define WD_LOOKUP_H

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum { WD_LOOKUP_ROOM = 1 << 12, WD_LOOKUP_NONE = UINT8_MAX };

struct wd_lookup {
    const uint16_t *hashes;         /* borrowed */
    uint8_t places[WD_LOOKUP_ROOM]; /* by the low bits of a hash, or behind them */
};

/* Fewer than WD_LOOKUP_NONE. */
static inline void wd_lookup_init(struct wd_lookup *look, const uint16_t *hashes,
                                  uint32_t n)
{
    assert(n < WD_LOOKUP_NONE);
    look->hashes = hashes;
    memset(look->places, WD_LOOKUP_NONE, sizeof(look->places));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = hashes[i] % WD_LOOKUP_ROOM;
        while (look->places[at] != WD_LOOKUP_NONE)
            at = (at + 1) % WD_LOOKUP_ROOM;
        look->places[at] = (uint8_t)i;
    }
}

/* The place of a hash, of several the first; WD_LOOKUP_NONE when it is not there. */
static inline uint8_t wd_lookup_find(const struct wd_lookup *look, uint16_t hash)
{
    uint32_t at = hash % WD_LOOKUP_ROOM;
    uint8_t place;
    while ((place = look->places[at]) != WD_LOOKUP_NONE && look->hashes[place] != hash)
        at = (at + 1) % WD_LOOKUP_ROOM;
    return place;
}

#endif
