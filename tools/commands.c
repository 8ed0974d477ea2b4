/* commands.c -- the one list of sub-commands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"

#include <stddef.h>

const struct command *const commands[] = {
    &command_enrich,
    &command_tokenize,
    NULL,
};
