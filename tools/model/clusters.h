/* clusters.h -- classes of words that stand in like places.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_MODEL_CLUSTERS_H
#define TOOLS_MODEL_CLUSTERS_H

#include "wiredesk/tagger_model.h"

struct clusters;

/* NULL when memory is short. */
struct clusters *clusters_new(void);

/* NULL-safe. */
void clusters_free(struct clusters *clusters);

/* Counts the words of a text and their neighbours. WD_OK or WD_ENOMEM. */
int clusters_add(struct clusters *clusters, struct wd_lesson_reader *reader,
                 struct wd_str text);

/* Sorts the words that are frequent enough into `n_fine` classes, and into an eighth as
 * many coarse ones. WD_OK or WD_ENOMEM. */
int clusters_make(struct clusters *clusters, unsigned n_fine);

/* The result, most frequent word first; *ret_n is 0 before clusters_make(). */
const struct wd_word_cluster *clusters_rows(const struct clusters *clusters,
                                            size_t *ret_n);

#endif
