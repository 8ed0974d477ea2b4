/* dedup.c -- which earlier article an article repeats.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The state is the window: what the sketches of its articles say, and an index over them.
 * It holds nothing else, no running counters and no clock, so any log that reaches back
 * to the start of the window restores it exactly.
 *
 * For each article: the earlier one of the same uri or of the same words is found by
 * hash. Otherwise the index over sampled shingles names candidates, the best of them are
 * compared (match.h), and the one for which most speaks decides.
 *
 * The work for one article is bounded whatever the stream is made of. A shingle that very
 * many articles have leads to the newest WD_POSTINGS_MAX of them only, and counts less
 * the more common it is; `limits.candidates` are compared; of articles with the same
 * words only the first is. Refused: dropping common shingles from the index once they are
 * common. What it held would then depend on articles that have left the window. */
#include "dedup.h"

#include <assert.h>
#include <stdlib.h>

#include "base/article.h"
#include "base/hash.h"
#include "base/sort.h"
#include "kept.h"
#include "match.h"
#include "postings.h"
#include "window.h"

enum {
    NAME_BITS = 24,   /* of the hash of a uri or a text: what is found is compared */
    SURE_PRINTS = 16, /* so many of the lowest are keys of every article that has them */
};

struct dedup {
    struct wd_window window;
    struct wd_postings keys;
    struct wd_postings uris;
    struct wd_postings contents;
    size_t max_candidates;
};

static int dedup_open(void *state, const struct wd_options *opts, struct wd_error *err)
{
    (void)err;
    struct dedup *dedup = state;
    wd_window_init(&dedup->window, opts->limits.window_articles, opts->limits.window_ms);
    wd_postings_init(&dedup->keys, dedup->window.max, WD_KEY_BITS);
    wd_postings_init(&dedup->uris, dedup->window.max, NAME_BITS);
    wd_postings_init(&dedup->contents, dedup->window.max, NAME_BITS);
    dedup->max_candidates = opts->limits.candidates;
    return WD_OK;
}

static void dedup_close(void *state)
{
    struct dedup *dedup = state;
    wd_window_done(&dedup->window);
    wd_postings_done(&dedup->keys);
    wd_postings_done(&dedup->uris);
    wd_postings_done(&dedup->contents);
}

static uint32_t fold_hash(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

/* --- finding --- */

/* Whether slot a is that of a newer article than slot b. */
static bool is_newer(const struct dedup *dedup, uint32_t a, uint32_t b)
{
    return a - dedup->window.first > b - dedup->window.first;
}

/* The newest article of the window with this uri; false when there is none. */
static bool find_uri(const struct dedup *dedup, struct wd_str uri, uint32_t *ret_slot)
{
    uint32_t slots[WD_POSTINGS_MAX];
    unsigned n = wd_postings_find(&dedup->uris, &dedup->window,
                                  fold_hash(wd_hash(uri, WD_SEED_CLUSTER)), slots);
    bool is_found = false;
    for (unsigned i = 0; i < n; i++) {
        const struct wd_kept *kept = wd_kept_at(&dedup->window, slots[i]);
        if (!wd_str_equal(wd_kept_uri(kept), uri) ||
            (is_found && is_newer(dedup, *ret_slot, slots[i])))
            continue;
        *ret_slot = slots[i];
        is_found = true;
    }
    return is_found;
}

static bool is_killed(const struct dedup *dedup, uint32_t slot)
{
    if (!find_uri(dedup, wd_kept_uri(wd_kept_at(&dedup->window, slot)), &slot))
        return false;
    return wd_kept_at(&dedup->window, slot)->is_canceled;
}

/* What the article says that it repeats; false when that is no longer in the window. */
static bool find_of(const struct dedup *dedup, uint32_t slot, uint32_t *ret_slot)
{
    uint32_t distance = wd_kept_at(&dedup->window, slot)->of_distance;
    return distance &&
           wd_window_find(&dedup->window,
                          wd_window_sequence(&dedup->window, slot) - distance, ret_slot);
}

/* What an exact copy points to, as long as that is in the window. */
static bool find_copied(const struct dedup *dedup, uint32_t slot, uint32_t *ret_slot)
{
    const struct wd_kept *kept = wd_kept_at(&dedup->window, slot);
    uint32_t of;
    if (kept->verdict != WD_VERDICT_EXACT || !find_of(dedup, slot, &of) ||
        wd_kept_at(&dedup->window, of)->content_hash != kept->content_hash)
        return false;
    *ret_slot = of;
    return true;
}

/* Of articles with the same words, the one that the others point to. Two steps lead to
 * it: from a replay to the first of its uri, and from that to what it copied. */
static uint32_t root_of(const struct dedup *dedup, uint32_t slot)
{
    for (unsigned steps = 0; steps < 2 && find_copied(dedup, slot, &slot);)
        steps++;
    return slot;
}

/* The newest earlier article with the same words, or the one that it copied. */
static bool find_content(const struct dedup *dedup, const struct wd_print *print,
                         uint32_t *ret_slot)
{
    uint32_t slots[WD_POSTINGS_MAX];
    unsigned n = wd_postings_find(&dedup->contents, &dedup->window,
                                  fold_hash(print->content_hash), slots);
    bool is_found = false;
    for (unsigned i = 0; i < n && print->n_words > 0; i++) {
        const struct wd_kept *kept = wd_kept_at(&dedup->window, slots[i]);
        if (kept->content_hash != print->content_hash ||
            kept->n_words != print->n_words || is_killed(dedup, slots[i]) ||
            (is_found && is_newer(dedup, *ret_slot, slots[i])))
            continue;
        *ret_slot = slots[i];
        is_found = true;
    }
    if (is_found)
        *ret_slot = root_of(dedup, *ret_slot);
    return is_found;
}

/* Candidates with the most, and the rarest, in common; the newer first among equals. A
 * hit is the rarity of what is shared above the place of an article in the window; they
 * become places. */
static size_t rank_hits(const struct dedup *dedup, uint64_t *hits, uint64_t *spare,
                        size_t n)
{
    size_t n_ranked = 0;
    wd_sort_keys(hits, spare, n, wd_window_bits(&dedup->window));
    for (size_t i = 0, end; i < n; i = end) {
        uint32_t place = (uint32_t)hits[i], weight = 0;
        for (end = i; end < n && (uint32_t)hits[end] == place; end++)
            weight += (uint32_t)(hits[end] >> 32);
        hits[n_ranked++] = (uint64_t)(UINT32_MAX - weight) << 32 | (UINT32_MAX - place);
    }
    n_ranked = wd_lowest_keys(hits, n_ranked, dedup->max_candidates);
    for (size_t i = 0; i < n_ranked; i++)
        hits[i] = UINT32_MAX - (hits[i] & UINT32_MAX);
    return n_ranked;
}

struct finding {
    bool is_found;
    uint32_t slot; /* of what it repeats */
    enum wd_verdict verdict;
    struct wd_likeness like;
    uint32_t n_compared;
};

/* Of several, the one that holds most of the new article, then the one that is nearest as
 * a whole, then the first. The score that made it a copy will not do for this: it knows
 * how sure it is, not how much was copied. */
static bool is_better(const struct dedup *dedup, const struct wd_likeness *like,
                      uint32_t slot, const struct finding *found)
{
    if (like->containment != found->like.containment)
        return like->containment > found->like.containment;
    if (like->resemblance != found->like.resemblance)
        return like->resemblance > found->like.resemblance;
    return is_newer(dedup, found->slot, slot);
}

static struct wd_likeness likeness_to(const struct dedup *dedup,
                                      const struct wd_print *print, uint32_t slot)
{
    struct wd_kept_room room;
    struct wd_print that = wd_kept_print(wd_kept_at(&dedup->window, slot), &room);
    return wd_match(print, &that);
}

static void consider(const struct dedup *dedup, struct finding *found,
                     const struct wd_print *print, uint32_t slot)
{
    struct wd_likeness like = likeness_to(dedup, print, slot);
    enum wd_verdict verdict = wd_judge(&like);
    found->n_compared++;
    if (verdict == WD_VERDICT_UNIQUE)
        return;
    if (!found->is_found || is_better(dedup, &like, slot, found)) {
        found->is_found = true;
        found->slot = slot;
        found->verdict = verdict;
        found->like = like;
    }
}

/* What the index says about the shingles of the new article. */
struct lookup {
    uint64_t *hits; /* as rank_hits() takes them, with as much room to spare behind */
    size_t n_hits;
    size_t room;
    uint8_t *rarities; /* beside the prints */
};

/* Appends the articles of one probe; returns how rare it is. Only articles that repeat
 * nothing count: a text is no more common for having been reprinted often. */
static uint8_t add_hits(const struct dedup *dedup, const uint32_t *slots, unsigned n,
                        struct lookup *lookup)
{
    uint32_t n_new = 0;
    for (unsigned i = 0; i < n; i++)
        n_new += wd_kept_at(&dedup->window, slots[i])->verdict == WD_VERDICT_UNIQUE;
    uint8_t rarity = wd_rarity(n_new);
    for (unsigned i = 0; i < n; i++)
        lookup->hits[lookup->n_hits++] =
            (uint64_t)rarity << 32 | (slots[i] - dedup->window.first);
    return rarity;
}

static int look_up(const struct dedup *dedup, struct wd_article *art,
                   struct lookup *ret_lookup)
{
    const struct wd_sketch *sketch = &art->sketch;
    struct lookup lookup = {.room = sketch->n_probes * (size_t)WD_POSTINGS_MAX};
    lookup.rarities = wd_arena_alloc(&art->arena, sketch->n_prints);
    lookup.hits = wd_arena_alloc(&art->arena, 2 * lookup.room * sizeof(*lookup.hits));
    if (!lookup.rarities || !lookup.hits)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < sketch->n_probes; i++) {
        uint32_t slots[WD_POSTINGS_MAX];
        unsigned n =
            wd_postings_find(&dedup->keys, &dedup->window, sketch->probes[i], slots);
        uint8_t rarity = add_hits(dedup, slots, n, &lookup);
        if (i < sketch->n_prints)
            lookup.rarities[i] = n > 0 || i < SURE_PRINTS ? rarity : 0;
    }
    *ret_lookup = lookup;
    return WD_OK;
}

static int find_similar(const struct dedup *dedup, struct wd_article *art,
                        struct wd_print *print, struct finding *found)
{
    struct lookup lookup;
    int r = look_up(dedup, art, &lookup);
    if (r < 0)
        return r;
    print->rarities = lookup.rarities;
    uint64_t *hits = lookup.hits;
    size_t n = rank_hits(dedup, hits, hits + lookup.room, lookup.n_hits);
    for (size_t i = 0; i < n; i++)
        hits[i] =
            root_of(dedup, dedup->window.first + (uint32_t)hits[i]) - dedup->window.first;
    wd_sort_keys(hits, hits + lookup.room, n, 32);
    n = wd_distinct_keys(hits, n);
    for (size_t i = 0; i < n; i++) {
        uint32_t slot = dedup->window.first + (uint32_t)hits[i];
        if (!is_killed(dedup, slot))
            consider(dedup, found, print, slot);
    }
    return WD_OK;
}

/* --- deciding --- */

/* The same uri again: the same words are a replay of it, and point to the first time;
 * others are a newer version. */
static void judge_version(const struct dedup *dedup, struct finding *found,
                          const struct wd_print *print, uint32_t slot)
{
    uint32_t first;
    found->is_found = true;
    found->like = likeness_to(dedup, print, slot);
    found->verdict = found->like.is_same ? WD_VERDICT_EXACT : WD_VERDICT_UPDATE;
    found->slot = slot;
    if (found->like.is_same && find_copied(dedup, slot, &first) &&
        wd_str_equal(wd_kept_uri(wd_kept_at(&dedup->window, first)),
                     wd_kept_uri(wd_kept_at(&dedup->window, slot))))
        found->slot = first;
    found->n_compared = 1;
}

static int decide(const struct dedup *dedup, struct wd_article *art,
                  struct finding *found)
{
    uint16_t headline[WD_TERMS_MAX];
    struct wd_print print = wd_print_of(&art->sketch, headline);
    uint32_t slot;
    for (uint32_t i = 0; i < art->sketch.n_probes; i++)
        wd_postings_prefetch(&dedup->keys, art->sketch.probes[i]);
    if (find_uri(dedup, art->sketch.uri, &slot) &&
        !wd_kept_at(&dedup->window, slot)->is_canceled) {
        judge_version(dedup, found, &print, slot);
        return WD_OK;
    }
    if (find_content(dedup, &print, &slot)) {
        consider(dedup, found, &print, slot);
        return WD_OK;
    }
    return find_similar(dedup, art, &print, found);
}

static int dedup_run(void *state, struct wd_article *art)
{
    const struct dedup *dedup = state;
    struct finding found = {.verdict = WD_VERDICT_UNIQUE};
    int r = decide(dedup, art, &found);
    if (r < 0)
        return r;

    struct wd_dedup *facts = &art->facts.dedup;
    struct wd_sketch *sketch = &art->sketch;
    *facts = (struct wd_dedup){.verdict = found.verdict,
                               .cluster = wd_hash(sketch->uri, WD_SEED_CLUSTER),
                               .candidates = found.n_compared};
    if (found.is_found) {
        const struct wd_kept *of = wd_kept_at(&dedup->window, found.slot);
        facts->of = wd_arena_copy(&art->arena, wd_kept_uri(of)); /* it may leave */
        if (!facts->of.data)
            return WD_ENOMEM;
        facts->of_sequence = wd_window_sequence(&dedup->window, found.slot);
        facts->cluster = of->cluster;
        facts->resemblance = found.like.resemblance;
        facts->containment = found.like.containment;
        facts->contained = found.like.contained;
    }
    sketch->verdict = facts->verdict;
    sketch->of_sequence = facts->of_sequence;
    sketch->cluster = facts->cluster;
    return WD_OK;
}

/* --- remembering --- */

static int remember_keys(struct dedup *dedup, const struct wd_sketch *sketch)
{
    for (uint32_t i = 0; i < sketch->n_keys; i++)
        wd_postings_prefetch(&dedup->keys, sketch->keys[i]);
    for (uint32_t i = 0; i < sketch->n_keys; i++) {
        int r = wd_postings_add(&dedup->keys, &dedup->window, sketch->keys[i]);
        if (r < 0)
            return r;
    }
    return wd_postings_tidy(&dedup->keys, &dedup->window);
}

static int remember_name(struct dedup *dedup, struct wd_postings *names, uint64_t hash)
{
    int r = wd_postings_add(names, &dedup->window, fold_hash(hash));
    return r < 0 ? r : wd_postings_tidy(names, &dedup->window);
}

static int dedup_apply(void *state, const struct wd_sketch *sketch)
{
    struct dedup *dedup = state;
    uint64_t uri = wd_hash(sketch->uri, WD_SEED_CLUSTER);
    while (wd_window_is_due(&dedup->window, sketch->timestamp_ms))
        wd_window_pop(&dedup->window);
    wd_postings_prefetch(&dedup->uris, fold_hash(uri));
    wd_postings_prefetch(&dedup->contents, fold_hash(sketch->content_hash));
    if (!wd_kept_push(&dedup->window, sketch))
        return WD_ENOMEM;
    int r = remember_keys(dedup, sketch);
    if (r == WD_OK)
        r = remember_name(dedup, &dedup->uris, uri);
    if (r == WD_OK)
        r = remember_name(dedup, &dedup->contents, sketch->content_hash);
    return r;
}

void wd_dedup_stats(const void *state, struct wd_desk_stats *stats)
{
    const struct dedup *dedup = state;
    stats->window_articles = dedup->window.n;
    stats->index_bytes += wd_window_bytes(&dedup->window) + dedup->keys.bytes +
                          dedup->uris.bytes + dedup->contents.bytes;
}

const struct wd_stage wd_stage_dedup = {
    .name = "dedup",
    .summary = "finds the earlier article that this one repeats",
    .needs = WD_HAS_SKETCH,
    .gives = WD_HAS_VERDICT,
    .is_ordered = true,
    .state_size = sizeof(struct dedup),
    .open = dedup_open,
    .run = dedup_run,
    .apply = dedup_apply,
    .close = dedup_close,
};
