/* fit.h -- finds the weights of the tagger.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_MODEL_FIT_H
#define TOOLS_MODEL_FIT_H

#include "model/corpus.h"

struct fit_options {
    unsigned epochs;    /* of a run */
    unsigned runs;      /* from nothing, each in another order; their mean is the model */
    unsigned min_count; /* features seen less often are left out */
    float rate;         /* of learning */
    float decay;        /* pulls weights to zero */
    float cost;         /* nats that a name left out costs more than a false one */
    unsigned dropout;   /* sixteenths of the features that a step does not see */
    unsigned averages;  /* moments of a run's last epoch, whose mean is taken */
    float lean[WD_MODEL_LABELS]; /* nats given to every span for a label in the end */
    uint32_t n_buckets;          /* size of the model */
};

struct fit;

/* NULL when memory is short. */
struct fit *fit_new(const struct fit_options *opts);

/* NULL-safe. */
void fit_free(struct fit *fit);

struct fit_text {
    const struct labelled *text;
    const char *as_written; /* as large; text->text may be written in capitals */
    bool is_silver;         /* a program made the labels */
    float weight;           /* how often its mistakes count */
};

/* Takes a text into the training set. WD_OK, WD_ENOMEM. */
int fit_add(struct fit *fit, struct wd_lesson_reader *reader,
            const struct fit_text *text);

struct fit_size {
    size_t n_sentences;
    size_t n_spans;
    size_t n_gold;
    size_t n_unreachable; /* names that are no candidate; their sentences are left out */
    size_t n_features;
};

/* Counts and numbers the features; nothing may be added any more. */
int fit_prepare(struct fit *fit, struct fit_size *ret_size);

/* One pass over the set, in an order that depends on nothing but `epoch`, which counts on
 * through all runs. Returns the mean loss of a sentence, in nats; negative when memory is
 * short. */
double fit_epoch(struct fit *fit, unsigned epoch);

/* Rounds the weights and appends the model file. */
int fit_write(struct fit *fit, const struct wd_word_cluster *clusters, size_t n_clusters,
              struct wd_buf *buf, size_t *ret_n_left_out);

#endif
