/* keys.h -- numbers that are gathered, sorted and cut, in the arena of an article.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_KEYS_H
#define WD_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/sort.h"
#include "wiredesk/status.h"

/* All zero is an empty list. */
struct wd_keys {
    uint64_t *at;
    size_t n;
    size_t room;
};

/* WD_OK or WD_ENOMEM; the list is then as it was. */
static inline int wd_keys_add(struct wd_arena *arena, struct wd_keys *keys, uint64_t key)
{
    if (keys->n == keys->room) {
        size_t room = keys->room ? keys->room * 2 : 256;
        uint64_t *at =
            wd_arena_grow(arena, keys->at, keys->n * sizeof(key), room * sizeof(key));
        if (!at)
            return WD_ENOMEM;
        keys->at = at;
        keys->room = room;
    }
    keys->at[keys->n++] = key;
    return WD_OK;
}

/* By the low `n_bits`, as wd_sort_keys(). WD_OK or WD_ENOMEM. */
static inline int wd_keys_sort(struct wd_arena *arena, struct wd_keys *keys,
                               unsigned n_bits)
{
    uint64_t *spare = wd_arena_alloc(arena, keys->n * sizeof(*spare));
    if (!spare)
        return WD_ENOMEM;
    wd_sort_keys(keys->at, spare, keys->n, n_bits);
    return WD_OK;
}

#endif
