/* desk.c -- one machine with five phases, on one loop.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   succeeding ──▶ active ──▶ quieting ──▶ closing ──▶ succeeding again, or the end
 *        ├─────────────── waiting (after a fault of the world) ◀──┤
 *        └─────────────── idle (a tagger without a share) ◀───────┘
 *
 * No fault is repaired in place. Whatever the world does to an active instance, its state
 * in memory may be ahead of the log, so everything is dropped and the log is read again:
 * the one path that every kill -9 takes, and therefore the best tested one. Only being
 * fenced, or a log that disagrees with the offsets, ends the process: there a person or
 * the service manager must look.
 *
 * A tagger's way is the same. It has no log but its offsets, and no lease to wait for but
 * its share of the input: between two shares it is idle, and has nothing open.
 *
 * The first signal drains and commits, the second one leaves at once. */
#include "desk.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "doubt.h"
#include "gauges.h"
#include "health.h"
#include "lease.h"
#include "notify.h"
#include "pages.h"
#include "reload.h"
#include "security.h"
#include "stream.h"
#include "watchdog.h"
#include "wiredesk/version.h"

#define BACKOFF_LEAST_MS 100
#define BACKOFF_MOST_MS  10000
#define LOOK_TICKS       5  /* between two looks at the input's partitions */
#define TRIM_TICKS       10 /* without use: an article's memory goes back */
#define LEAVE_S          3  /* longest good-bye to the lease group */

enum phase {
    PHASE_SUCCEEDING,
    PHASE_ACTIVE,
    PHASE_QUIETING,
    PHASE_CLOSING,
    PHASE_WAITING,
    PHASE_IDLE,
    PHASE_ENDED
};

struct desk {
    uv_loop_t loop;
    struct config *cfg;
    struct patience pat;
    struct metrics met;
    struct watchdog dog;
    struct http *http; /* NULL: nobody can ask */
    struct pages pages;
    struct lease *lease;
    struct workers *wrk;
    struct wd_pipeline *pl;

    enum phase phase;
    bool has_lease;
    bool is_free; /* the lease is another one's */
    bool is_ready;
    bool is_stopping;
    int exit_code;
    int64_t started_ms;
    int64_t held_ms; /* since when the lease is held */
    unsigned n_ticks;
    struct doubt doubt; /* is the lease still ours? */
    uint64_t backoff_ms;
    char last_fault[sizeof(((struct fault *)0)->message)]; /* not told twice in a row */

    struct successor *suc;
    struct estate est;
    struct stream *str;
    uv_work_t job; /* of the phase */
    int job_result;
    struct fault fault;

    struct reload reload;

    uv_signal_t term, interrupt, hangup;
    uv_timer_t tick, retry;
};

static void desk_succeed(struct desk *desk);

static void desk_end(struct desk *desk)
{
    desk->phase = PHASE_ENDED;
    lease_mute(desk->lease);
    http_close(desk->http);
    desk->http = NULL;
    uv_close((uv_handle_t *)&desk->term, NULL);
    uv_close((uv_handle_t *)&desk->interrupt, NULL);
    uv_close((uv_handle_t *)&desk->hangup, NULL);
    uv_close((uv_handle_t *)&desk->tick, NULL);
    uv_close((uv_handle_t *)&desk->retry, NULL);
}

static void job_start(struct desk *desk, uv_work_cb work, uv_after_work_cb after)
{
    int r = uv_queue_work(&desk->loop, &desk->job, work, after);
    if (r < 0) /* it fails only without a callback */
        abort();
}

static void desk_status(struct desk *desk)
{
    char text[160];
    const struct metrics *met = &desk->met;
    if (desk->phase == PHASE_ACTIVE)
        (void)snprintf(text, sizeof(text),
                       "active: %llu articles, %llu dead letters, sequence %llu, last "
                       "commit after %lld ms",
                       (unsigned long long)metrics_articles(met),
                       (unsigned long long)metrics_dead_letters(met),
                       (unsigned long long)met->sequence,
                       (long long)met->slowest_us / 1000);
    else
        (void)snprintf(text, sizeof(text), "%s",
                       desk->phase == PHASE_WAITING ? "waiting for the broker"
                                                    : "standby");
    notify_status(text);
}

static void desk_ready(struct desk *desk, const char *status)
{
    if (!desk->is_ready)
        notify_ready(status);
    desk->is_ready = true;
}

/* Who hears READY=1 of a standby may end the active one, as who asks /readyz may: both
 * mean that the log is read. When that cannot be known for long the broker is away, which
 * is a standby's life, too; so is a group that says nothing. */
static void desk_judge_standby(struct desk *desk)
{
    bool is_late = monotonic_ms() - desk->started_ms > desk->cfg->lease_ms + 5000;
    int64_t lag = desk->suc ? successor_lag(desk->suc) : -1;
    bool is_warm = desk->cfg->tier == TIER_TAG || health_is_warm((double)lag);
    if (is_warm ? desk->is_free || is_late : lag < 0 && is_late)
        desk_ready(desk, "standby");
}

/* Logs the fault and says what follows: true when the desk shall start again. */
static bool desk_judge(struct desk *desk, const struct fault *fault)
{
    if (fault->kind == FAULT_STOP || desk->is_stopping) {
        if (fault->kind != FAULT_STOP)
            log_warning("stopped in the middle", LOG_TEXT("reason", fault->message),
                        LOG_TEXT("action", "the next start repeats it"));
        return false;
    }
    /* A tagger is fenced by who was given its partitions; it asks for others. */
    bool is_tagger = desk->cfg->tier == TIER_TAG;
    if (fault->kind == FAULT_WORLD || (is_tagger && fault->kind == FAULT_FENCED)) {
        desk->met.restarts++;
        if (strcmp(desk->last_fault, fault->message) != 0)
            log_warning("cannot go on", LOG_TEXT("reason", fault->message),
                        LOG_TEXT("action", "start again from the log"));
        memcpy(desk->last_fault, fault->message, sizeof(desk->last_fault));
        return true;
    }
    log_error("stopped", LOG_TEXT("reason", fault->message));
    desk->exit_code = fault->kind == FAULT_USAGE ? DESK_EXIT_USAGE : DESK_EXIT_STATE;
    return false;
}

static void retry_rang(uv_timer_t *timer)
{
    desk_succeed(timer->data);
}

/* After everything is closed. */
static void desk_go_on(struct desk *desk, bool shall_start)
{
    if (!shall_start || desk->is_stopping) {
        desk_end(desk);
        return;
    }
    if (!desk->has_lease)
        lease_give_back(desk->lease);
    if (desk->backoff_ms == 0) {
        desk_succeed(desk);
        return;
    }
    desk->phase = PHASE_WAITING;
    (void)uv_timer_start(&desk->retry, retry_rang, desk->backoff_ms, 0);
}

static void desk_back_off(struct desk *desk)
{
    uint64_t next = desk->backoff_ms * 2;
    if (next < BACKOFF_LEAST_MS)
        next = BACKOFF_LEAST_MS;
    desk->backoff_ms = next > BACKOFF_MOST_MS ? BACKOFF_MOST_MS : next;
}

/* The fresh configuration takes effect; no batch is under way. */
static void desk_adopt(struct desk *desk)
{
    wd_pipeline_close(desk->pl);
    desk->pl = reload_take(&desk->reload, desk->cfg);
}

static void close_run(uv_work_t *job)
{
    struct desk *desk = job->data;
    estate_close(&desk->est, &desk->fault);
}

static void close_done(uv_work_t *job, int status)
{
    struct desk *desk = job->data;
    bool shall_start = true;
    (void)status;
    if (reload_is_ready(&desk->reload))
        desk_adopt(desk);
    if (desk->fault.kind != FAULT_NONE) {
        shall_start = desk_judge(desk, &desk->fault);
        desk_back_off(desk);
        if (doubt_remains(&desk->doubt, monotonic_ms(), desk->cfg->lease_ms) &&
            desk->backoff_ms < (uint64_t)desk->cfg->lease_ms)
            desk->backoff_ms = (uint64_t)desk->cfg->lease_ms;
    }
    desk_go_on(desk, shall_start);
}

static void desk_close(struct desk *desk)
{
    desk->phase = PHASE_CLOSING;
    stream_free(desk->str);
    desk->str = NULL;
    job_start(desk, close_run, close_done);
}

static void on_fault(void *opaque, const struct fault *fault)
{
    struct desk *desk = opaque;
    desk->fault = *fault;
    desk->phase = PHASE_QUIETING;
    doubt_note_running(&desk->doubt, monotonic_ms(), desk->cfg->lease_ms);
}

static void on_quiet(void *opaque)
{
    struct desk *desk = opaque;
    if (desk->phase == PHASE_QUIETING) {
        if (desk->is_stopping)
            lease_release(desk->lease);
        desk_close(desk);
    } else if (reload_is_ready(&desk->reload)) {
        desk_adopt(desk);
        stream_resume(desk->str, desk->pl);
    }
}

static void desk_activate(struct desk *desk)
{
    const struct stream_events events = {desk, on_fault, on_quiet};
    desk->str = stream_new(&desk->loop, desk->cfg, &desk->est, desk->wrk, desk->pl,
                           &desk->pat, &desk->met, &events);
    if (!desk->str) {
        (void)fault_set(&desk->fault, FAULT_WORLD, "out of memory or descriptors");
        desk_close(desk);
        return;
    }
    desk->phase = PHASE_ACTIVE;
    desk->met.restore_s = (double)(monotonic_ms() - desk->held_ms) / 1000;
    desk->backoff_ms = 0;
    desk->last_fault[0] = '\0';
    desk_ready(desk, "active");
    desk_status(desk);
    stream_turn(desk->str);
}

static void succeed_run(uv_work_t *job)
{
    struct desk *desk = job->data;
    desk->job_result = successor_run(desk->suc, &desk->est, &desk->fault);
}

static void succeed_done(uv_work_t *job, int status)
{
    struct desk *desk = job->data;
    (void)status;
    successor_free(desk->suc);
    desk->suc = NULL;
    if (desk->job_result < 0) {
        bool shall_start = desk_judge(desk, &desk->fault);
        desk_back_off(desk);
        desk_go_on(desk, shall_start);
    } else if (desk->is_stopping || !desk->has_lease) {
        desk_close(desk);
    } else {
        desk_activate(desk);
    }
}

static const struct share *desk_share(const struct desk *desk)
{
    return desk->has_lease ? lease_share(desk->lease) : NULL;
}

static void desk_succeed(struct desk *desk)
{
    if (desk->cfg->tier == TIER_TAG && !desk->has_lease) {
        desk->phase = PHASE_IDLE;
        desk_status(desk);
        return;
    }
    desk->phase = PHASE_SUCCEEDING;
    desk->held_ms = monotonic_ms();
    desk->fault = (struct fault){0};
    desk->suc = successor_new(desk->cfg, &desk->pat);
    if (!desk->suc) {
        log_error("out of memory");
        desk->exit_code = DESK_EXIT_USAGE;
        desk_end(desk);
        return;
    }
    successor_set_lease(desk->suc, desk_share(desk));
    job_start(desk, succeed_run, succeed_done);
}

static void on_lease(void *opaque, enum lease_event event)
{
    struct desk *desk = opaque;
    if (event == LEASE_HELD && !desk->has_lease)
        desk->held_ms = monotonic_ms();
    desk->has_lease = event == LEASE_HELD;
    log_debug("lease", LOG_NUMBER("held", desk->has_lease));
    if (desk->suc && desk->cfg->tier != TIER_TAG)
        successor_set_lease(desk->suc, desk_share(desk));
    desk->is_free = event == LEASE_FREE;
    desk_judge_standby(desk);
    if (event == LEASE_HELD && desk->phase == PHASE_IDLE)
        desk_succeed(desk);
    if (event == LEASE_LOST && desk->phase == PHASE_WAITING)
        lease_give_back(desk->lease);
    if (event == LEASE_LOST && desk->phase == PHASE_ACTIVE) {
        log_line(desk->cfg->tier == TIER_TAG ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING,
                 "lease lost", LOG_TEXT("action", "commit what is open, stand by"));
        desk->phase = PHASE_QUIETING;
        stream_drain(desk->str);
    }
}

static void on_stop(uv_signal_t *handle, int signum)
{
    struct desk *desk = handle->data;
    if (desk->is_stopping)
        _exit(128 + signum);
    desk->is_stopping = true;
    log_info("stopping", LOG_TEXT("signal", signum == SIGTERM ? "TERM" : "INT"));
    notify_stopping("stopping");
    patience_limit(&desk->pat, desk->cfg->stop_ms);
    switch (desk->phase) {
    case PHASE_SUCCEEDING:
        successor_stop(desk->suc);
        break;
    case PHASE_ACTIVE:
        desk->phase = PHASE_QUIETING;
        stream_drain(desk->str);
        break;
    case PHASE_WAITING:
    case PHASE_IDLE:
        desk_end(desk);
        break;
    case PHASE_QUIETING:
    case PHASE_CLOSING:
    case PHASE_ENDED:
        break;
    }
}

static void on_reload_ready(void *opaque)
{
    struct desk *desk = opaque;
    if (desk->phase == PHASE_ACTIVE)
        stream_hold(desk->str); /* on_quiet adopts */
    else if (!desk->str)
        desk_adopt(desk);
    /* else: when the estate is closed */
}

static void on_hangup(uv_signal_t *handle, int signum)
{
    struct desk *desk = handle->data;
    (void)signum;
    if (!desk->is_stopping)
        reload_begin(&desk->reload, desk->cfg);
}

static enum role desk_role(const struct desk *desk)
{
    if (desk->is_stopping)
        return ROLE_STOPPING;
    switch (desk->phase) {
    case PHASE_ACTIVE:
        return ROLE_ACTIVE;
    case PHASE_WAITING:
        return ROLE_WAITING;
    case PHASE_SUCCEEDING:
    case PHASE_QUIETING:
    case PHASE_CLOSING:
    case PHASE_IDLE:
    case PHASE_ENDED:
        break;
    }
    return desk->has_lease ? ROLE_STARTING : ROLE_STANDBY;
}

/* For the pages: everything as it is now. */
static struct metrics *desk_look(void *opaque, bool *ret_has_headlines)
{
    struct desk *desk = opaque;
    const struct gauge_sources sources = {
        .role = desk_role(desk),
        .wrk = desk->wrk,
        .est = desk->str ? &desk->est : NULL,
        .str = desk->str,
        .suc = desk->suc,
        .stalled_ms = watchdog_stalled_ms(&desk->dog, monotonic_ms()),
    };
    gauges_look(&desk->met, &sources);
    *ret_has_headlines = desk->cfg->http_headlines;
    return &desk->met;
}

/* Nobody's article waits for somebody who wants to look on: without a port it goes on. */
static void desk_serve(struct desk *desk)
{
    char why[128];
    const struct http_handler handler = {&desk->pages, pages_answer};
    const char *address = desk->cfg->http_listen;
    if (strcmp(address, "off") == 0)
        return;
    desk->pages = (struct pages){desk, desk_look};
    desk->http = http_open(&desk->loop, address, &handler, why, sizeof(why));
    if (desk->http)
        log_info("metrics and health are served", LOG_TEXT("address", address),
                 LOG_NUMBER("port", http_port(desk->http)));
    else
        log_warning("metrics and health are not served", LOG_TEXT("address", address),
                    LOG_TEXT("reason", why),
                    LOG_TEXT("action", "go on without; set http.listen"));
}

static void desk_report_life(struct desk *desk)
{
    struct watchdog_sign sign = {
        .steps = atomic_load(&desk->pat.n_asked) + desk->met.restarts,
        /* For a timer of our own, or for the group. */
        .is_idle = desk->phase == PHASE_WAITING || desk->phase == PHASE_IDLE,
    };
    if (desk->str) {
        sign.steps += stream_steps(desk->str);
        sign.is_idle = stream_is_idle(desk->str);
    }
    if (watchdog_look(&desk->dog, &sign, monotonic_ms()) && desk->dog.limit_ms)
        notify_alive();
}

static void tick_rang(uv_timer_t *timer)
{
    struct desk *desk = timer->data;
    lease_tick(desk->lease);
    doubt_note_running(&desk->doubt, monotonic_ms(), desk->cfg->lease_ms);
    log_tick();
    desk->n_ticks++;
    if (desk->phase == PHASE_ACTIVE && desk->n_ticks % LOOK_TICKS == 0)
        stream_look(desk->str);
    if (desk->n_ticks % TRIM_TICKS == 0)
        workers_trim(desk->wrk);
    desk_report_life(desk);
    desk_judge_standby(desk);
    desk_status(desk);
}

static void desk_handles(struct desk *desk)
{
    uv_signal_t *signals[] = {&desk->term, &desk->interrupt, &desk->hangup};
    const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    for (size_t i = 0; i < 3; i++) {
        (void)uv_signal_init(&desk->loop, signals[i]);
        (void)uv_signal_start(signals[i], i < 2 ? on_stop : on_hangup, numbers[i]);
        signals[i]->data = desk;
    }
    (void)uv_timer_init(&desk->loop, &desk->tick);
    (void)uv_timer_init(&desk->loop, &desk->retry);
    (void)uv_timer_start(&desk->tick, tick_rang, DOUBT_TICK_MS, DOUBT_TICK_MS);
    desk->tick.data = desk->retry.data = desk->job.data = desk;
}

static void on_batch(void *opaque)
{
    struct desk *desk = opaque;
    if (desk->str)
        stream_turn(desk->str);
}

/* Everything that lives as long as the process; a sentence when it fails. */
static int desk_open(struct desk *desk, struct fault *fault)
{
    struct wd_options opts;
    struct wd_error err;
    int n =
        desk->cfg->workers ? (int)desk->cfg->workers : (int)uv_available_parallelism();
    config_library_options(desk->cfg, &opts);
    if (desk->cfg->tier != TIER_DESK && wd_pipeline_open(&opts, &desk->pl, &err) < 0)
        return fault_set(fault, FAULT_USAGE, "%s", err.message);
    workers_size_pool(n);
    desk->wrk = workers_new(&desk->loop, n, on_batch, desk);
    if (!desk->wrk)
        return fault_set(fault, FAULT_USAGE, "out of memory");
    desk->lease = lease_open(desk->cfg, &desk->loop, on_lease, desk, fault);
    if (!desk->lease)
        return -1;
    log_info("started", LOG_TEXT("version", wd_version()),
             LOG_TEXT("role", config_tier_name(desk->cfg)),
             LOG_TEXT("input", desk->cfg->input_topics),
             LOG_TEXT("output", desk->cfg->output_topic),
             LOG_TEXT("group", desk->cfg->group), LOG_NUMBER("workers", n));
    security_begin(desk->cfg);
    return 0;
}

static volatile sig_atomic_t last_code;

static void leave_now(int signum)
{
    (void)signum;
    _exit(last_code);
}

static void desk_free(struct desk *desk)
{
    /* Leaving a group needs a broker; a stop must not hang on one that is away. What is
     * committed is committed, so leaving early costs a standby a session timeout. */
    last_code = desk->exit_code;
    (void)signal(SIGALRM, leave_now);
    (void)alarm(LEAVE_S);
    lease_leave(desk->lease);
    (void)alarm(0);
    workers_free(desk->wrk);
    wd_pipeline_close(desk->pl);
    config_free(desk->cfg);
    metrics_done(&desk->met);
    (void)uv_run(&desk->loop, UV_RUN_DEFAULT); /* what was closed meanwhile */
    (void)uv_loop_close(&desk->loop);
    free(desk);
}

int desk_run(struct config *cfg, const struct config_source *source)
{
    struct fault fault;
    struct desk *desk = calloc(1, sizeof(*desk));
    if (!desk || uv_loop_init(&desk->loop) < 0) {
        log_error("out of memory or descriptors");
        free(desk);
        config_free(cfg);
        return DESK_EXIT_USAGE;
    }
    desk->cfg = cfg;
    desk->reload = (struct reload){.loop = &desk->loop,
                                   .source = *source,
                                   .on_ready = on_reload_ready,
                                   .opaque = desk};
    desk->started_ms = monotonic_ms();
    patience_init(&desk->pat);
    metrics_init(&desk->met);
    watchdog_init(&desk->dog, notify_watchdog_ms(), desk->started_ms);
    if (desk_open(desk, &fault) < 0) {
        log_error("cannot start", LOG_TEXT("reason", fault.message));
        desk->exit_code = DESK_EXIT_USAGE;
    } else {
        desk_handles(desk);
        desk_serve(desk);
        desk_succeed(desk);
        (void)uv_run(&desk->loop, UV_RUN_DEFAULT);
        log_info("stopped", LOG_NUMBER("articles", metrics_articles(&desk->met)),
                 LOG_NUMBER("dead_letters", metrics_dead_letters(&desk->met)),
                 LOG_NUMBER("commits", desk->met.transactions),
                 LOG_NUMBER("restarts", desk->met.restarts),
                 LOG_NUMBER("times_full", desk->met.times_full),
                 LOG_NUMBER("code", desk->exit_code));
    }
    int code = desk->exit_code;
    desk_free(desk);
    return code;
}
