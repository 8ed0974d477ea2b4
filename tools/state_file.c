/* state_file.c -- the sketch log without Kafka.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A line that names the format, then frames: the size of a sketch record and a check of
 * that size, four bytes each, and the record, which carries a checksum of its own. The
 * file only ever grows at its end. So a run that was killed leaves whole frames and
 * perhaps the beginning of one more, and that beginning can be cut off: nothing after it
 * was ever decided on. Everything else that is wrong with a file means that records are
 * missing or changed in the middle, and a desk restored from it would give other verdicts
 * than the one that wrote it; such a file is refused, and stays as it is.
 *
 * The size has a check of its own because a size that a flipped bit made larger looks
 * like a cut-off record otherwise, and would be cut away with all that follows it. */
#include "state_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[] = "wiredesk state 1\n";

enum {
    MAGIC_SIZE = sizeof(magic) - 1,
    FRAME_SIZE = 8,
    FLUSH_BYTES = 256 * 1024,
    RECORD_MAX = 64 * 1024 * 1024, /* far above any sketch: its lists are capped */
};

struct state_file {
    char *path;
    int fd;
    uint64_t size; /* of what is in the file, and whole */
    uint64_t cut_bytes;
    struct wd_buf pending; /* whole frames that are not in the file yet */
};

static int file_fail(const struct state_file *file, struct wd_error *err)
{
    return wd_error_set(err, WD_EIO, WD_NO_OFFSET, "%s: %s", file->path, strerror(errno));
}

static int file_refuse(const struct state_file *file, uint64_t at, const char *why,
                       struct wd_error *err)
{
    return wd_error_set(err, WD_ESKETCH, (size_t)at,
                        "%s: not usable as state, at byte %llu: %s", file->path,
                        (unsigned long long)at, why);
}

static uint32_t size_check(uint32_t size)
{
    return ~(size * UINT32_C(2654435769));
}

static void put_u32(char *bytes, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        bytes[i] = (char)(value >> 8 * i);
}

static uint32_t get_u32(const char *bytes)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < 4; i++)
        value |= (uint32_t)(unsigned char)bytes[i] << 8 * i;
    return value;
}

/* --- reading --- */

struct reader {
    FILE *stream;
    struct wd_buf record;
    struct wd_sketch_scratch *scratch;
};

/* Up to `size` bytes, fewer only at the end. */
static int read_bytes(const struct state_file *file, struct reader *in, char *bytes,
                      size_t size, size_t *ret_got, struct wd_error *err)
{
    *ret_got = fread(bytes, 1, size, in->stream);
    return ferror(in->stream) ? file_fail(file, err) : WD_OK;
}

/* A file system that lost power may leave zeros where the last writes were to go. */
static int rest_is_zero(const struct state_file *file, struct reader *in,
                        bool *ret_is_zero, struct wd_error *err)
{
    char bytes[4096];
    size_t got;
    *ret_is_zero = true;
    do {
        int r = read_bytes(file, in, bytes, sizeof(bytes), &got, err);
        if (r < 0)
            return r;
        for (size_t i = 0; i < got; i++)
            *ret_is_zero &= bytes[i] == 0;
    } while (got > 0);
    return WD_OK;
}

/* 1: a whole record is in in->record. 0: the file ends here, with file->size behind the
 * last whole one. */
static int next_record(struct state_file *file, struct reader *in, struct wd_error *err)
{
    static const char zeros[FRAME_SIZE];
    char frame[FRAME_SIZE];
    size_t got;
    int r = read_bytes(file, in, frame, sizeof(frame), &got, err);
    if (r < 0 || got < sizeof(frame))
        return r;
    if (memcmp(frame, zeros, sizeof(frame)) == 0) {
        bool is_zero;
        r = rest_is_zero(file, in, &is_zero, err);
        if (r < 0 || is_zero)
            return r;
    }
    uint32_t size = get_u32(frame);
    if (get_u32(frame + 4) != size_check(size) || size > RECORD_MAX)
        return file_refuse(file, file->size, "the size of a record is damaged", err);

    wd_buf_clear(&in->record);
    char *bytes = wd_buf_reserve(&in->record, size);
    if (!bytes)
        return wd_error_set(err, WD_ENOMEM, WD_NO_OFFSET, NULL);
    r = read_bytes(file, in, bytes, size, &got, err);
    in->record.size = got;
    return r < 0 ? r : got == size;
}

static int restore_records(struct state_file *file, struct reader *in,
                           struct wd_desk *desk, struct wd_error *err)
{
    int r;
    while ((r = next_record(file, in, err)) == 1) {
        struct wd_sketch sketch;
        struct wd_error why = {0};
        r = wd_sketch_decode(wd_buf_str(&in->record), &sketch, &in->scratch, &why);
        if (r == WD_OK)
            r = wd_desk_restore(desk, &sketch, 1, NULL, &why);
        if (r == WD_ESKETCH)
            return file_refuse(file, file->size, why.message, err);
        if (r < 0)
            return wd_error_set(err, r, WD_NO_OFFSET, NULL);
        file->size += FRAME_SIZE + in->record.size;
    }
    return r;
}

/* Whether the file begins as it should; one that ends before it could is a new one. */
static int read_magic(struct state_file *file, struct reader *in, bool *ret_is_new,
                      struct wd_error *err)
{
    char bytes[MAGIC_SIZE];
    size_t got;
    int r = read_bytes(file, in, bytes, sizeof(bytes), &got, err);
    if (r < 0)
        return r;
    *ret_is_new = got < MAGIC_SIZE;
    if (memcmp(bytes, magic, got) == 0)
        return WD_OK;
    /* All but the number and the end of the line. */
    if (got == MAGIC_SIZE && memcmp(bytes, magic, MAGIC_SIZE - 2) == 0)
        return file_refuse(file, 0, "it is of another version of wiredesk", err);
    return file_refuse(file, 0, "it is not a state file of wiredesk", err);
}

static int restore(struct state_file *file, struct wd_desk *desk, bool *ret_is_new,
                   struct wd_error *err)
{
    struct reader in = {0};
    int fd = dup(file->fd), r = WD_EIO;
    wd_buf_init(&in.record, RECORD_MAX);
    in.stream = fd < 0 ? NULL : fdopen(fd, "rb");
    if (!in.stream) {
        r = file_fail(file, err);
        if (fd >= 0)
            (void)close(fd); /* only read */
        return r;
    }
    r = read_magic(file, &in, ret_is_new, err);
    if (r == WD_OK && !*ret_is_new) {
        file->size = MAGIC_SIZE;
        r = restore_records(file, &in, desk, err);
    }
    (void)fclose(in.stream); /* only read */
    wd_buf_done(&in.record);
    wd_sketch_scratch_free(in.scratch);
    return r;
}

/* --- writing --- */

static int write_at(const struct state_file *file, const char *bytes, size_t size,
                    uint64_t at)
{
    while (size > 0) {
        ssize_t n = pwrite(file->fd, bytes, size, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            errno = n == 0 ? EIO : errno;
            return -1;
        }
        bytes += n;
        size -= (size_t)n;
        at += (uint64_t)n;
    }
    return 0;
}

int state_file_flush(struct state_file *file, struct wd_error *err)
{
    if (file->pending.size == 0)
        return WD_OK;
    if (write_at(file, file->pending.data, file->pending.size, file->size) < 0) {
        int r = file_fail(file, err);
        /* What got through is cut off; failing that, the next run does it. */
        (void)!ftruncate(file->fd, (off_t)file->size);
        wd_buf_clear(&file->pending);
        return r;
    }
    file->size += file->pending.size;
    wd_buf_clear(&file->pending);
    return WD_OK;
}

int state_file_append(struct state_file *file, const struct wd_sketch *sketch,
                      struct wd_error *err)
{
    static const char zeros[FRAME_SIZE];
    struct wd_buf *buf = &file->pending;
    size_t start = buf->size;
    wd_buf_append(buf, zeros, FRAME_SIZE);
    wd_sketch_encode(sketch, buf);
    if (wd_buf_status(buf) < 0)
        return wd_error_set(err, wd_buf_status(buf), WD_NO_OFFSET, NULL);
    uint32_t size = (uint32_t)(buf->size - start - FRAME_SIZE);
    put_u32(buf->data + start, size);
    put_u32(buf->data + start + 4, size_check(size));
    return buf->size >= FLUSH_BYTES ? state_file_flush(file, err) : WD_OK;
}

/* --- opening and closing --- */

/* A new file must be findable after a power failure, too. */
static int sync_folder(const struct state_file *file)
{
    char *folder = strdup(file->path); /* NOLINT: an open file has a path */
    if (!folder)
        return -1;
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int r = fd < 0 ? -1 : fsync(fd);
    if (fd >= 0)
        (void)close(fd); /* nothing was written through it */
    free(folder);
    return r;
}

static int begin_file(struct state_file *file, struct wd_error *err)
{
    if (write_at(file, magic, MAGIC_SIZE, 0) < 0 || fsync(file->fd) < 0 ||
        sync_folder(file) < 0)
        return file_fail(file, err);
    file->size = MAGIC_SIZE;
    return WD_OK;
}

static int cut_rest(struct state_file *file, struct wd_error *err)
{
    struct stat st;
    if (fstat(file->fd, &st) < 0)
        return file_fail(file, err);
    if ((uint64_t)st.st_size == file->size)
        return WD_OK;
    file->cut_bytes = (uint64_t)st.st_size - file->size;
    return ftruncate(file->fd, (off_t)file->size) < 0 ? file_fail(file, err) : WD_OK;
}

static int take_file(struct state_file *file, struct wd_error *err)
{
    struct stat st;
    /* Without O_NONBLOCK, a FIFO would wait here for somebody to open its other end. */
    file->fd = open(file->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0644);
    if (file->fd < 0 || fstat(file->fd, &st) < 0)
        return file_fail(file, err);
    if (!S_ISREG(st.st_mode))
        return file_refuse(file, 0, "it is not a regular file", err);
    if (flock(file->fd, LOCK_EX | LOCK_NB) == 0)
        return WD_OK;
    return errno == EWOULDBLOCK ? file_refuse(file, 0, "another run is using it", err)
                                : file_fail(file, err);
}

static void file_free(struct state_file *file)
{
    if (file->fd >= 0)
        (void)close(file->fd); /* callers that care have synced before */
    wd_buf_done(&file->pending);
    free(file->path);
    free(file);
}

int state_file_open(const char *path, struct wd_desk *desk, struct state_file **ret_file,
                    struct wd_error *err)
{
    struct state_file *file = calloc(1, sizeof(*file));
    if (!file)
        return wd_error_set(err, WD_ENOMEM, WD_NO_OFFSET, NULL);
    file->fd = -1;
    file->path = strdup(path);
    wd_buf_init(&file->pending, SIZE_MAX / 2);
    bool is_new = false;
    int r = file->path ? take_file(file, err)
                       : wd_error_set(err, WD_ENOMEM, WD_NO_OFFSET, NULL);
    if (r == WD_OK)
        r = restore(file, desk, &is_new, err);
    if (r == WD_OK && is_new)
        r = begin_file(file, err);
    if (r == WD_OK)
        r = cut_rest(file, err);
    if (r < 0) {
        file_free(file);
        return r;
    }
    *ret_file = file;
    return WD_OK;
}

uint64_t state_file_cut_bytes(const struct state_file *file)
{
    return file->cut_bytes;
}

int state_file_close(struct state_file *file, struct wd_error *err)
{
    if (!file)
        return WD_OK;
    int r = state_file_flush(file, err);
    if (r == WD_OK && fsync(file->fd) < 0)
        r = file_fail(file, err);
    file_free(file);
    return r;
}
