/* test_top_sample.c -- rates and quantiles are those of the time between two answers.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdbool.h>

#include "top_sample.h"

#define STATS(start, unique, near, count, sum, buckets)                                  \
    "{\"metrics\":{\"process_start_time_seconds\":" start                                \
    ",\"wiredesk_articles_total\":{\"unique\":" unique ",\"near\":" near "},"            \
    "\"latency\":{\"count\":" count ",\"sum\":" sum ",\"buckets\":" buckets "}}}"

static const char first[] = STATS("100", "10", "5", "4", "0.4", "[[1000,2],[200000,2]]");
static const char second[] =
    STATS("100", "40", "15", "104", "1.4", "[[1000,2],[4000,90],[200000,2],[400000,10]]");
static const char anew[] = STATS("200", "1", "0", "0", "0", "[]");

static void push(struct top_pair *pair, const char *text, int64_t at_ms)
{
    json_t *stats = json_loads(text, 0, NULL);
    assert_non_null(stats);
    top_pair_push(pair, stats, at_ms);
}

static bool is(double value, double wanted)
{
    return value > wanted - 1e-9 && value < wanted + 1e-9;
}

static void one_answer_gives_counts_and_no_rates(void **state)
{
    (void)state;
    struct top_pair pair = {0};
    push(&pair, first, 1000);
    assert_true(is(top_value(&pair, "wiredesk_articles_total", NULL), 15));
    assert_true(is(top_value(&pair, "wiredesk_articles_total", "near"), 5));
    assert_true(is(top_value(&pair, "no_such_metric", NULL), 0));
    assert_true(is(top_rate(&pair, "wiredesk_articles_total", NULL), 0));
    assert_true(is(top_quantile(&pair, "latency", NULL, 0.5), 0.001));
    assert_true(is(top_quantile(&pair, "latency", NULL, 0.99), 0.2));
    top_pair_done(&pair);
}

static void two_answers_give_what_happened_between(void **state)
{
    (void)state;
    struct top_pair pair = {0};
    push(&pair, first, 1000);
    push(&pair, second, 3000);
    assert_true(is(top_rate(&pair, "wiredesk_articles_total", NULL), 20));
    assert_true(is(top_rate(&pair, "wiredesk_articles_total", "unique"), 15));
    assert_true(is(top_quantile(&pair, "latency", NULL, 0.5), 0.004));
    assert_true(is(top_quantile(&pair, "latency", NULL, 0.9), 0.004));
    assert_true(is(top_quantile(&pair, "latency", NULL, 0.91), 0.4));
    assert_true(is(top_sum(&pair, "latency", NULL), 1));
    push(&pair, second, 5000);
    assert_true(is(top_rate(&pair, "wiredesk_articles_total", NULL), 0));
    assert_true(is(top_quantile(&pair, "latency", NULL, 0.5), -1));
    top_pair_done(&pair);
}

static void a_daemon_that_started_anew_has_no_past(void **state)
{
    (void)state;
    struct top_pair pair = {0};
    push(&pair, second, 1000);
    push(&pair, anew, 2000);
    assert_null(pair.old.stats);
    assert_true(is(top_rate(&pair, "wiredesk_articles_total", NULL), 0));
    assert_true(is(top_value(&pair, "wiredesk_articles_total", NULL), 1));
    assert_true(is(top_quantile(&pair, "latency", NULL, 0.5), -1));
    top_pair_done(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_answer_gives_counts_and_no_rates),
        cmocka_unit_test(two_answers_give_what_happened_between),
        cmocka_unit_test(a_daemon_that_started_anew_has_no_past),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
