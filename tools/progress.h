/* progress.h -- one line on stderr that tells how far a long command is.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only on a terminal; nothing is printed anywhere else. */
#ifndef TOOLS_PROGRESS_H
#define TOOLS_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

#include "terminal.h"

struct progress {
    struct term term;
    const char *what; /* is counted: "articles" unless another is set */
    int64_t start_ms;
    int64_t drawn_ms;
    uint64_t window_count; /* for the rate: at the start of the window */
    int64_t window_ms;
    double rate;
};

void progress_begin(struct progress *bar);

/* Redraws at most ten times a second. `share` is what is done of all, from 0 to 1, or
 * negative when nobody knows. */
void progress_step(struct progress *bar, uint64_t count, double share);

/* Wipes the line. */
void progress_end(struct progress *bar);

/* "1,626" into `buf`, which it returns. */
#define PROGRESS_NUMBER_SIZE 32
const char *progress_number(uint64_t number, char buf[PROGRESS_NUMBER_SIZE]);

#endif
