/* story.c -- which story an article belongs to.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One pass, no second thoughts: an article joins the story of the articles that are most
 * like it, or opens one of its own. Likeness is the cosine of what they are about, with
 * what their figures say beyond it (subject.c), each term and figure times its rarity
 * among the articles of the window, and less the farther they are apart in time. The
 * likeness to a story is the mean over its NEIGHBOURS nearest members: a single close
 * article is not enough once a story has several, so that stories do not grow into one
 * another link by link.
 * Centroids were tried and refused. In a prototype they did no better (B-cubed F1 .88 on
 * the development half of ECB+, both), and a centroid is a sum over the whole past: it
 * drifts, and no log that begins later can restore it. Here, as in dedup.c, the state is
 * what the sketches of the window say, and nothing else.
 *
 * Two stories that are one begin apart when their first articles have little in common,
 * until one comes that is near to both: the younger then becomes part of the older. That
 * takes much more than joining does, since nobody looks at all their pairs, and only
 * small stories are taken over, so that what has grown large by itself stays so.
 *
 * An article is weighed once, when it comes: the weights that go into its sketch are
 * those of a vector of length one, rarity included. So nobody has to ask again, for each
 * of the terms of each candidate, how rare it is by now; that was most of the work.
 *
 * Work is bounded: a term leads to its WD_POSTINGS_MAX newest articles, and the
 * COMPARE_MAX that share most are compared. */
#include "story.h"

#include <stddef.h>

#include "base/article.h"
#include "base/hash.h"
#include "base/log2.h"
#include "base/lookup.h"
#include "base/root.h"
#include "base/term_lists.h"
#include "counts.h"
#include "hits.h"
#include "index.h"
#include "postings.h"
#include "subject.h"
#include "window.h"

enum {
    COMPARE_MAX = 32,
    NEIGHBOURS = 4,
    FIGURE_WEIGHT = 30,   /* of a figure, as terms.c weighs terms: 35 does as well */
    FORM_SHARE = 7000,    /* of what an article that fills in a form is like others */
    JOIN_SCORE = 2550,    /* ten-thousandths: measured on stories_dev and the seeds */
    MERGE_SCORE = 3800,   /* of the second story, likewise: 3800 to 4000 do as well */
    MERGE_MAX = 24,       /* articles of a story that becomes part of another */
    WALK_MAX = 1024,      /* articles of that other */
    PRIOR_ARTICLES = 300, /* as if so many had gone before, a hundredth with the term: */
    PRIOR_TERM = 3,       /* rarity then means something from the first article on */
    WHOLE = WD_SUBJECT_WHOLE,
    SECONDS_PER_HOUR = 3600,
    FRESH_HOURS = 24, /* so far apart nothing is lost */
    OLD_HOURS = 240,
};

/* One article of the window. */
struct member {
    uint64_t story;
    uint32_t seconds;      /* + 1; 0: unknown */
    uint32_t older_member; /* slot, of the same story */
    uint8_t n_terms;       /* of its subject */
    uint8_t n;             /* terms and figures */
    bool is_new;           /* repeats no earlier article */
    uint16_t subject[];
};

struct story {
    struct wd_window window;
    struct wd_postings terms;
    size_t n_unsettled; /* articles that no term leads to yet */
    struct wd_counts counts;
    struct wd_index stories; /* by folded id */
};

static int story_open(void *state, const struct wd_options *opts, struct wd_error *err)
{
    struct story *story = state;
    wd_window_init(&story->window, opts->limits.window_articles, opts->limits.window_ms);
    wd_postings_init(&story->terms, story->window.max, WD_TERM_BITS);
    int r = wd_counts_init(&story->counts, WD_TERM_HASH_BITS, WD_TERM_HASH_BITS);
    return r < 0 ? wd_error_set(err, r, WD_NO_OFFSET, NULL) : WD_OK;
}

static void story_close(void *state)
{
    struct story *story = state;
    wd_window_done(&story->window);
    wd_postings_done(&story->terms);
    wd_counts_done(&story->counts);
    wd_index_done(&story->stories);
}

static const struct member *member_at(const struct story *story, uint32_t slot)
{
    return wd_window_at(&story->window, slot);
}

static uint32_t fold_hash(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

static uint32_t seconds_of(const struct wd_sketch *sketch)
{
    int64_t ms = sketch->published_ms >= 0 ? sketch->published_ms : sketch->timestamp_ms;
    if (ms < 0)
        return 0;
    return ms / 1000 + 1 < UINT32_MAX ? (uint32_t)(ms / 1000 + 1) : UINT32_MAX;
}

/* With so many terms, and with figures so many in all. */
static size_t member_size(uint32_t n_terms, uint32_t n)
{
    return offsetof(struct member, subject) + wd_subject_size(n_terms, n);
}

/* --- weighing --- */

/* What a term or figure of this weight is worth here and now. */
static uint64_t value_of(const struct story *story, uint16_t hash, uint32_t weight)
{
    uint32_t all = wd_log2(story->window.n + PRIOR_ARTICLES);
    uint32_t with = wd_log2(wd_counts_of(&story->counts, hash) + PRIOR_TERM + 1);
    return with < all ? (uint64_t)weight * (all - with) : 0;
}

/* Gives the sketch its final weights: what the terms of the article are worth, of a
 * vector of length WD_SUBJECT_UNIT that its figures are part of. Terms that are worth
 * nothing here keep the least weight. */
static int weigh(const struct story *story, struct wd_article *art)
{
    struct wd_sketch *sketch = &art->sketch;
    uint64_t values[WD_TERMS_MAX], sum = 0;
    uint8_t *weights = wd_arena_alloc(&art->arena, WD_TERMS_MAX);
    if (!weights)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < sketch->terms.n; i++) {
        values[i] = value_of(story, sketch->terms.hashes[i], art->term_weights[i]);
        sum += values[i] * values[i];
    }
    for (uint32_t i = 0; i < wd_subject_figures(sketch); i++) {
        uint64_t value = value_of(story, sketch->figures[i], FIGURE_WEIGHT);
        sum += value * value;
    }
    uint64_t length = wd_root(sum);
    for (uint32_t i = 0; i < sketch->terms.n; i++) {
        uint64_t weight = length ? values[i] * WD_SUBJECT_UNIT / length : 0;
        weights[i] = (uint8_t)(weight == 0                ? 1
                               : weight < WD_SUBJECT_UNIT ? weight
                                                          : WD_SUBJECT_UNIT);
    }
    sketch->terms.weights = weights;
    return WD_OK;
}

/* How rare each figure is among the articles of the window. */
static void rate_figures(const struct story *story, struct wd_subject *subject)
{
    enum { FINE_BITS = 32 }; /* one division for all */
    uint64_t most = wd_log2(story->window.n + PRIOR_ARTICLES) - wd_log2(PRIOR_TERM + 1);
    uint64_t scale = ((uint64_t)WD_SUBJECT_UNIT << FINE_BITS) / most;
    for (uint32_t i = subject->n_terms; i < subject->n; i++)
        subject->rarities[i - subject->n_terms] =
            (uint8_t)(value_of(story, subject->hashes[i], 1) * scale >> FINE_BITS);
}

/* --- likeness --- */

/* The farther apart in time, the less two articles are of one story: half at OLD_HOURS, a
 * quarter at twice that, and so on to nothing, for the window alone does not part them
 * when files carry dates but no record times. Without dates nothing is known and nothing
 * taken away. */
static uint64_t fade(uint32_t a, uint32_t b)
{
    if (a == 0 || b == 0)
        return WHOLE;
    uint32_t hours = (a > b ? a - b : b - a) / SECONDS_PER_HOUR;
    if (hours <= FRESH_HOURS)
        return WHOLE;
    if (hours > OLD_HOURS)
        return (uint64_t)WHOLE / 2 * OLD_HOURS / hours;
    return WHOLE -
           (uint64_t)(hours - FRESH_HOURS) * (WHOLE / 2) / (OLD_HOURS - FRESH_HOURS);
}

/* --- candidates --- */

/* Looks up all terms, and counts those that too many articles have. */
static void find_hits(const struct story *story, const struct wd_sketch *sketch,
                      struct wd_hits *hits, uint32_t *n_capped)
{
    const struct wd_terms *terms = &sketch->terms;
    for (uint32_t i = 0; i < terms->n; i++)
        wd_postings_prefetch(&story->terms, wd_term_key(terms, i), 1);
    for (uint32_t i = 0; i < terms->n; i++) {
        uint32_t slots[WD_POSTINGS_MAX];
        unsigned n_slots =
            wd_postings_find(&story->terms, &story->window, wd_term_key(terms, i), slots);
        *n_capped += n_slots == WD_POSTINGS_MAX;
        for (unsigned k = 0; k < n_slots; k++)
            wd_hits_add(hits, slots[k] - story->window.first, terms->weights[i]);
    }
}

/* The places of the COMPARE_MAX articles that share the heaviest terms. */
static int find_members(const struct story *story, struct wd_article *art,
                        struct wd_hits *hits)
{
    const struct wd_sketch *sketch = &art->sketch;
    uint32_t *caps = art->facts.caps;
    bool is_cut;
    int r = wd_hits_init(hits, &art->arena, sketch->terms.n * (size_t)WD_POSTINGS_MAX);
    if (r < 0)
        return r;
    find_hits(story, sketch, hits, &caps[WD_CAP_ARTICLES]);
    r = wd_hits_choose(hits, &art->arena, COMPARE_MAX, &is_cut);
    if (r == WD_OK)
        caps[WD_CAP_CANDIDATES] += is_cut;
    return r;
}

/* --- deciding --- */

struct neighbour {
    uint64_t story;
    uint32_t place; /* in the window */
    uint32_t likeness;
};

/* By story, the nearest first. */
static bool stands_before(const struct neighbour *a, const struct neighbour *b)
{
    if (a->story != b->story)
        return a->story < b->story;
    if (a->likeness != b->likeness)
        return a->likeness > b->likeness;
    return a->place < b->place;
}

/* They are too few for qsort() to be worth its calls. */
static void sort_neighbours(struct neighbour *near, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct neighbour next = near[i];
        size_t at = i;
        for (; at > 0 && stands_before(&next, &near[at - 1]); at--)
            near[at] = near[at - 1];
        near[at] = next;
    }
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

/* A story that the article may belong to. */
struct choice {
    uint64_t id;
    uint32_t score;
    uint32_t place; /* of the nearest member: a tie goes to the later one */
};

static bool is_better(const struct choice *a, const struct choice *b)
{
    return a->score != b->score ? a->score > b->score : a->place > b->place;
}

/* The best two stories for the neighbours, which it sorts; ids of 0 are none. */
static void choose(const struct story *story, struct neighbour *near, size_t n,
                   struct choice best[2])
{
    best[0] = best[1] = (struct choice){0};
    sort_neighbours(near, n);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && near[end].story == near[i].story;)
            end++;
        struct choice choice = {near[i].story, story_score(story, near + i, end - i),
                                near[i].place};
        if (is_better(&choice, &best[0])) {
            best[1] = best[0];
            best[0] = choice;
        } else if (is_better(&choice, &best[1])) {
            best[1] = choice;
        }
    }
}

/* The slot of the oldest article of a story that the window has, by its chain. */
static uint32_t oldest_of(const struct story *story, const struct wd_index_entry *entry)
{
    uint32_t slot = entry->newest, older = slot;
    while (wd_window_has(&story->window, older)) {
        slot = older;
        older = member_at(story, slot)->older_member;
    }
    return slot;
}

/* Makes of the best two stories one, if they are: the older of them, which the article
 * then joins. */
static struct wd_story merge(const struct story *story, const struct choice best[2])
{
    struct wd_story joined = {.id = best[0].id, .score = (uint16_t)best[0].score};
    if (best[1].score < MERGE_SCORE)
        return joined;
    const struct wd_index_entry *a =
        wd_index_find(&story->stories, fold_hash(best[0].id));
    const struct wd_index_entry *b =
        wd_index_find(&story->stories, fold_hash(best[1].id));
    uint32_t first = story->window.first;
    if (a == b || a->count > WALK_MAX || b->count > WALK_MAX)
        return joined;
    bool is_a_older = oldest_of(story, a) - first < oldest_of(story, b) - first;
    if ((is_a_older ? b : a)->count > MERGE_MAX)
        return joined;
    joined.id = best[is_a_older ? 0 : 1].id;
    joined.merged = best[is_a_older ? 1 : 0].id;
    return joined;
}

/* What is compared comes while the first of it is. */
static void expect_members(const struct story *story, const uint64_t *places, size_t n)
{
    const struct wd_window *win = &story->window;
    for (size_t i = 0; i < n; i++)
        wd_window_expect(win, win->first + (uint32_t)places[i]);
    for (size_t i = 0; i < n; i++)
        wd_window_expect_block(win, win->first + (uint32_t)places[i],
                               member_size(WD_TERMS_MAX, WD_SUBJECT_MAX));
}

static int find_story(const struct story *story, struct wd_article *art,
                      struct wd_story *ret_best)
{
    struct neighbour near[COMPARE_MAX];
    struct wd_subject subject;
    struct wd_lookup look;
    struct wd_hits hits;
    int r = find_members(story, art, &hits);
    if (r < 0)
        return r;
    expect_members(story, hits.at, hits.n);
    wd_subject_init(&subject, &art->sketch);
    rate_figures(story, &subject);
    wd_lookup_init(&look, subject.hashes, subject.n);
    uint32_t seconds = seconds_of(&art->sketch);
    /* The words of a form are its own: they say little of what happened. */
    bool is_form = art->facts.dedup.near_miss == WD_NEAR_MISS_TEMPLATE;
    uint64_t share = is_form ? FORM_SHARE : WHOLE;
    for (size_t i = 0; i < hits.n; i++) {
        uint32_t place = (uint32_t)hits.at[i];
        const struct member *member = member_at(story, story->window.first + place);
        uint64_t alike = wd_subject_likeness(&subject, &look, member->subject,
                                             member->n_terms, member->n);
        alike = alike * fade(seconds, member->seconds) / WHOLE;
        near[i] =
            (struct neighbour){member->story, place, (uint32_t)(alike * share / WHOLE)};
    }
    struct choice best[2];
    choose(story, near, hits.n, best);
    *ret_best = merge(story, best);
    return WD_OK;
}

static int story_run(void *state, struct wd_article *art)
{
    const struct story *story = state;
    struct wd_sketch *sketch = &art->sketch;
    struct wd_story best = {0};
    uint32_t slot;
    int r = weigh(story, art);
    if (r < 0)
        return r;
    if (sketch->of_sequence &&
        wd_window_find(&story->window, sketch->of_sequence, &slot)) {
        best = (struct wd_story){.id = member_at(story, slot)->story, .score = WHOLE};
    } else {
        r = find_story(story, art, &best);
        if (r < 0)
            return r;
        if (best.score < JOIN_SCORE)
            best = (struct wd_story){.id = wd_hash(sketch->uri, WD_SEED_STORY),
                                     .score = WHOLE};
    }
    best.size = story_size(story, best.id) + 1;
    if (best.merged)
        best.size += story_size(story, best.merged);
    art->facts.story = best;
    sketch->story = best.id;
    sketch->merged_story = best.merged;
    return WD_OK;
}

/* --- remembering --- */

static void forget_oldest(struct story *story)
{
    const struct member *member = member_at(story, story->window.first);
    for (uint32_t i = 0; i < member->n && member->is_new; i++)
        wd_counts_drop(&story->counts, member->subject[i]);
    wd_index_drop(&story->stories, fold_hash(member->story), member->is_new);
    wd_window_pop(&story->window);
}

static struct member *member_of(struct story *story, uint32_t slot)
{
    return wd_window_at(&story->window, slot);
}

/* Joins two chains, the newest first; returns the newest of both. */
static uint32_t join_chains(struct story *story, uint32_t a, uint32_t b)
{
    const struct wd_window *win = &story->window;
    uint32_t head, *link = &head;
    while (wd_window_has(win, a) && wd_window_has(win, b)) {
        uint32_t *newer = a - win->first > b - win->first ? &a : &b;
        *link = *newer;
        link = &member_of(story, *newer)->older_member;
        *newer = *link;
    }
    *link = wd_window_has(win, a) ? a : b;
    return head;
}

/* All articles of the one story belong to the other from now on. */
static void take_over(struct story *story, uint64_t from, uint64_t to)
{
    const struct wd_index_entry *old = wd_index_find(&story->stories, fold_hash(from));
    const struct wd_index_entry *entry = wd_index_find(&story->stories, fold_hash(to));
    uint32_t n = 0, n_new = 0;
    if (!old || !entry || old == entry) /* it has left the window meanwhile */
        return;
    uint32_t slot = old->newest, newest = entry->newest;
    while (wd_window_has(&story->window, slot)) {
        struct member *member = member_of(story, slot);
        member->story = to;
        n_new += member->is_new;
        n++;
        slot = member->older_member;
    }
    newest = join_chains(story, old->newest, newest);
    wd_index_move(&story->stories, fold_hash(from), fold_hash(to), n, n_new, newest);
}

/* An article may ask for any of its terms, before they have their weights. */
static void story_expect(const void *state, const struct wd_sketch *sketch)
{
    const struct story *story = state;
    for (uint32_t i = 0; i < sketch->terms.n; i++)
        wd_postings_prefetch(&story->terms, wd_term_key(&sketch->terms, i), 0);
}

/* All but that its terms lead to it. */
static int remember(struct story *story, const struct wd_sketch *sketch,
                    uint32_t *ret_slot)
{
    while (wd_window_is_due(&story->window, sketch->timestamp_ms))
        forget_oldest(story);
    if (sketch->merged_story)
        take_over(story, sketch->merged_story, sketch->story);

    struct wd_subject subject;
    wd_subject_init(&subject, sketch);
    struct member *member =
        wd_window_push(&story->window, sketch->sequence, sketch->timestamp_ms,
                       member_size(subject.n_terms, subject.n), ret_slot);
    if (!member)
        return WD_ENOMEM;
    member->story = sketch->story;
    member->seconds = seconds_of(sketch);
    member->n_terms = (uint8_t)subject.n_terms;
    member->n = (uint8_t)subject.n;
    member->is_new = sketch->verdict == WD_VERDICT_UNIQUE;
    wd_subject_pack(&subject, member->subject);
    for (uint32_t i = 0; i < subject.n && member->is_new; i++)
        wd_counts_add(&story->counts, subject.hashes[i]);
    return wd_index_add(&story->stories, fold_hash(sketch->story), *ret_slot,
                        member->is_new, &member->older_member);
}

static int index_terms(struct story *story, const struct wd_sketch *sketch, uint32_t slot)
{
    const struct wd_terms *terms = &sketch->terms;
    uint32_t left = sketch->packed.bytes ? sketch->packed.term_keys : wd_term_keys(terms);
    uint32_t keys[WD_TERM_KEYS], n = 0;
    for (; left; left &= left - 1)
        keys[n++] = wd_term_key(terms, (uint32_t)__builtin_ctz(left));
    return wd_postings_add(&story->terms, keys, n, slot);
}

static void story_reserve(void *state, size_t n_articles)
{
    enum { TIMES = 4 }; /* many terms are, and of such ever fewer postings are kept */
    struct story *story = state;
    wd_postings_reserve(&story->terms, n_articles, TIMES);
}

static int story_settle(void *state)
{
    struct story *story = state;
    size_t n = story->n_unsettled;
    story->n_unsettled = 0;
    return wd_postings_settle(&story->terms, &story->window, n);
}

static int story_apply(void *state, const struct wd_sketch *const *sketches, size_t n)
{
    struct story *story = state;
    int r = WD_OK;
    for (size_t i = 0; i < n; i++)
        wd_index_prefetch(&story->stories, fold_hash(sketches[i]->story));
    for (size_t i = 0; i < n && r == WD_OK; i++) {
        uint32_t slot;
        r = remember(story, sketches[i], &slot);
        if (r == WD_OK)
            r = index_terms(story, sketches[i], slot);
    }
    story->n_unsettled += n;
    if (r == WD_OK && story->n_unsettled >= wd_postings_most(&story->window))
        r = story_settle(story);
    return r;
}

void wd_story_stats(const void *state, struct wd_desk_stats *stats)
{
    const struct story *story = state;
    stats->stories = wd_index_count(&story->stories);
    stats->index_bytes += wd_window_bytes(&story->window) + story->terms.bytes +
                          story->counts.bytes + story->stories.bytes;
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
    .reserve = story_reserve,
    .apply = story_apply,
    .settle = story_settle,
    .expect = story_expect,
    .close = story_close,
};
