/* pretty.h -- JSON on many lines.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_PRETTY_H
#define TOOLS_PRETTY_H

#include "wiredesk/buf.h"

/* Appends `json`, a compact valid document, indented by two spaces a level and without a
 * final line end. Strings and numbers keep their bytes; a list that starts with a number
 * stays on one line. */
void pretty_append(struct wd_buf *buf, struct wd_str json);

#endif
