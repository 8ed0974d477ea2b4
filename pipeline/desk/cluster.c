/* cluster.c -- a cluster's members and its canonical one, after each record that joins.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The verdict on an article never changes, but which of several is best to show does: the
 * original comes after its reprint, a kill takes the original away. So each record that
 * joins a cluster makes a revision of it: the items that are in it, by uri, and the one
 * that stands for all, elected among those that are not killed.
 *
 *   1. The earliest counts, by the date of its first version. Clocks differ and many
 *      publishers round: what is dated within SKEW_S of the earliest is as early as that.
 *      An item without a date has that of its record, and no date is later than the
 *      record that brings it. With neither, nothing says that it was not the earliest.
 *   2. Of those, the one of the publisher that the operator prefers.
 *   3. Then the longest: the others are cut from it.
 *   4. Then the one that came first.
 *
 * The election looks at all members of a small cluster, so that it does not matter in
 * what order they came. Of one with very many it sees the newest only (archive.h); the
 * leading record is kept in each sketch, so that it leads as long as it is in the window,
 * however many come after it. */
#include "cluster.h"

#include <string.h>

#include "base/article.h"
#include "base/hash.h"

enum {
    SKEW_S = 15 * 60,
    RECORDS_MAX = WD_CLUSTER_MAX + 2, /* with the leading one, and the one in hand */
};

/* --- ranks --- */

int wd_ranks_read(struct wd_ranks *ranks, const char *list, struct wd_error *err)
{
    *ranks = (struct wd_ranks){0};
    while (list && *list) {
        list += strspn(list, ", \t");
        size_t size = strcspn(list, ",");
        struct wd_str name = {list, size};
        while (name.size &&
               (name.data[name.size - 1] == ' ' || name.data[name.size - 1] == '\t'))
            name.size--;
        list += size;
        if (name.size == 0)
            continue;
        if (ranks->n == WD_RANKS_MAX)
            return wd_error_set(err, WD_ECONFIG, WD_NO_OFFSET,
                                "more than %d preferred publishers", WD_RANKS_MAX);
        ranks->sources[ranks->n++] = wd_source_hash(name);
    }
    return WD_OK;
}

/* 0 is the best. */
static size_t rank_of(const struct wd_ranks *ranks, uint16_t source)
{
    for (size_t i = 0; i < ranks->n; i++) {
        if (ranks->sources[i] == source)
            return i;
    }
    return ranks->n;
}

/* --- records --- */

/* What an election asks of a record. */
struct record {
    struct wd_str uri;
    uint64_t uri_hash;
    uint64_t sequence;
    uint32_t seconds; /* + 1, when it says that it was made; 0: unknown */
    uint32_t n_words;
    uint16_t source;
    enum wd_verdict verdict;
    bool is_canceled;
};

static uint32_t seconds_of(int64_t time_ms)
{
    if (time_ms < 0)
        return 0;
    return time_ms / 1000 + 1 < UINT32_MAX ? (uint32_t)(time_ms / 1000 + 1) : UINT32_MAX;
}

/* A record is not younger than its arrival. */
static uint32_t believed(uint32_t dated, uint32_t arrived)
{
    return dated == 0 || (arrived != 0 && arrived < dated) ? arrived : dated;
}

static struct record record_at(const struct wd_archive *arc, uint32_t slot)
{
    const struct wd_kept *kept = wd_archive_at(arc, slot);
    struct wd_str uri = wd_kept_uri(kept);
    return (struct record){
        .uri = uri,
        .uri_hash = wd_hash(uri, WD_SEED_CLUSTER),
        .sequence = wd_window_sequence(&arc->window, slot),
        .seconds = believed(kept->seconds, wd_window_seconds(&arc->window, slot)),
        .n_words = kept->n_words,
        .source = kept->source,
        .verdict = (enum wd_verdict)kept->verdict,
        .is_canceled = kept->is_canceled,
    };
}

static struct record record_in_hand(const struct wd_article *art)
{
    const struct wd_sketch *sketch = &art->sketch;
    return (struct record){
        .uri = sketch->uri,
        .uri_hash = wd_hash(sketch->uri, WD_SEED_CLUSTER),
        .sequence = sketch->sequence,
        .seconds =
            believed(seconds_of(sketch->published_ms), seconds_of(sketch->timestamp_ms)),
        .n_words = sketch->n_words,
        .source = sketch->source,
        .verdict = sketch->verdict,
        .is_canceled = sketch->is_canceled,
    };
}

/* The record that led the cluster until now, as its newest one says; false when that has
 * left the window, or all were killed. */
static bool find_lead(const struct wd_archive *arc, uint32_t newest, uint32_t *ret_slot)
{
    const struct wd_kept *kept = wd_archive_at(arc, newest);
    uint64_t sequence = wd_window_sequence(&arc->window, newest);
    return kept->lead_distance != 0 &&
           wd_window_find(&arc->window, sequence - (kept->lead_distance - 1), ret_slot);
}

/* Puts a slot where it belongs among those before it, unless it is there already. */
static unsigned insert(const struct wd_archive *arc, uint32_t *slots, unsigned n,
                       uint32_t slot)
{
    uint32_t first = arc->window.first;
    unsigned at = n;
    while (at > 0 && slots[at - 1] - first > slot - first)
        at--;
    if (at > 0 && slots[at - 1] == slot)
        return n;
    memmove(slots + at + 1, slots + at, (n - at) * sizeof(*slots));
    slots[at] = slot;
    return n + 1;
}

/* All that is known of the cluster, the oldest first; 0 when the article is its first. */
static size_t gather(const struct wd_archive *arc, const struct wd_article *art,
                     struct record records[RECORDS_MAX], bool *ret_is_cut)
{
    uint32_t slots[WD_CLUSTER_MAX + 1], lead;
    unsigned n = wd_archive_find_cluster(arc, art->sketch.cluster, slots, ret_is_cut);
    if (n == 0)
        return 0;
    if (find_lead(arc, slots[n - 1], &lead))
        n = insert(arc, slots, n, lead);
    for (unsigned i = 0; i < n; i++)
        records[i] = record_at(arc, slots[i]);
    records[n] = record_in_hand(art);
    return n + 1;
}

/* --- items --- */

/* All records of one uri. */
struct item {
    struct record newest;
    uint64_t uri_hash;
    uint64_t lead_sequence; /* of the earliest dated record */
    uint32_t seconds;       /* of that */
};

static struct item *item_of(struct item *items, size_t n, const struct record *record)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].uri_hash == record->uri_hash &&
            wd_str_equal(items[i].newest.uri, record->uri))
            return &items[i];
    }
    return NULL;
}

/* Puts the records, oldest first, together by item; returns how many there are. */
static size_t make_items(const struct record *records, size_t n, struct item *items)
{
    size_t n_items = 0;
    for (size_t i = 0; i < n; i++) {
        const struct record *record = &records[i];
        struct item *item = item_of(items, n_items, record);
        if (!item) {
            item = &items[n_items++];
            *item = (struct item){.uri_hash = record->uri_hash};
        }
        if (item->lead_sequence == 0 ||
            (record->seconds && (!item->seconds || record->seconds < item->seconds))) {
            item->lead_sequence = record->sequence;
            item->seconds = record->seconds;
        }
        item->newest = *record;
    }
    return n_items;
}

/* Whether a is better than b; both are early enough. */
static bool is_better(const struct wd_ranks *ranks, const struct item *a,
                      const struct item *b)
{
    size_t rank_a = rank_of(ranks, a->newest.source),
           rank_b = rank_of(ranks, b->newest.source);
    if (rank_a != rank_b)
        return rank_a < rank_b;
    if (a->newest.n_words != b->newest.n_words)
        return a->newest.n_words > b->newest.n_words;
    return a->lead_sequence < b->lead_sequence;
}

/* The canonical one; `n` when all are killed. */
static size_t elect(const struct wd_ranks *ranks, const struct item *items, size_t n)
{
    uint32_t earliest = UINT32_MAX;
    size_t best = n;
    for (size_t i = 0; i < n; i++) {
        if (!items[i].newest.is_canceled && items[i].seconds != 0 &&
            items[i].seconds < earliest)
            earliest = items[i].seconds;
    }
    for (size_t i = 0; i < n; i++) {
        bool is_early = items[i].seconds == 0 || items[i].seconds - earliest <= SKEW_S;
        if (!items[i].newest.is_canceled && is_early &&
            (best == n || is_better(ranks, &items[i], &items[best])))
            best = i;
    }
    return best;
}

static int tell(struct wd_article *art, const struct item *items, size_t n)
{
    struct wd_cluster_member *members = wd_arena_alloc(&art->arena, n * sizeof(*members));
    if (!members)
        return WD_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        const struct item *item = &items[i];
        members[i] = (struct wd_cluster_member){
            .uri = wd_arena_copy(&art->arena, item->newest.uri),
            .sequence = item->newest.sequence,
            .verdict = item->newest.verdict,
            .date_ms = item->seconds ? (int64_t)(item->seconds - 1) * 1000 : -1,
            .n_words = item->newest.n_words,
            .is_canceled = item->newest.is_canceled,
        };
        if (!members[i].uri.data)
            return WD_ENOMEM;
    }
    art->facts.revision.members = members;
    art->facts.revision.n_members = n;
    return WD_OK;
}

int wd_cluster_revise(const struct wd_archive *arc, const struct wd_ranks *ranks,
                      struct wd_article *art)
{
    struct record records[RECORDS_MAX];
    struct item items[RECORDS_MAX];
    struct wd_revision *revision = &art->facts.revision;
    *revision = (struct wd_revision){0};
    size_t n = gather(arc, art, records, &revision->is_incomplete);
    if (n == 0)
        return WD_OK;
    n = make_items(records, n, items);
    revision->canonical = elect(ranks, items, n);
    if (revision->canonical < n)
        art->sketch.lead_sequence = items[revision->canonical].lead_sequence;
    return tell(art, items, n);
}
