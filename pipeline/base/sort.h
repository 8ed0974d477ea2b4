/* sort.h -- keys in ascending order, in linear time.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_SORT_H
#define WD_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts by the low `n_bits` of each key, a multiple of 8 up to 64; equal keys keep their
 * order. `spare` has room for n keys, too. No input makes it slow. */
void wd_sort_keys(uint64_t *keys, uint64_t *spare, size_t n, unsigned n_bits);

/* Moves the `max` lowest keys to the front, in ascending order; returns how many there
 * are: `max`, or n when that is less. */
size_t wd_lowest_keys(uint64_t *keys, size_t n, size_t max);

/* The `max` heaviest of n, up to WD_WEIGHTS_MAX, the first among equals: a bit for each;
 * all of them when there are fewer. */
#define WD_WEIGHTS_MAX 32
uint32_t wd_heaviest(const uint8_t *weights, uint32_t n, uint32_t max);

/* Drops all but the first of equal neighbours; returns how many are left. */
size_t wd_distinct_keys(uint64_t *keys, size_t n);

#endif
