/* model_fit.h -- finds the weights of the tagger.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_MODEL_FIT_H
#define TOOLS_MODEL_FIT_H

#include "model_corpus.h"

struct fit_options {
    unsigned epochs;
    unsigned min_count; /* features seen less often are left out */
    float rate;         /* of learning */
    float decay;        /* pulls weights to zero */
    float cost;         /* nats that a name left out costs more than a false one */
    uint32_t n_buckets; /* size of the model */
};

struct fit;

/* NULL when memory is short. */
struct fit *fit_new(const struct fit_options *opts);

/* NULL-safe. */
void fit_free(struct fit *fit);

/* Takes a text into the training set; its mistakes count `weight` times. WD_OK,
 * WD_ENOMEM. */
int fit_add(struct fit *fit, struct wd_lesson_reader *reader, const struct labelled *text,
            float weight);

struct fit_size {
    size_t n_sentences;
    size_t n_spans;
    size_t n_gold;
    size_t n_unreachable; /* names that are no candidate; their sentences are left out */
    size_t n_features;
};

/* Counts and numbers the features; nothing may be added any more. */
int fit_prepare(struct fit *fit, struct fit_size *ret_size);

/* One pass over the set, in an order that depends on nothing but `epoch`. Returns the
 * mean loss of a sentence, in nats; negative when memory is short. */
double fit_epoch(struct fit *fit, unsigned epoch);

/* Rounds the weights and appends the model file. */
int fit_write(struct fit *fit, const struct wd_word_cluster *clusters, size_t n_clusters,
              struct wd_buf *buf, size_t *ret_n_left_out);

#endif
