/* clusters.c -- the exchange algorithm, over neighbours on both sides.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Words of one class should predict the same neighbours. The measure is the likelihood of
 * each frequent neighbour given the class (Uszkoreit and Brants 2008, both ways): the sum
 * of n log n over (neighbour, class) counts less that over class counts. Words are moved
 * one at a time, most frequent first, to the class that gains most, for a fixed number of
 * rounds. Only frequent words count as neighbours: the rest say little and cost most of
 * the time. */
#include "model/clusters.h"

#include <math.h>
#include <stdlib.h>

#define CONTEXTS_MAX  3000 /* words that count as neighbours, on each side */
#define WORD_COUNT    5    /* occurrences from which a word gets a class */
#define WORDS_MAX     60000
#define ROUNDS        5
#define COARSE_FACTOR 8
#define LOGS          (1 << 16)
#define NONE          UINT32_MAX

struct entry {
    uint64_t hash;
    uint32_t count;
    uint32_t rank; /* among the words, by count */
};

struct clusters {
    struct entry *slot; /* open-addressed by hash */
    size_t n_slots, n_entries;
    uint64_t *stream; /* all words; 0 ends a sentence */
    size_t n_stream, stream_room;
    struct wd_word_cluster *rows;
    size_t n_rows;
    double *n_log_n;
};

/* How often a word has a neighbour: context = rank, or CONTEXTS_MAX + rank on the right.
 */
struct bond {
    uint32_t word;
    uint32_t context;
    uint32_t count;
};

struct bonds {
    struct bond *bond; /* by word, then by context */
    size_t *first;     /* of each word; n_words + 1 */
};

struct clusters *clusters_new(void)
{
    struct clusters *clusters = calloc(1, sizeof(*clusters));
    if (!clusters)
        return NULL;
    clusters->n_slots = 1 << 16;
    clusters->slot = calloc(clusters->n_slots, sizeof(clusters->slot[0]));
    clusters->n_log_n = calloc(LOGS, sizeof(double));
    if (!clusters->slot || !clusters->n_log_n) {
        clusters_free(clusters);
        return NULL;
    }
    for (unsigned n = 2; n < LOGS; n++)
        clusters->n_log_n[n] = n * log(n);
    return clusters;
}

void clusters_free(struct clusters *clusters)
{
    if (!clusters)
        return;
    free(clusters->slot);
    free(clusters->stream);
    free(clusters->rows);
    free(clusters->n_log_n);
    free(clusters);
}

/* ------------------------------------------------------------------------- counting */

static struct entry *entry_of(struct entry *slot, size_t n_slots, uint64_t hash)
{
    size_t i = (size_t)hash & (n_slots - 1);
    while (slot[i].count != 0 && slot[i].hash != hash)
        i = (i + 1) & (n_slots - 1);
    return &slot[i];
}

static int grow_slots(struct clusters *clusters)
{
    size_t n_slots = clusters->n_slots * 2;
    struct entry *slot = calloc(n_slots, sizeof(*slot));
    if (!slot)
        return WD_ENOMEM;
    for (size_t i = 0; i < clusters->n_slots; i++) {
        if (clusters->slot[i].count)
            *entry_of(slot, n_slots, clusters->slot[i].hash) = clusters->slot[i];
    }
    free(clusters->slot);
    clusters->slot = slot;
    clusters->n_slots = n_slots;
    return WD_OK;
}

static int count_word(struct clusters *clusters, uint64_t hash)
{
    struct entry *entry = entry_of(clusters->slot, clusters->n_slots, hash);
    if (entry->count == 0) {
        entry->hash = hash;
        clusters->n_entries++;
    }
    entry->count++;
    return clusters->n_entries * 2 > clusters->n_slots ? grow_slots(clusters) : WD_OK;
}

static int take_lesson(void *arg, const struct wd_lesson *lesson)
{
    struct clusters *clusters = arg;
    size_t need = clusters->n_stream + lesson->n_words + 1;
    if (need > clusters->stream_room) {
        size_t room = clusters->stream_room ? clusters->stream_room * 2 : 1 << 20;
        while (room < need)
            room *= 2;
        uint64_t *grown = realloc(clusters->stream, room * sizeof(*grown));
        if (!grown)
            return WD_ENOMEM;
        clusters->stream = grown;
        clusters->stream_room = room;
    }
    for (size_t i = 0; i < lesson->n_words; i++) {
        clusters->stream[clusters->n_stream++] = lesson->words[i].hash;
        int r = count_word(clusters, lesson->words[i].hash);
        if (r < 0)
            return r;
    }
    clusters->stream[clusters->n_stream++] = 0;
    return WD_OK;
}

int clusters_add(struct clusters *clusters, struct wd_lesson_reader *reader,
                 struct wd_str text)
{
    return wd_lesson_read(reader, text, take_lesson, clusters);
}

/* -------------------------------------------------------------------------- ranking */

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Fills rows with the frequent words and every entry with its rank. */
static int rank_words(struct clusters *clusters)
{
    struct entry **all = calloc(clusters->n_entries + 1, sizeof(struct entry *));
    size_t n = 0;
    if (!all)
        return WD_ENOMEM;
    for (size_t i = 0; i < clusters->n_slots; i++) {
        clusters->slot[i].rank = NONE;
        if (clusters->slot[i].count >= WORD_COUNT)
            all[n++] = &clusters->slot[i];
    }
    qsort(all, n, sizeof(struct entry *), compare_entries);
    n = n < WORDS_MAX ? n : WORDS_MAX;
    clusters->rows = calloc(n + 1, sizeof(clusters->rows[0]));
    if (clusters->rows) {
        for (size_t i = 0; i < n; i++) {
            all[i]->rank = (uint32_t)i;
            clusters->rows[i].hash = all[i]->hash;
        }
        clusters->n_rows = n;
    }
    free(all);
    return clusters->rows ? WD_OK : WD_ENOMEM;
}

static int compare_bonds(const void *a, const void *b)
{
    const struct bond *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return (x->context > y->context) - (x->context < y->context);
}

static size_t join_equal(struct bond *bond, size_t n)
{
    size_t kept = 0;
    qsort(bond, n, sizeof(*bond), compare_bonds);
    for (size_t i = 0; i < n; i++) {
        if (kept && compare_bonds(&bond[kept - 1], &bond[i]) == 0)
            bond[kept - 1].count += bond[i].count;
        else
            bond[kept++] = bond[i];
    }
    return kept;
}

static uint32_t rank_of(const struct clusters *clusters, uint64_t hash)
{
    if (hash == 0)
        return NONE;
    return entry_of(clusters->slot, clusters->n_slots, hash)->rank;
}

static int find_bonds(const struct clusters *clusters, struct bonds *bonds)
{
    size_t n = 0;
    bonds->first = calloc(clusters->n_rows + 2, sizeof(size_t));
    bonds->bond = malloc((2 * clusters->n_stream + 1) * sizeof(bonds->bond[0]));
    if (!bonds->first || !bonds->bond)
        return WD_ENOMEM;
    uint32_t prev = NONE;
    for (size_t i = 0; i < clusters->n_stream; i++) {
        uint32_t rank = rank_of(clusters, clusters->stream[i]);
        if (rank != NONE && prev < CONTEXTS_MAX)
            bonds->bond[n++] = (struct bond){rank, prev, 1};
        if (prev != NONE && rank < CONTEXTS_MAX)
            bonds->bond[n++] = (struct bond){prev, CONTEXTS_MAX + rank, 1};
        prev = rank;
    }
    n = join_equal(bonds->bond, n);
    for (size_t i = 0; i < n; i++)
        bonds->first[bonds->bond[i].word + 1] = i + 1;
    for (size_t i = 1; i <= clusters->n_rows; i++) {
        if (bonds->first[i] < bonds->first[i - 1])
            bonds->first[i] = bonds->first[i - 1];
    }
    return WD_OK;
}

/* --------------------------------------------------------------------------- exchange */

struct exchange {
    const struct clusters *clusters;
    const struct bonds *bonds;
    unsigned n_classes;
    uint16_t *class_of;
    uint32_t *joint; /* counts of (context, class) */
    uint64_t *total; /* of each class */
    double *gain;
};

static double n_log_n(const struct clusters *clusters, uint64_t n)
{
    return n < LOGS ? clusters->n_log_n[n] : (double)n * log((double)n);
}

static void shift(struct exchange *ex, uint32_t word, unsigned to, int sign)
{
    for (size_t i = ex->bonds->first[word]; i < ex->bonds->first[word + 1]; i++) {
        const struct bond *bond = &ex->bonds->bond[i];
        uint32_t *joint = &ex->joint[(size_t)bond->context * ex->n_classes + to];
        *joint = sign > 0 ? *joint + bond->count : *joint - bond->count;
        ex->total[to] =
            sign > 0 ? ex->total[to] + bond->count : ex->total[to] - bond->count;
    }
}

/* The class that a word, taken out of its own, adds most to. */
static unsigned best_class(struct exchange *ex, uint32_t word)
{
    uint64_t all = 0;
    unsigned best = 0;
    for (unsigned c = 0; c < ex->n_classes; c++)
        ex->gain[c] = 0;
    for (size_t i = ex->bonds->first[word]; i < ex->bonds->first[word + 1]; i++) {
        const struct bond *bond = &ex->bonds->bond[i];
        const uint32_t *joint = &ex->joint[(size_t)bond->context * ex->n_classes];
        double alone = n_log_n(ex->clusters, bond->count);
        all += bond->count;
        for (unsigned c = 0; c < ex->n_classes; c++) {
            if (joint[c] == 0)
                ex->gain[c] += alone;
            else
                ex->gain[c] += n_log_n(ex->clusters, joint[c] + bond->count) -
                               n_log_n(ex->clusters, joint[c]);
        }
    }
    for (unsigned c = 0; c < ex->n_classes; c++) {
        ex->gain[c] -= n_log_n(ex->clusters, ex->total[c] + all) -
                       n_log_n(ex->clusters, ex->total[c]);
        if (ex->gain[c] > ex->gain[best])
            best = c;
    }
    return best;
}

static void run_exchange(struct exchange *ex)
{
    size_t n_words = ex->clusters->n_rows;
    for (uint32_t w = 0; w < n_words; w++) {
        ex->class_of[w] = (uint16_t)(w % ex->n_classes);
        shift(ex, w, ex->class_of[w], 1);
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (uint32_t w = 0; w < n_words; w++) {
            shift(ex, w, ex->class_of[w], -1);
            ex->class_of[w] = (uint16_t)best_class(ex, w);
            shift(ex, w, ex->class_of[w], 1);
        }
    }
}

/* Classes in `class_of`, from 0. */
static int classify(const struct clusters *clusters, const struct bonds *bonds,
                    unsigned n_classes, uint16_t *class_of)
{
    int r = WD_ENOMEM;
    struct exchange ex = {
        .clusters = clusters,
        .bonds = bonds,
        .n_classes = n_classes,
        .class_of = class_of,
        .joint = calloc((size_t)2 * CONTEXTS_MAX * n_classes, sizeof(uint32_t)),
        .total = calloc(n_classes, sizeof(uint64_t)),
        .gain = calloc(n_classes, sizeof(double)),
    };
    if (!ex.joint || !ex.total || !ex.gain)
        goto out;
    run_exchange(&ex);
    r = WD_OK;
out:
    free(ex.joint);
    free(ex.total);
    free(ex.gain);
    return r;
}

int clusters_make(struct clusters *clusters, unsigned n_fine)
{
    struct bonds bonds = {0};
    uint16_t *class_of = NULL;
    unsigned n_coarse = n_fine / COARSE_FACTOR > 1 ? n_fine / COARSE_FACTOR : 2;
    int r = rank_words(clusters);
    if (r < 0)
        goto out;
    r = find_bonds(clusters, &bonds);
    if (r < 0)
        goto out;
    r = WD_ENOMEM;
    class_of = calloc(clusters->n_rows + 1, sizeof(*class_of));
    if (!class_of)
        goto out;
    r = classify(clusters, &bonds, n_fine, class_of);
    if (r < 0)
        goto out;
    for (size_t i = 0; i < clusters->n_rows; i++)
        clusters->rows[i].fine = (uint16_t)(class_of[i] + 1);
    r = classify(clusters, &bonds, n_coarse, class_of);
    if (r < 0)
        goto out;
    for (size_t i = 0; i < clusters->n_rows; i++)
        clusters->rows[i].coarse = (uint16_t)(class_of[i] + 1);
out:
    free(bonds.bond);
    free(bonds.first);
    free(class_of);
    return r;
}

const struct wd_word_cluster *clusters_rows(const struct clusters *clusters,
                                            size_t *ret_n)
{
    *ret_n = clusters->n_rows;
    return clusters->rows;
}
