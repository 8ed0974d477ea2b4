/* legs.c -- see legs.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "legs.h"

#include <stdlib.h>

#include "check.h"
#include "clock.h"

void legs_init(struct legs *legs, size_t n, size_t first)
{
    *legs = (struct legs){.n = n, .first = n > first ? first : 0};
    for (int i = 0; i < N_STOPS; i++) {
        legs->seen_s[i] = calloc(n, sizeof(*legs->seen_s[i]));
        CHECK(legs->seen_s[i], "out of memory");
    }
}

void legs_done(struct legs *legs)
{
    for (int i = 0; i < N_STOPS; i++)
        free(legs->seen_s[i]);
}

void legs_note(struct legs *legs, enum stop stop)
{
    CHECK(legs->n_seen[stop] < legs->n, "more articles than there are");
    legs->seen_s[stop][legs->n_seen[stop]++] = wall_s();
}

static double took_ms(const struct legs *legs, size_t i, enum stop from, enum stop to)
{
    return (legs->seen_s[to][i] - legs->seen_s[from][i]) * 1000;
}

static double took_in_all_ms(const struct legs *legs, size_t i)
{
    return took_ms(legs, i, STOP_SENT, STOP_COMMITTED);
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

bool legs_has_quantile(const struct legs *legs, unsigned per_mille)
{
    return (legs->n - legs->first) * (1000 - per_mille) >= 1000;
}

double legs_quantile_ms(const struct legs *legs, unsigned per_mille)
{
    size_t m = legs->n - legs->first;
    double *all = calloc(m, sizeof(*all));
    CHECK(all, "out of memory");
    for (size_t i = 0; i < m; i++)
        all[i] = took_in_all_ms(legs, legs->first + i);
    qsort(all, m, sizeof(*all), by_size);
    double quantile = all[m * per_mille / 1000];
    free(all);
    return quantile;
}

double legs_mean_ms(const struct legs *legs, enum stop stop, double least_ms)
{
    double sum_ms = 0;
    size_t n = 0;
    for (size_t i = legs->first; i < legs->n; i++) {
        if (took_in_all_ms(legs, i) < least_ms)
            continue;
        sum_ms += took_ms(legs, i, (enum stop)(stop - 1), stop);
        n++;
    }
    return n ? sum_ms / (double)n : 0;
}

size_t legs_stalls(const struct legs *legs, double least_ms)
{
    size_t n = 0;
    bool was_slow = false;
    for (size_t i = legs->first; i < legs->n; i++) {
        bool is_slow = took_in_all_ms(legs, i) >= least_ms;
        n += is_slow && !was_slow;
        was_slow = is_slow;
    }
    return n;
}
