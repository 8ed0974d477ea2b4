/* test_hostile.c -- bad input: every file of tests/hostile/, and of the folder that
 * tests/make_hostile.py fills, has the status that EXPECTED there names; what is too
 * large to store is made here. Each must be told apart by its status, none may take long.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../support/decode_one.h"

static struct wd_options opts;

#define FILE_MOST (1 << 20)

static char *read_file(const char *folder, const char *name, size_t *ret_size)
{
    char path[512];
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be opened", path);
    char *bytes = malloc(FILE_MOST);
    assert_non_null(bytes);
    *ret_size = fread(bytes, 1, FILE_MOST, file);
    assert_true(*ret_size < FILE_MOST);
    (void)fclose(file); /* it was only read */
    return bytes;
}

/* The content type may hold blanks, so it comes last. */
static bool read_row(FILE *table, char name[128], char status[32], char type[128])
{
    char line[512];
    while (fgets(line, sizeof(line), table)) {
        if (line[0] == '#')
            continue;
        assert_int_equal(sscanf(line, "%127s %31s %127[^\n]", name, status, type), 3);
        return true;
    }
    return false;
}

#define BY_HAND WD_TEST_DIR "/hostile"

static FILE *open_table(const char *folder)
{
    char path[512];
    (void)snprintf(path, sizeof(path), "%s/EXPECTED", folder);
    FILE *table = fopen(path, "r");
    assert_non_null(table);
    return table;
}

static size_t judge_folder(const char *folder)
{
    FILE *table = open_table(folder);
    char name[128], status[32], type[128];
    size_t n = 0;
    for (; read_row(table, name, status, type); n++) {
        size_t size;
        char *bytes = read_file(folder, name, &size);
        bool is_typed = strcmp(type, "-") != 0;
        struct wd_article *art =
            decode_one((struct wd_str){bytes, size}, is_typed ? type : NULL, &opts);
        if (strcmp(wd_status_name(art->error.status), status) != 0)
            fail_msg("%s: %s (%s), not %s", name, wd_status_name(art->error.status),
                     art->error.message, status);
        assert_true(art->error.status == WD_OK || art->error.message[0]);
        wd_article_free(art);
        free(bytes);
    }
    (void)fclose(table);
    return n;
}

static void every_hostile_file_is_told_by_its_status(void **state)
{
    (void)state;
    assert_true(judge_folder(BY_HAND) > 70);
}

static void every_made_file_is_told_by_its_status(void **state)
{
    (void)state;
    const char *folder = getenv("WD_HOSTILE_MADE");
    if (!folder)
        skip(); /* ctest makes them first */
    assert_true(judge_folder(folder) >= 300);
}

static void every_hostile_file_is_expected(void **state)
{
    (void)state;
    DIR *dir = opendir(BY_HAND);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        FILE *table = open_table(BY_HAND);
        char name[128], status[32], type[128];
        bool is_expected =
            entry->d_name[0] == '.' || strcmp(entry->d_name, "EXPECTED") == 0;
        while (!is_expected && read_row(table, name, status, type))
            is_expected = strcmp(name, entry->d_name) == 0;
        if (!is_expected)
            fail_msg("%s is not in EXPECTED", entry->d_name);
        (void)fclose(table);
    }
    (void)closedir(dir);
}

/* `unit` again and again, between `head` and `tail`. */
static struct wd_str repeat(const char *head, const char *unit, const char *tail,
                            size_t size)
{
    size_t head_size = strlen(head), unit_size = strlen(unit), tail_size = strlen(tail);
    char *bytes = malloc(size);
    assert_non_null(bytes);
    size_t used = head_size;
    memcpy(bytes, head, head_size);
    for (; used + unit_size + tail_size <= size; used += unit_size)
        memcpy(bytes + used, unit, unit_size);
    memcpy(bytes + used, tail, tail_size);
    return (struct wd_str){bytes, used + tail_size};
}

#define MEBIBYTE (1024 * 1024)

static const struct bulk_row {
    const char *head;
    const char *unit;
    const char *tail;
    const char *type;
    size_t size;
    const char *status;
} bulk_rows[] = {
    {"", "word ", "", NULL, MEBIBYTE, "ok"},
    {"", "word ", "12345", NULL, MEBIBYTE + 5, "too-large"},
    {"", "word ", "", NULL, 100 * MEBIBYTE, "too-large"},
    {"", " ", "", NULL, MEBIBYTE, "blank"},
    {"", "\xc2\xa0", "", NULL, MEBIBYTE, "blank"},
    /* a million levels, in the shapes that parsers recurse on */
    {"", "[", "", "application/json", MEBIBYTE, "json-depth"},
    {"", "{\"a\":", "", NULL, MEBIBYTE, "json-depth"},
    {"", "[{\"a\":", "", NULL, MEBIBYTE, "json-depth"},
    {"{\"body\":\"b\",\"x\":", "[", "", NULL, MEBIBYTE, "json-depth"},
    {"{\"body\":\"", "[", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"", "\\u0041", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"", "\\\\", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"", "\\", "", NULL, MEBIBYTE, "json-syntax"},
    {"{\"body\":\"b\",\"x\":[", "0,", "0]}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"b\",\"x\":", "9", "}", NULL, MEBIBYTE, "json-number"},
    {"{\"body\":\"b\",\"author\":[", "\"a\",", "\"a\"]}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"b\",\"id\":\"", "x", "\"}", NULL, MEBIBYTE, "limit"},
    {"{\"body\":\"b\",\"id\":\"x:", "x", "\"}", NULL, 2000, "ok"},
    {"{\"body\":\"b\",\"title\":\"", "&amp;", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"b\",\"title\":\"", "&", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"", "<a ", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"", "<p ", "\"}", NULL, MEBIBYTE, "ok"},
    /* HTML that makes parsers walk their stacks */
    {"", "<div>", "x", NULL, MEBIBYTE, "markup-depth"},
    {"<p>x", "<b>", "", NULL, MEBIBYTE, "markup-depth"},
    {"<p>x", "</b>", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "<p>x", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "<b></i>", "", NULL, MEBIBYTE, "markup-depth"},
    {"<p>x", "<br>", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "<!--", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "<", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "&", "", NULL, MEBIBYTE / 4, "ok"},
    {"<p>x", "&lt;", "", NULL, MEBIBYTE, "ok"},
    {"<p>x<a ", "b=c ", ">", NULL, 64 * 1024, "ok"},
    {"<p>x", "<td>", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "<script>", "", NULL, MEBIBYTE, "ok"},
    /* XML in its costly shapes */
    {"<nitf>", "<p>", "", NULL, MEBIBYTE, "markup-depth"},
    {"<nitf><body>", "<p>x</p>", "</body></nitf>", NULL, MEBIBYTE, "limit"},
    {"<nitf><body>", "<p>a word and another</p>", "</body></nitf>", NULL, MEBIBYTE, "ok"},
    {"<nitf><body><p>", "word ", "</p></body></nitf>", NULL, MEBIBYTE, "ok"},
    {"<nitf><body><p>", "&lt;", "</p></body></nitf>", NULL, MEBIBYTE / 2, "ok"},
    {"<nitf><body><p>", "&eacute;", "</p></body></nitf>", NULL, MEBIBYTE, "ok"},
    {"<nitf><body><p ", "a ", "/></body></nitf>", NULL, MEBIBYTE, "xml-syntax"},
    {"<nitf a=\"", "&eacute;", "\"><body>b</body></nitf>", NULL, MEBIBYTE / 16, "ok"},
    {"<!DOCTYPE a [<!ENTITY x \"", "a long text ", "\">]><nitf>&x;</nitf>", NULL,
     MEBIBYTE / 2, "no-text"},
    {"<!DOCTYPE a [<!ENTITY x \"0123456789012345678901234567890123456789\">]>"
     "<nitf><body>",
     "&x;", "</body></nitf>", NULL, MEBIBYTE / 2, "xml-entity"},
    {"<?xml version='1.0'?>", "<!-- -->", "<nitf/>", NULL, MEBIBYTE, "no-text"},
};

static void bulk_is_judged_quickly(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bulk_rows) / sizeof(bulk_rows[0]); i++) {
        const struct bulk_row *row = &bulk_rows[i];
        struct wd_str bytes = repeat(row->head, row->unit, row->tail, row->size);
        clock_t start = clock();
        struct wd_article *art = decode_one(bytes, row->type, &opts);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (strcmp(wd_status_name(art->error.status), row->status) != 0)
            fail_msg("%s%s…: %s (%s), not %s", row->head, row->unit,
                     wd_status_name(art->error.status), art->error.message, row->status);
        if (getenv("WD_SHOW"))
            print_message("%6.3f s %s%s\n", seconds, row->head, row->unit);
        /* A linear reader needs some 50 ms for this, also with sanitizers; a quadratic
         * one minutes. */
        if (seconds > 5)
            fail_msg("%s%s… took %.1f s", row->head, row->unit, seconds);
        wd_article_free(art);
        free((void *)(uintptr_t)bytes.data);
    }
}

int main(void)
{
    wd_options_init(&opts);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hostile_file_is_told_by_its_status),
        cmocka_unit_test(every_made_file_is_told_by_its_status),
        cmocka_unit_test(every_hostile_file_is_expected),
        cmocka_unit_test(bulk_is_judged_quickly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
