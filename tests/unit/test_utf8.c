/* test_utf8.c -- what is UTF-8 and what is not.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/utf8.h"
#include "wiredesk/text.h"

struct row {
    const char *bytes;
    size_t size;
    size_t valid;
};

#define ROW(bytes, valid)                                                                \
    {                                                                                    \
        bytes, sizeof(bytes) - 1, valid                                                  \
    }

static const struct row rows[] = {
    ROW("", 0),
    ROW("plain ASCII, longer than a word", 31),
    ROW("caf\xc3\xa9", 5),
    ROW("\xe2\x80\x9cquoted\xe2\x80\x9d", 12),
    ROW("\xf0\x9f\x97\x9e", 4),
    ROW("12345678\xc3", 8),     /* cut in the middle */
    ROW("a\xc0\x80", 1),        /* overlong NUL */
    ROW("\xe0\x80\xaf", 0),     /* overlong slash */
    ROW("\xed\xa0\x80", 0),     /* surrogate */
    ROW("\xed\x9f\xbf", 3),     /* just before them */
    ROW("\xf4\x8f\xbf\xbf", 4), /* U+10FFFF */
    ROW("\xf4\x90\x80\x80", 0), /* one past it */
    ROW("ok\xff", 2),
    ROW("ok\x80", 2),
};

static void prefix_ends_at_first_ill_formed_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wd_str str = {rows[i].bytes, rows[i].size};
        assert_int_equal(wd_utf8_valid_prefix(str), rows[i].valid);
    }
}

/* Going on by code points, the first byte that begins none is the same. */
static void a_byte_that_begins_no_character_is_one_step(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wd_str str = {rows[i].bytes, rows[i].size};
        size_t at = 0, before = 0;
        uint32_t cp = 0;
        while (at < str.size && cp != WD_REPLACEMENT) {
            before = at;
            cp = wd_text_point(str, &at);
        }
        if (cp == WD_REPLACEMENT) {
            assert_int_equal(before, rows[i].valid);
            assert_int_equal(at, before + 1);
        } else {
            assert_int_equal(at, rows[i].valid);
        }
    }
}

static void every_scalar_value_survives_the_round_trip(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
        if (cp >= 0xd800 && cp <= 0xdfff)
            continue;
        char bytes[4];
        unsigned size = wd_utf8_encode(cp, bytes), read;
        assert_int_equal(wd_utf8_valid_prefix((struct wd_str){bytes, size}), size);
        assert_int_equal(wd_utf8_decode(bytes, &read), cp);
        assert_int_equal(read, size);
        size_t at = 0;
        assert_int_equal(wd_text_point((struct wd_str){bytes, size}, &at), cp);
        assert_int_equal(at, size);
    }
}

/* Long runs are read in blocks, whose ends are nothing to see. */
static void a_place_in_a_long_text_makes_no_difference(void **state)
{
    enum { SIZE = 200, SIGN = 3 };
    static const char sign[] = "\xe2\x80\x9c";
    char text[SIZE];
    (void)state;
    for (size_t at = 0; at + SIGN <= SIZE; at++) {
        memset(text, 'a', SIZE);
        memcpy(text + at, sign, SIGN);
        for (size_t from = 0; from <= at; from++) {
            struct wd_str str = {text + from, SIZE - from};
            assert_int_equal(wd_utf8_valid_prefix(str), SIZE - from);
            assert_int_equal(wd_utf8_count(str), SIZE - from - (SIGN - 1));
        }
        text[at + 1] = 'a';
        assert_int_equal(wd_utf8_valid_prefix((struct wd_str){text, SIZE}), at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prefix_ends_at_first_ill_formed_byte),
        cmocka_unit_test(a_byte_that_begins_no_character_is_one_step),
        cmocka_unit_test(every_scalar_value_survives_the_round_trip),
        cmocka_unit_test(a_place_in_a_long_text_makes_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
