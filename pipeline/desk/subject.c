/* subject.c -- what two articles have in common, for stories.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Names and heavy words alone do not tell an event from another like it: two
 * rehabilitations, two mergers, the results of as many companies as one likes share all
 * but a name or two. Figures do: reports of one event agree in scores, sums, tolls and
 * magnitudes, and those of another have others. So figures make up a part of the vector;
 * where they differ it points elsewhere, even if all words agree. On the development half
 * of ECB+ that was worth more than anything tried with words (decision 0016), and in a
 * stream of agency reports a story of 2,065 quarterly results fell apart.
 *
 * What is kept of a subject is a function of the sketch alone, so that a log gives it
 * back. The log has a weight for each term and none for figures. But the vector is of
 * length one: what the terms leave of that is the figures', in equal parts. To weigh each
 * figure by its own rarity did no better; their rarity as a whole is in their share.
 *
 * Beyond that, figures in common add to the cosine, as far as they are rare here ("10" is
 * not), and having none in common takes away, the more of them there are. That is what a
 * logistic model of pairs made of them, but for the rarity: without it, the figures that
 * forms have in common (a day of payment, a fee) drew dividends and bonds together.
 *
 * Two articles have one of so few bits in common by chance in one pair of a hundred: that
 * moves few likenesses, and by little. */
#include "subject.h"

#include <string.h>

#include "base/root.h"

enum {
    COMMON_MIN = 3,      /* a story has more in common than one name */
    FIGURES_GAIN = 3000, /* for all figures in common, and no other article has them */
    FIGURES_COST = 1000, /* for having figures, both … */
    FIGURES_MANY = 8,    /* … so many of them: with fewer less */
};

uint32_t wd_subject_figures(const struct wd_sketch *sketch)
{
    return sketch->n_figures < WD_SUBJECT_FIGURES ? sketch->n_figures
                                                  : WD_SUBJECT_FIGURES;
}

size_t wd_subject_size(uint32_t n_terms, uint32_t n)
{
    return n * sizeof(uint16_t) + n_terms + 1;
}

/* What the terms leave of the length is the figures', each as much as any other. */
static uint8_t figure_weight(const struct wd_sketch *sketch)
{
    enum { WHOLE_SQUARE = WD_SUBJECT_UNIT * WD_SUBJECT_UNIT };
    uint32_t n_figures = wd_subject_figures(sketch), sum = 0;
    for (uint32_t i = 0; i < sketch->terms.n; i++)
        sum += (uint32_t)sketch->terms.weights[i] * sketch->terms.weights[i];
    uint32_t left = sum < WHOLE_SQUARE ? WHOLE_SQUARE - sum : 0;
    return n_figures ? (uint8_t)wd_root(left / n_figures) : 0;
}

void wd_subject_init(struct wd_subject *subject, const struct wd_sketch *sketch)
{
    uint32_t n_figures = wd_subject_figures(sketch), n_terms = sketch->terms.n;
    subject->n_terms = n_terms;
    subject->n = n_terms + n_figures;
    if (n_terms > 0) {
        memcpy(subject->hashes, sketch->terms.hashes, n_terms * sizeof(uint16_t));
        memcpy(subject->weights, sketch->terms.weights, n_terms);
    }
    if (n_figures > 0)
        memcpy(subject->hashes + n_terms, sketch->figures, n_figures * sizeof(uint16_t));
    memset(subject->weights + n_terms, figure_weight(sketch), n_figures + 1);
}

void wd_subject_pack(const struct wd_subject *subject, uint16_t *room)
{
    memcpy(room, subject->hashes, subject->n * sizeof(*room));
    memcpy(room + subject->n, subject->weights, subject->n_terms + 1);
}

/* The next place of the hash that is at place `i`, too, if that is taken. */
static uint32_t skip_taken(const struct wd_subject *subject, uint64_t taken, uint32_t i)
{
    uint16_t hash = subject->hashes[i];
    while (i < subject->n && (taken >> i & 1 || subject->hashes[i] != hash))
        i++;
    return i;
}

/* What figures say beyond their part of the cosine: those in common with their rarities,
 * of so many that each has. */
static uint64_t add_figures(uint64_t cosine, uint64_t shared, uint32_t n_a, uint32_t n_b)
{
    /* 65535 / √n, so that no pair takes a division and a root. */
    static const uint16_t inverse_roots[WD_SUBJECT_FIGURES + 1] = {
        0,     65535, 46340, 37837, 32768, 29308, 26755, 24770, 23170,
        21845, 20724, 19760, 18918, 18176, 17515, 16921, 16384};
    uint32_t n = n_a < n_b ? n_a : n_b;
    if (n == 0)
        return cosine;
    uint64_t gain =
        (FIGURES_GAIN * shared * inverse_roots[n_a] * inverse_roots[n_b] >> 32) /
        WD_SUBJECT_UNIT;
    uint64_t cost = FIGURES_COST * (n < FIGURES_MANY ? n : FIGURES_MANY) / FIGURES_MANY;
    return cosine + gain > cost ? cosine + gain - cost : 0;
}

/* What two have in common, so far. */
struct common {
    uint64_t taken; /* places of the first, a bit for each */
    uint32_t n;
    uint32_t dot;
    uint32_t figures; /* their rarities */
};

/* Adds a term or figure of the second, if the first has it, too; of several with the same
 * hash the first goes with the first. Returns its place there; subject->n: none. */
static inline uint32_t add_common(const struct wd_subject *subject,
                                  const struct wd_lookup *look, uint16_t hash,
                                  uint32_t weight, struct common *common)
{
    uint32_t i = wd_lookup_find(look, hash);
    if (i == WD_LOOKUP_NONE)
        return subject->n;
    i = skip_taken(subject, common->taken, i);
    if (i == subject->n)
        return i;
    common->taken |= UINT64_C(1) << i;
    common->dot += subject->weights[i] * weight;
    common->n++;
    return i;
}

uint32_t wd_subject_likeness(const struct wd_subject *subject,
                             const struct wd_lookup *look, const uint16_t *packed,
                             uint32_t n_terms, uint32_t n)
{
    _Static_assert(WD_SUBJECT_MAX <= 64, "a bit for each");
    const uint8_t *weights = (const uint8_t *)(packed + n);
    struct common common = {0};
    for (uint32_t k = 0; k < n_terms; k++)
        (void)add_common(subject, look, packed[k], weights[k], &common);
    for (uint32_t k = n_terms; k < n; k++) {
        uint32_t i = add_common(subject, look, packed[k], weights[n_terms], &common);
        if (i >= subject->n_terms && i < subject->n)
            common.figures += subject->rarities[i - subject->n_terms];
    }
    if (common.n < COMMON_MIN)
        return 0;
    uint64_t cosine =
        (uint64_t)common.dot * WD_SUBJECT_WHOLE / (WD_SUBJECT_UNIT * WD_SUBJECT_UNIT);
    uint64_t likeness =
        add_figures(cosine, common.figures, subject->n - subject->n_terms, n - n_terms);
    return (uint32_t)(likeness < WD_SUBJECT_WHOLE ? likeness : WD_SUBJECT_WHOLE);
}
