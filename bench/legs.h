/* legs.h -- when each article was where, and which leg of its way took long.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_LEGS_H
#define BENCH_LEGS_H

#include <stdbool.h>
#include <stddef.h>

/* Where an article is seen, in this order. */
enum stop {
    STOP_SENT,      /* by its producer */
    STOP_INPUT,     /* in the input, by a reader */
    STOP_SKETCH,    /* its sketch, by a reader who does not wait for commits */
    STOP_COMMITTED, /* its sketch, by one who does */
    N_STOPS
};

struct legs {
    size_t n;                /* articles */
    size_t first;            /* those before it are not looked at */
    size_t n_seen[N_STOPS];  /* all articles come in order */
    double *seen_s[N_STOPS]; /* of each */
};

/* All that is asked about `n` articles but the first `first`. */
void legs_init(struct legs *legs, size_t n, size_t first);

void legs_done(struct legs *legs);

/* The next article is seen at `stop`, now. */
void legs_note(struct legs *legs, enum stop stop);

/* Whether there are enough articles to say so: one at least exceeds the quantile. */
bool legs_has_quantile(const struct legs *legs, unsigned per_mille);

/* The time from the first to the last stop that so many in a thousand do not exceed. */
double legs_quantile_ms(const struct legs *legs, unsigned per_mille);

/* The mean time from the stop before to `stop`, over the articles that took `least_ms` or
 * more in all. */
double legs_mean_ms(const struct legs *legs, enum stop stop, double least_ms);

/* How many runs of articles there are that took `least_ms` or more. */
size_t legs_stalls(const struct legs *legs, double least_ms);

#endif
