/* shards.c -- what if the desk's index did not fit one machine?
 * SPDX-License-Identifier: Apache-2.0
 *
 *   shards [-n ARTICLES] [-w WINDOW] [-d DATA_DIR] [FILE|DIR…]
 *
 * A simulation, for docs/scale.md. The desk finds earlier articles in tables from a key
 * (a fingerprint, an id, a term) to the newest articles that have it. Here every such
 * table is cut into S parts by ranges of its keys, as if each part were on a machine of
 * its own that reads the whole sketch log and indexes its range; a question goes to the
 * one part that has the key, and the answers are joined where they were asked for. The
 * corpus goes through the desk with S = 1, 2, 4 and 8; outputs and sketches have to be
 * those of the desk as it is, byte by byte. Printed is how even the parts are.
 *
 * The linker puts these functions in the place of the desk's own (--wrap), so that the
 * desk itself is the one under test. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "corpus.h"
#include "desk/postings.h"
#include "wiredesk/desk.h"
#include "wiredesk/emit.h"
#include "wiredesk/pipeline.h"

enum { SHARDS_MAX = 8, TABLES_MAX = 16 };

#define CEILING (1024u << 20)

/* One table of the desk, and what stands for it. */
struct table {
    const struct wd_postings *of; /* NULL: free */
    struct wd_postings parts[SHARDS_MAX];
};

static struct table tables[TABLES_MAX];
static unsigned n_shards;                /* 0: the desk as it is */
static uint64_t n_kept[SHARDS_MAX];      /* postings added */
static uint64_t n_questions[SHARDS_MAX]; /* … and looked up */

static _Noreturn void fail(const char *what, const struct wd_error *err)
{
    (void)fprintf(stderr, "shards: %s%s%s\n", what, err ? ": " : "",
                  err ? err->message : "");
    exit(2);
}

static struct table *table_of(const struct wd_postings *post)
{
    for (size_t i = 0; i < TABLES_MAX; i++) {
        if (tables[i].of == post)
            return &tables[i];
    }
    fail("more tables than expected", NULL);
}

static unsigned shard_of(const struct wd_postings *post, uint32_t key)
{
    uint64_t counted = key & ((UINT64_C(1) << post->key_bits) - 1);
    return (unsigned)(counted * n_shards >> post->key_bits);
}

/* --- in the desk's place --- */

void __real_wd_postings_init(struct wd_postings *post, size_t max, unsigned key_bits);
void __real_wd_postings_done(struct wd_postings *post);
void __real_wd_postings_prefetch(const struct wd_postings *post, uint32_t key,
                                 unsigned depth);
int __real_wd_postings_add(struct wd_postings *post, const uint32_t *keys, size_t n,
                           uint32_t slot);
int __real_wd_postings_settle(struct wd_postings *post, const struct wd_window *win,
                              size_t n_articles);
unsigned __real_wd_postings_find(const struct wd_postings *post,
                                 const struct wd_window *win, uint32_t key,
                                 uint32_t ret_slots[WD_POSTINGS_MAX]);
void __wrap_wd_postings_init(struct wd_postings *post, size_t max, unsigned key_bits);
void __wrap_wd_postings_done(struct wd_postings *post);
void __wrap_wd_postings_prefetch(const struct wd_postings *post, uint32_t key,
                                 unsigned depth);
int __wrap_wd_postings_add(struct wd_postings *post, const uint32_t *keys, size_t n,
                           uint32_t slot);
int __wrap_wd_postings_settle(struct wd_postings *post, const struct wd_window *win,
                              size_t n_articles);
unsigned __wrap_wd_postings_find(const struct wd_postings *post,
                                 const struct wd_window *win, uint32_t key,
                                 uint32_t ret_slots[WD_POSTINGS_MAX]);

void __wrap_wd_postings_init(struct wd_postings *post, size_t max, unsigned key_bits)
{
    __real_wd_postings_init(post, max, key_bits);
    if (n_shards == 0)
        return;
    struct table *table = table_of(NULL);
    table->of = post;
    for (unsigned i = 0; i < n_shards; i++)
        __real_wd_postings_init(&table->parts[i], max, key_bits);
}

void __wrap_wd_postings_done(struct wd_postings *post)
{
    __real_wd_postings_done(post);
    if (n_shards == 0)
        return;
    struct table *table = table_of(post);
    table->of = NULL;
    for (unsigned i = 0; i < n_shards; i++)
        __real_wd_postings_done(&table->parts[i]);
}

void __wrap_wd_postings_prefetch(const struct wd_postings *post, uint32_t key,
                                 unsigned depth)
{
    if (n_shards != 0)
        post = &table_of(post)->parts[shard_of(post, key)];
    __real_wd_postings_prefetch(post, key, depth);
}

int __wrap_wd_postings_add(struct wd_postings *post, const uint32_t *keys, size_t n,
                           uint32_t slot)
{
    if (n_shards == 0)
        return __real_wd_postings_add(post, keys, n, slot);
    int r = WD_OK;
    for (size_t i = 0; i < n && r == WD_OK; i++) {
        unsigned shard = shard_of(post, keys[i]);
        n_kept[shard]++;
        r = __real_wd_postings_add(&table_of(post)->parts[shard], &keys[i], 1, slot);
    }
    return r;
}

int __wrap_wd_postings_settle(struct wd_postings *post, const struct wd_window *win,
                              size_t n_articles)
{
    if (n_shards == 0)
        return __real_wd_postings_settle(post, win, n_articles);
    struct table *table = table_of(post);
    int r = WD_OK;
    for (unsigned i = 0; i < n_shards && r == WD_OK; i++)
        r = __real_wd_postings_settle(&table->parts[i], win, n_articles);
    return r;
}

unsigned __wrap_wd_postings_find(const struct wd_postings *post,
                                 const struct wd_window *win, uint32_t key,
                                 uint32_t ret_slots[WD_POSTINGS_MAX])
{
    if (n_shards == 0)
        return __real_wd_postings_find(post, win, key, ret_slots);
    unsigned shard = shard_of(post, key);
    n_questions[shard]++;
    return __real_wd_postings_find(&table_of(post)->parts[shard], win, key, ret_slots);
}

/* --- the desk's work --- */

static void decide_all(const struct wd_options *opts, const struct corpus *corpus,
                       struct wd_article **articles, struct wd_buf *out)
{
    const struct wd_emit_options plain = {.profile = WD_PROFILE_NINJS3, .tokens = false};
    struct wd_error err = {0};
    struct wd_desk *desk;
    if (wd_desk_open(opts, &desk, &err) < 0)
        fail("the desk cannot be opened", &err);
    for (size_t i = 0; i < corpus->n_records; i++) {
        if (wd_desk_decide(desk, articles[i]) < 0)
            fail("the desk cannot decide", NULL);
        wd_sketch_encode(wd_article_sketch(articles[i]), out);
        if (wd_article_error(articles[i])->status == WD_OK)
            wd_emit(articles[i], &plain, out);
    }
    if (wd_buf_status(out) != WD_OK)
        fail("out of memory", NULL);
    wd_desk_close(desk);
}

static double evenness(const uint64_t counts[SHARDS_MAX])
{
    uint64_t sum = 0, most = 0;
    for (unsigned i = 0; i < n_shards; i++) {
        sum += counts[i];
        most = counts[i] > most ? counts[i] : most;
    }
    return sum ? (double)most * n_shards / (double)sum : 1;
}

static struct wd_article **prepare(const struct wd_pipeline *pl,
                                   const struct corpus *corpus)
{
    struct wd_article **articles = calloc(corpus->n_records, sizeof(struct wd_article *));
    if (!articles)
        fail("out of memory", NULL);
    for (size_t i = 0; i < corpus->n_records; i++) {
        articles[i] = wd_article_new();
        if (!articles[i])
            fail("out of memory", NULL);
        wd_article_begin(articles[i], &corpus->records[i]);
        if (wd_pipeline_run(pl, articles[i]) == WD_ENOMEM)
            fail("out of memory", NULL);
    }
    return articles;
}

/* Whether S parts write what the desk as it is wrote. */
static bool compare(const struct wd_options *opts, const struct corpus *corpus,
                    struct wd_article **articles, const struct wd_buf *as_is)
{
    struct wd_buf out;
    wd_buf_init(&out, CEILING);
    for (unsigned i = 0; i < SHARDS_MAX; i++)
        n_kept[i] = n_questions[i] = 0;
    decide_all(opts, corpus, articles, &out);
    bool is_equal = wd_str_equal(wd_buf_str(as_is), wd_buf_str(&out));
    printf("S = %u: %zu bytes, %s; fullest part %.3f times the mean, busiest %.3f\n",
           n_shards, out.size, is_equal ? "equal" : "DIFFERENT", evenness(n_kept),
           evenness(n_questions));
    wd_buf_done(&out);
    return is_equal;
}

int main(int argc, char **argv)
{
    struct corpus corpus = {0};
    struct wd_options opts;
    struct wd_buf as_is;
    size_t n_articles = 2000;
    bool is_equal = true;
    int id;
    wd_options_init(&opts);
    while ((id = getopt(argc, argv, "d:n:w:")) != -1) {
        if (id == 'd')
            opts.data_dir = optarg;
        else if (id == 'n')
            n_articles = strtoul(optarg, NULL, 10);
        else if (id == 'w')
            opts.limits.window_articles = strtoul(optarg, NULL, 10);
        else
            return 2;
    }
    for (int i = optind; i < argc; i++) {
        if (!corpus_add_path(&corpus, argv[i]))
            fail(argv[i], NULL);
    }
    if (corpus.n_records == 0)
        corpus_add_synthetic(&corpus, n_articles, 0);
    if (corpus.n_records == 0 || opts.limits.window_articles == 0)
        fail("a number is out of bounds", NULL);
    struct wd_error err = {0};
    struct wd_pipeline *pl; /* stays open: names are borrowed from its gazetteer */
    if (wd_pipeline_open(&opts, &pl, &err) < 0)
        fail("the pipeline cannot be opened", &err);
    struct wd_article **articles = prepare(pl, &corpus);
    wd_buf_init(&as_is, CEILING);
    decide_all(&opts, &corpus, articles, &as_is);
    for (n_shards = 1; n_shards <= SHARDS_MAX; n_shards *= 2)
        is_equal &= compare(&opts, &corpus, articles, &as_is);
    wd_buf_done(&as_is);
    for (size_t i = 0; i < corpus.n_records; i++)
        wd_article_free(articles[i]);
    free((void *)articles);
    wd_pipeline_close(pl);
    corpus_done(&corpus);
    return is_equal ? 0 : 1;
}
