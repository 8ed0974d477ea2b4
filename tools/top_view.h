/* top_view.h -- one picture of a running daemon.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_TOP_VIEW_H
#define TOOLS_TOP_VIEW_H

#include <stddef.h>

#include "terminal.h"
#include "top_sample.h"

#define TOP_HISTORY 240

/* Articles a second at each look, the newest last. */
struct top_history {
    double rates[TOP_HISTORY];
    size_t n;
};

void top_history_push(struct top_history *history, double rate);

/* Prints the picture, at most `term->width` columns wide; `pair->now` is there. */
void top_view(const struct term *term, const char *where, const struct top_pair *pair,
              const struct top_history *history);

#endif
