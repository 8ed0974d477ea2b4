/* progress.c -- a bar, a count, a rate and the time that is left.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rate is that of the last seconds, smoothed; the time left comes from the share done
 * since the start, which jumps less. */
#include "progress.h"

#include <stdio.h>
#include <string.h>

#include "pace.h"

enum { REDRAW_MS = 100, WINDOW_MS = 1000, BAR_COLUMNS = 24 };

void progress_begin(struct progress *bar)
{
    *bar = (struct progress){.what = "articles", .start_ms = pace_now_ms()};
    bar->window_ms = bar->start_ms;
    term_init(&bar->term, stderr);
}

const char *progress_number(uint64_t number, char buf[PROGRESS_NUMBER_SIZE])
{
    char digits[24];
    int n = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)number);
    char *out = buf;

    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            *out++ = ',';
        *out++ = digits[i];
    }
    *out = '\0';
    return buf;
}

static void update_rate(struct progress *bar, uint64_t count, int64_t now_ms)
{
    int64_t span_ms = now_ms - bar->window_ms;
    if (span_ms < WINDOW_MS && bar->rate > 0)
        return;
    if (span_ms <= 0)
        return;
    double rate = (double)(count - bar->window_count) * 1000 / (double)span_ms;
    bar->rate = bar->rate > 0 ? 0.5 * bar->rate + 0.5 * rate : rate;
    bar->window_count = count;
    bar->window_ms = now_ms;
}

static void put_bar(double share)
{
    int full = (int)(share * BAR_COLUMNS + 0.5);

    for (int i = 0; i < BAR_COLUMNS; i++)
        fputs(i < full ? "━" : "╌", stderr);
    fprintf(stderr, " %3d %%  ", (int)(share * 100));
}

static void put_left(int64_t seconds)
{
    if (seconds >= 3600)
        fprintf(stderr, ", %lld h %02lld min left", (long long)seconds / 3600,
                (long long)seconds / 60 % 60);
    else if (seconds >= 60)
        fprintf(stderr, ", %lld min %02lld s left", (long long)seconds / 60,
                (long long)seconds % 60);
    else
        fprintf(stderr, ", %lld s left", (long long)seconds);
}

void progress_step(struct progress *bar, uint64_t count, double share)
{
    char number[PROGRESS_NUMBER_SIZE];
    int64_t now_ms = pace_now_ms();

    if (!bar->term.is_terminal || now_ms - bar->drawn_ms < REDRAW_MS)
        return;
    bar->drawn_ms = now_ms;
    update_rate(bar, count, now_ms);
    fputs("\r\033[K", stderr);
    if (share >= 0)
        put_bar(share < 1 ? share : 1);
    fprintf(stderr, "%s %s", progress_number(count, number), bar->what);
    fprintf(stderr, ", %s/s", progress_number((uint64_t)(bar->rate + 0.5), number));
    if (share > 0.01 && share < 1)
        put_left((int64_t)((double)(now_ms - bar->start_ms) / 1000 * (1 - share) / share +
                           0.5));
    (void)fflush(stderr);
}

void progress_end(struct progress *bar)
{
    if (bar->term.is_terminal && bar->drawn_ms != 0)
        fputs("\r\033[K", stderr);
}
