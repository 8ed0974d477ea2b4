/* subject.h -- what an article is about, as a vector of length one.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_SUBJECT_H
#define WD_SUBJECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/lookup.h"
#include "wiredesk/sketch.h"

enum {
    WD_SUBJECT_FIGURES = 16, /* of an article: those of the lowest hashes */
    WD_SUBJECT_MAX = WD_TERMS_MAX + WD_SUBJECT_FIGURES,
    WD_SUBJECT_UNIT = 255, /* a weight of one */
    WD_SUBJECT_WHOLE = 10000,
};

/* Of an article whose terms are weighed for good. */
struct wd_subject {
    uint32_t n_terms;
    uint32_t n;                           /* terms and figures */
    uint16_t hashes[WD_SUBJECT_MAX];      /* of terms, and behind them of figures */
    uint8_t weights[WD_SUBJECT_MAX + 1];  /* likewise; those of figures are the same */
    uint8_t rarities[WD_SUBJECT_FIGURES]; /* WD_SUBJECT_UNIT: nothing else has it */
};

/* How many of its figures belong to the subject of an article: the first of the list. */
uint32_t wd_subject_figures(const struct wd_sketch *sketch);

/* All but the rarities, which only who compares it must know. */
void wd_subject_init(struct wd_subject *subject, const struct wd_sketch *sketch);

/* Packed, a subject is its hashes and behind them the weights, of figures one for all. Of
 * so many bytes. */
size_t wd_subject_size(uint32_t n_terms, uint32_t n);
void wd_subject_pack(const struct wd_subject *subject, uint16_t *room);

/* How much two have in common, in ten-thousandths: the cosine, with what their figures
 * say beyond it; 0 for less than a story takes. `look` is over the hashes of the first.
 */
uint32_t wd_subject_likeness(const struct wd_subject *subject,
                             const struct wd_lookup *look, const uint16_t *packed,
                             uint32_t n_terms, uint32_t n);

#endif
