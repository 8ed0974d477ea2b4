/* where.h -- a condition on a record: verdict=syndicated and people~Merkel.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_WHERE_H
#define TOOLS_WHERE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "command.h"

struct where;

/* The option --where of commands that read records; its value goes to where_take(). */
enum { OPTION_WHERE = 512 };
#define WHERE_OPTION(example)                                                            \
    {                                                                                    \
        "where", OPTION_WHERE, "CONDITION", "only these, as " example "; see --help"     \
    }

/* Puts the condition into *where, and says what is wrong with it when it is none; an exit
 * code. A later --where takes the place of an earlier one. */
int where_take(struct where **where, const struct command *cmd, const char *value);

/* NULL when `text` is no condition, or memory is short; `why` says what is wrong. */
struct where *where_parse(const char *text, char *why, size_t why_size);

/* NULL-safe. */
void where_free(struct where *where);

/* Whether the condition holds for the record; every record for a NULL condition. */
bool where_holds(const struct where *where, const json_t *record);

/* For --help: the grammar and the short names. */
#define WHERE_HELP                                                                       \
    "A CONDITION is FIELD=VALUE, or with != ~ (holds, in any case) < <= > >=; several\n" \
    "are joined by \" and \". A FIELD is a path as wiredesk.dedup.containment, or "      \
    "short:\n"                                                                           \
    "verdict, cluster, story, of, language, headline, person, organisation, place, "     \
    "event,\n"                                                                           \
    "entity, source; of dead letters: code, stage, topic. Of a list any element may\n"   \
    "match. A VALUE with \" and \" in it stands in double quotes."

#endif
