/* sort.c -- a radix sort; the keys are hashes, and may be an enemy's.
 * SPDX-License-Identifier: Apache-2.0 */
#include "sort.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum { SMALL = 48, DIGIT_BITS = 8, N_DIGITS = 1 << DIGIT_BITS };

static void insertion_sort(uint64_t *keys, size_t n, uint64_t mask)
{
    for (size_t i = 1; i < n; i++) {
        uint64_t key = keys[i];
        size_t k = i;
        for (; k > 0 && (keys[k - 1] & mask) > (key & mask); k--)
            keys[k] = keys[k - 1];
        keys[k] = key;
    }
}

static void radix_pass(const uint64_t *from, uint64_t *to, size_t n, unsigned shift)
{
    size_t starts[N_DIGITS] = {0};
    for (size_t i = 0; i < n; i++)
        starts[from[i] >> shift & (N_DIGITS - 1)]++;
    size_t start = 0;
    for (size_t d = 0; d < N_DIGITS; d++) {
        size_t count = starts[d];
        starts[d] = start;
        start += count;
    }
    for (size_t i = 0; i < n; i++)
        to[starts[from[i] >> shift & (N_DIGITS - 1)]++] = from[i];
}

void wd_sort_keys(uint64_t *keys, uint64_t *spare, size_t n, unsigned n_bits)
{
    if (n <= SMALL) {
        insertion_sort(keys, n, n_bits < 64 ? (UINT64_C(1) << n_bits) - 1 : UINT64_MAX);
        return;
    }
    uint64_t *from = keys, *to = spare;
    for (unsigned shift = 0; shift < n_bits; shift += DIGIT_BITS) {
        radix_pass(from, to, n, shift);
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != keys)
        memcpy(keys, from, n * sizeof(*keys));
}

/* Lets a key sink to its place in a heap of n, the highest on top. */
static void sink(uint64_t *keys, size_t at, size_t n)
{
    uint64_t key = keys[at];
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && keys[child + 1] > keys[child])
            child++;
        if (keys[child] <= key)
            break;
        keys[at] = keys[child];
    }
    keys[at] = key;
}

size_t wd_lowest_keys(uint64_t *keys, size_t n, size_t max)
{
    if (max > n)
        max = n;
    if (max == 0)
        return 0;
    for (size_t i = max / 2; i-- > 0;)
        sink(keys, i, max);
    for (size_t i = max; i < n; i++) {
        if (keys[i] < keys[0]) {
            keys[0] = keys[i];
            sink(keys, 0, max);
        }
    }
    for (size_t left = max; left > 1; left--) {
        uint64_t highest = keys[0];
        keys[0] = keys[left - 1];
        sink(keys, 0, left - 1);
        keys[left - 1] = highest;
    }
    return max;
}

typedef uint8_t weights_lanes __attribute__((vector_size(16)));
typedef uint64_t pair_lanes __attribute__((vector_size(16)));

/* Of weights in two times sixteen lanes: 255 in the lanes of those that are so heavy. */
static inline __attribute__((always_inline)) weights_lanes
find_from(weights_lanes weights, unsigned least)
{
    weights_lanes from = {0};
    from += (uint8_t)least;
    return (weights_lanes)(weights >= from);
}

static inline unsigned count_from(const weights_lanes halves[2], unsigned least)
{
    weights_lanes none = {0};
    pair_lanes n =
        (pair_lanes)(none - find_from(halves[0], least) - find_from(halves[1], least));
    return (unsigned)((n[0] + n[1]) * UINT64_C(0x0101010101010101) >> 56);
}

/* A bit for each. */
static uint32_t bits_from(const weights_lanes halves[2], unsigned least)
{
    const weights_lanes one = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    uint32_t bits = 0;
    for (unsigned i = 0; i < 2; i++) {
        pair_lanes found = (pair_lanes)(find_from(halves[i], least) & one);
        for (unsigned k = 0; k < 2; k++)
            bits |= (uint32_t)(found[k] * UINT64_C(0x0102040810204080) >> 56)
                    << (16 * i + 8 * k);
    }
    return bits;
}

/* Quarters the range of weights until it knows the least that is taken: for so few that
 * takes less than the branches of a heap, and to halve it would be to wait twice as
 * often. */
uint32_t wd_heaviest(const uint8_t *weights, uint32_t n, uint32_t max)
{
    weights_lanes all[WD_WEIGHTS_MAX / 16] = {{0}};
    unsigned least = 0;
    assert(n <= WD_WEIGHTS_MAX);
    if (n <= max || max == 0)
        return max ? (uint32_t)((UINT64_C(1) << n) - 1) : 0;
    memcpy(all, weights, n);
    for (unsigned step = 1u << 6; step; step >>= 2) {
        unsigned more = 0;
        for (unsigned times = 1; times < 4; times++)
            more += count_from(all, least + times * step) >= max;
        least += more * step;
    }
    uint32_t heavier = least < UINT8_MAX ? bits_from(all, least + 1) : 0;
    uint32_t equal = bits_from(all, least) & ~heavier;
    for (unsigned i = least < UINT8_MAX ? count_from(all, least + 1) : 0; i < max; i++) {
        heavier |= equal & -equal; /* the first of them */
        equal &= equal - 1;
    }
    return heavier;
}

size_t wd_distinct_keys(uint64_t *keys, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || keys[i] != keys[kept - 1])
            keys[kept++] = keys[i];
    }
    return kept;
}
