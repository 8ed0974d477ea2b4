/* features.h -- what a trained model may look at.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A feature is 32 bits of hash over its kind and its value. The trainer and the tagger
 * call the same two functions, so that they cannot disagree. */
#ifndef WD_TAG_FEATURES_H
#define WD_TAG_FEATURES_H

#include "tag/parts.h"

/* To be raised whenever a feature comes to mean something else. */
#define TAG_FEATURES_VERSION 5

#define TAG_WORD_FEATURES 64 /* room for those of one word */
#define TAG_SPAN_FEATURES 16

/* Fills in id, form and lists, once all else is known of the word. */
void wd_tag_describe(struct tag_word *word);

/* The features of word `at` of the sentence [from, to); returns how many. */
unsigned wd_tag_word_features(const struct tag_context *context, uint32_t from,
                              uint32_t to, uint32_t at,
                              uint32_t features[TAG_WORD_FEATURES]);

/* The features of a whole span. */
unsigned wd_tag_span_features(const struct tag_context *context, uint32_t from,
                              uint32_t to, const struct tag_span *span,
                              uint32_t features[TAG_SPAN_FEATURES]);

#endif
