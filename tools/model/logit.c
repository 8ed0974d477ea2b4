/* logit.c -- iteratively reweighted least squares.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With a penalty the likelihood of a logistic model has one summit, and Newton's method
 * climbs it in a few steps (Hastie, Tibshirani and Friedman 2009, section 4.4). Each step
 * solves one symmetric system of as many unknowns as there are features, by Cholesky. */
#include "model/logit.h"

#include <math.h>
#include <string.h>

enum { STEPS_MAX = 100, SIZE_MAX_ = LOGIT_MAX + 1 /* the bias stands last */ };

struct system {
    double matrix[SIZE_MAX_][SIZE_MAX_];
    double right[SIZE_MAX_];
    size_t n;
};

/* Solves in place: `right` becomes the solution. The matrix is positive definite. */
static void system_solve(struct system *sys)
{
    size_t n = sys->n;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k <= i; k++) {
            double sum = sys->matrix[i][k];
            for (size_t j = 0; j < k; j++)
                sum -= sys->matrix[i][j] * sys->matrix[k][j];
            sys->matrix[i][k] = i == k ? sqrt(sum) : sum / sys->matrix[k][k];
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++)
            sys->right[i] -= sys->matrix[i][j] * sys->right[j];
        sys->right[i] /= sys->matrix[i][i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t j = i + 1; j < n; j++)
            sys->right[i] -= sys->matrix[j][i] * sys->right[j];
        sys->right[i] /= sys->matrix[i][i];
    }
}

/* The features that are used, as deviations from their mean in units of their spread. */
struct scale {
    size_t feature[LOGIT_MAX];
    double mean[LOGIT_MAX];
    double spread[LOGIT_MAX];
    double penalty[LOGIT_MAX];
    size_t n;
};

static void scale_of(const struct logit_row *rows, size_t n_rows, size_t n_features,
                     const double *penalties, struct scale *ret_scale)
{
    struct scale scale = {.n = 0};
    for (size_t f = 0; f < n_features; f++) {
        double sum = 0, squares = 0, weight = 0;
        for (size_t i = 0; i < n_rows && penalties[f] > 0; i++) {
            sum += rows[i].weight * rows[i].values[f];
            squares += rows[i].weight * rows[i].values[f] * rows[i].values[f];
            weight += rows[i].weight;
        }
        double mean = weight > 0 ? sum / weight : 0;
        double variance = weight > 0 ? squares / weight - mean * mean : 0;
        if (variance <= 1e-12)
            continue; /* not used, or always the same */
        scale.feature[scale.n] = f;
        scale.mean[scale.n] = mean;
        scale.penalty[scale.n] = penalties[f];
        scale.spread[scale.n++] = sqrt(variance);
    }
    *ret_scale = scale;
}

static void scaled(const struct scale *scale, const double *values, double *ret_x)
{
    for (size_t i = 0; i < scale->n; i++)
        ret_x[i] = (values[scale->feature[i]] - scale->mean[i]) / scale->spread[i];
    ret_x[scale->n] = 1;
}

/* The step of Newton from `beta`, in `sys->right`. */
static void find_step(const struct logit_row *rows, size_t n_rows,
                      const struct scale *scale, const double *beta, struct system *sys)
{
    size_t n = scale->n + 1;
    memset(sys, 0, sizeof(*sys));
    sys->n = n;
    for (size_t i = 0; i < n_rows; i++) {
        double x[SIZE_MAX_], score = 0;
        scaled(scale, rows[i].values, x);
        for (size_t f = 0; f < n; f++)
            score += beta[f] * x[f];
        double p = 1 / (1 + exp(-score));
        double slope = rows[i].weight * (rows[i].is_true - p);
        double curve = rows[i].weight * p * (1 - p);
        for (size_t f = 0; f < n; f++) {
            sys->right[f] += slope * x[f];
            for (size_t g = 0; g <= f; g++)
                sys->matrix[f][g] += curve * x[f] * x[g];
        }
    }
    for (size_t f = 0; f < n; f++) {
        double pull = f + 1 < n ? scale->penalty[f] : 1e-9; /* the bias is free */
        sys->right[f] -= pull * beta[f];
        sys->matrix[f][f] += pull;
    }
    system_solve(sys);
}

bool logit_fit(const struct logit_row *rows, size_t n_rows, size_t n_features,
               const double *penalties, struct logit *ret_logit)
{
    struct scale scale;
    struct system sys;
    double beta[SIZE_MAX_] = {0}, n_true = 0, n_all = 0;
    for (size_t i = 0; i < n_rows; i++) {
        n_true += rows[i].is_true ? rows[i].weight : 0;
        n_all += rows[i].weight;
    }
    if (n_true <= 0 || n_true >= n_all)
        return false;

    scale_of(rows, n_rows, n_features, penalties, &scale);
    double size = 1;
    for (unsigned step = 0; step < STEPS_MAX && size > 1e-10; step++) {
        find_step(rows, n_rows, &scale, beta, &sys);
        size = 0;
        for (size_t f = 0; f <= scale.n; f++) {
            beta[f] += sys.right[f];
            size += fabs(sys.right[f]);
        }
    }
    *ret_logit = (struct logit){.bias = beta[scale.n]};
    for (size_t i = 0; i < scale.n; i++) {
        ret_logit->of[scale.feature[i]] = beta[i] / scale.spread[i];
        ret_logit->bias -= beta[i] * scale.mean[i] / scale.spread[i];
    }
    return true;
}

double logit_score(const struct logit *logit, const double *values, size_t n_features)
{
    double score = logit->bias;
    for (size_t f = 0; f < n_features; f++)
        score += logit->of[f] * values[f];
    return score;
}
