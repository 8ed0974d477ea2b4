/* test_decode_cases.c -- tests/cases/decode/CLAIM/: a record, in.*, and want.json: what
 * decode must make of it. Members of want.json are facts by name, where "body" is the raw
 * text; a fact that is not named is not asked, "" asks that it is empty. "status" is the
 * refusal to be seen. "headers" are the record's own, content-type among them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/decode_one.h"

#define CASES WD_TEST_DIR "/cases/decode"

static struct wd_options opts;

static char *read_in(const char *claim, size_t *ret_size)
{
    char path[4096];
    struct dirent **entries;
    (void)snprintf(path, sizeof(path), "%s/%s", CASES, claim);
    int n = scandir(path, &entries, NULL, alphasort);
    assert_true(n > 0);
    path[0] = '\0';
    for (int i = 0; i < n; i++) {
        if (strncmp(entries[i]->d_name, "in.", 3) == 0)
            (void)snprintf(path, sizeof(path), "%s/%s/%s", CASES, claim,
                           entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s has no in.*", claim);
    char *bytes = malloc(64 * 1024);
    assert_non_null(bytes);
    *ret_size = fread(bytes, 1, 64 * 1024, file);
    (void)fclose(file); /* it was only read */
    return bytes;
}

static struct wd_str fact(const struct wd_facts *facts, const char *name)
{
    const struct wd_meta *meta = &facts->meta;
    const struct {
        const char *name;
        struct wd_str value;
    } rows[] = {
        {"body", facts->raw},
        {"byline", meta->byline},
        {"charset", facts->quality.charset},
        {"copyright", meta->copyright},
        {"declared", facts->quality.declared},
        {"embargoed", meta->embargoed},
        {"format", meta->format},
        {"headline", meta->headline},
        {"id", meta->id},
        {"language", meta->language},
        {"located", meta->located},
        {"published", meta->published},
        {"pubstatus", meta->pubstatus},
        {"source", meta->source},
        {"updated", meta->updated},
        {"uri", meta->uri},
        {"url", meta->url},
        {"version", meta->version},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(rows[i].name, name) == 0)
            return rows[i].value;
    }
    fail_msg("no fact is called %s", name);
    return (struct wd_str){0};
}

static void check_facts(const char *claim, const struct wd_article *art, json_t *want)
{
    const char *name;
    json_t *value;
    json_object_foreach(want, name, value)
    {
        if (strcmp(name, "status") == 0 || strcmp(name, "headers") == 0)
            continue;
        if (strcmp(name, "replaced") == 0) {
            assert_int_equal(art->facts.quality.replaced, json_integer_value(value));
            continue;
        }
        struct wd_str got = fact(&art->facts, name);
        if (!wd_str_equal(got, wd_str_from(json_string_value(value))))
            fail_msg("%s: %s is \"%.*s\"", claim, name, (int)got.size, got.data);
    }
}

static void check_case(const char *claim)
{
    char path[4096];
    (void)snprintf(path, sizeof(path), "%s/%s/want.json", CASES, claim);
    json_t *want = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    if (!want)
        fail_msg("%s cannot be read", path);
    size_t size, n_headers = 0;
    char *bytes = read_in(claim, &size);
    struct wd_header headers[8];
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(want, "headers"), name, value)
    {
        assert_true(n_headers < 8);
        headers[n_headers++] =
            (struct wd_header){wd_str_from(name), wd_str_from(json_string_value(value))};
    }
    struct wd_record record = {.value = {bytes, size},
                               .headers = headers,
                               .n_headers = n_headers,
                               .timestamp_ms = -1};
    struct wd_article *art = decode_record(&record, &opts);
    const char *status = json_string_value(json_object_get(want, "status"));
    if (strcmp(wd_status_name(art->error.status), status ? status : "ok") != 0)
        fail_msg("%s: %s: %s", claim, wd_status_name(art->error.status),
                 art->error.message);
    check_facts(claim, art, want);
    wd_article_free(art);
    free(bytes);
    json_decref(want);
}

static void every_case_is_as_wanted(void **state)
{
    (void)state;
    struct dirent **entries;
    int n = scandir(CASES, &entries, NULL, alphasort), n_cases = 0;
    for (int i = 0; i < n; i++) {
        if (entries[i]->d_name[0] != '.') {
            check_case(entries[i]->d_name);
            n_cases++;
        }
        free(entries[i]);
    }
    free(entries);
    assert_true(n_cases >= 20);
}

int main(void)
{
    wd_options_init(&opts);
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_case_is_as_wanted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
