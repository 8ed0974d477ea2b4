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

size_t wd_subject_size(uint32_t n)
{
    return n * (sizeof(uint16_t) + sizeof(uint8_t));
}

/* What the terms leave of the length is the figures', each as much as any other. */
static uint8_t figure_weight(const struct wd_sketch *sketch)
{
    enum { WHOLE_SQUARE = WD_SUBJECT_UNIT * WD_SUBJECT_UNIT };
    uint32_t n_figures = wd_subject_figures(sketch), sum = 0;
    for (uint32_t i = 0; i < sketch->n_terms; i++)
        sum += (uint32_t)sketch->terms[i].weight * sketch->terms[i].weight;
    uint32_t left = sum < WHOLE_SQUARE ? WHOLE_SQUARE - sum : 0;
    return n_figures ? (uint8_t)wd_root(left / n_figures) : 0;
}

/* Merges two ascending lists, terms before figures of the same hash. Which of them has
 * the next one is a dice, which a branch would guess as badly: so both are there, to
 * choose from. */
void wd_subject_init(struct wd_subject *subject, const struct wd_sketch *sketch)
{
    enum { NO_FIGURE = UINT16_MAX + 1, NO_TERM };
    uint32_t figures[WD_SUBJECT_FIGURES + 1], terms[WD_TERMS_MAX + 1], f = 0, t = 0;
    uint32_t n_figures = wd_subject_figures(sketch), n_terms = sketch->n_terms;
    uint8_t weight = figure_weight(sketch), weights[WD_TERMS_MAX + 1] = {0};
    for (uint32_t i = 0; i < n_figures; i++)
        figures[i] = sketch->figures[i];
    figures[n_figures] = NO_FIGURE;
    for (uint32_t i = 0; i < n_terms; i++) {
        terms[i] = sketch->terms[i].hash;
        weights[i] = sketch->terms[i].weight;
    }
    terms[n_terms] = NO_TERM;
    subject->n = n_terms + n_figures;
    for (uint32_t i = 0; i < subject->n; i++) {
        bool is_figure = figures[f] < terms[t];
        subject->hashes[i] = (uint16_t)(is_figure ? figures[f] : terms[t]);
        subject->weights[i] = is_figure ? weight : weights[t];
        f += is_figure;
        t += !is_figure;
    }
}

void wd_subject_pack(const struct wd_subject *subject, uint16_t *room)
{
    memcpy(room, subject->hashes, subject->n * sizeof(*room));
    memcpy(room + subject->n, subject->weights, subject->n);
}

/* Of terms with the same hash the first goes with the first. */
uint32_t wd_subject_likeness(const struct wd_subject *subject,
                             const struct wd_lookup *look, const uint16_t *packed,
                             uint32_t n)
{
    const uint8_t *weights = (const uint8_t *)(packed + n);
    uint32_t dot = 0, n_shared = 0, next = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = wd_lookup_find(look, packed[k]);
        if (i == WD_LOOKUP_NONE)
            continue;
        i = i < next ? next : i;
        if (i == subject->n || subject->hashes[i] != packed[k])
            continue;
        dot += (uint32_t)subject->weights[i] * weights[k];
        n_shared++;
        next = i + 1;
    }
    if (n_shared < COMMON_MIN)
        return 0;
    uint64_t cosine =
        (uint64_t)dot * WD_SUBJECT_WHOLE / (WD_SUBJECT_UNIT * WD_SUBJECT_UNIT);
    return (uint32_t)(cosine < WD_SUBJECT_WHOLE ? cosine : WD_SUBJECT_WHOLE);
}
