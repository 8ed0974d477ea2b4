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
#include "base/root.h"
#include "wiredesk/sketch.h"

enum { WHOLE = 10000, MS_PER_HOUR = 3600 * 1000, FACT_BITS = 16 };

/* --- census --- */

int wd_census_init(struct wd_census *census)
{
    struct wd_counts *const all[] = {&census->figures, &census->names, &census->headlines,
                                     &census->terms};
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
    wd_counts_done(&census->terms);
}

static inline __attribute__((always_inline)) void
census_each(struct wd_census *census, const struct wd_print *print,
            void (*count)(struct wd_counts *counts, uint32_t hash))
{
    for (uint32_t i = 0; i < print->figures.n; i++)
        count(&census->figures, print->figures.at[i]);
    for (uint32_t i = 0; i < print->names.n; i++)
        count(&census->names, print->names.at[i]);
    for (uint32_t i = 0; i < print->headline.n; i++)
        count(&census->headlines, print->headline.at[i]);
    for (uint32_t i = 0; i < print->topic.n; i++)
        count(&census->terms, print->topic.at[i]);
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

static bool has_one_twice(const uint16_t *hashes, uint32_t n)
{
    bool is_there = false;
    for (uint32_t i = 1; i < n; i++)
        is_there |= hashes[i] == hashes[i - 1];
    return is_there;
}

/* The terms of the headline, each hash once. */
static struct wd_hashes headline_of(const struct wd_terms *terms, uint16_t *room)
{
    uint32_t n = 0, n_left = 0;
    for (uint32_t i = 0; i < terms->n; i++) { /* each is written, to stay or not */
        room[n] = terms->hashes[i];
        n += !!(terms->flags[i] & WD_TERM_HEADLINE);
    }
    if (!has_one_twice(room, n))
        return (struct wd_hashes){room, n};
    for (uint32_t i = 0; i < n; i++) {
        if (n_left == 0 || room[n_left - 1] != room[i])
            room[n_left++] = room[i];
    }
    return (struct wd_hashes){room, n_left};
}

/* All terms, each hash once: mostly they are just that. */
static struct wd_topic topic_of(const struct wd_terms *terms, struct wd_print_room *room)
{
    uint32_t n = 0;
    if (!has_one_twice(terms->hashes, terms->n))
        return (struct wd_topic){terms->hashes, terms->weights, terms->n};
    for (uint32_t i = 0; i < terms->n; i++) {
        if (n > 0 && room->topic[n - 1] == terms->hashes[i])
            continue;
        room->topic[n] = terms->hashes[i];
        room->weights[n++] = terms->weights[i];
    }
    return (struct wd_topic){room->topic, room->weights, n};
}

struct wd_print wd_print_of(const struct wd_sketch *sketch, struct wd_print_room *room)
{
    return (struct wd_print){
        .content_hash = sketch->content_hash,
        .n_words = sketch->n_words,
        .is_whole = sketch->n_prints == sketch->n_shingles,
        .source = sketch->source,
        .prints = {sketch->prints, sketch->n_prints},
        .figures = {sketch->figures, sketch->n_figures},
        .names = {sketch->names, sketch->n_names},
        .headline = headline_of(&sketch->terms, room->headline),
        .topic = topic_of(&sketch->terms, room),
        .time_ms = sketch->published_ms,
        .holders = NULL,
        .is_holder = false,
        .starts = sketch->starts,
        .figure_starts = sketch->figure_starts,
        .name_starts = sketch->name_starts,
        .lead_end = sketch->lead_end,
    };
}

uint32_t wd_rarity(uint32_t count)
{
    enum { STEP = 3 };
    uint32_t rarity = WD_RARITY_MAX;
    for (; count > 1 && rarity > STEP; count >>= 1)
        rarity -= STEP;
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

uint32_t wd_print_end(const struct wd_print *print)
{
    return bound_of(print->prints, !print->is_whole);
}

uint32_t wd_print_bound(const struct wd_print *a, const struct wd_print *b)
{
    return smaller(wd_print_end(a), wd_print_end(b));
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

struct wd_overlap wd_overlap_of(const struct wd_print *this, const struct wd_lookup *look,
                                const struct wd_print *that)
{
    uint32_t bound = wd_print_bound(this, that);
    struct wd_hashes mine = list_up_to(this->prints, bound);
    struct wd_hashes theirs = list_up_to(that->prints, bound);
    struct wd_overlap over = {.n_this = mine.n, .n_that = theirs.n};
    for (uint32_t i = 0; i < theirs.n; i++) {
        uint8_t place = wd_lookup_find(look, theirs.at[i]);
        if (place != WD_LOOKUP_NONE)
            over.places[over.n++] = place;
    }
    return over;
}

/* Of the first sentences of this one. */
static uint16_t share_of_lead(const struct wd_print *this, const struct wd_overlap *over)
{
    uint32_t n_lead = 0, n_shared = 0;
    for (uint32_t i = 0; i < over->n_this && this->starts; i++)
        n_lead += this->starts[i] < this->lead_end;
    for (uint32_t i = 0; i < over->n && n_lead; i++)
        n_shared += this->starts[over->places[i]] < this->lead_end;
    return share(n_lead ? n_shared : over->n, n_lead ? n_lead : over->n_this);
}

/* What several others have is a form, a slogan or an address. Two texts that share
 * nothing else have nothing of their own in common, however much it is; and what of
 * either is such does not count for the rest. One that was not found itself is not
 * counted among the holders. */
static void weigh_rare(const struct wd_print *this, const struct wd_print *that,
                       const struct wd_overlap *over, struct wd_likeness *like)
{
    enum { FEW = 2, SEVERAL = 4 }; /* others */
    uint32_t n_usual = 0, n_usual_shared = 0, n_common = 0, rarity = 0;
    for (uint32_t i = 0; i < over->n_this && this->holders; i++)
        n_usual += this->holders[i] >= FEW;
    for (uint32_t i = 0; i < over->n && this->holders; i++) {
        uint32_t n_holders = this->holders[over->places[i]];
        uint32_t n_others = n_holders - (n_holders && that->is_holder);
        rarity += wd_rarity(n_others + 1);
        n_usual -= n_holders >= FEW && n_others < FEW;
        n_usual_shared += n_others >= FEW;
        n_common += n_others >= SEVERAL;
    }
    like->rarity = rarity ? share(rarity, over->n * WD_RARITY_MAX) : WHOLE;
    like->common = share(n_common, over->n);
    like->rare = share(over->n - n_usual_shared,
                       smaller(over->n_this - n_usual, over->n_that - n_usual_shared));
}

static void overlap_texts(const struct wd_print *this, const struct wd_print *that,
                          const struct wd_overlap *over, struct wd_likeness *like)
{
    like->n_shared = over->n;
    like->n_this = over->n_this;
    like->n_that = over->n_that;
    like->resemblance = share(over->n, over->n_this + over->n_that - over->n);
    like->containment = share(over->n, over->n_this);
    like->contained = share(over->n, over->n_that);
    like->lead = share_of_lead(this, over);
    like->words = this->n_words < that->n_words
                      ? (uint32_t)((uint64_t)this->n_words * like->containment / WHOLE)
                      : (uint32_t)((uint64_t)that->n_words * like->contained / WHOLE);
    like->added =
        (uint32_t)((uint64_t)this->n_words * (WHOLE - like->containment) / WHOLE);
    weigh_rare(this, that, over, like);
}

/* --- facts --- */

/* What two lists of facts weigh, and what they share. */
struct balance {
    uint64_t shared;
    uint64_t a;
    uint64_t b;
    uint64_t lead; /* of what stands in the lead of a, and b has not */
    uint32_t n_shared;
    uint32_t n_a;
    uint32_t n_b;
    uint32_t bound; /* so far both were looked at */
};

/* What is weighed: the facts of two articles, and how rare they are. */
struct scales {
    struct wd_hashes a;
    struct wd_hashes b;
    uint32_t max;           /* a list of so many is cut */
    const uint32_t *starts; /* beside those of a; or NULL */
    uint32_t lead_end;
    const struct wd_counts *counts;
    uint32_t n_all;
};

/* A fact weighs the logarithm of how many articles there are to one that has it, as if
 * PRIOR articles without it had gone before. */
enum { PRIOR = 50 };

static uint32_t fact_weight(const struct wd_counts *counts, uint32_t n_all, uint32_t hash)
{
    uint32_t all = wd_log2(n_all + PRIOR);
    uint32_t with = wd_log2(wd_counts_of(counts, hash) + 1);
    return all > with ? all - with : 0;
}

static struct balance weigh_facts(const struct scales *on)
{
    struct balance bal = {.bound = wd_hashes_bound(on->a, on->b, on->max)};
    struct wd_hashes a = list_up_to(on->a, bal.bound), b = list_up_to(on->b, bal.bound);
    bal.n_a = a.n;
    bal.n_b = b.n;
    for (uint32_t i = 0, k = 0; i < a.n || k < b.n;) {
        bool is_a = k == b.n || (i < a.n && a.at[i] <= b.at[k]);
        bool is_b = i == a.n || (k < b.n && b.at[k] <= a.at[i]);
        uint32_t weight = fact_weight(on->counts, on->n_all, is_a ? a.at[i] : b.at[k]);
        bool is_lead = is_a && !is_b && on->starts && on->starts[i] < on->lead_end;
        bal.a += is_a ? weight : 0;
        bal.b += is_b ? weight : 0;
        bal.shared += is_a && is_b ? weight : 0;
        bal.lead += is_lead ? weight : 0;
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

/* The logarithm of how many facts that nobody else has weigh as much: 10000 for 15. */
static uint16_t logarithm_of(uint64_t weight, uint32_t n_all)
{
    uint64_t n = weight * WD_LOG2_ONE / wd_log2(n_all + PRIOR) + WD_LOG2_ONE;
    uint32_t log = n < UINT16_MAX ? wd_log2((uint32_t)n) - wd_log2(WD_LOG2_ONE) : WHOLE;
    return share(log < 4 * WD_LOG2_ONE ? log : 4 * WD_LOG2_ONE, 4 * WD_LOG2_ONE);
}

/* What each has for itself, of the one with less, as far as both were looked at, and so
 * for the whole of the lists. */
static uint64_t swapped_of(const struct balance *bal)
{
    uint64_t a = bal->a - bal->shared, b = bal->b - bal->shared;
    return (a < b ? a : b) * (UINT16_MAX + 1) / (bal->bound + 1);
}

static void compare_facts(const struct wd_print *this, const struct wd_print *that,
                          const struct wd_census *census, struct wd_likeness *like)
{
    uint32_t n_all = census->n_articles, lead_end = this->lead_end;
    struct balance figures = weigh_facts(
        &(struct scales){this->figures, that->figures, WD_FIGURES_MAX,
                         this->figure_starts, lead_end, &census->figures, n_all});
    struct balance names =
        weigh_facts(&(struct scales){this->names, that->names, WD_NAMES_MAX,
                                     this->name_starts, lead_end, &census->names, n_all});
    struct balance headlines =
        weigh_facts(&(struct scales){this->headline, that->headline, WD_TERMS_MAX, NULL,
                                     0, &census->headlines, n_all});
    uint32_t n_names = names.n_a + names.n_b - names.n_shared;
    like->all_figures = share_of_all(&figures);
    like->names = share_of_fewer(&names);
    like->all_names = n_names ? share(names.n_shared, n_names) : WHOLE;
    like->headline =
        headlines.n_a && headlines.n_b ? share_of_fewer(&headlines) : WHOLE / 2;
    like->swapped = logarithm_of(swapped_of(&figures), n_all);
    like->lead_figures = logarithm_of(figures.lead, n_all);
    /* A text without capitals names nobody, and so lacks no name. */
    like->lead_names = that->names.n ? logarithm_of(names.lead, n_all) : 0;
}

/* --- topics --- */

/* The weights of that one have their rarity in them, as the story stage put it there;
 * those of this one have not. */
static uint16_t match_topics(const struct wd_topic *this, const struct wd_topic *that,
                             const struct wd_census *census)
{
    uint64_t dot = 0, a = 0, b = 0;
    for (uint32_t i = 0, k = 0; i < this->n || k < that->n;) {
        bool is_a = k == that->n || (i < this->n && this->at[i] <= that->at[k]);
        bool is_b = i == this->n || (k < that->n && that->at[k] <= this->at[i]);
        uint64_t x =
            is_a ? (uint64_t)this->weights[i] *
                       fact_weight(&census->terms, census->n_articles, this->at[i])
                 : 0;
        uint64_t y = is_b ? that->weights[k] : 0;
        dot += x * y;
        a += x * x;
        b += y * y;
        i += is_a;
        k += is_b;
    }
    uint64_t length = wd_root(a) * wd_root(b * WHOLE);
    if (length == 0)
        return WHOLE / 2;
    uint64_t cosine = dot * 100 * WHOLE / length;
    return (uint16_t)(cosine < WHOLE ? cosine : WHOLE);
}

/* --- both --- */

static uint16_t hours_between(int64_t a, int64_t b)
{
    if (a < 0 || b < 0)
        return WD_HOURS_UNKNOWN;
    int64_t hours = (a > b ? a - b : b - a) / MS_PER_HOUR;
    return (uint16_t)(hours < WHOLE ? hours : WHOLE);
}

struct wd_likeness wd_match_texts(const struct wd_print *this,
                                  const struct wd_print *that,
                                  const struct wd_overlap *over)
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
    overlap_texts(this, that, over, &like);
    if (like.is_same)
        like.resemblance = like.containment = like.contained = like.lead = WHOLE;
    return like;
}

void wd_match_facts(const struct wd_print *this, const struct wd_print *that,
                    const struct wd_census *census, struct wd_likeness *like)
{
    if (!like->is_same && like->n_shared < WD_SHARED_MIN)
        return;
    compare_facts(this, that, census, like);
    like->topic = match_topics(&this->topic, &that->topic, census);
}

struct wd_likeness wd_match(const struct wd_print *this, const struct wd_print *that,
                            const struct wd_census *census)
{
    struct wd_lookup look;
    wd_lookup_init(&look, this->prints.at, this->prints.n);
    struct wd_overlap over = wd_overlap_of(this, &look, that);
    struct wd_likeness like = wd_match_texts(this, that, &over);
    wd_match_facts(this, that, census, &like);
    return like;
}
