/* eval.h -- how many names are found, exactly.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_MODEL_EVAL_H
#define TOOLS_MODEL_EVAL_H

#include "model/corpus.h"
#include "wiredesk/pipeline.h"

#define EVAL_BINS 10

struct eval_counts {
    size_t n_right[WD_MODEL_LABELS];
    size_t n_found[WD_MODEL_LABELS];
    size_t n_gold[WD_MODEL_LABELS];
    size_t n_tokens;
    /* By confidence, in tenths: how often, how often right, and the sum of confidence. */
    size_t bin_count[EVAL_BINS];
    size_t bin_right[EVAL_BINS];
    size_t bin_sum[EVAL_BINS];
};

/* Runs a text through the pipeline and counts. WD_OK or the pipeline's status. */
int eval_add(struct eval_counts *counts, const struct wd_pipeline *pl,
             struct wd_article *art, const struct labelled *text);

struct eval_figure {
    double precision; /* per cent */
    double recall;
    double f1;
};

/* `label` WD_MODEL_LABELS: all together. */
struct eval_figure eval_figure(const struct eval_counts *counts, unsigned label);

/* Mean distance between confidence and share of right ones, in per cent. */
double eval_calibration(const struct eval_counts *counts);

#endif
