/* parts.h -- what the parts of the trainer share.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   set.c    texts ▸ sentences, spans and numbered features in flat arrays
 *   fit.c    the arrays ▸ weights
 *   round.c  weights ▸ the model file */
#ifndef TOOLS_MODEL_PARTS_H
#define TOOLS_MODEL_PARTS_H

#include "model/fit.h"

#define LABELS     WD_MODEL_LABELS
#define ALL_LABELS 5
#define NO_GOLD    255
#define DROPPED    UINT32_MAX /* the number of a feature that is too rare */

struct span {
    uint16_t first; /* candidate words of the sentence */
    uint16_t last;
    int16_t fixed[2];
    uint8_t gold;
    uint8_t n_features;
    uint64_t cues[2];
    size_t features;
};

struct word {
    size_t features;
    uint32_t n_features;
};

struct sentence {
    size_t words;
    size_t spans;
    uint32_t n_words;
    uint32_t n_spans;
    float weight;
};

struct row {
    float weight[WD_MODEL_COLUMNS];
    float squares[WD_MODEL_COLUMNS];
    float sum[WD_MODEL_COLUMNS]; /* of the weights at several moments */
};

struct cue_row {
    float weight[LABELS];
    float squares[LABELS];
    float sum[LABELS];
};

/* A growing array. */
struct list {
    void *data;
    size_t count;
    size_t room;
};

struct scratch {
    float (*word)[WD_MODEL_COLUMNS];
    float (*word_gradient)[WD_MODEL_COLUMNS];
    uint64_t *word_unseen; /* features that this step does not see, as bits */
    uint64_t *span_unseen;
    double (*score)[ALL_LABELS];
    double *sum;
    double *ahead;
    double *behind;
    size_t n_words;
    size_t n_spans;
};

/* The cues that the trainer asks for, by their numbers. */
struct fit_cues {
    unsigned bias;  /* set everywhere */
    unsigned title; /* the span is nothing but a title */
    unsigned known; /* a widely known organisation is called so */
    unsigned only;  /* … and nothing of another kind */
    unsigned common;
    unsigned starts_common;
    unsigned in_title;
    unsigned cut_left;
    unsigned cut_right;
};

struct fit {
    struct fit_options opts;
    struct list features; /* uint32_t: names, numbers after fit_prepare() */
    struct list words;
    struct list spans;
    struct list sentences;
    struct fit_size size;
    const struct fit_text *text; /* being added */
    size_t next_gold;
    struct fit_cues cue;
    uint32_t *names; /* of the rows */
    uint32_t *counts;
    struct row *rows;
    size_t n_rows;
    struct cue_row cues[WD_MODEL_CUES];
    uint32_t *order;
    uint64_t random;
    unsigned n_remembered;
    struct scratch scratch;
};

#endif
