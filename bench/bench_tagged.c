/* bench_tagged.c -- how many articles a desk decides on that taggers have tagged.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   bench_tagged [-t] [-r ROUNDS] [-n ARTICLES] [-d DATA_DIR] [FILE|DIR…]
 *
 * A corpus (files, or else 2,000 synthetic articles) is tagged once, into records in
 * memory. Then a desk of its own goes through them ROUNDS times (5), on one thread:
 * decodes each, decides, writes the sketch, and puts its words into the document. Printed
 * are the medians of what that costs an article, by the thread's own processor time, and
 * the articles a second that come of it; then what the records weigh.
 *
 * -t: for script/bench, a name, a figure and its unit a line, parted by tabs. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "corpus.h"
#include "wiredesk/desk.h"
#include "wiredesk/emit.h"
#include "wiredesk/pipeline.h"
#include "wiredesk/tagged.h"

#define ROUNDS_MAX 101
#define CEILING    (64u << 20)
#define OUTPUT     (16u << 20)

enum step { STEP_DECODE, STEP_DECIDE, STEP_WRITE, STEPS };

static const char *const step_names[STEPS] = {
    [STEP_DECODE] = "decode", [STEP_DECIDE] = "decide", [STEP_WRITE] = "write"};

static const struct wd_emit_options plain = {.profile = WD_PROFILE_NINJS3,
                                             .tokens = true};

struct bench {
    struct wd_options opts;
    struct corpus corpus;
    struct wd_buf *tagged; /* one a record */
    struct wd_article *art;
    struct wd_buf out;
    unsigned n_rounds;
    bool is_terse;
    double ns[STEPS][ROUNDS_MAX]; /* an article */
    size_t tagged_bytes, output_bytes, sketch_bytes;
};

static _Noreturn void fail(const char *what, const struct wd_error *err)
{
    (void)fprintf(stderr, "bench_tagged: %s%s%s\n", what, err ? ": " : "",
                  err ? err->message : "");
    exit(2);
}

static void tag_all(struct bench *bench)
{
    struct wd_error err = {0};
    struct wd_pipeline *pl;
    if (wd_pipeline_open(&bench->opts, &pl, &err) < 0)
        fail("the pipeline cannot be opened", &err);
    bench->tagged = calloc(bench->corpus.n_records, sizeof(*bench->tagged));
    if (!bench->tagged)
        fail("out of memory", NULL);
    for (size_t i = 0; i < bench->corpus.n_records; i++) {
        wd_article_begin(bench->art, &bench->corpus.records[i]);
        if (wd_pipeline_run(pl, bench->art) == WD_ENOMEM)
            fail("out of memory", NULL);
        wd_buf_init(&bench->tagged[i], CEILING);
        wd_tagged_encode(bench->art, &plain, OUTPUT, &bench->tagged[i]);
        if (wd_buf_status(&bench->tagged[i]) < 0)
            fail("a record is too large", NULL);
        bench->tagged_bytes += bench->tagged[i].size;
    }
    wd_pipeline_close(pl);
}

static void go_through(struct bench *bench, struct wd_desk *desk, size_t i,
                       double took_ns[STEPS])
{
    struct wd_error err = {0};
    double begun = cpu_ns();
    if (wd_tagged_decode(wd_buf_str(&bench->tagged[i]), bench->art, &err) < 0)
        fail("a record cannot be read", &err);
    double decoded = cpu_ns();
    if (wd_desk_decide(desk, bench->art) < 0)
        fail("the desk cannot decide", NULL);
    double decided = cpu_ns();
    wd_buf_clear(&bench->out);
    wd_sketch_encode(wd_article_sketch(bench->art), &bench->out);
    size_t sketch_bytes = bench->out.size;
    if (wd_article_error(bench->art)->status == WD_OK)
        wd_emit(bench->art, &plain, &bench->out);
    if (wd_buf_status(&bench->out) < 0)
        fail("the output is too large", NULL);
    took_ns[STEP_WRITE] += cpu_ns() - decided;
    took_ns[STEP_DECIDE] += decided - decoded;
    took_ns[STEP_DECODE] += decoded - begun;
    bench->sketch_bytes += sketch_bytes;
    bench->output_bytes += bench->out.size - sketch_bytes;
}

static void run_round(struct bench *bench, unsigned round)
{
    struct wd_error err = {0};
    struct wd_desk *desk;
    double took_ns[STEPS] = {0};
    if (wd_desk_open(&bench->opts, &desk, &err) < 0)
        fail("the desk cannot be opened", &err);
    bench->sketch_bytes = bench->output_bytes = 0;
    for (size_t i = 0; i < bench->corpus.n_records; i++)
        go_through(bench, desk, i, took_ns);
    for (size_t i = 0; i < STEPS; i++)
        bench->ns[i][round] = took_ns[i] / (double)bench->corpus.n_records;
    wd_desk_close(desk);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void line(const struct bench *bench, const char *name, double value,
                 const char *unit)
{
    if (bench->is_terse)
        printf("desk alone: %s\t%.1f\t%s\n", name, value, unit);
    else
        printf("%-16s %12.1f %s\n", name, value, unit);
}

static void report(struct bench *bench)
{
    double n = (double)bench->corpus.n_records, sum = 0;
    for (size_t i = 0; i < STEPS; i++) {
        qsort(bench->ns[i], bench->n_rounds, sizeof(bench->ns[i][0]), compare_doubles);
        double median = bench->ns[i][bench->n_rounds / 2];
        sum += median;
        line(bench, step_names[i], median / 1000, "us an article");
    }
    line(bench, "articles", 1e9 / sum, "a second and core");
    line(bench, "tagged record", (double)bench->tagged_bytes / n, "bytes");
    line(bench, "output", (double)bench->output_bytes / n, "bytes");
    line(bench, "sketch", (double)bench->sketch_bytes / n, "bytes");
}

static size_t number_of(const char *text, size_t max)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    if (end == text || *end || number == 0 || number > max)
        fail("a number is out of bounds", NULL);
    return number;
}

int main(int argc, char **argv)
{
    struct bench bench = {.n_rounds = 5};
    size_t n_articles = 2000;
    int id;
    wd_options_init(&bench.opts);
    while ((id = getopt(argc, argv, "td:n:r:")) != -1) {
        if (id == 't')
            bench.is_terse = true;
        else if (id == 'd')
            bench.opts.data_dir = optarg;
        else if (id == 'n')
            n_articles = number_of(optarg, 10000000);
        else if (id == 'r')
            bench.n_rounds = (unsigned)number_of(optarg, ROUNDS_MAX);
        else
            return 2;
    }
    for (int i = optind; i < argc; i++) {
        if (!corpus_add_path(&bench.corpus, argv[i]))
            fail(argv[i], NULL);
    }
    if (bench.corpus.n_records == 0)
        corpus_add_synthetic(&bench.corpus, n_articles, 0);
    bench.art = wd_article_new();
    if (!bench.art)
        fail("out of memory", NULL);
    wd_buf_init(&bench.out, CEILING);
    tag_all(&bench);
    for (unsigned i = 0; i < bench.n_rounds; i++)
        run_round(&bench, i);
    report(&bench);
    for (size_t i = 0; i < bench.corpus.n_records; i++)
        wd_buf_done(&bench.tagged[i]);
    free(bench.tagged);
    wd_buf_done(&bench.out);
    wd_article_free(bench.art);
    corpus_done(&bench.corpus);
    return 0;
}
