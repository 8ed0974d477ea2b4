/* bench_desk.c -- what an article costs the desk: time, memory, log.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   bench_desk [-n WINDOW] [-b BASES] [-d DATA] [FILE|DIR…]
 *
 * A window of a million articles takes longer to write, clean and tag than anybody waits,
 * and the desk sees sketches only. So BASES articles are run through the pipeline once,
 * and the stream is made of their sketches by edits and mixing: each round over the bases
 * has shingles of its own, but for one in ten, which every round has (what newsrooms
 * print under each article); one article in ten is an earlier one with an eighth of its
 * shingles replaced. Names and terms are those of the bases, so that they are as rare as
 * in life.
 *
 * Then a log is restored, and the streams are played that are meant to be dear. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/article.h"
#include "base/hash.h"
#include "base/sort.h"
#include "clock.h"
#include "corpus.h"
#include "wiredesk/desk.h"
#include "wiredesk/pipeline.h"

enum {
    SMALL_WINDOW = 10000,
    COPY_EVERY = 10,    /* one article in so many repeats an earlier one … */
    COPY_BACK = 5000,   /* … at most so far back … */
    EDIT_EVERY = 8,     /* … with one shingle in so many replaced */
    COMMON_EVERY = 10,  /* one shingle in so many is the same in every round */
    IDENTICAL = 100000, /* articles of the same words */
    HOSTILE = 4000,     /* articles of the other dear streams */
    BATCH = 32,         /* sketches of a log that are read together */
    PRINT_NOISE = 63,   /* low bits of a print that a round changes: its order stays */
};

static _Noreturn void fail(const char *what)
{
    (void)fprintf(stderr, "bench_desk: %s\n", what);
    exit(2);
}

static void *check(void *memory)
{
    if (!memory)
        fail("out of memory");
    return memory;
}

/* The first number of /proc/self/statm that counts: pages in memory, as bytes. */
static double resident_bytes(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*u %lu", &pages) != 1)
        fail("/proc/self/statm cannot be read");
    (void)fclose(file); /* it was only read */
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

/* --- bases --- */

/* An article as the pipeline left it, with lists of its own. */
struct base {
    struct wd_sketch sketch;
    struct wd_str text;
};

struct bench {
    struct wd_options opts;
    struct corpus corpus;
    struct base *bases;
    size_t n_bases;
    struct wd_article *art; /* the one that is made up */
    size_t window;
};

static void *copy_of(const void *from, size_t size)
{
    void *copy = check(malloc(size ? size : 1));
    if (size)
        memcpy(copy, from, size);
    return copy;
}

#define COPY_LIST(list, n) ((list) = copy_of((list), (n) * sizeof(*(list))))

static void keep_base(struct bench *bench, const struct wd_article *art)
{
    struct base *base = &bench->bases[bench->n_bases++];
    struct wd_sketch *sketch = &base->sketch;
    *sketch = art->sketch;
    COPY_LIST(sketch->prints, sketch->n_prints);
    COPY_LIST(sketch->places,
              sketch->n_prints < WD_PLACES_MAX ? sketch->n_prints : WD_PLACES_MAX);
    COPY_LIST(sketch->keys, sketch->n_keys);
    COPY_LIST(sketch->probes, sketch->n_probes);
    COPY_LIST(sketch->starts, sketch->n_prints);
    COPY_LIST(sketch->figures, sketch->n_figures);
    COPY_LIST(sketch->figure_starts, sketch->n_figures);
    COPY_LIST(sketch->names, sketch->n_names);
    COPY_LIST(sketch->name_starts, sketch->n_names);
    COPY_LIST(sketch->terms.hashes, sketch->terms.n);
    COPY_LIST(sketch->terms.weights, sketch->terms.n);
    COPY_LIST(sketch->terms.flags, sketch->terms.n);
    COPY_LIST(sketch->terms.lows, sketch->terms.n);
    base->text = (struct wd_str){copy_of(art->facts.text.data, art->facts.text.size),
                                 art->facts.text.size};
}

static void free_base(struct base *base)
{
    const void *lists[] = {base->sketch.prints,        base->sketch.places,
                           base->sketch.keys,          base->sketch.probes,
                           base->sketch.starts,        base->sketch.figures,
                           base->sketch.figure_starts, base->sketch.names,
                           base->sketch.name_starts,   base->sketch.terms.hashes,
                           base->sketch.terms.weights, base->sketch.terms.flags,
                           base->sketch.terms.lows,    base->text.data};
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
        free((void *)(uintptr_t)lists[i]);
}

static void read_bases(struct bench *bench, size_t n_wanted)
{
    struct wd_error err = {0};
    struct wd_pipeline *pl;
    if (wd_pipeline_open(&bench->opts, &pl, &err) < 0)
        fail(err.message);
    size_t n = bench->corpus.n_records < n_wanted ? bench->corpus.n_records : n_wanted;
    bench->bases = check(calloc(n, sizeof(*bench->bases)));
    for (size_t i = 0; i < n; i++) {
        wd_article_begin(bench->art, &bench->corpus.records[i]);
        if (wd_pipeline_run(pl, bench->art) == WD_OK && bench->art->sketch.n_prints)
            keep_base(bench, bench->art);
    }
    wd_pipeline_close(pl);
    if (bench->n_bases == 0)
        fail("no article was read");
}

/* --- making up --- */

static uint64_t mix(uint64_t x)
{
    return wd_hash((struct wd_str){(const char *)&x, sizeof(x)}, WD_SEED_WORD);
}

/* A made-up article: which base it comes from, in which round, and, for a copy, what its
 * edits are. */
struct plan {
    const struct base *base;
    uint64_t round;
    uint64_t edits; /* 0: none */
};

static struct plan plan_of(const struct bench *bench, size_t n)
{
    uint64_t edits = 0;
    if (n % COPY_EVERY == COPY_EVERY - 1 && n > COPY_BACK) {
        edits = mix(n) | 1;
        n -= 1 + mix(n) % COPY_BACK;
        n -= n % COPY_EVERY == COPY_EVERY - 1; /* not a copy of a copy */
    }
    return (struct plan){&bench->bases[n % bench->n_bases], n / bench->n_bases, edits};
}

/* What a shingle is told apart by in this round; 0: it is the same in all of them. */
static uint64_t salt_of(const struct plan *plan, uint32_t shingle)
{
    uint64_t dice = mix(shingle);
    if (plan->edits && mix(plan->edits + shingle) % EDIT_EVERY == 0)
        return plan->edits;
    return dice % COMMON_EVERY == 0 ? 0 : plan->round;
}

static uint32_t key_in(const struct plan *plan, uint32_t key)
{
    uint64_t salt = salt_of(plan, key);
    return salt ? (uint32_t)(mix(salt << 32 ^ key) >> (64 - WD_KEY_BITS)) : key;
}

/* Ascending and distinct again; `n` entries whose low halves are compared. */
static size_t put_in_order(uint64_t *keys, size_t n)
{
    uint64_t spare[WD_PROBES_MAX];
    size_t n_left = 0;
    wd_sort_keys(keys, spare, n, 32);
    for (size_t i = 0; i < n; i++) {
        if (n_left == 0 || (uint32_t)keys[i] != (uint32_t)keys[n_left - 1])
            keys[n_left++] = keys[i];
    }
    return n_left;
}

static void make_shingles(struct wd_article *art, const struct plan *plan)
{
    const struct wd_sketch *from = &plan->base->sketch;
    struct wd_sketch *sketch = &art->sketch;
    uint64_t order[WD_PROBES_MAX];
    uint16_t *prints = check(wd_arena_alloc(&art->arena, WD_PRINTS_MAX * 2));
    uint32_t *starts = check(wd_arena_alloc(&art->arena, WD_PRINTS_MAX * 4));
    uint32_t *probes = check(wd_arena_alloc(&art->arena, WD_PROBES_MAX * 4));
    uint32_t *keys = check(wd_arena_alloc(&art->arena, WD_KEYS_MAX * 4));
    for (uint32_t i = 0; i < from->n_prints; i++) {
        uint64_t noise = salt_of(plan, from->probes[i]) & PRINT_NOISE;
        order[i] = (uint64_t)i << 32 | (from->prints[i] ^ noise);
    }
    size_t n = put_in_order(order, from->n_prints);
    for (size_t i = 0; i < n; i++) {
        prints[i] = (uint16_t)order[i];
        starts[i] = from->starts[order[i] >> 32];
        probes[i] = key_in(plan, from->probes[order[i] >> 32]);
    }
    sketch->n_prints = (uint32_t)n;
    for (uint32_t i = from->n_prints; i < from->n_probes; i++)
        probes[n++] = key_in(plan, from->probes[i]);
    sketch->n_probes = (uint32_t)n;
    for (uint32_t i = 0; i < from->n_keys; i++)
        order[i] = key_in(plan, from->keys[i]);
    sketch->n_keys = (uint32_t)put_in_order(order, from->n_keys);
    for (uint32_t i = 0; i < sketch->n_keys; i++)
        keys[i] = (uint32_t)order[i];
    sketch->prints = prints;
    sketch->starts = starts;
    sketch->probes = probes;
    sketch->keys = keys;
}

/* Figures are new in every round. */
static void make_figures(struct wd_article *art, const struct plan *plan)
{
    const struct wd_sketch *from = &plan->base->sketch;
    uint64_t order[WD_PROBES_MAX];
    uint16_t *figures = check(wd_arena_alloc(&art->arena, WD_FIGURES_MAX * 2));
    uint32_t *starts = check(wd_arena_alloc(&art->arena, WD_FIGURES_MAX * 4));
    for (uint32_t i = 0; i < from->n_figures; i++) {
        uint64_t salt = salt_of(plan, from->figures[i]);
        uint16_t figure =
            salt ? (uint16_t)mix(salt << 32 ^ from->figures[i]) : from->figures[i];
        order[i] = (uint64_t)i << 32 | figure;
    }
    size_t n = put_in_order(order, from->n_figures);
    for (size_t i = 0; i < n; i++) {
        figures[i] = (uint16_t)order[i];
        starts[i] = from->figure_starts[order[i] >> 32];
    }
    art->sketch.figures = figures;
    art->sketch.figure_starts = starts;
    art->sketch.n_figures = (uint32_t)n;
}

static void make_article(struct wd_article *art, const struct plan *plan, size_t n)
{
    static char uri[64];
    const struct wd_record record = {
        .topic = WD_STR("bench"), .offset = (int64_t)n, .timestamp_ms = (int64_t)n * 10};
    wd_article_begin(art, &record);
    art->sketch = plan->base->sketch;
    make_shingles(art, plan);
    make_figures(art, plan);
    int size = snprintf(uri, sizeof(uri), "https://news.example/2025/%zu", n);
    art->sketch.uri = (struct wd_str){uri, (size_t)size};
    art->sketch.published_ms = record.timestamp_ms / 1000 * 1000;
    art->sketch.content_hash = mix(n);
    art->sketch.text_hash = (uint32_t)mix(n);
    art->term_weights = art->sketch.terms.weights;
    art->facts.text = plan->base->text;
    art->facts.meta.uri = art->sketch.uri;
}

/* --- running --- */

struct run {
    struct wd_desk *desk;
    FILE *log;      /* sizes and sketches; NULL: none is written */
    float *took_ns; /* beside each article */
    size_t n;
    size_t log_bytes;
    struct wd_buf buf;
};

static void run_open(struct run *run, const struct bench *bench, size_t window,
                     size_t n_articles)
{
    struct wd_options opts = bench->opts;
    opts.limits.window_articles = window;
    opts.limits.window_ms = INT64_MAX;
    *run = (struct run){.took_ns = check(malloc(n_articles * sizeof(float)))};
    memset(run->took_ns, 0, n_articles * sizeof(float)); /* in memory from now on */
    wd_buf_init(&run->buf, 1 << 20);
    if (wd_desk_open(&opts, &run->desk, NULL) < 0)
        fail("out of memory");
}

static void run_close(struct run *run)
{
    if (run->log)
        (void)fclose(run->log); /* a file without a name, read to its end */
    wd_buf_done(&run->buf);
    wd_desk_close(run->desk);
    free(run->took_ns);
}

static void run_article(struct run *run, struct wd_article *art)
{
    double begun = cpu_ns();
    if (wd_desk_decide(run->desk, art) < 0)
        fail("out of memory");
    run->took_ns[run->n++] = (float)(cpu_ns() - begun);
    wd_buf_clear(&run->buf);
    wd_sketch_encode(wd_article_sketch(art), &run->buf);
    uint32_t size = (uint32_t)run->buf.size;
    run->log_bytes += size;
    if (run->log && (fwrite(&size, sizeof(size), 1, run->log) != 1 ||
                     fwrite(run->buf.data, size, 1, run->log) != 1))
        fail("the log cannot be written");
}

static void run_stream(struct run *run, const struct bench *bench, size_t n_articles)
{
    for (size_t n = 0; n < n_articles; n++) {
        struct plan plan = plan_of(bench, n);
        make_article(bench->art, &plan, n);
        run_article(run, bench->art);
    }
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

struct spread {
    double mean_us;
    double median_us;
    double worst_us;
};

/* Of the last `n` articles. */
static struct spread spread_of(struct run *run, size_t n)
{
    float *last = run->took_ns + run->n - n;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)last[i];
    qsort(last, n, sizeof(*last), by_value);
    return (struct spread){sum / 1e3 / (double)n, (double)last[n / 2] / 1e3,
                           (double)last[n - 1] / 1e3};
}

/* Some sketches of a log that are read together, as a start reads them. */
struct batch {
    char bytes[BATCH][4096];
    struct wd_sketch sketches[BATCH];
    struct wd_sketch_scratch *scratch[BATCH];
};

/* Returns how many there were. */
static size_t restore_batch(struct batch *batch, FILE *log, struct wd_desk *desk)
{
    struct wd_error err = {0};
    uint32_t size;
    size_t n = 0;
    for (; n < BATCH && fread_unlocked(&size, sizeof(size), 1, log) == 1; n++) {
        if (size > sizeof(batch->bytes[n]) ||
            fread_unlocked(batch->bytes[n], size, 1, log) != 1)
            fail("the log cannot be read");
        if (wd_sketch_decode((struct wd_str){batch->bytes[n], size}, &batch->sketches[n],
                             &batch->scratch[n], &err) < 0)
            fail(err.message);
    }
    if (wd_desk_restore(desk, batch->sketches, n, NULL, &err) < 0)
        fail(err.message);
    return n;
}

/* Articles a second from the log into an empty desk. */
static double restore_rate(struct run *run, const struct bench *bench, size_t window)
{
    static struct batch batch;
    struct wd_options opts = bench->opts;
    struct wd_error err = {0};
    struct wd_desk *desk;
    size_t n = 0;
    opts.limits.window_articles = window;
    opts.limits.window_ms = INT64_MAX;
    if (wd_desk_open(&opts, &desk, &err) < 0)
        fail("out of memory");
    wd_desk_reserve(desk, run->n);
    rewind(run->log);
    double begun = cpu_ns();
    for (size_t n_more; (n_more = restore_batch(&batch, run->log, desk)) > 0;)
        n += n_more;
    double took_ns = cpu_ns() - begun;
    wd_desk_close(desk);
    for (size_t i = 0; i < BATCH; i++)
        wd_sketch_scratch_free(batch.scratch[i]);
    return (double)n / (took_ns / 1e9);
}

/* What one window costs. */
struct cost {
    struct spread late; /* of the last tenth */
    double worst_us;
    double memory; /* bytes an article */
    double log;
    double restored; /* articles a second */
};

static struct cost cost_of(const struct bench *bench, size_t window)
{
    struct run run;
    struct cost cost;
    run_open(&run, bench, window, window);
    run.log = tmpfile();
    if (!run.log)
        fail("no temporary file");
    double before = resident_bytes();
    run_stream(&run, bench, window);
    cost.memory = (resident_bytes() - before) / (double)window;
    cost.late = spread_of(&run, window / 10);
    cost.worst_us = spread_of(&run, window).worst_us;
    cost.log = (double)run.log_bytes / (double)window;
    wd_desk_close(run.desk); /* as before a restart: its memory is the next one's */
    run.desk = NULL;
    cost.restored = restore_rate(&run, bench, window);
    run_close(&run);
    return cost;
}

/* In a process of its own, so that no memory is used a second time. Returns the median.
 */
static double time_window(const struct bench *bench, size_t window)
{
    struct cost cost;
    int ends[2], status;
    if (pipe(ends) < 0)
        fail("no pipe");
    pid_t child = fork();
    if (child < 0)
        fail("no process");
    if (child == 0) {
        cost = cost_of(bench, window);
        _exit(write(ends[1], &cost, sizeof(cost)) == sizeof(cost) ? 0 : 2);
    }
    bool is_read = read(ends[0], &cost, sizeof(cost)) == sizeof(cost);
    if (waitpid(child, &status, 0) < 0 || status != 0 || !is_read)
        fail("a window could not be timed");
    (void)close(ends[0]); /* only a pipe */
    (void)close(ends[1]);
    (void)printf("%9zu %9.1f %9.1f %9.0f %9.0f %9.0f %9.0f\n", window, cost.late.mean_us,
                 cost.late.median_us, cost.worst_us, cost.memory, cost.log,
                 cost.restored);
    return cost.late.median_us;
}

/* --- streams that are meant to be dear --- */

/* Every shingle is of another article of the stream. */
static void touch_everything(const struct bench *bench, struct wd_article *art, size_t n)
{
    struct plan plan = {&bench->bases[n % bench->n_bases], 0, 0};
    make_article(art, &plan, n);
    uint32_t *probes = check(wd_arena_alloc(&art->arena, WD_PROBES_MAX * 4));
    for (uint32_t i = 0; i < art->sketch.n_probes; i++) {
        struct plan other = plan_of(bench, mix(n * WD_PROBES_MAX + i) % SMALL_WINDOW);
        const struct wd_sketch *from = &other.base->sketch;
        probes[i] = key_in(&other, from->n_keys ? from->keys[i % from->n_keys] : i);
    }
    art->sketch.probes = probes;
}

/* Half of the shingles are those of the first base. */
static void share_half(const struct bench *bench, struct wd_article *art, size_t n)
{
    struct plan plan = plan_of(bench, n), first = {&bench->bases[0], 0, 0};
    const struct wd_sketch *from = &first.base->sketch;
    make_article(art, &plan, n);
    uint32_t *probes = check(wd_arena_alloc(&art->arena, WD_PROBES_MAX * 4));
    uint64_t order[WD_PROBES_MAX];
    uint32_t *keys = check(wd_arena_alloc(&art->arena, WD_KEYS_MAX * 4));
    for (uint32_t i = 0; i < art->sketch.n_probes; i++)
        probes[i] = i % 2 && i < from->n_probes ? from->probes[i] : art->sketch.probes[i];
    for (uint32_t i = 0; i < art->sketch.n_keys; i++)
        order[i] = i % 2 && i < from->n_keys ? from->keys[i] : art->sketch.keys[i];
    art->sketch.n_keys = (uint32_t)put_in_order(order, art->sketch.n_keys);
    for (uint32_t i = 0; i < art->sketch.n_keys; i++)
        keys[i] = (uint32_t)order[i];
    art->sketch.probes = probes;
    art->sketch.keys = keys;
}

static void say_the_same(const struct bench *bench, struct wd_article *art, size_t n)
{
    struct plan plan = {&bench->bases[0], 0, 0};
    make_article(art, &plan, n);
    art->sketch.content_hash = mix(0);
}

typedef void make_hostile(const struct bench *bench, struct wd_article *art, size_t n);

static void time_hostile(const struct bench *bench, const char *name, make_hostile *make,
                         size_t n_before, size_t n_hostile, double usual_us)
{
    struct run run;
    run_open(&run, bench, bench->window, n_before + n_hostile);
    run_stream(&run, bench, n_before);
    for (size_t n = 0; n < n_hostile; n++) {
        make(bench, bench->art, n_before + n);
        run_article(&run, bench->art);
    }
    struct spread spread = spread_of(&run, n_hostile);
    (void)printf("%-32s %9.1f %9.1f %9.0f %8.2f\n", name, spread.mean_us,
                 spread.median_us, spread.worst_us, spread.mean_us / usual_us);
    run_close(&run);
}

/* --- */

static size_t number_of(const char *text)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    if (*end || number == 0 || number > 10 * 1000 * 1000)
        fail("a number is out of bounds");
    return number;
}

static void run_all(struct bench *bench)
{
    (void)setvbuf(stdout, NULL, _IOLBF, 0); /* children would write it again */
    (void)printf("%9s %9s %9s %9s %9s %9s %9s\n", "window", "mean us", "median us",
                 "worst us", "B memory", "B log", "restored/s");
    double usual_us = time_window(bench, SMALL_WINDOW);
    if (bench->window > SMALL_WINDOW)
        (void)time_window(bench, bench->window);
    (void)printf("\n%-32s %9s %9s %9s %8s\n", "stream", "mean us", "median us",
                 "worst us", "x median");
    bench->window = SMALL_WINDOW;
    time_hostile(bench, "one text of all others", touch_everything, SMALL_WINDOW, HOSTILE,
                 usual_us);
    time_hostile(bench, "half a text in every article", share_half, 0, SMALL_WINDOW,
                 usual_us);
    bench->window = IDENTICAL;
    time_hostile(bench, "identical articles", say_the_same, 0, IDENTICAL, usual_us);
}

int main(int argc, char **argv)
{
    struct bench bench = {.window = 100 * 1000};
    size_t n_bases = 5000;
    wd_options_init(&bench.opts);
    bench.opts.data_dir = getenv("WIREDESK_DATA_DIR");
    for (int c; (c = getopt(argc, argv, "n:b:d:")) != -1;) {
        if (c == 'n')
            bench.window = number_of(optarg);
        else if (c == 'b')
            n_bases = number_of(optarg);
        else if (c == 'd')
            bench.opts.data_dir = optarg;
        else
            return 2;
    }
    for (int i = optind; i < argc; i++) {
        if (!corpus_add_path(&bench.corpus, argv[i]))
            fail(argv[i]);
    }
    if (bench.corpus.n_records == 0)
        corpus_add_synthetic(&bench.corpus, n_bases, 0);
    bench.art = check(wd_article_new());
    read_bases(&bench, n_bases);
    run_all(&bench);
    for (size_t i = 0; i < bench.n_bases; i++)
        free_base(&bench.bases[i]);
    free(bench.bases);
    wd_article_free(bench.art);
    corpus_done(&bench.corpus);
    return 0;
}
