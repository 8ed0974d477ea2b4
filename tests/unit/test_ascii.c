/* test_ascii.c -- what is blind for case is so for ASCII's letters and for nothing else.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/ascii.h"

static void letters_and_digits_are_those_of_ascii(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        bool is_capital = c >= 'A' && c <= 'Z';
        bool is_small = c >= 'a' && c <= 'z';
        assert_int_equal(wd_ascii_is_letter((char)c), is_capital || is_small);
        assert_int_equal(wd_ascii_is_digit((char)c), c >= '0' && c <= '9');
        assert_int_equal((unsigned char)wd_ascii_small((char)c),
                         is_capital ? c - 'A' + 'a' : c);
    }
}

static const struct row {
    struct wd_str str;
    const char *other;
    bool is_same;
    bool begins;
} rows[] = {
    {WD_STR("Title"), "tITLE", true, true},
    {WD_STR("TITLES"), "title", false, true},
    {WD_STR("title"), "titles", false, false},
    {WD_STR("[]"), "{}", false, false}, /* a bit apart, as letters are */
    {WD_STR("@"), "`", false, false},
    {WD_STR("\xc3\x89"), "\xc3\xa9", false, false}, /* É and é */
    {WD_STR(""), "", true, true},
    {{NULL, 0}, "", true, true},
    {{NULL, 0}, "a", false, false},
};

static void case_is_the_only_thing_not_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        assert_int_equal(wd_ascii_same(row->str, wd_str_from(row->other)), row->is_same);
        assert_int_equal(wd_ascii_begins(row->str, row->other), row->begins);
    }
}

static void names_are_ordered_by_their_small_letters(void **state)
{
    (void)state;
    static const char *const names[] = {"", "a", "ARTICLE", "article_", "b", "\xc3\xa9"};
    const int n = sizeof(names) / sizeof(names[0]);
    for (int a = 0; a < n; a++) {
        for (int b = 0; b < n; b++) {
            int order = wd_ascii_compare(names[a], names[b]);
            assert_int_equal((order > 0) - (order < 0), (a > b) - (a < b));
        }
    }
    assert_int_equal(wd_ascii_compare("H1", "h1"), 0);
}

static void a_part_is_found_at_its_first_place(void **state)
{
    (void)state;
    struct wd_str str = WD_STR("<META Charset=charset>");
    assert_ptr_equal(wd_ascii_find(str, "charset"), str.data + 6);
    assert_ptr_equal(wd_ascii_find(str, "SET>"), str.data + 18);
    assert_null(wd_ascii_find(str, "charset=utf"));
    assert_null(wd_ascii_find((struct wd_str){0}, "a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_and_digits_are_those_of_ascii),
        cmocka_unit_test(case_is_the_only_thing_not_seen),
        cmocka_unit_test(names_are_ordered_by_their_small_letters),
        cmocka_unit_test(a_part_is_found_at_its_first_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
