/* test_tag.c -- names are found, told apart, and joined within the article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each row is a text and the entities that a reader would mark in it, in order of first
 * mention: label:name(number of mentions). Own sentences, with the real gazetteer. */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <string.h>

#include "wiredesk/buf.h"
#include "wiredesk/pipeline.h"

struct row {
    const char *text;
    const char *want;
};

static struct wd_pipeline *pl;
static struct wd_article *art;

static int set_up(void **state)
{
    (void)state;
    struct wd_options opts;
    struct wd_error err;
    wd_options_init(&opts);
    opts.data_dir = WD_DATA_DIR;
    opts.clean = false;
    opts.format = WD_FORMAT_TEXT;
    art = wd_article_new();
    if (wd_pipeline_open(&opts, &pl, &err) < 0) {
        fprintf(stderr, "%s\n", err.message);
        return -1;
    }
    return art ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    wd_pipeline_close(pl);
    wd_article_free(art);
    return 0;
}

static const struct wd_facts *run(const char *text)
{
    struct wd_record record = {
        .value = wd_str_from(text), .partition = WD_NO_PARTITION, .timestamp_ms = -1};
    wd_article_begin(art, &record);
    assert_int_equal(wd_pipeline_run(pl, art), WD_OK);
    return wd_article_facts(art);
}

/* "p:Jane Doe(2); l:Paris(1)": p, o, l, e, g for the label. */
static void list_entities(const struct wd_facts *facts, struct wd_buf *buf)
{
    for (size_t i = 0; i < facts->n_entities; i++) {
        const struct wd_entity *entity = &facts->entities[i];
        char count[16];
        (void)snprintf(count, sizeof(count), "(%u)", entity->n_mentions);
        wd_buf_append_z(buf, i ? "; " : "");
        wd_buf_append_char(buf, "poleg"[entity->label]);
        wd_buf_append_char(buf, ':');
        wd_buf_append_str(buf, entity->name);
        wd_buf_append_z(buf, count);
    }
    wd_buf_append_char(buf, '\0');
}

static void check_rows(const struct row *rows, size_t n_rows)
{
    for (size_t i = 0; i < n_rows; i++) {
        struct wd_buf got;
        wd_buf_init(&got, 1 << 16);
        list_entities(run(rows[i].text), &got);
        if (strcmp(got.data, rows[i].want) != 0)
            fail_msg("%s\nwant %s\n got %s", rows[i].text, rows[i].want, got.data);
        wd_buf_done(&got);
    }
}

#define CHECK_ROWS(rows) check_rows((rows), sizeof(rows) / sizeof((rows)[0]))

static const struct row basic[] = {
    {"Pete Hegseth met John Healey in Brussels on Wednesday.",
     "p:Pete Hegseth(1); p:John Healey(1); l:Brussels(1)"},
    {"The ministers of Germany and France spoke at the United Nations.",
     "l:Germany(1); l:France(1); o:United Nations(1)"},
    {"Officials in Washington, D.C., said the World Health Organization was informed.",
     "l:Washington, D.C.(1); o:World Health Organization(1)"},
    {"She studied at the University of Toronto before joining Siemens AG.",
     "o:University of Toronto(1); o:Siemens AG(1)"},
};

static void names_of_each_kind_are_found(void **state)
{
    (void)state;
    CHECK_ROWS(basic);
}

static const struct row joined[] = {
    {"Defense Secretary Pete Hegseth spoke first. Then Mr. Hegseth left; nobody had seen "
     "Hegseth\xe2\x80\x99s notes.",
     "p:Pete Hegseth(3)"},
    {"It was the first meeting of the Ukraine Defense Contact Group (UDCG). The UDCG "
     "meets "
     "again in May.",
     "o:Ukraine Defense Contact Group(3)"},
    {"The U.S. has paid its dues, and the United States will pay again.",
     "l:United States(2)"},
};

static void names_are_joined_within_the_article(void **state)
{
    (void)state;
    CHECK_ROWS(joined);
}

static const struct row nothing[] = {
    {"On Monday it rained, and in March it will rain again.", ""},
    {"However, nothing was said. Several people left early. Will they return?", ""},
    {"The target was missed. Apple trees grow here, and turkey is eaten in May.", ""},
};

static void ordinary_words_are_not_tagged(void **state)
{
    (void)state;
    CHECK_ROWS(nothing);
}

static void spans_lie_on_words_and_point_to_entities(void **state)
{
    (void)state;
    const struct wd_facts *facts =
        run("Camille Grand spoke. \xe2\x80\x9cWe agree,\xe2\x80\x9d Grand\xe2\x80\x99s "
            "aide said.");
    assert_int_equal(facts->n_mentions, 2);
    assert_int_equal(facts->n_entities, 1);
    assert_int_equal(facts->mentions[1].entity, 0);
    struct wd_str word = wd_span_of(facts->text, facts->mentions[1].span);
    assert_true(wd_str_equal(word, WD_STR("Grand")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_each_kind_are_found),
        cmocka_unit_test(names_are_joined_within_the_article),
        cmocka_unit_test(ordinary_words_are_not_tagged),
        cmocka_unit_test(spans_lie_on_words_and_point_to_entities),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
