/* explain.h -- an explanation on paper: for a person and for a program.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_EXPLAIN_H
#define TOOLS_EXPLAIN_H

#include <stdio.h>

#include "explanation.h"
#include "terminal.h"

/* For a person. */
void explain_print(const struct explanation *ex, const struct term *term);

/* For a program: one JSON object and a line end. WD_ENOMEM or WD_EIO. */
WD_MUST_CHECK int explain_print_json(const struct explanation *ex, FILE *out);

#endif
