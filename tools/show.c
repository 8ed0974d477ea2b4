/* show.c -- wiredesk show: articles as a person wants to read them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Takes raw articles, which it enriches, and enriched ones, which it shows as they are.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "article_options.h"
#include "commands.h"
#include "lab.h"
#include "marks.h"
#include "show.h"
#include "wiredesk/emit.h"

enum { OPT_HTML = 256, OPT_COLOUR };

static const struct command_option options[] = {
    {"html", OPT_HTML, NULL, "one page for a browser, on standard output"},
    {"color", OPT_COLOUR, "WHEN", "auto (default), always or never"},
    ARTICLE_FORMAT_OPTION,
    ARTICLE_CLEAN_OPTION,
    ARTICLE_DATA_DIR_OPTION,
    ARTICLE_GAZETTEERS_OPTION,
    {0},
};

enum colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

struct settings {
    const struct command *cmd;
    struct wd_options opts;
    enum colour colour;
    bool is_html;
};

struct run {
    const struct command *cmd;
    const struct settings *settings;
    struct lab lab;
    struct inputs *in;
    struct wd_article *art;
    struct wd_buf json;
    struct view view;
    enum shade_depth depth;
    unsigned n_articles;
    int exit_code;
};

static int take_colour(const char *value, struct settings *settings)
{
    static const char *const colours[] = {"auto", "always", "never"};

    for (unsigned i = 0; i < sizeof(colours) / sizeof(colours[0]); i++) {
        settings->colour = (enum colour)i;
        if (strcmp(value, colours[i]) == 0)
            return EXIT_FINE;
    }
    return command_fail(settings->cmd, "--color is auto, always or never, not %s", value);
}

static int take_option(void *opaque, int id, const char *value)
{
    struct settings *settings = opaque;

    switch (id) {
    case OPT_HTML:
        settings->is_html = true;
        return EXIT_FINE;
    case OPT_COLOUR:
        return take_colour(value, settings);
    default:
        return article_option(settings->cmd, id, value, &settings->opts);
    }
}

static void show_document(struct run *run, const struct input_record *rec,
                          const json_t *enriched)
{
    bool is_fine;

    run->n_articles++;
    if (run->settings->is_html) {
        is_fine = show_html_article(stdout, enriched, run->n_articles);
    } else {
        view_article(&run->view, enriched);
        is_fine = show_text(&run->view.term, run->depth, enriched);
    }
    if (!is_fine) {
        (void)command_fail(run->cmd, "%s: the offsets do not fit the text", rec->path);
        run->exit_code = EXIT_REJECTED;
    }
}

static void show_refusal(struct run *run, const struct input_record *rec,
                         const struct wd_error *err)
{
    const char *code = wd_status_name(err->status);

    run->exit_code = EXIT_REJECTED;
    if (run->settings->is_html)
        show_html_reject(stdout, rec->path, code, err->message);
    else
        view_reject(&run->view, rec->path, code, err->message);
}

/* WD_OK also for a refused record, which is shown as one. */
static int show_raw(struct run *run, const struct input_record *rec)
{
    static const struct wd_emit_options emit = {.profile = WD_PROFILE_NINJS3,
                                                .tokens = false};
    int r = lab_run(&run->lab, rec, run->art);

    if (r < 0 && wd_status_class(r) != WD_CLASS_INPUT)
        return r;
    if (r < 0) {
        show_refusal(run, rec, wd_article_error(run->art));
        return WD_OK;
    }
    wd_buf_clear(&run->json);
    wd_emit(run->art, &emit, &run->json);
    if (wd_buf_status(&run->json) < 0)
        return wd_buf_status(&run->json);
    json_t *enriched = json_loadb(run->json.data, run->json.size, JSON_ALLOW_NUL, NULL);
    if (!enriched)
        return WD_ENOMEM;
    show_document(run, rec, enriched);
    json_decref(enriched);
    return WD_OK;
}

static int show_record(struct run *run, const struct input_record *rec)
{
    json_t *json =
        json_loadb(rec->value.data ? rec->value.data : "", rec->value.size, 0, NULL);
    int r = WD_OK;

    if (marks_wiredesk(json))
        show_document(run, rec, json);
    else
        r = show_raw(run, rec);
    json_decref(json);
    return r;
}

static int show_all(struct run *run)
{
    struct input_record rec;
    struct wd_error err;
    int r;

    while ((r = inputs_next(run->in, &rec, &err)) != 0) {
        if (r == WD_EIO) {
            run->exit_code = command_fail(run->cmd, "%s", err.message);
            continue;
        }
        r = r < 0 ? r : show_record(run, &rec);
        if (r < 0)
            return command_fail(run->cmd, "%s", wd_status_text(r));
    }
    return run->exit_code;
}

static void show_begin(struct run *run)
{
    struct term *term = &run->view.term;

    view_init(&run->view, stdout);
    if (run->settings->colour != COLOUR_AUTO)
        term->is_colour = run->settings->colour == COLOUR_ALWAYS;
    run->depth = shade_depth_of(term->is_colour);
    if (run->settings->is_html)
        show_html_begin(stdout);
    else
        show_legend(term, run->depth);
}

static int show_files(const struct command *cmd, const struct settings *settings,
                      char *const *operands, size_t n_operands)
{
    struct run run = {.cmd = cmd, .settings = settings, .art = wd_article_new()};
    struct wd_error err;
    int code;

    wd_buf_init(&run.json, SIZE_MAX / 2);
    if (!run.art)
        return command_fail(cmd, "%s", wd_status_text(WD_ENOMEM));
    if (inputs_open(operands, n_operands, (size_t)64 * 1024 * 1024, &run.in, &err) < 0 ||
        lab_open(&run.lab, &settings->opts, &err) < 0) {
        code = command_fail(cmd, "%s", err.message);
    } else {
        show_begin(&run);
        code = show_all(&run);
        if (settings->is_html)
            show_html_end(stdout);
        if (fflush(stdout) != 0 || ferror(stdout))
            code = command_fail(cmd, "standard output could not be written");
        view_done(&run.view);
    }
    inputs_close(run.in);
    lab_close(&run.lab);
    wd_buf_done(&run.json);
    wd_article_free(run.art);
    return code;
}

static int show_run(const struct command *cmd, int argc, char **argv)
{
    static char dash[] = "-";
    static char *const standard_input[] = {dash};
    struct settings settings = {.cmd = cmd};
    struct args args;

    wd_options_init(&settings.opts);
    args_init(&args, cmd, argc, argv);
    if (!args_take(&args, take_option, &settings))
        return args.exit_code;
    size_t n = (size_t)(argc - args.first_operand);
    if (n == 0 && isatty(STDIN_FILENO))
        return command_fail(cmd, "name a FILE, or send articles to standard input; try "
                                 "wiredesk show -h");
    return show_files(cmd, &settings, n ? argv + args.first_operand : standard_input,
                      n ? n : 1);
}

const struct command command_show = {
    .name = "show",
    .operands = "[FILE|DIR|-]…",
    .summary = "articles with names in colour, for reading",
    .details =
        "Shows raw articles, which are enriched first, and enriched ones, as enrich and\n"
        "the output topic have them: a summary, then the text with people,\n"
        "organisations, places, events and groups in colour and with what cleaning took\n"
        "out, dimmed, in its place. NO_COLOR and --color=never put names in brackets.",
    .options = options,
    .run = show_run,
};
