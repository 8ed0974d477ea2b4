/* lists.h -- how lists of hashes are packed, in the log as in the window.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A list is its count, then the distance of each hash to the one before, less 1; of the
 * first, the hash itself. Since the window packs as the log does, it need not pack anew
 * what comes from there. */
#ifndef WD_LISTS_H
#define WD_LISTS_H

#include "base/bits.h"

/* Orders of the codes: the logarithm of a usual number. */
enum {
    WD_COUNT_ORDER = 4,
    WD_PRINT_ORDER = 8,
    WD_FACT_ORDER = 11, /* figures and names */
};

static inline __attribute__((always_inline)) void
wd_list_put(struct wd_bit_writer *out, const uint16_t *hashes, uint32_t n, unsigned order)
{
    wd_bits_put_golomb(out, n, WD_COUNT_ORDER);
    for (uint32_t i = 0, least = 0; i < n; i++) {
        assert(hashes[i] >= least);
        wd_bits_put_golomb(out, hashes[i] - least, order);
        least = hashes[i] + 1u;
    }
}

/* The next hash of an ascending list, from `least` to `max`. */
static inline __attribute__((always_inline)) uint32_t
wd_list_get_next(struct wd_bit_reader *in, uint32_t least, unsigned order, uint32_t max)
{
    if (least > max) {
        wd_bits_complain(in);
        return 0;
    }
    return least + wd_bits_get_golomb(in, order, max - least);
}

/* Up to `room` hashes; returns how many. */
static inline __attribute__((always_inline)) uint32_t
wd_list_get(struct wd_bit_reader *in, uint16_t *hashes, uint32_t room, unsigned order)
{
    uint32_t n = wd_bits_get_golomb(in, WD_COUNT_ORDER, room), least = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t hash = wd_list_get_next(in, least, order, UINT16_MAX);
        hashes[i] = (uint16_t)hash;
        least = hash + 1;
    }
    return n;
}

#endif
