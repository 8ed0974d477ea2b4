/* main.c -- wiredesk(1): finds the sub-command and runs it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * To add a command: a file with its `const struct command`, a line in commands.c, one in
 * CMake. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "commands.h"
#include "wiredesk/version.h"

static void print_usage(FILE *out)
{
    fprintf(out, "usage: wiredesk COMMAND [OPTION]… [ARGUMENT]…\n\n");
    for (const struct command *const *cmd = commands; *cmd; cmd++)
        fprintf(out, "  %-10s %s\n", (*cmd)->name, (*cmd)->summary);
    fprintf(out,
            "\nwiredesk COMMAND -h lists a command's options; --version the version.\n");
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";

    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        printf("wiredesk %s\n", wd_version());
        return EXIT_FINE;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
        strcmp(word, "help") == 0) {
        print_usage(stdout);
        return EXIT_FINE;
    }
    for (const struct command *const *cmd = commands; *cmd; cmd++) {
        if (strcmp((*cmd)->name, word) == 0)
            return (*cmd)->run(*cmd, argc - 1, argv + 1);
    }
    if (*word)
        fprintf(stderr, "wiredesk: there is no command %s; wiredesk help lists them\n",
                word);
    else
        print_usage(stderr);
    return EXIT_USAGE;
}
