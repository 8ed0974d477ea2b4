/* match.c -- compares the fingerprints of two articles.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One overlap figure cannot tell a reprint from a template: among press releases, two in
 * five pairs with much text in common are the same form filled in again. What a reprint
 * keeps and a template changes are names and numbers, so both are asked, and the rare
 * ones most: that both texts say "Senate" and "2006" is no news.
 *
 * Lists are the lowest hashes of each text (sketch.c). Two of them are compared below the
 * lower of their ends only, where both are complete; what they share there estimates what
 * the texts share, without bias, however different their lengths are. */
#include "match.h"

#include "base/log2.h"
#include "wiredesk/sketch.h"

enum { WHOLE = 10000, MS_PER_HOUR = 3600 * 1000, FACT_BITS = 16 };

/* --- census --- */

int wd_census_init(struct wd_census *census)
{
    struct wd_counts *const all[] = {&census->figures, &census->names,
                                     &census->headlines};
    *census = (struct wd_census){0};
    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
        int r = wd_counts_init(all[i], FACT_BITS, FACT_BITS);
        if (r < 0)
            return r;
    }
    return WD_OK;
}

void wd_census_done(struct wd_census *census)
{
    wd_counts_done(&census->figures);
    wd_counts_done(&census->names);
    wd_counts_done(&census->headlines);
}

static void census_each(struct wd_census *census, const struct wd_print *print,
                        void (*count)(struct wd_counts *counts, uint32_t hash))
{
    for (uint32_t i = 0; i < print->figures.n; i++)
        count(&census->figures, print->figures.at[i]);
    for (uint32_t i = 0; i < print->names.n; i++)
        count(&census->names, print->names.at[i]);
    for (uint32_t i = 0; i < print->headline.n; i++)
        count(&census->headlines, print->headline.at[i]);
}

void wd_census_add(struct wd_census *census, const struct wd_print *print)
{
    census->n_articles++;
    census_each(census, print, wd_counts_add);
}

void wd_census_drop(struct wd_census *census, const struct wd_print *print)
{
    census->n_articles--;
    census_each(census, print, wd_counts_drop);
}

/* --- prints --- */

struct wd_print wd_print_of(const struct wd_sketch *sketch,
                            uint16_t headline[WD_TERMS_MAX])
{
    uint32_t n_headline = 0;
    for (uint32_t i = 0; i < sketch->n_terms; i++) {
        uint16_t hash = (uint16_t)(sketch->terms[i].hash >> (WD_TERM_BITS - 16));
        bool is_new = n_headline == 0 || headline[n_headline - 1] != hash;
        if ((sketch->terms[i].flags & WD_TERM_HEADLINE) && is_new)
            headline[n_headline++] = hash;
    }
    return (struct wd_print){
        .content_hash = sketch->content_hash,
        .n_words = sketch->n_words,
        .is_whole = sketch->n_prints == sketch->n_shingles,
        .source = sketch->source,
        .prints = {sketch->prints, sketch->n_prints},
        .figures = {sketch->figures, sketch->n_figures},
        .names = {sketch->names, sketch->n_names},
        .headline = {headline, n_headline},
        .time_ms = sketch->published_ms,
        .starts = sketch->starts,
        .lead_end = sketch->lead_end,
    };
}

uint8_t wd_rarity(uint32_t count)
{
    enum { STEP = 3 };
    uint8_t rarity = WD_RARITY_MAX;
    while (count > 1 && rarity > STEP) {
        count >>= 1;
        rarity = (uint8_t)(rarity - STEP);
    }
    return rarity;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The highest hash of a list that was cut at its end. */
static uint32_t bound_of(struct wd_hashes list, bool is_cut)
{
    return is_cut && list.n ? list.at[list.n - 1] : UINT16_MAX;
}

uint32_t wd_print_bound(const struct wd_print *a, const struct wd_print *b)
{
    return smaller(bound_of(a->prints, !a->is_whole), bound_of(b->prints, !b->is_whole));
}

uint32_t wd_hashes_bound(struct wd_hashes a, struct wd_hashes b, uint32_t max)
{
    return smaller(bound_of(a, a.n == max), bound_of(b, b.n == max));
}

/* The part of a list that is not above the bound. */
static struct wd_hashes list_up_to(struct wd_hashes list, uint32_t bound)
{
    while (list.n > 0 && list.at[list.n - 1] > bound)
        list.n--;
    return list;
}

static uint16_t share(uint64_t part, uint64_t whole)
{
    return whole ? (uint16_t)(part * WHOLE / whole) : 0;
}

/* --- texts --- */

/* What two samples have in common. */
struct overlap {
    uint32_t n;
    uint32_t n_known;  /* of those, whose rarity is known, */
    uint32_t rarity;   /* the sum of theirs, */
    uint32_t n_common; /* and how many of them are not rare */
    uint32_t n_lead;   /* shared ones of the lead of a */
};

static void overlap_add(struct overlap *over, const struct wd_print *a, uint32_t place)
{
    enum { FEW = WD_RARITY_MAX - 3 }; /* two or three articles */
    uint8_t rarity = a->rarities ? a->rarities[place] : 0;
    over->n++;
    over->n_known += rarity != 0;
    over->rarity += rarity;
    over->n_common += rarity != 0 && rarity < FEW;
    over->n_lead += a->starts && a->starts[place] < a->lead_end;
}

static struct overlap overlap_of(const struct wd_print *this, struct wd_hashes a,
                                 struct wd_hashes b)
{
    struct overlap over = {0};
    for (uint32_t i = 0, k = 0; i < a.n && k < b.n;) {
        uint16_t x = a.at[i], y = b.at[k];
        if (x == y)
            overlap_add(&over, this, i);
        i += x <= y;
        k += y <= x;
    }
    return over;
}

static uint32_t count_lead(const struct wd_print *print, uint32_t n)
{
    uint32_t n_lead = 0;
    for (uint32_t i = 0; i < n && print->starts; i++)
        n_lead += print->starts[i] < print->lead_end;
    return n_lead;
}

static void match_texts(const struct wd_print *this, const struct wd_print *that,
                        struct wd_likeness *like)
{
    uint32_t bound = wd_print_bound(this, that);
    struct wd_hashes a = list_up_to(this->prints, bound);
    struct wd_hashes b = list_up_to(that->prints, bound);
    struct overlap over = overlap_of(this, a, b);
    uint32_t n_lead = count_lead(this, a.n);

    like->n_shared = over.n;
    like->n_this = a.n;
    like->n_that = b.n;
    like->resemblance = share(over.n, a.n + b.n - over.n);
    like->containment = share(over.n, a.n);
    like->contained = share(over.n, b.n);
    like->lead = n_lead ? share(over.n_lead, n_lead) : like->containment;
    like->rarity =
        over.n_known ? share(over.rarity, over.n_known * WD_RARITY_MAX) : WHOLE;
    like->common = share(over.n_common, over.n);
    like->words = this->n_words < that->n_words
                      ? (uint32_t)((uint64_t)this->n_words * like->containment / WHOLE)
                      : (uint32_t)((uint64_t)that->n_words * like->contained / WHOLE);
}

/* --- facts --- */

/* What two lists of facts weigh, and what they share. */
struct balance {
    uint64_t shared;
    uint64_t a;
    uint64_t b;
    uint32_t n_shared;
    uint32_t n_a;
    uint32_t n_b;
};

/* A fact weighs the logarithm of how many articles there are to one that has it, as if
 * PRIOR articles without it had gone before. */
static uint32_t fact_weight(const struct wd_counts *counts, uint32_t n_all, uint32_t hash)
{
    enum { PRIOR = 50 };
    uint32_t all = wd_log2(n_all + PRIOR);
    uint32_t with = wd_log2(wd_counts_of(counts, hash) + 1);
    return all > with ? all - with : 0;
}

static struct balance weigh_facts(struct wd_hashes a, struct wd_hashes b, uint32_t max,
                                  const struct wd_counts *counts, uint32_t n_all)
{
    uint32_t bound = wd_hashes_bound(a, b, max);
    struct balance bal = {0};
    a = list_up_to(a, bound);
    b = list_up_to(b, bound);
    bal.n_a = a.n;
    bal.n_b = b.n;
    for (uint32_t i = 0, k = 0; i < a.n || k < b.n;) {
        bool is_a = k == b.n || (i < a.n && a.at[i] <= b.at[k]);
        bool is_b = i == a.n || (k < b.n && b.at[k] <= a.at[i]);
        uint32_t weight = fact_weight(counts, n_all, is_a ? a.at[i] : b.at[k]);
        bal.a += is_a ? weight : 0;
        bal.b += is_b ? weight : 0;
        bal.shared += is_a && is_b ? weight : 0;
        bal.n_shared += is_a && is_b;
        i += is_a;
        k += is_b;
    }
    return bal;
}

/* Where neither text has any, nothing speaks against them. */
static uint16_t share_of_all(const struct balance *bal)
{
    uint64_t all = bal->a + bal->b - bal->shared;
    return all ? share(bal->shared, all) : WHOLE;
}

static uint16_t share_of_fewer(const struct balance *bal)
{
    uint64_t fewer = bal->a < bal->b ? bal->a : bal->b;
    return fewer ? share(bal->shared, fewer) : WHOLE;
}

static void match_facts(const struct wd_print *this, const struct wd_print *that,
                        const struct wd_census *census, struct wd_likeness *like)
{
    uint32_t n_all = census->n_articles;
    struct balance figures = weigh_facts(this->figures, that->figures, WD_FIGURES_MAX,
                                         &census->figures, n_all);
    struct balance names =
        weigh_facts(this->names, that->names, WD_NAMES_MAX, &census->names, n_all);
    struct balance headlines = weigh_facts(this->headline, that->headline, WD_TERMS_MAX,
                                           &census->headlines, n_all);
    uint32_t n_names = names.n_a + names.n_b - names.n_shared;
    like->all_figures = share_of_all(&figures);
    like->names = share_of_fewer(&names);
    like->all_names = n_names ? share(names.n_shared, n_names) : WHOLE;
    like->headline =
        headlines.n_a && headlines.n_b ? share_of_fewer(&headlines) : WHOLE / 2;
}

/* --- both --- */

static uint16_t hours_between(int64_t a, int64_t b)
{
    if (a < 0 || b < 0)
        return WD_HOURS_UNKNOWN;
    int64_t hours = (a > b ? a - b : b - a) / MS_PER_HOUR;
    return (uint16_t)(hours < WHOLE ? hours : WHOLE);
}

struct wd_likeness wd_match(const struct wd_print *this, const struct wd_print *that,
                            const struct wd_census *census)
{
    struct wd_likeness like = {
        .is_same =
            this->content_hash == that->content_hash && this->n_words == that->n_words,
        .is_backdated = this->time_ms >= 0 && this->time_ms < that->time_ms,
        .is_cross = this->source && that->source && this->source != that->source,
        .length = this->n_words < that->n_words ? share(this->n_words, that->n_words)
                                                : share(that->n_words, this->n_words),
        .hours = hours_between(this->time_ms, that->time_ms),
    };
    match_texts(this, that, &like);
    if (like.is_same || like.n_shared >= WD_SHARED_MIN)
        match_facts(this, that, census, &like);
    if (like.is_same)
        like.resemblance = like.containment = like.contained = like.lead = WHOLE;
    return like;
}
