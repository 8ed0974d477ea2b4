/* stats.c -- see stats.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * {"version", "status": {…}, "metrics": {NAME: value}, "lag": […], "recent": […]}. A
 * value is a number, or an object by label. A histogram has its quantiles since the start
 * and its buckets ([bound in µs, count], empty ones left out): who asks twice can take
 * the difference and has the quantiles of the time between, without the daemon keeping
 * anything for him. */
#include "stats.h"

#include <librdkafka/rdkafka.h>
#include <microhttpd.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>

#include "json_text.h"
#include "wiredesk/emit.h"
#include "wiredesk/version.h"

static void put(struct wd_buf *buf, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void put(struct wd_buf *buf, const char *fmt, ...)
{
    char text[128];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof(text), fmt, args); /* nothing of ours is so long */
    va_end(args);
    wd_buf_append_z(buf, text);
}

static void put_text(struct wd_buf *buf, const char *text)
{
    char out[JSON_TEXT_SIZE];
    size_t size;
    wd_buf_append_char(buf, '"');
    while ((size = json_text_next(&text, out)) != 0)
        wd_buf_append(buf, out, size);
    wd_buf_append_char(buf, '"');
}

static void put_member(struct wd_buf *buf, const char *name, const char *text)
{
    put(buf, "\"%s\":", name);
    put_text(buf, text);
}

/* A comma, unless something was opened just now. */
static void put_comma(struct wd_buf *buf)
{
    if (buf->size && !strchr("{[", buf->data[buf->size - 1]))
        wd_buf_append_char(buf, ',');
}

static void put_histogram(const struct histogram *hist, struct wd_buf *buf)
{
    put(buf, "{\"count\":%llu,\"sum\":%.9g,\"p50\":%.6g,\"p90\":%.6g,\"p99\":%.6g,",
        (unsigned long long)hist->count, (double)hist->sum_ns / 1e9,
        histogram_quantile(hist, 0.5), histogram_quantile(hist, 0.9),
        histogram_quantile(hist, 0.99));
    put(buf, "\"buckets\":[");
    for (size_t i = 0; i <= HISTOGRAM_BOUNDS; i++) {
        if (!hist->buckets[i])
            continue;
        put_comma(buf);
        put(buf, "[%llu,%llu]", (unsigned long long)histogram_bound_us(i),
            (unsigned long long)hist->buckets[i]);
    }
    put(buf, "]}");
}

static void put_value(const struct metrics *met, const struct metric_row *row, size_t i,
                      struct wd_buf *buf)
{
    if (row->kind == METRIC_HISTOGRAM)
        put_histogram(metric_histogram(met, row, i), buf);
    else
        put(buf, "%.17g", metric_number(met, row, i));
}

static void put_row(const struct metrics *met, const struct metric_row *row,
                    struct wd_buf *buf)
{
    put_comma(buf);
    put(buf, "\"%s\":", row->name);
    if (!row->label) {
        put_value(met, row, 0, buf);
        return;
    }
    wd_buf_append_char(buf, '{');
    for (size_t i = 0; i < metric_values(row); i++) {
        const char *label = metric_label(row, i);
        if (!label)
            continue;
        put_comma(buf);
        put(buf, "\"%s\":", label);
        put_value(met, row, i, buf);
    }
    wd_buf_append_char(buf, '}');
}

static void put_lags(const struct metrics *met, struct wd_buf *buf)
{
    put(buf, ",\"lag\":[");
    for (size_t i = 0; i < met->n_lags; i++) {
        put_comma(buf);
        wd_buf_append_char(buf, '{');
        put_member(buf, "topic", met->lags[i].topic);
        put(buf, ",\"partition\":%d,\"records\":%lld}", (int)met->lags[i].partition,
            (long long)met->lags[i].records);
    }
    wd_buf_append_char(buf, ']');
}

/* The newest first. */
static void put_recent(const struct metrics *met, bool has_headlines, struct wd_buf *buf)
{
    char story[WD_ID_SIZE];
    uint64_t n = met->n_recent < METRIC_RECENT ? met->n_recent : METRIC_RECENT;
    put(buf, ",\"recent\":[");
    for (uint64_t i = 1; i <= n; i++) {
        const struct recent *rec = &met->recent[(met->n_recent - i) % METRIC_RECENT];
        wd_story_name(rec->story, story);
        put_comma(buf);
        put(buf, "{\"sequence\":%llu,\"verdict\":\"%s\",\"story\":\"%s\",\"size\":%u",
            (unsigned long long)rec->sequence, wd_verdict_name(rec->verdict), story,
            (unsigned)rec->story_size);
        if (has_headlines) {
            wd_buf_append_char(buf, ',');
            put_member(buf, "headline", rec->headline);
        }
        wd_buf_append_char(buf, '}');
    }
    wd_buf_append_char(buf, ']');
}

static void put_health(const struct health *health, struct wd_buf *buf)
{
    wd_buf_append_char(buf, '{');
    put_member(buf, "role", health->role);
    put(buf, ",\"alive\":%s,\"ready\":%s,", health->is_alive ? "true" : "false",
        health->is_ready ? "true" : "false");
    put_member(buf, "reason", health->reason);
    wd_buf_append_char(buf, '}');
}

void stats_write(const struct metrics *met, const struct health *health,
                 bool has_headlines, struct wd_buf *buf)
{
    wd_buf_append_char(buf, '{');
    put_member(buf, "version", wd_version());
    put(buf, ",\"status\":");
    put_health(health, buf);
    put(buf, ",\"metrics\":{");
    for (size_t i = 0; i < n_metric_rows; i++) {
        if (metric_rows[i].kind != METRIC_LAGS)
            put_row(met, &metric_rows[i], buf);
    }
    wd_buf_append_char(buf, '}');
    put_lags(met, buf);
    put_recent(met, has_headlines, buf);
    wd_buf_append_z(buf, "}\n");
}

void stats_write_health(const struct health *health, bool is_fine, struct wd_buf *buf)
{
    wd_buf_append_char(buf, '{');
    put_member(buf, "status", is_fine ? "ok" : "unavailable");
    wd_buf_append_char(buf, ',');
    put_member(buf, "role", health->role);
    wd_buf_append_char(buf, ',');
    put_member(buf, "reason", health->reason);
    wd_buf_append_z(buf, "}\n");
}

void stats_write_version(struct wd_buf *buf)
{
    const struct {
        const char *name;
        const char *version;
    } rows[] = {
        {"wiredesk", wd_version()},
        {"librdkafka", rd_kafka_version_str()},
        {"libuv", uv_version_string()},
        {"libmicrohttpd", MHD_get_version()},
    };
    wd_buf_append_char(buf, '{');
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        put_comma(buf);
        put_member(buf, rows[i].name, rows[i].version);
    }
    wd_buf_append_z(buf, "}\n");
}
