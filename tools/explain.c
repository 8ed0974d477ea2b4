/* explain.c -- wiredesk explain: two articles, one after the other, over an empty desk.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The verdict is the desk's own; nothing is judged here. What is added is what the desk
 * cannot keep: the words themselves. */
#include "explain.h"

#include <stdlib.h>
#include <string.h>

#include "article_options.h"
#include "commands.h"
#include "lab.h"

enum { OPT_JSON = 256 };

static const struct command_option options[] = {
    {"json", OPT_JSON, NULL, "one JSON object instead of text"},
    ARTICLE_FORMAT_OPTION,
    ARTICLE_DATA_DIR_OPTION,
    ARTICLE_GAZETTEERS_OPTION,
    {0},
};

struct settings {
    const struct command *cmd;
    struct wd_options opts;
    bool is_json;
};

/* An article that owns its record. */
struct specimen {
    struct wd_article *art;
    char *bytes;
};

static void specimen_done(struct specimen *specimen)
{
    wd_article_free(specimen->art);
    free(specimen->bytes);
    *specimen = (struct specimen){0};
}

/* The one record that `operand` stands for. */
static int specimen_read(struct specimen *specimen, char *operand, const struct lab *lab,
                         size_t ceiling, struct wd_error *err)
{
    struct inputs *in = NULL;
    struct input_record rec;

    int r = inputs_open(&operand, 1, ceiling, &in, err);
    if (r < 0)
        return r;
    r = inputs_next(in, &rec, err);
    if (r == 0)
        r = wd_error_set(err, WD_EEMPTY, WD_NO_OFFSET, "%s holds no article", operand);
    if (r < 0)
        goto out;
    specimen->bytes = malloc(rec.value.size + 1);
    specimen->art = wd_article_new();
    if (!specimen->bytes || !specimen->art) {
        r = wd_error_set(err, WD_ENOMEM, WD_NO_OFFSET, NULL);
        goto out;
    }
    if (rec.value.size != 0)
        memcpy(specimen->bytes, rec.value.data, rec.value.size);
    rec.value.data = specimen->bytes;
    rec.path = operand;
    r = lab_run(lab, &rec, specimen->art);
    if (r < 0)
        r = wd_error_set(err, r, WD_NO_OFFSET, "%s: %s: %s", operand, wd_status_name(r),
                         wd_status_class(r) == WD_CLASS_INPUT
                             ? wd_article_error(specimen->art)->message
                             : wd_status_text(r));
out:
    inputs_close(in);
    return r;
}

static int explain_articles(char *const *operands, const struct specimen *a,
                            const struct specimen *b, bool is_json)
{
    struct explanation ex;
    struct term term;

    int r = explanation_make(&ex, operands, a->art, b->art);
    if (r == WD_OK && is_json) {
        r = explain_print_json(&ex, stdout);
    } else if (r == WD_OK) {
        term_init(&term, stdout);
        explain_print(&ex, &term);
    }
    explanation_done(&ex);
    return r;
}

static int explain_files(const struct command *cmd, const struct settings *settings,
                         char *const *operands)
{
    size_t ceiling = wd_limits_largest(&settings->opts.limits) + 1;
    struct specimen a = {0}, b = {0};
    struct wd_error err;
    struct lab lab;

    int r = lab_open(&lab, &settings->opts, &err);
    if (r < 0)
        return command_fail(cmd, "%s", err.message);
    r = specimen_read(&a, operands[0], &lab, ceiling, &err);
    if (r == WD_OK)
        r = specimen_read(&b, operands[1], &lab, ceiling, &err);
    if (r < 0) {
        (void)command_fail(cmd, "%s", err.message);
    } else {
        r = explain_articles(operands, &a, &b, settings->is_json);
        if (r == WD_OK && (fflush(stdout) != 0 || ferror(stdout)))
            r = WD_EIO;
        if (r < 0)
            (void)command_fail(cmd, "%s", wd_status_text(r));
    }
    specimen_done(&a);
    specimen_done(&b);
    lab_close(&lab);
    return r == WD_OK                             ? EXIT_FINE
           : wd_status_class(r) == WD_CLASS_INPUT ? EXIT_REJECTED
                                                  : EXIT_USAGE;
}

static int take_option(void *opaque, int id, const char *value)
{
    struct settings *settings = opaque;

    if (id != OPT_JSON)
        return article_option(settings->cmd, id, value, &settings->opts);
    settings->is_json = true;
    return EXIT_FINE;
}

static int explain_run(const struct command *cmd, int argc, char **argv)
{
    struct settings settings = {.cmd = cmd};
    struct args args;

    wd_options_init(&settings.opts);
    args_init(&args, cmd, argc, argv);
    if (!args_take(&args, take_option, &settings))
        return args.exit_code;
    if (argc - args.first_operand != 2)
        return command_fail(cmd, "name two articles; try wiredesk explain -h");
    return explain_files(cmd, &settings, argv + args.first_operand);
}

const struct command command_explain = {
    .name = "explain",
    .operands = "A B",
    .summary = "why two articles are, or are not, duplicates",
    .details =
        "Reads A, then B, as if nothing else had ever come in, and shows the verdict on\n"
        "B and how sure it is, its figures, what it nearly was, the passages that both\n"
        "share side by side, and what speaks against: the names and the figures that "
        "only\n"
        "one of them has, and the time between them. Of a file that holds several\n"
        "articles the first is taken; - is standard input.",
    .options = options,
    .run = explain_run,
};
