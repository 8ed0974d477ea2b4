/* manual.c -- wiredesk manual: wiredesk(1), from the tables of the commands.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The page says what --help says, so that the two cannot differ. The build writes it
 * where `cmake --install` and the packages find it. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "wiredesk/version.h"

/* Text of a line, as roff wants it: no line may begin with a dot or a quote by chance. */
static void print_text(const char *text, size_t size)
{
    if (size && strchr(".'", *text))
        fputs("\\&", stdout);
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\\')
            fputs("\\e", stdout);
        else if (text[i] == '-')
            fputs("\\-", stdout);
        else if (size - i >= 3 && memcmp(text + i, "…", 3) == 0) {
            fputs("...", stdout);
            i += 2;
        } else
            putchar(text[i]);
    }
}

static void print_words(const char *text)
{
    print_text(text, strlen(text));
}

/* Paragraphs are parted by empty lines; an indented line keeps its shape. */
static void print_details(const char *text)
{
    bool is_shaped = false;
    printf(".PP\n");
    while (*text) {
        size_t size = strcspn(text, "\n");
        bool wants_shape = *text == ' ';
        if (wants_shape != is_shaped)
            printf(wants_shape ? ".nf\n" : ".fi\n");
        is_shaped = wants_shape;
        if (size == 0)
            printf(".PP");
        print_text(text, size);
        putchar('\n');
        text += size + (text[size] == '\n');
    }
    if (is_shaped)
        printf(".fi\n");
}

static void print_option(const struct command_option *opt)
{
    printf(".TP\n");
    if (opt->id < 256)
        printf("\\fB\\-%c\\fR, ", opt->id);
    printf("\\fB\\-\\-");
    print_words(opt->name);
    printf("\\fR");
    if (opt->arg) {
        printf(" \\fI");
        print_words(opt->arg);
        printf("\\fR");
    }
    printf("\n");
    print_words(opt->help);
    printf("\n");
}

static void print_command(const struct command *cmd)
{
    printf(".SS \"wiredesk %s%s%s", cmd->name, cmd->options ? " [OPTION]..." : "",
           cmd->operands ? " " : "");
    print_words(cmd->operands ? cmd->operands : "");
    printf("\"\n");
    print_words(cmd->summary);
    printf(".\n");
    if (cmd->details)
        print_details(cmd->details);
    for (const struct command_option *opt = cmd->options; opt && opt->name; opt++)
        print_option(opt);
}

static int run(const struct command *cmd, int argc, char **argv)
{
    struct args args;

    args_init(&args, cmd, argc, argv);
    if (args_next(&args) == ARGS_STOP)
        return args.exit_code;
    if (args.first_operand < argc)
        return command_fail(cmd, "it takes no operand");
    printf(".\\\" Made by `wiredesk manual`.\n"
           ".TH WIREDESK 1 \"\" \"wiredesk %s\" \"User commands\"\n"
           ".SH NAME\nwiredesk \\- enriches, shows, compares and replays news articles\n"
           ".SH SYNOPSIS\n.B wiredesk\n.I COMMAND\n"
           ".RI [ OPTION \"]... [\" ARGUMENT ]...\n"
           ".SH DESCRIPTION\n"
           "The companion of\n.BR wiredeskd (8).\n"
           "It enriches articles without a broker, sends them into a topic, shows what "
           "comes out and says why.\n"
           "Data goes to standard output alone, messages to standard error.\n"
           ".SH COMMANDS\n",
           wd_version());
    for (const struct command *const *each = commands; *each; each++)
        print_command(*each);
    printf(".SH \"EXIT STATUS\"\n"
           ".TP\n.B 0\nEverything was done.\n"
           ".TP\n.B 1\nSome input was refused, each named on standard error; the rest "
           "was done.\n"
           ".TP\n.B 2\nA flag, an operand, a setting or a file is wrong, or the "
           "environment; the message names the cure.\n"
           ".SH ENVIRONMENT\n"
           ".TP\n.B NO_COLOR\nWhen it is set, nothing is coloured.\n"
           ".SH \"SEE ALSO\"\n.BR wiredeskd (8),\n.BR wiredesk.conf (5)\n");
    return EXIT_FINE;
}

const struct command command_manual = {
    .name = "manual",
    .summary = "prints the manual page wiredesk(1)",
    .run = run,
};
