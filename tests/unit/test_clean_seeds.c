/* test_clean_seeds.c -- cleaning does to our own articles what a reader expects.
 * SPDX-License-Identifier: Apache-2.0
 *
 * tests/seeds-expected.json says what that is. The articles that the owners of the
 * project keep beside it (../shared/seeds) are held to the law alone. */
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

static char *read_file(const char *dir, const char *name, size_t *ret_size)
{
    char path[4096];
    (void)snprintf(path, sizeof(path), "%s/%s", dir, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *data = malloc(size + 1);
    assert_non_null(data);
    assert_int_equal(fread(data, 1, size, file), size);
    data[size] = '\0';
    (void)fclose(file);
    *ret_size = size;
    return data;
}

static struct wd_article *clean_bytes(struct wd_str bytes, const struct wd_options *opts)
{
    const struct wd_record record = {.value = bytes, .timestamp_ms = -1};
    struct wd_article *art = wd_article_new();
    assert_non_null(art);
    wd_article_begin(art, &record);
    art->opts = opts;
    assert_int_equal(wd_stage_decode.run(NULL, art), WD_OK);
    void *state = calloc(1, wd_stage_clean.state_size);
    assert_non_null(state);
    assert_int_equal(wd_stage_clean.open(state, opts, NULL), WD_OK);
    assert_int_equal(wd_stage_clean.run(state, art), WD_OK);
    free(state);
    law_assert(&art->facts);
    return art;
}

/* Compares when the file says what to expect. */
static void assert_said(const json_t *row, const char *key, struct wd_str got)
{
    const json_t *want = json_object_get(row, key);
    if (!want)
        return;
    const char *z = json_is_null(want) ? "" : json_string_value(want);
    if (got.size != strlen(z) || (got.size > 0 && memcmp(got.data, z, got.size) != 0))
        fail_msg("%s: %s is \"%.*s\", not \"%s\"",
                 json_string_value(json_object_get(row, "file")), key, (int)got.size,
                 got.data, z);
}

static void assert_furniture(const json_t *row, const struct wd_facts *facts)
{
    const char *file = json_string_value(json_object_get(row, "file"));
    const json_t *want = json_object_get(row, "furniture");
    for (size_t i = 0; i < facts->n_furniture; i++) {
        const char *got = wd_furniture_name(facts->furniture[i].kind);
        const char *kind = json_string_value(json_array_get(want, i));
        if (!kind || strcmp(got, kind) != 0)
            fail_msg("%s: furniture %zu is %s, not %s", file, i, got,
                     kind ? kind : "nothing");
    }
    assert_int_equal(facts->n_furniture, json_array_size(want));
}

static void own_articles_are_cleaned_as_a_reader_expects(void **state)
{
    (void)state;
    struct wd_options opts;
    wd_options_init(&opts);
    json_t *root = json_load_file(WD_TEST_DIR "/seeds-expected.json", 0, NULL);
    assert_non_null(root);
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(root, "articles"), i, row)
    {
        size_t size;
        const char *name = json_string_value(json_object_get(row, "file"));
        char *data = read_file(WD_TEST_DIR "/seeds", name, &size);
        struct wd_article *art = clean_bytes((struct wd_str){data, size}, &opts);
        const struct wd_facts *facts = wd_article_facts(art);
        assert_furniture(row, facts);
        assert_said(row, "headline", facts->meta.headline);
        assert_said(row, "byline", facts->meta.byline);
        assert_said(row, "located", facts->meta.located);
        wd_article_free(art);
        free(data);
    }
    assert_true(i >= 14);
    json_decref(root);
}

static void shared_articles_obey_the_law(void **state)
{
    (void)state;
    struct wd_options opts;
    wd_options_init(&opts);
    const char *dir = getenv("WD_SHARED_DIR");
    char path[4096];
    (void)snprintf(path, sizeof(path), "%s/seeds",
                   dir ? dir : WD_TEST_DIR "/../../shared");
    DIR *seeds = opendir(path);
    if (!seeds) {
        print_message("no %s: nothing to hold to the law\n", path);
        skip();
    }
    for (struct dirent *entry; (entry = readdir(seeds)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        size_t size;
        char *data = read_file(path, entry->d_name, &size);
        struct wd_article *art = clean_bytes((struct wd_str){data, size}, &opts);
        /* They end in furniture or begin with it, all but one. */
        assert_true(wd_article_facts(art)->n_furniture > 0);
        wd_article_free(art);
        free(data);
    }
    (void)closedir(seeds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_articles_are_cleaned_as_a_reader_expects),
        cmocka_unit_test(shared_articles_obey_the_law),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
