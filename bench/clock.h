/* clock.h -- the two clocks of the benchmarks.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <time.h>

static inline double clock_ns(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now); /* both are always there on Linux */
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* The thread's processor time: others on the machine do not count, pauses of our own
 * making do. */
static inline double cpu_ns(void)
{
    return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

/* By the clock on the wall. */
static inline double wall_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

static inline double wall_s(void)
{
    return wall_ns() / 1e9;
}

#endif
