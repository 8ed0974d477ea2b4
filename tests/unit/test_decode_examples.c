/* test_decode_examples.c -- examples that IPTC publishes for ninjs and NewsML-G2, press
 * releases in NewsML 1.2, and dpa's wire in its own JSON and in NewsML-G2: what carries
 * an article is read with all that it says, what does not is refused as such, and dpa's
 * two renderings are one article. They are kept beside the project (WD_SHARED_DIR, or
 * ../shared), not in it: without them the test is skipped.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/decode_one.h"
#include "decode/uri.h"

static struct wd_options opts;

/* `n_refused`: JSON of no kind that we read. One names "broadband" twice in an object. */
static const struct folder_row {
    const char *folder;
    const char *ending;
    const char *format;
    size_t n_read;
    size_t n_no_text;
    size_t n_refused;
} folder_rows[] = {
    {"iptc-ninjs/examples/1.4", ".json", "ninjs", 8, 1, 1},
    {"iptc-ninjs/examples/2.1", ".json", "ninjs", 6, 6, 0},
    {"iptc-ninjs/examples/3.0", ".json", "ninjs", 7, 11, 0},
    {"iptc-ninjs/examples/NewsML", ".xml", "newsml", 4, 0, 0},
    {"iptc-newsml-g2", ".xml", "newsml-g2", 7, 28, 0},
    {"dpa-digitalwires/input", ".json", "digitalwires", 15, 4, 0},
    {"dpa-digitalwires/output", ".xml", "newsml-g2", 15, 3, 0},
};

static const char *shared(void)
{
    const char *dir = getenv("WD_SHARED_DIR");
    return dir ? dir : WD_TEST_DIR "/../../shared";
}

static bool ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name), tail = strlen(ending);
    return size > tail && strcmp(name + size - tail, ending) == 0;
}

/* The bytes live until the next call. */
static struct wd_article *decode_file(const char *path)
{
    static char bytes[1024 * 1024];
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    size_t size = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file); /* it was only read */
    return decode_one((struct wd_str){bytes, size}, NULL, &opts);
}

/* All that every article must have. */
static void check_article(const char *path, const struct wd_facts *facts,
                          const char *format)
{
    if (!wd_str_equal(facts->meta.format, wd_str_from(format)))
        fail_msg("%s is not taken for %s", path, format);
    assert_true(wd_uri_is_valid(facts->meta.uri));
    assert_true(facts->raw.size || facts->meta.headline.size);
    if (strstr(path, "/dpa-") && facts->meta.language.size == 0)
        fail_msg("%s has no language", path);
}

static void check_folder(const struct folder_row *row)
{
    char path[4096], file[8192];
    struct dirent **entries;
    size_t n_read = 0, n_no_text = 0, n_refused = 0;

    (void)snprintf(path, sizeof(path), "%s/data/formats/%s", shared(), row->folder);
    int n_entries = scandir(path, &entries, NULL, alphasort);
    if (n_entries < 0) {
        print_message("%s is not there: skipped\n", path);
        skip();
    }
    for (int n = 0; n < n_entries; n++) {
        if (ends_with(entries[n]->d_name, row->ending)) {
            (void)snprintf(file, sizeof(file), "%s/%s", path, entries[n]->d_name);
            struct wd_article *art = decode_file(file);
            assert_non_null(art);
            n_read += art->error.status == WD_OK;
            n_no_text += art->error.status == WD_ENOTEXT;
            n_refused += art->error.status == WD_EDUPKEY;
            if (art->error.status == WD_OK)
                check_article(file, &art->facts, row->format);
            wd_article_free(art);
        }
        free(entries[n]);
    }
    free(entries);
    if (n_read != row->n_read || n_no_text != row->n_no_text ||
        n_refused != row->n_refused)
        fail_msg("%s: %zu read, %zu without text, %zu refused", row->folder, n_read,
                 n_no_text, n_refused);
}

static void published_examples_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(folder_rows) / sizeof(folder_rows[0]); i++)
        check_folder(&folder_rows[i]);
}

static void check_same(const char *name, const char *fact, struct wd_str json,
                       struct wd_str xml)
{
    if (!wd_str_equal(json, xml))
        fail_msg("%s: %s is \"%.*s\" in JSON, \"%.*s\" in NewsML-G2", name, fact,
                 (int)json.size, json.data, (int)xml.size, xml.data);
}

/* Decodes one into facts that outlive its file's bytes: all of them are in the arena. */
static struct wd_article *decode_wire(const char *folder, const char *name,
                                      const char *ending)
{
    char path[8192];
    (void)snprintf(path, sizeof(path), "%s/data/formats/dpa-digitalwires/%s/%.*s%s",
                   shared(), folder, (int)(strlen(name) - 5), name, ending);
    return decode_file(path);
}

static size_t compare_pair(const char *name)
{
    struct wd_article *json = decode_wire("input", name, ".json");
    struct wd_article *xml = decode_wire("output", name, ".xml");
    size_t is_article = 0;
    if (xml) {
        const struct wd_facts *a = &json->facts, *b = &xml->facts;
        assert_int_equal(json->error.status, xml->error.status);
        is_article = json->error.status == WD_OK;
        check_same(name, "uri", a->meta.uri, b->meta.uri);
        check_same(name, "version", a->meta.version, b->meta.version);
        check_same(name, "pubstatus", a->meta.pubstatus, b->meta.pubstatus);
        if (is_article) {
            check_same(name, "headline", a->meta.headline, b->meta.headline);
            check_same(name, "byline", a->meta.byline, b->meta.byline);
            check_same(name, "source", a->meta.source, b->meta.source);
            check_same(name, "located", a->meta.located, b->meta.located);
            check_same(name, "language", a->meta.language, b->meta.language);
            check_same(name, "published", a->meta.published, b->meta.published);
            check_same(name, "updated", a->meta.updated, b->meta.updated);
            check_same(name, "copyright", a->meta.copyright, b->meta.copyright);
            check_same(name, "body", a->raw, b->raw);
        }
        wd_article_free(xml);
    }
    wd_article_free(json);
    return is_article;
}

static void dpa_json_and_newsml_are_one_article(void **state)
{
    (void)state;
    char path[4096];
    struct dirent **entries;
    size_t n_articles = 0;
    (void)snprintf(path, sizeof(path), "%s/data/formats/dpa-digitalwires/input",
                   shared());
    int n = scandir(path, &entries, NULL, alphasort);
    if (n < 0) {
        print_message("%s is not there: skipped\n", path);
        skip();
    }
    for (int i = 0; i < n; i++) {
        if (ends_with(entries[i]->d_name, ".json"))
            n_articles += compare_pair(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    assert_int_equal(n_articles, 15);
}

int main(void)
{
    wd_options_init(&opts);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples_are_read),
        cmocka_unit_test(dpa_json_and_newsml_are_one_article),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
