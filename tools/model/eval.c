/* eval.c -- compares the pipeline's mentions with labels, span by span.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A mention counts when both ends and the label are right. A leading "the" and a
 * possessive at the end are left out on both sides: annotators differ, readers do not
 * care. */
#include "model/eval.h"

#include <math.h>
#include <string.h>

static bool is_gold(const struct labelled *text, struct wd_span span, unsigned label)
{
    for (size_t i = 0; i < text->n_gold; i++) {
        const struct gold *gold = &text->gold[i];
        if (gold->span.start == span.start && gold->span.end == span.end &&
            gold->label == label)
            return true;
    }
    return false;
}

int eval_add(struct eval_counts *counts, const struct wd_pipeline *pl,
             struct wd_article *art, const struct labelled *text)
{
    struct wd_str value = {text->text, text->size};
    const struct wd_record record = {
        .value = value,
        .topic = WD_STR("eval"),
        .partition = WD_NO_PARTITION,
        .timestamp_ms = -1,
    };
    wd_article_begin(art, &record);
    int r = wd_pipeline_run(pl, art);
    if (r < 0)
        return r;
    const struct wd_facts *facts = wd_article_facts(art);
    for (size_t i = 0; i < text->n_gold; i++)
        counts->n_gold[text->gold[i].label]++;
    for (size_t i = 0; i < facts->n_mentions; i++) {
        const struct wd_mention *mention = &facts->mentions[i];
        if (mention->label >= WD_MODEL_LABELS)
            continue;
        bool is_right = is_gold(text, gold_trim(value, mention->span), mention->label);
        unsigned bin = mention->confidence < 100 ? mention->confidence / 10u : 9;
        counts->n_found[mention->label]++;
        counts->n_right[mention->label] += is_right;
        counts->bin_count[bin]++;
        counts->bin_right[bin] += is_right;
        counts->bin_sum[bin] += mention->confidence;
    }
    counts->n_tokens += facts->n_tokens;
    return WD_OK;
}

static double per_cent(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

struct eval_figure eval_figure(const struct eval_counts *counts, unsigned label)
{
    size_t n_right = 0, n_found = 0, n_gold = 0;
    for (unsigned i = 0; i < WD_MODEL_LABELS; i++) {
        if (label != WD_MODEL_LABELS && label != i)
            continue;
        n_right += counts->n_right[i];
        n_found += counts->n_found[i];
        n_gold += counts->n_gold[i];
    }
    return (struct eval_figure){
        .precision = per_cent(n_right, n_found),
        .recall = per_cent(n_right, n_gold),
        .f1 = per_cent(2 * n_right, n_found + n_gold),
    };
}

double eval_calibration(const struct eval_counts *counts)
{
    double sum = 0;
    size_t count = 0;
    for (unsigned i = 0; i < EVAL_BINS; i++) {
        sum += fabs((double)counts->bin_sum[i] - 100.0 * (double)counts->bin_right[i]);
        count += counts->bin_count[i];
    }
    return count ? sum / (double)count : 0;
}
