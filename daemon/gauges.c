/* gauges.c -- see gauges.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "gauges.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static void look_at_memory(struct metrics *met)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return;
    if (fscanf(file, "%*u %lu", &pages) == 1)
        met->memory_bytes = (double)pages * (double)sysconf(_SC_PAGESIZE);
    fclose(file);
}

static void look_at_files(struct metrics *met)
{
    struct rlimit limit;
    unsigned n = 0;
    DIR *dir = opendir("/proc/self/fd");
    for (const struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
        n += entry->d_name[0] != '.';
    if (dir)
        closedir(dir);
    met->open_fds = n ? n - 1 : 0; /* without the one that looks */
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        met->max_fds = (double)limit.rlim_cur;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void look_at_process(struct metrics *met)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        met->cpu_s = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    look_at_memory(met);
    look_at_files(met);
}

/* What was read is counted; what was not, by offsets, of which ends of transactions have
 * some: nobody can tell before he has read them. */
static int64_t records_waiting(const struct ledger *led, const struct source_place *place)
{
    struct wd_str topic = wd_str_from(place->topic);
    int64_t arrived = ledger_position(led, topic, place->partition);
    int64_t read = arrived > place->read ? arrived : place->read;
    if (read < place->low)
        read = place->low;
    return (int64_t)ledger_under_way(led, topic, place->partition) +
           (place->high > read ? place->high - read : 0);
}

static void look_at_input(struct metrics *met, const struct estate *est)
{
    size_t n = source_partitions(est->source);
    struct lag *lags = realloc(met->lags, (n + 1) * sizeof(*lags));
    met->n_lags = 0;
    if (!lags)
        return; /* this look goes without */
    met->lags = lags;
    for (size_t i = 0; i < n; i++) {
        struct source_place place;
        if (source_partition(est->source, i, &place))
            lags[met->n_lags++] =
                (struct lag){.topic = place.topic,
                             .partition = place.partition,
                             .records = records_waiting(est->ledger, &place)};
    }
}

static void look_at_desk(struct metrics *met, const struct estate *est)
{
    struct wd_desk_stats stats;
    wd_desk_stats(est->desk, &stats);
    met->window_articles = (double)stats.window_articles;
    met->stories = (double)stats.stories;
    met->index_bytes = (double)stats.index_bytes;
}

void gauges_look(struct metrics *met, const struct gauge_sources *src)
{
    met->role = src->role;
    met->is_active = src->role == ROLE_ACTIVE;
    met->stalled_s = (double)src->stalled_ms / 1000;
    met->standby_lag_records = src->suc ? (double)successor_lag(src->suc) : 0;
    met->n_workers = (double)workers_threads(src->wrk);
    met->n_workers_busy = (double)workers_busy(src->wrk);
    met->n_paused = 0;
    met->n_lags = 0;
    if (src->est) {
        look_at_input(met, src->est);
        if (src->est->desk)
            look_at_desk(met, src->est);
        if (src->str && stream_is_full(src->str))
            met->n_paused = (double)source_partitions(src->est->source);
    }
    look_at_process(met);
}
