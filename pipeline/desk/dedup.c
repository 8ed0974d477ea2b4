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
 * many articles have leads to the newest CHAIN_MAX of them only, and counts less the more
 * common it is; `limits.candidates` are compared; of articles with the same words only
 * the first is. Refused: dropping common shingles from the index once they are common.
 * What it held would then depend on articles that have left the window. */
#include "dedup.h"

#include <assert.h>
#include <stdlib.h>

#include "base/article.h"
#include "base/hash.h"
#include "base/sort.h"
#include "index.h"
#include "match.h"
#include "window.h"

enum {
    CHAIN_MAX = 32,      /* articles that one shingle may name */
    SHORT_SHINGLES = 64, /* of texts up to here every shingle is in the index, */
    INDEX_SAMPLING = 3,  /* of longer ones those below 2^32 >> 3 */
};

/* One article of the window; its lists and its uri stand behind it in the same block. */
struct record {
    uint64_t uri_hash;
    uint64_t version_hash;
    uint64_t of_sequence;
    uint64_t sequence;
    uint64_t cluster;
    struct wd_print print;
    const uint32_t *older; /* beside each indexed shingle: the next slot of its chain */
    uint32_t n_indexed;
    uint32_t older_uri; /* slots */
    uint32_t older_content;
    uint8_t verdict;
    bool is_canceled;
    struct wd_str uri;
};

struct dedup {
    struct wd_window window;
    struct wd_index shingles;
    struct wd_index uris;
    struct wd_index contents;
    size_t max_candidates;
};

static int dedup_open(void *state, const struct wd_options *opts, struct wd_error *err)
{
    (void)err;
    struct dedup *dedup = state;
    wd_window_init(&dedup->window, opts->limits.window_articles, opts->limits.window_ms);
    dedup->max_candidates = opts->limits.candidates;
    return WD_OK;
}

static void dedup_close(void *state)
{
    struct dedup *dedup = state;
    wd_window_done(&dedup->window);
    wd_index_done(&dedup->shingles);
    wd_index_done(&dedup->uris);
    wd_index_done(&dedup->contents);
}

static const struct record *record_at(const struct dedup *dedup, uint32_t slot)
{
    return wd_window_at(&dedup->window, slot);
}

static uint32_t fold_hash(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

static uint32_t count_indexed(const struct wd_sketch *sketch)
{
    if (sketch->n_shingles <= SHORT_SHINGLES)
        return sketch->n_sampled;
    uint32_t n = 0;
    while (n < sketch->n_sampled && sketch->shingles[n] <= UINT32_MAX >> INDEX_SAMPLING)
        n++;
    return n;
}

/* --- finding --- */

/* The newest article of the window with this uri. */
static const struct record *find_uri(const struct dedup *dedup, uint64_t uri_hash)
{
    const struct wd_index_entry *entry = wd_index_find(&dedup->uris, fold_hash(uri_hash));
    for (uint32_t slot = entry ? entry->newest : 0;
         entry && wd_window_has(&dedup->window, slot);) {
        const struct record *rec = record_at(dedup, slot);
        if (rec->uri_hash == uri_hash)
            return rec;
        slot = rec->older_uri;
    }
    return NULL;
}

static bool is_killed(const struct dedup *dedup, const struct record *rec)
{
    return find_uri(dedup, rec->uri_hash)->is_canceled;
}

/* What an exact copy points to, as long as that is in the window. */
static const struct record *copied_by(const struct dedup *dedup, const struct record *rec)
{
    uint32_t slot;
    if (rec->verdict != WD_VERDICT_EXACT ||
        !wd_window_find(&dedup->window, rec->of_sequence, &slot))
        return NULL;
    const struct record *of = record_at(dedup, slot);
    return of->print.content_hash == rec->print.content_hash ? of : NULL;
}

/* Of articles with the same words, the one that the others point to. Two steps lead to
 * it: from a replay to the first of its uri, and from that to what it copied. */
static const struct record *root_of(const struct dedup *dedup, const struct record *rec)
{
    for (unsigned steps = 0; steps < 2; steps++) {
        const struct record *of = copied_by(dedup, rec);
        if (!of)
            break;
        rec = of;
    }
    return rec;
}

/* The earlier article with the same words. */
static const struct record *find_content(const struct dedup *dedup,
                                         const struct wd_print *print)
{
    if (print->n_words == 0)
        return NULL;
    const struct wd_index_entry *entry =
        wd_index_find(&dedup->contents, fold_hash(print->content_hash));
    uint32_t slot = entry ? entry->newest : 0;
    for (unsigned i = 0; i < CHAIN_MAX; i++) {
        if (!entry || !wd_window_has(&dedup->window, slot))
            return NULL;
        const struct record *rec = record_at(dedup, slot);
        if (rec->print.content_hash == print->content_hash &&
            rec->print.n_words == print->n_words && !is_killed(dedup, rec))
            return root_of(dedup, rec);
        slot = rec->older_content;
    }
    return NULL;
}

/* The slot after `rec` in the chain of `hash`, which is one of its indexed shingles. */
static uint32_t next_in_chain(const struct record *rec, uint32_t hash)
{
    uint32_t low = 0, high = rec->n_indexed;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rec->print.shingles.at[middle] <= hash)
            low = middle;
        else
            high = middle;
    }
    return rec->older[low];
}

/* A hit is the rarity of what is shared above the place of an article in the window. */
static size_t walk_chain(const struct dedup *dedup, uint32_t hash,
                         const struct wd_index_entry *entry, uint64_t *hits)
{
    size_t n = 0;
    for (uint32_t slot = entry ? entry->newest : 0;
         entry && n < CHAIN_MAX && wd_window_has(&dedup->window, slot);
         slot = next_in_chain(record_at(dedup, slot), hash))
        hits[n++] =
            (uint64_t)wd_rarity(entry->n_new) << 32 | (slot - dedup->window.first);
    return n;
}

/* Candidates with the most, and the rarest, in common; the newer first among equals.
 * `hits` becomes their places. */
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
    const struct record *of;
    enum wd_verdict verdict;
    struct wd_likeness like;
    uint32_t n_compared;
};

/* Of several, the one that holds most of the new article, then the one that is nearest as
 * a whole, then the first. The score that made it a copy will not do for this: it knows
 * how sure it is, not how much was copied. */
static bool is_better(const struct wd_likeness *like, const struct record *rec,
                      const struct finding *found)
{
    if (like->containment != found->like.containment)
        return like->containment > found->like.containment;
    if (like->resemblance != found->like.resemblance)
        return like->resemblance > found->like.resemblance;
    return rec->sequence < found->of->sequence;
}

static void consider(struct finding *found, const struct wd_print *print,
                     const struct record *rec)
{
    struct wd_likeness like = wd_match(print, &rec->print);
    enum wd_verdict verdict = wd_judge(&like);
    found->n_compared++;
    if (verdict == WD_VERDICT_UNIQUE)
        return;
    if (!found->of || is_better(&like, rec, found)) {
        found->of = rec;
        found->verdict = verdict;
        found->like = like;
    }
}

/* What the index says of each shingle of the new article. */
struct lookup {
    const struct wd_index_entry **entries; /* NULL for one that no article has */
    uint8_t *rarities;
    size_t n_hits; /* that walking all chains will give, at most */
};

static int look_up(const struct dedup *dedup, struct wd_article *art,
                   const struct wd_print *print, struct lookup *ret_found)
{
    struct wd_hashes shingles = print->shingles;
    struct lookup found = {0};
    found.entries = wd_arena_alloc(&art->arena, shingles.n * sizeof(*found.entries));
    found.rarities = wd_arena_alloc(&art->arena, shingles.n);
    if (!found.entries || !found.rarities)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < shingles.n; i++) {
        uint32_t hash = shingles.at[i];
        const struct wd_index_entry *entry = wd_index_find(&dedup->shingles, hash);
        bool is_known = entry || hash <= UINT32_MAX >> INDEX_SAMPLING;
        uint32_t count = entry ? entry->count : 0;
        found.entries[i] = entry;
        found.rarities[i] = is_known ? wd_rarity(entry ? entry->n_new : 0) : 0;
        found.n_hits += count < CHAIN_MAX ? count : CHAIN_MAX;
    }
    *ret_found = found;
    return WD_OK;
}

/* Compares the new article with the candidates; of copies of one text only with the one
 * that stands for them. `sequences` are theirs. */
static void compare(const struct dedup *dedup, const struct wd_print *print,
                    const uint64_t *sequences, size_t n, struct finding *found)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t slot;
        bool is_there = wd_window_find(&dedup->window, sequences[i], &slot);
        if (is_there && !is_killed(dedup, record_at(dedup, slot)))
            consider(found, print, record_at(dedup, slot));
    }
}

static int find_similar(const struct dedup *dedup, struct wd_article *art,
                        struct wd_print *print, struct finding *found)
{
    struct lookup lookup;
    int r = look_up(dedup, art, print, &lookup);
    if (r < 0)
        return r;
    print->rarities = lookup.rarities;

    uint64_t *hits = wd_arena_alloc(&art->arena, 2 * lookup.n_hits * sizeof(*hits)),
             *spare;
    if (!hits)
        return WD_ENOMEM;
    spare = hits + lookup.n_hits;
    size_t n = 0;
    for (uint32_t i = 0; i < print->shingles.n; i++)
        n += walk_chain(dedup, print->shingles.at[i], lookup.entries[i], hits + n);
    n = rank_hits(dedup, hits, spare, n);
    for (size_t i = 0; i < n; i++) {
        uint32_t slot = dedup->window.first + (uint32_t)hits[i];
        hits[i] = root_of(dedup, record_at(dedup, slot))->sequence;
    }
    wd_sort_keys(hits, spare, n, 64);
    compare(dedup, print, hits, wd_distinct_keys(hits, n), found);
    return WD_OK;
}

/* --- deciding --- */

/* The same uri again: the same words are a replay of it, and point to the first time;
 * others are a newer version. */
static void judge_version(const struct dedup *dedup, struct finding *found,
                          const struct wd_print *print, const struct record *rec)
{
    const struct record *first = copied_by(dedup, rec);
    found->like = wd_match(print, &rec->print);
    found->verdict = found->like.is_same ? WD_VERDICT_EXACT : WD_VERDICT_UPDATE;
    found->of =
        found->like.is_same && first && first->uri_hash == rec->uri_hash ? first : rec;
    found->n_compared = 1;
}

static int decide(const struct dedup *dedup, struct wd_article *art,
                  struct finding *found)
{
    uint32_t *headline =
        wd_arena_alloc(&art->arena, art->sketch.n_terms * sizeof(*headline));
    if (!headline)
        return WD_ENOMEM;
    struct wd_print print = wd_print_of(&art->sketch, headline);
    const struct record *rec = find_uri(dedup, wd_hash(art->sketch.uri, WD_SEED_CLUSTER));
    if (rec && !rec->is_canceled) {
        judge_version(dedup, found, &print, rec);
        return WD_OK;
    }
    rec = find_content(dedup, &print);
    if (rec) {
        consider(found, &print, rec);
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
    if (found.of) {
        facts->of = wd_arena_copy(&art->arena, found.of->uri); /* may leave the window */
        if (!facts->of.data)
            return WD_ENOMEM;
        facts->of_sequence = found.of->sequence;
        facts->cluster = found.of->cluster;
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

static void forget_oldest(struct dedup *dedup)
{
    const struct record *rec = record_at(dedup, dedup->window.first);
    bool is_new = rec->verdict == WD_VERDICT_UNIQUE;
    for (uint32_t i = 0; i < rec->n_indexed; i++)
        wd_index_drop(&dedup->shingles, rec->print.shingles.at[i], is_new);
    wd_index_drop(&dedup->uris, fold_hash(rec->uri_hash), is_new);
    wd_index_drop(&dedup->contents, fold_hash(rec->print.content_hash), is_new);
    wd_window_pop(&dedup->window);
}

/* Moves a list into the block. */
static void keep_list(struct wd_hashes *list, uint32_t **free_words)
{
    if (list->n)
        memcpy(*free_words, list->at, list->n * sizeof(uint32_t));
    list->at = *free_words;
    *free_words += list->n;
}

static size_t record_size(const struct wd_sketch *sketch, uint32_t n_indexed)
{
    size_t n =
        (size_t)sketch->n_sampled + n_indexed + sketch->n_figures + sketch->n_names;
    for (uint32_t i = 0; i < sketch->n_terms; i++)
        n += (sketch->terms[i].flags & WD_TERM_HEADLINE) != 0;
    return sizeof(struct record) + n * sizeof(uint32_t) + sketch->uri.size;
}

/* Fills the cleared `rec` of `size` bytes and enters it into the index. */
static int record_fill(struct dedup *dedup, struct record *rec, size_t size,
                       const struct wd_sketch *sketch, uint32_t slot)
{
    (void)size; /* asserted below; release builds do not */
    rec->uri_hash = wd_hash(sketch->uri, WD_SEED_CLUSTER);
    rec->version_hash = wd_hash(sketch->version, WD_SEED_CONTENT);
    rec->sequence = sketch->sequence;
    rec->of_sequence = sketch->of_sequence;
    rec->cluster = sketch->cluster;
    rec->verdict = (uint8_t)sketch->verdict;
    rec->is_canceled = sketch->is_canceled;

    uint32_t *words = (uint32_t *)(rec + 1);
    rec->print = wd_print_of(sketch, words);
    words += rec->print.headline.n;
    keep_list(&rec->print.shingles, &words);
    keep_list(&rec->print.figures, &words);
    keep_list(&rec->print.names, &words);
    rec->older = words;
    int r = WD_OK;
    bool is_new = sketch->verdict == WD_VERDICT_UNIQUE;
    uint32_t n = count_indexed(sketch);
    for (uint32_t i = 0; i < n && r == WD_OK; i++)
        r = wd_index_add(&dedup->shingles, sketch->shingles[i], slot, is_new, words++);
    rec->n_indexed = n;
    (void)size; /* which only the assertion asks about */
    assert((char *)words + sketch->uri.size <= (char *)rec + size);
    if (sketch->uri.size)
        memcpy(words, sketch->uri.data, sketch->uri.size);
    rec->uri = (struct wd_str){(const char *)words, sketch->uri.size};
    return r;
}

static int dedup_apply(void *state, const struct wd_sketch *sketch)
{
    struct dedup *dedup = state;
    while (wd_window_is_due(&dedup->window, sketch->timestamp_ms))
        forget_oldest(dedup);

    uint32_t slot;
    size_t size = record_size(sketch, count_indexed(sketch));
    struct record *rec = wd_window_push(&dedup->window, sketch->sequence,
                                        sketch->timestamp_ms, size, &slot);
    if (!rec)
        return WD_ENOMEM;
    int r = record_fill(dedup, rec, size, sketch, slot);
    if (r < 0)
        return r;
    bool is_new = sketch->verdict == WD_VERDICT_UNIQUE;
    r = wd_index_add(&dedup->uris, fold_hash(rec->uri_hash), slot, is_new,
                     &rec->older_uri);
    if (r < 0)
        return r;
    return wd_index_add(&dedup->contents, fold_hash(rec->print.content_hash), slot,
                        is_new, &rec->older_content);
}

void wd_dedup_stats(const void *state, struct wd_desk_stats *stats)
{
    const struct dedup *dedup = state;
    stats->window_articles = dedup->window.n;
    stats->index_bytes += dedup->window.bytes + dedup->shingles.bytes +
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
