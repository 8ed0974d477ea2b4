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
 * A subject is a function of the sketch alone, so that a log gives it back. The log has a
 * weight for each term and none for figures. But the vector is of length one: what the
 * terms leave of that is the figures', in equal parts. To weigh each figure by its own
 * rarity did no better; their rarity as a whole is in their share.
 *
 * Two articles have one of so few bits in common by chance in one pair of a hundred: that
 * moves no likeness. */
#include "subject.h"

#include <string.h>

#include "base/root.h"

enum { COMMON_MIN = 3 }; /* a story has more in common than one name */

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
    subject->weights[n_terms] = figure_weight(sketch);
}

void wd_subject_pack(const struct wd_subject *subject, uint16_t *room)
{
    memcpy(room, subject->hashes, subject->n * sizeof(*room));
    memcpy(room + subject->n, subject->weights, subject->n_terms + 1);
}

static uint32_t weight_at(const uint8_t *weights, uint32_t n_terms, uint32_t i)
{
    return weights[i < n_terms ? i : n_terms];
}

/* The next place of the hash that is at place `i`, too, if that is taken. */
static uint32_t skip_taken(const struct wd_subject *subject, uint64_t taken, uint32_t i)
{
    uint16_t hash = subject->hashes[i];
    while (i < subject->n && (taken >> i & 1 || subject->hashes[i] != hash))
        i++;
    return i;
}

/* Of several with the same hash the first goes with the first. */
uint32_t wd_subject_likeness(const struct wd_subject *subject,
                             const struct wd_lookup *look, const uint16_t *packed,
                             uint32_t n_terms, uint32_t n)
{
    _Static_assert(WD_SUBJECT_MAX <= 64, "a bit for each");
    const uint8_t *weights = (const uint8_t *)(packed + n);
    uint32_t dot = 0, n_shared = 0;
    uint64_t taken = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = wd_lookup_find(look, packed[k]);
        if (i == WD_LOOKUP_NONE)
            continue;
        i = skip_taken(subject, taken, i);
        if (i == subject->n)
            continue;
        dot += weight_at(subject->weights, subject->n_terms, i) *
               weight_at(weights, n_terms, k);
        n_shared++;
        taken |= UINT64_C(1) << i;
    }
    if (n_shared < COMMON_MIN)
        return 0;
    uint64_t cosine =
        (uint64_t)dot * WD_SUBJECT_WHOLE / (WD_SUBJECT_UNIT * WD_SUBJECT_UNIT);
    return (uint32_t)(cosine < WD_SUBJECT_WHOLE ? cosine : WD_SUBJECT_WHOLE);
}
