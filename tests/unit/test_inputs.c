/* test_inputs.c -- operands become records.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inputs.h"

static char folder[64];

static const char *path_of(const char *name)
{
    static char path[256];
    (void)snprintf(path, sizeof(path), "%s%s%s", folder, *name ? "/" : "", name);
    return path;
}

static void write_file(const char *name, const char *bytes)
{
    FILE *file = fopen(path_of(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, strlen(bytes), file), strlen(bytes));
    assert_int_equal(fclose(file), 0);
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/wd_test_inputs.XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

/* All records as "name#number@line[type]=value|…". */
static void expect(struct inputs *in, const char *want)
{
    char got[1024] = "";
    struct input_record rec;
    struct wd_error err;
    int r;

    while ((r = inputs_next(in, &rec, &err)) == 1) {
        size_t n = strlen(got);
        (void)snprintf(got + n, sizeof(got) - n, "%s#%d@%d[%.*s]=%.*s%s|", rec.name,
                       (int)rec.number, (int)rec.line, (int)rec.content_type.size,
                       rec.content_type.data ? rec.content_type.data : "",
                       (int)rec.value.size, rec.value.data ? rec.value.data : "",
                       rec.is_cut ? "…" : "");
    }
    assert_int_equal(r, 0);
    assert_string_equal(got, want);
}

static struct inputs *open_one(const char *name, size_t ceiling_bytes)
{
    char *operand = strdup(path_of(name));
    struct inputs *in = NULL;
    struct wd_error err;
    assert_int_equal(inputs_open(&operand, 1, ceiling_bytes, &in, &err), WD_OK);
    free(operand);
    return in;
}

static void file_is_one_record(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes, *want;
    } rows[] = {
        {"a.txt", "one\ntwo", "a.txt#0@1[text/plain]=one\ntwo|"},
        {"a.json", "{\n}\n", "a.json#0@1[application/json]={\n}\n|"},
        {"A.TXT", "x", "A.TXT#0@1[text/plain]=x|"},
        {"page.html", "<p>", "page.html#0@1[text/html]=<p>|"},
        {"noending", "x\r\n", "noending#0@1[]=x\r\n|"},
        {"empty.txt", "", "empty.txt#0@1[text/plain]=|"},
        {"l.jsonl", "{}\n{\"a\":1}\r\n\n  \n[]",
         "l.jsonl#0@1[application/json]={}|l.jsonl#1@2[application/json]={\"a\":1}|"
         "l.jsonl#2@5[application/json]=[]|"},
        {"L.NDJSON", "1\n", "L.NDJSON#0@1[application/json]=1|"},
        {"none.jsonl", "", ""},
        {"blank.jsonl", "\n \n\t", ""},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        write_file(rows[i].name, rows[i].bytes);
        struct inputs *in = open_one(rows[i].name, 1000);
        expect(in, rows[i].want);
        inputs_rewind(in);
        expect(in, rows[i].want);
        inputs_close(in);
    }
}

static void nul_bytes_are_kept(void **state)
{
    (void)state;
    FILE *file = fopen(path_of("nul.txt"), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite("a\0b\n", 1, 4, file), 4);
    assert_int_equal(fclose(file), 0);
    struct inputs *in = open_one("nul.txt", 1000);
    struct input_record rec;
    struct wd_error err;
    assert_int_equal(inputs_next(in, &rec, &err), 1);
    assert_int_equal(rec.value.size, 4);
    assert_memory_equal(rec.value.data, "a\0b\n", 4);
    inputs_close(in);
}

static void folder_is_read_in_name_order_without_hidden_files(void **state)
{
    (void)state;
    write_file("b.txt", "2");
    write_file("a.txt", "1");
    write_file("Z.txt", "0");
    write_file(".hidden.txt", "-");
    write_file("README.md", "-");
    assert_int_equal(mkdir(path_of("ab"), 0700), 0);
    write_file("ab/c.txt", "below");
    assert_int_equal(symlink(folder, path_of("circle")), 0);
    struct inputs *in = open_one("", 1000);
    expect(in, "Z.txt#0@1[text/plain]=0|a.txt#0@1[text/plain]=1|"
               "c.txt#0@1[text/plain]=below|b.txt#0@1[text/plain]=2|");
    uint64_t done, total;
    inputs_progress(in, &done, &total);
    assert_int_equal(done, 8);
    assert_int_equal(total, 8);
    inputs_close(in);
}

static void record_past_the_ceiling_is_cut_and_says_so(void **state)
{
    (void)state;
    write_file("big.txt", "12345");
    struct inputs *in = open_one("big.txt", 5);
    expect(in, "big.txt#0@1[text/plain]=12345|");
    inputs_close(in);
    in = open_one("big.txt", 4);
    expect(in, "big.txt#0@1[text/plain]=1234…|");
    inputs_close(in);
    write_file("big.jsonl", "12345\n67\n");
    in = open_one("big.jsonl", 4);
    expect(in,
           "big.jsonl#0@1[application/json]=1234…|big.jsonl#1@2[application/json]=67|");
    inputs_close(in);
}

static void missing_operand_is_named_before_any_work(void **state)
{
    (void)state;
    write_file("a.txt", "1");
    char *operands[] = {strdup(path_of("a.txt")), strdup(path_of("nothing.txt"))};
    struct inputs *in = NULL;
    struct wd_error err;
    assert_int_equal(inputs_open(operands, 2, 100, &in, &err), WD_EIO);
    assert_null(in);
    assert_non_null(strstr(err.message, "nothing.txt"));
    free(operands[0]);
    free(operands[1]);
}

static void folder_without_articles_is_an_error(void **state)
{
    (void)state;
    char *operand = folder;
    struct inputs *in = NULL;
    struct wd_error err;
    write_file("README.md", "-");
    assert_int_equal(inputs_open(&operand, 1, 100, &in, &err), WD_EIO);
    assert_null(in);
}

static void unreadable_file_is_passed_over(void **state)
{
    (void)state;
    write_file("a.txt", "1");
    write_file("b.txt", "2");
    write_file("c.txt", "3");
    struct inputs *in = open_one("", 100);
    assert_int_equal(unlink(path_of("b.txt")), 0); /* as root, mode 0 would be read */
    struct input_record rec;
    struct wd_error err;
    assert_int_equal(inputs_next(in, &rec, &err), 1);
    assert_int_equal(inputs_next(in, &rec, &err), WD_EIO);
    assert_non_null(strstr(err.message, "b.txt"));
    expect(in, "c.txt#0@1[text/plain]=3|");
    inputs_close(in);
}

static void standard_input_tells_lines_from_a_whole(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *want;
    } rows[] = {
        {"{\"a\":1}\n{\"a\":2}\n", "stdin#0@1[application/json]={\"a\":1}|"
                                   "stdin#1@2[application/json]={\"a\":2}|"},
        {"{\n\"a\":1}\n", "stdin#0@1[]={\n\"a\":1}\n|"},
        {"First line.\nSecond.\n", "stdin#0@1[]=First line.\nSecond.\n|"},
        {"", "stdin#0@1[]=|"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char dash[] = "-", *operands[] = {dash, dash};
        struct inputs *in = NULL;
        struct wd_error err;
        write_file("stdin", rows[i].bytes);
        assert_non_null(freopen(path_of("stdin"), "rb", stdin));
        assert_int_equal(inputs_open(operands, 2, 100, &in, &err), WD_OK);
        expect(in, rows[i].want); /* the second "-" has nothing left */
        inputs_close(in);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(file_is_one_record),
        TEST(nul_bytes_are_kept),
        TEST(folder_is_read_in_name_order_without_hidden_files),
        TEST(record_past_the_ceiling_is_cut_and_says_so),
        TEST(missing_operand_is_named_before_any_work),
        TEST(folder_without_articles_is_an_error),
        TEST(unreadable_file_is_passed_over),
        TEST(standard_input_tells_lines_from_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
