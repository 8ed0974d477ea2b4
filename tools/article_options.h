/* article_options.h -- the options of every command that reads raw articles.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_ARTICLE_OPTIONS_H
#define TOOLS_ARTICLE_OPTIONS_H

#include "command.h"
#include "wiredesk/options.h"

enum { ARTICLE_FORMAT = 'f', ARTICLE_CLEAN = 1100, ARTICLE_DATA_DIR, ARTICLE_GAZETTEERS };

/* Rows for a command's table of options. */
#define ARTICLE_FORMAT_OPTION                                                            \
    {                                                                                    \
        "input-format", ARTICLE_FORMAT, "FORMAT",                                        \
            "auto (default), text, json, ninjs, html or xml"                             \
    }
#define ARTICLE_CLEAN_OPTION                                                             \
    {                                                                                    \
        "clean", ARTICLE_CLEAN, "on|off", "off: the text passes untouched; default on"   \
    }
#define ARTICLE_DATA_DIR_OPTION                                                          \
    {                                                                                    \
        "data-dir", ARTICLE_DATA_DIR, "DIR", "gazetteer, models and lists"               \
    }
#define ARTICLE_GAZETTEERS_OPTION                                                        \
    {                                                                                    \
        "gazetteers", ARTICLE_GAZETTEERS, "FILE,…",                                      \
            "your own lists of names, as tables or compiled"                             \
    }

/* Takes option `id`, which is one of these, into `opts`; `value` is borrowed. EXIT_FINE,
 * or EXIT_USAGE after a message. */
int article_option(const struct command *cmd, int id, const char *value,
                   struct wd_options *opts);

#endif
