/* log_limit.h -- a message that repeats itself is told a few times, then counted.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Knows no clock and no lock: the caller gives the time and sees to one caller at a time.
 */
#ifndef DAEMON_LOG_LIMIT_H
#define DAEMON_LOG_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LOG_LIMIT_MESSAGES 32
#define LOG_LIMIT_BURST    5     /* lines of one message … */
#define LOG_LIMIT_SPAN_MS  10000 /* … in so much time */

struct log_limit_entry {
    const char *msg; /* NULL: free */
    int level;
    int64_t begun_ms;
    unsigned n_told;
    unsigned n_held; /* back, since then */
};

/* Zeroed: nothing was said yet. */
struct log_limit {
    struct log_limit_entry entries[LOG_LIMIT_MESSAGES];
};

/* Whether the message may be told now. `msg` is a constant: it is kept. */
bool log_limit_admits(struct log_limit *lim, const char *msg, int level, int64_t now_ms);

/* An entry whose time is over and of which some were held back; it is then forgotten.
 * False when there is none: to be called until it says so. */
bool log_limit_due(struct log_limit *lim, int64_t now_ms,
                   struct log_limit_entry *ret_entry);

#endif
