/* histogram.h -- how long things took, in buckets that grow with the time.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Log-linear: four buckets to each doubling, from 1 µs to 134 s, so that any quantile is
 * within an eighth of the truth. Bounds are whole microseconds, and every bound that is a
 * power of two is one of Prometheus' own buckets: both read the same counts. */
#ifndef DAEMON_HISTOGRAM_H
#define DAEMON_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#define HISTOGRAM_BOUNDS 104

struct histogram {
    uint64_t count;
    uint64_t sum_ns;
    uint64_t buckets[HISTOGRAM_BOUNDS + 1]; /* the last: longer than every bound */
};

/* A clock that went back counts as no time. */
void histogram_add(struct histogram *hist, int64_t ns);

/* The longest time that bucket `i` takes. */
uint64_t histogram_bound_us(size_t i);

/* The bucket whose bound is 2^`power` µs; `power` from 2 to 27. */
size_t histogram_bucket_of_power(unsigned power);

/* The time, in seconds, that `share` of all were not longer than; 0 without any. */
double histogram_quantile(const struct histogram *hist, double share);

#endif
