/* sort.h -- keys in ascending order, in linear time.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_SORT_H
#define WD_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts by the low `n_bits` of each key, up to 64; equal keys keep their order. `spare`
 * has room for n keys, too. No input makes it slow. */
void wd_sort_keys(uint64_t *keys, uint64_t *spare, size_t n, unsigned n_bits);

/* Drops all but the first of equal neighbours; returns how many are left. */
size_t wd_distinct_keys(uint64_t *keys, size_t n);

#endif
