/* histogram.c -- see histogram.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "histogram.h"

/* Buckets 0 to 3 end at 1, 2, 3, 4 µs; from there on each doubling has four:
 * 5 6 7 8, 10 12 14 16, 20 24 28 32 … A time belongs to the first bucket that it does
 * not pass, so it is rounded up to a whole microsecond. */
static size_t bucket_of(uint64_t us)
{
    uint64_t below = us ? us - 1 : 0;
    if (below < 4)
        return (size_t)below;
    unsigned octave = 61 - (unsigned)__builtin_clzll(below);
    size_t i = 4 + 4 * (size_t)octave + ((below >> octave) & 3);
    return i < HISTOGRAM_BOUNDS ? i : HISTOGRAM_BOUNDS;
}

uint64_t histogram_bound_us(size_t i)
{
    return i < 4 ? i + 1 : (uint64_t)(5 + i % 4) << (i / 4 - 1);
}

size_t histogram_bucket_of_power(unsigned power)
{
    return 4 * ((size_t)power - 1) - 1;
}

void histogram_add(struct histogram *hist, int64_t ns)
{
    uint64_t time_ns = ns > 0 ? (uint64_t)ns : 0;
    hist->count++;
    hist->sum_ns += time_ns;
    hist->buckets[bucket_of((time_ns + 999) / 1000)]++;
}

double histogram_quantile(const struct histogram *hist, double share)
{
    double rank = share * (double)hist->count, seen = 0;
    size_t i = 0;
    if (hist->count == 0)
        return 0;
    while (i < HISTOGRAM_BOUNDS && seen + (double)hist->buckets[i] < rank)
        seen += (double)hist->buckets[i++];
    double upper = (double)histogram_bound_us(i < HISTOGRAM_BOUNDS ? i : i - 1);
    double lower = i == 0 ? 0 : (double)histogram_bound_us(i - 1);
    double part = hist->buckets[i] ? (rank - seen) / (double)hist->buckets[i] : 1;
    return (lower + (upper - lower) * part) / 1e6;
}
