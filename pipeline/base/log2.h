/* log2.h -- logarithms without floating point, the same on every machine.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_LOG2_H
#define WD_LOG2_H

#include <stdint.h>

#define WD_LOG2_ONE 256

/* How many bits the number takes. */
static inline unsigned wd_bits_of(uint32_t n)
{
    return n ? 32 - (unsigned)__builtin_clz(n) : 0;
}

/* WD_LOG2_ONE times the logarithm to base 2 of n > 0; straight lines between the powers
 * of two, so never off by more than a tenth of a bit. */
static inline uint32_t wd_log2(uint32_t n)
{
    unsigned whole = 31 - (unsigned)__builtin_clz(n);
    uint32_t fraction = whole <= 8 ? n << (8 - whole) : n >> (whole - 8);
    return whole * WD_LOG2_ONE + (fraction & (WD_LOG2_ONE - 1));
}

#endif
