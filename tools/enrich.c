/* enrich.c -- wiredesk enrich: the whole pipeline, from files to lines of JSON.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The same library and the same order of work as the daemon's, without Kafka: the pure
 * stages run on the belt's threads, the desk and the writer on this one, in input order.
 * So the output depends neither on -j nor on how fast anything was. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "article_options.h"
#include "belt.h"
#include "commands.h"
#include "datadir.h"
#include "pretty.h"
#include "progress.h"
#include "rejects.h"
#include "state_file.h"
#include "wiredesk/desk.h"
#include "wiredesk/emit.h"

enum {
    OPT_STATE = 256,
    OPT_REJECTS,
    OPT_NO_TOKENS,
    OPT_PRETTY,
    OPT_PROFILE,
    OPT_CLUSTERS,
    OPT_SOURCES,
};

enum { WORKERS_MAX = 64, WORKERS_DEFAULT_MAX = 8 };

static const struct command_option options[] = {
    ARTICLE_FORMAT_OPTION,
    ARTICLE_CLEAN_OPTION,
    {"state", OPT_STATE, "FILE", "remember articles there from one run to the next"},
    {"clusters", OPT_CLUSTERS, "FILE", "write there what changes about earlier articles"},
    {"sources", OPT_SOURCES, "NAMES", "publishers to prefer, parted by commas"},
    {"rejects", OPT_REJECTS, "FILE", "write refused records there, as JSON Lines"},
    {"no-tokens", OPT_NO_TOKENS, NULL, "leave out the places of the tokens"},
    {"profile", OPT_PROFILE, "PROFILE", "ninjs3 (default) or ninjs1"},
    {"pretty", OPT_PRETTY, NULL, "many lines for each article, for reading"},
    {"jobs", 'j', "N", "threads for the pure stages; default: one a processor"},
    ARTICLE_DATA_DIR_OPTION,
    ARTICLE_GAZETTEERS_OPTION,
    {0},
};

struct settings {
    const struct command *cmd;
    struct wd_options opts;
    struct wd_emit_options emit;
    const char *state;
    const char *clusters;
    const char *rejects;
    bool is_pretty;
    unsigned n_workers;
};

struct run {
    const struct command *cmd;
    const struct settings *settings;
    struct wd_pipeline *pl;
    struct wd_desk *desk;
    struct inputs *in;
    struct belt *belt;
    struct state_file *state; /* NULL: nothing is remembered */
    FILE *clusters;           /* NULL: nobody wants to know */
    FILE *rejects;
    struct wd_buf json;
    struct wd_buf pretty;
    bool has_bar; /* somebody watches standard error, and nothing else is seen there */
    struct progress bar;
    uint64_t n_done;
    uint64_t n_replays;
    int exit_code;
};

/* ---- the command line ---- */

static bool parse_workers(const char *value, unsigned *ret)
{
    char *end;

    errno = 0;
    long n = strtol(value, &end, 10);
    if (errno != 0 || end == value || *end || n < 1 || n > WORKERS_MAX)
        return false;
    *ret = (unsigned)n;
    return true;
}

static unsigned default_workers(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > WORKERS_DEFAULT_MAX ? WORKERS_DEFAULT_MAX : (unsigned)n;
}

static int check_file(const struct command *cmd, const char *option, const char *value)
{
    if (strcmp(value, "-") != 0)
        return EXIT_FINE;
    return command_fail(cmd,
                        "%s takes a file: standard output is the articles', standard "
                        "error the messages'",
                        option);
}

/* EXIT_FINE, or what the wrong value of one option ends in. */
static int take_option(void *opaque, int id, const char *value)
{
    struct settings *settings = opaque;
    const struct command *cmd = settings->cmd;

    switch (id) {
    case OPT_STATE:
        settings->state = value;
        break;
    case OPT_CLUSTERS:
        settings->clusters = value;
        return check_file(cmd, "--clusters", value);
    case OPT_SOURCES:
        settings->opts.sources = value;
        break;
    case OPT_REJECTS:
        settings->rejects = value;
        return check_file(cmd, "--rejects", value);
    case OPT_NO_TOKENS:
        settings->emit.tokens = false;
        break;
    case OPT_PROFILE:
        if (!wd_profile_parse(value, &settings->emit.profile))
            return command_fail(cmd, "there is no profile %s; try ninjs3 or ninjs1",
                                value);
        break;
    case OPT_PRETTY:
        settings->is_pretty = true;
        break;
    case 'j':
        if (!parse_workers(value, &settings->n_workers))
            return command_fail(cmd, "-j takes a number from 1 to %d, not %s",
                                WORKERS_MAX, value);
        break;
    default:
        return article_option(cmd, id, value, &settings->opts);
    }
    return EXIT_FINE;
}

/* ---- the work ---- */

/* Whoever reads us went away: there is nobody to tell. */
static int tell_output_error(const struct command *cmd)
{
    if (errno != EPIPE)
        (void)command_fail(cmd, "standard output: %s", strerror(errno));
    return EXIT_USAGE;
}

static int flush_output(void *context)
{
    (void)context;
    return fflush(stdout) == 0 ? WD_OK : WD_EIO;
}

/* Gives the article its verdict, and keeps what later ones need to know of it. */
static int decide(struct run *run, struct wd_article *art)
{
    struct wd_error err;
    int r = wd_desk_decide(run->desk, art);
    if (r < 0)
        return command_fail(run->cmd, "%s", wd_status_text(r));
    if (run->state && state_file_append(run->state, wd_article_sketch(art), &err) < 0)
        return command_fail(run->cmd, "%s", err.message);
    return EXIT_FINE;
}

static int write_article(struct run *run, const struct wd_article *art)
{
    struct wd_buf *line = &run->json;

    wd_buf_clear(line);
    wd_emit(art, &run->settings->emit, line);
    if (run->settings->is_pretty) {
        wd_buf_clear(&run->pretty);
        pretty_append(&run->pretty, wd_buf_str(line));
        line = &run->pretty;
    }
    wd_buf_append_char(line, '\n');
    if (wd_buf_status(&run->json) < 0 || wd_buf_status(line) < 0)
        return command_fail(run->cmd, "%s", wd_status_text(wd_buf_status(line)));
    if (fwrite(line->data, 1, line->size, stdout) != line->size)
        return tell_output_error(run->cmd);
    return EXIT_FINE;
}

static int write_change(struct run *run)
{
    struct wd_buf *line = &run->json;

    wd_buf_append_char(line, '\n');
    if (wd_buf_status(line) < 0)
        return command_fail(run->cmd, "%s", wd_status_text(wd_buf_status(line)));
    if (fwrite(line->data, 1, line->size, run->clusters) != line->size)
        return command_fail(run->cmd, "%s: %s", run->settings->clusters, strerror(errno));
    return EXIT_FINE;
}

/* What the article changed about earlier ones. */
static int write_changes(struct run *run, const struct wd_article *art)
{
    const struct wd_facts *facts = wd_article_facts(art);
    int code = EXIT_FINE;

    if (run->clusters && facts->revision.n_members != 0) {
        wd_buf_clear(&run->json);
        wd_emit_revision(art, facts->revision.n_members, &run->json);
        code = write_change(run);
    }
    if (run->clusters && facts->story.merged != 0 && code == EXIT_FINE) {
        wd_buf_clear(&run->json);
        wd_emit_merger(art, &run->json);
        code = write_change(run);
    }
    return code;
}

static int note_reject(struct run *run, const struct belt_item *item)
{
    int code = item->art ? EXIT_REJECTED : EXIT_USAGE;

    progress_end(&run->bar);
    reject_tell(run->cmd, item);
    if (run->exit_code < code)
        run->exit_code = code;
    if (run->rejects && reject_write(run->rejects, item) < 0)
        return command_fail(run->cmd, "%s: %s", run->settings->rejects, strerror(errno));
    return EXIT_FINE;
}

/* Takes every article off the belt. EXIT_FINE, or what stopped it half-way. */
static int work_through(struct run *run)
{
    struct belt_item item;
    int r, code;

    while ((r = belt_next(run->belt, &item, flush_output, NULL)) == 1) {
        code = item.art ? decide(run, item.art) : EXIT_FINE;
        if (code != EXIT_FINE)
            return code;
        if (item.error && item.error->status != WD_OK)
            code = note_reject(run, &item);
        else if (wd_article_facts(item.art)->dedup.is_replay)
            run->n_replays++; /* written when it first came */
        else
            code = write_article(run, item.art);
        if (code == EXIT_FINE && item.art)
            code = write_changes(run, item.art);
        if (code != EXIT_FINE)
            return code;
        run->n_done++;
        if (run->has_bar)
            progress_step(&run->bar, run->n_done, item.share);
    }
    progress_end(&run->bar);
    if (run->n_replays > 0)
        (void)fprintf(
            stderr,
            "wiredesk enrich: not written again: %llu that came before with the "
            "same uri, version and words\n",
            (unsigned long long)run->n_replays);
    if (r == WD_EIO || (r == 0 && fflush(stdout) != 0))
        return tell_output_error(run->cmd);
    return r == 0 ? EXIT_FINE : command_fail(run->cmd, "%s", wd_status_text(r));
}

/* Brings the desk to where the last run left it. */
static int open_state(struct run *run)
{
    struct wd_error err;
    if (!run->settings->state)
        return EXIT_FINE;
    if (state_file_open(run->settings->state, run->desk, &run->state, &err) < 0)
        return command_fail(run->cmd, "%s", err.message);
    uint64_t n = state_file_cut_bytes(run->state);
    if (n)
        (void)fprintf(stderr,
                      "wiredesk: %s: %s: a record was cut off at the end, %llu bytes "
                      "of it are gone\n",
                      run->cmd->name, run->settings->state, (unsigned long long)n);
    return EXIT_FINE;
}

static int close_state(struct run *run)
{
    struct wd_error err;
    if (state_file_close(run->state, &err) < 0)
        return command_fail(run->cmd, "%s", err.message);
    return EXIT_FINE;
}

/* A file beside the output, if one is wanted. */
static bool open_list(const struct run *run, const char *path, FILE **ret_file)
{
    if (!path)
        return true;
    *ret_file = fopen(path, "we");
    if (!*ret_file)
        (void)command_fail(run->cmd, "%s: %s", path, strerror(errno));
    return *ret_file != NULL;
}

static int close_list(const struct run *run, const char *path, FILE *file, int code)
{
    if (file && fclose(file) != 0 && code < EXIT_USAGE)
        code = command_fail(run->cmd, "%s: %s", path, strerror(errno));
    return code;
}

static int open_all(struct run *run, char *const *operands, size_t n_operands)
{
    const struct settings *settings = run->settings;
    struct wd_error err;

    if (wd_pipeline_open(&settings->opts, &run->pl, &err) < 0 ||
        wd_desk_open(&settings->opts, &run->desk, &err) < 0 ||
        inputs_open(operands, n_operands, wd_limits_largest(&settings->opts.limits) + 1,
                    &run->in, &err) < 0)
        return command_fail(run->cmd, "%s", err.message);
    int code = open_state(run);
    if (code != EXIT_FINE)
        return code;
    if (!open_list(run, settings->rejects, &run->rejects) ||
        !open_list(run, settings->clusters, &run->clusters))
        return EXIT_USAGE;
    if (belt_open(run->pl, run->in, settings->n_workers, &run->belt, &err) < 0)
        return command_fail(run->cmd, "%s", err.message);
    return EXIT_FINE;
}

static int close_all(struct run *run, int code)
{
    int state_code = close_state(run);
    code = code > state_code ? code : state_code;
    belt_close(run->belt);
    inputs_close(run->in);
    wd_desk_close(run->desk);
    wd_pipeline_close(run->pl);
    wd_buf_done(&run->json);
    wd_buf_done(&run->pretty);
    code = close_list(run, run->settings->clusters, run->clusters, code);
    return close_list(run, run->settings->rejects, run->rejects, code);
}

static int enrich(const struct command *cmd, const struct settings *settings,
                  char *const *operands, size_t n_operands)
{
    struct run run = {.cmd = cmd, .settings = settings};

    (void)signal(SIGPIPE, SIG_IGN); /* writing then says EPIPE, and files get closed */
    progress_begin(&run.bar);
    run.has_bar = !isatty(STDOUT_FILENO);
    wd_buf_init(&run.json, SIZE_MAX / 2);
    wd_buf_init(&run.pretty, SIZE_MAX / 2);
    int code = open_all(&run, operands, n_operands);
    if (code == EXIT_FINE)
        code = work_through(&run);
    return close_all(&run, code > run.exit_code ? code : run.exit_code);
}

static int enrich_run(const struct command *cmd, int argc, char **argv)
{
    static char dash[] = "-";
    static char *const standard_input[] = {dash};
    struct settings settings = {.cmd = cmd,
                                .emit = {.profile = WD_PROFILE_NINJS3, .tokens = true},
                                .n_workers = default_workers()};
    struct args args;

    wd_options_init(&settings.opts);
    args_init(&args, cmd, argc, argv);
    if (!args_take(&args, take_option, &settings))
        return args.exit_code;
    size_t n_operands = (size_t)(argc - args.first_operand);
    if (n_operands == 0 && isatty(STDIN_FILENO))
        return command_fail(cmd, "name a FILE or DIR, or send articles to standard "
                                 "input; try wiredesk enrich -h");

    char *data_dir;
    if (datadir_find(settings.opts.data_dir, &data_dir) < 0)
        return command_fail(cmd, "%s", wd_status_text(WD_ENOMEM));
    settings.opts.data_dir = data_dir;
    int code = enrich(cmd, &settings,
                      n_operands != 0 ? argv + args.first_operand : standard_input,
                      n_operands != 0 ? n_operands : 1);
    free(data_dir);
    return code;
}

const struct command command_enrich = {
    .name = "enrich",
    .operands = "[FILE|DIR|-]…",
    .summary = "articles in, one line of enriched JSON each out",
    .details =
        "Reads files, the files of folders in name order, or standard input (-), and\n"
        "writes one JSON object a line to standard output, in input order: IPTC ninjs\n"
        "3.1 plus the key \"wiredesk\". A .jsonl or .ndjson file holds one article a\n"
        "line. Duplicates and stories are told among the articles of one run or, with\n"
        "--state FILE, of all runs with that file.\n\n"
        "A record that is refused is named on standard error with its code; the others\n"
        "are done all the same. Exit code: 0 all fine, 1 some record was refused, 2 a\n"
        "usage error, or a file that cannot be read or written.",
    .options = options,
    .run = enrich_run,
};
