/* test_clean_cases.c -- each folder of tests/cases/clean is a claim.
 * SPDX-License-Identifier: Apache-2.0
 *
 * in.txt is an article as it comes; want.json says what is to be left of it: "body" its
 * paragraphs, "furniture" pairs of kind and text in the order of the raw text, a pair
 * that is also kept in the text under "kept", and "headline", "byline", "located",
 * "copyright" where they are to be found ("" where they are not). The runner never
 * writes. */
#include "cmocka_prelude.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/article.h"
#include "clean/clean.h"
#include "decode/decode.h"
#include "support/clean_law.h"

enum { PATH_BYTES = 4096, CASES_MIN = 12 };

static void join_path(char out[PATH_BYTES], const char *dir, const char *name)
{
    int n = snprintf(out, PATH_BYTES, "%s/%s", dir, name);
    assert_true(n > 0 && n < PATH_BYTES);
}

static struct wd_str read_input(const char *dir)
{
    char path[PATH_BYTES];
    join_path(path, dir, "in.txt");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *data = malloc(size + 1);
    assert_non_null(data);
    assert_int_equal(fread(data, 1, size, file), size);
    (void)fclose(file); /* only read from */
    return (struct wd_str){data, size};
}

static void assert_str(const char *dir, const char *what, const char *want,
                       struct wd_str got)
{
    if (!wd_str_equal(wd_str_from(want), got))
        fail_msg("%s: %s: wanted “%s”, got “%.*s”", dir, what, want, (int)got.size,
                 got.data ? got.data : "");
}

static void assert_body(const char *dir, const json_t *want, const struct wd_facts *facts)
{
    struct wd_str body = {NULL, 0};
    for (size_t i = 0; i < facts->n_regions; i++) {
        if (facts->regions[i].role == WD_ROLE_BODY)
            body = wd_span_of(facts->text, facts->regions[i].span);
    }
    size_t i;
    const json_t *line;
    json_array_foreach(want, i, line)
    {
        const char *end = body.size ? memchr(body.data, '\n', body.size) : NULL;
        size_t size = end ? (size_t)(end - body.data) : body.size;
        assert_str(dir, "body", json_string_value(line),
                   (struct wd_str){body.data, size});
        body.data += size + (end != NULL);
        body.size -= size + (end != NULL);
    }
    assert_str(dir, "behind the body", "", body);
}

/* The pairs that are kept, or those that are not. */
static void assert_furniture(const char *dir, const json_t *want,
                             const struct wd_facts *facts, bool is_kept)
{
    size_t n = 0;
    for (size_t i = 0; i < facts->n_furniture; i++) {
        const struct wd_furniture *got = &facts->furniture[i];
        if (got->is_kept != is_kept)
            continue;
        const json_t *pair = json_array_get(want, n++);
        const char *kind = json_string_value(json_array_get(pair, 0));
        const char *text = json_string_value(json_array_get(pair, 1));
        assert_str(dir, "kind of furniture", kind ? kind : "(no more)",
                   wd_str_from(wd_furniture_name(got->kind)));
        assert_str(dir, "furniture", text, wd_span_of(facts->raw, got->span));
    }
    if (n != json_array_size(want))
        fail_msg("%s: %zu pieces of furniture, wanted %zu", dir, n,
                 json_array_size(want));
}

static void assert_said(const char *dir, const json_t *want, const char *key,
                        struct wd_str got)
{
    const char *said = json_string_value(json_object_get(want, key));
    if (said)
        assert_str(dir, key, said, got);
}

static void assert_case(const char *dir, void *state)
{
    char path[PATH_BYTES];
    join_path(path, dir, "want.json");
    json_error_t error;
    json_t *want = json_load_file(path, 0, &error);
    if (!want)
        fail_msg("%s: %d: %s", path, error.line, error.text);

    struct wd_str bytes = read_input(dir);
    const struct wd_record record = {.value = bytes, .timestamp_ms = -1};
    struct wd_article *art = wd_article_new();
    assert_non_null(art);
    struct wd_options opts;
    wd_options_init(&opts);
    wd_article_begin(art, &record);
    art->opts = &opts;
    assert_int_equal(wd_stage_decode.run(NULL, art), WD_OK);
    assert_int_equal(wd_stage_clean.run(state, art), WD_OK);
    law_assert(&art->facts);

    assert_body(dir, json_object_get(want, "body"), &art->facts);
    assert_furniture(dir, json_object_get(want, "furniture"), &art->facts, false);
    assert_furniture(dir, json_object_get(want, "kept"), &art->facts, true);
    assert_said(dir, want, "headline", art->facts.meta.headline);
    assert_said(dir, want, "byline", art->facts.meta.byline);
    assert_said(dir, want, "located", art->facts.meta.located);
    assert_said(dir, want, "copyright", art->facts.meta.copyright);
    wd_article_free(art);
    free((char *)(uintptr_t)bytes.data);
    json_decref(want);
}

static void every_case_holds(void **unused)
{
    (void)unused;
    static const char root[] = WD_TEST_DIR "/cases/clean";
    void *state = calloc(1, wd_stage_clean.state_size);
    assert_non_null(state);
    assert_int_equal(wd_stage_clean.open(state, NULL, NULL), WD_OK);
    struct dirent **entries;
    int n = scandir(root, &entries, NULL, alphasort), n_cases = 0;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        char dir[PATH_BYTES];
        join_path(dir, root, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.') {
            assert_case(dir, state);
            n_cases++;
        }
        free(entries[i]);
    }
    free(entries);
    free(state);
    assert_true(n_cases >= CASES_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
