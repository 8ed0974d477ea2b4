/* test_status.c -- the status list is a contract.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "wiredesk/status.h"

static const int values[] = {
#define VALUE(symbol, value, name, class, sentence) WD_##symbol,
    WD_STATUS_MAP(VALUE)
#undef VALUE
};

#define N_VALUES (sizeof(values) / sizeof(values[0]))

static void values_and_names_are_distinct(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_VALUES; i++) {
        assert_true(values[i] < 0);
        for (size_t k = 0; k < i; k++) {
            assert_int_not_equal(values[i], values[k]);
            assert_string_not_equal(wd_status_name(values[i]), wd_status_name(values[k]));
        }
    }
}

static void message_holds_no_control_characters(void **state)
{
    (void)state;
    struct wd_error err;
    assert_int_equal(wd_error_set(&err, WD_EJSON, 7, "bad\n\x1b[31m %s", "text"),
                     WD_EJSON);
    assert_string_equal(err.message, "bad??[31m text");
    assert_int_equal(err.offset, 7);
}

static void long_message_is_cut_on_a_character(void **state)
{
    (void)state;
    struct wd_error err;
    char text[400];
    for (size_t i = 0; i + 2 < sizeof(text); i += 2)
        memcpy(text + i, "\xc3\xa9", 3);
    (void)wd_error_set(&err, WD_EIO, WD_NO_OFFSET, "%s", text);
    assert_int_equal(strlen(err.message) % 2, 0);
}

static void missing_message_becomes_the_lists_sentence(void **state)
{
    (void)state;
    struct wd_error err;
    (void)wd_error_set(&err, WD_ENOTEXT, WD_NO_OFFSET, NULL);
    assert_string_equal(err.message, wd_status_text(WD_ENOTEXT));
}

/* Whether each of the row's three cells says something. */
static bool has_cause_and_cure(const char *row)
{
    size_t n_cells = 0, n_letters = 0;
    for (row++; *row && *row != '\n'; row++) { /* it begins with its line's end */
        if (*row == '|') {
            n_cells += n_letters > 2;
            n_letters = 0;
        } else {
            n_letters += *row != ' ';
        }
    }
    return n_cells == 3;
}

static void every_status_is_explained_in_the_docs(void **state)
{
    (void)state;
    FILE *file = fopen(WD_TEST_DIR "/../docs/errors.md", "r");
    assert_non_null(file);
    static char page[64 * 1024];
    size_t size = fread(page, 1, sizeof(page) - 1, file);
    page[size] = '\0';
    assert_int_equal(fclose(file), 0);

    size_t n_rows = 0;
    for (const char *row = page; (row = strstr(row, "\n| `")) != NULL; row++)
        n_rows++;
    assert_int_equal(n_rows, N_VALUES);
    for (size_t i = 0; i < N_VALUES; i++) {
        char row[80];
        (void)snprintf(row, sizeof(row), "\n| `%s` |", wd_status_name(values[i]));
        const char *found = strstr(page, row);
        if (!found || !has_cause_and_cure(found))
            fail_msg("docs/errors.md has no cause and cure for %s",
                     wd_status_name(values[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_names_are_distinct),
        cmocka_unit_test(message_holds_no_control_characters),
        cmocka_unit_test(long_message_is_cut_on_a_character),
        cmocka_unit_test(missing_message_becomes_the_lists_sentence),
        cmocka_unit_test(every_status_is_explained_in_the_docs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
