/* root.h -- square roots without floating point.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_ROOT_H
#define WD_ROOT_H

#include <stdint.h>

/* The largest number whose square is not above n. */
static inline uint64_t wd_root(uint64_t n)
{
    uint64_t root = 0, bit = n ? UINT64_C(1) << (63 - __builtin_clzll(n)) / 2 : 0;
    for (; bit; bit >>= 1) {
        if ((root | bit) * (root | bit) <= n)
            root |= bit;
    }
    return root;
}

#endif
