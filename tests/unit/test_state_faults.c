/* test_state_faults.c -- whichever call of a state file fails, the file stays usable.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker puts our wrappers between state_file.c and the system (--wrap). Each of its
 * calls fails once, in each of the ways that the system has for it, while a run opens a
 * file, restores it, appends, flushes and closes. After that the file either holds what
 * was promised, or a beginning of it that ends with a whole record. */
#include "cmocka_prelude.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "state_file.h"
#include "support/nth.h"
#include "support/state_folder.h"

enum { N_OLD = 4, N_NEW = 6 };

/* How the call that fails does it. */
static int fault_errno;
static bool is_short; /* half of the bytes go through first */

static bool fault_now(void)
{
    if (!nth_fails())
        return false;
    errno = fault_errno;
    return true;
}

int __real_open(const char *name, int flags, ...);
int __wrap_open(const char *name, int flags, mode_t mode);
int __real_fstat(int fd, struct stat *st);
int __wrap_fstat(int fd, struct stat *st);
int __real_flock(int fd, int operation);
int __wrap_flock(int fd, int operation);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_ftruncate(int fd, off_t size);
int __wrap_ftruncate(int fd, off_t size);
ssize_t __real_pwrite(int fd, const void *bytes, size_t size, off_t at);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t size, off_t at);
FILE *__wrap_fdopen(int fd, const char *mode);

int __wrap_open(const char *name, int flags, mode_t mode)
{
    return fault_now() ? -1 : __real_open(name, flags, mode);
}

int __wrap_fstat(int fd, struct stat *st)
{
    return fault_now() ? -1 : __real_fstat(fd, st);
}

int __wrap_flock(int fd, int operation)
{
    return fault_now() ? -1 : __real_flock(fd, operation);
}

int __wrap_fsync(int fd)
{
    return fault_now() ? -1 : __real_fsync(fd);
}

int __wrap_ftruncate(int fd, off_t size)
{
    return fault_now() ? -1 : __real_ftruncate(fd, size);
}

ssize_t __wrap_pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    if (!fault_now())
        return __real_pwrite(fd, bytes, size, at);
    /* What a full disk does: some bytes, and the error with the next call. */
    if (is_short)
        nth_again();
    return is_short ? __real_pwrite(fd, bytes, size / 2, at) : -1;
}

static ssize_t stream_read(void *cookie, char *bytes, size_t size)
{
    if (fault_now() && !is_short)
        return -1;
    return read(*(int *)cookie, bytes, nth_happened && is_short ? (size + 1) / 2 : size);
}

static int stream_close(void *cookie)
{
    int r = close(*(int *)cookie);
    free(cookie);
    return r;
}

FILE *__wrap_fdopen(int fd, const char *mode)
{
    int *cookie = malloc(sizeof(*cookie));
    assert_non_null(cookie);
    *cookie = fd;
    return fopencookie(
        cookie, mode,
        (cookie_io_functions_t){.read = stream_read, .close = stream_close});
}

static int append(struct state_file *file, uint64_t first, uint64_t last,
                  struct wd_error *err)
{
    for (uint64_t n = first; n <= last; n++) {
        const struct wd_sketch sketch = state_sketch(n);
        int r = state_file_append(file, &sketch, err);
        if (r == WD_OK)
            r = state_file_flush(file, err);
        if (r < 0)
            return r;
    }
    return WD_OK;
}

/* Opens, appends from where the file ends up to `last`, closes. *ret_next is the sequence
 * after the last record that was flushed without complaint. */
static int session(uint64_t last, uint64_t *ret_next, struct wd_error *err)
{
    struct wd_desk *desk = state_desk();
    struct state_file *file = NULL;
    int r = state_file_open(state_path, desk, &file, err);
    if (r == WD_OK) {
        *ret_next = wd_desk_next_sequence(desk);
        for (uint64_t n = *ret_next; n <= last && r == WD_OK; n++) {
            r = append(file, n, n, err);
            *ret_next += r == WD_OK;
        }
        struct wd_error ignored;
        int closed = state_file_close(file, r == WD_OK ? err : &ignored);
        r = r == WD_OK ? closed : r;
    } else {
        assert_null(file);
    }
    wd_desk_close(desk);
    return r;
}

static void begin(uint64_t n_records)
{
    uint64_t next;
    (void)unlink(state_path);
    if (n_records)
        assert_int_equal(session(n_records, &next, NULL), WD_OK);
}

/* From a file with `n_old` records (0: none yet), every call. */
static size_t fail_every_call(uint64_t n_old)
{
    size_t n_faults = 0;
    do {
        struct wd_error err = {0};
        uint64_t promised = 0, next = 0;
        begin(n_old);
        nth_arm(++n_faults);
        int r = session(n_old + N_NEW, &promised, &err);
        bool happened = nth_happened;
        nth_disarm();
        if (r < 0) {
            assert_int_equal(r, WD_EIO);
            assert_non_null(strstr(err.message, state_path));
            assert_true(happened);
        }
        /* What went through stays; what was not flushed may come back whole. */
        struct wd_error later = {0};
        assert_int_equal(session(0, &next, &later), WD_OK);
        assert_in_range(next, promised ? promised : n_old + 1, n_old + N_NEW + 1);
        assert_int_equal(session(n_old + N_NEW, &next, &later), WD_OK);
        assert_int_equal(next, n_old + N_NEW + 1);
        if (!happened)
            return n_faults - 1;
    } while (n_faults < 1000);
    fail_msg("it never gets through");
    return 0;
}

static void whichever_call_fails_the_file_goes_on(void **state)
{
    (void)state;
    static const int errors[] = {EIO, ENOSPC, EDQUOT, ENOMEM};
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        fault_errno = errors[i];
        is_short = false;
        assert_in_range(fail_every_call(0), 3 + N_NEW, 100);
        assert_in_range(fail_every_call(N_OLD), 3 + N_NEW, 100);
    }
}

static void short_reads_and_writes_are_no_end(void **state)
{
    (void)state;
    fault_errno = ENOSPC;
    is_short = true;
    assert_in_range(fail_every_call(0), 3 + N_NEW, 100);
    assert_in_range(fail_every_call(N_OLD), 3 + N_NEW, 100);
}

/* A write that a signal broke off is made again. */
static void an_interrupted_write_is_repeated(void **state)
{
    (void)state;
    uint64_t next = 0;
    struct wd_error err = {0};
    size_t n_pwrite = 0, n_through = 0;
    fault_errno = EINTR;
    is_short = false;
    for (size_t n = 1; n < 100; n++) {
        begin(N_OLD);
        nth_arm(n);
        n_through += session(N_OLD + N_NEW, &next, &err) == WD_OK;
        n_pwrite += nth_happened;
        nth_disarm();
    }
    assert_true(n_pwrite > N_NEW);   /* calls that were hit */
    assert_true(n_through >= N_NEW); /* at least the writes took it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whichever_call_fails_the_file_goes_on),
        cmocka_unit_test(short_reads_and_writes_are_no_end),
        cmocka_unit_test(an_interrupted_write_is_repeated),
    };
    return cmocka_run_group_tests(tests, state_folder_make, state_folder_remove);
}
