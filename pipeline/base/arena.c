/* arena.c -- a list of chunks; each new one is half as large as all before it, in bounds.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An article of 4 KB needs about 120 KB of facts. Chunks that double would hold 448 KB
 * for it, and wiredeskd has some fifty articles under way. A reset frees the chunks that
 * the last article did not come to, so that one large article is paid for once. */
#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

#define CHUNK_MIN (64 * 1024)
#define CHUNK_MAX (1024 * 1024)

enum { ROOM_FIRST = 64 }; /* elements */

struct wd_arena_chunk {
    struct wd_arena_chunk *next;
    size_t size;
    alignas(max_align_t) char bytes[];
};

static size_t round_up(size_t size)
{
    const size_t a = alignof(max_align_t);
    return (size + a - 1) & ~(a - 1);
}

void wd_arena_init(struct wd_arena *arena)
{
    *arena = (struct wd_arena){0};
}

static void free_from(struct wd_arena *arena, struct wd_arena_chunk *chunk)
{
    while (chunk) {
        struct wd_arena_chunk *next = chunk->next;
        arena->held -= chunk->size;
        free(chunk);
        chunk = next;
    }
}

void wd_arena_done(struct wd_arena *arena)
{
    free_from(arena, arena->first);
    wd_arena_init(arena);
}

void wd_arena_reset(struct wd_arena *arena)
{
    if (arena->current) {
        free_from(arena, arena->current->next);
        arena->current->next = NULL;
    }
    arena->current = arena->first;
    arena->used = 0;
}

/* Makes `current` a chunk with room for `size`. Chunks that are too small stay in the
 * list, unused until the next reset. */
static int arena_advance(struct wd_arena *arena, size_t size)
{
    struct wd_arena_chunk *last = arena->current;
    struct wd_arena_chunk *next = last ? last->next : arena->first;
    if (next && next->size >= size) {
        arena->current = next;
        arena->used = 0;
        return 0;
    }

    size_t want = arena->held / 2;
    if (want < CHUNK_MIN)
        want = CHUNK_MIN;
    if (want > CHUNK_MAX)
        want = CHUNK_MAX;
    if (want < size)
        want = size;
    struct wd_arena_chunk *chunk = malloc(sizeof(*chunk) + want);
    if (!chunk)
        return -1;
    arena->held += want;
    chunk->size = want;
    chunk->next = next;
    if (last)
        last->next = chunk;
    else
        arena->first = chunk;
    arena->current = chunk;
    arena->used = 0;
    return 0;
}

void *wd_arena_alloc(struct wd_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size = round_up(size);
    if (!arena->current || arena->current->size - arena->used < size) {
        if (arena_advance(arena, size) < 0)
            return NULL;
    }
    void *block = arena->current->bytes + arena->used;
    arena->used += size;
    return block;
}

void *wd_arena_grow(struct wd_arena *arena, void *old, size_t old_size, size_t size)
{
    size_t old_room = round_up(old_size);
    if (old && arena->current && size >= old_size && size <= SIZE_MAX / 2) {
        char *end = arena->current->bytes + arena->used;
        if ((char *)old + old_room == end &&
            arena->current->size - arena->used >= round_up(size) - old_room) {
            arena->used += round_up(size) - old_room;
            return old;
        }
    }
    void *block = wd_arena_alloc(arena, size);
    if (block && old)
        memcpy(block, old, old_size < size ? old_size : size);
    return block;
}

void *wd_arena_make_room(struct wd_arena *arena, void *array, size_t count, size_t *room,
                         size_t element)
{
    if (count < *room)
        return array;
    size_t more = *room ? *room * 2 : ROOM_FIRST;
    void *grown = wd_arena_grow(arena, array, count * element, more * element);
    if (grown)
        *room = more;
    return grown;
}

struct wd_str wd_arena_copy(struct wd_arena *arena, struct wd_str str)
{
    char *copy = wd_arena_alloc(arena, str.size + 1);
    if (!copy)
        return (struct wd_str){0};
    if (str.size)
        memcpy(copy, str.data, str.size);
    copy[str.size] = '\0';
    return (struct wd_str){copy, str.size};
}
