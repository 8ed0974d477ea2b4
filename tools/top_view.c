/* top_view.c -- what an operator wants to see in one glance, from the top down: is it
 * well, does it keep up, where does the time go, what comes out.
 * SPDX-License-Identifier: Apache-2.0 */
#include "top_view.h"

#include <string.h>

#include "progress.h"

enum { LABEL = 16, BAR = 20, STORY = 18, RECENT_FIXED = 42, NARROW = 70 };

void top_history_push(struct top_history *history, double rate)
{
    if (history->n == TOP_HISTORY)
        memmove(history->rates, history->rates + 1,
                --history->n * sizeof(history->rates[0]));
    history->rates[history->n++] = rate;
}

static const char *member(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static void put_label(const struct term *term, const char *label)
{
    term_ink(term, TERM_DIM);
    fprintf(term->out, "  %-*s", LABEL - 2, label);
    term_ink(term, TERM_PLAIN);
}

static const char *number(double value, char buf[PROGRESS_NUMBER_SIZE])
{
    return progress_number(value > 0 ? (uint64_t)(value + 0.5) : 0, buf);
}

/* "1,626/s", "0.3/s" */
static const char *rate(double value, char buf[PROGRESS_NUMBER_SIZE])
{
    char digits[PROGRESS_NUMBER_SIZE];
    if (value > 0 && value < 9.95)
        (void)snprintf(buf, PROGRESS_NUMBER_SIZE, "%.1f/s", value);
    else
        (void)snprintf(buf, PROGRESS_NUMBER_SIZE, "%.28s/s", number(value, digits));
    return buf;
}

/* "850 µs", "12 ms", "1.2 s"; "–" when nothing was measured. */
static const char *duration(double seconds, char buf[PROGRESS_NUMBER_SIZE])
{
    if (seconds < 0)
        (void)snprintf(buf, PROGRESS_NUMBER_SIZE, "–");
    else if (seconds < 0.001)
        (void)snprintf(buf, PROGRESS_NUMBER_SIZE, "%.0f µs", seconds * 1e6);
    else if (seconds < 0.00995)
        (void)snprintf(buf, PROGRESS_NUMBER_SIZE, "%.1f ms", seconds * 1e3);
    else if (seconds < 1)
        (void)snprintf(buf, PROGRESS_NUMBER_SIZE, "%.0f ms", seconds * 1e3);
    else
        (void)snprintf(buf, PROGRESS_NUMBER_SIZE, "%.1f s", seconds);
    return buf;
}

/* Right-aligned: printf counts bytes, and µ has two. */
static void put_right(const struct term *term, const char *text, unsigned columns)
{
    unsigned taken = term_columns(wd_str_from(text));
    fprintf(term->out, "%*s%s", taken < columns ? (int)(columns - taken) : 0, "", text);
}

static void put_age(const struct term *term, double seconds)
{
    long s = seconds > 0 ? (long)seconds : 0;
    if (s >= 86400)
        fprintf(term->out, "up %ld d %ld h", s / 86400, s / 3600 % 24);
    else if (s >= 3600)
        fprintf(term->out, "up %ld h %02ld min", s / 3600, s / 60 % 60);
    else
        fprintf(term->out, "up %ld min %02ld s", s / 60, s % 60);
}

static void view_head(const struct term *term, const char *where,
                      const struct top_pair *pair)
{
    const json_t *status = json_object_get(pair->now.stats, "status");
    bool is_ready = json_is_true(json_object_get(status, "ready"));
    bool is_alive = json_is_true(json_object_get(status, "alive"));
    double start = top_value(pair, "process_start_time_seconds", NULL);

    term_ink(term, TERM_BOLD);
    fprintf(term->out, "wiredeskd %s", member(pair->now.stats, "version"));
    term_ink(term, TERM_PLAIN);
    fprintf(term->out, " at %s  ", where);
    term_ink(term, is_ready ? TERM_GREEN : is_alive ? TERM_YELLOW : TERM_RED);
    fprintf(term->out, "%s, %s", member(status, "role"),
            is_ready   ? "ready"
            : is_alive ? "not ready"
                       : "stuck");
    term_ink(term, TERM_PLAIN);
    fputs("  ", term->out);
    put_age(term, (double)pair->now.at_ms / 1000 - start);
    (void)fputc('\n', term->out);
    term_ink(term, TERM_DIM);
    term_put_cut(term, wd_str_from(member(status, "reason")), term->width);
    term_ink(term, TERM_PLAIN);
    fputs("\n\n", term->out);
}

/* The history, as tall as the tallest of what is shown. */
static void put_sparks(const struct term *term, const struct top_history *history,
                       unsigned columns)
{
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    size_t first = history->n > columns ? history->n - columns : 0;
    double top = 0;

    for (size_t i = first; i < history->n; i++)
        top = history->rates[i] > top ? history->rates[i] : top;
    term_ink(term, TERM_CYAN);
    for (size_t i = first; i < history->n; i++) {
        int level = top > 0 ? (int)(history->rates[i] / top * 7.999) : 0;
        fputs(blocks[level < 0 ? 0 : level], term->out);
    }
    term_ink(term, TERM_PLAIN);
}

static void view_flow(const struct term *term, const struct top_pair *pair,
                      const struct top_history *history)
{
    char buf[PROGRESS_NUMBER_SIZE];

    put_label(term, "in");
    put_right(term, rate(top_rate(pair, "wiredesk_records_read_total", NULL), buf), 9);
    fprintf(term->out, "  %s in all\n",
            number(top_value(pair, "wiredesk_records_read_total", NULL), buf));
    put_label(term, "out");
    put_right(term, rate(top_rate(pair, "wiredesk_articles_total", NULL), buf), 9);
    fputs("  ", term->out);
    put_sparks(term, history, term->width - LABEL - 12);
    (void)fputc('\n', term->out);
}

static void view_lag(const struct term *term, const struct top_pair *pair)
{
    const json_t *lags = json_object_get(pair->now.stats, "lag");
    struct term_row row;
    char text[300], buf[PROGRESS_NUMBER_SIZE];
    double sum = 0;

    for (size_t i = 0; i < json_array_size(lags); i++)
        sum += json_number_value(json_object_get(json_array_get(lags, i), "records"));
    term_row_begin(&row, term, "lag", LABEL);
    (void)snprintf(text, sizeof(text), "%s record%s", number(sum, buf),
                   sum == 1 ? "" : "s");
    term_row_add(&row, sum > 0 ? TERM_YELLOW : TERM_PLAIN, wd_str_from(text), "");
    for (size_t i = 0; i < json_array_size(lags); i++) {
        const json_t *lag = json_array_get(lags, i);
        double records = json_number_value(json_object_get(lag, "records"));
        (void)snprintf(text, sizeof(text), " %s/%d", member(lag, "topic"),
                       (int)json_integer_value(json_object_get(lag, "partition")));
        char tail[PROGRESS_NUMBER_SIZE + 2];
        (void)snprintf(tail, sizeof(tail), " %.30s", number(records, buf));
        if (records > 0)
            term_row_add(&row, TERM_PLAIN, wd_str_from(text), tail);
    }
    term_row_end(&row);
}

static void view_times(const struct term *term, const struct top_pair *pair)
{
    static const char latency[] = "wiredesk_article_latency_seconds";
    static const char transaction[] = "wiredesk_transaction_duration_seconds";
    char p50[PROGRESS_NUMBER_SIZE], p99[PROGRESS_NUMBER_SIZE], buf[PROGRESS_NUMBER_SIZE];

    put_label(term, "latency");
    fprintf(term->out, "p50 %s, p99 %s%s\n",
            duration(top_quantile(pair, latency, NULL, 0.5), p50),
            duration(top_quantile(pair, latency, NULL, 0.99), p99),
            term->width < NARROW ? "" : " from arrival to commit");
    put_label(term, "transactions");
    fprintf(term->out, "%s, p50 %s, p99 %s\n",
            rate(top_rate(pair, "wiredesk_transactions_total", NULL), buf),
            duration(top_quantile(pair, transaction, NULL, 0.5), p50),
            duration(top_quantile(pair, transaction, NULL, 0.99), p99));
}

static void view_means(const struct term *term, const struct top_pair *pair)
{
    char a[PROGRESS_NUMBER_SIZE], b[PROGRESS_NUMBER_SIZE];

    put_label(term, "window");
    fprintf(term->out, "%s articles in %s stories, %.0f MB\n",
            number(top_value(pair, "wiredesk_window_articles", NULL), a),
            number(top_value(pair, "wiredesk_stories", NULL), b),
            top_value(pair, "wiredesk_index_bytes", NULL) / 1e6);
    put_label(term, "process");
    fprintf(term->out, "%.0f of %.0f workers busy, %.0f %% CPU, %.0f MB",
            top_value(pair, "wiredesk_workers_busy", NULL),
            top_value(pair, "wiredesk_workers", NULL),
            100 * top_rate(pair, "process_cpu_seconds_total", NULL),
            top_value(pair, "process_resident_memory_bytes", NULL) / 1e6);
    if (top_value(pair, "wiredesk_standby_lag_records", NULL) > 0)
        fprintf(term->out, ", %s sketches behind",
                number(top_value(pair, "wiredesk_standby_lag_records", NULL), a));
    fputs("\n\n", term->out);
}

static void put_bar(const struct term *term, double share)
{
    int full = (int)(share * BAR + 0.5);
    term_ink(term, TERM_CYAN);
    for (int i = 0; i < full && i < BAR; i++)
        fputs("█", term->out);
    term_ink(term, TERM_PLAIN);
}

static void view_stages(const struct term *term, const struct top_pair *pair)
{
    static const char name[] = "wiredesk_stage_duration_seconds";
    const json_t *stages =
        json_object_get(json_object_get(pair->now.stats, "metrics"), name);
    const char *stage;
    const json_t *hist;
    char buf[PROGRESS_NUMBER_SIZE];
    double sum = 0;

    json_object_foreach((json_t *)(uintptr_t)stages, stage, hist) sum +=
        top_sum(pair, name, stage);
    term_ink(term, TERM_DIM);
    fprintf(term->out, "  %-*s%10s%10s  share of the time\n", LABEL - 2, "stage", "p50",
            "p99");
    term_ink(term, TERM_PLAIN);
    json_object_foreach((json_t *)(uintptr_t)stages, stage, hist)
    {
        double share = sum > 0 ? top_sum(pair, name, stage) / sum : 0;
        fprintf(term->out, "  %-*s", LABEL - 2, stage);
        put_right(term, duration(top_quantile(pair, name, stage, 0.5), buf), 10);
        put_right(term, duration(top_quantile(pair, name, stage, 0.99), buf), 10);
        fprintf(term->out, "  %3.0f %% ", 100 * share);
        put_bar(term, share);
        (void)fputc('\n', term->out);
    }
    (void)fputc('\n', term->out);
}

/* Each label of a counter that is not 0, with its count or its share. */
static void view_labels(const struct term *term, const struct top_pair *pair,
                        const char *title, const char *name, enum term_ink ink,
                        bool has_shares)
{
    const json_t *values =
        json_object_get(json_object_get(pair->now.stats, "metrics"), name);
    double sum = top_value(pair, name, NULL);
    struct term_row row;
    const char *label;
    const json_t *value;
    char buf[PROGRESS_NUMBER_SIZE], text[64], tail[PROGRESS_NUMBER_SIZE + 8];

    term_row_begin(&row, term, title, LABEL);
    (void)snprintf(text, sizeof(text), "%s", number(sum, buf));
    term_row_add(&row, sum > 0 ? ink : TERM_PLAIN, wd_str_from(text), "");
    json_object_foreach((json_t *)(uintptr_t)values, label, value)
    {
        double count = json_number_value(value);
        if (count <= 0)
            continue;
        if (has_shares)
            (void)snprintf(tail, sizeof(tail), " %.0f %%", 100 * count / sum);
        else
            (void)snprintf(tail, sizeof(tail), " %.30s", number(count, buf));
        (void)snprintf(text, sizeof(text), " %.60s", label);
        term_row_add(&row, TERM_PLAIN, wd_str_from(text), tail);
    }
    term_row_end(&row);
}

static enum term_ink ink_of(const char *verdict)
{
    return strcmp(verdict, "unique") == 0   ? TERM_GREEN
           : strcmp(verdict, "update") == 0 ? TERM_CYAN
                                            : TERM_YELLOW;
}

static void view_recent(const struct term *term, const struct top_pair *pair)
{
    const json_t *recent = json_object_get(pair->now.stats, "recent");

    if (json_array_size(recent) == 0)
        return;
    term_ink(term, TERM_DIM);
    fprintf(term->out, "\n  %-*s  size  %-10s  headline\n", STORY, "story", "verdict");
    term_ink(term, TERM_PLAIN);
    for (size_t i = 0; i < json_array_size(recent); i++) {
        const json_t *article = json_array_get(recent, i);
        const char *verdict = member(article, "verdict");
        fprintf(term->out, "  %-*s  %4lld  ", STORY, member(article, "story"),
                (long long)json_integer_value(json_object_get(article, "size")));
        term_ink(term, ink_of(verdict));
        fprintf(term->out, "%-10s  ", verdict);
        term_ink(term, TERM_PLAIN);
        if (term->width > RECENT_FIXED)
            term_put_cut(term, wd_str_from(member(article, "headline")),
                         term->width - RECENT_FIXED);
        (void)fputc('\n', term->out);
    }
}

void top_view(const struct term *term, const char *where, const struct top_pair *pair,
              const struct top_history *history)
{
    view_head(term, where, pair);
    view_flow(term, pair, history);
    view_lag(term, pair);
    view_times(term, pair);
    view_means(term, pair);
    view_stages(term, pair);
    view_labels(term, pair, "verdicts", "wiredesk_articles_total", TERM_GREEN, true);
    view_labels(term, pair, "dead letters", "wiredesk_dead_letters_total", TERM_RED,
                false);
    view_recent(term, pair);
}
