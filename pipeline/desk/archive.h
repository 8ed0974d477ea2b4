/* archive.h -- the articles of the window, and how they are found again.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Made of nothing but sketches, in sequence. Articles are known by their slots
 * (window.h). */
#ifndef WD_ARCHIVE_H
#define WD_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kept.h"
#include "match.h"
#include "postings.h"
#include "window.h"
#include "wiredesk/article.h"
#include "wiredesk/options.h"

struct wd_arena;

struct wd_archive {
    struct wd_window window;
    struct wd_postings keys;
    struct wd_postings uris;
    struct wd_postings contents;
    struct wd_postings joiners;
    uint64_t *news;          /* a bit for each slot: the article repeats nothing */
    uint32_t news_mask;      /* of a slot, to its bit */
    size_t n_unsettled;      /* articles that are not in the indexes yet */
    struct wd_census census; /* of the articles that repeat nothing: a name is no more
                                common for having been reprinted often */
};

/* WD_OK or WD_ENOMEM; wd_archive_done() is due in both cases. */
int wd_archive_init(struct wd_archive *arc, const struct wd_limits *limits);
void wd_archive_done(struct wd_archive *arc);

/* Asks for the memory that finding what is like the sketch needs. */
void wd_archive_expect(const struct wd_archive *arc, const struct wd_sketch *sketch);

/* Takes sketches in, no replays, and lets go what is too old for each. They are found
 * when they have been settled. WD_OK or WD_ENOMEM. */
int wd_archive_take(struct wd_archive *arc, const struct wd_sketch *const *sketches,
                    size_t n);
int wd_archive_settle(struct wd_archive *arc);

/* So many are going to be taken in. */
void wd_archive_reserve(struct wd_archive *arc, size_t n_articles);

size_t wd_archive_bytes(const struct wd_archive *arc);

static inline const struct wd_kept *wd_archive_at(const struct wd_archive *arc,
                                                  uint32_t slot)
{
    return wd_kept_at(&arc->window, slot);
}

/* --- finding: false when there is none; *ret_slot is then untouched --- */

/* The newest version of an item. */
bool wd_archive_find_uri(const struct wd_archive *arc, struct wd_str uri,
                         uint32_t *ret_slot);

/* The same record: uri, version, words and whether it is a kill. */
bool wd_archive_find_replayed(const struct wd_archive *arc,
                              const struct wd_sketch *sketch, uint32_t *ret_slot);

/* Any record of the item with the version of the sketch. */
bool wd_archive_has_version(const struct wd_archive *arc, const struct wd_sketch *sketch);

/* Whether the article of the slot was no copy when it came, and no version of an item
 * that was known. */
bool wd_archive_is_news(const struct wd_archive *arc, uint32_t slot);

/* Whether the newest version of the article's item is a kill. */
bool wd_archive_is_killed(const struct wd_archive *arc, uint32_t slot);

/* The newest article with the same words, killed or not as asked; for copies of it that
 * name it, the one that they name. */
bool wd_archive_find_content(const struct wd_archive *arc, const struct wd_print *print,
                             bool is_killed, uint32_t *ret_slot);

#define WD_CLUSTER_MAX (2 * WD_POSTINGS_MAX)

/* The records of a cluster: the newest of the item that it is named after, and the newest
 * that joined it. Slots, oldest first; returns how many. *ret_is_cut: there may be older
 * ones. */
unsigned wd_archive_find_cluster(const struct wd_archive *arc, uint64_t cluster,
                                 uint32_t ret_slots[WD_CLUSTER_MAX], bool *ret_is_cut);

/* What the index says about the shingles of a new article. */
struct wd_candidates {
    uint32_t *slots; /* ascending; of copies of one text the one that the others name */
    size_t n;
    uint32_t caps[WD_N_CAPS]; /* met on the way */
};

/* The `max` articles that have most, and the rarest, in common with the sketch. WD_OK or
 * WD_ENOMEM; the lists are in the arena. */
int wd_archive_find_similar(const struct wd_archive *arc, const struct wd_sketch *sketch,
                            size_t max, struct wd_arena *arena,
                            struct wd_candidates *ret_found);

#endif
