/* lanes.h -- eight bytes at a time.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nearly all of English copy is ASCII: its bytes are looked at together, as the lanes of
 * one integer, the first byte in the lowest. A lane's top bit holds the answer to a
 * question about its byte. */
#ifndef WD_LANES_H
#define WD_LANES_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WD_LANES(byte) (UINT64_C(0x0101010101010101) * (byte))

enum { WD_CHUNK = 8 };

/* Lanes of `x`, all below 0x80, that are `least` or more. */
static inline uint64_t wd_lanes_from(uint64_t x, unsigned least)
{
    return x + WD_LANES(0x80 - least);
}

static inline uint64_t wd_lanes_in(uint64_t x, unsigned least, unsigned most)
{
    return wd_lanes_from(x, least) & ~wd_lanes_from(x, most + 1) & WD_LANES(0x80);
}

/* Lanes of `x`, all below 0x80, that are `byte`. */
static inline uint64_t wd_lanes_are(uint64_t x, unsigned byte)
{
    return ~((x ^ WD_LANES(byte)) + WD_LANES(0x7f)) & WD_LANES(0x80);
}

static inline unsigned wd_lanes_count(uint64_t lanes)
{
    return (unsigned)((lanes >> 7) * WD_LANES(1) >> 56);
}

/* The number of the last lane that is set; one must be. */
static inline unsigned wd_lanes_last(uint64_t lanes)
{
    return (unsigned)(63 - __builtin_clzll(lanes)) / 8;
}

/* The number of the first lane that is set; WD_CHUNK when none is. */
static inline unsigned wd_lanes_first(uint64_t lanes)
{
    return lanes ? (unsigned)__builtin_ctzll(lanes) / 8 : WD_CHUNK;
}

static inline uint64_t wd_chunk_read(const char *p, size_t left)
{
    uint64_t chunk = 0; /* past the end: as if white space were there */
    if (left >= WD_CHUNK)
        memcpy(&chunk, p, WD_CHUNK);
    else
        memcpy(&chunk, p, left);
    return le64toh(chunk);
}

/* The lanes below number `n`, whole. */
static inline uint64_t wd_lanes_below(unsigned n)
{
    return n < WD_CHUNK ? (UINT64_C(1) << n * 8) - 1 : UINT64_MAX;
}

#endif
