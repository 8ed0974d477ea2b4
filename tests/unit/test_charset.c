/* test_charset.c -- declared charsets become UTF-8, or are refused; nothing is replaced.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "../support/decode_one.h"

static struct wd_options opts;

static const struct row {
    struct wd_str bytes;
    const char *type;
    const char *raw; /* or NULL when it must be refused, */
    const char *status;
    size_t offset;
} rows[] = {
    {WD_STR("caf\xe9 \x93tea\x94"), "text/plain; charset=ISO-8859-1",
     "caf\xc3\xa9 \xe2\x80\x9ctea\xe2\x80\x9d", NULL, 0},
    {WD_STR("caf\xe9 \xa4"), "text/plain; charset=iso-8859-15",
     "caf\xc3\xa9 \xe2\x82\xac", NULL, 0},
    {WD_STR("\xcf\xf0\xe8"), "text/plain; charset=\"windows-1251\"",
     "\xd0\x9f\xd1\x80\xd0\xb8", NULL, 0},
    {WD_STR("h\0i\0"), "text/plain; charset=utf-16le", "hi", NULL, 0},
    {WD_STR("\xff\xfeh\0i\0"), "text/plain; charset=utf-16le", "hi", NULL, 0},
    {WD_STR("\xfe\xff\0h\0i"), "text/plain; charset=utf-16", "hi", NULL, 0},
    {WD_STR("\xb1\xb1\xbe\xa9"), "text/plain; charset=gb2312", "\xe5\x8c\x97\xe4\xba\xac",
     NULL, 0},
    {WD_STR("\x93\xfa\x96\x7b"), "text/plain; charset=Shift_JIS",
     "\xe6\x97\xa5\xe6\x9c\xac", NULL, 0},
    {WD_STR("<p>caf\xe9</p>"), "text/html; charset=latin1", "caf\xc3\xa9", NULL, 0},
    {WD_STR("{\"body\":\"caf\xe9\"}"), "application/json;charset=windows-1252",
     "caf\xc3\xa9", NULL, 0},
    {WD_STR("caf\xc3\xa9"), "text/plain; charset=us-ascii", "caf\xc3\xa9", NULL, 0},

    {WD_STR("a\x81z"), "text/plain; charset=windows-1252", NULL, "invalid-utf8", 1},
    {WD_STR("a\0b"), "text/plain; charset=utf-16le", NULL, "invalid-utf8", 2},
    {WD_STR("\0\xd8z\0"), "text/plain; charset=utf-16le", NULL, "invalid-utf8", 0},
    {WD_STR("\x93"), "text/plain; charset=shift_jis", NULL, "invalid-utf8", 0},
    {WD_STR("a\0b"), "text/plain; charset=latin1", NULL, "nul-byte", WD_NO_OFFSET},
    {WD_STR("\xa0\xa0"), "text/plain; charset=latin1", NULL, "blank", WD_NO_OFFSET},
    {WD_STR("x"), "text/plain; charset=latin1//TRANSLIT", NULL, "content-type",
     WD_NO_OFFSET},
    {WD_STR("x"), "text/plain; charset=iso-2022-cn-ext", NULL, "content-type",
     WD_NO_OFFSET},
    {WD_STR("x"), "text/plain; charset=", NULL, "content-type", WD_NO_OFFSET},
};

static void declared_charsets_become_utf8(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        struct wd_article *art = decode_one(row->bytes, row->type, &opts);
        if (row->raw) {
            assert_string_equal(art->error.message, "");
            assert_str(art->facts.raw, row->raw);
        } else {
            assert_string_equal(wd_status_name(art->error.status), row->status);
            assert_int_equal(art->error.offset, row->offset);
        }
        wd_article_free(art);
    }
}

/* Every name of the list is known to iconv, and each byte value is told one way or the
 * other. */
static void every_listed_charset_is_there(void **state)
{
    (void)state;
    static const char *const names[] = {
        "windows-1250", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
        "windows-1257", "iso-8859-2",   "iso-8859-5",   "iso-8859-7",   "iso-8859-9",
        "koi8-r",       "koi8-u",       "macintosh",    "euc-jp",       "euc-kr",
        "big5",         "gbk",          "gb18030",      "utf-16be",     "cp1252"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char type[64] = "text/plain; charset=";
        strcat(type, names[i]);
        for (int byte = 1; byte < 256; byte++) {
            const char bytes[] = {'a', 'b', (char)byte, 'c'};
            struct wd_article *art =
                decode_one((struct wd_str){bytes, sizeof(bytes)}, type, &opts);
            assert_true(art->error.status == WD_OK || art->error.status == WD_EUTF8);
            wd_article_free(art);
        }
    }
}

static void uri_is_that_of_the_bytes_as_they_came(void **state)
{
    (void)state;
    struct wd_str bytes = WD_STR("Hello World!");
    struct wd_article *art = decode_one(bytes, "text/plain; charset=windows-1252", &opts);
    assert_str(art->facts.meta.uri,
               "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
    wd_article_free(art);
}

int main(void)
{
    wd_options_init(&opts);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declared_charsets_become_utf8),
        cmocka_unit_test(every_listed_charset_is_there),
        cmocka_unit_test(uri_is_that_of_the_bytes_as_they_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
