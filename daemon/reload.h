/* reload.h -- a fresh configuration, whole or not at all.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The file is read and its pipeline is opened beside the one at work; only when both are
 * fine, and no setting changed that needs a restart, is anything taken up, at a moment
 * that the owner chooses. Every way it can end is logged, and told the service manager.
 */
#ifndef DAEMON_RELOAD_H
#define DAEMON_RELOAD_H

#include <stdbool.h>
#include <uv.h>

#include "config.h"
#include "wiredesk/pipeline.h"

/* Reads the configuration again; NULL after telling why not. */
struct config_source {
    struct config *(*load)(void *opaque);
    void *opaque;
};

struct reload {
    uv_loop_t *loop;
    struct config_source source;
    /* The fresh pipeline is open: reload_take() when no batch is under way. */
    void (*on_ready)(void *opaque);
    void *opaque;
    uv_work_t job;
    struct config *cfg; /* fresh: its pipeline is being opened, or waits */
    bool is_ready;
    struct wd_pipeline *pl; /* NULL: a desk that reads tagged records has none */
    struct wd_error error;
};

/* Reads and judges by the configuration at work; then opens the pipeline on the pool. */
void reload_begin(struct reload *reload, const struct config *at_work);

/* Whether something waits for reload_take(). */
bool reload_is_ready(const struct reload *reload);

/* Takes the live settings into `at_work`; the fresh pipeline, now the caller's. */
struct wd_pipeline *reload_take(struct reload *reload, struct config *at_work);

#endif
