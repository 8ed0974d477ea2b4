/* sibling.h -- wiredeskd, which lies beside wiredesk.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_SIBLING_H
#define TOOLS_SIBLING_H

#include <limits.h>
#include <stdbool.h>

/* The path of the program `name` in the folder of the running one; false when there is
 * none. */
bool sibling_path(const char *name, char path[PATH_MAX]);

#endif
