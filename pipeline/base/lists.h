/* lists.h -- how lists of hashes are packed, in the log as in the window.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A list is how many hashes it lacks of the most that it may have, then the distance of
 * each hash to the one before, less 1; of the first, the hash itself. The order of the
 * codes follows from how many there are. Since the window packs as the log does, it need
 * not pack anew what comes from there. */
#ifndef WD_LISTS_H
#define WD_LISTS_H

#include "base/bits.h"
#include "base/log2.h"

enum {
    WD_HASH_BITS = 16,
    WD_PRINT_MANTISSA = 13, /* bits of a print; above them its exponent */
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
    return in->is_bad ? 0 : n;
}

/* Writes the next hash of an ascending list, which is at least `least`; returns the least
 * that may follow. */
static inline uint32_t wd_list_put_next(struct wd_bit_writer *out, uint32_t hash,
                                        uint32_t least, unsigned order)
{
    assert(hash >= least);
    wd_bits_put_rice(out, hash - least, order);
    return hash + 1;
}

/* The next hash of an ascending list, from `least` to `max`, which is below 2^32. */
static inline __attribute__((always_inline)) uint32_t
wd_list_get_next(struct wd_bit_reader *in, uint32_t least, unsigned order, uint32_t max)
{
    uint64_t hash = least + wd_bits_get_any_rice(in, order);
    if (__builtin_expect(hash > max, 0)) {
        wd_bits_complain(in);
        return 0;
    }
    return (uint32_t)hash;
}

static inline void wd_list_put(struct wd_bit_writer *out, const uint16_t *hashes,
                               uint32_t n, uint32_t max)
{
    unsigned order = wd_list_order(WD_HASH_BITS, n);
    wd_count_put(out, n, max);
    for (uint32_t i = 0, least = 0; i < n; i++)
        least = wd_list_put_next(out, hashes[i], least, order);
}

/* Up to `max` hashes; returns how many. */
static inline uint32_t wd_list_get(struct wd_bit_reader *in, uint16_t *hashes,
                                   uint32_t max)
{
    uint32_t n = wd_count_get(in, max), least = 0;
    unsigned order = wd_list_order(WD_HASH_BITS, n);
    struct wd_bit_reader bits = *in;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t hash = wd_list_get_next(&bits, least, order, UINT16_MAX);
        hashes[i] = (uint16_t)hash;
        least = hash + 1;
    }
    *in = bits;
    return n;
}

/* Prints are no random numbers, but floating ones that stand for such (shingles.c): from
 * one exponent to the next, so many of them are half as dense. How dense they are at all
 * follows from the length of the text. */
static inline unsigned wd_print_order(uint32_t n_words, uint32_t least)
{
    enum { SUM = 21 }; /* measured: one more or less takes 3 bytes an article more */
    unsigned less = wd_bits_of(n_words) + (least >> WD_PRINT_MANTISSA);
    return less < SUM ? SUM - less : 0;
}

static inline void wd_prints_put(struct wd_bit_writer *out, const uint16_t *prints,
                                 uint32_t n, uint32_t max, uint32_t n_words)
{
    wd_count_put(out, n, max);
    for (uint32_t i = 0, least = 0; i < n; i++)
        least = wd_list_put_next(out, prints[i], least, wd_print_order(n_words, least));
}

/* The prints up to `bound`, of up to `max`; returns how many. *ret_is_all says whether
 * there are no others. */
static inline __attribute__((always_inline)) uint32_t
wd_prints_get_up_to(struct wd_bit_reader *in, uint16_t *prints, uint32_t max,
                    uint32_t n_words, uint32_t bound, bool *ret_is_all)
{
    uint32_t n = wd_count_get(in, max), i = 0;
    uint64_t least = 0;
    struct wd_bit_reader bits = *in;
    while (i < n && least <= bound) {
        unsigned order = wd_print_order(n_words, (uint32_t)least);
        uint64_t end = ((least >> WD_PRINT_MANTISSA) + 1) << WD_PRINT_MANTISSA;
        for (; i < n && least < end; i++) {
            uint64_t print = least + wd_bits_get_any_rice(&bits, order);
            least = print + 1;
            if (print > bound)
                break;
            prints[i] = (uint16_t)print;
        }
    }
    *in = bits;
    *ret_is_all = i == n;
    return i;
}

static inline uint32_t wd_prints_get(struct wd_bit_reader *in, uint16_t *prints,
                                     uint32_t max, uint32_t n_words)
{
    bool is_all;
    uint32_t n = wd_prints_get_up_to(in, prints, max, n_words, UINT16_MAX, &is_all);
    if (!is_all)
        wd_bits_complain(in);
    return n;
}

#endif
