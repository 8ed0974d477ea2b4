/* index.c -- open addressing in many small tables.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One large table would have to be copied as a whole when it grows, and the article that
 * hits the limit would wait for it. The top bits of the hash choose one of 256 tables
 * instead, which grow one at a time. Within a table: linear probing from a mixed position
 * (sampled hashes are all small, so their own bits will not do), and deletion by moving
 * later entries up, so that there are no tombstones to sweep. */
#include "index.h"

#include <assert.h>
#include <stdlib.h>

#include "base/ahead.h"
#include "wiredesk/status.h"

enum { FIRST_ROOM = 16 };

/* A slot that is not in a window whose newest is `slot`: no window is that long. */
static uint32_t none_before(uint32_t slot)
{
    return slot ^ UINT32_C(1) << 31;
}

/* Fibonacci hashing: the top bits of the product depend on all bits of the hash. */
static uint32_t scramble(uint32_t hash)
{
    return hash * UINT32_C(2654435769);
}

static uint32_t part_number(uint32_t hash)
{
    return scramble(hash) >> 24;
}

static uint32_t home_of(const struct wd_index_part *part, uint32_t hash)
{
    uint32_t mixed = scramble(hash);
    return (mixed ^ mixed >> 15) & (part->room - 1);
}

void wd_index_done(struct wd_index *index)
{
    for (size_t i = 0; i < WD_INDEX_PARTS; i++)
        free(index->parts[i].entries);
    *index = (struct wd_index){0};
}

/* The entry of `hash`, or the free one where it would go. The part has a free entry. */
static struct wd_index_entry *part_seek(const struct wd_index_part *part, uint32_t hash)
{
    uint32_t at = home_of(part, hash);
    while (part->entries[at].count != 0 && part->entries[at].hash != hash)
        at = (at + 1) & (part->room - 1);
    return &part->entries[at];
}

static int part_grow(struct wd_index *index, struct wd_index_part *part)
{
    struct wd_index_part larger = {.room = part->room ? part->room * 2 : FIRST_ROOM,
                                   .n = part->n};
    larger.entries = calloc(larger.room, sizeof(*larger.entries));
    if (!larger.entries)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < part->room; i++) {
        if (part->entries[i].count != 0)
            *part_seek(&larger, part->entries[i].hash) = part->entries[i];
    }
    index->bytes += (larger.room - part->room) * sizeof(*larger.entries);
    free(part->entries);
    *part = larger;
    return WD_OK;
}

int wd_index_add(struct wd_index *index, uint32_t hash, uint32_t slot, bool is_new,
                 uint32_t *ret_older)
{
    struct wd_index_part *part = &index->parts[part_number(hash)];
    if (part->n + part->n / 4 + 1 >= part->room) { /* at most four fifths full */
        int r = part_grow(index, part);
        if (r < 0)
            return r;
    }
    struct wd_index_entry *entry = part_seek(part, hash);
    if (entry->count == 0) {
        *entry = (struct wd_index_entry){hash, none_before(slot), 0, 0};
        part->n++;
    }
    *ret_older = entry->newest;
    entry->newest = slot;
    entry->count++;
    entry->n_new += is_new;
    return WD_OK;
}

/* Frees the entry at `at` and moves up those that probing would otherwise miss. */
static void part_remove(struct wd_index_part *part, uint32_t at)
{
    uint32_t mask = part->room - 1;
    for (uint32_t next = (at + 1) & mask; part->entries[next].count != 0;
         next = (next + 1) & mask) {
        uint32_t home = home_of(part, part->entries[next].hash);
        if (((next - home) & mask) >= ((next - at) & mask)) {
            part->entries[at] = part->entries[next];
            at = next;
        }
    }
    part->entries[at].count = 0;
    part->n--;
}

static void part_take(struct wd_index_part *part, struct wd_index_entry *entry,
                      uint32_t n, uint32_t n_new)
{
    assert(entry->count >= n);
    entry->n_new -= n_new;
    entry->count -= n;
    if (entry->count == 0)
        part_remove(part, (uint32_t)(entry - part->entries));
}

void wd_index_drop(struct wd_index *index, uint32_t hash, bool is_new)
{
    struct wd_index_part *part = &index->parts[part_number(hash)];
    assert(part->room > 0);
    struct wd_index_entry *entry = part_seek(part, hash);
    part_take(part, entry, 1, is_new);
}

void wd_index_move(struct wd_index *index, uint32_t from, uint32_t to, uint32_t n,
                   uint32_t n_new, uint32_t newest)
{
    struct wd_index_part *old = &index->parts[part_number(from)];
    struct wd_index_part *part = &index->parts[part_number(to)];
    assert(old->room > 0 && part->room > 0);
    part_take(old, part_seek(old, from), n, n_new);
    struct wd_index_entry *entry = part_seek(part, to);
    assert(entry->count > 0);
    entry->count += n;
    entry->n_new += n_new;
    entry->newest = newest;
}

const struct wd_index_entry *wd_index_find(const struct wd_index *index, uint32_t hash)
{
    const struct wd_index_part *part = &index->parts[part_number(hash)];
    if (part->room == 0)
        return NULL;
    const struct wd_index_entry *entry = part_seek(part, hash);
    return entry->count ? entry : NULL;
}

void wd_index_prefetch(const struct wd_index *index, uint32_t hash)
{
    const struct wd_index_part *part = &index->parts[part_number(hash)];
    if (part->room)
        wd_ahead(&part->entries[home_of(part, hash)]);
}

size_t wd_index_count(const struct wd_index *index)
{
    size_t n = 0;
    for (size_t i = 0; i < WD_INDEX_PARTS; i++)
        n += index->parts[i].n;
    return n;
}
