/* test_folded.c -- editors' habits make no difference to the fingerprints.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/folded.h"
#include "wiredesk/buf.h"

/* The folded words of a text, one space behind each; numbers in brackets. */
static void fold(const char *text, struct wd_buf *buf)
{
    struct wd_str str = wd_str_from(text);
    struct wd_folded words = wd_folded_of(str, (struct wd_span){0, (uint32_t)str.size});
    struct wd_folded_word word;
    uint32_t last = 0;
    wd_buf_init(buf, 1 << 20);
    while (wd_folded_next(&words, &word)) {
        assert_true(word.span.start >= last && word.span.end > word.span.start);
        assert_true(word.span.end <= str.size && word.size <= WD_FOLDED_MAX);
        last = word.span.end;
        wd_buf_append_z(buf, word.is_number ? "[" : "");
        wd_buf_append_str(buf, wd_folded_str(&word));
        wd_buf_append_z(buf, word.is_number ? "] " : " ");
    }
    wd_buf_append_char(buf, '\0');
}

static void texts_are_folded(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"", ""},
        {" \n—…", ""},
        {"The cat.", "the cat "},
        {"U.S. troops, U.S troops; US", "us troops us troops us "},
        {"Ukraine’s Ukraine's Ukraine", "ukraine ukraine ukraine "},
        {"don’t don't ‘dont’", "dont dont dont "},
        {"the ministers’ plan", "the ministers plan "},
        {"it’s 5% or 5 percent", "it [5] percent or [5] percent "},
        {"1,000 or 1000, 3.5", "[1000] or [1000] [3.5] "},
        {"$280bn on 26th", "[280bn] on [26th] "},
        {"pre-2014 non‑NATO and/or", "pre [2014] non nato and or "},
        {"São Tomé, Łódź, Straße", "sao tome lodz straße "},
        {"Cafe\u0301 co\u00adoperate", "cafe cooperate "},
        {"ΑΘΗΝΑ Σοφίας МОСКВА Ёлка", "αθηνα σοφίασ москва ёлка "},
        {"日本の 東京", "日 本 の 東 京 "},
        {"end.Next", "endnext "}, /* a missing space cannot be told from U.S */
        {"ＡＢＣ", "abc "},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wd_buf buf;
        fold(rows[i].text, &buf);
        assert_string_equal(buf.data, rows[i].words);
        wd_buf_done(&buf);
    }
}

static void capitals_are_told(void **state)
{
    (void)state;
    struct wd_str text = WD_STR("Élan vital Ünder 3M NATO");
    static const bool capital[] = {true, false, true, false, true};
    struct wd_folded words = wd_folded_of(text, (struct wd_span){0, (uint32_t)text.size});
    struct wd_folded_word word;
    for (size_t i = 0; i < 5; i++) {
        assert_true(wd_folded_next(&words, &word));
        assert_int_equal(word.is_capital, capital[i]);
    }
    assert_false(wd_folded_next(&words, &word));
}

/* Cut at a whole code point, and the scan goes on behind the word. */
static void long_words_are_cut(void **state)
{
    (void)state;
    struct wd_buf text;
    wd_buf_init(&text, 1 << 16);
    for (size_t i = 0; i < 500; i++)
        wd_buf_append_z(&text, "ж");
    wd_buf_append_z(&text, " b");
    struct wd_folded words =
        wd_folded_of(wd_buf_str(&text), (struct wd_span){0, (uint32_t)text.size});
    struct wd_folded_word word;
    assert_true(wd_folded_next(&words, &word));
    assert_int_equal(word.size, WD_FOLDED_MAX);
    assert_int_equal(word.span.end, 1000);
    assert_true(wd_folded_next(&words, &word));
    assert_true(wd_str_equal(wd_folded_str(&word), WD_STR("b")));
    wd_buf_done(&text);
}

static void nothing_outside_of_the_span_is_read(void **state)
{
    (void)state;
    struct wd_str text = WD_STR("alpha beta gamma");
    struct wd_folded words = wd_folded_of(text, (struct wd_span){6, 9});
    struct wd_folded_word word;
    assert_true(wd_folded_next(&words, &word));
    assert_true(wd_str_equal(wd_folded_str(&word), WD_STR("bet")));
    assert_false(wd_folded_next(&words, &word));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_folded),
        cmocka_unit_test(capitals_are_told),
        cmocka_unit_test(long_words_are_cut),
        cmocka_unit_test(nothing_outside_of_the_span_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
