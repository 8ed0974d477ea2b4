/* round.c -- weights as small integers, the most important first.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/parts.h"

static int8_t round_weight(float weight)
{
    float value = roundf(weight * WD_MODEL_UNIT);
    return (int8_t)(value > 127 ? 127 : value < -127 ? -127 : value);
}

struct ranked {
    float importance;
    uint32_t row;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->importance != y->importance)
        return x->importance > y->importance ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Rows that round to something, most important first: weight, and how often it counts. */
static size_t rank_rows(const struct fit *fit, struct ranked *ranked)
{
    size_t n = 0;
    for (size_t i = 0; i < fit->n_rows; i++) {
        float most = 0, squares = 0;
        for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++) {
            float weight = fit->rows[i].weight[c];
            most = fabsf(weight) > most ? fabsf(weight) : most;
            squares += weight * weight;
        }
        if (roundf(most * WD_MODEL_UNIT) < 1)
            continue;
        ranked[n++] = (struct ranked){sqrtf(squares) * logf(1 + (float)fit->counts[i]),
                                      (uint32_t)i};
    }
    qsort(ranked, n, sizeof(ranked[0]), compare_ranked);
    return n;
}

static void round_cues(const struct fit *fit, int16_t cues[WD_MODEL_CUES][LABELS])
{
    for (unsigned i = 0; i < WD_MODEL_CUES; i++) {
        for (unsigned label = 0; label < LABELS; label++)
            cues[i][label] = (int16_t)lrintf(fit->cues[i].weight[label] * WD_MODEL_UNIT);
    }
    for (unsigned label = 0; label < LABELS; label++)
        cues[fit->cue.bias][label] =
            (int16_t)(cues[fit->cue.bias][label] +
                      lrintf(fit->opts.lean[label] * WD_MODEL_UNIT));
}

int fit_write(struct fit *fit, const struct wd_word_cluster *clusters, size_t n_clusters,
              struct wd_buf *buf, size_t *ret_n_left_out)
{
    int16_t cues[WD_MODEL_CUES][LABELS];
    int r = WD_ENOMEM;
    struct ranked *ranked = calloc(fit->n_rows + 1, sizeof(*ranked));
    struct wd_model_feature *features = calloc(fit->n_rows + 1, sizeof(*features));
    if (!ranked || !features)
        goto out;
    size_t n = rank_rows(fit, ranked);
    for (size_t i = 0; i < n; i++) {
        features[i].name = fit->names[ranked[i].row];
        for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
            features[i].weight[c] = round_weight(fit->rows[ranked[i].row].weight[c]);
    }
    round_cues(fit, cues);
    const struct wd_model_parts parts = {
        .features = features,
        .n_features = n,
        .cues = cues,
        .clusters = clusters,
        .n_clusters = n_clusters,
        .n_buckets = fit->opts.n_buckets,
    };
    r = wd_model_write(&parts, buf, ret_n_left_out);
out:
    free(ranked);
    free(features);
    return r;
}
