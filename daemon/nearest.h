/* nearest.h -- what was probably meant by a name that does not exist.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_NEAREST_H
#define DAEMON_NEAREST_H

#include <stddef.h>

/* The best of the names looked at so far. Zero it, then set `wanted`. */
struct nearest {
    const char *wanted;
    char name[64]; /* empty: nothing is near enough */
    size_t distance;
};

/* Takes `name` into account. */
void nearest_look(struct nearest *near, const char *name);

#endif
