/* test_decode_examples.c -- the examples that IPTC publishes for ninjs 1.4, 2.1 and 3.0
 * are read as ninjs, every one, and so are articles of agencies in JSON of their own.
 * They are kept beside the project (WD_SHARED_DIR, or ../shared), not in it: without them
 * the test is skipped. SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/decode_one.h"
#include "decode/uri.h"

static struct wd_options opts;

static const struct folder_row {
    const char *folder;
    size_t n_read;
    size_t n_refused; /* one names "broadband" twice in an object: no JSON of ours */
    const char *format;
} folder_rows[] = {
    {"iptc-ninjs/examples/1.4", 9, 1, "ninjs"},
    {"iptc-ninjs/examples/2.1", 12, 0, "ninjs"},
    {"iptc-ninjs/examples/3.0", 18, 0, "ninjs"},
    {"dpa-digitalwires/input", 19, 0, "json"},
};

static const char *shared(void)
{
    const char *dir = getenv("WD_SHARED_DIR");
    return dir ? dir : WD_TEST_DIR "/../../shared";
}

static int is_json(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);
    return size > 5 && strcmp(entry->d_name + size - 5, ".json") == 0;
}

static char *read_file(const char *path, size_t *ret_size)
{
    const size_t room = 1024 * 1024;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = malloc(room);
    assert_non_null(bytes);
    *ret_size = fread(bytes, 1, room, file);
    (void)fclose(file); /* it was only read */
    return bytes;
}

/* True when the file was read; all that every article must have is then checked. */
static bool read_example(const char *path, const char *format)
{
    size_t size;
    char *bytes = read_file(path, &size);
    struct wd_article *art = decode_one((struct wd_str){bytes, size}, NULL, &opts);
    int status = art->error.status;
    if (status == WD_OK) {
        const struct wd_facts *facts = &art->facts;
        if (!wd_str_equal(facts->meta.format, wd_str_from(format)))
            fail_msg("%s is not taken for %s", path, format);
        assert_true(wd_uri_is_valid(facts->meta.uri));
        assert_int_equal(facts->meta.id.size, 0); /* all of them have a uri */
        assert_true(facts->raw.size || facts->meta.headline.size);
    } else {
        assert_int_equal(status, WD_EDUPKEY);
    }
    wd_article_free(art);
    free(bytes);
    return status == WD_OK;
}

static void published_examples_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(folder_rows) / sizeof(folder_rows[0]); i++) {
        const struct folder_row *row = &folder_rows[i];
        char path[4096];
        struct dirent **entries;
        (void)snprintf(path, sizeof(path), "%s/data/formats/%s", shared(), row->folder);
        int n_entries = scandir(path, &entries, is_json, alphasort);
        if (n_entries < 0) {
            print_message("%s is not there: skipped\n", path);
            skip();
        }
        size_t n_read = 0;
        for (int n = 0; n < n_entries; n++) {
            char file[8192];
            (void)snprintf(file, sizeof(file), "%s/%s", path, entries[n]->d_name);
            n_read += read_example(file, row->format);
            free(entries[n]);
        }
        free(entries);
        assert_true((size_t)n_entries - n_read <= row->n_refused);
        assert_true(n_read >= row->n_read);
    }
}

int main(void)
{
    wd_options_init(&opts);
    const struct CMUnitTest tests[] = {cmocka_unit_test(published_examples_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
