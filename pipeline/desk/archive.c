/* archive.c -- the window of articles, four indexes over it, and a census of facts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It holds what the sketches of its articles say and nothing else, no running counters
 * and no clock, so any log that reaches back to the start of the window restores it
 * exactly.
 *
 * The work for one article is bounded whatever the stream is made of. A shingle that very
 * many articles have leads to the newest WD_POSTINGS_MAX of them only, and counts less
 * the more common it is; of articles with the same words only the first is a candidate.
 * Refused: dropping common shingles from the index once they are common. What it held
 * would then depend on articles that have left the window. */
#include "archive.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/sort.h"
#include "hits.h"
#include "wiredesk/stage.h"

enum {
    NAME_BITS = 24, /* of the hash of a uri or a text: what is found is compared */
    WORD_BITS = 64,
};

#define ALL_POSTINGS(arc)                                                                \
    {                                                                                    \
        &(arc)->keys, &(arc)->uris, &(arc)->contents, &(arc)->joiners                    \
    }

int wd_archive_init(struct wd_archive *arc, const struct wd_limits *limits)
{
    *arc = (struct wd_archive){0};
    wd_window_init(&arc->window, limits->window_articles, limits->window_ms);
    wd_postings_init(&arc->keys, arc->window.max, WD_KEY_BITS);
    wd_postings_init(&arc->uris, arc->window.max, NAME_BITS);
    wd_postings_init(&arc->contents, arc->window.max, NAME_BITS);
    wd_postings_init(&arc->joiners, arc->window.max, NAME_BITS);
    uint32_t n_bits = WORD_BITS;
    while (n_bits < arc->window.max)
        n_bits *= 2;
    arc->news_mask = n_bits - 1;
    arc->news = calloc(n_bits / WORD_BITS, sizeof(*arc->news));
    if (!arc->news)
        return WD_ENOMEM;
    return wd_census_init(&arc->census);
}

void wd_archive_done(struct wd_archive *arc)
{
    wd_window_done(&arc->window);
    wd_postings_done(&arc->keys);
    wd_postings_done(&arc->uris);
    wd_postings_done(&arc->contents);
    wd_postings_done(&arc->joiners);
    wd_census_done(&arc->census);
    free(arc->news);
}

size_t wd_archive_bytes(const struct wd_archive *arc)
{
    return wd_window_bytes(&arc->window) + arc->keys.bytes + arc->uris.bytes +
           arc->contents.bytes + arc->joiners.bytes + arc->census.figures.bytes +
           arc->census.names.bytes + arc->census.headlines.bytes +
           arc->census.terms.bytes + (arc->news_mask + 1) / 8;
}

/* Beside the articles and not in them: it is asked of every hit, and most hits are never
 * looked at again. */
bool wd_archive_is_news(const struct wd_archive *arc, uint32_t slot)
{
    uint32_t bit = slot & arc->news_mask;
    return arc->news[bit / WORD_BITS] >> bit % WORD_BITS & 1;
}

static void note_news(struct wd_archive *arc, uint32_t slot, bool is_news)
{
    uint32_t bit = slot & arc->news_mask;
    uint64_t one = UINT64_C(1) << bit % WORD_BITS, *word = &arc->news[bit / WORD_BITS];
    *word = is_news ? *word | one : *word & ~one;
}

static uint32_t fold_hash(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

/* --- versions --- */

/* Whether slot a is that of a newer article than slot b. */
static bool is_newer(const struct wd_archive *arc, uint32_t a, uint32_t b)
{
    return a - arc->window.first > b - arc->window.first;
}

/* Which records of an item are meant. */
enum kind { EVERY_VERSION, SAME_VERSION, SAME_RECORD };

static bool is_meant(const struct wd_kept *kept, const struct wd_sketch *sketch,
                     enum kind kind)
{
    if (kind == EVERY_VERSION)
        return true;
    if (kept->version_hash != wd_kept_version(sketch->version))
        return false;
    return kind == SAME_VERSION || (kept->text_hash == sketch->text_hash &&
                                    kept->is_canceled == sketch->is_canceled);
}

/* The newest record of an item that is meant. `sketch` may be NULL for every version. */
static bool find_record(const struct wd_archive *arc, struct wd_str uri,
                        const struct wd_sketch *sketch, enum kind kind,
                        uint32_t *ret_slot)
{
    uint32_t slots[WD_POSTINGS_MAX];
    unsigned n = wd_postings_find(&arc->uris, &arc->window,
                                  fold_hash(wd_hash(uri, WD_SEED_CLUSTER)), slots);
    bool is_found = false;
    for (unsigned i = 0; i < n; i++) {
        const struct wd_kept *kept = wd_archive_at(arc, slots[i]);
        if (!wd_str_equal(wd_kept_uri(kept), uri) || !is_meant(kept, sketch, kind) ||
            (is_found && is_newer(arc, *ret_slot, slots[i])))
            continue;
        *ret_slot = slots[i];
        is_found = true;
    }
    return is_found;
}

bool wd_archive_find_uri(const struct wd_archive *arc, struct wd_str uri,
                         uint32_t *ret_slot)
{
    return find_record(arc, uri, NULL, EVERY_VERSION, ret_slot);
}

bool wd_archive_find_replayed(const struct wd_archive *arc,
                              const struct wd_sketch *sketch, uint32_t *ret_slot)
{
    return find_record(arc, sketch->uri, sketch, SAME_RECORD, ret_slot);
}

bool wd_archive_has_version(const struct wd_archive *arc, const struct wd_sketch *sketch)
{
    uint32_t slot;
    return find_record(arc, sketch->uri, sketch, SAME_VERSION, &slot);
}

bool wd_archive_is_killed(const struct wd_archive *arc, uint32_t slot)
{
    return wd_archive_find_uri(arc, wd_kept_uri(wd_archive_at(arc, slot)), &slot) &&
           wd_archive_at(arc, slot)->is_canceled;
}

/* --- copies --- */

/* What an exact copy points to, as long as that is in the window. */
static bool find_copied(const struct wd_archive *arc, uint32_t slot, uint32_t *ret_slot)
{
    const struct wd_kept *kept = wd_archive_at(arc, slot);
    uint32_t of;
    if (kept->verdict != WD_VERDICT_EXACT || kept->of_distance == 0 ||
        !wd_window_find(&arc->window,
                        wd_window_sequence(&arc->window, slot) - kept->of_distance,
                        &of) ||
        wd_archive_at(arc, of)->content_hash != kept->content_hash)
        return false;
    *ret_slot = of;
    return true;
}

/* Of articles with the same words, the one that the others point to. An article that came
 * when that one was killed may point to another copy, so there are a few steps. */
static uint32_t root_of(const struct wd_archive *arc, uint32_t slot)
{
    enum { STEPS_MAX = 4 };
    for (unsigned steps = 0; steps < STEPS_MAX && find_copied(arc, slot, &slot);)
        steps++;
    return slot;
}

bool wd_archive_find_content(const struct wd_archive *arc, const struct wd_print *print,
                             bool is_killed, uint32_t *ret_slot)
{
    uint32_t slots[WD_POSTINGS_MAX], root;
    unsigned n = wd_postings_find(&arc->contents, &arc->window,
                                  fold_hash(print->content_hash), slots);
    bool is_found = false;
    for (unsigned i = 0; i < n && print->n_words > 0; i++) {
        const struct wd_kept *kept = wd_archive_at(arc, slots[i]);
        if (kept->content_hash != print->content_hash ||
            kept->n_words != print->n_words ||
            wd_archive_is_killed(arc, slots[i]) != is_killed ||
            (is_found && is_newer(arc, *ret_slot, slots[i])))
            continue;
        *ret_slot = slots[i];
        is_found = true;
    }
    if (is_found) {
        root = root_of(arc, *ret_slot);
        if (wd_archive_is_killed(arc, root) == is_killed)
            *ret_slot = root;
    }
    return is_found;
}

/* --- clusters --- */

/* A cluster bears the name of its first item, by which the records of that are found; the
 * others are in `joiners`. */
unsigned wd_archive_find_cluster(const struct wd_archive *arc, uint64_t cluster,
                                 uint32_t ret_slots[WD_CLUSTER_MAX], bool *ret_is_cut)
{
    uint64_t places[WD_CLUSTER_MAX], spare[WD_CLUSTER_MAX];
    uint32_t slots[WD_CLUSTER_MAX];
    unsigned n_named =
        wd_postings_find(&arc->uris, &arc->window, fold_hash(cluster), slots);
    unsigned n_joined = wd_postings_find(&arc->joiners, &arc->window, fold_hash(cluster),
                                         slots + n_named);
    size_t n = 0;
    for (unsigned i = 0; i < n_named + n_joined; i++) {
        if (wd_archive_at(arc, slots[i])->cluster == cluster)
            places[n++] = slots[i] - arc->window.first;
    }
    wd_sort_keys(places, spare, n, wd_window_bits(&arc->window));
    n = wd_distinct_keys(places, n); /* two names may have one key */
    *ret_is_cut = n_named == WD_POSTINGS_MAX || n_joined == WD_POSTINGS_MAX;
    for (size_t i = 0; i < n; i++)
        ret_slots[i] = arc->window.first + (uint32_t)places[i];
    return (unsigned)n;
}

/* --- similar ones --- */

/* Adds the articles of one probe; returns whether there are more than are kept of one.
 * Only articles that repeat nothing make it less rare: a text is no more common for
 * having been reprinted often. */
static bool add_hits(const struct wd_archive *arc, uint32_t key, struct wd_hits *hits)
{
    uint32_t slots[WD_POSTINGS_MAX], n_new = 0;
    unsigned n = wd_postings_find(&arc->keys, &arc->window, key, slots);
    for (unsigned i = 0; i < n; i++)
        n_new += wd_archive_is_news(arc, slots[i]);
    uint32_t rarity = wd_rarity(n_new);
    for (unsigned i = 0; i < n; i++)
        wd_hits_add(hits, slots[i] - arc->window.first, rarity);
    return n == WD_POSTINGS_MAX;
}

/* The places of the articles that have most, and the rarest, in common with the sketch.
 */
static int look_up(const struct wd_archive *arc, const struct wd_sketch *sketch,
                   size_t max, struct wd_arena *arena, struct wd_hits *hits,
                   uint32_t caps[WD_N_CAPS])
{
    bool is_cut;
    int r = wd_hits_init(hits, arena, sketch->n_probes * (size_t)WD_POSTINGS_MAX);
    if (r < 0)
        return r;
    for (uint32_t i = 0; i < sketch->n_probes; i++)
        wd_postings_prefetch(&arc->keys, sketch->probes[i], 1);
    for (uint32_t i = 0; i < sketch->n_probes; i++)
        caps[WD_CAP_ARTICLES] += add_hits(arc, sketch->probes[i], hits);
    r = wd_hits_choose(hits, arena, max, &is_cut);
    caps[WD_CAP_CANDIDATES] = is_cut;
    return r;
}

int wd_archive_find_similar(const struct wd_archive *arc, const struct wd_sketch *sketch,
                            size_t max, struct wd_arena *arena,
                            struct wd_candidates *ret_found)
{
    const struct wd_window *win = &arc->window;
    struct wd_candidates found = {0};
    struct wd_hits hits;
    int r = look_up(arc, sketch, max, arena, &hits, found.caps);
    if (r < 0)
        return r;
    uint64_t *spare = wd_arena_alloc(arena, hits.n * sizeof(*spare));
    found.slots = wd_arena_alloc(arena, hits.n * sizeof(*found.slots));
    if (!spare || !found.slots)
        return WD_ENOMEM;
    for (size_t i = 0; i < hits.n; i++)
        wd_window_expect(win, win->first + (uint32_t)hits.at[i]);
    for (size_t i = 0; i < hits.n; i++)
        wd_window_expect_block(win, win->first + (uint32_t)hits.at[i],
                               WD_KEPT_USUAL_BYTES);
    for (size_t i = 0; i < hits.n; i++)
        hits.at[i] = root_of(arc, win->first + (uint32_t)hits.at[i]) - win->first;
    wd_sort_keys(hits.at, spare, hits.n, 32);
    found.n = wd_distinct_keys(hits.at, hits.n);
    for (size_t i = 0; i < found.n; i++)
        found.slots[i] = win->first + (uint32_t)hits.at[i];
    *ret_found = found;
    return WD_OK;
}

void wd_archive_expect(const struct wd_archive *arc, const struct wd_sketch *sketch)
{
    for (uint32_t i = 0; i < sketch->n_probes; i++)
        wd_postings_prefetch(&arc->keys, sketch->probes[i], 0);
    wd_postings_prefetch(&arc->uris, fold_hash(wd_hash(sketch->uri, WD_SEED_CLUSTER)), 0);
    wd_postings_prefetch(&arc->contents, fold_hash(sketch->content_hash), 0);
}

/* --- remembering --- */

static void forget_oldest(struct wd_archive *arc)
{
    const struct wd_kept *kept = wd_archive_at(arc, arc->window.first);
    struct wd_kept_room room;
    if (kept->verdict == WD_VERDICT_UNIQUE) {
        struct wd_print print = wd_kept_print(kept, &room);
        wd_census_drop(&arc->census, &print);
    }
    wd_window_pop(&arc->window);
}

/* Whether what the sketch repeats is an earlier record of the same item. */
static bool is_of_its_item(const struct wd_archive *arc, const struct wd_sketch *sketch)
{
    uint32_t slot;
    return wd_window_find(&arc->window, sketch->of_sequence, &slot) &&
           wd_str_equal(wd_kept_uri(wd_archive_at(arc, slot)), sketch->uri);
}

/* Lets go what is too old for the sketch, and takes it in, but for the indexes; returns
 * its slot. */
static int remember(struct wd_archive *arc, const struct wd_sketch *sketch,
                    uint32_t *ret_slot)
{
    struct wd_kept_room room;
    struct wd_print print = wd_kept_form(sketch, &room);
    bool is_new = sketch->verdict == WD_VERDICT_UNIQUE;
    bool is_news =
        is_new || (sketch->verdict == WD_VERDICT_UPDATE && !is_of_its_item(arc, sketch));
    while (wd_window_is_due(&arc->window, sketch->timestamp_ms))
        forget_oldest(arc);
    if (!wd_kept_push(&arc->window, sketch, &print, ret_slot))
        return WD_ENOMEM;
    note_news(arc, *ret_slot, is_news);
    if (is_new)
        wd_census_add(&arc->census, &print);
    return WD_OK;
}

static int index_one(struct wd_postings *post, uint64_t hash, uint32_t slot)
{
    uint32_t key = fold_hash(hash);
    return wd_postings_add(post, &key, 1, slot);
}

static int index_sketch(struct wd_archive *arc, const struct wd_sketch *sketch,
                        uint32_t slot)
{
    uint64_t uri = wd_hash(sketch->uri, WD_SEED_CLUSTER);
    int r = wd_postings_add(&arc->keys, sketch->keys, sketch->n_keys, slot);
    if (r == WD_OK)
        r = index_one(&arc->uris, uri, slot);
    if (r == WD_OK)
        r = index_one(&arc->contents, sketch->content_hash, slot);
    if (r == WD_OK && sketch->cluster != uri)
        r = index_one(&arc->joiners, sketch->cluster, slot);
    return r;
}

int wd_archive_take(struct wd_archive *arc, const struct wd_sketch *const *sketches,
                    size_t n)
{
    int r = WD_OK;
    for (size_t i = 0; i < n && r == WD_OK; i++) {
        uint32_t slot;
        r = remember(arc, sketches[i], &slot);
        if (r == WD_OK)
            r = index_sketch(arc, sketches[i], slot);
    }
    arc->n_unsettled += n;
    if (r == WD_OK && arc->n_unsettled >= wd_postings_most(&arc->window))
        r = wd_archive_settle(arc);
    return r;
}

int wd_archive_settle(struct wd_archive *arc)
{
    struct wd_postings *const all[] = ALL_POSTINGS(arc);
    int r = WD_OK;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]) && r == WD_OK; i++)
        r = wd_postings_settle(all[i], &arc->window, arc->n_unsettled);
    arc->n_unsettled = 0;
    return r;
}

void wd_archive_reserve(struct wd_archive *arc, size_t n_articles)
{
    enum { TIMES = 16 }; /* few shingles are those of many articles */
    struct wd_postings *const all[] = ALL_POSTINGS(arc);
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        wd_postings_reserve(all[i], n_articles, TIMES);
}
