/* command.h -- one sub-command of wiredesk(1): a table of options, and what it does.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The tables are the one source for getopt, for -h and --help, for the man page and for
 * the shell completions. A command lives in a file of its own and shows one `const struct
 * command`; main.c holds the list of them. */
#ifndef TOOLS_COMMAND_H
#define TOOLS_COMMAND_H

#include <getopt.h>
#include <stdbool.h>

/* Exit codes of every command; docs/exit-codes.md explains them. */
enum exit_code {
    EXIT_FINE = 0,
    EXIT_REJECTED = 1, /* some input was refused, the rest was done */
    EXIT_USAGE = 2,    /* a flag, a file or the environment; the message names the cure */
};

struct command_option {
    const char *name; /* without the dashes */
    int id;           /* its letter, or a number past 255 when it has none */
    const char *arg;  /* what to call the argument in the help; NULL: takes none */
    const char *help; /* one line */
};

struct command {
    const char *name;
    const char *operands;                 /* "[FILE|DIR|-]…" */
    const char *summary;                  /* one line, no full stop */
    const char *details;                  /* paragraphs for --help; NULL: none */
    const struct command_option *options; /* ends with a row without a name; NULL: none */
    int (*run)(const struct command *cmd, int argc, char **argv);
};

#define COMMAND_OPTIONS_MAX 32

/* Walks over the options of `argv` (argv[0] is the command's name). */
struct args {
    const struct command *cmd;
    int argc;
    char **argv;
    int first_operand; /* index into argv; valid after ARGS_END */
    int exit_code;     /* valid after ARGS_STOP */
    const char *value; /* argument of the option just returned */
    char letters[3 * COMMAND_OPTIONS_MAX];
    struct option longs[COMMAND_OPTIONS_MAX + 3];
};

enum { ARGS_END = -1, ARGS_STOP = -2 };

void args_init(struct args *args, const struct command *cmd, int argc, char **argv);

/* The id of the next option; ARGS_END after the last; ARGS_STOP when help was printed or
 * a usage message was: leave with args->exit_code. */
int args_next(struct args *args);

/* Hands every option to take(), which gives EXIT_FINE or what its value's fault ends in,
 * after a message. False: leave with args->exit_code. */
bool args_take(struct args *args, int (*take)(void *opaque, int id, const char *value),
               void *opaque);

/* Prints `wiredesk: CMD: ` and one sentence to stderr; returns EXIT_USAGE. */
int command_fail(const struct command *cmd, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The short help (one line an option), or the long one. */
void command_help(const struct command *cmd, bool is_long);

#endif
