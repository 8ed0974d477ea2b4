/* test_uax29.c -- every case of Unicode's own WordBreakTest and SentenceBreakTest.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "wiredesk/text.h"

typedef bool (*next_fn)(struct wd_cursor *cursor, struct wd_span *ret_span);

struct break_case {
    char text[1024];
    size_t size;
    uint32_t ends[256]; /* of the segments, in order */
    size_t n_ends;
};

/* Reads "÷ 0061 × 0308 ÷ # …". False for a line without a case. */
static bool read_case(const char *line, struct break_case *ret_case)
{
    static const char division[] = "\xc3\xb7";
    *ret_case = (struct break_case){0};

    if (strncmp(line, division, 2) != 0)
        return false;
    for (const char *p = line; *p && *p != '#' && *p != '\n';) {
        char *end;
        if (strncmp(p, division, 2) == 0) {
            if (ret_case->size)
                ret_case->ends[ret_case->n_ends++] = (uint32_t)ret_case->size;
            p += 2;
        } else if ((unsigned char)*p >= 0x80 || *p == ' ' || *p == '\t') {
            p++;
        } else {
            uint32_t cp = (uint32_t)strtoul(p, &end, 16);
            assert_ptr_not_equal(p, end);
            ret_case->size += wd_utf8_encode(cp, ret_case->text + ret_case->size);
            p = end;
        }
    }
    return true;
}

static bool passes(const struct break_case *c, next_fn next)
{
    struct wd_cursor cursor = {{c->text, c->size}, 0};
    struct wd_span span;
    size_t n = 0;
    uint32_t at = 0;

    while (next(&cursor, &span)) {
        if (span.start != at || n >= c->n_ends || span.end != c->ends[n])
            return false;
        at = span.end;
        n++;
    }
    return n == c->n_ends;
}

static void run_file(const char *path, next_fn next, size_t want)
{
    FILE *file = fopen(path, "r");
    static char line[64 * 1024];
    size_t cases = 0, failed = 0;

    assert_non_null(file);
    while (fgets(line, sizeof(line), file)) {
        struct break_case c;
        if (!read_case(line, &c))
            continue;
        cases++;
        if (!passes(&c, next)) {
            failed++;
            print_error("%.200s\n", line);
        }
    }
    fclose(file);
    assert_int_equal(failed, 0);
    assert_int_equal(cases, want);
}

static void words_pass_every_case_of_unicode_17(void **state)
{
    (void)state;
    run_file(WD_TEST_DIR "/unicode/WordBreakTest.txt", wd_word_next, 1944);
}

static void sentences_pass_every_case_of_unicode_17(void **state)
{
    (void)state;
    run_file(WD_TEST_DIR "/unicode/SentenceBreakTest.txt", wd_sentence_next, 512);
}

/* Unicode's cases are short; a case between other text must give the same boundaries
 * inside, whichever path, bytes or automaton, the text before leads into. */
static void words_do_not_depend_on_the_path_taken(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *words; /* joined by | */
    } rows[] = {
        {"can't stop", "can't| |stop"},
        {"can\xe2\x80\x99t stop", "can\xe2\x80\x99t| |stop"},
        {"Ukraine\xe2\x80\x99s", "Ukraine\xe2\x80\x99s"},
        {"caf\xc3\xa9.", "caf\xc3\xa9|."},
        {"1,000.50 a.m. x:y", "1,000.50| |a.m|.| |x:y"},
        {"3.\xd9\xa1", "3.\xd9\xa1"}, /* an Arabic digit after a point */
        {"a.\xcc\x88z", "a.\xcc\x88z"},
        {"a.\xcc\x88 z", "a|.\xcc\x88| |z"},
        {"end.\xe2\x80\x9d", "end|.|\xe2\x80\x9d"},
        {"  two", "  |two"},
        {" \xcc\x88", " \xcc\x88"},
        {"a\r\nb\n", "a|\r\n|b|\n"},
        {"snake_case_1 _x", "snake_case_1| |_x"},
        {"_\xe3\x82\xab_", "_\xe3\x82\xab_"},
        {"\xf0\x9f\x87\xba\xf0\x9f\x87\xa6\xf0\x9f\x87\xba",
         "\xf0\x9f\x87\xba\xf0\x9f\x87\xa6|\xf0\x9f\x87\xba"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wd_cursor cursor = {wd_str_from(rows[i].text), 0};
        struct wd_span word;
        char got[256] = "";
        while (wd_word_next(&cursor, &word)) {
            strncat(got, *got ? "|" : "", sizeof(got) - strlen(got) - 1);
            strncat(got, rows[i].text + word.start, word.end - word.start);
        }
        assert_string_equal(got, rows[i].words);
    }
}

static void empty_text_has_no_segments(void **state)
{
    (void)state;
    struct wd_cursor cursor = {{NULL, 0}, 0};
    struct wd_span span;
    assert_false(wd_word_next(&cursor, &span));
    assert_false(wd_sentence_next(&cursor, &span));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_pass_every_case_of_unicode_17),
        cmocka_unit_test(sentences_pass_every_case_of_unicode_17),
        cmocka_unit_test(words_do_not_depend_on_the_path_taken),
        cmocka_unit_test(empty_text_has_no_segments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
