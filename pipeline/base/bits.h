/* bits.h -- numbers of few bits, one after the other in bytes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Bits fill each byte from the lowest up. Besides plain fields there is a code for
 * counts, which are mostly as large as they may be; rice.h has that for distances. Each
 * number has one spelling. */
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
    uint64_t held; /* the bits of a byte that is not whole yet */
    unsigned n_held;
    bool is_full;
};

static inline struct wd_bit_writer wd_bit_writer_of(void *bytes, size_t size)
{
    unsigned char *start = bytes;
    return (struct wd_bit_writer){.at = start, .end = start + size};
}

static inline void wd_bits_store(unsigned char at[sizeof(uint64_t)], uint64_t bits)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bits = __builtin_bswap64(bits);
#endif
    memcpy(at, &bits, sizeof(bits));
}

/* Writes so many bytes, and no more of what is held. */
static inline void wd_bits_write_last(struct wd_bit_writer *out, unsigned n_bytes)
{
    if ((size_t)(out->end - out->at) < n_bytes) {
        out->is_full = true;
        out->held = 0;
        out->n_held = 0;
        return;
    }
    for (; n_bytes > 0; n_bytes--) {
        *out->at++ = (unsigned char)out->held;
        out->held >>= 8;
        out->n_held -= 8;
    }
}

/* Writes the whole bytes of what is held, of 63 bits or fewer. */
static inline void wd_bits_write(struct wd_bit_writer *out)
{
    unsigned n_bytes = out->n_held / 8;
    if (__builtin_expect(out->end - out->at < (ptrdiff_t)sizeof(out->held), 0)) {
        wd_bits_write_last(out, n_bytes);
        return;
    }
    wd_bits_store(out->at, out->held); /* those behind are written again */
    out->at += n_bytes;
    out->held >>= 8 * n_bytes;
    out->n_held -= 8 * n_bytes;
}

enum { WD_BITS_PUT = 56 };

/* The low `n` bits of `value`, which has no others; n up to WD_BITS_PUT. */
static inline __attribute__((always_inline)) void wd_bits_put(struct wd_bit_writer *out,
                                                              uint64_t value, unsigned n)
{
    assert(n <= WD_BITS_PUT && value >> n == 0);
    out->held |= value << out->n_held;
    out->n_held += n;
    wd_bits_write(out);
}

/* A number below 2^15, mostly 0 or a few: Elias' gamma code of one more. */
static inline void wd_bits_put_gamma(struct wd_bit_writer *out, uint32_t value)
{
    unsigned n = 31 - (unsigned)__builtin_clz(value + 1);
    wd_bits_put(out, UINT64_C(1) << n, n + 1);
    wd_bits_put(out, (value + 1) ^ UINT32_C(1) << n, n);
}

/* How many bits have been written to what begins with `start`. */
static inline size_t wd_bits_written(const struct wd_bit_writer *out, const void *start)
{
    return 8 * (size_t)(out->at - (const unsigned char *)start) + out->n_held;
}

/* Fills the last byte with zeros; returns the end of what was written. */
static inline unsigned char *wd_bits_flush(struct wd_bit_writer *out)
{
    out->n_held = (out->n_held + 7) / 8 * 8;
    wd_bits_write_last(out, out->n_held / 8);
    return out->at;
}

/* A reader knows where it is by its bit, so that who reads numbers whose lengths are
 * known need not wait for one after the other. Beyond its end there are zeros, and it is
 * bad. Who reads many numbers keeps a copy of his own, so that it stays in registers. */
struct wd_bit_reader {
    const unsigned char *start;
    size_t size; /* bytes */
    size_t at;   /* the next bit */
};

/* Of `size` bytes, from bit `from` on. */
static inline struct wd_bit_reader wd_bit_reader_from(const void *bytes, size_t size,
                                                      size_t from)
{
    return (struct wd_bit_reader){.start = bytes, .size = size, .at = from};
}

static inline struct wd_bit_reader wd_bit_reader_of(const void *bytes, size_t size)
{
    return wd_bit_reader_from(bytes, size, 0);
}

static inline bool wd_bits_are_bad(const struct wd_bit_reader *in)
{
    return in->at > 8 * in->size;
}

static inline void wd_bits_complain(struct wd_bit_reader *in)
{
    in->at = SIZE_MAX / 2;
}

static inline uint64_t wd_bits_load(const unsigned char bytes[sizeof(uint64_t)])
{
    uint64_t bits;
    memcpy(&bits, bytes, sizeof(bits));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bits = __builtin_bswap64(bits);
#endif
    return bits;
}

/* The last few bytes, and zeros. */
static inline uint64_t wd_bits_peek_last(const struct wd_bit_reader *in)
{
    uint64_t bits = 0;
    size_t byte = in->at / 8;
    if (byte >= in->size)
        return 0;
    if (in->size >= sizeof(bits))
        return wd_bits_load(in->start + in->size - sizeof(bits)) >>
               (8 * (byte + sizeof(bits) - in->size) + in->at % 8);
    for (unsigned i = 0; byte < in->size && i < sizeof(bits); i++)
        bits |= (uint64_t)in->start[byte++] << 8 * i;
    return bits >> in->at % 8;
}

enum { WD_BITS_PEEKED = 57 };

/* The next bits, WD_BITS_PEEKED and more of them. */
static inline uint64_t wd_bits_peek(const struct wd_bit_reader *in)
{
    size_t byte = in->at / 8;
    if (__builtin_expect(byte + sizeof(uint64_t) > in->size, 0))
        return wd_bits_peek_last(in);
    return wd_bits_load(in->start + byte) >> in->at % 8;
}

/* n up to 32. */
static inline uint32_t wd_bits_get(struct wd_bit_reader *in, unsigned n)
{
    /* NOLINTNEXTLINE(*.UndefinedBinaryOperatorResult): n up to 32, as it says above */
    uint64_t bits = wd_bits_peek(in) & ((UINT64_C(1) << n) - 1);
    in->at += n;
    return (uint32_t)bits;
}

/* The number must be at most `max`, which is below 2^15. */
static inline uint32_t wd_bits_get_gamma(struct wd_bit_reader *in, uint32_t max)
{
    uint64_t bits = wd_bits_peek(in);
    unsigned n = (unsigned)__builtin_ctzll(bits | UINT64_C(1) << 16);
    uint64_t value =
        (bits >> (n + 1) & ((UINT64_C(1) << n) - 1)) + (UINT64_C(1) << n) - 1;
    in->at += 2 * n + 1;
    if (value > max || wd_bits_are_bad(in)) {
        wd_bits_complain(in);
        return 0;
    }
    return (uint32_t)value;
}

/* Appends what stands there from bit `from` up to bit `end`, seven bytes at once. */
static inline void wd_bits_copy(struct wd_bit_writer *out, const void *bytes, size_t from,
                                size_t end)
{
    struct wd_bit_reader in = wd_bit_reader_from(bytes, (end + 7) / 8, from);
    assert(from <= end);
    if (out->n_held == 0 && from % 8 == 0) {
        size_t n_bytes = (end - from) / 8, room = (size_t)(out->end - out->at);
        n_bytes = n_bytes < room ? n_bytes : room;
        memcpy(out->at, in.start + from / 8, n_bytes);
        out->at += n_bytes;
        in.at += 8 * n_bytes;
    }
    struct wd_bit_writer bits = *out;
    while (in.at < end) {
        unsigned n = end - in.at < WD_BITS_PUT ? (unsigned)(end - in.at) : WD_BITS_PUT;
        wd_bits_put(&bits, wd_bits_peek(&in) & ((UINT64_C(1) << n) - 1), n);
        in.at += n;
    }
    *out = bits;
}

/* Whether everything was read: what is left are the zeros of the last byte. */
static inline bool wd_bits_at_end(const struct wd_bit_reader *in)
{
    return !wd_bits_are_bad(in) && 8 * in->size - in->at < 8 && wd_bits_peek(in) == 0;
}

#endif
