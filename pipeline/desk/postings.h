/* postings.h -- for each key, the newest articles of the window that have it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Keys are numbers of up to 32 bits, of which `key_bits` count; an article is known by
 * its slot in a window (window.h). No more than WD_POSTINGS_MAX articles are kept for
 * one key, so that a key which every article has costs no more than any other. What is
 * kept is a function of the articles in the window: it does not depend on what was there
 * before them. */
#ifndef WD_POSTINGS_H
#define WD_POSTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "window.h"

#define WD_POSTINGS_MAX 32

struct wd_postings_line;

struct wd_queued {
    uint32_t scrambled; /* key */
    uint32_t slot;
};

/* Lines in blocks that never move. */
struct wd_postings_lines {
    struct wd_postings_line **blocks;
    uint32_t n_blocks;
    uint32_t n; /* lines in use */
};

struct wd_postings {
    struct wd_postings_lines buckets;
    struct wd_postings_lines spill; /* what does not fit into its bucket's one line */
    uint32_t free_spill;            /* number + 1 of the first free one; 0: none */
    uint64_t n;           /* postings, those of articles that have left included */
    uint32_t sweep;       /* the bucket that is tidied up next */
    uint32_t bucket_mask; /* so many low bits of a key tell its bucket, or one less */
    unsigned key_bits;
    unsigned slot_bits;
    unsigned low_bits; /* of the key, that every bucket's number tells */
    size_t bytes;
    struct wd_queued *queue; /* that are not in the table yet, in the order they came; and
                                behind its room as much for a copy by region */
    size_t n_queued;
    size_t queue_room;
    size_t n_expected; /* articles; 0: nobody knows */
    unsigned n_times;  /* the most that it grows by at once */
};

/* `max_articles` that the window may hold. */
void wd_postings_init(struct wd_postings *post, size_t max_articles, unsigned key_bits);
void wd_postings_done(struct wd_postings *post);

/* So many articles will be in the window, about, before one is asked for, each with about
 * as many keys that are kept as those before it; so the table may grow at once to
 * `n_times` its size. Changes nothing but the time that it takes. */
void wd_postings_reserve(struct wd_postings *post, size_t n_articles, unsigned n_times);

/* Asks for the memory of `key` ahead of an add or a find: with a depth of 0 for its
 * bucket, and when that has come, of 1 for what did not fit there (one bucket in four has
 * more), and so on. */
void wd_postings_prefetch(const struct wd_postings *post, uint32_t key, unsigned depth);

/* Notes that the article of the slot has the keys, the oldest article first; once a key
 * and article. It is found when it has been settled. WD_OK or WD_ENOMEM. */
int wd_postings_add(struct wd_postings *post, const uint32_t *keys, size_t n,
                    uint32_t slot);

/* After the keys of so many articles: puts all that was noted into the table, but for
 * articles that have left the window meanwhile, and takes some postings of such out of
 * it. Many articles cost less than each alone. WD_OK or WD_ENOMEM. */
int wd_postings_settle(struct wd_postings *post, const struct wd_window *win,
                       size_t n_articles);

/* So many articles may gather before they are settled: of a small window few, since the
 * table must be tidied up before a slot seems to come alive again. */
static inline size_t wd_postings_most(const struct wd_window *win)
{
    enum { MOST = 2048, PARTS = 8 };
    return win->max / PARTS < MOST ? win->max / PARTS : MOST;
}

/* The slots of the articles of the window that have `key`, in no order; returns how many
 * there are. */
unsigned wd_postings_find(const struct wd_postings *post, const struct wd_window *win,
                          uint32_t key, uint32_t ret_slots[WD_POSTINGS_MAX]);

#endif
