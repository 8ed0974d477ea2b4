/* top_sample.h -- numbers out of two answers of /stats, and what happened between them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_TOP_SAMPLE_H
#define TOOLS_TOP_SAMPLE_H

#include <jansson.h>
#include <stdint.h>

/* One answer, and when it came. */
struct top_sample {
    json_t *stats;
    int64_t at_ms;
};

/* The last two answers; `old.stats` is NULL before the second one. */
struct top_pair {
    struct top_sample old, now;
};

/* Takes `stats` as the latest answer. One of a daemon that started anew has no
 * predecessor. */
void top_pair_push(struct top_pair *pair, json_t *stats, int64_t at_ms);

void top_pair_done(struct top_pair *pair);

/* A metric as it is now; of a metric with labels the one value, or without `label` the
 * sum. 0 when there is none. */
double top_value(const struct top_pair *pair, const char *name, const char *label);

/* How much it grew a second between the two; 0 without a predecessor. */
double top_rate(const struct top_pair *pair, const char *name, const char *label);

/* Of a histogram, in seconds: the time that `share` of what happened between the two took
 * at most; since the daemon's start without a predecessor. -1 when nothing happened. */
double top_quantile(const struct top_pair *pair, const char *name, const char *label,
                    double share);

/* The sum of the same times. */
double top_sum(const struct top_pair *pair, const char *name, const char *label);

#endif
