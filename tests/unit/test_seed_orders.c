/* test_seed_orders.c -- whatever the order of arrival, the same copies are found.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Who repeats whom follows from who came first; that they repeat one another does not,
 * nor does the story. Our own seeds are replayed in their order and in many others, and
 * the five articles that this project was given, where they are at hand, in all 120. */
#include "cmocka_prelude.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "copy.h"
#include "wiredesk/desk.h"
#include "wiredesk/pipeline.h"

enum { MAX_SEEDS = 32, N_ORDERS = 100 };

struct seed {
    char name[64];
    struct wd_buf bytes;
    struct wd_article *art;
    size_t group;      /* number of the first seed of those that repeat one another */
    uint64_t in;       /* its story, as mergers left it */
    const char *story; /* NULL: left open */
    unsigned verdicts; /* allowed in the order of the list, as bits; 0: any */
};

struct seeds {
    struct seed at[MAX_SEEDS];
    size_t n;
    struct wd_pipeline *pl;
    json_t *expected;
};

static void read_file(const char *path, struct wd_buf *buf)
{
    char chunk[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    wd_buf_init(buf, 1 << 20);
    for (size_t n; (n = fread(chunk, 1, sizeof(chunk), file)) > 0;)
        wd_buf_append(buf, chunk, n);
    assert_int_equal(wd_buf_status(buf), WD_OK);
    (void)fclose(file);
}

static void seeds_open(struct seeds *seeds)
{
    struct wd_options opts;
    struct wd_error err = {0};
    wd_options_init(&opts);
    opts.data_dir = WD_BUILD_DATA_DIR;
    *seeds = (struct seeds){0};
    if (wd_pipeline_open(&opts, &seeds->pl, &err) < 0)
        fail_msg("%s", err.message);
}

static void seeds_add(struct seeds *seeds, const char *folder, const char *name)
{
    char path[512];
    assert_true(seeds->n < MAX_SEEDS);
    struct seed *seed = &seeds->at[seeds->n];
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    (void)snprintf(seed->name, sizeof(seed->name), "%s", name);
    read_file(path, &seed->bytes);
    seed->group = seeds->n++;
    seed->art = wd_article_new();
    assert_non_null(seed->art);
    struct wd_record record = {.value = wd_buf_str(&seed->bytes),
                               .topic = WD_STR("seeds"),
                               .partition = WD_NO_PARTITION,
                               .timestamp_ms = -1};
    wd_article_begin(seed->art, &record);
    assert_int_equal(wd_pipeline_run(seeds->pl, seed->art), WD_OK);
}

static void seeds_close(struct seeds *seeds)
{
    for (size_t i = 0; i < seeds->n; i++) {
        wd_article_free(seeds->at[i].art);
        wd_buf_done(&seeds->at[i].bytes);
    }
    wd_pipeline_close(seeds->pl);
    json_decref(seeds->expected);
}

/* One article of an order has been decided; `order` holds those before it, too. */
static void check_verdict(const struct seeds *seeds, const size_t *order, size_t n)
{
    const struct seed *seed = &seeds->at[order[n]];
    const struct wd_facts *facts = wd_article_facts(seed->art);
    bool is_repeated = false;
    for (size_t i = 0; i < n; i++)
        is_repeated |= seeds->at[order[i]].group == seed->group;
    if (is_repeated == (facts->dedup.verdict == WD_VERDICT_UNIQUE))
        fail_msg("%s is %s", seed->name, wd_verdict_name(facts->dedup.verdict));
    if (!is_repeated)
        return;
    assert_in_range(facts->dedup.of_sequence, 1, n);
    const struct seed *of = &seeds->at[order[facts->dedup.of_sequence - 1]];
    if (of->group != seed->group)
        fail_msg("%s is said to repeat %s", seed->name, of->name);
    assert_int_equal(facts->dedup.cluster, wd_article_facts(of->art)->dedup.cluster);
}

/* Articles of different stories are never one; whether all of one story are, is told. */
static bool check_stories(const struct seeds *seeds)
{
    bool are_whole = true;
    for (size_t i = 0; i < seeds->n; i++) {
        for (size_t k = 0; k < i; k++) {
            const struct seed *a = &seeds->at[i], *b = &seeds->at[k];
            if (!a->story || !b->story)
                continue;
            bool is_one = a->in == b->in;
            if (strcmp(a->story, b->story) == 0)
                are_whole &= is_one;
            else if (is_one)
                fail_msg("%s and %s are one story", b->name, a->name);
        }
    }
    return are_whole;
}

/* The n-th of an order has its story, and may have made one of two. */
static void note_story(struct seeds *seeds, const size_t *order, size_t n)
{
    struct wd_story told = wd_article_facts(seeds->at[order[n]].art)->story;
    seeds->at[order[n]].in = told.id;
    for (size_t i = 0; i < n && told.merged; i++) {
        if (seeds->at[order[i]].in == told.merged)
            seeds->at[order[i]].in = told.id;
    }
}

static bool replay(struct seeds *seeds, const size_t *order)
{
    struct wd_options opts;
    struct wd_desk *desk = NULL;
    wd_options_init(&opts);
    assert_int_equal(wd_desk_open(&opts, &desk, NULL), WD_OK);
    for (size_t i = 0; i < seeds->n; i++) {
        assert_int_equal(wd_desk_decide(desk, seeds->at[order[i]].art), WD_OK);
        check_verdict(seeds, order, i);
        note_story(seeds, order, i);
    }
    wd_desk_close(desk);
    return check_stories(seeds);
}

/* --- our own seeds --- */

static unsigned verdict_bits(const json_t *names)
{
    unsigned bits = 0;
    size_t i;
    json_t *name;
    json_array_foreach(names, i, name)
    {
        for (int v = 0; v <= WD_VERDICT_UPDATE; v++) {
            if (strcmp(json_string_value(name), wd_verdict_name((enum wd_verdict)v)) == 0)
                bits |= 1u << v;
        }
    }
    return bits;
}

static size_t seed_number(const struct seeds *seeds, const char *name)
{
    size_t i = 0;
    while (i < seeds->n && strcmp(seeds->at[i].name, name) != 0)
        i++;
    assert_true(i < seeds->n);
    return i;
}

static void load_own(struct seeds *seeds)
{
    seeds_open(seeds);
    seeds->expected = json_load_file(WD_TEST_DIR "/seeds-expected.json", 0, NULL);
    assert_non_null(seeds->expected);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(seeds->expected, "articles"), i, row)
    {
        seeds_add(seeds, WD_TEST_DIR "/seeds",
                  json_string_value(json_object_get(row, "file")));
        struct seed *seed = &seeds->at[i];
        const char *of = json_string_value(json_object_get(row, "of"));
        if (of)
            seed->group = seeds->at[seed_number(seeds, of)].group;
        seed->story = json_string_value(json_object_get(row, "story"));
        seed->verdicts = verdict_bits(json_object_get(row, "verdict"));
        assert_int_not_equal(seed->verdicts, 0);
    }
    assert_true(seeds->n >= 12);
}

static void own_seeds_in_their_order_are_as_expected(void **state)
{
    (void)state;
    struct seeds seeds;
    size_t order[MAX_SEEDS];
    load_own(&seeds);
    for (size_t i = 0; i < seeds.n; i++)
        order[i] = i;
    assert_true(replay(&seeds, order));
    for (size_t i = 0; i < seeds.n; i++) {
        enum wd_verdict verdict = wd_article_facts(seeds.at[i].art)->dedup.verdict;
        if (!(seeds.at[i].verdicts & 1u << verdict))
            fail_msg("%s is %s", seeds.at[i].name, wd_verdict_name(verdict));
    }
    seeds_close(&seeds);
}

static void own_seeds_in_other_orders_repeat_the_same(void **state)
{
    (void)state;
    struct seeds seeds;
    size_t order[MAX_SEEDS];
    uint64_t random = 1848;
    unsigned n_whole = 0;
    load_own(&seeds);
    for (size_t i = 0; i < seeds.n; i++)
        order[i] = i;
    for (unsigned round = 0; round < N_ORDERS; round++) {
        for (size_t i = seeds.n - 1; i > 0; i--) { /* Fisher and Yates */
            size_t k = (size_t)(copy_random(&random) >> 16) % (i + 1), swap = order[i];
            order[i] = order[k];
            order[k] = swap;
        }
        n_whole += replay(&seeds, order);
    }
    /* One pass cannot join what has little in common before the article between them
     * comes: a long report and the first draft of an agency, say. */
    assert_in_range(n_whole, N_ORDERS * 8 / 10, N_ORDERS);
    seeds_close(&seeds);
}

/* --- the five that were given --- */

static bool next_permutation(size_t *order, size_t n)
{
    size_t i = n - 1, k = n - 1;
    while (i > 0 && order[i - 1] > order[i])
        i--;
    if (i == 0)
        return false;
    while (order[k] < order[i - 1])
        k--;
    size_t swap = order[i - 1];
    order[i - 1] = order[k];
    order[k] = swap;
    for (k = n - 1; i < k; i++, k--) {
        swap = order[i];
        order[i] = order[k];
        order[k] = swap;
    }
    return true;
}

static const char *shared_seeds(void)
{
    const char *folder = getenv("WD_SHARED_SEEDS");
    return folder ? folder : WD_TEST_DIR "/../../shared/seeds";
}

static int is_text(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".txt") == 0;
}

static void given_seeds_in_all_orders_repeat_the_same(void **state)
{
    (void)state;
    struct dirent **names;
    int n = scandir(shared_seeds(), &names, is_text, alphasort);
    if (n < 0) {
        print_message("skipped: no seeds in %s\n", shared_seeds());
        skip();
    }
    struct seeds seeds;
    seeds_open(&seeds);
    for (int i = 0; i < n; i++) {
        seeds_add(&seeds, shared_seeds(), names[i]->d_name);
        seeds.at[i].story = "one";
        free(names[i]);
    }
    free((void *)names);
    assert_int_equal(n, 5);
    seeds.at[1].group = 0; /* the reprint of the first; the others stand alone */

    size_t order[MAX_SEEDS] = {0, 1, 2, 3, 4}, n_orders = 0;
    do {
        assert_true(replay(&seeds, order));
        n_orders++;
        for (size_t i = 0; i < 2; i++) {
            enum wd_verdict verdict = wd_article_facts(seeds.at[i].art)->dedup.verdict;
            assert_true(verdict == WD_VERDICT_UNIQUE || verdict == WD_VERDICT_NEAR ||
                        verdict == WD_VERDICT_SYNDICATED);
        }
    } while (next_permutation(order, 5));
    assert_int_equal(n_orders, 120);
    seeds_close(&seeds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_seeds_in_their_order_are_as_expected),
        cmocka_unit_test(own_seeds_in_other_orders_repeat_the_same),
        cmocka_unit_test(given_seeds_in_all_orders_repeat_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
