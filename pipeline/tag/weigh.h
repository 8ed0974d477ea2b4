/* weigh.h -- what a span is worth for each label.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_WEIGH_H
#define WD_TAG_WEIGH_H

#include "tag/model.h"
#include "tag/parts.h"

/* What the words of one sentence are worth at each place of a name. */
struct tag_weigher {
    const struct tag_context *context;
    uint32_t from;
    uint32_t to;
    struct tag_model_sum *word; /* of the words from `from` on; spans' words alone */
    uint32_t *wanted;           /* words that stand in a span */
};

/* Room for sentences of up to `n_words`. WD_OK or WD_ENOMEM. */
int wd_tag_weigher_init(struct tag_weigher *weigh, struct tag_context *context,
                        uint32_t n_words);

/* Turns to the sentence [from, to). */
void wd_tag_weigher_begin(struct tag_weigher *weigh, uint32_t from, uint32_t to);

/* The scores of spans of the sentence, in order of their first word, for each label, in
 * tenths of a nat; positive: rather a name than not. */
void wd_tag_weigh(struct tag_weigher *weigh, const struct tag_span *spans, size_t n_spans,
                  int (*score)[TAG_N_LABELS]);

#endif
