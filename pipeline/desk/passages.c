/* passages.c -- greedy tiling of two texts with what they share.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both bodies become rows of word hashes. Every run of `min_words` words of a goes into a
 * sorted list; b is walked from the left, and where one of its runs is in the list, the
 * longest way on that any place of a allows is taken as a passage and both sides of it
 * are used up. (Wise 1993, "Running Karp-Rabin matching and greedy string tiling", which
 * looks for the longest passage first; from the left is simpler, takes linear time, and
 * differs only where passages overlap.) A word that is said a thousand times cannot make
 * it slow: only so many places of a are looked at for one of b. */
#include "wiredesk/passages.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/folded.h"
#include "base/hash.h"
#include "base/sort.h"

enum { PLACES_MAX = 64, PLACE_BITS = 24 };

struct word {
    uint64_t hash;
    struct wd_span span;
    uint32_t region;
    bool is_used;
};

struct row {
    struct word *words;
    uint32_t n;
    uint32_t room;
};

static int row_add(struct row *row, struct word word)
{
    if (row->n == row->room) {
        uint32_t room = row->room ? row->room * 2 : 1024;
        struct word *words = reallocarray(row->words, room, sizeof(*words));
        if (!words)
            return WD_ENOMEM;
        row->words = words;
        row->room = room;
    }
    row->words[row->n++] = word;
    return WD_OK;
}

/* The words of the bodies, in order; no more than a place can number. */
static int row_fill(struct row *row, const struct wd_facts *facts)
{
    struct wd_folded_word word;

    for (uint32_t i = 0; i < facts->n_regions; i++) {
        if (facts->regions[i].role != WD_ROLE_BODY)
            continue;
        struct wd_folded words = wd_folded_of(facts->text, facts->regions[i].span);
        while (row->n < (1u << PLACE_BITS) - 1 && wd_folded_next(&words, &word)) {
            int r = row_add(row, (struct word){
                                     .hash = wd_hash(wd_folded_str(&word), WD_SEED_WORD),
                                     .span = word.span,
                                     .region = i,
                                 });
            if (r < 0)
                return r;
        }
    }
    return WD_OK;
}

/* The run of `n` words at `at`: its hash above, where it is below. A hash that is too
 * short to be trusted only costs a comparison. */
static uint64_t run_key(const struct row *row, uint32_t at, uint32_t n)
{
    uint64_t hash = 0;
    for (uint32_t i = 0; i < n; i++)
        hash = (hash ^ row->words[at + i].hash) * UINT64_C(0x9e3779b97f4a7c15);
    return hash & ~((UINT64_C(1) << PLACE_BITS) - 1);
}

/* Words from `i` in a and `k` in b that agree, are free, and lie in one region each. */
static uint32_t run_length(const struct row *a, uint32_t i, const struct row *b,
                           uint32_t k)
{
    uint32_t n = 0;

    while (i + n < a->n && k + n < b->n) {
        const struct word *x = &a->words[i + n], *y = &b->words[k + n];
        if (x->hash != y->hash || x->is_used || x->region != a->words[i].region ||
            y->region != b->words[k].region)
            break;
        n++;
    }
    return n;
}

/* The index of the first key that is not below `key`. */
static size_t lower_bound(const uint64_t *keys, size_t n, uint64_t key)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct tiling {
    struct row a;
    struct row b;
    uint64_t *keys; /* runs of a, ascending */
    size_t n_keys;
    uint32_t min_words;
};

static int index_runs(struct tiling *tiling)
{
    const struct row *a = &tiling->a;
    if (a->n < tiling->min_words)
        return WD_OK;

    size_t n = a->n - tiling->min_words + 1;
    uint64_t *both = reallocarray(NULL, n, 2 * sizeof(*both));
    if (!both)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < n; i++)
        both[i] = run_key(a, i, tiling->min_words) | i;
    wd_sort_keys(both, both + n, n, 64);
    tiling->keys = both;
    tiling->n_keys = n;
    return WD_OK;
}

/* The longest run of a that goes on as b does from `k`; 0 when there is none. */
static uint32_t best_run(const struct tiling *tiling, uint32_t k, uint32_t *ret_place)
{
    uint64_t mask = (UINT64_C(1) << PLACE_BITS) - 1;
    uint64_t key = run_key(&tiling->b, k, tiling->min_words);
    size_t at = lower_bound(tiling->keys, tiling->n_keys, key);
    uint32_t best = 0;

    for (size_t looked = 0;
         looked < PLACES_MAX && at < tiling->n_keys && (tiling->keys[at] & ~mask) == key;
         looked++, at++) {
        uint32_t place = (uint32_t)(tiling->keys[at] & mask);
        uint32_t n = run_length(&tiling->a, place, &tiling->b, k);
        if (n > best) {
            best = n;
            *ret_place = place;
        }
    }
    return best >= tiling->min_words ? best : 0;
}

static int add_passage(struct wd_passages *passages, struct wd_passage passage)
{
    if ((passages->n & (passages->n + 1)) == 0) { /* 0, 1, 3, 7, …: full */
        struct wd_passage *at =
            reallocarray(passages->at, 2 * passages->n + 1, sizeof(*at));
        if (!at)
            return WD_ENOMEM;
        passages->at = at;
    }
    passages->at[passages->n++] = passage;
    passages->words_shared += passage.n_words;
    return WD_OK;
}

static struct wd_span span_of_run(const struct row *row, uint32_t at, uint32_t n)
{
    return (struct wd_span){row->words[at].span.start, row->words[at + n - 1].span.end};
}

static int tile(struct tiling *tiling, struct wd_passages *passages)
{
    for (uint32_t k = 0; k + tiling->min_words <= tiling->b.n;) {
        uint32_t place = 0, n = best_run(tiling, k, &place);
        if (n == 0) {
            k++;
            continue;
        }
        int r = add_passage(passages, (struct wd_passage){
                                          .a = span_of_run(&tiling->a, place, n),
                                          .b = span_of_run(&tiling->b, k, n),
                                          .n_words = n,
                                      });
        if (r < 0)
            return r;
        for (uint32_t i = 0; i < n; i++)
            tiling->a.words[place + i].is_used = true;
        k += n;
    }
    return WD_OK;
}

int wd_passages_find(const struct wd_facts *a, const struct wd_facts *b,
                     uint32_t min_words, struct wd_passages *ret_passages)
{
    struct tiling tiling = {.min_words = min_words};
    struct wd_passages passages = {0};

    int r = row_fill(&tiling.a, a);
    if (r == WD_OK)
        r = row_fill(&tiling.b, b);
    if (r == WD_OK)
        r = index_runs(&tiling);
    if (r == WD_OK)
        r = tile(&tiling, &passages);
    if (r == WD_OK) {
        passages.words_a = tiling.a.n;
        passages.words_b = tiling.b.n;
        *ret_passages = passages; /* now the caller's */
        passages.at = NULL;
    }
    wd_passages_done(&passages);
    free(tiling.a.words);
    free(tiling.b.words);
    free(tiling.keys);
    return r;
}

void wd_passages_done(struct wd_passages *passages)
{
    free(passages->at);
    *passages = (struct wd_passages){0};
}
