/* test_workers.c -- many threads, one order. Built with the tsan preset, it is also the
 * proof that nothing is shared.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workers.h"

#define N_RECORDS 600

struct bench {
    uv_loop_t loop;
    struct workers *wrk;
    struct wd_pipeline *pl;
    char texts[N_RECORDS][600];
    size_t n_sent;
    size_t n_back;
    size_t n_most; /* batches that were under way at once */
};

/* Long and short ones by turns, so that later batches are done before earlier ones. */
static void text_make(char *text, size_t size, size_t i)
{
    size_t used = (size_t)snprintf(text, size, "Article number %zu says this.", i);
    size_t more = i / BATCH_ITEMS % 2 ? 0 : 15;
    for (size_t k = 0; k < more; k++)
        used += (size_t)snprintf(text + used, size - used,
                                 " Sentence %zu has words in it.", k);
}

static void bench_send(struct bench *ben)
{
    while (ben->n_sent < N_RECORDS) {
        struct batch *batch = workers_take(ben->wrk);
        if (!batch)
            return;
        while (!batch_is_full(batch) && ben->n_sent < N_RECORDS) {
            struct item *item = batch_add(batch);
            assert_non_null(item);
            const char *text = ben->texts[ben->n_sent];
            item->record = (struct wd_record){.value = wd_str_from(text),
                                              .topic = WD_STR("t"),
                                              .offset = (int64_t)ben->n_sent++};
        }
        workers_submit(ben->wrk, batch, ben->pl);
        if (workers_under_way(ben->wrk) > ben->n_most)
            ben->n_most = workers_under_way(ben->wrk);
    }
}

static void on_done(void *opaque)
{
    struct bench *ben = opaque;
    struct batch *batch;
    while ((batch = workers_next(ben->wrk)) != NULL) {
        for (size_t i = 0; i < batch->n; i++) {
            const struct item *item = &batch->items[i];
            const struct wd_facts *facts = wd_article_facts(item->art);
            assert_int_equal(item->record.offset, ben->n_back);
            assert_int_equal(item->status, WD_OK);
            assert_int_equal(facts->raw.size, strlen(ben->texts[ben->n_back]));
            assert_true(facts->n_tokens > 4);
            assert_true(item->times.cpu_ns > 0);
            ben->n_back++;
        }
        workers_release(ben->wrk, batch);
    }
    bench_send(ben);
}

static void results_come_back_in_the_order_of_arrival(void **state)
{
    (void)state;
    struct wd_options opts;
    struct wd_error err;
    struct bench *ben = calloc(1, sizeof(*ben));
    wd_options_init(&opts);
    opts.data_dir = WD_TEST_DATA_DIR;
    assert_int_equal(wd_pipeline_open(&opts, &ben->pl, &err), WD_OK);
    for (size_t i = 0; i < N_RECORDS; i++)
        text_make(ben->texts[i], sizeof(ben->texts[i]), i);
    workers_size_pool(4);
    assert_int_equal(uv_loop_init(&ben->loop), 0);
    ben->wrk = workers_new(&ben->loop, 4, on_done, ben);
    assert_non_null(ben->wrk);
    bench_send(ben);
    uv_run(&ben->loop, UV_RUN_DEFAULT);
    assert_int_equal(ben->n_back, N_RECORDS);
    assert_int_equal(workers_under_way(ben->wrk), 0);
    assert_true(ben->n_most > 4); /* prepared while others run */
    workers_free(ben->wrk);
    wd_pipeline_close(ben->pl);
    assert_int_equal(uv_loop_close(&ben->loop), 0);
    free(ben);
}

static void batches_are_bounded(void **state)
{
    (void)state;
    uv_loop_t loop;
    assert_int_equal(uv_loop_init(&loop), 0);
    struct workers *wrk = workers_new(&loop, 2, on_done, NULL);
    struct batch *taken[64];
    size_t n = 0;
    while (n < 64 && (taken[n] = workers_take(wrk)) != NULL)
        n++;
    assert_int_equal(n, 7); /* two run, two times two wait, one is filled */
    for (size_t i = 0; i < n; i++)
        workers_release(wrk, taken[i]);
    assert_non_null(workers_take(wrk));
    workers_free(wrk);
    assert_int_equal(uv_loop_close(&loop), 0);
}

static void a_batch_is_full_by_count_or_by_bytes(void **state)
{
    (void)state;
    uv_loop_t loop;
    assert_int_equal(uv_loop_init(&loop), 0);
    struct workers *wrk = workers_new(&loop, 1, on_done, NULL);
    struct batch *batch = workers_take(wrk);
    for (size_t i = 0; i < BATCH_ITEMS; i++) {
        assert_false(batch_is_full(batch));
        assert_non_null(batch_add(batch));
    }
    assert_true(batch_is_full(batch));
    workers_release(wrk, batch);
    batch = workers_take(wrk);
    batch->size_bytes = BATCH_BYTES - 1;
    assert_false(batch_is_full(batch));
    batch->size_bytes = BATCH_BYTES;
    assert_true(batch_is_full(batch));
    workers_release(wrk, batch);
    workers_free(wrk);
    assert_int_equal(uv_loop_close(&loop), 0);
}

static size_t count_articles(const struct batch *batch)
{
    size_t n = 0;
    for (size_t i = 0; i < BATCH_ITEMS; i++)
        n += batch->items[i].art != NULL;
    return n;
}

static void what_a_burst_needed_goes_when_it_is_over(void **state)
{
    (void)state;
    uv_loop_t loop;
    assert_int_equal(uv_loop_init(&loop), 0);
    struct workers *wrk = workers_new(&loop, 1, on_done, NULL);
    struct batch *full = workers_take(wrk), *other = workers_take(wrk);
    while (!batch_is_full(full))
        assert_non_null(batch_add(full));
    assert_non_null(batch_add(other));
    workers_release(wrk, other);
    workers_trim(wrk); /* one of them is under way: it keeps its articles */
    assert_int_equal(count_articles(full), BATCH_ITEMS);
    workers_release(wrk, full);
    workers_trim(wrk); /* the other was not needed since the last time */
    assert_int_equal(count_articles(full), BATCH_ITEMS);
    assert_int_equal(count_articles(other), 0);
    assert_ptr_equal(workers_take(wrk), full);
    assert_non_null(batch_add(full));
    workers_release(wrk, full);
    workers_trim(wrk); /* calm now, and one article at a time */
    assert_int_equal(count_articles(full), 1);
    workers_free(wrk);
    assert_int_equal(uv_loop_close(&loop), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_back_in_the_order_of_arrival),
        cmocka_unit_test(batches_are_bounded),
        cmocka_unit_test(a_batch_is_full_by_count_or_by_bytes),
        cmocka_unit_test(what_a_burst_needed_goes_when_it_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
