/* commands.c -- the one list of sub-commands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"

#include <stddef.h>

const struct command *const commands[] = {
    &command_demo,
    &command_enrich,
    &command_show,
    &command_explain,
    &command_tokenize,
    &command_replay,
    &command_tail,
    &command_stories,
    &command_dlq,
    &command_verify,
    &command_top,
    &command_gazetteer,
    &command_model,
    &command_topics,
    &command_doctor,
    &command_check,
    &command_completion,
    &command_manual,
    NULL,
};
