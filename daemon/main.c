/* main.c -- wiredeskd: reads the command line and does the one thing it asks for.
 * SPDX-License-Identifier: Apache-2.0 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "desk.h"
#include "doctor.h"
#include "metrics.h"
#include "topics.h"
#include "wiredesk/pipeline.h"
#include "wiredesk/stage.h"
#include "wiredesk/version.h"

enum action {
    ACTION_RUN,
    ACTION_CHECK,
    ACTION_PRINT_CONFIG,
    ACTION_DOCTOR,
    ACTION_TOPICS_CREATE,
    ACTION_TOPICS_CHECK,
    ACTION_DONE, /* told what was asked; nothing else to do */
    ACTION_WRONG,
};

enum option_id {
    OPT_CONFIG = 'c',
    OPT_HELP = 'h',
    OPT_VERSION = 'V',
    OPT_LONG_HELP = 256,
    OPT_CHECK,
    OPT_DOCTOR,
    OPT_PRINT_CONFIG,
    OPT_REFERENCE,
    OPT_METRICS,
    OPT_STAGES,
    OPT_TOPICS,
    OPT_SET,
    OPT_DATA_DIR,
};

static const struct {
    const char *name;
    int id;
    const char *arg;
    const char *help;
} options[] = {
    {"config", OPT_CONFIG, "FILE", "read the settings from FILE"},
    {"set", OPT_SET, "SECTION.KEY=VALUE", "set one setting; wins over the file"},
    {"data-dir", OPT_DATA_DIR, "DIR", "folder with gazetteer and models"},
    {"check", OPT_CHECK, NULL, "check settings and data, tell all faults, and leave"},
    {"doctor", OPT_DOCTOR, NULL, "examine data, machine and cluster; name the cures"},
    {"print-config", OPT_PRINT_CONFIG, NULL, "print all settings, secrets hidden"},
    {"config-reference", OPT_REFERENCE, "[=FORM]",
     "print what each setting means: markdown, man or sample"},
    {"metrics-reference", OPT_METRICS, NULL, "print what each metric means"},
    {"stages", OPT_STAGES, NULL, "list what happens to an article"},
    {"topics", OPT_TOPICS, "create|check", "make the topics, or judge their settings"},
    {"version", OPT_VERSION, NULL, "print the version"},
    {"help", OPT_HELP, NULL, "print this; --help lists the settings too"},
};

#define N_OPTIONS (sizeof(options) / sizeof(options[0]))

struct command_line {
    enum action action;
    const char *path;
    struct config_sets sets;
    const char **set_items; /* sets.items, writable */
    char *data_dir;         /* --data-dir as a --set */
};

static bool is_optional(size_t i)
{
    return options[i].arg && options[i].arg[0] == '[';
}

static void print_help(bool is_long, FILE *out)
{
    fprintf(out, "usage: wiredeskd [OPTION]…\n\n"
                 "Enriches news articles from Kafka topic to Kafka topic, exactly "
                 "once.\n\n");
    for (size_t i = 0; i < N_OPTIONS; i++) {
        char left[64];
        bool has_letter = options[i].id < 256;
        (void)snprintf(left, sizeof(left), "%c%c%s--%s%s%s", has_letter ? '-' : ' ',
                       has_letter ? options[i].id : ' ', has_letter ? ", " : "  ",
                       options[i].name, options[i].arg && !is_optional(i) ? " " : "",
                       options[i].arg ? options[i].arg : "");
        fprintf(out, "  %-30s %s\n", left, options[i].help);
    }
    fprintf(out,
            "\nSIGTERM drains, commits and leaves; a second one leaves at once. SIGHUP "
            "reads the\nsettings again. Exit codes: 0 fine, 2 settings or "
            "environment, 3 fenced or state\nthat disagrees.\n");
    if (is_long)
        config_reference(REFERENCE_HELP, out);
}

static void print_stages(void)
{
    for (const struct wd_stage *const *stage = wd_stages(); *stage; stage++)
        printf("%-10s %-8s %s\n", (*stage)->name,
               (*stage)->is_ordered ? "ordered" : "pure", (*stage)->summary);
}

static enum action print_reference(const char *word)
{
    enum reference_form form = REFERENCE_MARKDOWN;
    if (word && !config_reference_parse(word, &form)) {
        fprintf(stderr, "wiredeskd: --config-reference takes markdown, man or sample\n");
        return ACTION_WRONG;
    }
    config_reference(form, stdout);
    return ACTION_DONE;
}

static enum action parse_topics(const char *word)
{
    if (strcmp(word, "create") == 0)
        return ACTION_TOPICS_CREATE;
    if (strcmp(word, "check") == 0)
        return ACTION_TOPICS_CHECK;
    fprintf(stderr, "wiredeskd: --topics takes create or check, not %s\n", word);
    return ACTION_WRONG;
}

static void add_set(struct command_line *line, const char *text)
{
    line->set_items[line->sets.n_items++] = text;
}

static void add_data_dir(struct command_line *line, const char *dir)
{
    char *text;
    if (asprintf(&text, "desk.data_dir=%s", dir) < 0)
        abort();
    add_set(line, text);
    for (size_t i = 0; i + 1 < line->sets.n_items; i++) { /* the last one wins anyhow */
        if (line->set_items[i] == line->data_dir)
            line->set_items[i] = text;
    }
    free(line->data_dir);
    line->data_dir = text;
}

static void take_option(struct command_line *line, int id)
{
    switch (id) {
    case OPT_CONFIG:
        line->path = optarg;
        break;
    case OPT_SET:
        add_set(line, optarg);
        break;
    case OPT_DATA_DIR:
        add_data_dir(line, optarg);
        break;
    case OPT_CHECK:
        line->action = ACTION_CHECK;
        break;
    case OPT_DOCTOR:
        line->action = ACTION_DOCTOR;
        break;
    case OPT_PRINT_CONFIG:
        line->action = ACTION_PRINT_CONFIG;
        break;
    case OPT_REFERENCE:
        line->action = print_reference(optarg);
        break;
    case OPT_METRICS:
        metrics_reference(stdout);
        line->action = ACTION_DONE;
        break;
    case OPT_STAGES:
        print_stages();
        line->action = ACTION_DONE;
        break;
    case OPT_TOPICS:
        line->action = parse_topics(optarg);
        break;
    case OPT_VERSION:
        printf("wiredeskd %s\n", wd_version());
        line->action = ACTION_DONE;
        break;
    case OPT_HELP:
    case OPT_LONG_HELP:
        print_help(id == OPT_LONG_HELP, stdout);
        line->action = ACTION_DONE;
        break;
    default:
        line->action = ACTION_WRONG;
    }
}

/* What getopt does not take, in our own words. */
static void tell_wrong_option(int id, char *const *argv)
{
    if (id == ':' || id == '?')
        fprintf(stderr, "wiredeskd: %s %s; try wiredeskd -h\n",
                id == ':' ? "an argument is missing after" : "there is no option",
                argv[optind - 1]);
}

static void parse_command_line(struct command_line *line, int argc, char **argv)
{
    struct option longs[N_OPTIONS + 1] = {{0}};
    for (size_t i = 0; i < N_OPTIONS; i++)
        longs[i] = (struct option){
            options[i].name,
            !options[i].arg  ? no_argument
            : is_optional(i) ? optional_argument
                             : required_argument,
            NULL, options[i].id == OPT_HELP ? (int)OPT_LONG_HELP : options[i].id};
    int id;
    opterr = 0;
    while (line->action != ACTION_DONE && line->action != ACTION_WRONG &&
           (id = getopt_long(argc, argv, ":c:hV", longs, NULL)) != -1) {
        tell_wrong_option(id, argv);
        take_option(line, id);
    }
    if (line->action != ACTION_DONE && line->action != ACTION_WRONG && optind < argc) {
        fprintf(stderr, "wiredeskd: it takes no %s; settings come with -c or --set\n",
                argv[optind]);
        line->action = ACTION_WRONG;
    }
}

static void print_list_fault(void *arg, const char *path, size_t line,
                             const char *message)
{
    (void)arg;
    if (line)
        fprintf(stderr, "%s:%zu: %s\n", path, line, message);
    else
        fprintf(stderr, "%s: %s\n", path, message);
}

/* Opens what a run would open, short of the broker. */
static int check(const struct config *cfg)
{
    struct wd_options opts;
    struct wd_error err;
    struct wd_pipeline *pl = NULL;
    config_library_options(cfg, &opts);
    opts.list_fault = print_list_fault;
    if (wd_pipeline_open(&opts, &pl, &err) < 0) {
        fprintf(stderr, "wiredeskd: %s\n", err.message);
        return DESK_EXIT_USAGE;
    }
    wd_pipeline_close(pl);
    puts("the configuration is fine");
    return DESK_EXIT_FINE;
}

static int examine(const struct config *cfg)
{
    log_set_level(LOG_LEVEL_ERROR); /* the findings say what the log would */
    return doctor(cfg, stdout) == 0 ? DESK_EXIT_FINE : DESK_EXIT_USAGE;
}

/* A cluster may take its time; on a screen a line says that it was asked. */
static void tell_wait(const char *what)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s", what);
}

static int topics(const struct config *cfg, enum action action)
{
    struct fault fault = {0};
    tell_wait("waiting for the brokers …");
    int r = action == ACTION_TOPICS_CREATE ? topics_create(cfg, stdout, &fault)
                                           : topics_check(cfg, stdout, &fault);
    tell_wait("");
    if (r == 0)
        return DESK_EXIT_FINE;
    fprintf(stderr, "wiredeskd: %s%s\n", fault.message,
            fault.kind == FAULT_WORLD
                ? "; is kafka.bootstrap.servers right, and does the broker run? "
                  "`wiredesk doctor` looks closer"
                : "");
    return DESK_EXIT_USAGE;
}

/* For a reload: the faults go to the log, a line each. */
static struct config *load_again(void *opaque)
{
    const struct command_line *line = opaque;
    char *faults = NULL, *rest;
    size_t size = 0;
    FILE *report = open_memstream(&faults, &size);
    if (!report)
        return NULL;
    struct config *cfg = config_load(line->path, &line->sets, report);
    fclose(report);
    for (char *fault = strtok_r(faults, "\n", &rest); fault;
         fault = strtok_r(NULL, "\n", &rest))
        log_error("fault in the configuration", LOG_TEXT("fault", fault));
    free(faults);
    return cfg;
}

static int run(struct config *cfg, struct command_line *line)
{
    const struct config_source source = {load_again, line};
    (void)signal(SIGPIPE, SIG_IGN); /* a reader of stderr that left is no reason to die */
    log_open();
    log_set_level((enum log_level)cfg->log_level);
    log_set_format((enum log_format)cfg->log_format);
    return desk_run(cfg, &source);
}

static int act(struct command_line *line)
{
    struct config *cfg = config_load(line->path, &line->sets, stderr);
    if (!cfg)
        return DESK_EXIT_USAGE;
    if (line->action == ACTION_RUN)
        return run(cfg, line);
    int code = DESK_EXIT_FINE;
    if (line->action == ACTION_PRINT_CONFIG)
        config_print(cfg, stdout);
    else if (line->action == ACTION_CHECK)
        code = check(cfg);
    else if (line->action == ACTION_DOCTOR)
        code = examine(cfg);
    else
        code = topics(cfg, line->action);
    config_free(cfg);
    return code;
}

int main(int argc, char **argv)
{
    struct command_line line = {.action = ACTION_RUN};
    line.set_items = calloc((size_t)argc + 1, sizeof(*line.set_items));
    if (!line.set_items)
        abort();
    line.sets.items = line.set_items;
    parse_command_line(&line, argc, argv);
    int code = line.action == ACTION_WRONG  ? DESK_EXIT_USAGE
               : line.action == ACTION_DONE ? DESK_EXIT_FINE
                                            : act(&line);
    free(line.set_items);
    free(line.data_dir);
    return code;
}
