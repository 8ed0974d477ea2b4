/* utf8.h -- the encoding that all text inside wiredesk has.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_UTF8_H
#define WD_UTF8_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wiredesk/span.h"

/* Bytes at the start of `str` that are well-formed UTF-8 (Unicode 15, table 3-7: no
 * surrogates, no overlong forms, nothing past U+10FFFF); str.size when all of it is. */
size_t wd_utf8_valid_prefix(struct wd_str str);

/* The code point at *at, which moves behind it; `otherwise`, and one byte on, where no
 * well-formed one begins. *at is less than str.size. */
uint32_t wd_utf8_next(struct wd_str str, size_t *at, uint32_t otherwise);

/* Code points in well-formed text. */
size_t wd_utf8_count(struct wd_str str);

/* The code point at `p`, which must be the start of one in well-formed text; *ret_size
 * gets its bytes, 1 to 4. */
static inline uint32_t wd_utf8_decode(const char *p, unsigned *ret_size)
{
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] < 0x80) {
        *ret_size = 1;
        return u[0];
    }
    if (u[0] < 0xe0) {
        *ret_size = 2;
        return (uint32_t)(u[0] & 0x1f) << 6 | (u[1] & 0x3f);
    }
    if (u[0] < 0xf0) {
        *ret_size = 3;
        return (uint32_t)(u[0] & 0x0f) << 12 | (uint32_t)(u[1] & 0x3f) << 6 |
               (u[2] & 0x3f);
    }
    *ret_size = 4;
    return (uint32_t)(u[0] & 0x07) << 18 | (uint32_t)(u[1] & 0x3f) << 12 |
           (uint32_t)(u[2] & 0x3f) << 6 | (u[3] & 0x3f);
}

/* Writes `cp` (a scalar value) and returns its bytes, 1 to 4. */
unsigned wd_utf8_encode(uint32_t cp, char out[4]);

static inline bool wd_utf8_is_start(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

/* How many of the first `n` bytes at `p` (n < 8) continue a code point; eight bytes must
 * be readable. A continuation is 10xxxxxx: bit 7 and not bit 6, brought down to bit 0 of
 * each byte; the product adds the bytes up. */
static inline unsigned wd_utf8_continued(const char *p, unsigned n)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word;

    memcpy(&word, p, sizeof(word));
    word = le64toh(word) & ((UINT64_C(1) << 8 * n) - 1);
    return (unsigned)(((word >> 7 & ~word >> 6 & ones) * ones) >> 56);
}

#endif
