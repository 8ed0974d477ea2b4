/* test_tag_own.c -- the user's lists outrank the tagger, and bad ones are refused.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wiredesk/gazetteer.h"
#include "wiredesk/pipeline.h"

static char folder[] = "/tmp/wiredesk-own-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void write_list(const char *name, struct wd_str bytes, char path[128])
{
    (void)snprintf(path, 128, "%s/%s", folder, name);
    FILE *file = fopen(path, "wbe");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
}

static int open_with(const char *paths, struct wd_pipeline **ret_pl, struct wd_error *err)
{
    struct wd_options opts;
    memset(err, 'x', sizeof(*err)); /* as a caller's stack may be, without an end */
    wd_options_init(&opts);
    opts.data_dir = WD_DATA_DIR;
    opts.gazetteers = paths;
    opts.clean = false;
    opts.format = WD_FORMAT_TEXT;
    return wd_pipeline_open(&opts, ret_pl, err);
}

/* "organisation Desk Nine <urn:9> x2", one entity a line. */
static void list(const struct wd_facts *facts, char *text, size_t size)
{
    static const char *const labels[] = {"person", "organisation", "place", "event",
                                         "group"};
    size_t n = 0;
    text[0] = '\0';
    for (size_t i = 0; i < facts->n_entities && n < size; i++) {
        const struct wd_entity *entity = &facts->entities[i];
        n += (size_t)snprintf(text + n, size - n, "%s %.*s <%.*s> x%u\n",
                              labels[entity->label], (int)entity->name.size,
                              entity->name.data, (int)entity->uri.size, entity->uri.data,
                              entity->n_mentions);
    }
}

static void check(const char *paths, const char *text, const char *want)
{
    struct wd_pipeline *pl;
    struct wd_error err;
    char got[1024];
    if (open_with(paths, &pl, &err) < 0)
        fail_msg("%s", err.message);
    struct wd_article *art = wd_article_new();
    const struct wd_record record = {
        .value = wd_str_from(text), .partition = WD_NO_PARTITION, .timestamp_ms = -1};
    wd_article_begin(art, &record);
    assert_int_equal(wd_pipeline_run(pl, art), WD_OK);
    list(wd_article_facts(art), got, sizeof(got));
    assert_string_equal(got, want);
    wd_article_free(art);
    wd_pipeline_close(pl);
}

#define THESAURUS                                                                        \
    "# our own\n"                                                                        \
    "Desk Nine\torganisation\turn:desk:9\t90\tNinth Desk|DN\n"                           \
    "Berlin\tplace\turn:place:berlin\t80\n"                                              \
    "Grey Matter\tevent\turn:event:7\t60\n"                                              \
    "Merkel\tperson\turn:person:merkel\t20\n"

static void own_names_have_own_labels_and_ids(void **state)
{
    (void)state;
    char path[128];
    write_list("one.tsv", WD_STR(THESAURUS), path);
    check(path, "The Ninth Desk and Desk Nine met in Berlin for Grey Matter. DN left.",
          "organisation Desk Nine <urn:desk:9> x3\n"
          "place Berlin <urn:place:berlin> x1\n"
          "event Grey Matter <urn:event:7> x1\n");
    remove(path);
}

/* Below OWN_ALWAYS the tagger must have found the name itself. */
static void low_priority_only_names_what_is_found(void **state)
{
    (void)state;
    char path[128];
    write_list("low.tsv",
               WD_STR("Angela Merkel\tperson\turn:p:1\t20\nPerhaps\tperson\t\t20\n"),
               path);
    check(path, "Angela Merkel spoke. Perhaps she will go.",
          "person Angela Merkel <urn:p:1> x1\n");
    remove(path);
}

static void the_higher_priority_decides_between_lists(void **state)
{
    (void)state;
    char one[128], two[128], paths[300];
    write_list("one.tsv", WD_STR("Zorvo\tperson\turn:1\t70\n"), one);
    write_list("two.tsv", WD_STR("Zorvo\tplace\turn:2\t90\n"), two);
    (void)snprintf(paths, sizeof(paths), "%s, %s", one, two);
    check(paths, "They saw Zorvo again.", "place Zorvo <urn:2> x1\n");
    write_list("two.tsv", WD_STR("Zorvo\tplace\turn:2\t70\n"), two);
    check(paths, "They saw Zorvo again.", "person Zorvo <urn:1> x1\n");
    remove(one);
    remove(two);
}

static void a_compiled_list_is_read_as_it_is(void **state)
{
    (void)state;
    char path[128];
    struct wd_buf buf;
    struct wd_gazetteer_builder *gb = wd_gazetteer_builder_new();
    wd_buf_init(&buf, 1 << 20);
    assert_int_equal(wd_gazetteer_builder_add(gb, WD_STR(THESAURUS), NULL, NULL), 0);
    assert_int_equal(wd_gazetteer_builder_write(gb, &buf), WD_OK);
    write_list("one.wdg", wd_buf_str(&buf), path);
    check(path, "Desk Nine met.", "organisation Desk Nine <urn:desk:9> x1\n");
    buf.data[buf.size / 2] ^= 1;
    write_list("one.wdg", wd_buf_str(&buf), path);
    struct wd_pipeline *pl;
    struct wd_error err;
    assert_int_equal(open_with(path, &pl, &err), WD_EDATA);
    assert_non_null(strstr(err.message, path));
    wd_buf_done(&buf);
    wd_gazetteer_builder_free(gb);
    remove(path);
}

static void every_bad_row_is_named(void **state)
{
    (void)state;
    char path[128], place[160];
    struct wd_pipeline *pl;
    struct wd_error err;
    write_list("bad.tsv",
               WD_STR("Good\tperson\nBad\tdragon\nWorse\nWorst\nFine\tplace\n"), path);
    assert_int_equal(open_with(path, &pl, &err), WD_EDATA);
    (void)snprintf(place, sizeof(place), "%s:2: ", path);
    assert_non_null(strstr(err.message, place));
    assert_non_null(strstr(err.message, "; also lines 3, 4"));
    remove(path);
    assert_int_equal(open_with("/nowhere/list.tsv", &pl, &err), WD_EDATA);
    assert_non_null(strstr(err.message, "/nowhere/list.tsv: "));
}

struct told {
    char text[1024];
    size_t size;
};

static void tell(void *arg, const char *path, size_t line, const char *message)
{
    struct told *told = arg;
    assert_true(strlen(message) > 0);
    const char *name = strrchr(path, '/') + 1;
    told->size += (size_t)snprintf(
        told->text + told->size, sizeof(told->text) - told->size, "%s:%zu\n", name, line);
}

/* However many there are, in whichever list: one run is enough to mend them all. */
static void every_fault_of_every_list_is_told(void **state)
{
    (void)state;
    char one[128], two[128], cut[128], paths[600];
    struct told told = {0};
    struct wd_pipeline *pl;
    struct wd_error err;
    struct wd_options opts;
    write_list("one.tsv", WD_STR("Good\tperson\nBad\tdragon\nWorse\n"), one);
    write_list("two.tsv", WD_STR("Fine\tplace\n\tplace\nX\tplace\tno uri\n"), two);
    write_list("cut.wdg", WD_STR("WDNAMES\n"), cut);
    (void)snprintf(paths, sizeof(paths), "%s,%s,/nowhere/list.tsv,%s", one, two, cut);
    wd_options_init(&opts);
    opts.data_dir = WD_DATA_DIR;
    opts.gazetteers = paths;
    opts.list_fault = tell;
    opts.list_fault_arg = &told;
    assert_int_equal(wd_pipeline_open(&opts, &pl, &err), WD_EDATA);
    assert_string_equal(told.text, "one.tsv:2\none.tsv:3\ntwo.tsv:2\ntwo.tsv:3\n"
                                   "list.tsv:0\ncut.wdg:0\n");
    assert_string_equal(err.message, "6 faults in the lists of names");
    remove(one);
    remove(two);
    remove(cut);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_names_have_own_labels_and_ids),
        cmocka_unit_test(low_priority_only_names_what_is_found),
        cmocka_unit_test(the_higher_priority_decides_between_lists),
        cmocka_unit_test(a_compiled_list_is_read_as_it_is),
        cmocka_unit_test(every_bad_row_is_named),
        cmocka_unit_test(every_fault_of_every_list_is_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
