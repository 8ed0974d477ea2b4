/* article_options.c -- see article_options.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "article_options.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static void print_list_fault(void *arg, const char *path, size_t line,
                             const char *message)
{
    (void)arg;
    if (line)
        fprintf(stderr, "%s:%zu: %s\n", path, line, message);
    else
        fprintf(stderr, "%s: %s\n", path, message);
}

int article_option(const struct command *cmd, int id, const char *value,
                   struct wd_options *opts)
{
    switch (id) {
    case ARTICLE_FORMAT:
        if (wd_format_parse(value, &opts->format))
            return EXIT_FINE;
        return command_fail(
            cmd, "there is no format %s; try auto, text, json, ninjs, html or xml",
            value);
    case ARTICLE_CLEAN:
        opts->clean = strcmp(value, "off") != 0;
        if (strcmp(value, "on") == 0 || strcmp(value, "off") == 0)
            return EXIT_FINE;
        return command_fail(cmd, "--clean is on or off, not %s", value);
    case ARTICLE_GAZETTEERS:
        opts->gazetteers = value;
        opts->list_fault = print_list_fault;
        return EXIT_FINE;
    default:
        assert(id == ARTICLE_DATA_DIR);
        opts->data_dir = value;
        return EXIT_FINE;
    }
}
