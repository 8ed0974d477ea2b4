/* metrics.c -- the table of metrics, and how they grow.
 * SPDX-License-Identifier: Apache-2.0
 *
 * To add one: a field in struct metrics, a row here, and docs/metrics.md made anew. Both
 * ways out (exposition.c for Prometheus, stats.c for JSON) walk the rows. */
#include "metrics.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wiredesk/stage.h"
#include "wiredesk/version.h"

static const char *verdict_label(size_t i)
{
    const char *name = wd_verdict_name((enum wd_verdict)i);
    return strcmp(name, "unknown") == 0 ? NULL : name;
}

static const char *status_label(size_t i)
{
    return wd_status_class(-(int)i) == WD_CLASS_INPUT ? wd_status_name(-(int)i) : NULL;
}

static const char *entity_label(size_t i)
{
    const char *name = wd_label_name((enum wd_label)i);
    return strcmp(name, "unknown") == 0 ? NULL : name;
}

static const char *stage_label(size_t i)
{
    for (size_t k = 0; wd_stages()[k]; k++) {
        if (k == i)
            return wd_stages()[k]->name;
    }
    return i == STAGE_EMIT ? "emit" : NULL;
}

static const char *version_label(size_t i)
{
    return i == 0 ? wd_version() : NULL;
}

#define FIELD(member) .field = offsetof(struct metrics, member)
#define COUNTER(title, member, sentence)                                                 \
    {                                                                                    \
        .name = (title), .kind = METRIC_COUNTER, FIELD(member), .help = (sentence)       \
    }
#define GAUGE(title, member, sentence)                                                   \
    {                                                                                    \
        .name = (title), .kind = METRIC_GAUGE, FIELD(member), .help = (sentence)         \
    }
#define HISTOGRAM(title, member, sentence)                                               \
    {                                                                                    \
        .name = (title), .kind = METRIC_HISTOGRAM, FIELD(member), .help = (sentence)     \
    }

const struct metric_row metric_rows[] = {
    COUNTER("wiredesk_records_read_total", records_read,
            "Records read from the input topics, also those read again after a restart"),
    {.name = "wiredesk_articles_total",
     .kind = METRIC_COUNTER,
     .label = "verdict",
     .label_of = verdict_label,
     .n = METRIC_VERDICTS,
     FIELD(done.articles),
     .help = "Enriched articles committed to the output, by what they repeat"},
    COUNTER("wiredesk_replays_total", done.replays,
            "Records that came again, same uri, version and words: not published"),
    COUNTER("wiredesk_conflicts_total", done.conflicts,
            "Articles with other words than before under the same uri and version"),
    COUNTER("wiredesk_cluster_revisions_total", done.revisions,
            "Times that a cluster of duplicates changed, as told in the clusters topic"),
    COUNTER("wiredesk_story_mergers_total", done.mergers,
            "Times that two stories turned out to be one"),
    COUNTER("wiredesk_tagged_total", done.tagged,
            "Records passed on to the desk, refused ones too; of role tag alone"),
    COUNTER("wiredesk_repeated_total", repeated,
            "Tagged records of input that was decided before: passed over; not 0 means "
            "that somebody moved the taggers' offsets"),
    {.name = "wiredesk_dead_letters_total",
     .kind = METRIC_COUNTER,
     .label = "reason",
     .label_of = status_label,
     .n = METRIC_STATUSES,
     FIELD(done.dead_letters),
     .help = "Records committed to the dead letters, by error code (docs/errors.md)"},
    {.name = "wiredesk_entities_total",
     .kind = METRIC_COUNTER,
     .label = "type",
     .label_of = entity_label,
     .n = METRIC_LABELS,
     FIELD(done.entities),
     .help = "Entities of committed articles, each counted once an article"},
    {.name = "wiredesk_capped_total",
     .kind = METRIC_COUNTER,
     .label = "cap",
     .label_of = wd_cap_name,
     .n = WD_N_CAPS,
     FIELD(done.caps),
     .help = "How often the desk looked no further, so that no article costs much more "
             "than another: articles with a shingle or a term that very many have, or "
             "candidates when there are very many; of committed articles"},
    {.name = "wiredesk_stage_duration_seconds",
     .kind = METRIC_HISTOGRAM,
     .label = "stage",
     .label_of = stage_label,
     .n = STAGES_MAX,
     FIELD(stages),
     .help = "Time one stage took over one article"},
    HISTOGRAM("wiredesk_article_latency_seconds", latency,
              "Time from a record's arrival in the daemon to its transaction's commit"),
    HISTOGRAM("wiredesk_transaction_duration_seconds", transaction,
              "Time from a transaction's first record to its commit"),
    COUNTER("wiredesk_transactions_total", transactions, "Transactions committed"),
    COUNTER("wiredesk_restarts_total", restarts,
            "Times that everything was dropped and read again from the log"),
    COUNTER("wiredesk_full_total", times_full,
            "Times that reading stopped because all batches were under way"),
    {.name = "wiredesk_partition_lag_records",
     .kind = METRIC_LAGS,
     .help = "Records of an input partition that are not committed yet"},
    GAUGE("wiredesk_paused_partitions", n_paused,
          "Input partitions that are not read at the moment, since all batches are under "
          "way"),
    GAUGE("wiredesk_workers", n_workers, "Threads for the pure stages"),
    GAUGE("wiredesk_workers_busy", n_workers_busy,
          "Threads that work on a batch at the moment"),
    GAUGE("wiredesk_window_articles", window_articles,
          "Articles in which duplicates and stories are looked for"),
    GAUGE("wiredesk_stories", stories, "Stories in the window"),
    GAUGE("wiredesk_index_bytes", index_bytes, "Memory that the window takes"),
    GAUGE("wiredesk_active", is_active,
          "1 on the instance that reads and writes, 0 on one that stands by"),
    GAUGE("wiredesk_ready", is_ready, "1 when /readyz says so"),
    GAUGE("wiredesk_standby_lag_records", standby_lag_records,
          "Sketches of the log that a standby, or a start, has not taken in yet"),
    GAUGE(
        "wiredesk_stalled_seconds", stalled_s,
        "How long nothing has moved although something should have; up to 1 is the time "
        "between two looks"),
    GAUGE("wiredesk_last_commit_timestamp_seconds", last_commit_s,
          "Unix time of the last commit; 0 before the first"),
    GAUGE("wiredesk_restore_duration_seconds", restore_s,
          "Time the last start took, from holding the lease to reading the input"),
    {.name = "wiredesk_build_info",
     .kind = METRIC_GAUGE,
     .label = "version",
     .label_of = version_label,
     .n = 1,
     FIELD(one),
     .help = "1; its label says which version runs"},
    {.name = "wiredesk_stages_cpu_seconds_total",
     .kind = METRIC_SECONDS,
     FIELD(stages_cpu_s),
     .help = "Processor time of all stages; what process_cpu_seconds_total has beyond it "
             "goes into Kafka"},
    {.name = "process_cpu_seconds_total",
     .kind = METRIC_SECONDS,
     FIELD(cpu_s),
     .help = "Processor time, user and system"},
    GAUGE("process_resident_memory_bytes", memory_bytes, "Resident memory"),
    GAUGE("process_start_time_seconds", start_s, "Unix time of the process's start"),
    GAUGE("process_open_fds", open_fds, "Open file descriptors"),
    GAUGE("process_max_fds", max_fds, "Most file descriptors that may be open"),
};

const size_t n_metric_rows = sizeof(metric_rows) / sizeof(metric_rows[0]);

static const void *field_of(const struct metrics *met, const struct metric_row *row)
{
    return (const char *)met + row->field;
}

const char *metric_type(const struct metric_row *row)
{
    static const char *const types[] = {
        [METRIC_COUNTER] = "counter",     [METRIC_SECONDS] = "counter",
        [METRIC_GAUGE] = "gauge",         [METRIC_LAGS] = "gauge",
        [METRIC_HISTOGRAM] = "histogram",
    };
    return types[row->kind];
}

size_t metric_values(const struct metric_row *row)
{
    return row->label ? row->n : 1;
}

const char *metric_label(const struct metric_row *row, size_t i)
{
    return row->label ? row->label_of(i) : "";
}

double metric_number(const struct metrics *met, const struct metric_row *row, size_t i)
{
    /* Counts stay exact up to 2^53. */
    return row->kind == METRIC_COUNTER ? (double)((const uint64_t *)field_of(met, row))[i]
                                       : ((const double *)field_of(met, row))[i];
}

const struct histogram *metric_histogram(const struct metrics *met,
                                         const struct metric_row *row, size_t i)
{
    return (const struct histogram *)field_of(met, row) + i;
}

void metrics_init(struct metrics *met)
{
    *met = (struct metrics){.one = 1, .start_s = (double)time(NULL)};
}

void metrics_done(struct metrics *met)
{
    free(met->lags);
    met->lags = NULL;
    met->n_lags = 0;
}

static void tally_entities(struct tally *tally, const struct wd_facts *facts)
{
    for (size_t i = 0; i < facts->n_entities; i++) {
        if (facts->entities[i].label < METRIC_LABELS)
            tally->entities[facts->entities[i].label]++;
    }
}

void tally_article(struct tally *tally, const struct wd_facts *facts)
{
    if ((size_t)facts->dedup.verdict < METRIC_VERDICTS)
        tally->articles[facts->dedup.verdict]++;
    tally->conflicts += facts->dedup.is_conflict;
    for (size_t i = 0; i < WD_N_CAPS; i++)
        tally->caps[i] += facts->caps[i];
    tally_entities(tally, facts);
}

void tally_tagged(struct tally *tally, const struct wd_facts *facts)
{
    tally->tagged++;
    tally_entities(tally, facts);
}

void tally_dead_letter(struct tally *tally, int status)
{
    if (status < 0 && -status < METRIC_STATUSES)
        tally->dead_letters[-status]++;
}

void metrics_settle(struct metrics *met, const struct tally *tally)
{
    met->done.replays += tally->replays;
    met->done.conflicts += tally->conflicts;
    met->done.revisions += tally->revisions;
    met->done.mergers += tally->mergers;
    met->done.tagged += tally->tagged;
    for (size_t i = 0; i < METRIC_VERDICTS; i++)
        met->done.articles[i] += tally->articles[i];
    for (size_t i = 0; i < METRIC_STATUSES; i++)
        met->done.dead_letters[i] += tally->dead_letters[i];
    for (size_t i = 0; i < WD_N_CAPS; i++)
        met->done.caps[i] += tally->caps[i];
    for (size_t i = 0; i < METRIC_LABELS; i++)
        met->done.entities[i] += tally->entities[i];
}

void metrics_stage_times(struct metrics *met, const struct stage_times *times)
{
    for (size_t i = 0; i < STAGES_MAX; i++) {
        if (times->took_ns[i] >= 0)
            histogram_add(&met->stages[i], times->took_ns[i]);
    }
    met->stages_cpu_s += (double)times->cpu_ns * 1e-9;
}

/* As much of `text` as fits, ended at a character. */
static void headline_copy(char *to, size_t room, struct wd_str text)
{
    size_t size = text.size < room ? text.size : room - 1;
    while (size && size < text.size && ((unsigned char)text.data[size] & 0xc0) == 0x80)
        size--;
    if (size)
        memcpy(to, text.data, size);
    to[size] = '\0';
}

void metrics_recall(struct metrics *met, const struct wd_facts *facts)
{
    struct recent *rec = &met->recent[met->n_recent++ % METRIC_RECENT];
    struct wd_str headline = facts->meta.headline;
    for (size_t i = 0; i < facts->n_regions; i++) {
        const struct wd_region *region = &facts->regions[i];
        if (region->role == WD_ROLE_HEADLINE)
            headline = wd_span_of(facts->text, region->span);
    }
    if (headline.size == 0 && facts->text.size != 0) { /* its first line will do */
        const char *end = memchr(facts->text.data, '\n', facts->text.size);
        headline = (struct wd_str){
            facts->text.data, end ? (size_t)(end - facts->text.data) : facts->text.size};
    }
    *rec = (struct recent){.sequence = facts->sequence,
                           .story = facts->story.id,
                           .story_size = facts->story.size,
                           .verdict = facts->dedup.verdict};
    headline_copy(rec->headline, sizeof(rec->headline), headline);
}

uint64_t metrics_articles(const struct metrics *met)
{
    uint64_t sum = met->done.tagged;
    for (size_t i = 0; i < METRIC_VERDICTS; i++)
        sum += met->done.articles[i];
    return sum;
}

uint64_t metrics_dead_letters(const struct metrics *met)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < METRIC_STATUSES; i++)
        sum += met->done.dead_letters[i];
    return sum;
}

const char *role_name(enum role role)
{
    static const char *const names[] = {
        [ROLE_STARTING] = "starting", [ROLE_STANDBY] = "standby",
        [ROLE_ACTIVE] = "active",     [ROLE_WAITING] = "waiting for the broker",
        [ROLE_STOPPING] = "stopping",
    };
    return names[role];
}

static void reference_labels(const struct metric_row *row, FILE *out)
{
    bool is_first = true;
    if (row->kind == METRIC_LAGS)
        fputs("`topic`, `partition`", out);
    if (!row->label)
        return;
    fprintf(out, "`%s`: ", row->label);
    if (row->label_of == version_label) { /* would change with every release */
        fputs("of the program", out);
        return;
    }
    for (size_t i = 0; i < row->n; i++) {
        const char *label = row->label_of(i);
        if (!label)
            continue;
        fprintf(out, "%s%s", is_first ? "" : ", ", label);
        is_first = false;
    }
}

void metrics_reference(FILE *out)
{
    fputs("# Metrics of wiredeskd\n\n"
          "Made by `wiredeskd --metrics-reference`; do not edit by hand. "
          "`http.listen` (by default 127.0.0.1:9464) serves them:\n\n"
          "| page | what |\n|---|---|\n"
          "| `/metrics` | the table below, in Prometheus' text format |\n"
          "| `/stats` | the same as JSON, with quantiles since the start and the last "
          "articles; `wiredesk top` shows it |\n"
          "| `/healthz` | 200 while something moves or nothing has to; 503 when it "
          "stands still and a restart would help |\n"
          "| `/readyz` | 200 when active, or standing by and caught up; 503 otherwise, "
          "with the reason |\n"
          "| `/version` | versions of the program and of its libraries, as JSON |\n\n"
          "Only GET and HEAD are answered. What concerns records is counted when their "
          "transaction is committed. Durations are histograms with a bucket at each "
          "doubling from 16 µs to 67 s.\n\n"
          "Lag counts records. Those that were read and are not committed are counted "
          "one by one; behind the last one read it is the offsets up to the end of the "
          "partition. Ends of transactions, which take an offset each, and what was "
          "aborted drop out when reading comes to them, and so a partition that is read "
          "to its end has a lag of 0, whatever its producer. Records of a transaction "
          "that its producer holds open do count: they wait, although nobody may read "
          "them yet.\n\n"
          "| metric | kind | labels | what |\n|---|---|---|---|\n",
          out);
    for (size_t i = 0; i < n_metric_rows; i++) {
        const struct metric_row *row = &metric_rows[i];
        fprintf(out, "| `%s` | %s | ", row->name, metric_type(row));
        reference_labels(row, out);
        fprintf(out, " | %s |\n", row->help);
    }
}
