/* verdict_set.h -- pairs of articles that people have judged, as the desk sees them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A set is two files of JSON Lines. Articles: id, text or paras, and perhaps title, date
 * (or ts, in seconds) and src; in the order of their stream, with whatever else was in
 * it. Pairs: a, b, label (same, contained, update, template, shared, different), perhaps
 * label2 of a second rater, weight, and lesson: true of those which are only to be
 * learned from. Pairs on which the two raters differ are left out. */
#ifndef TOOLS_MODEL_VERDICT_SET_H
#define TOOLS_MODEL_VERDICT_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wiredesk/options.h"
#include "wiredesk/pipeline.h"
#include "wiredesk/verdict_model.h"

enum verdict_label {
    LABEL_SAME,
    LABEL_CONTAINED,
    LABEL_UPDATE,
    LABEL_TEMPLATE,
    LABEL_SHARED,
    LABEL_DIFFERENT,
    N_LABELS,
};

struct verdict_pair {
    char *a;
    char *b;
    enum verdict_label label;
    double weight;    /* as the file gives it; 1 where it gives none */
    bool is_lesson;   /* judged for learning; no figure counts it */
    int64_t time_ms;  /* of the later one; -1: unknown */
    uint64_t met;     /* sequence of the one that came second; 0: they never met */
    bool is_compared; /* they have enough in common for questions */
    int32_t values[WD_N_FEATURES];
};

struct verdict_set {
    const char *name;
    double weight; /* of the set, among others */
    struct verdict_pair *pairs;
    size_t n;
    size_t n_articles;
};

/* Runs the stream through pipeline and desk and measures each pair when its second
 * article comes in. WD_OK; WD_EIO, WD_EJSON, WD_ENOMEM or what the pipeline said, with a
 * sentence in *err. */
WD_MUST_CHECK int verdict_set_read(struct verdict_set *set, const struct wd_options *opts,
                                   const struct wd_pipeline *pl, const char *articles,
                                   const char *pairs, struct wd_error *err);

/* Safe on a zeroed set. */
void verdict_set_done(struct verdict_set *set);

const char *verdict_label_name(enum verdict_label label);

#endif
