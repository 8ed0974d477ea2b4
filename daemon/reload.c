/* reload.c -- see reload.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "reload.h"

#include <stdlib.h>

#include "log.h"
#include "notify.h"

static void reload_refuse(struct reload *reload, const char *reason)
{
    log_error("reload refused", LOG_TEXT("reason", reason),
              LOG_TEXT("action", "the old configuration stays whole"));
    config_free(reload->cfg);
    reload->cfg = NULL;
    notify_ready("reload refused");
}

static void reload_run(uv_work_t *job)
{
    struct reload *reload = job->data;
    struct wd_options opts;
    config_library_options(reload->cfg, &opts);
    reload->is_ready = reload->cfg->tier == TIER_DESK ||
                       wd_pipeline_open(&opts, &reload->pl, &reload->error) == WD_OK;
}

static void reload_done(uv_work_t *job, int status)
{
    struct reload *reload = job->data;
    (void)status;
    if (reload->is_ready)
        reload->on_ready(reload->opaque);
    else
        reload_refuse(reload, reload->error.message);
}

void reload_begin(struct reload *reload, const struct config *at_work)
{
    if (reload->cfg) {
        log_warning("reload is under way", LOG_TEXT("action", "signal passed over"));
        return;
    }
    notify_reloading();
    reload->cfg = reload->source.load(reload->source.opaque);
    if (!reload->cfg) {
        reload_refuse(reload, "the file has faults");
        return;
    }
    struct config_changes changes;
    config_compare(at_work, reload->cfg, &changes);
    if (*changes.frozen) {
        char reason[CONFIG_CHANGES_SIZE + 32];
        (void)snprintf(reason, sizeof(reason), "only a restart changes %s",
                       changes.frozen);
        reload_refuse(reload, reason);
        return;
    }
    reload->job.data = reload;
    if (uv_queue_work(reload->loop, &reload->job, reload_run, reload_done) < 0)
        abort(); /* it fails only without a callback */
}

bool reload_is_ready(const struct reload *reload)
{
    return reload->is_ready;
}

struct wd_pipeline *reload_take(struct reload *reload, struct config *at_work)
{
    struct config_changes changes;
    struct wd_pipeline *pl = reload->pl;
    config_compare(at_work, reload->cfg, &changes);
    config_adopt(at_work, reload->cfg);
    config_free(reload->cfg);
    reload->cfg = NULL;
    reload->pl = NULL;
    reload->is_ready = false;
    log_set_level((enum log_level)at_work->log_level);
    log_set_format((enum log_format)at_work->log_format);
    log_info("configuration reloaded",
             LOG_TEXT("changed", *changes.live ? changes.live : "nothing"));
    notify_ready("reloaded");
    return pl;
}
