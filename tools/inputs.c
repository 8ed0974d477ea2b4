/* inputs.c -- files, folders and standard input as one row of records.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All names are gathered at the start and sorted by their bytes: the order of records
 * must not depend on the file system or the locale, since duplicates point from the later
 * article to the earlier one. Contents are read only when their turn comes, one record at
 * a time, so that a file of a million lines costs the memory of one. */
#include "inputs.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "wiredesk/buf.h"

enum { DEPTH_MAX = 32 }; /* folders in folders */

struct inputs {
    char **paths;
    size_t n_paths;
    size_t next_path;
    FILE *file; /* of the current path; NULL: between two */
    bool is_lines;
    bool has_stdin;
    bool stdin_is_spent;
    int64_t n_records; /* so far in the current file */
    int64_t n_lines;
    struct wd_buf buf;
    size_t ceiling_bytes;
    uint64_t done_bytes;
    uint64_t total_bytes;
};

static bool is_stdin(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n > m && strcasecmp(name + n - m, ending) == 0;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return is_stdin(path) ? "stdin" : slash ? slash + 1 : path;
}

static bool holds_lines(const char *name)
{
    return ends_with(name, ".jsonl") || ends_with(name, ".ndjson");
}

static struct wd_str content_type_of(const char *name)
{
    static const struct {
        const char *ending;
        const char *type;
    } rows[] = {
        {".txt", "text/plain"},         {".json", "application/json"},
        {".jsonl", "application/json"}, {".ndjson", "application/json"},
        {".html", "text/html"},         {".htm", "text/html"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (ends_with(name, rows[i].ending))
            return wd_str_from(rows[i].type);
    }
    return (struct wd_str){0};
}

/* ---- gathering the names ---- */

static int add_path(struct inputs *in, const char *path, uint64_t size)
{
    if ((in->n_paths & (in->n_paths + 1)) == 0) { /* 0, 1, 3, 7, …: full */
        size_t room = 2 * in->n_paths + 1;
        char **paths = reallocarray(in->paths, room, sizeof(*paths));
        if (!paths)
            return WD_ENOMEM;
        in->paths = paths;
    }
    char *copy = strdup(path);
    if (!copy)
        return WD_ENOMEM;
    in->paths[in->n_paths++] = copy;
    in->total_bytes += size;
    return WD_OK;
}

static int is_wanted(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && !ends_with(entry->d_name, ".md");
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int add_named(struct inputs *in, const char *path, unsigned depth,
                     struct wd_error *err);

static int add_folder(struct inputs *in, const char *path, unsigned depth,
                      struct wd_error *err)
{
    struct dirent **entries = NULL;
    int n = scandir(path, &entries, is_wanted, by_bytes);
    if (n < 0)
        return wd_error_set(err, WD_EIO, WD_NO_OFFSET, "%s: %s", path, strerror(errno));

    int r = WD_OK;
    for (int i = 0; i < n; i++) {
        char *below = NULL;
        if (r == WD_OK && asprintf(&below, "%s/%s", path, entries[i]->d_name) < 0) {
            below = NULL;
            r = WD_ENOMEM;
        }
        if (r == WD_OK)
            r = add_named(in, below, depth + 1, err);
        free(below);
        free(entries[i]);
    }
    free(entries);
    return r;
}

/* Devices and sockets below a folder are no articles; named by the user, a pipe is. */
static int add_named(struct inputs *in, const char *path, unsigned depth,
                     struct wd_error *err)
{
    struct stat st;
    int r = depth == 0 ? stat(path, &st) : lstat(path, &st);

    if (r == 0 && S_ISLNK(st.st_mode)) {
        r = stat(path, &st);
        if (r == 0 && S_ISDIR(st.st_mode)) /* a link may lead into a circle */
            return WD_OK;
    }
    if (r < 0)
        return wd_error_set(err, WD_EIO, WD_NO_OFFSET, "%s: %s", path, strerror(errno));
    if (S_ISDIR(st.st_mode))
        return depth < DEPTH_MAX ? add_folder(in, path, depth, err) : WD_OK;
    if (depth > 0 && !S_ISREG(st.st_mode))
        return WD_OK;
    return add_path(in, path, (uint64_t)st.st_size);
}

static int add_operand(struct inputs *in, const char *operand, struct wd_error *err)
{
    size_t before = in->n_paths, size = strlen(operand);

    if (is_stdin(operand)) {
        in->has_stdin = true;
        return add_path(in, operand, 0);
    }
    while (size > 1 && operand[size - 1] == '/') /* "seeds/" prints as "seeds" */
        size--;

    char *path = strndup(operand, size);
    if (!path)
        return WD_ENOMEM;
    int r = add_named(in, path, 0, err);
    if (r == WD_OK && in->n_paths == before)
        r = wd_error_set(err, WD_EIO, WD_NO_OFFSET, "%s: no article is in this folder",
                         path);
    free(path);
    return r;
}

int inputs_open(char *const *operands, size_t n_operands, size_t ceiling_bytes,
                struct inputs **ret_in, struct wd_error *err)
{
    int r = WD_ENOMEM;
    struct inputs *in = calloc(1, sizeof(*in));
    if (!in)
        goto out;

    in->ceiling_bytes = ceiling_bytes;
    wd_buf_init(&in->buf, SIZE_MAX / 2);
    r = WD_OK;
    for (size_t i = 0; i < n_operands && r == WD_OK; i++)
        r = add_operand(in, operands[i], err);
    if (r < 0)
        goto out;

    *ret_in = in; /* now the caller's */
    in = NULL;
out:
    inputs_close(in);
    if (r == WD_ENOMEM)
        wd_error_set(err, r, WD_NO_OFFSET, NULL);
    return r;
}

/* ---- reading ---- */

static void close_file(struct inputs *in)
{
    if (in->file && in->file != stdin)
        (void)fclose(in->file); /* only read: nothing can be lost */
    in->file = NULL;
    in->next_path++;
}

void inputs_close(struct inputs *in)
{
    if (!in)
        return;
    if (in->file)
        close_file(in);
    for (size_t i = 0; i < in->n_paths; i++)
        free(in->paths[i]);
    free(in->paths);
    wd_buf_done(&in->buf);
    free(in);
}

void inputs_rewind(struct inputs *in)
{
    if (in->file)
        close_file(in);
    in->next_path = 0;
    in->done_bytes = 0;
}

void inputs_progress(const struct inputs *in, uint64_t *ret_done, uint64_t *ret_total)
{
    *ret_done = in->done_bytes;
    *ret_total = in->has_stdin ? 0 : in->total_bytes;
}

/* Appends up to and including `delim`, or to the end of the file. Keeps no more than the
 * ceiling, but tells all that went by. */
static uint64_t read_until(struct inputs *in, int delim)
{
    uint64_t size = 0;
    int c;

    while ((c = getc_unlocked(in->file)) != EOF) {
        size++;
        if (in->buf.size < in->ceiling_bytes)
            wd_buf_append_char(&in->buf, (char)c);
        if (c == delim)
            break;
    }
    in->done_bytes += size;
    return size;
}

static bool is_blank(struct wd_str str)
{
    for (size_t i = 0; i < str.size; i++) {
        if (!strchr(" \t\r\n", str.data[i]) || str.data[i] == '\0')
            return false;
    }
    return true;
}

static bool is_whole_object(struct wd_str line)
{
    json_t *json = json_loadb(line.data, line.size, 0, NULL);
    bool is_whole = json_is_object(json);
    json_decref(json);
    return is_whole;
}

static int open_next(struct inputs *in, struct wd_error *err)
{
    const char *path = in->paths[in->next_path];

    in->n_records = 0;
    in->n_lines = 0;
    in->is_lines = holds_lines(path);
    if (is_stdin(path)) {
        in->file = stdin;
        in->stdin_is_spent = true;
        return WD_OK;
    }
    in->file = fopen(path, "rbe");
    if (in->file)
        return WD_OK;
    close_file(in);
    return wd_error_set(err, WD_EIO, WD_NO_OFFSET, "%s: %s", path, strerror(errno));
}

/* The next record's bytes into `buf`: 1, or 0 at the end of the file. */
static int read_record(struct inputs *in, uint64_t *ret_size)
{
    bool is_first = in->n_lines == 0;
    bool may_be_lines = is_first && in->file == stdin;

    if (!in->is_lines && !is_first)
        return 0;
    do {
        wd_buf_clear(&in->buf);
        *ret_size = read_until(in, in->is_lines || may_be_lines ? '\n' : EOF);
        in->n_lines++;
    } while (in->is_lines && *ret_size > 0 && is_blank(wd_buf_str(&in->buf)));
    if (may_be_lines) {
        in->is_lines = is_whole_object(wd_buf_str(&in->buf));
        if (!in->is_lines)
            *ret_size += read_until(in, EOF);
    }
    return !in->is_lines || *ret_size > 0;
}

/* A line's end is not part of its record. */
static struct wd_str record_value(const struct inputs *in)
{
    struct wd_str value = wd_buf_str(&in->buf);

    if (in->is_lines && value.size > 0 && value.data[value.size - 1] == '\n')
        value.size--;
    if (in->is_lines && value.size > 0 && value.data[value.size - 1] == '\r')
        value.size--;
    return value;
}

static int file_next(struct inputs *in, struct input_record *ret_rec,
                     struct wd_error *err)
{
    const char *path = in->paths[in->next_path];
    uint64_t size = 0;

    errno = 0;
    int r = read_record(in, &size);
    if (ferror(in->file)) {
        r = wd_error_set(err, WD_EIO, WD_NO_OFFSET, "%s: %s", path, strerror(errno));
        close_file(in);
        return r;
    }
    if (wd_buf_status(&in->buf) < 0)
        return wd_error_set(err, wd_buf_status(&in->buf), WD_NO_OFFSET, NULL);
    if (r == 0) {
        close_file(in);
        return 0;
    }
    *ret_rec = (struct input_record){
        .value = record_value(in),
        .content_type = in->is_lines ? WD_STR("application/json") : content_type_of(path),
        .path = path,
        .name = last_part(path),
        .is_line = in->is_lines,
        .number = in->n_records++,
        .line = in->n_lines,
        .is_cut = size > in->buf.size,
        .size_bytes = size,
    };
    return 1;
}

int inputs_next(struct inputs *in, struct input_record *ret_rec, struct wd_error *err)
{
    while (in->file || in->next_path < in->n_paths) {
        if (!in->file && is_stdin(in->paths[in->next_path]) && in->stdin_is_spent) {
            in->next_path++;
            continue;
        }
        int r = in->file ? WD_OK : open_next(in, err);
        if (r == WD_OK)
            r = file_next(in, ret_rec, err);
        if (r != 0)
            return r;
    }
    return 0;
}
