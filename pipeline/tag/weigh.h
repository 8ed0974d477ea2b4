/* weigh.h -- what a span is worth for each label.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_WEIGH_H
#define WD_TAG_WEIGH_H

#include "tag/model.h"
#include "tag/parts.h"

/* The scores of one sentence's words, as they are asked for. */
struct tag_weigher {
    const struct tag_context *context;
    uint32_t from;
    uint32_t to;
    int32_t (*word)[WD_MODEL_COLUMNS]; /* of the words from `from` on */
    uint8_t *is_known;
};

/* Room for sentences of up to `n_words`. WD_OK or WD_ENOMEM. */
int wd_tag_weigher_init(struct tag_weigher *weigh, struct tag_context *context,
                        uint32_t n_words);

/* Turns to the sentence [from, to). */
void wd_tag_weigher_begin(struct tag_weigher *weigh, uint32_t from, uint32_t to);

/* The score of a span for each label, in tenths of a nat; positive: rather a name than
 * not. */
void wd_tag_weigh(struct tag_weigher *weigh, const struct tag_span *span,
                  int score[TAG_N_LABELS]);

#endif
