/* window.h -- the newest articles of a stream, first in, first out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An ordered stage keeps one block of memory an article. Blocks never move; the oldest
 * goes first, when the window holds too many or its article is too old. Age is measured
 * between the timestamps of the log, never against a clock, so that what is in the window
 * depends on nothing but the log, in whole seconds. Articles are known by their slot: a
 * running number that wraps after 2^32 articles, long after the slots before have left.
 */
#ifndef WD_WINDOW_H
#define WD_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ahead.h"

struct wd_window_chunk;

struct wd_window_item {
    uint32_t sequence; /* the low half: no window is that long */
    uint32_t seconds;  /* + 1, of the timestamp; 0: none */
    void *block;
};

struct wd_window {
    struct wd_window_item *items; /* a ring, by slot */
    uint32_t room;                /* a power of two */
    uint32_t first;               /* the oldest slot */
    uint32_t n;
    uint32_t max;
    uint32_t max_age_s;
    uint32_t last_seconds; /* as in an item, of the newest */
    uint64_t last_sequence;
    bool has_dropped; /* an article */
    struct wd_window_chunk *oldest;
    struct wd_window_chunk *newest;
    struct wd_window_chunk *spare; /* that is empty, or NULL */
    size_t bytes;                  /* of the chunks */
};

void wd_window_init(struct wd_window *win, size_t max_articles, int64_t max_age_ms);
void wd_window_done(struct wd_window *win);

/* Whether the oldest article must go before one of `timestamp_ms` comes in. */
bool wd_window_is_due(const struct wd_window *win, int64_t timestamp_ms);

/* How many it will hold, about, when there are `n_articles` in all, and they go on to
 * come as fast as until now. */
size_t wd_window_foreseen(const struct wd_window *win, size_t n_articles);

/* Forgets the oldest article; there is one. */
void wd_window_pop(struct wd_window *win);

/* A cleared block of `size` bytes for the next article, whose slot goes to *ret_slot.
 * NULL when memory is short; the window is then unchanged. */
void *wd_window_push(struct wd_window *win, uint64_t sequence, int64_t timestamp_ms,
                     size_t size, uint32_t *ret_slot);

/* Whether no article has left it yet: slots begin with 0 and are less than `max`. */
static inline bool wd_window_is_whole(const struct wd_window *win)
{
    return win->first == 0 && !win->has_dropped;
}

static inline bool wd_window_has(const struct wd_window *win, uint32_t slot)
{
    return slot - win->first < win->n;
}

/* The block of a slot that the window has. */
static inline void *wd_window_at(const struct wd_window *win, uint32_t slot)
{
    return win->items[slot & (win->room - 1)].block;
}

/* Asks for the memory of a slot that the window has: first for the way to its block, and
 * when that has come, for as much of the block. */
static inline void wd_window_expect(const struct wd_window *win, uint32_t slot)
{
    wd_ahead(&win->items[slot & (win->room - 1)]);
}

static inline void wd_window_expect_block(const struct wd_window *win, uint32_t slot,
                                          size_t size)
{
    wd_ahead_all(wd_window_at(win, slot), size);
}

/* The sequence number of a slot that the window has. */
static inline uint64_t wd_window_sequence(const struct wd_window *win, uint32_t slot)
{
    uint32_t low = win->items[slot & (win->room - 1)].sequence;
    return win->last_sequence - (uint32_t)((uint32_t)win->last_sequence - low);
}

/* When the record of a slot that the window has was written, in seconds + 1; 0: unknown.
 */
static inline uint32_t wd_window_seconds(const struct wd_window *win, uint32_t slot)
{
    return win->items[slot & (win->room - 1)].seconds;
}

/* Bytes of all memory that it holds and has touched. */
static inline size_t wd_window_bytes(const struct wd_window *win)
{
    return win->bytes + win->n * sizeof(struct wd_window_item);
}

/* Bits that the place of an article in the window takes, as wd_sort_keys() wants them. */
static inline unsigned wd_window_bits(const struct wd_window *win)
{
    unsigned bits = win->n ? 32 - (unsigned)__builtin_clz(win->n) : 1;
    return (bits + 7) / 8 * 8;
}

/* False when the window does not have the article. */
bool wd_window_find(const struct wd_window *win, uint64_t sequence, uint32_t *ret_slot);

#endif
