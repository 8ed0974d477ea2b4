/* test_utf8.c -- what is UTF-8 and what is not.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/utf8.h"

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
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prefix_ends_at_first_ill_formed_byte),
        cmocka_unit_test(every_scalar_value_survives_the_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
