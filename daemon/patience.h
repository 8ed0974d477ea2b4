/* patience.h -- how long blocking calls may still wait; shared between threads.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A call to a broker that is away waits for as long as the operator wants it to: for ever
 * while the daemon runs, a few seconds once it was asked to stop. Whoever blocks does so
 * in slices and asks in between. The questions are counted: a wait that comes back to ask
 * is one for the world, a wait that does not is stuck. */
#ifndef DAEMON_PATIENCE_H
#define DAEMON_PATIENCE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* No single wait is longer, whatever its caller would bear: the service manager takes a
 * process for hung that is silent for WatchdogSec, and that is several times this. */
#define PATIENCE_MOST_MS 5000

struct patience {
    _Atomic int64_t until_ms; /* of the monotonic clock */
    _Atomic uint64_t n_asked;
};

static inline int64_t monotonic_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline int64_t monotonic_us(void)
{
    return monotonic_ns() / 1000;
}

static inline int64_t monotonic_ms(void)
{
    return monotonic_us() / 1000;
}

static inline void patience_init(struct patience *pat)
{
    atomic_store(&pat->until_ms, INT64_MAX);
    atomic_store(&pat->n_asked, 0);
}

/* From now on nobody waits for longer than `ms`. */
static inline void patience_limit(struct patience *pat, int64_t ms)
{
    atomic_store(&pat->until_ms, monotonic_ms() + ms);
}

/* How long a call may block that no record waits for, at most `most_ms`; 0 when patience
 * is over. It is not counted: that it comes back says nothing about the stream. */
static inline int patience_left_ms(struct patience *pat, int most_ms)
{
    int64_t left_ms = atomic_load(&pat->until_ms) - monotonic_ms();
    return left_ms <= 0 ? 0 : left_ms < most_ms ? (int)left_ms : most_ms;
}

/* The same for a call that records wait for, counted. */
static inline int patience_slice_ms(struct patience *pat, int most_ms)
{
    (void)atomic_fetch_add_explicit(&pat->n_asked, 1, memory_order_relaxed);
    return patience_left_ms(pat, most_ms);
}

static inline bool patience_is_over(struct patience *pat)
{
    return patience_slice_ms(pat, 1) == 0;
}

#endif
