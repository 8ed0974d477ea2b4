/* arena.h -- memory that lives exactly as long as one article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Blocks are cut from chunks; nothing is freed one by one. A reset keeps the chunks that
 * were needed, so an arena that sees articles of one size no longer asks the system for
 * memory. */
#ifndef WD_ARENA_H
#define WD_ARENA_H

#include <stddef.h>

#include "wiredesk/span.h"

struct wd_arena_chunk;

struct wd_arena {
    struct wd_arena_chunk *first;
    struct wd_arena_chunk *current;
    size_t used; /* of the current chunk */
    size_t held; /* by all chunks */
};

/* Allocates nothing. All zero is an empty arena, too. */
void wd_arena_init(struct wd_arena *arena);

/* Frees every chunk. */
void wd_arena_done(struct wd_arena *arena);

/* Takes every block back; keeps the chunks that had some. */
void wd_arena_reset(struct wd_arena *arena);

/* `size` bytes, not cleared, aligned for any type; NULL when memory is short. Size 0
 * gives a pointer that may not be read through. */
void *wd_arena_alloc(struct wd_arena *arena, size_t size);

/* `old` (`old_size` bytes, NULL for none) moved to a block of `size`, grown in place
 * where it was the last block cut. NULL when memory is short; `old` is then unchanged. */
void *wd_arena_grow(struct wd_arena *arena, void *old, size_t old_size, size_t size);

/* `array` of `count` elements with room for one more: itself, or doubled in size, which
 * *room then tells. NULL when memory is short; `array` is then unchanged. */
void *wd_arena_make_room(struct wd_arena *arena, void *array, size_t count, size_t *room,
                         size_t element);

/* A copy of `str`, followed by a NUL that is not counted. {NULL, 0} when memory is short.
 */
struct wd_str wd_arena_copy(struct wd_arena *arena, struct wd_str str);

#endif
