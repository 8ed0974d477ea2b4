/* successor.c -- the start, step by step.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The order is everything:
 *   1. topics are judged, before anybody is disturbed;
 *   2. the sketch log is tailed, so that a standby is warm; this state is a guess that
 *      step 5 makes true, since the log only grows;
 *   3. the lease is waited for: it says who should try;
 *   4. init_transactions fences and aborts the predecessor: from here on nobody writes;
 *   5. the log is read to its high watermark: now the state is that of the last commit;
 *   6. the input is assigned behind the last offsets of the log, if the committed ones
 *      agree.
 * Asking for the high watermark before step 4 would be a race, stopping at the last
 * stable offset in step 5 would restore a past. Everything here blocks, one thing after
 * another, on a thread that has nothing else to do. */
#include "successor.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "probe.h"
#include "tagger.h"
#include "topics.h"

#define TAIL_MS 1000 /* between two looks at the flags, if nobody rings */

struct successor {
    const struct config *cfg;
    struct patience *pat;
    struct wd_options opts; /* read now: a reload may change the configuration */
    char *data_dir;
    _Atomic(const struct share *) share; /* NULL: the lease is not held */
    uv_mutex_t lock; /* orders `log` coming and going with whoever rings or asks it */
    struct sketch_log *log;
};

struct successor *successor_new(const struct config *cfg, struct patience *pat)
{
    struct successor *suc = calloc(1, sizeof(*suc));
    if (!suc)
        return NULL;
    suc->cfg = cfg;
    suc->pat = pat;
    suc->data_dir = strdup(cfg->data_dir);
    if (!suc->data_dir || uv_mutex_init(&suc->lock) < 0) {
        free(suc->data_dir);
        free(suc);
        return NULL;
    }
    config_library_options(cfg, &suc->opts);
    suc->opts.data_dir = *suc->data_dir ? suc->data_dir : NULL;
    suc->opts.gazetteers = NULL; /* the desk tags nothing */
    return suc;
}

void successor_free(struct successor *suc)
{
    if (!suc)
        return;
    uv_mutex_destroy(&suc->lock);
    free(suc->data_dir);
    free(suc);
}

static void successor_ring(struct successor *suc)
{
    uv_mutex_lock(&suc->lock);
    if (suc->log)
        sketch_log_interrupt(suc->log);
    uv_mutex_unlock(&suc->lock);
}

int64_t successor_lag(struct successor *suc)
{
    uv_mutex_lock(&suc->lock);
    int64_t lag = suc->log ? sketch_log_lag(suc->log) : -1;
    uv_mutex_unlock(&suc->lock);
    return lag;
}

void successor_set_lease(struct successor *suc, const struct share *share)
{
    atomic_store(&suc->share, share);
    successor_ring(suc);
}

void successor_stop(struct successor *suc)
{
    patience_limit(suc->pat, 0);
    successor_ring(suc);
}

static void successor_show_log(struct successor *suc, struct sketch_log *log)
{
    uv_mutex_lock(&suc->lock);
    suc->log = log;
    uv_mutex_unlock(&suc->lock);
}

static int stand_by(struct successor *suc, struct sketch_log *log, struct estate *est,
                    struct fault *fault)
{
    while (!atomic_load(&suc->share)) {
        if (patience_is_over(suc->pat))
            return fault_set(fault, FAULT_STOP, "stopped while standing by");
        if (sketch_log_tail(log, TAIL_MS, est->desk, est->ledger, fault) < 0)
            return -1;
    }
    return 0;
}

static int open_state(const struct successor *suc, struct estate *est,
                      struct fault *fault)
{
    struct wd_error err;
    if (wd_desk_open(&suc->opts, &est->desk, &err) < 0)
        return fault_set(fault, err.status == WD_ENOMEM ? FAULT_WORLD : FAULT_USAGE,
                         "the desk cannot be opened: %s", err.message);
    est->ledger = ledger_new();
    return est->ledger ? 0 : fault_set(fault, FAULT_WORLD, "out of memory");
}

/* Offsets ahead of the log may be the work of an instance that fenced this one after it
 * had read the log to its end. Then the log has grown as well, and nothing is wrong. */
static int doubt(struct successor *suc, struct sketch_log *log, struct estate *est,
                 struct fault *fault)
{
    struct fault again = {0};
    uint64_t n_read = sketch_log_count(log);
    if (sketch_log_finish(log, est->desk, est->ledger, suc->pat, &again) == 0 &&
        sketch_log_count(log) > n_read)
        return fault_set(fault, FAULT_WORLD, "another instance took over meanwhile");
    return -1;
}

static int take_over(struct successor *suc, struct sketch_log *log,
                     const size_t limits[SINK_TOPICS], struct estate *est,
                     struct fault *fault)
{
    int64_t begun_ms = monotonic_ms();
    uint64_t warm = sketch_log_count(log);
    const struct sink_identity identity = {suc->cfg->transactional_id, NULL};
    probe(PROBE_LEASED);
    est->sink = sink_open(suc->cfg, &identity, limits, suc->pat, fault);
    if (!est->sink)
        return -1;
    int64_t fenced_ms = monotonic_ms();
    probe(PROBE_FENCED);
    if (sketch_log_finish(log, est->desk, est->ledger, suc->pat, fault) < 0)
        return -1;
    int64_t restored_ms = monotonic_ms();
    probe(PROBE_RESTORED);
    est->source = source_open(suc->cfg, NULL, est->ledger, suc->pat, fault);
    if (!est->source)
        return fault->kind == FAULT_STATE ? doubt(suc, log, est, fault) : -1;
    probe(PROBE_ASSIGNED);
    log_info("active", LOG_NUMBER("sequence", wd_desk_next_sequence(est->desk) - 1),
             LOG_NUMBER("sketches", sketch_log_count(log)), LOG_NUMBER("warm", warm),
             LOG_NUMBER("fence_ms", fenced_ms - begun_ms),
             LOG_NUMBER("restore_ms", restored_ms - fenced_ms),
             LOG_NUMBER("assign_ms", monotonic_ms() - restored_ms));
    return 0;
}

/* From the log. */
static int succeed(struct successor *suc, struct estate *est, struct fault *fault)
{
    size_t limits[SINK_TOPICS];
    int r = -1;
    struct sketch_log *log = sketch_log_open(suc->cfg, fault);
    if (!log)
        return -1;
    successor_show_log(suc, log);
    if (topics_inspect(sketch_log_handle(log), suc->cfg, suc->pat, limits, fault) == 0 &&
        open_state(suc, est, fault) == 0 && stand_by(suc, log, est, fault) == 0)
        r = take_over(suc, log, limits, est, fault);
    successor_show_log(suc, NULL);
    sketch_log_close(log);
    return r;
}

int successor_run(struct successor *suc, struct estate *ret_estate, struct fault *fault)
{
    struct estate est = {0};
    int r = suc->cfg->tier == TIER_TAG
                ? tagger_take_up(suc->cfg, suc->share, suc->pat, &est, fault)
                : succeed(suc, &est, fault);
    if (r == 0)
        *ret_estate = est;
    else
        estate_close(&est, fault);
    /* What was being waited for when patience ran out does not matter. */
    if (r < 0 && fault->kind == FAULT_WORLD && patience_is_over(suc->pat))
        fault->kind = FAULT_STOP;
    return r;
}

void estate_close(struct estate *est, struct fault *fault)
{
    /* With these the process ends, and says why: nothing may hold that up. */
    if (fault->kind == FAULT_STATE || fault->kind == FAULT_FENCED ||
        fault->kind == FAULT_USAGE)
        source_abandon(est->source);
    else
        source_close(est->source);
    sink_close(est->sink, fault);
    ledger_free(est->ledger);
    wd_desk_close(est->desk);
    *est = (struct estate){0};
}
