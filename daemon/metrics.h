/* metrics.h -- what an operator will ask about, counted.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only the loop's thread counts. */
#ifndef DAEMON_METRICS_H
#define DAEMON_METRICS_H

#include <stdint.h>

struct metrics {
    uint64_t articles;     /* written to the output, committed */
    uint64_t dead_letters; /* written to the dead letters, committed */
    uint64_t commits;
    uint64_t restarts;   /* from the log, after a fault */
    uint64_t times_full; /* reading stopped because all batches were under way */
    uint64_t sequence;   /* of the last decided article */
    int64_t slowest_us;  /* from arrival to commit, of the last commit's first record */
};

#endif
