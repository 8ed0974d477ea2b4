/* desk.h -- the daemon's life: stand by, be active, start again, stop.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_DESK_H
#define DAEMON_DESK_H

#include "config.h"
#include "reload.h"

/* Exit codes; docs/exit-codes.md explains them. */
enum desk_exit {
    DESK_EXIT_FINE = 0,
    DESK_EXIT_USAGE = 2, /* configuration or environment */
    DESK_EXIT_STATE = 3, /* fenced, or log and offsets disagree */
};

/* Runs until it is told to stop, or cannot go on; the exit code. Takes `cfg`; `source`
 * reads it anew at SIGHUP. */
int desk_run(struct config *cfg, const struct config_source *source);

#endif
