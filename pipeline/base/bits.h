/* bits.h -- numbers of few bits, one after the other in bytes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Bits fill each byte from the lowest up. Besides plain fields there are two codes: one
 * for counts, which are mostly as large as they may be, and Rice's (1979) for distances
 * between random numbers, which comes within a twentieth of a bit of their entropy when
 * its order fits. Exponential Golomb codes, which do without a good guess at the order,
 * took a third of a bit more. Each number has one spelling. */
#ifndef WD_BITS_H
#define WD_BITS_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { WD_RICE_STEPS = 12 };

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

/* A number below 2^15, mostly 0 or a few: Elias' gamma code of one more. */
static inline void wd_bits_put_gamma(struct wd_bit_writer *out, uint32_t value)
{
    unsigned n = 31 - (unsigned)__builtin_clz(value + 1);
    wd_bits_put(out, UINT64_C(1) << n, n + 1);
    wd_bits_put(out, (value + 1) ^ UINT32_C(1) << n, n);
}

/* A distance between random numbers, half of which are below 2^order, or a few times that
 * (Rice's code). One that is WD_RICE_STEPS times that, or more, is written as it is. */
static inline void wd_bits_put_rice(struct wd_bit_writer *out, uint32_t value,
                                    unsigned order)
{
    uint64_t steps = (uint64_t)value >> order;
    if (steps < WD_RICE_STEPS) {
        wd_bits_put(out, UINT64_C(1) << steps, (unsigned)steps + 1);
        wd_bits_put(out, value & ((UINT64_C(1) << order) - 1), order);
    } else {
        wd_bits_put(out, 0, WD_RICE_STEPS);
        wd_bits_put(out, value, 32);
    }
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
    wd_bits_write(out, out->n_held / 8);
    return out->at;
}

/* A reader gives zeros once it has complained: `is_bad`, and it is at its end. Who reads
 * many numbers keeps a copy of his own, so that it stays in registers. */
struct wd_bit_reader {
    const unsigned char *next; /* behind the bytes that are held as a whole */
    const unsigned char *end;
    uint64_t held; /* the next bits; above them those of the next byte, or zeros */
    unsigned n_held;
    bool is_bad;
};

static inline struct wd_bit_reader wd_bit_reader_of(const void *bytes, size_t size)
{
    const unsigned char *start = bytes;
    return (struct wd_bit_reader){.next = start, .end = start + size};
}

/* How many bits have been read of what begins with `start`. */
static inline size_t wd_bits_at(const struct wd_bit_reader *in, const void *start)
{
    return 8 * (size_t)(in->next - (const unsigned char *)start) - in->n_held;
}

/* The next bits: 56 and more, or those up to the end and zeros. */
static inline uint64_t wd_bits_peek(struct wd_bit_reader *in)
{
    uint64_t bits;
    if (in->end - in->next >= (ptrdiff_t)sizeof(bits)) {
        memcpy(&bits, in->next, sizeof(bits));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        bits = __builtin_bswap64(bits);
#endif
        in->held |= bits << in->n_held;
        in->next += (63 - in->n_held) / 8;
        in->n_held |= 56; /* and as many more as there were of a byte */
    } else {
        for (; in->next < in->end && in->n_held < 56; in->n_held += 8)
            in->held |= (uint64_t)*in->next++ << in->n_held;
    }
    return in->held;
}

static inline void wd_bits_complain(struct wd_bit_reader *in)
{
    in->next = in->end;
    in->held = 0;
    in->n_held = 0;
    in->is_bad = true;
}

/* Passes over n up to 56 bits, at which one has just peeked. */
static inline void wd_bits_skip(struct wd_bit_reader *in, unsigned n)
{
    if (n > in->n_held) {
        wd_bits_complain(in);
        return;
    }
    in->held >>= n;
    in->n_held -= n;
}

/* n up to 32. */
static inline uint32_t wd_bits_get(struct wd_bit_reader *in, unsigned n)
{
    /* NOLINTNEXTLINE(*.UndefinedBinaryOperatorResult): n up to 32, as it says above */
    uint64_t bits = wd_bits_peek(in) & ((UINT64_C(1) << n) - 1);
    wd_bits_skip(in, n);
    return in->is_bad ? 0 : (uint32_t)bits;
}

/* The number must be at most `max`, which is below 2^15. */
static inline uint32_t wd_bits_get_gamma(struct wd_bit_reader *in, uint32_t max)
{
    uint64_t bits = wd_bits_peek(in);
    unsigned n = (unsigned)__builtin_ctzll(bits | UINT64_C(1) << 16);
    uint64_t value =
        (bits >> (n + 1) & ((UINT64_C(1) << n) - 1)) + (UINT64_C(1) << n) - 1;
    wd_bits_skip(in, 2 * n + 1);
    if (value > max)
        wd_bits_complain(in);
    return in->is_bad ? 0 : (uint32_t)value;
}

/* Whatever number there is. From one to the next there is nothing to wait for but how
 * many steps it takes: all checks stand beside. */
static inline __attribute__((always_inline)) uint64_t
wd_bits_get_any_rice(struct wd_bit_reader *in, unsigned order)
{
    uint64_t bits = wd_bits_peek(in);
    unsigned steps = (unsigned)__builtin_ctzll(bits | UINT64_C(1) << WD_RICE_STEPS);
    unsigned size = steps + 1 + order;
    uint64_t value =
        (uint64_t)steps << order | (bits >> (steps + 1) & ((UINT64_C(1) << order) - 1));
    bool is_spelt = true;
    if (__builtin_expect(steps == WD_RICE_STEPS, 0)) {
        value = bits >> WD_RICE_STEPS & UINT32_MAX;
        size = WD_RICE_STEPS + 32;
        is_spelt = value >> order >= WD_RICE_STEPS;
    }
    if (__builtin_expect(size > in->n_held || !is_spelt, 0)) {
        wd_bits_complain(in);
        return 0;
    }
    in->held >>= size;
    in->n_held -= size;
    return value;
}

/* The number must be at most `max`. */
static inline __attribute__((always_inline)) uint32_t
wd_bits_get_rice(struct wd_bit_reader *in, unsigned order, uint32_t max)
{
    uint64_t value = wd_bits_get_any_rice(in, order);
    if (__builtin_expect(value > max, 0)) {
        wd_bits_complain(in);
        return 0;
    }
    return (uint32_t)value;
}

/* Of `size` bytes, from bit `from` on. */
static inline struct wd_bit_reader wd_bit_reader_from(const void *bytes, size_t size,
                                                      size_t from)
{
    assert(from / 8 <= size);
    struct wd_bit_reader in =
        wd_bit_reader_of((const unsigned char *)bytes + from / 8, size - from / 8);
    (void)wd_bits_get(&in, from % 8);
    return in;
}

/* Appends what stands there from bit `from` up to bit `end`. */
static inline void wd_bits_copy(struct wd_bit_writer *out, const void *bytes, size_t from,
                                size_t end)
{
    enum { CHUNK = 32 };
    struct wd_bit_reader in = wd_bit_reader_from(bytes, (end + 7) / 8, from);
    assert(from <= end);
    for (; end - from >= CHUNK; from += CHUNK)
        wd_bits_put(out, wd_bits_get(&in, CHUNK), CHUNK);
    wd_bits_put(out, wd_bits_get(&in, (unsigned)(end - from)), (unsigned)(end - from));
}

/* Whether everything was read: what is left are the zeros of the last byte. */
static inline bool wd_bits_at_end(struct wd_bit_reader *in)
{
    return !in->is_bad && wd_bits_peek(in) == 0 && in->next == in->end && in->n_held < 8;
}

#endif
