/* bench_hostile.c -- what the worst byte costs.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   bench_hostile [-a] [-d DATA_DIR]
 *
 * Each hostile text of tests/support/ goes through everything that a record goes through:
 * decode to sketch, the desk, the writer. Units are repeated to 100,000 bytes, records in
 * bulk are as large as there. A row is nanoseconds of the thread's own processor time for
 * each byte of the record, the best of five turns. The desk of a turn is new, but has
 * seen one article: what it asks for to begin with is no record's fault. Printed are the
 * median over all of them, news (the articles of synth.h), the worst, and
 * how many times the others that is; -a: every row. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "corpus.h"
#include "support/hostile_bulk.h"
#include "support/hostile_units.h"
#include "wiredesk/desk.h"
#include "wiredesk/emit.h"
#include "wiredesk/pipeline.h"

enum { TURNS = 5, UNIT_BYTES = 100 * 1000, MOST_BYTES = 2 * MEBIBYTE };

struct row {
    const char *head;
    const char *unit;
    double ns; /* a byte */
};

struct bench {
    struct wd_options opts;
    struct wd_pipeline *pl;
    struct wd_article *art;
    struct wd_buf out;
    struct row rows[N_HOSTILE_UNITS + N_HOSTILE_BULKS];
    size_t n_rows;
};

static _Noreturn void fail(const char *what)
{
    (void)fprintf(stderr, "bench_hostile: %s\n", what);
    exit(2);
}

/* One record through all of it; a refused one ends where it is refused. */
static void enrich(struct bench *bench, struct wd_desk *desk,
                   const struct wd_record *record)
{
    static const struct wd_emit_options emit = {.tokens = true};
    wd_article_begin(bench->art, record);
    if (wd_pipeline_run(bench->pl, bench->art) != WD_OK)
        return;
    if (wd_desk_decide(desk, bench->art) < 0)
        fail("the desk cannot decide");
    wd_buf_clear(&bench->out);
    wd_emit(bench->art, &emit, &bench->out);
}

/* Nanoseconds a byte of the records, which go to one desk. */
static double turn(struct bench *bench, const struct wd_record *records, size_t n)
{
    static const struct wd_record first = {.value = WD_STR("A desk has an article."),
                                           .topic = WD_STR("bench"),
                                           .timestamp_ms = -1};
    struct wd_desk *desk;
    size_t size = 0;
    if (wd_desk_open(&bench->opts, &desk, NULL) < 0)
        fail("the desk cannot be opened");
    enrich(bench, desk, &first);
    double begun = cpu_ns();
    for (size_t i = 0; i < n; i++) {
        enrich(bench, desk, &records[i]);
        size += records[i].value.size;
    }
    double ns = cpu_ns() - begun;
    wd_desk_close(desk);
    return ns / (double)size;
}

static double best_turn(struct bench *bench, const struct wd_record *records, size_t n)
{
    double best = turn(bench, records, n);
    for (int i = 1; i < TURNS; i++) {
        double ns = turn(bench, records, n);
        best = ns < best ? ns : best;
    }
    return best;
}

static void measure(struct bench *bench, const struct hostile_bulk *bulk)
{
    struct wd_str bytes = hostile_bulk_make(bulk);
    const struct wd_record record = {.value = bytes,
                                     .content_type = wd_str_from(bulk->type),
                                     .topic = WD_STR("bench"),
                                     .timestamp_ms = -1};
    if (!bytes.data)
        fail("out of memory");
    bench->rows[bench->n_rows++] =
        (struct row){bulk->head, bulk->unit, best_turn(bench, &record, 1)};
    free((void *)(uintptr_t)bytes.data);
}

static double measure_news(struct bench *bench)
{
    enum { ARTICLES = 200 };
    struct corpus news = {0};
    corpus_add_synthetic(&news, ARTICLES, 0);
    double ns = best_turn(bench, news.records, news.n_records);
    corpus_done(&news);
    return ns;
}

static void print_text(const char *text)
{
    for (const char *p = text; *p; p++)
        printf(*p >= ' ' && *p < 0x7f ? "%c" : "\\x%02x", (unsigned char)*p);
}

static void print_row(const struct row *row)
{
    printf("%8.1f ns a byte: ", row->ns);
    print_text(row->head);
    print_text(row->unit);
    printf("…\n");
}

static int by_cost(const void *a, const void *b)
{
    double x = ((const struct row *)a)->ns, y = ((const struct row *)b)->ns;
    return (x > y) - (x < y);
}

static void run(struct bench *bench, bool is_whole)
{
    for (size_t i = 0; i < N_HOSTILE_UNITS; i++)
        measure(bench, &(struct hostile_bulk){.head = "a",
                                              .unit = hostile_units[i],
                                              .tail = "",
                                              .type = "text/plain; charset=utf-8",
                                              .size = UNIT_BYTES});
    for (size_t i = 0; i < N_HOSTILE_BULKS; i++) {
        if (hostile_bulks[i].size <= MOST_BYTES)
            measure(bench, &hostile_bulks[i]);
    }
    double news = measure_news(bench);
    size_t n = bench->n_rows;
    qsort(bench->rows, n, sizeof(bench->rows[0]), by_cost);
    for (size_t i = 0; is_whole && i < n; i++)
        print_row(&bench->rows[i]);
    printf("median of %zu: ", n);
    print_row(&bench->rows[n / 2]);
    printf("news: %8.1f ns a byte\n", news);
    printf("worst, %.1f times the median, %.1f times news: ",
           bench->rows[n - 1].ns / bench->rows[n / 2].ns, bench->rows[n - 1].ns / news);
    print_row(&bench->rows[n - 1]);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    struct wd_error err = {0};
    bool is_whole = false;
    wd_options_init(&bench.opts);
    for (int id; (id = getopt(argc, argv, "ad:")) != -1;) {
        if (id == 'a')
            is_whole = true;
        else if (id == 'd')
            bench.opts.data_dir = optarg;
        else
            fail("usage: bench_hostile [-a] [-d DATA_DIR]");
    }
    wd_buf_init(&bench.out, (size_t)1 << 30);
    bench.art = wd_article_new();
    if (!bench.art || wd_pipeline_open(&bench.opts, &bench.pl, &err) < 0)
        fail(err.message);
    run(&bench, is_whole);
    wd_pipeline_close(bench.pl);
    wd_article_free(bench.art);
    wd_buf_done(&bench.out);
    return 0;
}
