/* postings_line.h -- fifteen postings in one line of the cache.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A posting is one word: the low bits of the article's slot, and above them its tag, what
 * is kept of the key (postings.c). A line is looked through as a whole, four words at a
 * time: most have nothing to say, and a branch a word would cost more than the wait for
 * memory. */
#ifndef WD_POSTINGS_LINE_H
#define WD_POSTINGS_LINE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/ahead.h"

enum {
    WD_LINE_WORDS = 15,
    WD_LINE_NEXT_BITS = 28,
    WD_LINE_MASK = (1 << WD_LINE_NEXT_BITS) - 1,
};

/* The words in use come first. */
struct wd_postings_line {
    uint32_t words[WD_LINE_WORDS];
    uint32_t next : WD_LINE_NEXT_BITS; /* number + 1 of a spill line; 0: none */
    uint32_t n : 4;
};

_Static_assert(sizeof(struct wd_postings_line) == WD_LINE_BYTES, "one line of the cache");

typedef uint32_t wd_lanes __attribute__((vector_size(16), may_alias));
typedef int32_t wd_answers __attribute__((vector_size(16))); /* 0 or -1 */

enum { WD_LANES = 4, WD_LINE_VECTORS = WD_LINE_BYTES / (int)sizeof(wd_lanes) };

/* The numbers of the `v`th four words of a line. */
static inline wd_answers wd_line_numbers(int v)
{
    const wd_answers numbers = {0, 1, 2, 3};
    return numbers + WD_LANES * v;
}

/* One bit for each of four words, the `v`th four of a line. */
static inline wd_answers wd_line_bits(wd_answers found, int v)
{
    const wd_answers bits = {1, 2, 4, 8};
    return found & bits << WD_LANES * v;
}

/* One number of bits that stand in four lanes, of the words that the line has. */
static inline unsigned wd_line_fold(wd_answers bits, const struct wd_postings_line *line)
{
    uint64_t halves[2];
    memcpy(halves, &bits, sizeof(bits));
    uint64_t both = halves[0] | halves[1];
    return (unsigned)(both | both >> 32) & ((1u << line->n) - 1);
}

/* The number of the lowest bit; and the rest without it. */
static inline unsigned wd_take_bit(unsigned *bits)
{
    unsigned lowest = (unsigned)__builtin_ctz(*bits);
    *bits &= *bits - 1;
    return lowest;
}

/* How the words of one posting list are told apart, and how old they are. */
struct wd_line_view {
    uint32_t slot_mask;
    uint32_t newest;    /* slot */
    int32_t n_articles; /* of so great an age, or a greater one, they have left */
};

static inline wd_answers wd_line_ages(const struct wd_postings_line *line, int v,
                                      const struct wd_line_view *view)
{
    const wd_lanes *words = (const wd_lanes *)line;
    return (wd_answers)((view->newest - words[v]) & view->slot_mask); /* of 28 bits */
}

static inline wd_answers wd_line_tagged(const struct wd_postings_line *line, int v,
                                        uint32_t slot_mask, uint32_t tag)
{
    const wd_lanes *words = (const wd_lanes *)line;
    return (words[v] & ~slot_mask) == tag;
}

/* A bit for each word that has the tag; of articles that have left, too. */
static inline unsigned wd_line_find(const struct wd_postings_line *line,
                                    uint32_t slot_mask, uint32_t tag)
{
    wd_answers same = {0};
#pragma GCC unroll 4
    for (int v = 0; v < WD_LINE_VECTORS; v++)
        same |= wd_line_bits(wd_line_tagged(line, v, slot_mask, tag), v);
    return wd_line_fold(same, line);
}

/* How many of WD_LINE_WORDS bits are set. */
static inline unsigned wd_line_count(unsigned bits)
{
    bits -= bits >> 1 & 0x5555;
    bits = (bits & 0x3333) + (bits >> 2 & 0x3333);
    bits = (bits + (bits >> 4)) & 0x0f0f;
    return (bits + (bits >> 8)) & 0x1f;
}

/* Of the words of the bits, which have the same tag: the first that is less than the
 * first of all, or that itself. */
static inline uint32_t *wd_line_first(struct wd_postings_line *line, unsigned bits)
{
    const wd_lanes *words = (const wd_lanes *)line;
    uint32_t first = line->words[__builtin_ctz(bits)];
    wd_answers less = {0};
#pragma GCC unroll 4
    for (int v = 0; v < WD_LINE_VECTORS; v++)
        less |= wd_line_bits((wd_answers)(words[v] - first) < 0, v);
    unsigned behind = wd_line_fold(less, line) & bits;
    return &line->words[__builtin_ctz(behind ? behind : bits)];
}

/* A bit for each word of an article that has left. */
static inline unsigned wd_line_dead(const struct wd_postings_line *line,
                                    const struct wd_line_view *view)
{
    wd_answers dead = {0};
#pragma GCC unroll 4
    for (int v = 0; v < WD_LINE_VECTORS; v++)
        dead |= wd_line_bits(wd_line_ages(line, v, view) >= view->n_articles, v);
    return wd_line_fold(dead, line);
}

/* What four lanes have gathered of the postings of one tag. */
struct wd_line_tally {
    wd_answers n;      /* those of articles that have not left */
    wd_answers oldest; /* age of such; -1: none */
    wd_answers place;  /* of that: the number of its line, times 16, and of the word */
};

static const struct wd_line_tally wd_line_no_tally = {.oldest = {-1, -1, -1, -1}};

static inline wd_answers wd_line_either(wd_answers which, wd_answers a, wd_answers b)
{
    return b ^ ((a ^ b) & which);
}

/* Adds the words of the line, which is the `number`th of its bucket. */
static inline void wd_line_tally(const struct wd_postings_line *line, int number,
                                 const struct wd_line_view *view, uint32_t tag,
                                 struct wd_line_tally *tally)
{
    wd_answers n = {0};
    n += (int)line->n;
#pragma GCC unroll 4
    for (int v = 0; v < WD_LINE_VECTORS; v++) {
        wd_answers numbers = wd_line_numbers(v), ages = wd_line_ages(line, v, view);
        wd_answers is_one = wd_line_tagged(line, v, view->slot_mask, tag) & (numbers < n);
        is_one &= ages < view->n_articles;
        wd_answers is_older = is_one & (ages > tally->oldest);
        wd_answers place = numbers + (WD_LINE_WORDS + 1) * number;
        tally->n -= is_one; /* each is -1 */
        tally->oldest = wd_line_either(is_older, ages, tally->oldest);
        tally->place = wd_line_either(is_older, place, tally->place);
    }
}

/* The lane of the oldest. */
static inline unsigned wd_line_tally_lane(const struct wd_line_tally *tally)
{
    unsigned lane = 0;
    for (unsigned i = 1; i < WD_LANES; i++)
        lane = tally->oldest[i] > tally->oldest[lane] ? i : lane;
    return lane;
}

#endif
