/* gazetteer.c -- wiredesk gazetteer build: tables of names into one compiled file.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The file is written beside its place and renamed, so that a running desk never maps
 * half of it. Bad rows of all tables are told in one run, and nothing is written then: a
 * list that lacks half its rows without notice would be worse than an old one. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "progress.h"
#include "wiredesk/gazetteer.h"

#define TABLE_MAX   ((size_t)1 << 30)
#define PIECE_BYTES ((size_t)1 << 18) /* of a table, between two looks at the bar */

static const struct command_option options[] = {
    {"output", 'o', "FILE", "where to write the compiled gazetteer"},
    {"quiet", 'q', NULL, "say nothing when all is well"},
    {0},
};

struct table {
    const char *path;
    size_t n_lines; /* before the piece that is read */
    struct progress *bar;
};

static void print_fault(void *arg, size_t line, const char *message)
{
    const struct table *table = arg;
    progress_end(table->bar);
    fprintf(stderr, "%s:%zu: %s\n", table->path, table->n_lines + line, message);
}

/* The bytes of a file in `buf`; false after errno is set. */
static bool read_file(const char *path, struct wd_buf *buf)
{
    FILE *file = fopen(path, "rbe");
    if (!file)
        return false;
    for (;;) {
        char *room = wd_buf_reserve(buf, 1 << 16);
        if (!room)
            break;
        size_t n = fread(room, 1, 1 << 16, file);
        buf->size += n;
        if (n == 0)
            break;
    }
    int error = ferror(file) ? EIO : wd_buf_status(buf) < 0 ? EFBIG : 0;
    fclose(file);
    errno = error;
    return error == 0;
}

static bool write_file(const char *path, struct wd_str bytes)
{
    char *part = NULL;
    if (asprintf(&part, "%s.part", path) < 0)
        return false;
    FILE *file = fopen(part, "wbe");
    bool ok = file && fwrite(bytes.data, 1, bytes.size, file) == bytes.size;
    if (file && fclose(file) != 0)
        ok = false;
    ok = ok && rename(part, path) == 0;
    if (!ok) {
        int error = errno;
        remove(part);
        errno = error;
    }
    free(part);
    return ok;
}

/* The rest's first whole lines, some PIECE_BYTES of them, and how many. */
static struct wd_str next_piece(struct wd_str rest, size_t *ret_n_lines)
{
    size_t size = 0;
    *ret_n_lines = 0;
    while (size < rest.size && size < PIECE_BYTES) {
        const char *end = memchr(rest.data + size, '\n', rest.size - size);
        size = end ? (size_t)(end - rest.data) + 1 : rest.size;
        (*ret_n_lines)++;
    }
    return (struct wd_str){rest.data, size};
}

/* Bad rows, or a negative status after a message. */
static int add_rows(const struct command *cmd, struct wd_gazetteer_builder *gb,
                    struct table *table, struct wd_str rows)
{
    int n_faults = 0;
    for (size_t at = 0, n_lines; at < rows.size; table->n_lines += n_lines) {
        struct wd_str rest = {rows.data + at, rows.size - at};
        struct wd_str piece = next_piece(rest, &n_lines);
        int r = wd_gazetteer_builder_add(gb, piece, print_fault, table);
        if (r < 0) {
            (void)command_fail(cmd, "%s: %s", table->path, wd_status_text(r));
            return r;
        }
        n_faults += r;
        at += piece.size;
        progress_step(table->bar, table->n_lines, (double)at / (double)rows.size);
    }
    return n_faults;
}

/* The same for a file. */
static int add_table(const struct command *cmd, struct wd_gazetteer_builder *gb,
                     const char *path)
{
    struct wd_buf buf;
    struct progress bar;
    struct table table = {.path = path, .bar = &bar};
    int r = WD_EIO;

    wd_buf_init(&buf, TABLE_MAX);
    progress_begin(&bar);
    bar.what = "rows";
    if (read_file(path, &buf))
        r = add_rows(cmd, gb, &table, wd_buf_str(&buf));
    else
        (void)command_fail(cmd, "%s: %s", path, strerror(errno));
    progress_end(&bar);
    wd_buf_done(&buf);
    return r;
}

static int build(const struct command *cmd, const char *output, char **paths, int n_paths,
                 bool is_quiet)
{
    struct wd_gazetteer_builder *gb = wd_gazetteer_builder_new();
    struct wd_buf buf;
    int n_faults = 0, exit_code = EXIT_USAGE, r;

    wd_buf_init(&buf, (size_t)1 << 31);
    if (!gb) {
        (void)command_fail(cmd, "%s", wd_status_text(WD_ENOMEM));
        goto out;
    }
    for (int i = 0; i < n_paths; i++) {
        r = add_table(cmd, gb, paths[i]);
        if (r < 0)
            goto out;
        n_faults += r;
    }
    if (n_faults) {
        (void)command_fail(cmd, "%d bad row%s; nothing was written", n_faults,
                           n_faults == 1 ? "" : "s");
        goto out;
    }
    r = wd_gazetteer_builder_write(gb, &buf);
    if (r < 0) {
        (void)command_fail(cmd, "%s", wd_status_text(r));
        goto out;
    }
    if (!write_file(output, wd_buf_str(&buf))) {
        (void)command_fail(cmd, "%s: %s", output, strerror(errno));
        goto out;
    }
    struct wd_gazetteer_stats stats;
    wd_gazetteer_builder_stats(gb, &stats);
    if (!is_quiet)
        fprintf(stderr, "%s: %zu entities, %zu forms, %zu words, %zu bytes\n", output,
                stats.entities, stats.forms, stats.words, buf.size);
    exit_code = EXIT_FINE;
out:
    wd_buf_done(&buf);
    wd_gazetteer_builder_free(gb);
    return exit_code;
}

static int gazetteer_run(const struct command *cmd, int argc, char **argv)
{
    struct args args;
    const char *output = NULL;
    bool is_quiet = false;

    args_init(&args, cmd, argc, argv);
    for (int id; (id = args_next(&args)) != ARGS_END;) {
        if (id == ARGS_STOP)
            return args.exit_code;
        if (id == 'o')
            output = args.value;
        if (id == 'q')
            is_quiet = true;
    }
    char **operands = argv + args.first_operand;
    int n_operands = argc - args.first_operand;
    if (n_operands < 1 || strcmp(operands[0], "build") != 0)
        return command_fail(cmd, "say what to do: wiredesk gazetteer build -o FILE TSV…");
    if (!output)
        return command_fail(cmd, "say where to write the result: -o FILE");
    if (n_operands < 2)
        return command_fail(cmd, "name at least one table to compile");
    return build(cmd, output, operands + 1, n_operands - 1, is_quiet);
}

const struct command command_gazetteer = {
    .name = "gazetteer",
    .operands = "build TSV…",
    .summary = "Compiles tables of names for the tagger",
    .details =
        "Each row of a table is: name, type, id, prominence, other forms, flags, parted\n"
        "by tabs; name and type are required. type: person, organisation, place, event,\n"
        "group; or given-name, surname, title, suffix, calendar, word, which are "
        "evidence\n"
        "only. id: a URI. prominence: 0 to 100. other forms: parted by |. flags: cc=XX,\n"
        "country, state, region, capital, parted by ;. Lines that begin with # are\n"
        "skipped. Every bad row is named with its file and line, and nothing is written.",
    .options = options,
    .run = gazetteer_run,
};
