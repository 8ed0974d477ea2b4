/* story.c -- which story an article belongs to.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One pass, no second thoughts: an article joins the story of the articles that are most
 * like it, or opens one of its own. Likeness is the cosine of the term weights, each
 * times the rarity of the term among the articles of the window. The likeness to a story
 * is the mean over its NEIGHBOURS nearest members: a single close article is not enough
 * once a story has several, so that stories do not grow into one another link by link.
 * Centroids were tried and refused. In a prototype they did no better (B-cubed F1 .88 on
 * the development half of ECB+, both), and a centroid is a sum over the whole past: it
 * drifts, and no log that begins later can restore it. Here, as in dedup.c, the state is
 * what the sketches of the window say, and nothing else.
 *
 * Work is bounded: a term leads to its CHAIN_MAX newest articles, and the COMPARE_MAX
 * that share most are compared. */
#include "story.h"

#include <stdlib.h>

#include "base/article.h"
#include "base/hash.h"
#include "base/log2.h"
#include "base/sort.h"
#include "index.h"
#include "window.h"

enum {
    CHAIN_MAX = 32,
    COMPARE_MAX = 32,
    NEIGHBOURS = 5,
    JOIN_SCORE = 2200,    /* ten-thousandths: measured on stories_dev and the seeds */
    JOIN_TERMS = 3,       /* a story has more in common than one name */
    PRIOR_ARTICLES = 300, /* as if so many had gone before, a hundredth with the term: */
    PRIOR_TERM = 3,       /* rarity then means something from the first article on */
    WHOLE = 10000,
    MS_PER_HOUR = 3600 * 1000,
    FRESH_HOURS = 24, /* so far apart nothing is lost; it is halved after */
    OLD_HOURS = 240,
};

/* One article of the window; its terms and their chains stand behind it. */
struct record {
    uint64_t sequence;
    uint64_t story;
    int64_t time_ms;
    uint32_t n_terms;
    bool is_new;           /* repeats no earlier article */
    const uint32_t *older; /* beside each term: the next slot of its chain */
    struct wd_term terms[];
};

struct story {
    struct wd_window window;
    struct wd_index terms;
    struct wd_index stories; /* by folded id */
};

static int story_open(void *state, const struct wd_options *opts, struct wd_error *err)
{
    (void)err;
    struct story *story = state;
    wd_window_init(&story->window, opts->limits.window_articles, opts->limits.window_ms);
    return WD_OK;
}

static void story_close(void *state)
{
    struct story *story = state;
    wd_window_done(&story->window);
    wd_index_done(&story->terms);
    wd_index_done(&story->stories);
}

static const struct record *record_at(const struct story *story, uint32_t slot)
{
    return wd_window_at(&story->window, slot);
}

static uint32_t fold_hash(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

static int64_t time_of(const struct wd_sketch *sketch)
{
    return sketch->published_ms >= 0 ? sketch->published_ms : sketch->timestamp_ms;
}

/* --- likeness --- */

/* How heavy a term is here and now. */
static uint64_t term_value(const struct story *story, struct wd_term term)
{
    const struct wd_index_entry *entry = wd_index_find(&story->terms, term.hash);
    uint32_t all = wd_log2(story->window.n + PRIOR_ARTICLES);
    uint32_t with = wd_log2((entry ? entry->n_new : 0) + PRIOR_TERM + 1);
    return with < all ? (uint64_t)term.weight * (all - with) : 0;
}

static uint64_t root_of(uint64_t n)
{
    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 31; bit; bit >>= 1) {
        if ((root | bit) * (root | bit) <= n)
            root |= bit;
    }
    return root;
}

/* The new article, weighed once. */
struct query {
    const struct wd_sketch *sketch;
    uint64_t *values;                      /* beside its terms */
    const struct wd_index_entry **entries; /* likewise; NULL: nobody has the term */
    uint64_t length;                       /* of the vector of values */
    size_t n_hits; /* that walking all chains will give, at most */
};

static int weigh(const struct story *story, struct wd_article *art, struct query *query)
{
    const struct wd_sketch *sketch = &art->sketch;
    uint64_t sum = 0;
    *query = (struct query){.sketch = sketch};
    query->values = wd_arena_alloc(&art->arena, sketch->n_terms * sizeof(*query->values));
    query->entries =
        wd_arena_alloc(&art->arena, sketch->n_terms * sizeof(*query->entries));
    if (!query->values || !query->entries)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < sketch->n_terms; i++) {
        const struct wd_index_entry *entry =
            wd_index_find(&story->terms, sketch->terms[i].hash);
        uint32_t count = entry ? entry->count : 0;
        query->entries[i] = entry;
        query->n_hits += count < CHAIN_MAX ? count : CHAIN_MAX;
        query->values[i] = term_value(story, sketch->terms[i]);
        sum += query->values[i] * query->values[i];
    }
    query->length = root_of(sum);
    return WD_OK;
}

/* The farther apart in time, the less two articles are of one story; half at OLD_HOURS
 * and beyond. Without dates nothing is known and nothing taken away. */
static uint64_t fade(int64_t a, int64_t b)
{
    if (a < 0 || b < 0)
        return WHOLE;
    int64_t hours = (a > b ? a - b : b - a) / MS_PER_HOUR;
    if (hours <= FRESH_HOURS)
        return WHOLE;
    if (hours > OLD_HOURS)
        hours = OLD_HOURS;
    return WHOLE -
           (uint64_t)(hours - FRESH_HOURS) * (WHOLE / 2) / (OLD_HOURS - FRESH_HOURS);
}

/* The faded cosine, in ten-thousandths. */
static uint32_t likeness(const struct story *story, const struct query *query,
                         const struct record *rec)
{
    const struct wd_sketch *sketch = query->sketch;
    uint64_t dot = 0, sum = 0;
    uint32_t i = 0, n_shared = 0;
    for (uint32_t k = 0; k < rec->n_terms; k++) {
        uint64_t value = term_value(story, rec->terms[k]);
        sum += value * value;
        while (i < sketch->n_terms && sketch->terms[i].hash < rec->terms[k].hash)
            i++;
        if (i < sketch->n_terms && sketch->terms[i].hash == rec->terms[k].hash) {
            dot += query->values[i] * value;
            n_shared++;
        }
    }
    uint64_t lengths = query->length * root_of(sum);
    if (lengths == 0 || n_shared < JOIN_TERMS)
        return 0;
    uint64_t cosine = dot * WHOLE / lengths;
    cosine = cosine < WHOLE ? cosine : WHOLE;
    return (uint32_t)(cosine * fade(time_of(sketch), rec->time_ms) / WHOLE);
}

/* --- candidates --- */

/* The slot after `rec` in the chain of one of its terms. */
static uint32_t next_in_chain(const struct record *rec, uint32_t hash)
{
    uint32_t low = 0, high = rec->n_terms;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rec->terms[middle].hash <= hash)
            low = middle;
        else
            high = middle;
    }
    return rec->older[low];
}

/* Follows the chains of all terms of the query. A hit is the value of what is shared
 * above the place of an article in the window; they come out by place. */
static size_t find_hits(const struct story *story, const struct query *query,
                        uint64_t *hits, uint64_t *spare)
{
    size_t n = 0;
    for (uint32_t i = 0; i < query->sketch->n_terms; i++) {
        const struct wd_index_entry *entry = query->entries[i];
        uint32_t slot = entry ? entry->newest : 0;
        for (unsigned k = 0;
             entry && k < CHAIN_MAX && wd_window_has(&story->window, slot); k++) {
            hits[n++] = query->values[i] << 32 | (slot - story->window.first);
            slot = next_in_chain(record_at(story, slot), entry->hash);
        }
    }
    wd_sort_keys(hits, spare, n, wd_window_bits(&story->window));
    return n;
}

/* The heaviest COMPARE_MAX of them, the newer first among equals; as places. */
static size_t rank_hits(uint64_t *hits, size_t n)
{
    size_t n_ranked = 0;
    for (size_t i = 0, end; i < n; i = end) {
        uint32_t place = (uint32_t)hits[i], weight = 0;
        for (end = i; end < n && (uint32_t)hits[end] == place; end++)
            weight += (uint32_t)(hits[end] >> 32);
        hits[n_ranked++] = (uint64_t)(UINT32_MAX - weight) << 32 | (UINT32_MAX - place);
    }
    n_ranked = wd_lowest_keys(hits, n_ranked, COMPARE_MAX);
    for (size_t i = 0; i < n_ranked; i++)
        hits[i] = UINT32_MAX - (hits[i] & UINT32_MAX);
    return n_ranked;
}

/* --- deciding --- */

struct neighbour {
    uint64_t story;
    uint64_t sequence;
    uint32_t likeness;
};

/* By story, the nearest first. */
static int compare_neighbours(const void *a, const void *b)
{
    const struct neighbour *x = a, *y = b;
    if (x->story != y->story)
        return x->story < y->story ? -1 : 1;
    if (x->likeness != y->likeness)
        return x->likeness > y->likeness ? -1 : 1;
    return (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

/* Articles of the window in a story. */
static uint32_t story_size(const struct story *story, uint64_t id)
{
    const struct wd_index_entry *entry = wd_index_find(&story->stories, fold_hash(id));
    return entry ? entry->count : 0;
}

/* Mean of the nearest NEIGHBOURS; members that are not among the neighbours count as
 * having nothing in common. */
static uint32_t story_score(const struct story *story, const struct neighbour *near,
                            size_t n)
{
    uint32_t size = story_size(story, near->story), sum = 0;
    uint32_t wanted = size < NEIGHBOURS ? size : NEIGHBOURS;
    for (size_t i = 0; i < n && i < wanted; i++)
        sum += near[i].likeness;
    return wanted ? sum / wanted : 0;
}

/* The best story for the neighbours, which it sorts. */
static struct wd_story choose(const struct story *story, struct neighbour *near, size_t n)
{
    struct wd_story best = {0};
    uint64_t newest = 0; /* nearest member of the best: the tie goes to the later one */
    qsort(near, n, sizeof(*near), compare_neighbours);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && near[end].story == near[i].story;)
            end++;
        uint32_t score = story_score(story, near + i, end - i);
        if (score > best.score || (score == best.score && near[i].sequence > newest)) {
            best = (struct wd_story){near[i].story, 0, (uint16_t)score};
            newest = near[i].sequence;
        }
    }
    return best;
}

static int find_story(const struct story *story, struct wd_article *art,
                      struct wd_story *ret_best)
{
    struct query query;
    int r = weigh(story, art, &query);
    if (r < 0)
        return r;
    size_t room = query.n_hits;
    uint64_t *hits = wd_arena_alloc(&art->arena, 2 * room * sizeof(*hits));
    struct neighbour *near = wd_arena_alloc(&art->arena, COMPARE_MAX * sizeof(*near));
    if (!hits || !near)
        return WD_ENOMEM;
    size_t n = find_hits(story, &query, hits, hits + room);
    n = rank_hits(hits, n);
    for (size_t i = 0; i < n; i++) {
        uint32_t slot = story->window.first + (uint32_t)hits[i];
        const struct record *rec = record_at(story, slot);
        near[i] =
            (struct neighbour){rec->story, rec->sequence, likeness(story, &query, rec)};
    }
    *ret_best = choose(story, near, n);
    return WD_OK;
}

static int story_run(void *state, struct wd_article *art)
{
    const struct story *story = state;
    struct wd_sketch *sketch = &art->sketch;
    struct wd_story best = {0};
    uint32_t slot;
    if (sketch->of_sequence &&
        wd_window_find(&story->window, sketch->of_sequence, &slot)) {
        best = (struct wd_story){record_at(story, slot)->story, 0, WHOLE};
    } else {
        int r = find_story(story, art, &best);
        if (r < 0)
            return r;
        if (best.score < JOIN_SCORE)
            best = (struct wd_story){wd_hash(sketch->uri, WD_SEED_STORY), 0, WHOLE};
    }
    best.size = story_size(story, best.id) + 1;
    art->facts.story = best;
    sketch->story = best.id;
    return WD_OK;
}

/* --- remembering --- */

static void forget_oldest(struct story *story)
{
    const struct record *rec = record_at(story, story->window.first);
    for (uint32_t i = 0; i < rec->n_terms; i++)
        wd_index_drop(&story->terms, rec->terms[i].hash, rec->is_new);
    wd_index_drop(&story->stories, fold_hash(rec->story), rec->is_new);
    wd_window_pop(&story->window);
}

static int story_apply(void *state, const struct wd_sketch *sketch)
{
    struct story *story = state;
    while (wd_window_is_due(&story->window, sketch->timestamp_ms))
        forget_oldest(story);

    uint32_t slot, n = sketch->n_terms, ignored;
    size_t size = sizeof(struct record) + n * (sizeof(struct wd_term) + sizeof(uint32_t));
    struct record *rec = wd_window_push(&story->window, sketch->sequence,
                                        sketch->timestamp_ms, size, &slot);
    if (!rec)
        return WD_ENOMEM;
    rec->sequence = sketch->sequence;
    rec->story = sketch->story;
    rec->time_ms = time_of(sketch);
    rec->n_terms = n;
    rec->is_new = sketch->verdict == WD_VERDICT_UNIQUE;
    if (n)
        memcpy(rec->terms, sketch->terms, n * sizeof(struct wd_term));
    uint32_t *older = (uint32_t *)(rec->terms + n);
    rec->older = older;
    int r = WD_OK;
    for (uint32_t i = 0; i < n && r == WD_OK; i++)
        r = wd_index_add(&story->terms, sketch->terms[i].hash, slot, rec->is_new,
                         older++);
    if (r < 0)
        return r;
    return wd_index_add(&story->stories, fold_hash(sketch->story), slot, rec->is_new,
                        &ignored);
}

void wd_story_stats(const void *state, struct wd_desk_stats *stats)
{
    const struct story *story = state;
    stats->stories = wd_index_count(&story->stories);
    stats->index_bytes += story->window.bytes + story->terms.bytes + story->stories.bytes;
}

const struct wd_stage wd_stage_story = {
    .name = "story",
    .summary = "finds the story that the article belongs to",
    .needs = WD_HAS_SKETCH | WD_HAS_VERDICT,
    .gives = WD_HAS_STORY,
    .is_ordered = true,
    .state_size = sizeof(struct story),
    .open = story_open,
    .run = story_run,
    .apply = story_apply,
    .close = story_close,
};
