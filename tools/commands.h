/* commands.h -- the sub-commands, in the order in which the help lists them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_COMMANDS_H
#define TOOLS_COMMANDS_H

#include "command.h"

extern const struct command *const commands[]; /* ends with NULL */

/* One a file. */
extern const struct command command_check;
extern const struct command command_completion;
extern const struct command command_demo;
extern const struct command command_dlq;
extern const struct command command_doctor;
extern const struct command command_enrich;
extern const struct command command_explain;
extern const struct command command_manual;
extern const struct command command_model;
extern const struct command command_replay;
extern const struct command command_show;
extern const struct command command_stories;
extern const struct command command_tail;
extern const struct command command_gazetteer;
extern const struct command command_tokenize;
extern const struct command command_top;
extern const struct command command_topics;
extern const struct command command_verify;

#endif
