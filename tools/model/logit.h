/* logit.h -- logistic models of a few features, fitted exactly.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_MODEL_LOGIT_H
#define TOOLS_MODEL_LOGIT_H

#include <stdbool.h>
#include <stddef.h>

#define LOGIT_MAX 96 /* features */

struct logit_row {
    double values[LOGIT_MAX];
    double weight; /* so many times it counts; 0: not at all */
    bool is_true;
};

struct logit {
    double of[LOGIT_MAX];
    double bias;
};

/* Fits the first `n_features` values of the rows. A feature's penalty pulls its weight,
 * as that of a standardised one, to zero; one whose penalty is 0 is left out.
 * The same rows in the same order give the same model. False when the rows say nothing:
 * there is none, or all have one answer. */
bool logit_fit(const struct logit_row *rows, size_t n_rows, size_t n_features,
               const double *penalties, struct logit *ret_logit);

/* Above 0: rather true than not. */
double logit_score(const struct logit *logit, const double *values, size_t n_features);

#endif
