/* match.c -- compares the fingerprints of two articles.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One overlap figure cannot tell a reprint from a template: among press releases, two in
 * five pairs with much text in common are the same form filled in again. What a reprint
 * keeps and a template changes are names and numbers, so both are asked. */
#include "match.h"

#include "wiredesk/sketch.h"

enum { WHOLE = 10000, MS_PER_HOUR = 3600 * 1000 };

struct wd_print wd_print_of(const struct wd_sketch *sketch)
{
    return (struct wd_print){
        .content_hash = sketch->content_hash,
        .n_words = sketch->n_words,
        .sampling = sketch->sampling,
        .shingles = {sketch->shingles, sketch->n_sampled},
        .figures = {sketch->figures, sketch->n_figures},
        .names = {sketch->names, sketch->n_names},
        .time_ms =
            sketch->published_ms >= 0 ? sketch->published_ms : sketch->timestamp_ms,
    };
}

static uint32_t count_shared(struct wd_hashes a, struct wd_hashes b)
{
    uint32_t i = 0, k = 0, n = 0;
    while (i < a.n && k < b.n) {
        uint32_t x = a.at[i], y = b.at[k];
        n += x == y;
        i += x <= y;
        k += y <= x;
    }
    return n;
}

/* How many of the ascending hashes are below 2^32 >> sampling. */
static uint32_t count_sampled(struct wd_hashes hashes, uint8_t sampling)
{
    uint64_t bound = (UINT64_C(1) << 32) >> sampling;
    uint32_t low = 0, high = hashes.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (hashes.at[middle] < bound)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint16_t share(uint32_t part, uint32_t whole)
{
    return whole ? (uint16_t)((uint64_t)part * WHOLE / whole) : 0;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Where neither text has any, nothing speaks against them. */
static void match_facts(struct wd_hashes a, struct wd_hashes b, uint16_t *ret_of_fewer,
                        uint16_t *ret_of_all)
{
    uint32_t n = count_shared(a, b), fewer = smaller(a.n, b.n), all = a.n + b.n - n;
    *ret_of_fewer = fewer ? share(n, fewer) : WHOLE;
    *ret_of_all = all ? share(n, all) : WHOLE;
}

static uint16_t hours_between(int64_t a, int64_t b)
{
    if (a < 0 || b < 0)
        return 0;
    int64_t hours = (a > b ? a - b : b - a) / MS_PER_HOUR;
    return (uint16_t)(hours < WHOLE ? hours : WHOLE);
}

struct wd_likeness wd_match(const struct wd_print *this, const struct wd_print *that)
{
    uint8_t sampling = this->sampling > that->sampling ? this->sampling : that->sampling;
    struct wd_hashes a = this->shingles, b = that->shingles;
    a.n = count_sampled(a, sampling);
    b.n = count_sampled(b, sampling);
    uint32_t n = count_shared(a, b);

    struct wd_likeness like = {
        .is_same =
            this->content_hash == that->content_hash && this->n_words == that->n_words,
        .resemblance = share(n, a.n + b.n - n),
        .containment = share(n, a.n),
        .contained = share(n, b.n),
        .n_shared = n,
        .n_this = a.n,
        .n_that = b.n,
        .length = this->n_words < that->n_words ? share(this->n_words, that->n_words)
                                                : share(that->n_words, this->n_words),
        .hours = hours_between(this->time_ms, that->time_ms),
    };
    match_facts(this->figures, that->figures, &like.figures, &like.all_figures);
    match_facts(this->names, that->names, &like.names, &like.all_names);
    if (like.is_same)
        like.resemblance = like.containment = like.contained = WHOLE;
    return like;
}

int64_t wd_match_score(const struct wd_likeness *like)
{
    uint16_t most =
        like->containment > like->contained ? like->containment : like->contained;
    return (int64_t)most * 2 + like->resemblance;
}

enum wd_verdict wd_judge(const struct wd_likeness *like)
{
    uint16_t most =
        like->containment > like->contained ? like->containment : like->contained;
    if (like->is_same)
        return WD_VERDICT_EXACT;
    if (like->n_shared < 3 || most < 3000)
        return WD_VERDICT_UNIQUE;
    if (like->names < 6000 || like->figures < 5000)
        return WD_VERDICT_UNIQUE;
    return like->resemblance >= 6000 ? WD_VERDICT_NEAR : WD_VERDICT_SYNDICATED;
}
