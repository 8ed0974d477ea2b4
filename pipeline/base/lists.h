/* lists.h -- how lists of hashes are packed, in the log as in the window.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A list is how many hashes it lacks of the most that it may have, then the distance of
 * each hash to the one before, less 1; of the first, the hash itself: the steps of all,
 * then their remainders (rice.h). The order of the codes follows from how many there are.
 * Since the window packs as the log does, it need not pack anew what comes from there. */
#ifndef WD_LISTS_H
#define WD_LISTS_H

#include "base/log2.h"
#include "base/rice.h"

enum {
    WD_HASH_BITS = 16,
    WD_PRINT_MANTISSA = 13, /* bits of a print; above them its exponent */
    WD_LIST_MAX = 80,       /* hashes; no list may have more */
};

/* Of the codes for the distances between `n` random numbers of so many bits. */
static inline unsigned wd_list_order(unsigned bits, uint32_t n)
{
    return bits - wd_bits_of(n);
}

static inline void wd_count_put(struct wd_bit_writer *out, uint32_t n, uint32_t max)
{
    assert(n <= max);
    wd_bits_put_gamma(out, max - n);
}

static inline uint32_t wd_count_get(struct wd_bit_reader *in, uint32_t max)
{
    uint32_t n = max - wd_bits_get_gamma(in, max);
    return wd_bits_are_bad(in) ? 0 : n;
}

/* How far each hash is beyond the least that it may be, which is `gap` more than the one
 * before. */
static inline void wd_list_distances(const uint16_t *hashes, uint32_t n, uint32_t gap,
                                     uint32_t *ret_distances)
{
    for (uint32_t i = 0, least = 0; i < n; least = hashes[i++] + gap) {
        assert(hashes[i] >= least);
        ret_distances[i] = hashes[i] - least;
    }
}

static inline void wd_list_put(struct wd_bit_writer *out, const uint16_t *hashes,
                               uint32_t n, uint32_t max)
{
    unsigned order = wd_list_order(WD_HASH_BITS, n);
    uint32_t less[WD_LIST_MAX] = {0};
    wd_count_put(out, n, max);
    assert(max <= WD_LIST_MAX);
    wd_list_distances(hashes, n, 1, less);
    wd_rice_put_steps(out, less, n, order);
    wd_rice_put_rests(out, less, n, order);
}

/* The other way round: the hashes of so many steps each, the first of them `least` or
 * more. Returns the least that another one might be. */
static inline __attribute__((always_inline)) uint64_t
wd_list_get_rests(struct wd_bit_reader *in, const uint8_t *steps, uint32_t n,
                  unsigned order, uint32_t gap, uint64_t least, uint16_t *ret_hashes)
{
    enum { FEW = WD_RICE_AT_ONCE };
    struct wd_bit_reader bits = *in;
    uint64_t mask = (UINT64_C(1) << order) - 1;
    uint32_t i = 0;
    while (n - i >= FEW && FEW * order < WD_BITS_PEEKED && !wd_rice_is_long(steps + i)) {
        uint64_t rests = wd_bits_peek(&bits);
        bits.at += FEW * order;
#pragma GCC unroll 4
        for (unsigned k = 0; k < FEW; k++, i++, rests >>= order) {
            least += (uint64_t)steps[i] << order | (rests & mask);
            ret_hashes[i] = (uint16_t)least;
            least += gap;
        }
    }
    for (; i < n; i++) {
        least += wd_rice_get_rest(&bits, steps[i], order);
        ret_hashes[i] = (uint16_t)least;
        least += gap;
    }
    *in = bits;
    return least;
}

/* Up to `max` hashes; returns how many. */
static inline uint32_t wd_list_get(struct wd_bit_reader *in, uint16_t *hashes,
                                   uint32_t max)
{
    uint8_t steps[WD_LIST_MAX];
    uint32_t n = wd_count_get(in, max);
    assert(max <= WD_LIST_MAX);
    wd_rice_get_steps(in, steps, n);
    unsigned order = wd_list_order(WD_HASH_BITS, n);
    if (wd_list_get_rests(in, steps, n, order, 1, 0, hashes) > UINT16_MAX + 1)
        wd_bits_complain(in);
    return n;
}

/* Prints are no random numbers, but floating ones that stand for such, the lowest of all
 * of a text (shingles.c): from one exponent to the next, so many of them are half as
 * dense. The i-th lowest of n_words random numbers is near i / n_words of the range, and
 * so is its exponent known before it is read; but in the lowest exponent, which has no
 * end below, all are as dense. */
enum { WD_PRINT_ORDER = 14 };

static inline unsigned wd_print_order(uint32_t n_words, uint32_t i)
{
    enum { LOWEST = 21 };
    unsigned bits = wd_bits_of(n_words);
    unsigned most = bits < LOWEST ? LOWEST - bits : 0;
    unsigned order = WD_PRINT_ORDER - wd_bits_of(i + 1);
    return order < most ? order : most;
}

/* Behind the last of n prints that has the order of the i-th. */
static inline uint32_t wd_print_order_end(uint32_t i, uint32_t n)
{
    uint32_t end = (UINT32_C(1) << wd_bits_of(i + 1)) - 1;
    return end < n ? end : n;
}

static inline void wd_prints_put(struct wd_bit_writer *out, const uint16_t *prints,
                                 uint32_t n, uint32_t max, uint32_t n_words)
{
    uint32_t less[WD_LIST_MAX] = {0};
    wd_count_put(out, n, max);
    assert(max <= WD_LIST_MAX);
    wd_list_distances(prints, n, 1, less);
    for (uint32_t i = 0, end; i < n; i = end) {
        end = wd_print_order_end(i, n);
        wd_rice_put_steps(out, less + i, end - i, wd_print_order(n_words, i));
    }
    for (uint32_t i = 0, end; i < n; i = end) {
        end = wd_print_order_end(i, n);
        wd_rice_put_rests(out, less + i, end - i, wd_print_order(n_words, i));
    }
}

/* The prints up to `bound`, of up to `max`; returns how many. *ret_is_all says whether
 * there are no others. */
static inline uint32_t wd_prints_get_up_to(struct wd_bit_reader *in, uint16_t *prints,
                                           uint32_t max, uint32_t n_words, uint32_t bound,
                                           bool *ret_is_all)
{
    uint8_t steps[WD_LIST_MAX];
    uint32_t n = wd_count_get(in, max), i = 0;
    uint64_t least = 0;
    assert(max <= WD_LIST_MAX && bound <= UINT16_MAX);
    wd_rice_get_steps(in, steps, n);
    for (uint32_t end; i < n && least <= bound; i = end) {
        end = wd_print_order_end(i, n);
        least = wd_list_get_rests(in, steps + i, end - i, wd_print_order(n_words, i), 1,
                                  least, prints + i);
    }
    if (least > UINT16_MAX + 1)
        wd_bits_complain(in);
    while (i > 0 && prints[i - 1] > bound)
        i--;
    *ret_is_all = i == n;
    return i;
}

/* All of them. */
static inline uint32_t wd_prints_get(struct wd_bit_reader *in, uint16_t *prints,
                                     uint32_t max, uint32_t n_words)
{
    bool is_all;
    uint32_t n = wd_prints_get_up_to(in, prints, max, n_words, UINT16_MAX, &is_all);
    if (!is_all) /* there cannot be others */
        wd_bits_complain(in);
    return n;
}

#endif
