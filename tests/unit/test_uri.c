/* test_uri.c -- what an article is called.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "../support/decode_one.h"
#include "decode/uri.h"

static const struct row {
    const char *given;
    const char *uri;
    const char *id; /* what is kept beside it */
} rows[] = {
    {"https://example.com/a?b=c&d#e", "https://example.com/a?b=c&d#e", ""},
    {"urn:newsml:example.com:2025-02-13:0042", "urn:newsml:example.com:2025-02-13:0042",
     ""},
    {"tag:example.com,2025:42", "tag:example.com,2025:42", ""},
    {"x:%c3%a9", "x:%c3%a9", ""},
    /* an IRI */
    {"https://example.com/caf\xc3\xa9", "https://example.com/caf%C3%A9",
     "https://example.com/caf\xc3\xa9"},
    /* none */
    {"42", "urn:wiredesk:id:42", "42"},
    {"a b", "urn:wiredesk:id:a%20b", "a b"},
    {"a%20b", "urn:wiredesk:id:a%2520b", "a%20b"},
    {"9x:y", "urn:wiredesk:id:9x%3Ay", "9x:y"},
    {"x:", "urn:wiredesk:id:x%3A", "x:"},
    {"http://a/%zz", "urn:wiredesk:id:http%3A%2F%2Fa%2F%25zz", "http://a/%zz"},
    {"http://a/%4", "urn:wiredesk:id:http%3A%2F%2Fa%2F%254", "http://a/%4"},
    {"C:\\news", "urn:wiredesk:id:C%3A%5Cnews", "C:\\news"},
    {"caf\xc3\xa9", "urn:wiredesk:id:caf%C3%A9", "caf\xc3\xa9"},
};

static struct wd_article *article_with_id(const char *id, const struct wd_options *opts)
{
    struct wd_record record = {.value = WD_STR("Hello World!")};
    struct wd_article *art = wd_article_new();
    assert_non_null(art);
    wd_article_begin(art, &record);
    art->opts = opts;
    art->facts.meta.id = wd_str_from(id);
    return art;
}

static void ids_become_uris(void **state)
{
    (void)state;
    struct wd_options opts;
    wd_options_init(&opts);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wd_article *art = article_with_id(rows[i].given, &opts);
        assert_int_equal(wd_uri_assign(art), WD_OK);
        assert_str(art->facts.meta.uri, rows[i].uri);
        assert_str(art->facts.meta.id, rows[i].id);
        assert_true(wd_uri_is_valid(art->facts.meta.uri));
        wd_article_free(art);
    }
}

static void article_without_id_is_named_after_its_bytes(void **state)
{
    (void)state;
    struct wd_options opts;
    wd_options_init(&opts);
    struct wd_article *art = article_with_id("", &opts);
    assert_int_equal(wd_uri_assign(art), WD_OK);
    /* The example of RFC 6920, section 8.1. */
    assert_str(art->facts.meta.uri,
               "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
    wd_article_free(art);
}

/* The bound is on the uri, so an id that needs encoding reaches it sooner. */
static void uri_limit_holds_to_the_byte(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int status;
    } limits[] = {
        {"http://1234567890123", WD_OK},
        {"http://12345678901234", WD_ELIMIT},
        {"x y", WD_ELIMIT},
        {"wxyz", WD_OK},
        {"vwxyz", WD_ELIMIT},
    };
    struct wd_options opts;
    wd_options_init(&opts);
    opts.limits.uri_bytes = 20;
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        struct wd_article *art = article_with_id(limits[i].id, &opts);
        assert_int_equal(wd_uri_assign(art), limits[i].status);
        wd_article_free(art);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_become_uris),
        cmocka_unit_test(article_without_id_is_named_after_its_bytes),
        cmocka_unit_test(uri_limit_holds_to_the_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
