/* top_sample.c -- see top_sample.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "top_sample.h"

#include <string.h>

static const json_t *metric(const json_t *stats, const char *name, const char *label)
{
    const json_t *value = json_object_get(json_object_get(stats, "metrics"), name);
    return label ? json_object_get(value, label) : value;
}

static double start_of(const json_t *stats)
{
    return json_number_value(metric(stats, "process_start_time_seconds", NULL));
}

void top_pair_push(struct top_pair *pair, json_t *stats, int64_t at_ms)
{
    json_decref(pair->old.stats);
    pair->old = pair->now;
    pair->now = (struct top_sample){stats, at_ms};
    if (pair->old.stats && start_of(pair->old.stats) != start_of(stats)) {
        json_decref(pair->old.stats);
        pair->old.stats = NULL;
    }
}

void top_pair_done(struct top_pair *pair)
{
    json_decref(pair->old.stats);
    json_decref(pair->now.stats);
    *pair = (struct top_pair){0};
}

/* A number; the sum of an object's. */
static double total(const json_t *value)
{
    double sum = json_number_value(value);
    const char *label;
    const json_t *item;

    if (json_is_object(value)) {
        json_object_foreach((json_t *)(uintptr_t)value, label, item) sum +=
            json_number_value(item);
    }
    return sum;
}

double top_value(const struct top_pair *pair, const char *name, const char *label)
{
    return total(metric(pair->now.stats, name, label));
}

double top_rate(const struct top_pair *pair, const char *name, const char *label)
{
    int64_t span_ms = pair->now.at_ms - pair->old.at_ms;

    if (!pair->old.stats || span_ms <= 0)
        return 0;
    double grown = total(metric(pair->now.stats, name, label)) -
                   total(metric(pair->old.stats, name, label));
    return grown * 1000 / (double)span_ms;
}

/* Buckets are [bound in µs, count]; those without a count are left out. */
static double count_at(const json_t *hist, json_int_t bound)
{
    const json_t *buckets = json_object_get(hist, "buckets");

    for (size_t i = 0; i < json_array_size(buckets); i++) {
        const json_t *bucket = json_array_get(buckets, i);
        if (json_integer_value(json_array_get(bucket, 0)) == bound)
            return json_number_value(json_array_get(bucket, 1));
    }
    return 0;
}

static double field_between(const struct top_pair *pair, const char *name,
                            const char *label, const char *field)
{
    return json_number_value(
               json_object_get(metric(pair->now.stats, name, label), field)) -
           json_number_value(
               json_object_get(metric(pair->old.stats, name, label), field));
}

double top_quantile(const struct top_pair *pair, const char *name, const char *label,
                    double share)
{
    const json_t *now = metric(pair->now.stats, name, label);
    const json_t *old = metric(pair->old.stats, name, label);
    const json_t *buckets = json_object_get(now, "buckets");
    double n = field_between(pair, name, label, "count"), seen = 0;
    json_int_t bound = 0;

    if (n <= 0)
        return -1;
    for (size_t i = 0; i < json_array_size(buckets) && seen < share * n; i++) {
        const json_t *bucket = json_array_get(buckets, i);
        bound = json_integer_value(json_array_get(bucket, 0));
        seen += json_number_value(json_array_get(bucket, 1)) - count_at(old, bound);
    }
    return (double)bound / 1e6;
}

double top_sum(const struct top_pair *pair, const char *name, const char *label)
{
    return field_between(pair, name, label, "sum");
}
