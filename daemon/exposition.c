/* exposition.c -- the text exposition format, version 0.0.4.
 * SPDX-License-Identifier: Apache-2.0
 *
 * https://prometheus.io/docs/instrumenting/exposition_formats/: HELP, TYPE, then the
 * series of one family together. Labels whose values are known are there from the start,
 * so that a rate over the first event of its kind is not lost. Nothing here needs
 * escapes: label values are names of ours, or of topics, which hold no quote. */
#include "exposition.h"

#include <stdarg.h>
#include <stdio.h>

#define LEAST_POWER 4  /* 16 µs */
#define MOST_POWER  26 /* 67 s */

static void put(struct wd_buf *buf, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void put(struct wd_buf *buf, const char *fmt, ...)
{
    char line[512];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(line, sizeof(line), fmt, args); /* no line of ours is so long */
    va_end(args);
    wd_buf_append_z(buf, line);
}

static void put_histogram(const struct metric_row *row, const char *label,
                          const struct histogram *hist, struct wd_buf *buf)
{
    char before[96] = "", alone[96] = "";
    uint64_t seen = 0;
    size_t i = 0;
    if (row->label) {
        (void)snprintf(before, sizeof(before), "%s=\"%s\",", row->label, label);
        (void)snprintf(alone, sizeof(alone), "{%s=\"%s\"}", row->label, label);
    }
    for (unsigned power = LEAST_POWER; power <= MOST_POWER; power++) {
        while (i <= histogram_bucket_of_power(power))
            seen += hist->buckets[i++];
        put(buf, "%s_bucket{%sle=\"%.9g\"} %llu\n", row->name, before,
            (double)(1ull << power) / 1e6, (unsigned long long)seen);
    }
    put(buf, "%s_bucket{%sle=\"+Inf\"} %llu\n", row->name, before,
        (unsigned long long)hist->count);
    put(buf, "%s_sum%s %.9g\n", row->name, alone, (double)hist->sum_ns / 1e9);
    put(buf, "%s_count%s %llu\n", row->name, alone, (unsigned long long)hist->count);
}

static void put_lags(const struct metrics *met, const struct metric_row *row,
                     struct wd_buf *buf)
{
    for (size_t i = 0; i < met->n_lags; i++)
        put(buf, "%s{topic=\"%s\",partition=\"%d\"} %lld\n", row->name,
            met->lags[i].topic, (int)met->lags[i].partition,
            (long long)met->lags[i].records);
}

static void put_values(const struct metrics *met, const struct metric_row *row,
                       struct wd_buf *buf)
{
    for (size_t i = 0; i < metric_values(row); i++) {
        const char *label = metric_label(row, i);
        if (!label)
            continue;
        if (row->kind == METRIC_HISTOGRAM)
            put_histogram(row, label, metric_histogram(met, row, i), buf);
        else if (row->label)
            put(buf, "%s{%s=\"%s\"} %.17g\n", row->name, row->label, label,
                metric_number(met, row, i));
        else
            put(buf, "%s %.17g\n", row->name, metric_number(met, row, i));
    }
}

void exposition_write(const struct metrics *met, struct wd_buf *buf)
{
    for (size_t i = 0; i < n_metric_rows; i++) {
        const struct metric_row *row = &metric_rows[i];
        put(buf, "# HELP %s %s.\n# TYPE %s %s\n", row->name, row->help, row->name,
            metric_type(row));
        if (row->kind == METRIC_LAGS)
            put_lags(met, row, buf);
        else
            put_values(met, row, buf);
    }
}
