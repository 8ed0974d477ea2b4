/* test_view.c -- the block that stands for an article.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view.h"

static char *text;
static size_t text_size;

static void open_view(struct view *view)
{
    FILE *out = open_memstream(&text, &text_size);
    assert_non_null(out);
    view_init(view, out);
    view->term.width = 60;
}

static void show(struct view *view, const char *json)
{
    json_t *article = json_loads(json, 0, NULL);
    assert_non_null(article);
    view_article(view, article);
    json_decref(article);
}

static void expect(struct view *view, const char *want)
{
    assert_int_equal(fclose(view->term.out), 0);
    assert_string_equal(text, want);
    view_done(view);
    free(text);
}

#define SOURCE "\"source\":{\"topic\":\"news.raw\",\"partition\":0,\"offset\":7}"
#define COUNTS "\"sentences\":[[0,4],[5,9]],\"tokens\":{\"count\":31}"

static void article_is_told_in_a_fixed_order(void **state)
{
    (void)state;
    struct view view;
    open_view(&view);
    show(&view,
         "{\"uri\":\"urn:a\",\"language\":\"en\",\"headlines\":[{\"value\":\"Tunnel "
         "opens\"}],"
         "\"wiredesk\":{" SOURCE "," COUNTS ",\"entities\":["
         "{\"label\":\"place\",\"name\":\"Oslo\",\"count\":1},"
         "{\"label\":\"person\",\"name\":\"Ida Vik\",\"count\":1},"
         "{\"label\":\"person\",\"name\":\"Ola Berg\",\"count\":3},"
         "{\"label\":\"person\",\"name\":\"Per Dal\",\"count\":1}],"
         "\"dedup\":{\"verdict\":\"unique\"},\"story\":{\"id\":\"s01\",\"size\":1},"
         "\"furniture\":[{\"kind\":\"byline\"},{\"kind\":\"credit\"}]}}");
    expect(&view, "  1  Tunnel opens                                         en\n"
                  "  text           2 sentences, 31 tokens, from news.raw/0:7\n"
                  "  people         Ola Berg ×3, Ida Vik, Per Dal\n"
                  "  places         Oslo\n"
                  "  verdict        unique\n"
                  "  story          opens s01\n"
                  "  taken out      byline, credit\n\n");
}

static void duplicate_names_what_it_repeats(void **state)
{
    (void)state;
    static const struct {
        const char *dedup, *want;
    } rows[] = {
        {"{\"verdict\":\"exact\",\"of\":\"urn:a\"}",
         "  verdict        exact: the same text as “Tunnel opens”\n"},
        {"{\"verdict\":\"near\",\"of\":\"urn:a\",\"containment\":0.9421,\"contained\":0."
         "9}",
         "  verdict        near: 94 % of it repeats “Tunnel opens”\n"},
        {"{\"verdict\":\"near\",\"of\":\"urn:a\",\"containment\":0.9996,\"contained\":0."
         "9}",
         "  verdict        near: 99 % of it repeats “Tunnel opens”\n"},
        {"{\"verdict\":\"syndicated\",\"of\":\"urn:a\",\"containment\":1,\"contained\":0."
         "4}",
         "  verdict        syndicated: 100 % of it repeats “Tunnel\n"
         "                 opens”\n"},
        {"{\"verdict\":\"syndicated\",\"of\":\"urn:a\",\"containment\":0.4,\"contained\":"
         "0.99}",
         "  verdict        syndicated: longer; holds 99 % of “Tunnel\n"
         "                 opens”\n"},
        {"{\"verdict\":\"update\",\"of\":\"urn:a\",\"contained\":0.5}",
         "  verdict        update: a newer version, repeating 50 % of\n"
         "                 “Tunnel opens”\n"},
        {"{\"verdict\":\"exact\",\"of\":\"urn:unseen\"}",
         "  verdict        exact: the same text as urn:unseen\n"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct view view;
        char json[512];
        open_view(&view);
        show(&view, "{\"uri\":\"urn:a\",\"headlines\":[{\"value\":\"Tunnel opens\"}]}");
        (void)snprintf(json, sizeof(json),
                       "{\"uri\":\"urn:b\",\"wiredesk\":{\"dedup\":%s}}", rows[i].dedup);
        show(&view, json);
        (void)fflush(view.term.out);
        assert_non_null(strstr(text, rows[i].want));
        assert_int_equal(fclose(view.term.out), 0);
        view_done(&view);
        free(text);
    }
}

static void long_list_says_how_many_more(void **state)
{
    (void)state;
    struct view view;
    open_view(&view);
    json_t *entities = json_array();
    for (int i = 0; i < 15; i++) {
        char name[16];
        (void)snprintf(name, sizeof(name), "N%d", i);
        json_array_append_new(entities, json_pack("{s:s,s:s,s:i}", "label", "group",
                                                  "name", name, "count", i % 2 + 1));
    }
    json_t *article = json_pack("{s:{s:o}}", "wiredesk", "entities", entities);
    view_article(&view, article);
    json_decref(article);
    (void)fflush(view.term.out);
    assert_non_null(strstr(text, "N1 ×2, N3 ×2, N5 ×2, N7 ×2, N9 ×2, N11 ×2,\n"));
    assert_non_null(strstr(text, "N13 ×2, N0, N2, N4, N6, N8, and 3 more\n"));
    assert_int_equal(fclose(view.term.out), 0);
    view_done(&view);
    free(text);
}

static void text_stands_in_for_a_missing_headline(void **state)
{
    (void)state;
    static const struct {
        const char *json, *headline;
        bool is_headline;
    } rows[] = {
        {"{\"headlines\":[{\"value\":\"A\"}],\"bodies\":[{\"value\":\"B\"}]}", "A", true},
        {"{\"headline\":\"A\",\"body_text\":\"B\"}", "A", true}, /* ninjs 1 */
        {"{\"bodies\":[{\"value\":\"First.\\nSecond.\"}]}", "First.", false},
        {"{\"body_text\":\"First.\"}", "First.", false},
        {"{}", "", false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        json_t *article = json_loads(rows[i].json, 0, NULL);
        bool is_headline;
        struct wd_str headline = view_headline(article, &is_headline);
        assert_int_equal(headline.size, strlen(rows[i].headline));
        assert_memory_equal(headline.data ? headline.data : "", rows[i].headline,
                            headline.size);
        assert_int_equal(is_headline, rows[i].is_headline);
        json_decref(article);
    }
}

static void anything_may_be_missing_or_of_another_type(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "{}",
        "{\"wiredesk\":7,\"headlines\":\"x\",\"bodies\":{},\"uri\":[]}",
        "{\"wiredesk\":{\"entities\":[1,{\"label\":\"person\"},{\"label\":3}],"
        "\"dedup\":{\"verdict\":\"odd\",\"of\":3},\"story\":[],\"furniture\":[1,{}],"
        "\"source\":null,\"tokens\":[]}}",
        "{\"wiredesk\":{\"dedup\":{\"verdict\":\"near\"}}}",
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct view view;
        open_view(&view);
        show(&view, rows[i]);
        assert_int_equal(fclose(view.term.out), 0);
        assert_true(text_size > 0);
        view_done(&view);
        free(text);
    }
}

static void rejected_record_says_why(void **state)
{
    (void)state;
    struct view view;
    open_view(&view);
    view_reject(&view, "a.txt (news.raw/0:3)", "invalid-utf8", "bad byte at 17");
    expect(&view, "  1  a.txt (news.raw/0:3)\n"
                  "  rejected       invalid-utf8: bad byte at 17\n\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(article_is_told_in_a_fixed_order),
        cmocka_unit_test(duplicate_names_what_it_repeats),
        cmocka_unit_test(long_list_says_how_many_more),
        cmocka_unit_test(text_stands_in_for_a_missing_headline),
        cmocka_unit_test(anything_may_be_missing_or_of_another_type),
        cmocka_unit_test(rejected_record_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
