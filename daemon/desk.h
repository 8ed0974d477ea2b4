/* desk.h -- the daemon's life: stand by, be active, start again, stop.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_DESK_H
#define DAEMON_DESK_H

#include "config.h"

/* Exit codes; docs/exit-codes.md explains them. */
enum desk_exit {
    DESK_EXIT_FINE = 0,
    DESK_EXIT_USAGE = 2, /* configuration or environment */
    DESK_EXIT_STATE = 3, /* fenced, or log and offsets disagree */
};

/* Reads the configuration again; NULL after telling why not. */
struct desk_reloader {
    struct config *(*load)(void *opaque);
    void *opaque;
};

/* Runs until it is told to stop, or cannot go on; the exit code. Takes `cfg`. */
int desk_run(struct config *cfg, const struct desk_reloader *reloader);

#endif
