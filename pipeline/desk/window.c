/* window.c -- first in, first out, without moving and without pauses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Blocks are cut from chunks one after the other, so the oldest blocks share the oldest
 * chunk, and a chunk is empty as a whole when its last block leaves: the next one is made
 * of it. The ring of pointers is asked for at its full size at once: memory that nobody
 * has touched costs nothing, and copying a million pointers is a pause that readers would
 * notice. */
#include "window.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_BYTES = 256 * 1024, /* its head included */
    ALIGNMENT = 8,
    FIRST_ROOM = 1 << 22, /* articles; or fewer, when the window holds fewer */
    MAX_ARTICLES = 1 << 27,
};

struct wd_window_chunk {
    struct wd_window_chunk *next; /* the newer one */
    size_t size;                  /* of all of it */
    size_t used;                  /* likewise */
    size_t n_blocks;              /* that are still in the window */
};

static uint32_t seconds_of(int64_t timestamp_ms)
{
    if (timestamp_ms < 0)
        return 0;
    int64_t seconds = timestamp_ms / 1000 + 1;
    return seconds < UINT32_MAX ? (uint32_t)seconds : UINT32_MAX;
}

void wd_window_init(struct wd_window *win, size_t max_articles, int64_t max_age_ms)
{
    if (max_articles > MAX_ARTICLES)
        max_articles = MAX_ARTICLES;
    *win = (struct wd_window){.max = max_articles ? (uint32_t)max_articles : 1,
                              .max_age_s = seconds_of(max_age_ms) - 1};
}

void wd_window_done(struct wd_window *win)
{
    while (win->oldest) {
        struct wd_window_chunk *chunk = win->oldest;
        win->oldest = chunk->next;
        free(chunk);
    }
    free(win->spare);
    free(win->items);
    *win = (struct wd_window){0};
}

size_t wd_window_foreseen(const struct wd_window *win, size_t n_articles)
{
    uint64_t n = n_articles < win->max ? n_articles : win->max;
    if (win->n == 0)
        return n;
    uint32_t oldest = win->items[win->first & (win->room - 1)].seconds;
    if (oldest == 0 || win->last_seconds <= oldest)
        return n;
    uint64_t of_that_age =
        (uint64_t)win->n * win->max_age_s / (win->last_seconds - oldest);
    return of_that_age < n ? of_that_age : n;
}

/* One wrong clock must not empty the window: an article is too old when both the one that
 * comes in and the one before say so. */
bool wd_window_is_due(const struct wd_window *win, int64_t timestamp_ms)
{
    if (win->n == 0)
        return false;
    if (win->n >= win->max)
        return true;
    uint32_t now = seconds_of(timestamp_ms);
    if (now > win->last_seconds)
        now = win->last_seconds;
    uint32_t oldest = win->items[win->first & (win->room - 1)].seconds;
    return oldest > 0 && now > oldest && now - oldest > win->max_age_s;
}

/* Of a window that rolls on, one is needed again before long; and the kernel would have
 * to clear it. */
static void drop_chunk(struct wd_window *win, struct wd_window_chunk *chunk)
{
    struct wd_window_chunk *other = win->spare;
    if (!other || other->size < chunk->size) {
        win->spare = chunk;
        chunk = other;
    }
    if (chunk)
        win->bytes -= chunk->size;
    free(chunk);
}

void wd_window_pop(struct wd_window *win)
{
    assert(win->n > 0);
    win->first++;
    win->n--;
    win->has_dropped = true;
    struct wd_window_chunk *chunk = win->oldest;
    if (--chunk->n_blocks > 0 || chunk == win->newest)
        return;
    win->oldest = chunk->next;
    drop_chunk(win, chunk);
}

static int grow_ring(struct wd_window *win)
{
    uint32_t room = win->room ? win->room * 2 : 1;
    while (room < win->max && room < FIRST_ROOM)
        room *= 2;
    struct wd_window_item *items = calloc(room, sizeof(*items));
    if (!items)
        return -1;
    for (uint32_t i = 0; i < win->n; i++) {
        uint32_t slot = win->first + i;
        items[slot & (room - 1)] = win->items[slot & (win->room - 1)];
    }
    free(win->items);
    win->items = items;
    win->room = room;
    return 0;
}

/* An empty chunk for a block of `size` bytes. */
static struct wd_window_chunk *take_chunk(struct wd_window *win, size_t size)
{
    struct wd_window_chunk *chunk = win->spare;
    size += sizeof(*chunk);
    if (chunk && chunk->size >= size) {
        win->spare = NULL;
        *chunk = (struct wd_window_chunk){.size = chunk->size, .used = sizeof(*chunk)};
        return chunk;
    }
    size = size < CHUNK_BYTES ? CHUNK_BYTES : size;
    chunk = malloc(size);
    if (!chunk)
        return NULL;
    *chunk = (struct wd_window_chunk){.size = size, .used = sizeof(*chunk)};
    win->bytes += size;
    return chunk;
}

static int add_chunk(struct wd_window *win, size_t size)
{
    struct wd_window_chunk *chunk = take_chunk(win, size), *last = win->newest;
    if (!chunk)
        return -1;
    win->newest = chunk;
    if (!last) {
        win->oldest = chunk;
    } else if (last->n_blocks == 0) { /* then it is the only one, and empty */
        win->oldest = chunk;
        drop_chunk(win, last);
    } else {
        last->next = chunk;
    }
    return 0;
}

void *wd_window_push(struct wd_window *win, uint64_t sequence, int64_t timestamp_ms,
                     size_t size, uint32_t *ret_slot)
{
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (win->n == win->room && grow_ring(win) < 0)
        return NULL;
    struct wd_window_chunk *chunk = win->newest;
    if (!chunk || chunk->size - chunk->used < size) {
        if (add_chunk(win, size) < 0)
            return NULL;
        chunk = win->newest;
    }
    void *block = (char *)chunk + chunk->used;
    memset(block, 0, size);
    chunk->used += size;
    chunk->n_blocks++;

    uint32_t slot = win->first + win->n;
    win->last_seconds = seconds_of(timestamp_ms);
    win->last_sequence = sequence;
    win->items[slot & (win->room - 1)] =
        (struct wd_window_item){(uint32_t)sequence, win->last_seconds, block};
    win->n++;
    *ret_slot = slot;
    return block;
}

/* Sequences ascend by at least one from article to article, which leaves few places, and
 * mostly one. */
bool wd_window_find(const struct wd_window *win, uint64_t sequence, uint32_t *ret_slot)
{
    if (win->n == 0 || sequence > win->last_sequence)
        return false;
    uint64_t back = win->last_sequence - sequence; /* the article is no farther back */
    uint32_t oldest = win->items[win->first & (win->room - 1)].sequence;
    uint32_t span = (uint32_t)win->last_sequence - oldest;
    if (back > span)
        return false;
    uint32_t low = back < win->n ? win->n - 1 - (uint32_t)back : 0;
    uint32_t high = span - (uint32_t)back + 1; /* not as far from the oldest */
    if (high > win->n)
        high = win->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, slot = win->first + middle;
        uint32_t found = win->items[slot & (win->room - 1)].sequence - oldest;
        if (found == span - (uint32_t)back) {
            *ret_slot = slot;
            return true;
        }
        if (found < span - (uint32_t)back)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
