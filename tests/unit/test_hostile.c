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
#include "../support/hostile_bulk.h"

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

static void bulk_is_judged_quickly(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_HOSTILE_BULKS; i++) {
        const struct hostile_bulk *row = &hostile_bulks[i];
        struct wd_str bytes = hostile_bulk_make(row);
        assert_non_null(bytes.data);
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
        if (seconds > 5 * WD_PATIENCE)
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
