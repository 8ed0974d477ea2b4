/* test_timestamp.c -- dates without the C library.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <time.h>

#include "base/timestamp.h"

static void every_day_agrees_with_the_c_library(void **state)
{
    (void)state;
    for (int64_t day = -719162; day < 2932896; day += 13) {
        time_t at = day * 86400 + (day & 0xffff);
        struct tm tm;
        char want[64], out[WD_TIME_SIZE];
        int64_t back;
        gmtime_r(&at, &tm);
        (void)snprintf(want, sizeof(want), "%04d-%02d-%02dT%02d:%02d:%02dZ",
                       tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                       tm.tm_min, tm.tm_sec);
        assert_true(wd_time_format_s(at, out));
        assert_string_equal(out, want);
        assert_true(wd_time_parse(wd_str_from(want), &back));
        assert_int_equal(back, at);
    }
}

static void years_past_four_digits_are_refused(void **state)
{
    (void)state;
    char out[WD_TIME_SIZE];
    assert_true(wd_time_format_s(253402300799, out));
    assert_string_equal(out, "9999-12-31T23:59:59Z");
    assert_false(wd_time_format_s(253402300800, out));
    assert_true(wd_time_format_s(-62167219200, out));
    assert_string_equal(out, "0000-01-01T00:00:00Z");
    assert_false(wd_time_format_s(-62167219201, out));
    assert_false(wd_time_format_ms(INT64_MAX, out));
    assert_false(wd_time_format_ms(INT64_MIN, out));
}

static void milliseconds_are_kept(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        const char *want;
    } rows[] = {
        {0, "1970-01-01T00:00:00.000Z"},
        {1739435400123, "2025-02-13T08:30:00.123Z"},
        {-1, "1969-12-31T23:59:59.999Z"},
        {253402300799999, "9999-12-31T23:59:59.999Z"},
    };
    char out[WD_TIME_SIZE];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_true(wd_time_format_ms(rows[i].ms, out));
        assert_string_equal(out, rows[i].want);
    }
}

static void offsets_are_turned_into_utc(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        const char *utc; /* NULL: not a date-time */
    } rows[] = {
        {"2025-02-13T09:30:00Z", "2025-02-13T09:30:00Z"},
        {"2025-02-13t09:30:00z", "2025-02-13T09:30:00Z"},
        {"2025-02-13T09:30:00.999999Z", "2025-02-13T09:30:00Z"},
        {"2025-01-01T00:30:00+01:00", "2024-12-31T23:30:00Z"},
        {"2024-02-28T23:30:00-05:30", "2024-02-29T05:00:00Z"},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
        {"2025-02-29T00:00:00Z", NULL},
        {"2025-02-13", NULL},
        {"2025-02-13T09:30Z", NULL},
        {"2025-02-13T09:30:00", NULL},
        {"2025-02-13T09:30:00.Z", NULL},
        {"2025-02-13T24:00:00Z", NULL},
        {"2025-13-01T00:00:00Z", NULL},
        {"2025-02-13T09:30:00+0100", NULL},
        {"2025-02-13T09:30:00Zx", NULL},
        {"2025-02-13T09:30:00+24:00", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char out[WD_TIME_SIZE];
        int64_t seconds;
        bool is_date = wd_time_parse(wd_str_from(rows[i].date), &seconds);
        assert_int_equal(is_date, rows[i].utc != NULL);
        if (is_date) {
            assert_true(wd_time_format_s(seconds, out));
            assert_string_equal(out, rows[i].utc);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_agrees_with_the_c_library),
        cmocka_unit_test(years_past_four_digits_are_refused),
        cmocka_unit_test(milliseconds_are_kept),
        cmocka_unit_test(offsets_are_turned_into_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
