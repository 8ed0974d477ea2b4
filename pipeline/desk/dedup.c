/* dedup.c -- which earlier article an article repeats.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An earlier record of the same uri decides at once: the same version is a replay of it
 * or in conflict with it, another version an update. Otherwise the earlier article of the
 * same words is found by hash, or the archive names those that have most in common; the
 * best of them are compared (match.h, judge.h), and the one that holds most decides.
 *
 * A kill takes all versions of its item out of that: nothing repeats a killed article.
 * What still comes in of its text is judged as if that had never been there, and says
 * whose text it is.
 *
 * A replay leaves no trace but its place in the log: its sketch has no fingerprints, and
 * nothing is published for it. Only a source that names its articles can replay one: the
 * same nameless text again is an exact copy, published like any other. */
#include "dedup.h"

#include <string.h>

#include "archive.h"
#include "base/article.h"
#include "base/hash.h"
#include "cluster.h"
#include "evidence.h"
#include "judge.h"

struct dedup {
    struct wd_archive archive;
    struct wd_ranks ranks;
    size_t max_candidates;
};

static int dedup_open(void *state, const struct wd_options *opts, struct wd_error *err)
{
    struct dedup *dedup = state;
    dedup->max_candidates = opts->limits.candidates;
    int r = wd_ranks_read(&dedup->ranks, opts->sources, err);
    if (r < 0)
        return r;
    r = wd_archive_init(&dedup->archive, &opts->limits);
    return r < 0 ? wd_error_set(err, r, WD_NO_OFFSET, NULL) : WD_OK;
}

static void dedup_close(void *state)
{
    struct dedup *dedup = state;
    wd_archive_done(&dedup->archive);
}

/* --- comparing --- */

/* The earlier article that does best at something. */
struct best {
    bool is_found;
    uint32_t slot;
    struct wd_likeness like;
    struct wd_ruling ruling;
};

struct finding {
    struct best of;     /* what it repeats */
    struct best miss;   /* what it comes near without repeating it */
    struct best killed; /* what it would repeat, were that not killed */
    uint32_t n_compared;
    bool is_replay;
    bool is_conflict;
};

/* Of several, the one that holds most of the new article, then the one that is nearest as
 * a whole, then the first, which comes first. The score that made it a copy will not do
 * for this: it knows how sure it is, not how much was copied. */
static void best_of(struct best *best, const struct best *other)
{
    const struct wd_likeness *a = &best->like, *b = &other->like;
    if (!best->is_found || b->containment > a->containment ||
        (b->containment == a->containment && b->resemblance > a->resemblance))
        *best = *other;
}

/* Two articles whose prints have been compared. */
struct pair {
    uint32_t slot; /* of the earlier one */
    struct wd_overlap over;
};

/* Of the earlier article no more is unpacked than the prints that may be in common. */
static struct pair pair_of(const struct dedup *dedup, const struct wd_print *print,
                           const struct wd_lookup *look, uint32_t slot)
{
    const struct wd_kept *kept = wd_archive_at(&dedup->archive, slot);
    struct wd_print that = wd_kept_head(kept);
    struct wd_kept_room room;
    wd_kept_prints(kept, wd_print_end(print), &that, &room);
    return (struct pair){slot, wd_overlap_of(print, look, &that)};
}

/* Most candidates have a set phrase in common and nothing else; their facts are not even
 * unpacked. */
static struct best compare(const struct dedup *dedup, const struct wd_print *print,
                           const struct pair *pair)
{
    const struct wd_archive *arc = &dedup->archive;
    const struct wd_kept *kept = wd_archive_at(arc, pair->slot);
    struct wd_print that = wd_kept_head(kept);
    struct best best = {.is_found = true, .slot = pair->slot};
    struct wd_kept_room room;
    that.is_holder = print->holders && wd_archive_is_news(arc, pair->slot);
    best.like = wd_match_texts(print, &that, &pair->over);
    if (wd_is_likely(&best.like)) {
        wd_kept_facts(kept, &that, &room);
        wd_match_facts(print, &that, &arc->census, &best.like);
    }
    best.ruling = wd_judge(&best.like);
    return best;
}

/* Of one article that is not of many. */
static struct best compare_one(const struct dedup *dedup, const struct wd_print *print,
                               uint32_t slot)
{
    struct wd_lookup look;
    wd_lookup_init(&look, print->prints.at, print->prints.n);
    struct pair pair = pair_of(dedup, print, &look, slot);
    return compare(dedup, print, &pair);
}

static void consider(const struct dedup *dedup, struct finding *found,
                     const struct best *best)
{
    bool is_repeated = best->ruling.verdict != WD_VERDICT_UNIQUE;
    found->n_compared++;
    if (is_repeated && wd_archive_is_killed(&dedup->archive, best->slot))
        best_of(&found->killed, best);
    else if (is_repeated)
        best_of(&found->of, best);
    else if (best->ruling.near_miss != WD_NEAR_MISS_NONE)
        best_of(&found->miss, best);
}

/* The candidates whose facts are worth comparing. */
struct likely {
    struct pair *at;
    size_t n;
};

/* Counts that the article of the slot has what it shares with the print, if it is no copy
 * itself: a text is no more common for having been reprinted. What was taken for a
 * version of another item does count, or a form whose second filling was taken for one
 * would never be known as a form. Returns whether the two are worth comparing. */
static bool hold(const struct dedup *dedup, const struct wd_print *print,
                 const struct pair *pair, uint8_t *holders)
{
    const struct wd_archive *arc = &dedup->archive;
    const struct wd_overlap *over = &pair->over;
    struct wd_print that = wd_kept_head(wd_archive_at(arc, pair->slot));
    struct wd_likeness like = wd_match_texts(print, &that, over);
    bool is_news = wd_archive_is_news(arc, pair->slot);
    for (uint32_t i = 0; i < over->n; i++)
        holders[over->places[i]] += is_news && holders[over->places[i]] < UINT8_MAX;
    return wd_is_likely(&like);
}

/* All candidates are looked at before the first is judged, since what many of them have
 * is no reason to choose one. */
static int find_holders(const struct dedup *dedup, struct wd_arena *arena,
                        const struct wd_candidates *cands, struct wd_print *print,
                        struct likely *ret_likely)
{
    uint8_t *holders = wd_arena_alloc(arena, WD_PRINTS_MAX);
    struct likely likely = {.at = wd_arena_alloc(arena, cands->n * sizeof(*likely.at))};
    struct wd_lookup look;
    if (!holders || !likely.at)
        return WD_ENOMEM;
    memset(holders, 0, WD_PRINTS_MAX);
    wd_lookup_init(&look, print->prints.at, print->prints.n);
    for (size_t i = 0; i < cands->n; i++) {
        likely.at[likely.n] = pair_of(dedup, print, &look, cands->slots[i]);
        likely.n += hold(dedup, print, &likely.at[likely.n], holders);
    }
    print->holders = holders;
    *ret_likely = likely;
    return WD_OK;
}

static int find_similar(const struct dedup *dedup, struct wd_article *art,
                        struct wd_print *print, struct finding *found)
{
    struct wd_candidates cands;
    struct likely likely = {.n = 0};
    int r = wd_archive_find_similar(&dedup->archive, &art->sketch, dedup->max_candidates,
                                    &art->arena, &cands);
    if (r < 0)
        return r;
    memcpy(art->facts.caps, cands.caps, sizeof(cands.caps));
    r = find_holders(dedup, &art->arena, &cands, print, &likely);
    for (size_t i = 0; i < likely.n; i++) {
        struct best best = compare(dedup, print, &likely.at[i]);
        consider(dedup, found, &best);
    }
    found->n_compared += (uint32_t)(cands.n - likely.n); /* that much sufficed for them */
    return r;
}

/* --- versions --- */

/* An earlier record of the same item; false when there is none that counts: a version
 * after a kill begins anew. A source that gives no versions says nothing by that, so its
 * other words are an update and no conflict. */
static bool judge_item(const struct dedup *dedup, const struct wd_article *art,
                       const struct wd_print *print, struct finding *found)
{
    const struct wd_archive *arc = &dedup->archive;
    const struct wd_sketch *sketch = &art->sketch;
    enum wd_verdict verdict = WD_VERDICT_UPDATE;
    uint32_t slot;

    if (wd_archive_find_replayed(arc, sketch, &slot)) {
        found->is_replay = !art->facts.meta.is_uri_derived;
        verdict = WD_VERDICT_EXACT;
    } else {
        found->is_conflict = sketch->version.size > 0 && !sketch->is_canceled &&
                             wd_archive_has_version(arc, sketch);
        if (!wd_archive_find_uri(arc, sketch->uri, &slot) ||
            (wd_archive_at(arc, slot)->is_canceled && !sketch->is_canceled))
            return false;
    }
    found->of = compare_one(dedup, print, slot);
    found->of.ruling = (struct wd_ruling){.verdict = verdict, .confidence = 100};
    found->n_compared = 1;
    return true;
}

static int decide(const struct dedup *dedup, struct wd_article *art,
                  struct finding *found)
{
    const struct wd_archive *arc = &dedup->archive;
    struct wd_print_room lists;
    struct wd_print print = wd_print_of(&art->sketch, &lists);
    uint32_t slot;

    if (judge_item(dedup, art, &print, found))
        return WD_OK;
    if (wd_archive_find_content(arc, &print, true, &slot)) {
        struct best best = compare_one(dedup, &print, slot);
        consider(dedup, found, &best);
    }
    if (wd_archive_find_content(arc, &print, false, &slot)) {
        struct best best = compare_one(dedup, &print, slot);
        consider(dedup, found, &best);
        return WD_OK;
    }
    return find_similar(dedup, art, &print, found);
}

/* --- telling --- */

/* The uri is copied: its article may leave the window before the output is written. */
static int copy_uri(const struct dedup *dedup, struct wd_article *art,
                    const struct best *best, struct wd_str *ret_uri)
{
    struct wd_str uri = wd_kept_uri(wd_archive_at(&dedup->archive, best->slot));
    *ret_uri = wd_arena_copy(&art->arena, uri);
    return ret_uri->data ? WD_OK : WD_ENOMEM;
}

static int tell_repeat(const struct dedup *dedup, struct wd_article *art,
                       const struct best *best)
{
    const struct wd_archive *arc = &dedup->archive;
    const struct wd_kept *of = wd_archive_at(arc, best->slot);
    struct wd_dedup *facts = &art->facts.dedup;
    facts->verdict = best->ruling.verdict;
    facts->confidence = best->ruling.confidence;
    facts->of_sequence = wd_window_sequence(&arc->window, best->slot);
    facts->cluster = of->cluster;
    facts->resemblance = best->like.resemblance;
    facts->containment = best->like.containment;
    facts->contained = best->like.contained;
    int r = copy_uri(dedup, art, best, &facts->of);
    return r < 0 ? r : wd_evidence_find(art, of, &facts->evidence);
}

static int tell_miss(const struct dedup *dedup, struct wd_article *art,
                     const struct best *best)
{
    const struct wd_archive *arc = &dedup->archive;
    struct wd_dedup *facts = &art->facts.dedup;
    facts->near_miss = best->ruling.near_miss;
    facts->confidence = best->ruling.confidence;
    facts->miss = (struct wd_likeness_to){
        .of_sequence = wd_window_sequence(&arc->window, best->slot),
        .resemblance = best->like.resemblance,
        .containment = best->like.containment,
        .contained = best->like.contained,
        .confidence = best->ruling.miss_confidence,
    };
    int r = copy_uri(dedup, art, best, &facts->miss.of);
    return r < 0 ? r
                 : wd_evidence_find(art, wd_archive_at(arc, best->slot),
                                    &facts->miss.evidence);
}

static int dedup_run(void *state, struct wd_article *art)
{
    const struct dedup *dedup = state;
    struct wd_sketch *sketch = &art->sketch;
    struct wd_dedup *facts = &art->facts.dedup;
    struct finding found = {0};
    memset(art->facts.caps, 0, sizeof(art->facts.caps));
    int r = decide(dedup, art, &found);
    if (r < 0)
        return r;

    *facts = (struct wd_dedup){.verdict = WD_VERDICT_UNIQUE,
                               .cluster = wd_hash(sketch->uri, WD_SEED_CLUSTER),
                               .candidates = found.n_compared,
                               .confidence = 100,
                               .is_replay = found.is_replay,
                               .is_conflict = found.is_conflict};
    if (found.of.is_found)
        r = tell_repeat(dedup, art, &found.of);
    else if (found.miss.is_found)
        r = tell_miss(dedup, art, &found.miss);
    if (r == WD_OK && found.killed.is_found)
        r = copy_uri(dedup, art, &found.killed, &facts->killed);
    sketch->verdict = facts->verdict;
    sketch->of_sequence = facts->of_sequence;
    sketch->cluster = facts->cluster;
    sketch->is_replay = facts->is_replay;
    sketch->is_conflict = facts->is_conflict;
    sketch->matches_killed = found.killed.is_found;
    if (r == WD_OK && !sketch->is_replay)
        r = wd_cluster_revise(&dedup->archive, &dedup->ranks, art);
    return r;
}

static void dedup_expect(const void *state, const struct wd_sketch *sketch)
{
    const struct dedup *dedup = state;
    wd_archive_expect(&dedup->archive, sketch);
}

static int dedup_apply(void *state, const struct wd_sketch *const *sketches, size_t n)
{
    struct dedup *dedup = state;
    return wd_archive_take(&dedup->archive, sketches, n);
}

static void dedup_reserve(void *state, size_t n_articles)
{
    struct dedup *dedup = state;
    wd_archive_reserve(&dedup->archive, n_articles);
}

static int dedup_settle(void *state)
{
    struct dedup *dedup = state;
    return wd_archive_settle(&dedup->archive);
}

/* --- for others --- */

int wd_dedup_measure(const void *state, struct wd_article *art, uint64_t sequence,
                     int32_t ret_values[WD_N_FEATURES])
{
    const struct dedup *dedup = state;
    struct wd_candidates cands;
    struct wd_print_room lists;
    uint32_t slot;
    if (!wd_window_find(&dedup->archive.window, sequence, &slot))
        return WD_ESKETCH;
    int r = wd_archive_find_similar(&dedup->archive, &art->sketch, dedup->max_candidates,
                                    &art->arena, &cands);
    if (r < 0)
        return r;
    struct wd_print print = wd_print_of(&art->sketch, &lists);
    struct likely likely;
    r = find_holders(dedup, &art->arena, &cands, &print, &likely);
    if (r < 0)
        return r;
    struct best best = compare_one(dedup, &print, slot);
    wd_measure(&best.like, ret_values);
    return wd_is_likely(&best.like);
}

void wd_dedup_stats(const void *state, struct wd_desk_stats *stats)
{
    const struct dedup *dedup = state;
    stats->window_articles = dedup->archive.window.n;
    stats->index_bytes += wd_archive_bytes(&dedup->archive);
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
    .reserve = dedup_reserve,
    .apply = dedup_apply,
    .settle = dedup_settle,
    .expect = dedup_expect,
    .close = dedup_close,
};
