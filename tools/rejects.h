/* rejects.h -- refused records: one line for a person, one object for a program.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_REJECTS_H
#define TOOLS_REJECTS_H

#include <stdio.h>

#include "belt.h"
#include "command.h"

/* "wiredesk: CMD: seeds/a.txt: invalid-utf8: the text is not valid UTF-8 (byte 17)". */
void reject_tell(const struct command *cmd, const struct belt_item *item);

/* One JSON object and a line end: source {file, record}, code, stage, message, offset
 * where there is one, bytes, and the record itself in base64 as `raw` (with `isCut` when
 * it was longer than what was read). WD_ENOMEM or WD_EIO. */
WD_MUST_CHECK int reject_write(FILE *out, const struct belt_item *item);

#endif
