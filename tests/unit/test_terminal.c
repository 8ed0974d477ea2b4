/* test_terminal.c -- strangers' text does nothing to the screen but be read.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal.h"

#define BAD "\xef\xbf\xbd" /* U+FFFD for a byte that is no UTF-8 */

static char *text;
static size_t text_size;

static struct term open_term(unsigned width)
{
    struct term term;
    FILE *out = open_memstream(&text, &text_size);
    assert_non_null(out);
    term_init(&term, out);
    assert_false(term.is_terminal);
    assert_false(term.is_colour);
    term.width = width;
    return term;
}

static void expect(struct term *term, const char *want)
{
    assert_int_equal(fclose(term->out), 0);
    assert_string_equal(text, want);
    free(text);
}

static void text_cannot_steer_the_screen(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"plain", "plain"},
        {"a\x1b[31mb", "a [31mb"},
        {"a\nb\tc\rd", "a b c d"},
        {"\x7f\xc2\x9b"
         "2J",
         "  2J"},                           /* DEL; CSI as one C1 character */
        {"\xe2\x80\xaegpj.exe", "gpj.exe"}, /* right-to-left override */
        {"\xe2\x81\xa6isolate\xe2\x81\xa9", "isolate"},
        {"zero\xe2\x80\x8bwidth", "zerowidth"},
        {"Zelensk\xc3\xbd \xe2\x80\x9cok\xe2\x80\x9d",
         "Zelensk\xc3\xbd \xe2\x80\x9cok\xe2\x80\x9d"},
        {"bad\xff\xc3.", "bad" BAD BAD "."},
        {"\xed\xa0\x80", BAD BAD BAD},         /* half a surrogate */
        {"\xf4\x90\x80\x80", BAD BAD BAD BAD}, /* past U+10FFFF */
        {"\xe0\x80\xaf", BAD BAD BAD},         /* overlong */
        {"cut\xe2\x80", "cut" BAD BAD},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct term term = open_term(80);
        term_put(&term, wd_str_from(rows[i].text));
        expect(&term, rows[i].want);
    }
}

static void columns_are_those_of_the_screen(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned columns;
    } rows[] = {
        {"", 0},
        {"abc", 3},
        {"Zelensk\xc3\xbd", 8},
        {"e\xcc\x81", 1},                /* combining acute */
        {"\xe6\x97\xa5\xe6\x9c\xac", 4}, /* two ideographs */
        {"\xf0\x9f\x8c\x8b", 2},         /* a volcano */
        {"\xe2\x80\xae", 0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(term_columns(wd_str_from(rows[i].text)), rows[i].columns);
}

static void cut_text_ends_with_a_whole_character(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned columns;
        const char *want;
    } rows[] = {
        {"harbour", 7, "harbour"},
        {"harbour", 6, "harbo…"},
        {"\xe6\x97\xa5\xe6\x9c\xac", 4, "\xe6\x97\xa5\xe6\x9c\xac"},
        {"\xe6\x97\xa5\xe6\x9c\xac", 3, "\xe6\x97\xa5…"},
        {"\xe6\x97\xa5\xe6\x9c\xac", 2, "…"},
        {"e\xcc\x81toile", 3, "e\xcc\x81t…"},
        {"harbour", 0, ""},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct term term = open_term(80);
        term_put_cut(&term, wd_str_from(rows[i].text), rows[i].columns);
        expect(&term, rows[i].want);
    }
}

static void row_breaks_between_items_alone(void **state)
{
    (void)state;
    struct term term = open_term(40);
    struct term_row row;
    term_row_begin(&row, &term, "people", 10);
    term_row_add(&row, TERM_BLUE, WD_STR("Camille Grand"), " ×3,");
    term_row_add(&row, TERM_BLUE, WD_STR("Jo Wu"), ",");
    term_row_add(&row, TERM_BLUE, WD_STR("Volodymyr Zelenskyy"), "");
    term_row_end(&row);
    expect(&term, "  people  Camille Grand ×3, Jo Wu,\n"
                  "          Volodymyr Zelenskyy\n");
}

static void line_is_filled_to_the_last_column(void **state)
{
    (void)state;
    for (unsigned width = 40; width <= 41; width++) {
        struct term term = open_term(width);
        struct term_row row;
        term_row_begin(&row, &term, "x", 10);
        term_row_add_words(&row, TERM_PLAIN, WD_STR("123456789 123456789 12345678901"));
        term_row_end(&row);
        expect(&term, width == 40 ? "  x       123456789 123456789\n"
                                    "          12345678901\n"
                                  : "  x       123456789 123456789 12345678901\n");
    }
}

static void long_label_pushes_its_row(void **state)
{
    (void)state;
    struct term term = open_term(40);
    struct term_row row;
    term_row_begin(&row, &term, "organisations", 10);
    term_row_add(&row, TERM_PLAIN, WD_STR("NATO"), "");
    term_row_end(&row);
    expect(&term, "  organisations NATO\n");
}

static void only_plain_addresses_become_links(void **state)
{
    (void)state;
    static const struct {
        const char *uri, *want;
    } rows[] = {
        {"https://www.wikidata.org/entity/Q64",
         "\x1b]8;;https://www.wikidata.org/entity/Q64\x1b\\Berlin\x1b]8;;\x1b\\"},
        {"javascript:alert(1)", "Berlin\x1b]8;;\x1b\\"},
        {"file:///etc/passwd", "Berlin\x1b]8;;\x1b\\"},
        {"https://a/\x1b\\\x1b[2J", "Berlin\x1b]8;;\x1b\\"},
        {"https://a/\xc2\x9c", "Berlin\x1b]8;;\x1b\\"},
        {"https://a/\x07", "Berlin\x1b]8;;\x1b\\"},
        {"https://a/ b", "Berlin\x1b]8;;\x1b\\"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct term term = open_term(80);
        term_link(&term, rows[i].uri); /* no terminal: no link */
        term.is_terminal = term.is_colour = true;
        term_link(&term, rows[i].uri);
        term_put(&term, wd_str_from("Berlin"));
        term_link(&term, NULL);
        expect(&term, rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_plain_addresses_become_links),
        cmocka_unit_test(text_cannot_steer_the_screen),
        cmocka_unit_test(columns_are_those_of_the_screen),
        cmocka_unit_test(cut_text_ends_with_a_whole_character),
        cmocka_unit_test(row_breaks_between_items_alone),
        cmocka_unit_test(line_is_filled_to_the_last_column),
        cmocka_unit_test(long_label_pushes_its_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
