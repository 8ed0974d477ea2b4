/* test_state_file.c -- a state file brings back the state, or is refused.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state_file.h"
#include "support/state_folder.h"

enum { N_RECORDS = 12, FILE_MAX = 4096 };

static void append(struct state_file *file, uint64_t first, uint64_t last)
{
    for (uint64_t n = first; n <= last; n++) {
        struct wd_sketch sketch = state_sketch(n);
        assert_int_equal(state_file_append(file, &sketch, NULL), WD_OK);
    }
}

/* Opens the file, tells its next sequence, closes it; or the error. */
static int next_sequence(uint64_t *ret_next, struct wd_error *err)
{
    struct wd_desk *desk = state_desk();
    struct state_file *file = NULL;
    int r = state_file_open(state_path, desk, &file, err);
    if (r == WD_OK) {
        *ret_next = wd_desk_next_sequence(desk);
        assert_int_equal(state_file_close(file, err), WD_OK);
    } else {
        assert_null(file);
        assert_non_null(strstr(err->message, state_path));
    }
    wd_desk_close(desk);
    return r;
}

static size_t read_bytes(char *bytes)
{
    FILE *file = fopen(state_path, "rb");
    assert_non_null(file);
    size_t n = fread(bytes, 1, FILE_MAX, file);
    assert_true(n < FILE_MAX);
    (void)fclose(file);
    return n;
}

static void write_bytes(const char *bytes, size_t size)
{
    FILE *file = fopen(state_path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static size_t make_file(char *bytes, uint64_t n_records)
{
    struct wd_desk *desk = state_desk();
    struct state_file *file = NULL;
    (void)unlink(state_path);
    assert_int_equal(state_file_open(state_path, desk, &file, NULL), WD_OK);
    append(file, 1, n_records);
    assert_int_equal(state_file_close(file, NULL), WD_OK);
    wd_desk_close(desk);
    return read_bytes(bytes);
}

static void the_next_run_goes_on_where_the_last_ended(void **state)
{
    (void)state;
    char bytes[FILE_MAX];
    uint64_t next = 0;
    struct wd_error err;
    (void)make_file(bytes, 5);
    assert_int_equal(next_sequence(&next, &err), WD_OK);
    assert_int_equal(next, 6);

    struct wd_desk *desk = state_desk();
    struct state_file *file = NULL;
    assert_int_equal(state_file_open(state_path, desk, &file, NULL), WD_OK);
    assert_int_equal(state_file_cut_bytes(file), 0);
    append(file, 6, 9);
    assert_int_equal(state_file_close(file, NULL), WD_OK);
    wd_desk_close(desk);
    assert_int_equal(next_sequence(&next, &err), WD_OK);
    assert_int_equal(next, 10);
}

/* Wherever a file ends, it is what it was when the last whole record was written. */
static void a_torn_end_is_cut_off(void **state)
{
    (void)state;
    char bytes[FILE_MAX], now[FILE_MAX];
    size_t size = make_file(bytes, N_RECORDS), whole = make_file(now, N_RECORDS - 1);
    for (size_t cut = whole; cut < size; cut++) {
        struct wd_error err = {0};
        uint64_t next = 0;
        write_bytes(bytes, cut);
        assert_int_equal(next_sequence(&next, &err), WD_OK);
        assert_int_equal(next, N_RECORDS);
        assert_int_equal(read_bytes(now), whole);
    }
    for (size_t cut = 0; cut < 17; cut++) { /* it was never more than begun */
        struct wd_error err = {0};
        uint64_t next = 0;
        write_bytes(bytes, cut);
        assert_int_equal(next_sequence(&next, &err), WD_OK);
        assert_int_equal(next, 1);
        assert_int_equal(read_bytes(now), 17);
    }
}

static void zeros_at_the_end_are_cut_off(void **state)
{
    (void)state;
    char bytes[FILE_MAX] = {0}, now[FILE_MAX];
    size_t size = make_file(bytes, 3);
    struct wd_error err = {0};
    uint64_t next = 0;
    memset(bytes + size, 0, 100);
    write_bytes(bytes, size + 100);
    assert_int_equal(next_sequence(&next, &err), WD_OK);
    assert_int_equal(next, 4);
    assert_int_equal(read_bytes(now), size);
}

/* No bit of the file can be turned without being noticed, and a refused file is left as
 * it was, for a person to look at. */
static void every_turned_bit_is_refused(void **state)
{
    (void)state;
    char bytes[FILE_MAX], now[FILE_MAX];
    size_t size = make_file(bytes, N_RECORDS);
    for (size_t bit = 0; bit < 8 * size; bit++) {
        struct wd_error err = {0};
        uint64_t next = 0;
        bytes[bit / 8] ^= (char)(1 << bit % 8);
        write_bytes(bytes, size);
        assert_int_equal(next_sequence(&next, &err), WD_ESKETCH);
        assert_int_equal(read_bytes(now), size);
        assert_memory_equal(now, bytes, size);
        bytes[bit / 8] ^= (char)(1 << bit % 8);
    }
}

static void a_missing_record_is_refused(void **state)
{
    (void)state;
    char bytes[FILE_MAX], shorter[FILE_MAX];
    size_t size = make_file(bytes, 4), size_of_two = make_file(shorter, 2),
           size_of_one = make_file(shorter, 1);
    struct wd_error err = {0};
    uint64_t next;
    memmove(bytes + size_of_one, bytes + size_of_two, size - size_of_two);
    write_bytes(bytes, size - (size_of_two - size_of_one));
    assert_int_equal(next_sequence(&next, &err), WD_ESKETCH);
    assert_non_null(strstr(err.message, "sketch 3 found where 2 was due"));
}

static void other_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *why;
    } rows[] = {
        {"wiredesk state 2\n", "of another version"},
        {"uri,headline\n1,2\n3,4\n", "not a state file"},
        {"x", "not a state file"},
    };
    uint64_t next;
    struct wd_error err = {0};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        write_bytes(rows[i].bytes, strlen(rows[i].bytes));
        assert_int_equal(next_sequence(&next, &err), WD_ESKETCH);
        assert_non_null(strstr(err.message, rows[i].why));
    }
    (void)unlink(state_path);
    assert_int_equal(mkfifo(state_path, 0600), 0);
    assert_int_equal(next_sequence(&next, &err), WD_ESKETCH);
    assert_non_null(strstr(err.message, "not a regular file"));
    (void)unlink(state_path);
}

static void one_run_at_a_time(void **state)
{
    (void)state;
    char bytes[FILE_MAX];
    uint64_t next = 0;
    struct wd_error err = {0};
    (void)make_file(bytes, 1);
    struct wd_desk *desk = state_desk();
    struct state_file *file = NULL;
    assert_int_equal(state_file_open(state_path, desk, &file, NULL), WD_OK);
    assert_int_equal(next_sequence(&next, &err), WD_ESKETCH);
    assert_non_null(strstr(err.message, "another run is using it"));
    assert_int_equal(state_file_close(file, NULL), WD_OK);
    assert_int_equal(next_sequence(&next, &err), WD_OK);
    wd_desk_close(desk);
}

static void a_missing_folder_is_told(void **state)
{
    (void)state;
    struct wd_error err = {0};
    struct wd_desk *desk = state_desk();
    struct state_file *file = NULL;
    assert_int_equal(state_file_open("/nowhere/at/all", desk, &file, &err), WD_EIO);
    assert_non_null(strstr(err.message, "/nowhere/at/all"));
    wd_desk_close(desk);
}

/* A limit on the size of files stands in for the full disk: a write gets through in part,
 * the next one not at all. */
static void a_full_disk_leaves_whole_records(void **state)
{
    (void)state;
    char bytes[FILE_MAX];
    size_t size = make_file(bytes, 3);
    struct rlimit limit, lower;
    struct wd_error err = {0};
    struct wd_desk *desk = state_desk();
    struct state_file *file = NULL;
    assert_int_equal(state_file_open(state_path, desk, &file, NULL), WD_OK);
    append(file, 4, 5);

    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    lower = (struct rlimit){size + 11, limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &lower), 0);
    int r = state_file_flush(file, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_int_equal(r, WD_EIO);
    assert_non_null(strstr(err.message, state_path));
    assert_int_equal(read_bytes(bytes), size);

    assert_int_equal(state_file_close(file, &err), WD_OK);
    wd_desk_close(desk);
    uint64_t next = 0;
    assert_int_equal(next_sequence(&next, &err), WD_OK);
    assert_int_equal(next, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_run_goes_on_where_the_last_ended),
        cmocka_unit_test(a_torn_end_is_cut_off),
        cmocka_unit_test(zeros_at_the_end_are_cut_off),
        cmocka_unit_test(every_turned_bit_is_refused),
        cmocka_unit_test(a_missing_record_is_refused),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(one_run_at_a_time),
        cmocka_unit_test(a_missing_folder_is_told),
        cmocka_unit_test(a_full_disk_leaves_whole_records),
    };
    return cmocka_run_group_tests(tests, state_folder_make, state_folder_remove);
}
