/* health.h -- what is said to those who ask whether all is well.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_HEALTH_H
#define DAEMON_HEALTH_H

#include <stdbool.h>

#include "metrics.h"

struct health {
    bool is_alive; /* a restart would not help, or is not needed */
    bool is_ready; /* it works, or could take over at once */
    const char *role;
    char reason[160]; /* one sentence without its full stop */
};

/* Whether a standby that has so many sketches still to read, -1 for nobody knows, is
 * ready. */
bool health_is_warm(double lag_records);

/* Judges by the role and the gauges of `met`. */
void health_judge(const struct metrics *met, struct health *ret_health);

#endif
