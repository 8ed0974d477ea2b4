/* stage_times.c -- see stage_times.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "stage_times.h"

#include <string.h>
#include <time.h>

#include "patience.h"

void stage_times_note(struct stage_times *times, size_t stage)
{
    int64_t now_ns = monotonic_ns();
    if (stage < STAGES_MAX)
        times->took_ns[stage] = now_ns - times->last_ns;
    times->last_ns = now_ns;
}

static void stage_done(void *opaque, size_t stage)
{
    stage_times_note(opaque, stage);
}

void stage_times_begin(struct stage_times *times, struct wd_article *art)
{
    memset(times->took_ns, 0xff, sizeof(times->took_ns));
    times->cpu_ns = 0;
    wd_article_watch(art, &(struct wd_watch){stage_done, times});
    stage_times_go_on(times);
}

static int64_t thread_cpu_ns(void)
{
    struct timespec used;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used); /* cannot fail for this clock */
    return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec;
}

void stage_times_go_on(struct stage_times *times)
{
    times->last_ns = monotonic_ns();
    times->begun_cpu_ns = thread_cpu_ns();
}

void stage_times_rest(struct stage_times *times)
{
    times->cpu_ns += thread_cpu_ns() - times->begun_cpu_ns;
}
