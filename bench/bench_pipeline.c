/* bench_pipeline.c -- how fast each stage is, and how much memory the desk needs.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   bench_pipeline [-t] [-r ROUNDS] [-n ARTICLES] [-s BYTES] [-d DATA_DIR] [FILE|DIR…]
 *   bench_pipeline -m [-t] [-n ARTICLES] [-d DATA_DIR]
 *
 * The first form runs a corpus (files, or else 1,000 synthetic articles) through all
 * stages on one thread, ROUNDS times (5), and prints for each stage the median over the
 * rounds. A round takes three kinds of turns one after the other, so that a slow minute
 * of the machine hits all of them: the pure stages each under its own clock, the pure
 * pipeline as a whole, and the desk with the writer. The clock counts the thread's own
 * processor time, which other programs do not change much. MB are 10^6 bytes of article
 * text, as decode hands it on. Last, two threads share the pipeline, under the clock on
 * the wall. -s: synthetic articles of about BYTES each.
 *
 * The second form fills a window of ARTICLES (20,000) and prints what the process then
 * holds, and what the desk costs; what is beyond the first 20,000 is made by replica.c.
 *
 * -t: for script/bench, a name, a figure and its unit a line, parted by tabs. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/article.h"
#include "chain.h"
#include "clock.h"
#include "corpus.h"
#include "replica.h"
#include "synth.h"
#include "wiredesk/desk.h"
#include "wiredesk/emit.h"
#include "wiredesk/pipeline.h"

#define ROUNDS_MAX 101
#define READ_MOST  20000 /* articles of a window that are read; the rest are replicas */
#define LATE_MOST  2000  /* articles that are timed when the window is full */
#define ROWS_MAX   (WD_CHAIN_MAX + 8)

/* One line of the table: nanoseconds of each round. */
struct row {
    const char *name;
    double ns[ROUNDS_MAX];
};

struct bench {
    struct wd_options opts;
    struct corpus corpus;
    size_t n_articles;
    unsigned n_rounds;
    struct wd_article *art;
    struct wd_buf out;
    bool is_terse;
    size_t text_bytes; /* of all articles that were not refused */
    size_t n_words;    /* tokens of them */
    size_t out_bytes;  /* of what was written for them */
    size_t n_refused;
    struct row rows[ROWS_MAX];
    size_t n_rows;
};

static _Noreturn void fail(const char *what, const struct wd_error *err)
{
    (void)fprintf(stderr, "bench_pipeline: %s%s%s\n", what, err ? ": " : "",
                  err ? err->message : "");
    exit(2);
}

static struct row *row_of(struct bench *bench, const char *name)
{
    for (size_t i = 0; i < bench->n_rows; i++) {
        if (strcmp(bench->rows[i].name, name) == 0)
            return &bench->rows[i];
    }
    struct row *row = &bench->rows[bench->n_rows++];
    row->name = name;
    return row;
}

/* Every pure stage under its own clock: what wd_chain_run() does, with a look at the
 * clock between two stages. */
static void round_of_stages(struct bench *bench, const struct wd_chain *chain,
                            unsigned round)
{
    struct wd_article *art = bench->art;
    for (size_t i = 0; i < chain->n_links; i++)
        row_of(bench, chain->links[i].stage->name)->ns[round] = 0;

    for (size_t n = 0; n < bench->corpus.n_records; n++) {
        wd_article_begin(art, &bench->corpus.records[n]);
        art->opts = &chain->opts;
        double before = cpu_ns();
        int r = WD_OK;
        for (size_t i = 0; i < chain->n_links && r == WD_OK; i++) {
            const struct wd_link *link = &chain->links[i];
            r = link->stage->run(link->state, art);
            art->facts.has |= link->stage->gives;
            double after = cpu_ns();
            row_of(bench, link->stage->name)->ns[round] += after - before;
            before = after;
        }
    }
}

static void round_of_pipeline(struct bench *bench, const struct wd_pipeline *pl,
                              unsigned round)
{
    bench->text_bytes = 0;
    bench->n_refused = bench->n_words = 0;
    double before = cpu_ns();
    for (size_t n = 0; n < bench->corpus.n_records; n++) {
        wd_article_begin(bench->art, &bench->corpus.records[n]);
        if (wd_pipeline_run(pl, bench->art) == WD_OK) {
            bench->text_bytes += wd_article_facts(bench->art)->raw.size;
            bench->n_words += wd_article_facts(bench->art)->n_tokens;
        } else {
            bench->n_refused++;
        }
    }
    row_of(bench, "pure pipeline")->ns[round] = cpu_ns() - before;
}

/* Never inlined: bench/flame.py looks for it in a profile. */
__attribute__((noinline)) static void
round_of_desk(struct bench *bench, const struct wd_pipeline *pl, unsigned round)
{
    struct row *desk_row = row_of(bench, "desk"), *emit_row = row_of(bench, "emit");
    struct wd_error err = {0};
    struct wd_desk *desk;
    if (wd_desk_open(&bench->opts, &desk, &err) < 0)
        fail("the desk cannot be opened", &err);

    bench->out_bytes = 0;
    desk_row->ns[round] = emit_row->ns[round] = 0;
    for (size_t n = 0; n < bench->corpus.n_records; n++) {
        wd_article_begin(bench->art, &bench->corpus.records[n]);
        int r = wd_pipeline_run(pl, bench->art);
        double before = cpu_ns();
        if (wd_desk_decide(desk, bench->art) < 0)
            fail("the desk cannot decide", NULL);
        double decided = cpu_ns();
        desk_row->ns[round] += decided - before;
        if (r < 0)
            continue;
        struct wd_emit_options opts = {.profile = WD_PROFILE_NINJS3, .tokens = true};
        wd_buf_clear(&bench->out);
        wd_emit(bench->art, &opts, &bench->out);
        if (wd_buf_status(&bench->out) < 0)
            fail("the output is too large", NULL);
        emit_row->ns[round] += cpu_ns() - decided;
        bench->out_bytes += bench->out.size;
    }
    wd_desk_close(desk);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const struct row *row, unsigned n_rounds)
{
    double sorted[ROUNDS_MAX];
    memcpy(sorted, row->ns, n_rounds * sizeof(sorted[0]));
    qsort(sorted, n_rounds, sizeof(sorted[0]), compare_doubles);
    return sorted[n_rounds / 2];
}

/* ------------------------------------------------------------------------ two threads
 */

#define N_THREADS 2

struct runner {
    pthread_t thread;
    const struct bench *bench;
    const struct wd_pipeline *pl;
    struct wd_article *art;
    size_t n_refused; /* they take time, too */
};

static void *run_all(void *arg)
{
    struct runner *runner = arg;
    const struct corpus *corpus = &runner->bench->corpus;
    for (size_t n = 0; n < corpus->n_records; n++) {
        wd_article_begin(runner->art, &corpus->records[n]);
        runner->n_refused += wd_pipeline_run(runner->pl, runner->art) < 0;
    }
    return NULL;
}

/* Articles a second of `n_threads` on one pipeline. */
static double rate_of(const struct bench *bench, const struct wd_pipeline *pl,
                      unsigned n_threads)
{
    struct runner runners[N_THREADS];
    for (unsigned i = 0; i < n_threads; i++) {
        runners[i] = (struct runner){.bench = bench, .pl = pl, .art = wd_article_new()};
        if (!runners[i].art)
            fail("out of memory", NULL);
    }
    double begun_s = wall_s();
    for (unsigned i = 0; i < n_threads; i++) {
        if (pthread_create(&runners[i].thread, NULL, run_all, &runners[i]) != 0)
            fail("no thread", NULL);
    }
    for (unsigned i = 0; i < n_threads; i++)
        (void)pthread_join(runners[i].thread, NULL); /* it was created */
    double took_s = wall_s() - begun_s;
    for (unsigned i = 0; i < n_threads; i++)
        wd_article_free(runners[i].art);
    return (double)bench->corpus.n_records * n_threads / took_s;
}

/* ------------------------------------------------------------------------------ tables
 */

static void print_terse(const struct bench *bench, const struct wd_pipeline *pl)
{
    for (size_t i = 0; i < bench->n_rows; i++) {
        double ns = median(&bench->rows[i], bench->n_rounds);
        (void)printf("stage.%s\t%.6g\tMB/s\n", bench->rows[i].name,
                     (double)bench->text_bytes * 1e3 / ns);
        if (strcmp(bench->rows[i].name, "pure pipeline") == 0 ||
            strcmp(bench->rows[i].name, "tag") == 0) /* for bench/tag */
            (void)printf("words.%s\t%.6g\twords/s\n", bench->rows[i].name,
                         (double)bench->n_words * 1e9 / ns);
    }
    (void)printf("output\t%.3g\ttimes the text\n",
                 (double)bench->out_bytes / (double)bench->text_bytes);
    for (unsigned n = 1; n <= N_THREADS; n++)
        (void)printf("threads.%u\t%.6g\tarticles/s\n", n, rate_of(bench, pl, n));
}

static void print_table(const struct bench *bench)
{
    size_t n_read = bench->corpus.n_records - bench->n_refused;
    (void)printf(
        "%zu articles (%zu refused), %.2f MB of text, %.0f bytes each, "
        "median of %u rounds, one thread\n\n",
        bench->corpus.n_records, bench->n_refused, (double)bench->text_bytes / 1e6,
        n_read ? (double)bench->text_bytes / (double)n_read : 0, bench->n_rounds);
    (void)printf("%-14s %10s %12s %10s\n", "stage", "MB/s", "us/article", "ns/byte");
    for (size_t i = 0; i < bench->n_rows; i++) {
        double ns = median(&bench->rows[i], bench->n_rounds);
        (void)printf("%-14s %10.1f %12.1f %10.2f\n", bench->rows[i].name,
                     (double)bench->text_bytes * 1e3 / ns,
                     ns / 1e3 / (double)bench->corpus.n_records,
                     ns / (double)bench->text_bytes);
    }
}

static int run_speed(struct bench *bench)
{
    struct wd_error err = {0};
    struct wd_pipeline *pl;
    struct wd_chain chain;
    if (wd_pipeline_open(&bench->opts, &pl, &err) < 0 ||
        wd_chain_open(&chain, &bench->opts, false, &err) < 0)
        fail("the pipeline cannot be opened", &err);

    round_of_pipeline(bench, pl, 0); /* once for the caches */
    bench->n_rows = 0;
    for (unsigned round = 0; round < bench->n_rounds; round++) {
        round_of_stages(bench, &chain, round);
        round_of_pipeline(bench, pl, round);
        round_of_desk(bench, pl, round);
    }
    if (bench->text_bytes == 0)
        fail("no article was read", NULL);
    if (bench->is_terse)
        print_terse(bench, pl);
    else
        print_table(bench);
    wd_chain_close(&chain);
    wd_pipeline_close(pl);
    return 0;
}

/* Resident memory in bytes, now. */
static size_t resident_bytes(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*u %lu", &pages) != 1)
        fail("/proc/self/statm cannot be read", NULL);
    (void)fclose(file); /* it was only read */
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* Puts articles [first, last) through everything; nanoseconds of the desk. */
static double decide_all(struct bench *bench, const struct wd_pipeline *pl,
                         struct wd_desk *desk, size_t first, size_t last,
                         struct replicas *reps)
{
    struct wd_buf text;
    double took_ns = 0;
    wd_buf_init(&text, 1024 * 1024);
    for (size_t n = first; n < last; n++) {
        synth_article(n, &text);
        int64_t number = (int64_t)wd_desk_next_sequence(desk);
        struct wd_record record = {.value = wd_buf_str(&text),
                                   .topic = WD_STR("bench"),
                                   .offset = number,
                                   .timestamp_ms = number * 1000};
        wd_article_begin(bench->art, &record);
        if (wd_pipeline_run(pl, bench->art) < 0)
            fail("an article was refused", wd_article_error(bench->art));
        double before = cpu_ns();
        if (wd_desk_decide(desk, bench->art) < 0)
            fail("the desk cannot decide", NULL);
        took_ns += cpu_ns() - before;
        if (reps)
            replicas_note(reps, wd_article_sketch(bench->art));
    }
    wd_buf_done(&text);
    return took_ns;
}

/* The desk with a full window, and how long it took for one of the last articles. */
static double fill_window(struct bench *bench, const struct wd_pipeline *pl,
                          struct wd_desk *desk)
{
    struct wd_error err = {0};
    struct replicas reps;
    size_t n = bench->n_articles, n_late = n / 10 + 1;
    if (n_late > LATE_MOST)
        n_late = LATE_MOST;
    size_t n_read = n - n_late < READ_MOST ? n - n_late : READ_MOST;
    replicas_init(&reps);
    (void)decide_all(bench, pl, desk, 0, n_read, &reps);
    if (wd_buf_status(&reps.log) < 0 ||
        (n_read && replicas_restore(&reps, desk, n - n_late - n_read, &err) < 0))
        fail("the window cannot be filled", &err);
    replicas_done(&reps);
    return decide_all(bench, pl, desk, n_read, n_read + n_late, NULL) / (double)n_late;
}

static int run_memory(struct bench *bench)
{
    struct wd_error err = {0};
    struct wd_pipeline *pl;
    struct wd_desk *desk;
    size_t at_start = resident_bytes();
    bench->opts.limits.window_articles = bench->n_articles;
    if (wd_pipeline_open(&bench->opts, &pl, &err) < 0 ||
        wd_desk_open(&bench->opts, &desk, &err) < 0)
        fail("the pipeline cannot be opened", &err);
    size_t opened = resident_bytes();

    double late_us = fill_window(bench, pl, desk) / 1e3;
    struct wd_desk_stats stats;
    wd_desk_stats(desk, &stats);
    if (bench->is_terse)
        (void)printf("window.%zu.desk\t%.6g\tus an article\n"
                     "window.%zu.memory\t%.6g\tMB\n",
                     bench->n_articles, late_us, bench->n_articles,
                     (double)(resident_bytes() - opened) / 1e6);
    else
        (void)printf("articles in the window  %10llu\n"
                     "stories                 %10llu\n"
                     "desk, last articles     %10.1f us/article\n"
                     "index, as it counts     %10.1f MB\n"
                     "resident at the start   %10.1f MB\n"
                     "resident when opened    %10.1f MB\n"
                     "resident at the end     %10.1f MB\n",
                     (unsigned long long)stats.window_articles,
                     (unsigned long long)stats.stories, late_us,
                     (double)stats.index_bytes / 1e6, (double)at_start / 1e6,
                     (double)opened / 1e6, (double)resident_bytes() / 1e6);
    wd_desk_close(desk);
    wd_pipeline_close(pl);
    return 0;
}

/* share/wiredesk beside the folder of this program, as in a build tree. */
static const char *default_data_dir(char *path, size_t size)
{
    ssize_t used = readlink("/proc/self/exe", path, size - 1);
    if (used < 0)
        return NULL;
    path[used] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(path, '/');
        if (!slash)
            return NULL;
        *slash = '\0';
    }
    static const char tail[] = "/share/wiredesk";
    if (strlen(path) + sizeof(tail) > size)
        return NULL;
    memcpy(path + strlen(path), tail, sizeof(tail));
    return access(path, R_OK) == 0 ? path : NULL;
}

static size_t number_of(const char *text, size_t most)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    if (*end || number == 0 || number > most)
        fail("a number is out of bounds", NULL);
    return number;
}

int main(int argc, char **argv)
{
    static struct bench bench = {.n_rounds = 5};
    char data_dir[4096];
    bool is_memory = false;
    size_t size = 0;

    wd_options_init(&bench.opts);
    bench.opts.data_dir = default_data_dir(data_dir, sizeof(data_dir));
    for (int c; (c = getopt(argc, argv, "r:n:s:d:mt")) != -1;) {
        if (c == 'r')
            bench.n_rounds = (unsigned)number_of(optarg, ROUNDS_MAX);
        else if (c == 'n')
            bench.n_articles = number_of(optarg, 10 * 1000 * 1000);
        else if (c == 's')
            size = number_of(optarg, 10 * 1000 * 1000);
        else if (c == 't')
            bench.is_terse = true;
        else if (c == 'd')
            bench.opts.data_dir = optarg;
        else if (c == 'm')
            is_memory = true;
        else
            return 2;
    }
    if (bench.n_articles == 0)
        bench.n_articles = is_memory ? 20 * 1000 : 1000;
    for (int i = optind; i < argc; i++) {
        if (!corpus_add_path(&bench.corpus, argv[i]))
            fail(argv[i], NULL);
    }
    if (!is_memory && bench.corpus.n_records == 0)
        corpus_add_synthetic(&bench.corpus, bench.n_articles, size);

    bench.art = wd_article_new();
    if (!bench.art)
        fail("out of memory", NULL);
    wd_buf_init(&bench.out, 64 * 1024 * 1024);
    int r = is_memory ? run_memory(&bench) : run_speed(&bench);
    wd_buf_done(&bench.out);
    wd_article_free(bench.art);
    corpus_done(&bench.corpus);
    return r;
}
