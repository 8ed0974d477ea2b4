/* ask_daemon.c -- wiredesk topics, doctor, check: questions that wiredeskd answers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only the daemon knows its configuration and what its topics need. These commands turn
 * into it, so that an operator has one name to remember. */
#include "commands.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "sibling.h"

static int become_daemon(const struct command *cmd, const char *const words[2],
                         const char *config)
{
    char path[PATH_MAX], name[] = "wiredeskd", flag[] = "-c";
    char *argv[6] = {name};
    size_t n = 1;

    if (!sibling_path("wiredeskd", path))
        return command_fail(cmd,
                            "wiredeskd is not beside wiredesk; install them together");
    /* execv() does not change the words, whatever its prototype says. */
    for (size_t i = 0; i < 2 && words[i]; i++)
        argv[n++] = strdup(words[i]);
    if (config) {
        argv[n++] = flag;
        argv[n++] = strdup(config);
    }
    (void)execv(path, argv);
    return command_fail(cmd, "%s: %s", path, strerror(errno));
}

static int take_option(void *opaque, int id, const char *value)
{
    const char **config = opaque;
    (void)id; /* there is only -c */
    *config = value;
    return EXIT_FINE;
}

static int run_topics(const struct command *cmd, int argc, char **argv)
{
    const char *config = NULL;
    struct args args;

    args_init(&args, cmd, argc, argv);
    if (!args_take(&args, take_option, &config))
        return args.exit_code;

    const char *verb = args.first_operand + 1 == argc ? argv[args.first_operand] : "";
    if (strcmp(verb, "create") != 0 && strcmp(verb, "check") != 0)
        return command_fail(cmd, "say create or check");
    return become_daemon(cmd, (const char *const[]){"--topics", verb}, config);
}

static int run_doctor(const struct command *cmd, int argc, char **argv)
{
    const char *config = NULL;
    struct args args;

    args_init(&args, cmd, argc, argv);
    if (!args_take(&args, take_option, &config))
        return args.exit_code;
    if (args.first_operand < argc)
        return command_fail(cmd, "it takes no %s; name a configuration with -c",
                            argv[args.first_operand]);
    return become_daemon(cmd, (const char *const[]){"--doctor", NULL}, config);
}

static int run_check(const struct command *cmd, int argc, char **argv)
{
    const char *config = NULL;
    struct args args;

    args_init(&args, cmd, argc, argv);
    if (!args_take(&args, take_option, &config))
        return args.exit_code;
    if (args.first_operand + 1 == argc && !config)
        config = argv[args.first_operand];
    else if (args.first_operand < argc)
        return command_fail(cmd, "one configuration file at a time");
    return become_daemon(cmd, (const char *const[]){"--check", NULL}, config);
}

static const struct command_option options[] = {
    {"config", 'c', "FILE", "the daemon's configuration"},
    {0},
};

const struct command command_topics = {
    .name = "topics",
    .operands = "create|check",
    .summary = "makes the topics that wiredeskd needs, or checks their settings",
    .details =
        "The topics are those of the configuration: the input topics, the output, and\n"
        "its .clusters, .dlq and .sketch.",
    .options = options,
    .run = run_topics,
};

const struct command command_doctor = {
    .name = "doctor",
    .summary = "examines data, machine and cluster, and names the cures",
    .details =
        "A line each: ok, warning or FAULT, and what to do. Looks at the data files, "
        "clock,\n"
        "limits, memory and ports of this machine, then at the broker: whether it "
        "answers,\n"
        "its version, the topics' settings, replicas and retention, and whether offsets\n"
        "and transactions are allowed. Changes nothing and disturbs no daemon that "
        "runs.\n"
        "Exit status 2 when there is a fault.",
    .options = options,
    .run = run_doctor,
};

const struct command command_check = {
    .name = "check",
    .operands = "[FILE]",
    .summary = "checks a configuration: every fault with file, line and key",
    .options = options,
    .run = run_check,
};
