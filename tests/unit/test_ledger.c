/* test_ledger.c -- what may be committed, decided without a broker.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "ledger.h"

static const struct wd_str news = {"news", 4};
static const struct wd_str wire = {"wire", 4};

static const struct ledger_line *only_line(const struct ledger *led)
{
    size_t n;
    const struct ledger_line *lines = ledger_lines(led, &n);
    assert_int_equal(n, 1);
    return lines;
}

static void what_is_read_or_decided_is_not_committed(void **state)
{
    (void)state;
    struct ledger *led = ledger_new();
    assert_true(ledger_arrive(led, news, 0, 0));
    ledger_seal(led);
    assert_false(ledger_line_is_due(only_line(led)));
    ledger_decide(led, news, 0, 0);
    assert_false(ledger_line_is_due(only_line(led)));
    ledger_seal(led);
    assert_true(ledger_line_is_due(only_line(led)));
    assert_int_equal(only_line(led)->sealed, 1);
    assert_int_equal(only_line(led)->committed, LEDGER_NONE);
    ledger_settle(led);
    assert_int_equal(only_line(led)->committed, 1);
    assert_false(ledger_line_is_due(only_line(led)));
    ledger_free(led);
}

static void what_comes_during_a_commit_waits_for_the_next(void **state)
{
    (void)state;
    struct ledger *led = ledger_new();
    for (int64_t offset = 0; offset < 4; offset++)
        assert_true(ledger_arrive(led, news, 0, offset));
    ledger_decide(led, news, 0, 0);
    ledger_decide(led, news, 0, 1);
    ledger_seal(led);
    ledger_decide(led, news, 0, 2);
    assert_int_equal(only_line(led)->sealed, 2);
    ledger_settle(led);
    assert_int_equal(only_line(led)->committed, 2);
    ledger_seal(led);
    assert_int_equal(only_line(led)->sealed, 3);
    ledger_free(led);
}

static void going_back_is_noticed(void **state)
{
    static const struct {
        int64_t first, second;
        bool is_taken;
    } rows[] = {
        {5, 6, true}, {5, 9, true}, {5, 5, false}, {5, 4, false}, {5, -1, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct ledger *led = ledger_new();
        assert_true(ledger_arrive(led, news, 0, rows[i].first));
        assert_int_equal(ledger_arrive(led, news, 0, rows[i].second), rows[i].is_taken);
        ledger_free(led);
        led = ledger_new();
        assert_true(ledger_restore(led, news, 0, rows[i].first, 7));
        assert_int_equal(ledger_restore(led, news, 0, rows[i].second, 8),
                         rows[i].is_taken);
        ledger_free(led);
    }
}

static void restored_offsets_are_committed_and_say_where_to_go_on(void **state)
{
    (void)state;
    struct ledger *led = ledger_new();
    assert_int_equal(ledger_position(led, news, 0), LEDGER_NONE);
    assert_int_equal(ledger_timestamp(led, news, 0), 0);
    assert_true(ledger_restore(led, news, 0, 41, 1700));
    assert_int_equal(ledger_timestamp(led, news, 0), 1700);
    assert_int_equal(ledger_position(led, news, 0), 42);
    assert_int_equal(only_line(led)->committed, 42);
    ledger_seal(led);
    assert_false(ledger_line_is_due(only_line(led)));
    assert_false(ledger_arrive(led, news, 0, 41));
    assert_true(ledger_arrive(led, news, 0, 42));
    ledger_free(led);
}

static void records_under_way_are_counted_not_offsets(void **state)
{
    (void)state;
    struct ledger *led = ledger_new();
    assert_int_equal(ledger_under_way(led, news, 0), 0);
    assert_true(ledger_restore(led, news, 0, 7, 0));
    assert_int_equal(ledger_under_way(led, news, 0), 0);
    for (int64_t offset = 8; offset < 14; offset += 2) /* between them transactions end */
        assert_true(ledger_arrive(led, news, 0, offset));
    assert_int_equal(ledger_under_way(led, news, 0), 3);
    ledger_decide(led, news, 0, 8);
    ledger_decide(led, news, 0, 10);
    ledger_seal(led);
    ledger_decide(led, news, 0, 12);
    assert_int_equal(ledger_under_way(led, news, 0), 3);
    ledger_settle(led);
    assert_int_equal(ledger_under_way(led, news, 0), 1);
    assert_int_equal(ledger_under_way(led, wire, 0), 0);
    ledger_free(led);
}

static void partitions_and_topics_have_lines_of_their_own(void **state)
{
    (void)state;
    size_t n;
    struct ledger *led = ledger_new();
    for (int32_t p = 0; p < 40; p++) {
        assert_true(ledger_restore(led, news, p, 100 + p, 0));
        assert_true(ledger_restore(led, wire, p, 200 + p, 0));
    }
    (void)ledger_lines(led, &n);
    assert_int_equal(n, 80);
    for (int32_t p = 0; p < 40; p++) {
        assert_int_equal(ledger_position(led, news, p), 101 + p);
        assert_int_equal(ledger_position(led, wire, p), 201 + p);
    }
    /* A name that begins with another one is another one. */
    assert_int_equal(ledger_position(led, (struct wd_str){"new", 3}, 0), LEDGER_NONE);
    ledger_free(led);
}

static void offsets_that_disagree_are_told_from_those_that_may(void **state)
{
    static const struct {
        int64_t position, committed;
        bool is_transactional;
        enum ledger_accord accord;
    } rows[] = {
        {LEDGER_NONE, LEDGER_NONE, true, LEDGER_AGREES}, /* first start */
        {7, 7, true, LEDGER_AGREES},
        {7, LEDGER_NONE, true, LEDGER_FORGOTTEN}, /* offsets expire */
        {LEDGER_NONE, 7, true, LEDGER_DISAGREES}, /* the log was deleted */
        {7, 6, true, LEDGER_DISAGREES},
        {7, 8, true, LEDGER_DISAGREES},
        {7, 6, false, LEDGER_AGREES}, /* without transactions they lag */
        {7, 8, false, LEDGER_DISAGREES},
        {LEDGER_NONE, 7, false, LEDGER_DISAGREES},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(
            ledger_compare(rows[i].position, rows[i].committed, rows[i].is_transactional),
            rows[i].accord);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_or_decided_is_not_committed),
        cmocka_unit_test(what_comes_during_a_commit_waits_for_the_next),
        cmocka_unit_test(going_back_is_noticed),
        cmocka_unit_test(restored_offsets_are_committed_and_say_where_to_go_on),
        cmocka_unit_test(records_under_way_are_counted_not_offsets),
        cmocka_unit_test(partitions_and_topics_have_lines_of_their_own),
        cmocka_unit_test(offsets_that_disagree_are_told_from_those_that_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
