/* completion.c -- wiredesk completion: the shells learn the commands from their tables.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing is listed here that the tables do not say. Words to choose from are those that
 * a table writes in lower case between bars: `on|off` as an argument, `create|check` as
 * operands; what it writes in capitals is a file, a folder, or the user's own. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"

/* The next word to choose from in `*at`; false at its end. */
static bool choice_next(const char **at, const char **ret_word, int *ret_size)
{
    while (*at && **at) {
        const char *part = *at, *bar = strchr(part, '|');
        int size = 0;
        *at = bar ? bar + 1 : part + strlen(part);
        while (islower((unsigned char)part[size]) || isdigit((unsigned char)part[size]) ||
               (size && part[size] == '-'))
            size++;
        if (size && islower((unsigned char)*part)) {
            *ret_word = part;
            *ret_size = size;
            return true;
        }
    }
    return false;
}

static bool has_choices(const char *text)
{
    const char *word;
    int size;
    return choice_next(&text, &word, &size);
}

static void print_choices(const char *text)
{
    const char *word, *blank = "";
    int size;
    for (; choice_next(&text, &word, &size); blank = " ")
        printf("%s%.*s", blank, size, word);
}

/* Between single quotes, with a backslash before each of `special`. */
static void print_quoted(const char *text, const char *special)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            printf("%s%c", strchr(special, *text) ? "\\" : "", *text);
    }
}

static bool is_path(const char *arg)
{
    return strcmp(arg, "FILE") == 0 || strcmp(arg, "DIR") == 0;
}

/* ------------------------------------------------------------ bash */

static void print_bash_flags(const struct command *cmd)
{
    printf("    %s)\n        flags='--help", cmd->name);
    for (const struct command_option *opt = cmd->options; opt && opt->name; opt++)
        printf(" --%s", opt->name);
    printf("'\n        verbs='");
    print_choices(cmd->operands);
    printf("' ;;\n");
}

static void print_bash_values(const struct command *cmd)
{
    for (const struct command_option *opt = cmd->options; opt && opt->name; opt++) {
        if (!opt->arg || !has_choices(opt->arg))
            continue;
        printf("    %s:--%s) verbs='", cmd->name, opt->name);
        print_choices(opt->arg);
        printf("' flags='' ;;\n");
    }
}

static void print_bash(void)
{
    printf("# bash completion of wiredesk; made by `wiredesk completion bash`.\n"
           "_wiredesk()\n{\n"
           "    local cur=${COMP_WORDS[COMP_CWORD]} flags='' verbs=''\n"
           "    local command=${COMP_WORDS[1]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
           "    case $command in\n");
    for (const struct command *const *cmd = commands; *cmd; cmd++)
        print_bash_flags(*cmd);
    printf("    esac\n    case $command:$prev in\n");
    for (const struct command *const *cmd = commands; *cmd; cmd++)
        print_bash_values(*cmd);
    printf("    esac\n    if [ \"$COMP_CWORD\" = 1 ]; then\n        verbs='--version "
           "--help");
    for (const struct command *const *cmd = commands; *cmd; cmd++)
        printf(" %s", (*cmd)->name);
    /* Without an answer of ours bash offers files. */
    printf("'\n    elif [[ $cur == -* ]]; then\n        verbs=$flags\n    fi\n"
           "    mapfile -t COMPREPLY < <(compgen -W \"$verbs\" -- \"$cur\")\n}\n"
           "complete -o default -F _wiredesk wiredesk\n");
}

/* ------------------------------------------------------------ zsh */

static void print_zsh_option(const struct command_option *opt)
{
    printf("            '--%s[", opt->name);
    print_quoted(opt->help, "[]:\\");
    printf("]");
    if (opt->arg) {
        printf(":");
        print_quoted(opt->arg, "[]:\\");
        printf(":");
        if (is_path(opt->arg)) {
            printf("_files");
        } else if (has_choices(opt->arg)) {
            printf("(");
            print_choices(opt->arg);
            printf(")");
        }
    }
    printf("' \\\n");
}

static void print_zsh_command(const struct command *cmd)
{
    printf("    %s)\n        _arguments \\\n", cmd->name);
    for (const struct command_option *opt = cmd->options; opt && opt->name; opt++)
        print_zsh_option(opt);
    if (cmd->operands && has_choices(cmd->operands)) {
        printf("            '1: :(");
        print_choices(cmd->operands);
        printf(")' \\\n");
    }
    printf("            '--help[all about it]' '*: :_files' ;;\n");
}

static void print_zsh(void)
{
    printf("#compdef wiredesk\n"
           "# zsh completion of wiredesk; made by `wiredesk completion zsh`.\n"
           "_wiredesk() {\n    local -a commands=(\n");
    for (const struct command *const *cmd = commands; *cmd; cmd++) {
        printf("        '%s:", (*cmd)->name);
        print_quoted((*cmd)->summary, ":\\");
        printf("'\n");
    }
    printf("    )\n    if (( CURRENT == 2 )); then\n"
           "        _describe command commands\n        return\n    fi\n"
           "    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n"
           "    case $command in\n");
    for (const struct command *const *cmd = commands; *cmd; cmd++)
        print_zsh_command(*cmd);
    printf("    esac\n}\n_wiredesk \"$@\"\n");
}

/* ------------------------------------------------------------ fish */

static void print_fish_option(const struct command *cmd, const struct command_option *opt)
{
    printf("complete -c wiredesk -n '__fish_seen_subcommand_from %s'", cmd->name);
    if (opt->id < 256)
        printf(" -s %c", opt->id);
    printf(" -l %s", opt->name);
    if (opt->arg)
        printf(is_path(opt->arg) ? " -r" : " -x");
    if (opt->arg && has_choices(opt->arg)) {
        printf(" -a '");
        print_choices(opt->arg);
        printf("'");
    }
    printf(" -d '");
    print_quoted(opt->help, "\\");
    printf("'\n");
}

static void print_fish(void)
{
    printf("# fish completion of wiredesk; made by `wiredesk completion fish`.\n");
    for (const struct command *const *cmd = commands; *cmd; cmd++) {
        printf("complete -c wiredesk -n __fish_use_subcommand -f -a %s -d '",
               (*cmd)->name);
        print_quoted((*cmd)->summary, "\\");
        printf("'\n");
        for (const struct command_option *opt = (*cmd)->options; opt && opt->name; opt++)
            print_fish_option(*cmd, opt);
        if ((*cmd)->operands && has_choices((*cmd)->operands)) {
            printf("complete -c wiredesk -n '__fish_seen_subcommand_from %s' -a '",
                   (*cmd)->name);
            print_choices((*cmd)->operands);
            printf("'\n");
        }
    }
}

static int run(const struct command *cmd, int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    struct args args;

    args_init(&args, cmd, argc, argv);
    if (args_next(&args) == ARGS_STOP)
        return args.exit_code;
    const char *shell = args.first_operand + 1 == argc ? argv[args.first_operand] : "";
    for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].print();
            return EXIT_FINE;
        }
    }
    return command_fail(cmd, "say bash, zsh or fish");
}

const struct command command_completion = {
    .name = "completion",
    .operands = "bash|zsh|fish",
    .summary = "prints what a shell needs to complete these commands",
    .details =
        "For the shell that runs now: source <(wiredesk completion bash). The Debian\n"
        "package brings all three.",
    .run = run,
};
