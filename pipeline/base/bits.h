/* bits.h -- numbers of few bits, one after the other in bytes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Bits fill each byte from the lowest up. Besides plain fields there are exponential
 * Golomb codes of order k (Teuhola 1978): numbers below 2^k take k + 1 bits, and every
 * doubling beyond takes two more, so that a list of random gaps comes within half a bit
 * of its entropy and no gap makes it long. Each number has one spelling. */
#ifndef WD_BITS_H
#define WD_BITS_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A writer never passes `end`: it then says so in `is_full` and writes no more. */
struct wd_bit_writer {
    unsigned char *at;
    unsigned char *end;
    uint64_t held; /* bits that are not written yet */
    unsigned n_held;
    bool is_full;
};

static inline struct wd_bit_writer wd_bit_writer_of(void *bytes, size_t size)
{
    unsigned char *start = bytes;
    return (struct wd_bit_writer){.at = start, .end = start + size};
}

/* Writes the lowest bits that are held, so many whole bytes; up to 4. */
static inline void wd_bits_write(struct wd_bit_writer *out, unsigned n_bytes)
{
    if ((size_t)(out->end - out->at) < n_bytes) {
        out->is_full = true;
        out->held = 0;
        out->n_held = 0;
        return;
    }
    uint64_t held = out->held;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    held = __builtin_bswap64(held);
#endif
    memcpy(out->at, &held, n_bytes);
    out->at += n_bytes;
    out->held >>= 8 * n_bytes;
    out->n_held -= 8 * n_bytes;
}

/* The low `n` bits of `value`, which has no others; n up to 32. */
static inline void wd_bits_put(struct wd_bit_writer *out, uint64_t value, unsigned n)
{
    enum { CHUNK_BYTES = 4 }; /* fewer bits than that are held between two calls */
    assert(n <= 32 && value >> n == 0);
    out->held |= value << out->n_held;
    out->n_held += n;
    if (out->n_held >= 8 * CHUNK_BYTES)
        wd_bits_write(out, CHUNK_BYTES);
}

static inline void wd_bits_put_golomb(struct wd_bit_writer *out, uint32_t value,
                                      unsigned order)
{
    uint64_t rest = ((uint64_t)value >> order) + 1;
    uint64_t low = value & ((UINT64_C(1) << order) - 1);
    unsigned n = 63 - (unsigned)__builtin_clzll(rest);
    uint64_t tail = (rest ^ UINT64_C(1) << n) << 1 | 1; /* behind the zeros */
    if (2 * n + 1 + order <= 32) {                      /* nearly always */
        wd_bits_put(out, (tail | low << (n + 1)) << n, 2 * n + 1 + order);
    } else {
        wd_bits_put(out, 0, n);
        wd_bits_put(out, 1, 1);
        wd_bits_put(out, tail >> 1, n);
        wd_bits_put(out, low, order);
    }
}

/* Fills the last byte with zeros; returns the end of what was written. */
static inline unsigned char *wd_bits_flush(struct wd_bit_writer *out)
{
    out->n_held = (out->n_held + 7) / 8 * 8;
    wd_bits_write(out, out->n_held / 8);
    return out->at;
}

/* A reader gives zeros once it has complained: `is_bad`, and it is at its end. */
struct wd_bit_reader {
    const unsigned char *bytes;
    size_t n_bits;
    size_t at; /* bit */
    bool is_bad;
};

static inline struct wd_bit_reader wd_bit_reader_of(const void *bytes, size_t size)
{
    return (struct wd_bit_reader){.bytes = bytes, .n_bits = 8 * size};
}

/* The next bits, 57 of them or up to the end; zeros follow. */
static inline uint64_t wd_bits_peek(const struct wd_bit_reader *in)
{
    const unsigned char *from = in->bytes + in->at / 8;
    size_t left = in->n_bits / 8 - in->at / 8;
    uint64_t bits = 0;
    if (in->n_bits - in->at >= 8 * sizeof(bits)) {
        memcpy(&bits, from, sizeof(bits)); /* little-endian, as every machine we run on */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        bits = __builtin_bswap64(bits);
#endif
    } else {
        for (size_t i = 0; i < left; i++)
            bits |= (uint64_t)from[i] << (8 * i);
    }
    return bits >> in->at % 8;
}

static inline void wd_bits_complain(struct wd_bit_reader *in)
{
    in->at = in->n_bits;
    in->is_bad = true;
}

static inline void wd_bits_skip(struct wd_bit_reader *in, unsigned n)
{
    if (in->n_bits - in->at < n)
        wd_bits_complain(in);
    else
        in->at += n;
}

/* n up to 32. */
static inline uint32_t wd_bits_get(struct wd_bit_reader *in, unsigned n)
{
    /* NOLINTNEXTLINE(*.UndefinedBinaryOperatorResult): n up to 32, as it says above */
    uint64_t bits = wd_bits_peek(in) & ((UINT64_C(1) << n) - 1);
    wd_bits_skip(in, n);
    return in->is_bad ? 0 : (uint32_t)bits;
}

/* wd_bits_get_golomb() near the end, and for numbers that are rare. */
static __attribute__((noinline, unused)) uint32_t
wd_bits_get_long(struct wd_bit_reader *in, unsigned order, uint32_t max)
{
    uint64_t bits = wd_bits_peek(in);
    unsigned n = bits ? (unsigned)__builtin_ctzll(bits) : 64;
    if (n + order > 32) { /* more than 32 bits of number */
        wd_bits_complain(in);
        return 0;
    }
    wd_bits_skip(in, n + 1);
    uint64_t rest = wd_bits_get(in, n), low = wd_bits_get(in, order);
    /* NOLINTNEXTLINE(*.UndefinedBinaryOperatorResult): order is a constant below 32 */
    uint64_t value = (((UINT64_C(1) << n) | rest) - 1) << order | low;
    if (value > max)
        wd_bits_complain(in);
    return in->is_bad ? 0 : (uint32_t)value;
}

/* The number must be at most `max`. */
static inline __attribute__((always_inline)) uint32_t
wd_bits_get_golomb(struct wd_bit_reader *in, unsigned order, uint32_t max)
{
    enum { PEEKED = 57 };
    if (in->n_bits - in->at < 64)
        return wd_bits_get_long(in, order, max);
    uint64_t bits = wd_bits_peek(in);
    unsigned n = (unsigned)__builtin_ctzll(bits | UINT64_C(1) << 63);
    unsigned size = 2 * n + 1 + order;
    if (size > PEEKED || n + order > 32)
        return wd_bits_get_long(in, order, max);
    uint64_t rest = bits >> (n + 1), low = rest >> n;
    rest = (rest & ((UINT64_C(1) << n) - 1)) + (UINT64_C(1) << n) - 1;
    uint64_t value = rest << order | (low & ((UINT64_C(1) << order) - 1));
    in->at += size; /* so much is there */
    if (value <= max)
        return (uint32_t)value;
    wd_bits_complain(in);
    return 0;
}

/* Appends what stands there from bit `from` up to bit `end`. */
static inline void wd_bits_copy(struct wd_bit_writer *out, struct wd_bit_reader in,
                                size_t from, size_t end)
{
    enum { CHUNK = 32 };
    assert(from <= end && end <= in.n_bits);
    for (in.at = from; end - in.at >= CHUNK; in.at += CHUNK)
        wd_bits_put(out, (uint32_t)wd_bits_peek(&in), CHUNK);
    unsigned n = (unsigned)(end - in.at);
    wd_bits_put(out, wd_bits_peek(&in) & ((UINT64_C(1) << n) - 1), n);
}

/* Whether everything was read: what is left are the zeros of the last byte. */
static inline bool wd_bits_at_end(const struct wd_bit_reader *in)
{
    return !in->is_bad && in->n_bits - in->at < 8 && wd_bits_peek(in) == 0;
}

#endif
