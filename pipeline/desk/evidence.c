/* evidence.c -- finds the longest shared passages, and the facts that differ.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Of the new article everything is at hand, of the earlier one a sample of its shingles
 * and where the first of these begin. A passage is a run of the new article's own samples
 * that the earlier one has, all of them, in one go; its end there is where the samples
 * place it. What lies between two samples is taken on trust: a word that was changed
 * there does not show. `wiredesk explain`, which has both texts, shows it. */
#include "evidence.h"

#include <string.h>

#include "base/article.h"
#include "base/folded.h"
#include "base/sort.h"

enum {
    PASSAGES_MAX = 3,
    FACTS_SHOWN = 8,
    SHINGLE_WORDS = 5, /* as in sketch.c */
    PLACES = 256,
    NO_PLACE = -1,
    MS_PER_HOUR = 3600 * 1000,
};

/* One sample of the new article. */
struct sample {
    uint32_t start;
    int32_t place; /* in the earlier article, in 256ths; NO_PLACE: not known */
    bool is_shared;
};

/* A run of shared ones. */
struct run {
    uint32_t start;        /* of its first sample */
    uint32_t last;         /* of its last */
    uint32_t first_placed; /* of the first one whose place there is known */
    uint32_t last_placed;
    int32_t first_place;
    int32_t last_place;
};

/* The samples that both cover, in the order of the text. */
static uint32_t find_samples(const struct wd_print *this, const struct wd_print *that,
                             const struct wd_kept *kept,
                             struct sample ret_samples[WD_PRINTS_MAX])
{
    uint64_t order[2 * WD_PRINTS_MAX];
    struct sample found[WD_PRINTS_MAX];
    uint8_t places[WD_PLACES_MAX];
    uint32_t n_places = wd_kept_places(kept, places), n = 0, k = 0;
    uint32_t bound = wd_print_bound(this, that);

    for (; n < this->prints.n && this->prints.at[n] <= bound; n++) {
        uint16_t print = this->prints.at[n];
        while (k < that->prints.n && that->prints.at[k] < print)
            k++;
        bool is_shared = k < that->prints.n && that->prints.at[k] == print;
        found[n] = (struct sample){
            this->starts[n], is_shared && k < n_places ? places[k] : NO_PLACE, is_shared};
        order[n] = (uint64_t)n << 32 | this->starts[n];
    }
    wd_sort_keys(order, order + n, n, 32);
    for (uint32_t i = 0; i < n; i++)
        ret_samples[i] = found[order[i] >> 32];
    return n;
}

/* Where the earlier article goes on elsewhere, another passage begins. */
static bool goes_on(const struct run *run, const struct sample *sample)
{
    return sample->is_shared &&
           (sample->place == NO_PLACE || run->last_place == NO_PLACE ||
            sample->place >= run->last_place);
}

static struct run run_from(const struct sample *samples, uint32_t n, uint32_t *i)
{
    struct run run = {
        .start = samples[*i].start, .first_place = NO_PLACE, .last_place = NO_PLACE};
    do {
        const struct sample *sample = &samples[*i];
        run.last = sample->start;
        if (sample->place != NO_PLACE) {
            if (run.first_place == NO_PLACE) {
                run.first_place = sample->place;
                run.first_placed = sample->start;
            }
            run.last_place = sample->place;
            run.last_placed = sample->start;
        }
    } while (++*i < n && goes_on(&run, &samples[*i]));
    return run;
}

/* Puts the run into its place among the longest, in the order of the text. */
static uint32_t keep_longest(struct run runs[PASSAGES_MAX], uint32_t n, struct run run)
{
    if (n == PASSAGES_MAX) {
        uint32_t shortest = 0;
        for (uint32_t i = 1; i < n; i++) {
            if (runs[i].last - runs[i].start < runs[shortest].last - runs[shortest].start)
                shortest = i;
        }
        if (run.last - run.start <= runs[shortest].last - runs[shortest].start)
            return n;
        n--;
        memmove(&runs[shortest], &runs[shortest + 1], (n - shortest) * sizeof(*runs));
    }
    runs[n] = run;
    return n + 1;
}

/* The end of the `n` words that begin at `start`. */
static uint32_t end_of_words(struct wd_str text, uint32_t start, unsigned n)
{
    struct wd_folded words =
        wd_folded_of(text, (struct wd_span){start, (uint32_t)text.size});
    struct wd_folded_word word;
    uint32_t end = start;
    for (unsigned i = 0; i < n && wd_folded_next(&words, &word); i++)
        end = word.span.end;
    return end;
}

static struct wd_shared_passage passage_of(const struct wd_article *art,
                                           const struct run *run, uint32_t n_points)
{
    struct wd_shared_passage passage = {
        .here = {run->start, end_of_words(art->facts.text, run->last, SHINGLE_WORDS)},
    };
    if (run->first_place == NO_PLACE)
        return passage;
    /* Each sample there begins somewhere in its 256th; what lies before the first and
     * behind the last one that is placed is as long there as here. */
    uint64_t head = run->first_placed - run->start;
    uint64_t tail = passage.here.end - run->last_placed;
    uint64_t start = (uint64_t)run->first_place * n_points / PLACES;
    uint64_t end = ((uint64_t)run->last_place + 1) * n_points / PLACES + 1 + tail;
    passage.there_start = (uint32_t)(start > head ? start - head : 0);
    passage.there_end = (uint32_t)(end < n_points ? end : n_points);
    return passage;
}

static int find_passages(struct wd_article *art, const struct wd_print *this,
                         const struct wd_print *that, const struct wd_kept *kept,
                         struct wd_evidence *evidence)
{
    struct sample samples[WD_PRINTS_MAX];
    struct run runs[PASSAGES_MAX];
    uint32_t n_samples = find_samples(this, that, kept, samples), n = 0;
    for (uint32_t i = 0; i < n_samples;) {
        if (samples[i].is_shared)
            n = keep_longest(runs, n, run_from(samples, n_samples, &i));
        else
            i++;
    }
    struct wd_shared_passage *passages =
        wd_arena_alloc(&art->arena, n * sizeof(*passages));
    if (!passages)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < n; i++)
        passages[i] = passage_of(art, &runs[i], kept->n_points);
    evidence->passages = passages;
    evidence->n_passages = n;
    return WD_OK;
}

/* Facts of this article that the other has not, as far as both lists go, and how many the
 * other has that this one has not. */
static int find_facts(struct wd_article *art, struct wd_hashes this,
                      const uint32_t *starts, struct wd_hashes that, uint32_t max,
                      const struct wd_span **ret_own, size_t *ret_n, uint32_t *ret_other)
{
    struct wd_span *own = wd_arena_alloc(&art->arena, FACTS_SHOWN * sizeof(*own));
    uint64_t found[2 * (WD_NAMES_MAX > WD_FIGURES_MAX ? WD_NAMES_MAX : WD_FIGURES_MAX)];
    uint32_t bound = wd_hashes_bound(this, that, max), n = 0, n_other = 0;
    if (!own)
        return WD_ENOMEM;
    for (uint32_t i = 0, k = 0; i < this.n || k < that.n;) {
        bool is_this = k == that.n || (i < this.n && this.at[i] <= that.at[k]);
        bool is_that = i == this.n || (k < that.n && that.at[k] <= this.at[i]);
        if ((is_this ? this.at[i] : that.at[k]) > bound)
            break;
        if (is_this && !is_that)
            found[n++] = starts[i];
        n_other += !is_this;
        i += is_this;
        k += is_that;
    }
    wd_sort_keys(found, found + n, n, 32);
    *ret_n = n < FACTS_SHOWN ? n : FACTS_SHOWN;
    for (size_t i = 0; i < *ret_n; i++) {
        uint32_t start = (uint32_t)found[i];
        own[i] = (struct wd_span){start, end_of_words(art->facts.text, start, 1)};
    }
    *ret_own = own;
    *ret_other = n_other;
    return WD_OK;
}

static int32_t hours_between(int64_t a, int64_t b)
{
    if (a < 0 || b < 0)
        return -1;
    int64_t hours = (a > b ? a - b : b - a) / MS_PER_HOUR;
    return (int32_t)(hours < INT32_MAX ? hours : INT32_MAX);
}

int wd_evidence_find(struct wd_article *art, const struct wd_kept *kept,
                     struct wd_evidence *ret_evidence)
{
    const struct wd_sketch *sketch = &art->sketch;
    struct wd_print_room lists;
    struct wd_kept_room room;
    struct wd_print this = wd_print_of(sketch, &lists);
    struct wd_print that = wd_kept_print(kept, &room);
    struct wd_evidence evidence = {.hours = hours_between(this.time_ms, that.time_ms)};

    int r = find_passages(art, &this, &that, kept, &evidence);
    if (r == WD_OK)
        r = find_facts(art, this.names, sketch->name_starts, that.names, WD_NAMES_MAX,
                       &evidence.names, &evidence.n_names, &evidence.other_names);
    if (r == WD_OK)
        r = find_facts(art, this.figures, sketch->figure_starts, that.figures,
                       WD_FIGURES_MAX, &evidence.figures, &evidence.n_figures,
                       &evidence.other_figures);
    *ret_evidence = evidence;
    return r;
}
