/* test_log_limit.c -- a repeated message is told a few times, and none is lost count of.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>

#include "log_limit.h"

static void a_burst_is_told_and_the_rest_counted(void **state)
{
    (void)state;
    struct log_limit lim = {0};
    struct log_limit_entry due;
    for (int i = 0; i < LOG_LIMIT_BURST; i++)
        assert_true(log_limit_admits(&lim, "away", 4, i));
    for (int i = 0; i < 7; i++)
        assert_false(log_limit_admits(&lim, "away", 4, LOG_LIMIT_SPAN_MS - 1));
    assert_true(log_limit_admits(&lim, "something else", 4, LOG_LIMIT_SPAN_MS - 1));
    assert_false(log_limit_due(&lim, LOG_LIMIT_SPAN_MS - 1, &due));
    assert_true(log_limit_due(&lim, LOG_LIMIT_SPAN_MS, &due));
    assert_string_equal(due.msg, "away");
    assert_int_equal(due.level, 4);
    assert_int_equal(due.n_held, 7);
    assert_false(log_limit_due(&lim, LOG_LIMIT_SPAN_MS, &due));
    assert_true(log_limit_admits(&lim, "away", 4, LOG_LIMIT_SPAN_MS));
}

static void slow_repeats_are_all_told(void **state)
{
    (void)state;
    struct log_limit lim = {0};
    struct log_limit_entry due;
    for (int i = 0; i < 100; i++)
        assert_true(log_limit_admits(&lim, "now and then", 4,
                                     (int64_t)i * LOG_LIMIT_SPAN_MS / LOG_LIMIT_BURST));
    assert_false(log_limit_due(&lim, INT64_MAX / 2, &due));
}

/* What was held back is told before its message is let through anew. */
static void counts_outlive_their_time(void **state)
{
    (void)state;
    struct log_limit lim = {0};
    struct log_limit_entry due;
    for (int i = 0; i <= LOG_LIMIT_BURST; i++)
        (void)log_limit_admits(&lim, "away", 4, 0);
    assert_false(log_limit_admits(&lim, "away", 4, 10 * LOG_LIMIT_SPAN_MS));
    assert_true(log_limit_due(&lim, 10 * LOG_LIMIT_SPAN_MS, &due));
    assert_int_equal(due.n_held, 2);
}

static void a_full_table_lets_new_messages_through(void **state)
{
    (void)state;
    struct log_limit lim = {0};
    char names[LOG_LIMIT_MESSAGES + 1][24];
    for (int i = 0; i <= LOG_LIMIT_MESSAGES; i++) {
        (void)snprintf(names[i], sizeof(names[i]), "message %d", i);
        for (int k = 0; k < 2 * LOG_LIMIT_BURST; k++)
            assert_int_equal(log_limit_admits(&lim, names[i], 4, 0),
                             k < LOG_LIMIT_BURST || i == LOG_LIMIT_MESSAGES);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_is_told_and_the_rest_counted),
        cmocka_unit_test(slow_repeats_are_all_told),
        cmocka_unit_test(counts_outlive_their_time),
        cmocka_unit_test(a_full_table_lets_new_messages_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
