/* verdicts.h -- wiredesk model train|eval dedup.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_MODEL_VERDICTS_H
#define TOOLS_MODEL_VERDICTS_H

#include "command.h"

struct verdicts_job {
    const struct command *cmd;
    const char *data_dir;
    const char *output;    /* NULL: only score */
    char *const *operands; /* ARTICLES:PAIRS or ARTICLES:PAIRS@WEIGHT */
    int n_operands;
};

/* Prints the figures of a five-fold cross-validation and, with an output, writes the
 * weights of all pairs. An exit code. */
int model_verdicts(const struct verdicts_job *job);

#endif
