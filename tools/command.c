/* command.c -- options out of a command's table.
 * SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ID_HELP = 1000 };

void args_init(struct args *args, const struct command *cmd, int argc, char **argv)
{
    *args = (struct args){.cmd = cmd, .argc = argc, .argv = argv};
    size_t n_letters = 0, n_longs = 0;

    args->letters[n_letters++] =
        ':'; /* getopt: tell a missing argument from a bad flag */
    args->letters[n_letters++] = 'h';
    args->longs[n_longs++] = (struct option){"help", no_argument, NULL, ID_HELP};
    for (const struct command_option *opt = cmd->options; opt && opt->name; opt++) {
        assert(n_longs <= COMMAND_OPTIONS_MAX);
        args->longs[n_longs++] = (struct option){
            opt->name, opt->arg ? required_argument : no_argument, NULL, opt->id};
        if (opt->id < 256) {
            args->letters[n_letters++] = (char)opt->id;
            if (opt->arg)
                args->letters[n_letters++] = ':';
        }
    }
    optind = 1;
    opterr = 0;
}

/* What getopt did not take. Of a word with several letters it is one of them. */
static const char *wrong_option(const struct args *args, char letter[3])
{
    const char *word = args->argv[optind - 1];
    if (optopt <= 0 || optopt > 255 || strncmp(word, "--", 2) == 0)
        return word;
    letter[0] = '-';
    letter[1] = (char)optopt;
    letter[2] = '\0';
    return letter;
}

int args_next(struct args *args)
{
    char letter[3];
    int id = getopt_long(args->argc, args->argv, args->letters, args->longs, NULL);

    args->value = optarg;
    if (id == -1) {
        args->first_operand = optind;
        return ARGS_END;
    }
    if (id == 'h' || id == ID_HELP) {
        command_help(args->cmd, id == ID_HELP);
        args->exit_code = EXIT_FINE;
        return ARGS_STOP;
    }
    if (id == '?' || id == ':') {
        args->exit_code = command_fail(args->cmd, "%s %s; try wiredesk %s -h",
                                       id == ':' ? "an argument is missing after"
                                                 : "there is no option",
                                       wrong_option(args, letter), args->cmd->name);
        return ARGS_STOP;
    }
    return id;
}

bool args_take(struct args *args, int (*take)(void *opaque, int id, const char *value),
               void *opaque)
{
    int id;

    while ((id = args_next(args)) != ARGS_END) {
        if (id == ARGS_STOP)
            return false;
        args->exit_code = take(opaque, id, args->value);
        if (args->exit_code != EXIT_FINE)
            return false;
    }
    return true;
}

int command_fail(const struct command *cmd, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fprintf(stderr, "wiredesk: %s: ", cmd->name);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    return EXIT_USAGE;
}

void command_help(const struct command *cmd, bool is_long)
{
    printf("usage: wiredesk %s%s%s%s\n%s.\n", cmd->name, cmd->options ? " [OPTION]…" : "",
           cmd->operands ? " " : "", cmd->operands ? cmd->operands : "", cmd->summary);
    if (is_long && cmd->details)
        printf("\n%s\n", cmd->details);
    printf("\n");
    for (const struct command_option *opt = cmd->options; opt && opt->name; opt++) {
        char flag[64];
        (void)snprintf(flag, sizeof(flag), "--%s%s%s", opt->name, opt->arg ? " " : "",
                       opt->arg ? opt->arg : "");
        printf("  %c%c%c %-24s %s\n", opt->id < 256 ? '-' : ' ',
               opt->id < 256 ? opt->id : ' ', opt->id < 256 ? ',' : ' ', flag, opt->help);
    }
    printf("  -h, %-24s %s\n", "--help", "this text; --help says more");
}
