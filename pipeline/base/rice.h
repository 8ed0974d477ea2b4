/* rice.h -- distances between random numbers, in as few bits as they take.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Rice's code (1979) of order k has two parts: how many steps of 2^k there are in the
 * number, that many zeros and a one, and the k low bits that remain. It comes within a
 * twentieth of a bit of the entropy of such distances when its order fits. Exponential
 * Golomb codes, which do without a good guess at the order, took a third of a bit more.
 *
 * The steps of a whole list stand before its remainders, as in the lists of Elias (1974)
 * and Fano (1971). Side by side, each number would have to be read to know where the next
 * one begins, and the processor would wait for one after the other; apart, the
 * steps are read from one to the next of the ones, and remainders from where they are
 * known to be. */
#ifndef WD_RICE_H
#define WD_RICE_H

#include "base/bits.h"

enum {
    WD_RICE_STEPS = 12, /* of so many, or more, the number itself is the remainder */
    WD_RICE_WHOLE = 32, /* bits of such a remainder */
};

enum { WD_RICE_AT_ONCE = 4 }; /* numbers */

_Static_assert(WD_RICE_AT_ONCE *(WD_RICE_STEPS + 1) <= WD_BITS_PUT, "they fit");

/* The steps of up to WD_RICE_AT_ONCE numbers. */
static inline __attribute__((always_inline)) void
wd_rice_put_few_steps(struct wd_bit_writer *out, const uint32_t *numbers, uint32_t n,
                      unsigned order)
{
    uint64_t ones = 0;
    unsigned end = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t steps = numbers[i] >> order;
        end += steps < WD_RICE_STEPS ? steps : WD_RICE_STEPS;
        ones |= UINT64_C(1) << end++;
    }
    wd_bits_put(out, ones, end);
}

static inline void wd_rice_put_steps(struct wd_bit_writer *out, const uint32_t *numbers,
                                     uint32_t n, unsigned order)
{
    struct wd_bit_writer bits = *out;
    uint32_t i = 0;
    for (; n - i >= WD_RICE_AT_ONCE; i += WD_RICE_AT_ONCE)
        wd_rice_put_few_steps(&bits, numbers + i, WD_RICE_AT_ONCE, order);
    wd_rice_put_few_steps(&bits, numbers + i, n - i, order);
    *out = bits;
}

static inline void wd_rice_put_rest(struct wd_bit_writer *out, uint32_t value,
                                    unsigned order)
{
    if (value >> order < WD_RICE_STEPS)
        wd_bits_put(out, value & ((UINT64_C(1) << order) - 1), order);
    else
        wd_bits_put(out, value, WD_RICE_WHOLE);
}

/* Whether one of some numbers has WD_RICE_STEPS, or more. */
static inline bool wd_rice_are_long(const uint32_t numbers[WD_RICE_AT_ONCE],
                                    unsigned order)
{
    uint32_t most = 0;
    for (unsigned i = 0; i < WD_RICE_AT_ONCE; i++)
        most = numbers[i] > most ? numbers[i] : most;
    return most >> order >= WD_RICE_STEPS;
}

/* The remainders of the same numbers. */
static inline void wd_rice_put_rests(struct wd_bit_writer *out, const uint32_t *numbers,
                                     uint32_t n, unsigned order)
{
    struct wd_bit_writer bits = *out;
    uint64_t mask = (UINT64_C(1) << order) - 1;
    for (uint32_t i = 0; i < n;) {
        uint64_t rests = 0;
        if (n - i < WD_RICE_AT_ONCE || WD_RICE_AT_ONCE * order > WD_BITS_PUT ||
            wd_rice_are_long(numbers + i, order)) {
            wd_rice_put_rest(&bits, numbers[i++], order);
            continue;
        }
        for (unsigned k = 0; k < WD_RICE_AT_ONCE; k++)
            rests |= (numbers[i++] & mask) << k * order;
        wd_bits_put(&bits, rests, WD_RICE_AT_ONCE * order);
    }
    *out = bits;
}

/* The steps of `n` numbers; where there are none, they are too many. Words are
 * read where they stand, whatever is in them, and from one to the next of their ones: so
 * nothing waits for the end of a number but the one behind it. */
static inline void wd_rice_get_steps(struct wd_bit_reader *in, uint8_t *steps, uint32_t n)
{
    enum { WORD = 56 };
    _Static_assert(2 * WORD + 0x80 - WD_RICE_STEPS <= UINT8_MAX, "wd_rice_is_long()");
    struct wd_bit_reader bits = *in;
    int begin = 0; /* in this word, of the steps that end there */
    for (uint32_t i = 0; i < n; begin -= WORD) {
        uint64_t ones = wd_bits_peek(&bits) & ((UINT64_C(1) << WORD) - 1);
        if (!ones) {
            memset(steps + i, WD_RICE_STEPS + 1, n - i);
            break;
        }
        for (; ones && i < n; ones &= ones - 1) {
            int end = __builtin_ctzll(ones);
            steps[i++] = (uint8_t)(end - begin);
            begin = end + 1;
        }
        bits.at += WORD;
    }
    in->at = bits.at + (size_t)begin;
}

/* The number of so many steps, if they are not too many. */
static inline __attribute__((always_inline)) uint32_t
wd_rice_get_rest(struct wd_bit_reader *in, unsigned steps, unsigned order)
{
    if (__builtin_expect(steps < WD_RICE_STEPS, 1))
        return steps << order | wd_bits_get(in, order);
    uint32_t value = wd_bits_get(in, WD_RICE_WHOLE);
    if (steps > WD_RICE_STEPS || value >> order < WD_RICE_STEPS)
        wd_bits_complain(in);
    return value;
}

/* Whether one of four has WD_RICE_STEPS, or more. */
static inline bool wd_rice_is_long(const uint8_t steps[WD_RICE_AT_ONCE])
{
    const uint32_t each = 0x01010101;
    uint32_t four;
    memcpy(&four, steps, sizeof(four));
    return (four + each * (0x80 - WD_RICE_STEPS)) & each * 0x80;
}

/* The numbers of so many steps each; four at once, if all of their remainders are in
 * what is peeked at, or two. */
static inline __attribute__((always_inline)) void
wd_rice_get_rests(struct wd_bit_reader *in, const uint8_t *steps, uint32_t n,
                  unsigned order, uint32_t *numbers)
{
    enum { HALF = WD_RICE_AT_ONCE / 2 };
    struct wd_bit_reader bits = *in;
    uint64_t mask = (UINT64_C(1) << order) - 1;
    uint32_t i = 0;
    while (n - i >= WD_RICE_AT_ONCE && HALF * order < WD_BITS_PEEKED &&
           !wd_rice_is_long(steps + i)) {
        uint64_t rests = wd_bits_peek(&bits);
#pragma GCC unroll 4
        for (unsigned k = 0; k < WD_RICE_AT_ONCE; k++, i++, rests >>= order) {
            if (k == HALF && WD_RICE_AT_ONCE * order >= WD_BITS_PEEKED) {
                struct wd_bit_reader next = bits;
                next.at += HALF * order;
                rests = wd_bits_peek(&next);
            }
            numbers[i] = (uint32_t)steps[i] << order | (uint32_t)(rests & mask);
        }
        bits.at += WD_RICE_AT_ONCE * order;
    }
    for (; i < n; i++)
        numbers[i] = wd_rice_get_rest(&bits, steps[i], order);
    *in = bits;
}

#endif
