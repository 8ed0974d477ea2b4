/* gauges.h -- what is so at the moment, asked when somebody wants to know.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_GAUGES_H
#define DAEMON_GAUGES_H

#include "metrics.h"
#include "stream.h"
#include "successor.h"
#include "workers.h"

/* Where the gauges are read; what does not exist at the moment is NULL. */
struct gauge_sources {
    enum role role;
    const struct workers *wrk;
    const struct estate *est; /* of an active instance */
    const struct stream *str;
    struct successor *suc; /* of one that is not active yet */
    int64_t stalled_ms;
};

/* Sets every gauge of `met`. Asks memory and /proc, never a broker. Topic names in
 * met->lags are borrowed from the source: they are good until the loop turns. */
void gauges_look(struct metrics *met, const struct gauge_sources *src);

#endif
