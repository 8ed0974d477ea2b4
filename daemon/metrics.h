/* metrics.h -- what an operator will ask about, counted.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only the loop's thread counts, and only the loop's thread reads. A counter is here
 * because a person or an alert asks its question; docs/metrics.md is made from the table
 * of them. What concerns records is counted when their transaction is committed: until
 * then it may not have happened. */
#ifndef DAEMON_METRICS_H
#define DAEMON_METRICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "histogram.h"
#include "stage_times.h"
#include "wiredesk/article.h"

/* Room; the names that exist are fewer. */
#define METRIC_VERDICTS 16
#define METRIC_STATUSES 64
#define METRIC_LABELS   16
#define METRIC_RECENT   12

/* What became of records. */
struct tally {
    uint64_t articles[METRIC_VERDICTS];     /* by enum wd_verdict */
    uint64_t dead_letters[METRIC_STATUSES]; /* by status, without its minus */
    uint64_t entities[METRIC_LABELS];       /* of the articles; by enum wd_label */
    uint64_t caps[WD_N_CAPS];               /* how often the desk looked no further */
    uint64_t replays;                       /* records that came again: not published */
    uint64_t conflicts;                     /* other words under a known version */
    uint64_t revisions;                     /* of clusters */
    uint64_t mergers;                       /* of stories */
    uint64_t tagged;                        /* records passed on to the desk */
};

/* How many records of a partition are not committed yet. */
struct lag {
    const char *topic; /* borrowed from the configuration */
    int32_t partition;
    int64_t records;
};

/* One of the last articles, for people who look on. */
struct recent {
    uint64_t sequence;
    uint64_t story;
    uint32_t story_size;
    enum wd_verdict verdict;
    char headline[160]; /* valid UTF-8, may be cut */
};

enum role { ROLE_STARTING, ROLE_STANDBY, ROLE_ACTIVE, ROLE_WAITING, ROLE_STOPPING };

/* Counters and histograms grow; the gauges are as of the last look (gauges.h). */
struct metrics {
    struct tally done;
    uint64_t records_read;
    uint64_t repeated; /* tagged records that were decided before: passed over */
    uint64_t transactions;
    uint64_t restarts;   /* from the log, after a fault */
    uint64_t times_full; /* reading stopped because all batches were under way */
    uint64_t sequence;   /* of the last decided article */
    int64_t slowest_us;  /* from arrival to commit, of the last commit's first record */
    struct histogram stages[STAGES_MAX];
    double stages_cpu_s;
    struct histogram latency;
    struct histogram transaction;
    struct recent recent[METRIC_RECENT]; /* a ring; the next place is n_recent */
    uint64_t n_recent;

    enum role role;
    double is_active;
    double is_ready;
    double standby_lag_records;
    double stalled_s;
    double last_commit_s; /* Unix time; 0: none yet */
    double restore_s;
    double n_workers;
    double n_workers_busy;
    double n_paused;
    double window_articles;
    double stories;
    double index_bytes;
    double cpu_s;
    double memory_bytes;
    double start_s;
    double open_fds;
    double max_fds;
    double one; /* of the build information */
    struct lag *lags;
    size_t n_lags;
};

enum metric_kind {
    METRIC_COUNTER, /* uint64_t */
    METRIC_SECONDS, /* a counter too, but a double */
    METRIC_GAUGE,   /* double */
    METRIC_HISTOGRAM,
    METRIC_LAGS, /* a gauge for each of `lags`, with the labels topic and partition */
};

struct metric_row {
    const char *name; /* as Prometheus wants it: prefix, base unit, _total */
    enum metric_kind kind;
    const char *label;                 /* NULL: one value, no label */
    const char *(*label_of)(size_t i); /* NULL: the i-th does not exist */
    size_t n;                          /* with a label: values in the array */
    size_t field;                      /* in struct metrics */
    const char *help;                  /* one sentence without its full stop */
};

extern const struct metric_row metric_rows[];
extern const size_t n_metric_rows;

/* "counter", "gauge", "histogram": what Prometheus calls it. */
const char *metric_type(const struct metric_row *row);

/* How many values a row has, and the label of the i-th: "" without labels, NULL when it
 * does not exist. */
size_t metric_values(const struct metric_row *row);
const char *metric_label(const struct metric_row *row, size_t i);

/* The i-th value of a row: as a number (%.17g reads it back), or its histogram. */
double metric_number(const struct metrics *met, const struct metric_row *row, size_t i);
const struct histogram *metric_histogram(const struct metrics *met,
                                         const struct metric_row *row, size_t i);

/* Zeroed, but for what is so from the start. */
void metrics_init(struct metrics *met);
void metrics_done(struct metrics *met);

/* Counts a decided article that became output. */
void tally_article(struct tally *tally, const struct wd_facts *facts);

/* Counts one that a tagger passed on. */
void tally_tagged(struct tally *tally, const struct wd_facts *facts);

/* Counts a refused one. */
void tally_dead_letter(struct tally *tally, int status);

/* Their transaction is committed. */
void metrics_settle(struct metrics *met, const struct tally *tally);

void metrics_stage_times(struct metrics *met, const struct stage_times *times);

/* Remembers the article as the last one. */
void metrics_recall(struct metrics *met, const struct wd_facts *facts);

/* Of the records that became output, or that a tagger passed on. */
uint64_t metrics_articles(const struct metrics *met);
uint64_t metrics_dead_letters(const struct metrics *met);

/* "active", "standby" … */
const char *role_name(enum role role);

/* docs/metrics.md. */
void metrics_reference(FILE *out);

#endif
