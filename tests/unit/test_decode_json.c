/* test_decode_json.c -- envelopes, ninjs and CloudEvents: what they come to, and why they
 * are refused.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdlib.h>

#include "../support/decode_one.h"

static struct wd_options opts;

#define META(member) offsetof(struct wd_meta, member)
#define RAW          ((size_t)-1)

/* What is expected of one fact. */
static const struct fact_row {
    const char *json;
    size_t member;
    const char *want;
} fact_rows[] = {
    {"{\"body\":\"Text.\"}", RAW, "Text."},
    {"{\"body\":\"Text.\"}", META(format), "json"},
    {"{\"text\":\"a\\r\\nb\\u00e9\\ud83d\\uddde\\n\"}", RAW,
     "a\r\nb\xc3\xa9\xf0\x9f\x97\x9e\n"},
    {"{\"content\":\"T\"}", RAW, "T"},
    {"{\"body_text\":\"T\"}", RAW, "T"},
    {"{\"body\":null,\"text\":\" \",\"content\":\"third\"}", RAW, "third"},
    {"{\"body_html\":\"<p>a</p><p>b</p>\"}", RAW, "a\n\nb"},
    {"{\"body_html\":\"no tags &amp; one line\\nmore\"}", RAW, "no tags & one line more"},
    {"{\"body\":\"<p>a</p><p>b</p>\"}", RAW, "a\n\nb"},
    {"{\"body\":\"a &quot;b&quot;\\nc\"}", RAW, "a \"b\"\nc"},
    {"{\"body\":\"x < y\",\"body_html\":\"<p>z</p>\"}", RAW, "x < y"},
    {"{\"title\":\"T\"}", RAW, ""}, /* a flash */
    {"{\"title\":\"T\",\"body\":\" \"}", RAW, ""},

    {"{\"body\":\"b\",\"title\":\" A\\n  \\u00a0head  line \"}", META(headline),
     "A head line"},
    {"{\"body\":\"b\",\"title\":\"t\",\"headline\":\"h\"}", META(headline), "h"},
    {"{\"body\":\"b\",\"title\":\"<b>Q&amp;A</b>\"}", META(headline), "Q&A"},
    {"{\"body\":\"b\",\"title\":\"Q&#038;A\"}", META(headline), "Q&A"},

    {"{\"body\":\"b\",\"id\":\"http://a.example/1\"}", META(uri), "http://a.example/1"},
    {"{\"body\":\"b\",\"guid\":\"g 1\"}", META(uri), "urn:wiredesk:id:g%201"},
    {"{\"body\":\"b\",\"guid\":\"g 1\"}", META(id), "g 1"},
    {"{\"body\":\"b\",\"uri\":\"\",\"id\":7}", META(id), "7"},
    {"{\"body\":\"b\",\"id\":9007199254740993}", META(id), "9007199254740993"},
    {"{\"body\":\"b\",\"id\":-9223372036854775808}", META(id), "-9223372036854775808"},
    {"{\"body\":\"b\",\"id\":0.1}", META(id), "0.1"},
    {"{\"body\":\"b\",\"id\":0.30000000000000004}", META(id), "0.30000000000000004"},
    {"{\"body\":\"b\",\"version\":3}", META(version), "3"},
    {"{\"body\":\"b\",\"version\":\"v3\"}", META(version), "v3"},

    {"{\"body\":\"b\",\"author\":\"A. Writer\"}", META(byline), "A. Writer"},
    {"{\"body\":\"b\",\"author\":[\"A\",\"B\"]}", META(byline), "A, B"},
    {"{\"body\":\"b\",\"author\":{\"name\":\"A\"}}", META(byline), "A"},
    {"{\"body\":\"b\",\"author\":[{\"name\":\"A\"},null,{\"x\":1},\"B\"]}", META(byline),
     "A, B"},
    {"{\"body\":\"b\",\"author\":[],\"authors\":[{\"name\":\"C\"}]}", META(byline), "C"},
    {"{\"body\":\"b\",\"source\":{\"id\":null,\"name\":\"Wire\"}}", META(source), "Wire"},
    {"{\"body\":\"b\",\"publisher\":\"Wire\"}", META(source), "Wire"},

    {"{\"body\":\"b\",\"date\":\"Feb 12, 2025\"}", META(published),
     "2025-02-12T00:00:00Z"},
    {"{\"body\":\"b\",\"published_at\":1739443020}", META(published),
     "2025-02-13T10:37:00Z"},
    {"{\"body\":\"b\",\"published_at\":1739443020.25}", META(published),
     "2025-02-13T10:37:00Z"},
    {"{\"body\":\"b\",\"published\":\"last week\",\"date\":\"2025-02-13\"}",
     META(published), "2025-02-13T00:00:00Z"},
    {"{\"body\":\"b\",\"published\":\"last week\"}", META(published), ""},
    {"{\"body\":\"b\",\"updated_at\":\"2025-02-13T10:37:00+02:00\"}", META(updated),
     "2025-02-13T10:37:00+02:00"},

    {"{\"body\":\"b\",\"embargoed_until\":\"2025-02-13T18:00:00+02:00\"}",
     META(embargoed), "2025-02-13T18:00:00+02:00"},
    {"{\"uri\":\"a:1\",\"bodies\":[],\"headlines\":[{\"value\":\"H\"}],"
     "\"embargoedUntil\":\"2025-02-13T18:00:00Z\"}",
     META(embargoed), "2025-02-13T18:00:00Z"},

    {"{\"body\":\"b\",\"url\":\"https://a.example/\\u00e9\"}", META(url),
     "https://a.example/%C3%A9"},
    {"{\"body\":\"b\",\"url\":\"/relative\"}", META(url), ""},
    {"{\"body\":\"b\",\"language\":\"en_US\"}", META(language), "en-US"},
    {"{\"body\":\"b\",\"lang\":\"zh-Hant-TW\"}", META(language), "zh-Hant-TW"},
    {"{\"body\":\"b\",\"lang\":\"English\"}", META(language), ""},
    {"{\"body\":\"b\",\"lang\":\"e\"}", META(language), ""},
    {"{\"body\":\"b\",\"lang\":\"en-\"}", META(language), ""},
    {"{\"body\":\"b\",\"status\":\"Cancelled\"}", META(pubstatus), "canceled"},
    {"{\"body\":\"b\",\"pubstatus\":\"stat:withheld\"}", META(pubstatus), "withheld"},
    {"{\"body\":\"b\",\"status\":\"draft-7\"}", META(pubstatus), ""},
    {"{\"body\":\"b\",\"copyright\":\"(c) X\"}", META(copyright), "(c) X"},
    {"{\"pubstatus\":\"canceled\",\"uri\":\"a:b\"}", RAW, ""},
    {"{\"pubstatus\":\"canceled\",\"id\":\"42\"}", META(uri), "urn:wiredesk:id:42"},

    /* ninjs 1 */
    {"{\"uri\":\"a:1\",\"versioncreated\":\"2013-07-09T10:37:00Z\",\"headline\":\"H\","
     "\"body_text\":\"<T>\",\"body_html\":\"<p>x</p>\"}",
     RAW, "<T>"},
    {"{\"uri\":\"a:1\",\"pubstatus\":\"usable\",\"body_xhtml\":\"<p>x</p>\"}", RAW, "x"},
    {"{\"uri\":\"a:1\",\"pubstatus\":\"usable\",\"body_xhtml\":\"<p>x</p>\"}",
     META(format), "ninjs"},
    {"{\"uri\":\"a:1\",\"pubstatus\":\"canceled\"}", META(pubstatus), "canceled"},
    {"{\"uri\":\"a:1\",\"pubstatus\":\"usable\",\"body_text\":\"b\",\"infosource\":"
     "[{\"name\":\"One\"},{\"name\":\"Two\"}]}",
     META(source), "One, Two"},
    /* ninjs 2 and 3 */
    {"{\"uri\":\"a:1\",\"headlines\":[{\"role\":\"sub\",\"value\":\"S\"},{\"role\":"
     "\"main\",\"value\":\"M\"}],\"bodies\":[{\"value\":\"b\"}]}",
     META(headline), "M"},
    {"{\"uri\":\"a:1\",\"headlines\":[{\"role\":\"sub\",\"value\":\"S\"},{\"value\":"
     "\"N\"}],\"bodies\":[{\"value\":\"b\"}]}",
     META(headline), "N"},
    {"{\"uri\":\"a:1\",\"headlines\":[{\"role\":\"sub\",\"value\":\"S\"}]}",
     META(headline), "S"},
    {"{\"uri\":\"a:1\",\"bodies\":[{\"contenttype\":\"text/html\",\"value\":\"<p>h\"},"
     "{\"contenttype\":\"text/plain\",\"value\":\"<p>t\"}]}",
     RAW, "<p>t"},
    {"{\"uri\":\"a:1\",\"bodies\":[{\"role\":\"main\",\"contentType\":\"text/html\","
     "\"value\":\"<p>m</p>\"},{\"role\":\"teaser\",\"contentType\":\"text/html\","
     "\"value\":\"<p>t</p>\"}]}",
     RAW, "m"},
    {"{\"uri\":\"a:1\",\"bodies\":[{\"value\":\" \"},{\"role\":\"html\",\"value\":"
     "\"<p>h</p>\"}]}",
     RAW, "h"},
    {"{\"uri\":\"a:1\",\"pubStatus\":\"usable\",\"by\":\"A, B\",\"body_text\":\"b\"}",
     META(byline), "A, B"},
    {"{\"uri\":\"a:1\",\"contentCreated\":\"2025-02-01T00:00:00Z\",\"versionCreated\":"
     "\"2025-02-02T00:00:00Z\",\"body_text\":\"b\"}",
     META(published), "2025-02-01T00:00:00Z"},
    {"{\"uri\":\"a:1\",\"contentCreated\":\"2025-02-01T00:00:00Z\",\"versionCreated\":"
     "\"2025-02-02T00:00:00Z\",\"body_text\":\"b\"}",
     META(updated), "2025-02-02T00:00:00Z"},
    {"{\"uri\":\"a:1\",\"bodies\":[{\"value\":\"b\"}],\"copyrightHolder\":\"H\"}",
     META(copyright), "H"},

    {"{\"uri\":\"a:1\",\"pubStatus\":\"usable\",\"descriptions\":[{\"value\":\"d\"}]}",
     RAW, "d"},
    {"{\"uri\":\"a:1\",\"bodies\":[{\"value\":\"b\"}],\"descriptions\":[{\"value\":"
     "\"d\"}]}",
     RAW, "b"},

    /* CloudEvents, structured */
    {"{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/s\",\"type\":\"t\",\"data\":"
     "{\"id\":\"a:9\",\"body\":\"b\"}}",
     META(uri), "a:9"},
    {"{\"specversion\":\"1.0\",\"data\":{\"uri\":\"a:9\",\"bodies\":[{\"value\":\"b\"}]}"
     "}",
     META(format), "ninjs"},
};

static void members_become_facts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(fact_rows) / sizeof(fact_rows[0]); i++) {
        const struct fact_row *row = &fact_rows[i];
        struct wd_article *art = decode_one(wd_str_from(row->json), NULL, &opts);
        if (art->error.status != WD_OK)
            print_error("%s: %s\n", row->json, art->error.message);
        assert_int_equal(art->error.status, WD_OK);
        assert_non_null(art->facts.raw.data);
        const char *meta = (const char *)&art->facts.meta;
        struct wd_str got = art->facts.raw;
        if (row->member != RAW)
            memcpy(&got, meta + row->member, sizeof(got));
        assert_str(got, row->want);
        wd_article_free(art);
    }
}

static const struct refusal_row {
    struct wd_str json;
    const char *status;
    size_t offset;
    const char *word; /* that the message must have */
} refusal_rows[] = {
    {WD_STR("{\"body\":\"a\",\"body\":\"b\"}"), "json-duplicate-key", 18, "body"},
    {WD_STR("{\"x\":{\"a\":1,\"a\":2},\"body\":\"b\"}"), "json-duplicate-key", 15, "a"},
    {WD_STR("{\"body\":\"\\ud800\"}"), "json-surrogate", 9, "ud800"},
    {WD_STR("{\"body\":\"\\udc00\"}"), "json-surrogate", 9, "udc00"},
    {WD_STR("{\"body\":\"\\ud83d\\u0041\"}"), "json-surrogate", 9, "ud83d"},
    {WD_STR("{\"body\":\"\\ud83d\\ud83d\\uddde\"}"), "json-surrogate", 9, "ud83d"},
    {WD_STR("{\"body\":\"a\\u0000b\"}"), "nul-byte", 10, "u0000"},
    {WD_STR("{\"body\":\"a\0b\"}"), "nul-byte", 10, "NUL"},
    {WD_STR("{\"body\":\"\xc3\x28\"}"), "invalid-utf8", 9, "0xc3"},
    {WD_STR("{\"id\":1e999,\"body\":\"b\"}"), "json-number", 11, "number"},
    {WD_STR("{\"id\":9223372036854775808,\"body\":\"b\"}"), "json-number", 25, "number"},
    {WD_STR("{\"body\":\"b\""), "json-syntax", 11, "early"},
    {WD_STR("{\"body\":\"b"), "json-syntax", 10, "early"},
    {WD_STR("{\"body\":\"b\"} {}"), "json-syntax", WD_NO_OFFSET, "follows"},
    {WD_STR("{\"body\":\"a\nb\"}"), "json-syntax", WD_NO_OFFSET, "line 1"},
    {WD_STR("{\"body\":\"a\\qb\"}"), "json-syntax", WD_NO_OFFSET, "line 1"},
    {WD_STR("{\"body\":\"\\u12g4\"}"), "json-syntax", WD_NO_OFFSET, "line 1"},
    {WD_STR("{\"body\" \"b\"}"), "json-syntax", WD_NO_OFFSET, "line 1"},
    {WD_STR("{\"body\":b}"), "json-syntax", WD_NO_OFFSET, "line 1"},
    {WD_STR("{}"), "no-text", WD_NO_OFFSET, "neither"},
    {WD_STR("{\"body\":\"\"}"), "no-text", WD_NO_OFFSET, "neither"},
    {WD_STR("{\"body\":null,\"title\":\" \"}"), "no-text", WD_NO_OFFSET, "neither"},
    {WD_STR("{\"body\":\" \\u00a0\\n\"}"), "blank", WD_NO_OFFSET, "white space"},
    {WD_STR("{\"body\":\"<p>&nbsp;</p>\"}"), "blank", WD_NO_OFFSET, "white space"},
    {WD_STR("{\"uri\":\"a:1\",\"bodies\":[{\"value\":\" \"}]}"), "blank", WD_NO_OFFSET,
     "white space"},
    {WD_STR("{\"body\":42}"), "field-type", WD_NO_OFFSET, "\"body\" is a number"},
    {WD_STR("{\"body\":[\"a\",7]}"), "field-type", WD_NO_OFFSET, "\"body\" is a number"},
    {WD_STR("{\"body\":{\"x\":\"a\"}}"), "field-type", WD_NO_OFFSET,
     "\"body\" is an object"},
    {WD_STR("{\"title\":true,\"body\":\"b\"}"), "field-type", WD_NO_OFFSET, "\"title\""},
    {WD_STR("{\"id\":{},\"body\":\"b\"}"), "field-type", WD_NO_OFFSET, "\"id\""},
    {WD_STR("{\"author\":true,\"body\":\"b\"}"), "field-type", WD_NO_OFFSET,
     "\"author\""},
    {WD_STR("{\"author\":[true],\"body\":\"b\"}"), "field-type", WD_NO_OFFSET,
     "\"author\""},
    {WD_STR("{\"author\":{\"name\":1.5},\"body\":\"b\"}"), "field-type", WD_NO_OFFSET,
     "\"author\""},
    {WD_STR("{\"date\":false,\"body\":\"b\"}"), "field-type", WD_NO_OFFSET, "\"date\""},
    {WD_STR("{\"uri\":\"a:1\",\"bodies\":{}}"), "field-type", WD_NO_OFFSET, "\"bodies\""},
    {WD_STR("{\"uri\":\"a:1\",\"bodies\":[{\"value\":1}]}"), "field-type", WD_NO_OFFSET,
     "\"bodies\""},
    {WD_STR("[{\"body\":\"b\"}]"), "field-type", WD_NO_OFFSET, "an array"},
    {WD_STR("{\"specversion\":\"1.0\",\"data\":[\"x\"]}"), "field-type", WD_NO_OFFSET,
     "an array"},
    {WD_STR("{\"specversion\":\"1.0\",\"data_base64\":\"e!==\"}"), "field-type",
     WD_NO_OFFSET, "data_base64"},
    {WD_STR("{\"specversion\":\"1.0\",\"data_base64\":\"\"}"), "empty", WD_NO_OFFSET,
     "data_base64"},
    {WD_STR("{\"specversion\":\"1.0\",\"datacontenttype\":\"application/json\",\"data\":"
            "\"{\\\"specversion\\\":\\\"1.0\\\",\\\"data\\\":\\\"x\\\"}\"}"),
     "content-type", WD_NO_OFFSET, "within an event"},
};

static void bad_json_is_refused_and_the_place_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(refusal_rows) / sizeof(refusal_rows[0]); i++) {
        const struct refusal_row *row = &refusal_rows[i];
        struct wd_article *art = decode_one(row->json, NULL, &opts);
        if (!strstr(art->error.message, row->word))
            print_error("%s: %s\n", row->json.data, art->error.message);
        assert_string_equal(wd_status_name(art->error.status), row->status);
        assert_non_null(strstr(art->error.message, row->word));
        if (row->offset != WD_NO_OFFSET)
            assert_int_equal(art->error.offset, row->offset);
        if (art->error.status == WD_EJSON)
            assert_true(art->error.offset <= row->json.size);
        wd_article_free(art);
    }
}

static void scalar_as_a_record_is_refused(void **state)
{
    (void)state;
    static const char *const scalars[] = {"42", "\"text\"", "null", "true"};
    for (size_t i = 0; i < sizeof(scalars) / sizeof(scalars[0]); i++) {
        struct wd_article *art =
            decode_one(wd_str_from(scalars[i]), "application/json", &opts);
        assert_int_equal(art->error.status, WD_ETYPE);
        wd_article_free(art);
    }
}

/* An object that holds arrays, `depth` levels in all, closed again when `is_closed`. */
static int status_at_depth(size_t depth, bool is_closed)
{
    static const char start[] = "{\"title\":\"t\",\"x\":";
    size_t size = sizeof(start) - 1, n_arrays = depth - 1;
    char *json = malloc(size + 2 * n_arrays + 1);
    assert_non_null(json);
    memcpy(json, start, size);
    memset(json + size, '[', n_arrays);
    size += n_arrays;
    if (is_closed) {
        memset(json + size, ']', n_arrays);
        size += n_arrays;
        json[size++] = '}';
    }
    struct wd_article *art = decode_one((struct wd_str){json, size}, NULL, &opts);
    int status = art->error.status;
    wd_article_free(art);
    free(json);
    return status;
}

static void depth_limit_holds_to_the_level(void **state)
{
    (void)state;
    assert_int_equal(status_at_depth(64, true), WD_OK);
    assert_int_equal(status_at_depth(65, true), WD_EDEPTH);
    assert_int_equal(status_at_depth(500 * 1000, false), WD_EDEPTH);
}

static void brackets_in_strings_are_not_nesting(void **state)
{
    (void)state;
    char json[256];
    memset(json, '[', sizeof(json));
    memcpy(json, "{\"body\":\"\\\"", 11);
    memcpy(json + sizeof(json) - 2, "\"}", 2);
    struct wd_article *art = decode_one((struct wd_str){json, sizeof(json)}, NULL, &opts);
    assert_int_equal(art->error.status, WD_OK);
    wd_article_free(art);
}

static const struct sniff_row {
    const char *bytes;
    const char *format; /* or the name of the status */
} sniff_rows[] = {
    {"{\"body\":\"b\"}", "json"},
    {"\xef\xbb\xbf \n{ \"body\":\"b\"}\n", "json"},
    {"{\"uri\":\"a:1\",\"pubstatus\":\"usable\",\"body_text\":\"b\"}", "ninjs"},
    {"{\"body", "json-syntax"},
    {"{Photo: A. Lens} Words.", "text"},
    {"{ and so on", "text"},
    {"[UPDATED] Words.", "text"},
    {"[](x) Words.", "text"},
    {"<!DOCTYPE html><p>Words.", "html"},
    {"<div>Words.</div>", "html"},
    {"<h1>Words.</h1>", "html"},
    {"<3 words", "text"},
    {"<desk@example.com> wrote", "text"},
    {"<?xml version=\"1.0\"?><nitf/>", "no-text"},
    {"<?xml version=\"1.0\"?><svg/>", "content-type"},
    {"<!-- x --><nitf><body><p>Words.</p></body></nitf>", "nitf"},
    {"<item><title>Words.</title></item>", "rss"},
    {"<entry><title>Words.</title></entry>", "atom"},
    {"<?xml version=\"1.0\"?><html><p>Words.</p></html>", "html"},
    {"<words>Words.</words>", "text"},
    {"Words with <b>bold</b> ones.", "text"},
};

static void bytes_without_a_type_are_sniffed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(sniff_rows) / sizeof(sniff_rows[0]); i++) {
        struct wd_article *art =
            decode_one(wd_str_from(sniff_rows[i].bytes), NULL, &opts);
        if (art->error.status == WD_OK)
            assert_str(art->facts.meta.format, sniff_rows[i].format);
        else
            assert_string_equal(wd_status_name(art->error.status), sniff_rows[i].format);
        wd_article_free(art);
    }
}

static void forced_format_wins_over_the_type(void **state)
{
    (void)state;
    struct wd_options forced = opts;
    struct wd_str json = WD_STR("{\"body\":\"b\"}");

    forced.format = WD_FORMAT_TEXT;
    struct wd_article *art = decode_one(json, "application/json", &forced);
    assert_str(art->facts.raw, "{\"body\":\"b\"}");
    wd_article_free(art);

    forced.format = WD_FORMAT_JSON;
    art = decode_one(json, "image/jpeg", &forced);
    assert_str(art->facts.raw, "b");
    wd_article_free(art);

    forced.format = WD_FORMAT_NINJS;
    art =
        decode_one(WD_STR("{\"uri\":\"a:1\",\"headline\":\"h\"}"), "text/plain", &forced);
    assert_str(art->facts.meta.format, "ninjs");
    assert_str(art->facts.meta.headline, "h");
    wd_article_free(art);

    forced.format = WD_FORMAT_HTML;
    art = decode_one(WD_STR("a <b>b</b> &lt;c"), "text/plain", &forced);
    assert_str(art->facts.meta.format, "html");
    assert_str(art->facts.raw, "a b <c");
    wd_article_free(art);

    forced.format = WD_FORMAT_XML;
    art = decode_one(WD_STR("<item><title>h</title><description>b</description></item>"),
                     "text/plain", &forced);
    assert_str(art->facts.meta.format, "rss");
    assert_str(art->facts.raw, "b");
    wd_article_free(art);
}

int main(void)
{
    wd_options_init(&opts);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_become_facts),
        cmocka_unit_test(bad_json_is_refused_and_the_place_told),
        cmocka_unit_test(scalar_as_a_record_is_refused),
        cmocka_unit_test(depth_limit_holds_to_the_level),
        cmocka_unit_test(brackets_in_strings_are_not_nesting),
        cmocka_unit_test(bytes_without_a_type_are_sniffed),
        cmocka_unit_test(forced_format_wins_over_the_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
