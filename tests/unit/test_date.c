/* test_date.c -- which dates are read, and as what.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "decode/date.h"

static const struct row {
    const char *text;
    const char *date; /* "" when it must not be read */
} rows[] = {
    /* RFC 3339, ISO 8601 */
    {"2025-02-13T10:37:00Z", "2025-02-13T10:37:00Z"},
    {"2025-02-13t10:37:00z", "2025-02-13T10:37:00Z"},
    {"2025-02-13T10:37:00.123+01:00", "2025-02-13T10:37:00.123+01:00"},
    {"2025-02-13T10:37:00,5-0530", "2025-02-13T10:37:00.5-05:30"},
    {"2025-02-13T10:37:00.1234567891234Z", "2025-02-13T10:37:00.123456789Z"},
    {"2025-02-13 10:37", "2025-02-13T10:37:00Z"},
    {"2025-02-13 10:37:00 +0000", "2025-02-13T10:37:00Z"},
    {"20250213T103700Z", "2025-02-13T10:37:00Z"},
    {"2025-02-13", "2025-02-13T00:00:00Z"},
    {"2025/02/13", "2025-02-13T00:00:00Z"},
    {"20250213", "2025-02-13T00:00:00Z"},
    {"2024-02-29", "2024-02-29T00:00:00Z"},
    {"2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"}, /* a leap second */
    /* RFC 5322, HTTP, people */
    {"Thu, 13 Feb 2025 10:37:00 GMT", "2025-02-13T10:37:00Z"},
    {"13 Feb 2025 10:37:00 -0500", "2025-02-13T10:37:00-05:00"},
    {"Thu, 13 Feb 2025 10:37 EST", "2025-02-13T10:37:00-05:00"},
    {"Feb 12, 2025", "2025-02-12T00:00:00Z"},
    {"February 12, 2025", "2025-02-12T00:00:00Z"},
    {"FEBRUARY 12, 2025", "2025-02-12T00:00:00Z"},
    {"Sept. 3, 2024", "2024-09-03T00:00:00Z"},
    {"3 September 2024", "2024-09-03T00:00:00Z"},
    {"13-Feb-2025", "2025-02-13T00:00:00Z"},
    {"Feb. 12, 2025 at 9:05 p.m. EST", "2025-02-12T21:05:00-05:00"},
    {"Feb 12, 2025 12:05 AM", "2025-02-12T00:05:00Z"},
    {"Feb 12, 2025, 12:05PM", "2025-02-12T12:05:00Z"},
    /* Unix time */
    {"1739443020", "2025-02-13T10:37:00Z"},
    {"1739443020123", "2025-02-13T10:37:00Z"},
    {"1739443020.123", "2025-02-13T10:37:00Z"},
    {"951782400", "2000-02-29T00:00:00Z"},
    {" 2025-02-13 ", "2025-02-13T00:00:00Z"},
    /* two meanings, or none */
    {"", ""},
    {"03/04/2025", ""},
    {"2025", ""},
    {"yesterday", ""},
    {"2025-02-29", ""},
    {"2025-13-01", ""},
    {"2025-00-10", ""},
    {"2025-02-00", ""},
    {"2025-02-13T24:00:00Z", ""},
    {"2025-02-13T10:60:00Z", ""},
    {"2025-02-13T10:37:61Z", ""},
    {"2025-02-13T10:37:00+25:00", ""},
    {"2025-02-13T", ""},
    {"2025-02-13Z", ""},
    {"2025-02-13T10:37:00Zulu", ""},
    {"2025-02-13T10:37:00.Z", ""},
    {"2025-02-13T10:37:00Z and more", ""},
    {"Thu, 13 Feb 2025 10:37:00 XYZ", ""},
    {"Ma 3, 2025", ""},
    {"13 Feb 25", ""},
    {"Feb 12, 2025 13:05 PM", ""},
    {"17394430201234", ""},
    {"1739443020.12x", ""},
    {"-1739443020", ""},
};

static void dates_are_read_when_they_have_one_meaning(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char date[WD_DATE_SIZE];
        bool is_read = wd_date_normalise(wd_str_from(rows[i].text), date);
        if (is_read != (rows[i].date[0] != '\0'))
            print_error("%s\n", rows[i].text);
        assert_string_equal(date, rows[i].date);
        assert_int_equal(is_read, rows[i].date[0] != '\0');
    }
}

/* Every prefix of every row: none may read past its end (the sanitizers watch). */
static void cut_dates_are_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t size = 0; size <= strlen(rows[i].text); size++) {
            char cut[64], date[WD_DATE_SIZE];
            memcpy(cut + sizeof(cut) - size, rows[i].text, size);
            struct wd_str str = {cut + sizeof(cut) - size, size};
            if (!wd_date_normalise(str, date))
                assert_string_equal(date, "");
        }
    }
}

static void read_dates_read_again_are_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char date[WD_DATE_SIZE];
        if (rows[i].date[0]) {
            assert_true(wd_date_normalise(wd_str_from(rows[i].date), date));
            assert_string_equal(date, rows[i].date);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read_when_they_have_one_meaning),
        cmocka_unit_test(cut_dates_are_read_or_refused),
        cmocka_unit_test(read_dates_read_again_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
