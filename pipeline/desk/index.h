/* index.h -- for each hash, how many articles of the window have it, and the newest.
 * SPDX-License-Identifier: Apache-2.0
 *
 * From the newest article the chain goes on to older ones: each article keeps, beside
 * each of its hashes, the slot that wd_index_add() gave back for it. Since articles leave
 * oldest first, a chain ends where a slot is no longer in the window, and nothing needs
 * to be unlinked. */
#ifndef WD_INDEX_H
#define WD_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wd_index_entry {
    uint32_t hash;
    uint32_t newest; /* slot */
    uint32_t count;  /* articles of the window that have the hash; 0: a free entry */
    uint32_t n_new;  /* of those, the ones that repeat no earlier article: a text is no
                        more common for having been reprinted often */
};

struct wd_index_part {
    struct wd_index_entry *entries;
    uint32_t room; /* 0 or a power of two */
    uint32_t n;
};

#define WD_INDEX_PARTS 256

/* All zero is an empty index. */
struct wd_index {
    struct wd_index_part parts[WD_INDEX_PARTS];
    size_t bytes;
};

void wd_index_done(struct wd_index *index);

/* Notes that `slot`, newer than all before, has `hash`; once for each hash an article.
 * `is_new`: it repeats no earlier article.
 * *ret_older gets the newest slot before it, or one that no window has. WD_OK or
 * WD_ENOMEM; the index is then unchanged. */
int wd_index_add(struct wd_index *index, uint32_t hash, uint32_t slot, bool is_new,
                 uint32_t *ret_older);

/* Takes back that the oldest article has `hash`; `is_new` as when it was added. */
void wd_index_drop(struct wd_index *index, uint32_t hash, bool is_new);

/* Of the articles with the hash `from`, the last `n`, `n_new` of which repeat nothing,
 * have `to` from now on, as others do already. `newest` is the newest of both; the chain
 * of `to` is the caller's to join. */
void wd_index_move(struct wd_index *index, uint32_t from, uint32_t to, uint32_t n,
                   uint32_t n_new, uint32_t newest);

/* NULL when no article has it. Valid until the index changes. */
const struct wd_index_entry *wd_index_find(const struct wd_index *index, uint32_t hash);

/* Asks for the memory of `hash` ahead of an add or a find. */
void wd_index_prefetch(const struct wd_index *index, uint32_t hash);

/* How many different hashes it holds. */
size_t wd_index_count(const struct wd_index *index);

#endif
