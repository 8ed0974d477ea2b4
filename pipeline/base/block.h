/* block.h -- sixty-four bytes at a time, one bit of an answer for each.
 * SPDX-License-Identifier: Apache-2.0
 *
 * For loops over whole paragraphs, where eight lanes (lanes.h) are too few: the lowest
 * bit is the first byte's. With SSE2, which every x86-64 has, a question costs a dozen
 * instructions; elsewhere the same answers are put together from lanes. */
#ifndef WD_BLOCK_H
#define WD_BLOCK_H

#include "lanes.h"

#if defined(__SSE2__) && !defined(WD_BLOCK_OF_LANES)
#define WD_BLOCK_OF_SSE2
#include <emmintrin.h>
#endif

enum { WD_BLOCK = 64 };

#ifdef WD_BLOCK_OF_SSE2

struct wd_block {
    __m128i a, b, c, d;
};

/* The WD_BLOCK bytes at `p`. */
static inline struct wd_block wd_block_load(const char *p)
{
    const __m128i *at = (const __m128i *)(const void *)p;
    return (struct wd_block){_mm_loadu_si128(at), _mm_loadu_si128(at + 1),
                             _mm_loadu_si128(at + 2), _mm_loadu_si128(at + 3)};
}

/* A bit for each answer: the top one of its byte. */
static inline uint64_t wd_block_bits(__m128i a, __m128i b, __m128i c, __m128i d)
{
    uint32_t ab = (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16;
    uint32_t cd = (uint32_t)_mm_movemask_epi8(c) | (uint32_t)_mm_movemask_epi8(d) << 16;
    return ab | (uint64_t)cd << 32;
}

/* Bytes that are `byte`. */
static inline uint64_t wd_block_are(const struct wd_block *block, unsigned byte)
{
    const __m128i what = _mm_set1_epi8((char)byte);
    return wd_block_bits(_mm_cmpeq_epi8(block->a, what), _mm_cmpeq_epi8(block->b, what),
                         _mm_cmpeq_epi8(block->c, what), _mm_cmpeq_epi8(block->d, what));
}

/* Bytes beyond ASCII. */
static inline uint64_t wd_block_high(const struct wd_block *block)
{
    return wd_block_bits(block->a, block->b, block->c, block->d);
}

static inline __m128i wd_block_part_in(__m128i part, __m128i least, __m128i range)
{
    __m128i above = _mm_sub_epi8(part, least); /* wraps below `least` */
    return _mm_cmpeq_epi8(_mm_min_epu8(above, range), above);
}

/* Bytes from `least` to `most`. */
static inline uint64_t wd_block_in(const struct wd_block *block, unsigned least,
                                   unsigned most)
{
    const __m128i low = _mm_set1_epi8((char)least);
    const __m128i range = _mm_set1_epi8((char)(most - least));
    return wd_block_bits(
        wd_block_part_in(block->a, low, range), wd_block_part_in(block->b, low, range),
        wd_block_part_in(block->c, low, range), wd_block_part_in(block->d, low, range));
}

/* Writes the block to `to`, its capitals (ASCII) made small. */
static inline void wd_block_put_small(const struct wd_block *block, char *to)
{
    const __m128i least = _mm_set1_epi8('A'), range = _mm_set1_epi8('Z' - 'A');
    const __m128i bit = _mm_set1_epi8(0x20);
    const __m128i parts[] = {block->a, block->b, block->c, block->d};
    for (unsigned i = 0; i < 4; i++) {
        __m128i upper = wd_block_part_in(parts[i], least, range);
        _mm_storeu_si128((__m128i *)(void *)(to + i * 16),
                         _mm_or_si128(parts[i], _mm_and_si128(upper, bit)));
    }
}

#else

enum { WD_BLOCK_PARTS = WD_BLOCK / WD_CHUNK };

struct wd_block {
    uint64_t part[WD_BLOCK_PARTS];
};

static inline struct wd_block wd_block_load(const char *p)
{
    struct wd_block block;
    for (unsigned i = 0; i < WD_BLOCK_PARTS; i++)
        block.part[i] = wd_chunk_read(p + i * WD_CHUNK, WD_CHUNK);
    return block;
}

/* The top bits of the lanes, side by side. */
static inline uint64_t wd_block_bits(unsigned part, uint64_t lanes)
{
    return ((lanes & WD_LANES(0x80)) >> 7) * UINT64_C(0x0102040810204080) >>
           56 << part * 8;
}

static inline uint64_t wd_block_are(const struct wd_block *block, unsigned byte)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < WD_BLOCK_PARTS; i++) {
        uint64_t differ = block->part[i] ^ WD_LANES(byte);
        uint64_t low = (differ & ~WD_LANES(0x80)) + WD_LANES(0x7f);
        bits |= wd_block_bits(i, ~(low | differ));
    }
    return bits;
}

static inline uint64_t wd_block_high(const struct wd_block *block)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < WD_BLOCK_PARTS; i++)
        bits |= wd_block_bits(i, block->part[i]);
    return bits;
}

static inline uint64_t wd_block_in(const struct wd_block *block, unsigned least,
                                   unsigned most)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < WD_BLOCK_PARTS; i++) {
        for (unsigned k = 0; k < WD_CHUNK; k++) {
            unsigned byte = (unsigned)(block->part[i] >> k * 8 & 0xff);
            bits |= (uint64_t)(byte - least <= most - least) << (i * WD_CHUNK + k);
        }
    }
    return bits;
}

static inline void wd_block_put_small(const struct wd_block *block, char *to)
{
    uint64_t upper = wd_block_in(block, 'A', 'Z');
    for (unsigned i = 0; i < WD_BLOCK; i++) {
        char c = (char)(block->part[i / WD_CHUNK] >> i % WD_CHUNK * 8 & 0xff);
        to[i] = (char)(c | (upper >> i & 1) << 5);
    }
}

#endif

/* The bytes at `p`, of which there are `left`; as if NUL stood behind them. */
static inline struct wd_block wd_block_read(const char *p, size_t left)
{
    char copy[WD_BLOCK] = {0};
    if (left >= WD_BLOCK)
        return wd_block_load(p);
    memcpy(copy, p, left);
    return wd_block_load(copy);
}

/* The bits below number `n`. */
static inline uint64_t wd_mask_below(unsigned n)
{
    return n < WD_BLOCK ? (UINT64_C(1) << n) - 1 : UINT64_MAX;
}

static inline unsigned wd_mask_first(uint64_t bits)
{
    return bits ? (unsigned)__builtin_ctzll(bits) : WD_BLOCK;
}

/* One must be set. */
static inline unsigned wd_mask_last(uint64_t bits)
{
    return 63 - (unsigned)__builtin_clzll(bits);
}

/* Without an instruction for it: not every x86-64 has one. */
static inline unsigned wd_mask_count(uint64_t bits)
{
    bits -= bits >> 1 & WD_LANES(0x55);
    bits = (bits & WD_LANES(0x33)) + (bits >> 2 & WD_LANES(0x33));
    bits = (bits + (bits >> 4)) & WD_LANES(0x0f);
    return (unsigned)(bits * WD_LANES(1) >> 56);
}

#endif
