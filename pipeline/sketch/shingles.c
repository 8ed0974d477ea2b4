/* shingles.c -- samples the shingles of a text.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Shingles are hashes of five words in a row, over the body. Two texts share one where
 * one copied from the other; independent accounts of one event share few. Five and not
 * three: quotes and set phrases are short, and with three words the seeds' reprint stands
 * no higher than two reports that quote the same speech.
 *
 * - Prints: the lowest hashes (bottom-k: Cohen and Kaplan 2007), so that the share that
 *   two samples have in common below the lower of their bounds estimates the share of the
 *   texts without bias, also when one text is much the longer. Winnowing was refused: its
 *   samples depend on the neighbours, and containment cannot be read off them.
 * - Keys: the shingles by which the article is found again. A few of the lowest would do
 *   for texts of one length; but of a feature of 3,000 words one shingle in 200 would be
 *   left, and whoever prints no more than its first paragraph would not meet it. So some
 *   are kept of the lead alone: what is cut away is the end. */
#include "shingles.h"

#include <string.h>

#include "base/article.h"
#include "base/lists.h"
#include "base/utf8.h"
#include "mixing.h"

enum {
    SHINGLE_WORDS = 5,
    LEAD_SHINGLES = 60, /* of the first paragraph or two */
};

/* The shingles of a text and what is known of its words. */
struct shingler {
    struct wd_article *art;
    const struct wd_keys *words;
    const struct wd_keys *starts;
    struct wd_keys shingles; /* the hash below, the key above; in the order of the text */
    uint32_t *probes;        /* of the sketch, as far as they are filled in */
};

static uint64_t power_of_roll(unsigned n)
{
    uint64_t power = 1;
    while (n--)
        power *= WD_ROLL;
    return power;
}

/* Of all runs of SHINGLE_WORDS words, and of the whole text when it is shorter: the hash
 * below, the key above it. In the order of the text. */
static int collect_shingles(struct shingler *sh)
{
    const struct wd_keys *words = sh->words;
    uint64_t leaving = power_of_roll(SHINGLE_WORDS), sum = 0;
    int r = WD_OK;
    for (size_t i = 0; i < words->n && r == WD_OK; i++) {
        sum = sum * WD_ROLL + words->at[i];
        if (i >= SHINGLE_WORDS)
            sum -= words->at[i - SHINGLE_WORDS] * leaving;
        if (i + 1 >= SHINGLE_WORDS || i + 1 == words->n) {
            uint64_t mixed = wd_mix(sum);
            r = wd_keys_add(&sh->art->arena, &sh->shingles, mixed << 32 | mixed >> 32);
        }
    }
    return r;
}

/* The hash as a number of three bits of exponent and thirteen of mantissa: the lower the
 * hashes of a sample, the finer they are told apart. */
static uint16_t print_of(uint32_t hash)
{
    enum {
        MANTISSA = WD_PRINT_MANTISSA,
        LOWEST = 7 /* zeros; below that all are alike */
    };
    unsigned zeros = (unsigned)__builtin_clz(hash | 1);
    if (zeros >= LOWEST)
        return (uint16_t)(hash >> (32 - LOWEST - MANTISSA));
    return (uint16_t)((LOWEST - zeros) << MANTISSA |
                      ((hash << (zeros + 1)) >> (32 - MANTISSA)));
}

static uint32_t key_of(uint64_t shingle)
{
    return (uint32_t)(shingle >> (64 - WD_KEY_BITS));
}

/* A sorted copy of the first `n` shingles without repetitions. */
static int sort_shingles(struct shingler *sh, size_t n, struct wd_keys *ret_sorted)
{
    struct wd_keys sorted = {.n = n, .room = n};
    sorted.at = wd_arena_alloc(&sh->art->arena, n * sizeof(uint64_t));
    if (!sorted.at)
        return WD_ENOMEM;
    if (n)
        memcpy(sorted.at, sh->shingles.at, n * sizeof(uint64_t));
    int r = wd_keys_sort(&sh->art->arena, &sorted, 32);
    sorted.n = wd_distinct_keys(sorted.at, n);
    *ret_sorted = sorted;
    return r;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The sample, and beside each print the key to ask for. */
static int sketch_prints(struct shingler *sh, const struct wd_keys *sorted)
{
    struct wd_sketch *sketch = &sh->art->sketch;
    size_t n = smaller(sorted->n, WD_PRINTS_MAX), n_prints = 0;
    uint16_t *prints = wd_arena_alloc(&sh->art->arena, n * sizeof(*prints));
    uint32_t *probes = wd_arena_alloc(&sh->art->arena, WD_PROBES_MAX * sizeof(*probes));
    if (!prints || !probes)
        return WD_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        uint16_t print = print_of((uint32_t)sorted->at[i]);
        if (n_prints > 0 && prints[n_prints - 1] == print)
            continue;
        prints[n_prints] = print;
        probes[n_prints++] = key_of(sorted->at[i]);
    }
    sketch->prints = prints;
    sketch->n_prints = (uint32_t)n_prints;
    sketch->n_shingles = (uint32_t)(sorted->n - n + n_prints);
    sh->probes = probes;
    sketch->probes = probes;
    sketch->n_probes = (uint32_t)n_prints;
    return WD_OK;
}

/* The sample's print of that hash. */
static uint32_t seek_print(const struct wd_sketch *sketch, uint32_t hash)
{
    uint16_t print = print_of(hash);
    uint32_t low = 0, high = sketch->n_prints;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sketch->prints[middle] <= print)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Where the shingles of the sample begin; of one that repeats, the first place. */
static int sketch_places(struct shingler *sh, uint32_t bound)
{
    struct wd_sketch *sketch = &sh->art->sketch;
    struct wd_str text = sh->art->facts.text;
    uint32_t *starts =
        wd_arena_alloc(&sh->art->arena, sketch->n_prints * sizeof(*starts));
    uint8_t *places = wd_arena_alloc(&sh->art->arena, WD_PLACES_MAX);
    if (!starts || !places)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < sketch->n_prints; i++)
        starts[i] = UINT32_MAX;

    const struct wd_keys *shingles = &sh->shingles;
    uint32_t last = 0, n_points = 0; /* up to the last shingle that was found */
    for (size_t i = 0; i < shingles->n; i++) {
        uint32_t hash = (uint32_t)shingles->at[i], start = (uint32_t)sh->starts->at[i];
        uint32_t print = hash <= bound ? seek_print(sketch, hash) : 0;
        if (hash > bound || starts[print] != UINT32_MAX)
            continue;
        n_points +=
            (uint32_t)wd_utf8_count((struct wd_str){text.data + last, start - last});
        last = start;
        starts[print] = start;
        if (print < WD_PLACES_MAX)
            places[print] = (uint8_t)((uint64_t)n_points * 256 / sketch->n_points);
    }
    sketch->starts = starts;
    sketch->places = places;
    sketch->lead_end = shingles->n > LEAD_SHINGLES
                           ? (uint32_t)sh->starts->at[LEAD_SHINGLES]
                           : UINT32_MAX;
    return WD_OK;
}

/* Hashes up to which a shingle is in the sample, is a key, is a key in the lead. */
struct bounds {
    uint32_t sample;
    uint32_t key;
    uint32_t lead;
};

/* The shingles by which the article is to be found. */
static int sketch_keys(struct shingler *sh, struct wd_keys *found)
{
    struct wd_sketch *sketch = &sh->art->sketch;
    int r = wd_keys_sort(&sh->art->arena, found, 32);
    if (r < 0)
        return r;
    uint32_t *keys = wd_arena_alloc(&sh->art->arena, WD_KEYS_MAX * sizeof(*keys));
    if (!keys)
        return WD_ENOMEM;
    size_t n = smaller(wd_distinct_keys(found->at, found->n), WD_KEYS_MAX);
    for (size_t i = 0; i < n; i++)
        keys[i] = (uint32_t)found->at[i]; /* NOLINT: there are n, so there is `at` */
    sketch->keys = keys;
    sketch->n_keys = (uint32_t)n;
    return WD_OK;
}

static int find_keys(struct shingler *sh, struct bounds bounds, struct wd_keys *found)
{
    const struct wd_keys *shingles = &sh->shingles;
    struct wd_sketch *sketch = &sh->art->sketch;
    for (size_t i = 0; i < shingles->n; i++) {
        uint32_t hash = (uint32_t)shingles->at[i], key = key_of(shingles->at[i]);
        bool is_of_lead = i < LEAD_SHINGLES && hash <= bounds.lead;
        if (hash > bounds.key && !is_of_lead)
            continue;
        int r = wd_keys_add(&sh->art->arena, found, key);
        if (r < 0)
            return r;
        if (hash > bounds.sample && sketch->n_probes < WD_PROBES_MAX)
            sh->probes[sketch->n_probes++] = key;
    }
    return WD_OK;
}

/* How many of all shingles are keys. In a short text the lowest ones of the lead are
 * among the lowest of all: half of the places that this leaves go to the next ones, or a
 * note of forty words would be known by twelve keys, and the version that keeps a third
 * of them not always be found. */
static size_t count_sure_keys(const struct wd_keys *sorted, const struct wd_keys *lead)
{
    size_t n_sure = smaller(sorted->n, WD_SURE_KEYS), n_both = 0;
    uint32_t bound = (uint32_t)sorted->at[n_sure - 1];
    while (n_both < smaller(lead->n, WD_LEAD_KEYS) && (uint32_t)lead->at[n_both] <= bound)
        n_both++;
    return smaller(sorted->n, WD_SURE_KEYS + n_both / 2);
}

int wd_shingles_sketch(struct wd_article *art, const struct wd_keys *words,
                       const struct wd_keys *starts)
{
    struct shingler sh = {.art = art, .words = words, .starts = starts};
    struct wd_keys sorted, lead, found = {0};
    int r = collect_shingles(&sh);
    if (r == WD_OK)
        r = sort_shingles(&sh, sh.shingles.n, &sorted);
    if (r == WD_OK)
        r = sort_shingles(&sh, smaller(sh.shingles.n, LEAD_SHINGLES), &lead);
    if (r == WD_OK)
        r = sketch_prints(&sh, &sorted);
    if (r != WD_OK || sh.shingles.n == 0)
        return r;
    struct bounds bounds = {
        .sample = (uint32_t)sorted.at[smaller(sorted.n, WD_PRINTS_MAX) - 1],
        .key = (uint32_t)sorted.at[count_sure_keys(&sorted, &lead) - 1],
        .lead = (uint32_t)lead.at[smaller(lead.n, WD_LEAD_KEYS) - 1],
    };
    r = sketch_places(&sh, bounds.sample);
    if (r == WD_OK)
        r = find_keys(&sh, bounds, &found);
    return r < 0 ? r : sketch_keys(&sh, &found);
}
