/* test_pace.c -- rates and times as people and feeds write them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <math.h>

#include "pace.h"
#include "progress.h"

static void rates_have_units(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double per_second; /* 0: refused */
    } rows[] = {
        {"250", 250},   {"250/s", 250}, {"6000/m", 100}, {"1e6/h", 1e6 / 3600},
        {"0.5/s", 0.5}, {"0", 0},       {"-1", 0},       {"", 0},
        {"/s", 0},      {"10/d", 0},    {"10 /s", 0},    {"inf", 0},
        {"nan", 0},     {"10/s ", 0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        double rate = 0;
        assert_int_equal(pace_parse_rate(rows[i].text, &rate), rows[i].per_second > 0);
        assert_true(fabs(rate - rows[i].per_second) < 1e-9);
    }
}

static void times_have_zones(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ms; /* -1: refused */
    } rows[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2025-02-12T14:03:22Z", 1739369002000},
        {"2025-02-12T15:03:22+01:00", 1739369002000},
        {"2025-02-12T09:03:22-0500", 1739369002000},
        {"2025-02-12 14:03:22Z", 1739369002000},
        {"2025-02-12T14:03:22.250Z", 1739369002250},
        {"2024-02-29T00:00:00Z", 1709164800000},
        {"2025-02-12T14:03:22", -1},
        {"2025-02-12", -1},
        {"2025-02-12T14:03:22Zulu", -1},
        {"2025-02-12T14:03:22+1", -1},
        {"soon", -1},
        {"", -1},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t ms = -1;
        assert_int_equal(pace_parse_time(rows[i].text, &ms), rows[i].ms >= 0);
        assert_int_equal(ms, rows[i].ms);
    }
}

static void articles_bring_their_own_time(void **state)
{
    (void)state;
    static const struct {
        const char *article;
        int64_t ms; /* -1: none */
    } rows[] = {
        {"{\"published_at\":\"1970-01-01T00:00:01Z\"}", 1000},
        {"{\"date\":\"yesterday\",\"time\":\"1970-01-01T00:00:02Z\"}", 2000},
        {"{\"versioncreated\":\"1970-01-01T00:00:03Z\","
         "\"firstcreated\":\"1970-01-01T00:00:01Z\"}",
         3000},
        {"{\"published_at\":17}", -1},
        {"[\"1970-01-01T00:00:01Z\"]", -1},
        {"Plain text, 1970-01-01T00:00:01Z", -1},
        {"", -1},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t ms = -1;
        assert_int_equal(pace_article_time(wd_str_from(rows[i].article), &ms),
                         rows[i].ms >= 0);
        assert_int_equal(ms, rows[i].ms);
    }
}

static void numbers_are_grouped(void **state)
{
    (void)state;
    char buf[PROGRESS_NUMBER_SIZE];
    assert_string_equal(progress_number(0, buf), "0");
    assert_string_equal(progress_number(999, buf), "999");
    assert_string_equal(progress_number(1000, buf), "1,000");
    assert_string_equal(progress_number(1234567, buf), "1,234,567");
    assert_string_equal(progress_number(UINT64_MAX, buf), "18,446,744,073,709,551,615");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_have_units),
        cmocka_unit_test(times_have_zones),
        cmocka_unit_test(articles_bring_their_own_time),
        cmocka_unit_test(numbers_are_grouped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
