/* utf8.c -- validation after Unicode 15, table 3-7 (well-formed byte sequences).
 * SPDX-License-Identifier: Apache-2.0 */
#include "utf8.h"

#include "block.h"

/* Bytes of the well-formed sequence at the start of `u`, or 0. */
static size_t sequence_size(const unsigned char *u, size_t left)
{
    unsigned char low = 0x80, high = 0xbf;
    size_t size;

    if (u[0] >= 0xc2 && u[0] <= 0xdf) {
        size = 2;
    } else if (u[0] >= 0xe0 && u[0] <= 0xef) {
        size = 3;
        if (u[0] == 0xe0)
            low = 0xa0;
        if (u[0] == 0xed)
            high = 0x9f; /* surrogates */
    } else if (u[0] >= 0xf0 && u[0] <= 0xf4) {
        size = 4;
        if (u[0] == 0xf0)
            low = 0x90;
        if (u[0] == 0xf4)
            high = 0x8f; /* past U+10FFFF */
    } else {
        return 0;
    }
    if (left < size || u[1] < low || u[1] > high)
        return 0;
    for (size_t i = 2; i < size; i++) {
        if ((u[i] & 0xc0) != 0x80)
            return 0;
    }
    return size;
}

/* Where the ASCII ends that begins at `from`. */
static size_t ascii_end(struct wd_str str, size_t from)
{
    size_t i = from;
    for (; str.size - i >= WD_BLOCK; i += WD_BLOCK) {
        const struct wd_block block = wd_block_load(str.data + i);
        uint64_t high = wd_block_high(&block);
        if (high)
            return i + wd_mask_first(high);
    }
    while (i < str.size && (unsigned char)str.data[i] < 0x80)
        i++;
    return i;
}

size_t wd_utf8_valid_prefix(struct wd_str str)
{
    const unsigned char *u = (const unsigned char *)str.data;
    size_t i = 0;

    while (i < str.size) {
        if (u[i] < 0x80) {
            i = ascii_end(str, i);
            continue;
        }
        size_t size = sequence_size(u + i, str.size - i);
        if (size == 0)
            return i;
        i += size;
    }
    return i;
}

uint32_t wd_utf8_next(struct wd_str str, size_t *at, uint32_t otherwise)
{
    const char *p = str.data + *at;
    unsigned size = 1;
    bool is_ascii = (unsigned char)*p < 0x80;
    if (!is_ascii && sequence_size((const unsigned char *)p, str.size - *at) == 0) {
        (*at)++;
        return otherwise;
    }
    uint32_t cp = wd_utf8_decode(p, &size);
    *at += size;
    return cp;
}

/* Every byte but a continuation (10xxxxxx) starts a code point. Eight at a time: bit 7
 * set and bit 6 not, brought down to bit 0 of each byte; the product adds the bytes up.
 */
size_t wd_utf8_count(struct wd_str str)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t continued = 0, i = 0;
    uint64_t word;

    for (; str.size - i >= WD_BLOCK; i += WD_BLOCK) {
        const struct wd_block block = wd_block_load(str.data + i);
        if (wd_block_high(&block))
            continued += wd_mask_count(wd_block_in(&block, 0x80, 0xbf));
    }
    for (; str.size - i >= sizeof(word); i += sizeof(word)) {
        memcpy(&word, str.data + i, sizeof(word));
        continued += (((word >> 7 & ~word >> 6) & ones) * ones) >> 56;
    }
    for (; i < str.size; i++)
        continued += !wd_utf8_is_start(str.data[i]);
    return str.size - continued;
}

unsigned wd_utf8_encode(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xc0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
    out[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}
