/* test_decode.c -- what decode makes of a record, and what it refuses.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "../support/decode_one.h"

static struct wd_options defaults(void)
{
    struct wd_options opts;
    wd_options_init(&opts);
    return opts;
}

static const struct text_row {
    struct wd_str bytes;
    const char *status;
    size_t offset;
    struct wd_str raw;
} text_rows[] = {
    {WD_STR("A line.\nAnother."), "ok", 0, WD_STR("A line.\nAnother.")},
    {WD_STR("Dos\r\nlines\r\n"), "ok", 0, WD_STR("Dos\r\nlines\r\n")},
    {WD_STR("\xef\xbb\xbfMarked"), "ok", 0, WD_STR("Marked")},
    {WD_STR(""), "empty", WD_NO_OFFSET, {0}},
    {WD_STR("\xef\xbb\xbf"), "blank", WD_NO_OFFSET, {0}},
    {WD_STR(" \r\n\t\xc2\xa0\xe2\x80\x83\xe3\x80\x80"), "blank", WD_NO_OFFSET, {0}},
    {WD_STR("caf\xe9 au lait"), "ok", 0, WD_STR("caf\xc3\xa9 au lait")},
    {WD_STR("\xef\xbb\xbf"
            "cut \xe2\x80"),
     "invalid-utf8",
     7,
     {0}},
    {WD_STR("\xff\xfeh\0i\0"), "ok", 0, WD_STR("hi")},
    {WD_STR("a\0b"), "nul-byte", 1, {0}},
};

static void plain_text_is_checked_and_left_alone(void **state)
{
    (void)state;
    struct wd_options opts = defaults();
    for (size_t i = 0; i < sizeof(text_rows) / sizeof(text_rows[0]); i++) {
        const struct text_row *row = &text_rows[i];
        struct wd_article *art = decode_one(row->bytes, "text/plain", &opts);
        assert_string_equal(wd_status_name(art->error.status), row->status);
        if (art->error.status == WD_OK)
            assert_true(wd_str_equal(art->facts.raw, row->raw));
        else
            assert_int_equal(art->error.offset, row->offset);
        wd_article_free(art);
    }
}

static void size_limit_holds_to_the_byte(void **state)
{
    (void)state;
    struct wd_options opts = defaults();
    opts.limits.record_bytes = 10;
    struct wd_article *art = decode_one(WD_STR("0123456789"), NULL, &opts);
    assert_int_equal(art->error.status, WD_OK);
    wd_article_free(art);
    art = decode_one(WD_STR("0123456789x"), NULL, &opts);
    assert_int_equal(art->error.status, WD_ESIZE);
    wd_article_free(art);
}

/* Markup is not what the limit is for; what a page says counts like any text. */
static void page_may_have_four_times_as_much_markup(void **state)
{
    (void)state;
    static const struct {
        const char *record;
        const char *type;
        int status;
    } records[] = {
        {"<html><body><p>ten bytes.</p></html>", NULL, WD_OK},                /* 36 */
        {"<div class=a><p>ten bytes.</p></div><hr>", "text/html", WD_OK},     /* 40 */
        {"<div class=ab><p>ten bytes.</p></div><hr>", "text/html", WD_ESIZE}, /* 41 */
        {"<html><body><p>eleven byt.</p></html>", NULL, WD_ESIZE},
        {"<html><body><p>ten bytes.</p></html>", "text/plain", WD_ESIZE},
        {"{\"text\": \"ten bytes.\"}", NULL, WD_ESIZE},
        {"<html><body><p>ten bytes.</p></html>", "image/png", WD_EFORMAT},
    };
    struct wd_options opts = defaults();
    opts.limits.record_bytes = 10;
    for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
        struct wd_article *art =
            decode_one(wd_str_from(records[i].record), records[i].type, &opts);
        assert_int_equal(art->error.status, records[i].status);
        wd_article_free(art);
    }
}

static const struct type_row {
    const char *type;
    const char *status;
} type_rows[] = {
    {"text/plain", "ok"},
    {"TEXT/Plain ; charset=\"UTF-8\"; format=flowed", "ok"},
    {"text/plain;charset=us-ascii", "ok"},
    {"text/plain; charset=koi-99", "content-type"},
    {"image/jpeg", "content-type"},
    {"text", "content-type"},
    {"application/xml", "xml-syntax"},
    {"text/xml; charset=utf-8", "xml-syntax"},
    {"application/nitf+xml", "xml-syntax"},
    {"application/svg+xml", "content-type"},
    {"application/json", "json-syntax"},
    {"Application/Vnd.IPTC.ninjs+JSON", "json-syntax"},
    {"text/html", "ok"},
};

static void content_type_decides(void **state)
{
    (void)state;
    struct wd_options opts = defaults();
    for (size_t i = 0; i < sizeof(type_rows) / sizeof(type_rows[0]); i++) {
        struct wd_article *art = decode_one(WD_STR("Words."), type_rows[i].type, &opts);
        assert_string_equal(wd_status_name(art->error.status), type_rows[i].status);
        wd_article_free(art);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_is_checked_and_left_alone),
        cmocka_unit_test(size_limit_holds_to_the_byte),
        cmocka_unit_test(page_may_have_four_times_as_much_markup),
        cmocka_unit_test(content_type_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
