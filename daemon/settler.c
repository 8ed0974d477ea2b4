/* settler.c -- one transaction takes what is decided while another is committed.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   none ──▶ opening ──▶ open ──▶ closing ──▶ none
 *
 * What is decided while none is open is held (decide.c) and goes into the next one: it
 * counts for that from the start, and so do its offsets. What a commit names is sealed
 * when it begins.
 *
 * Opening, commit, a producer made anew and a look at the input all wait for the broker.
 * They take turns as the one job there is. */
#include "settler.h"

#include <assert.h>
#include <stdlib.h>

#include "closing.h"
#include "decide.h"
#include "probe.h"
#include "txn.h"
#include "wake.h"

/* The broker's side of it. */
enum txn_state {
    TXN_NONE,
    TXN_OPENING,
    TXN_OPEN,
    TXN_CLOSING, /* its commit is under way */
};

struct settler {
    uv_loop_t *loop;
    const struct config *cfg;
    struct estate *est;
    struct patience *pat;
    struct metrics *met;
    struct settler_events events;

    struct decider dec;
    enum txn_state state;
    struct txn next;    /* takes what is decided */
    struct txn closing; /* is being committed */
    struct commits commits;
    struct wake *sink_wake;
    uv_timer_t timer;
    bool is_stopped;
    uint64_t steps;

    uv_work_t job; /* a transaction's opening or commit, a look, a new producer */
    bool is_busy;  /* with that job */
    rd_kafka_topic_partition_list_t *offsets;
    int job_result;
    struct fault fault; /* of the job while it is busy */
};

static void sink_woken(void *opaque)
{
    struct settler *stl = opaque;
    if (!stl->is_busy) /* flush takes the events meanwhile */
        sink_drain(stl->est->sink);
}

static bool sink_listen(struct settler *stl)
{
    stl->sink_wake = wake_open(stl->loop, sink_queue(stl->est->sink), sink_woken, stl);
    return stl->sink_wake != NULL;
}

static void job_start(struct settler *stl, uv_work_cb work, uv_after_work_cb after)
{
    stl->is_busy = true;
    int r = uv_queue_work(stl->loop, &stl->job, work, after);
    assert(r == 0); /* it fails only without a callback */
    (void)r;
}

/* Why the job that is through failed; NULL: it did not. */
static const struct fault *job_fault(const struct settler *stl)
{
    return stl->job_result < 0 ? &stl->fault : NULL;
}

/* Last of all: whoever hears it may free us. */
static void settler_tell(const struct settler *stl, const struct fault *fault)
{
    stl->events.on_turn(stl->events.opaque, fault);
}

static void open_run(uv_work_t *job)
{
    struct settler *stl = job->data;
    stl->job_result = sink_begin(stl->est->sink, stl->pat, &stl->fault);
}

static void open_done(uv_work_t *job, int status)
{
    struct settler *stl = job->data;
    (void)status;
    stl->is_busy = false;
    stl->steps++;
    stl->state = TXN_OPEN;
    stl->next.opened_us = monotonic_us();
    if (stl->job_result == 0)
        stl->job_result = decider_release(&stl->dec, &stl->fault);
    settler_tell(stl, job_fault(stl));
}

void settler_open(struct settler *stl)
{
    if (stl->state != TXN_NONE || stl->is_busy || stl->is_stopped)
        return;
    stl->state = TXN_OPENING;
    job_start(stl, open_run, open_done);
}

static void renew_run(uv_work_t *job)
{
    struct settler *stl = job->data;
    stl->job_result = sink_renew(stl->est->sink, &stl->fault);
}

static void renew_done(uv_work_t *job, int status)
{
    struct settler *stl = job->data;
    (void)status;
    stl->is_busy = false;
    if (stl->job_result == 0 && !sink_listen(stl))
        stl->job_result = fault_set(&stl->fault, FAULT_WORLD, "out of descriptors");
    settler_tell(stl, job_fault(stl));
}

static void producer_renew(struct settler *stl)
{
    log_info("producer is renewed",
             LOG_TEXT("reason", "the end of a transaction was sent twice"));
    wake_close(stl->sink_wake);
    stl->sink_wake = NULL;
    job_start(stl, renew_run, renew_done);
}

static void look_run(uv_work_t *job)
{
    struct settler *stl = job->data;
    stl->job_result = source_look(stl->est->source, stl->cfg, stl->pat, &stl->fault);
}

static void look_done(uv_work_t *job, int status)
{
    struct settler *stl = job->data;
    (void)status;
    stl->is_busy = false;
    settler_tell(stl, job_fault(stl));
}

void settler_look(struct settler *stl)
{
    if (!stl->is_busy && stl->state == TXN_NONE && !stl->is_stopped)
        job_start(stl, look_run, look_done);
}

static rd_kafka_topic_partition_list_t *due_offsets(struct ledger *led)
{
    size_t n;
    ledger_seal(led);
    const struct ledger_line *lines = ledger_lines(led, &n);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)n);
    for (size_t i = 0; i < n; i++) {
        if (ledger_line_is_due(&lines[i]))
            rd_kafka_topic_partition_list_add(list, lines[i].topic, lines[i].partition)
                ->offset = lines[i].sealed;
    }
    return list;
}

static void commit_run(uv_work_t *job)
{
    struct settler *stl = job->data;
    stl->job_result = sink_commit(stl->est->sink, stl->offsets,
                                  source_handle(stl->est->source), stl->pat, &stl->fault);
}

static void commit_count(struct settler *stl)
{
    int64_t now_us = monotonic_us();
    commits_note(&stl->commits, now_us - stl->closing.closed_us, now_us);
    txn_count(&stl->closing, now_us, stl->met);
    if (stl->est->desk)
        stl->met->sequence = wd_desk_next_sequence(stl->est->desk) - 1;
}

static void commit_done(uv_work_t *job, int status)
{
    struct settler *stl = job->data;
    (void)status;
    stl->is_busy = false;
    stl->steps++;
    stl->state = TXN_NONE;
    rd_kafka_topic_partition_list_destroy(stl->offsets);
    stl->offsets = NULL;
    const struct fault *fault = job_fault(stl); /* a renewal is the next job */
    if (!fault) {
        ledger_settle(stl->est->ledger);
        probe(PROBE_SETTLED);
        commit_count(stl);
        sink_drain(stl->est->sink);
        if (sink_is_stale(stl->est->sink) && !stl->is_stopped)
            producer_renew(stl);
    }
    settler_tell(stl, fault);
}

static void commit_start(struct settler *stl, int64_t now_us)
{
    struct txn through = stl->closing;
    stl->closing = stl->next;
    stl->closing.closed_us = now_us;
    txn_clear(&through);
    stl->next = through;
    decider_hold(&stl->dec);
    stl->offsets = due_offsets(stl->est->ledger);
    stl->state = TXN_CLOSING;
    job_start(stl, commit_run, commit_done);
}

static int64_t open_wait_us(const struct settler *stl, bool has_more, int64_t now_us)
{
    const struct closing closing = {
        .is_full = settler_is_full(stl),
        .has_more = has_more,
        .n_records = stl->next.n_records,
        .n_waiting = source_waiting(stl->est->source),
        .age_us = now_us - stl->next.opened_us,
        .rest_us = now_us - stl->commits.through_us,
        .commit_us = commits_usual_us(&stl->commits),
        .most_us = stl->cfg->commit_ms * 1000,
    };
    return closing_wait_us(&closing);
}

static void timer_rang(uv_timer_t *timer)
{
    settler_tell(timer->data, NULL);
}

void settler_commit(struct settler *stl, bool has_more)
{
    if (stl->state != TXN_OPEN || stl->is_busy || stl->is_stopped)
        return;
    int64_t now_us = monotonic_us();
    int64_t wait_us = open_wait_us(stl, has_more, now_us);
    if (wait_us == 0) {
        (void)uv_timer_stop(&stl->timer);
        commit_start(stl, now_us);
    } else if (!uv_is_active((uv_handle_t *)&stl->timer)) {
        (void)uv_timer_start(&stl->timer, timer_rang, (uint64_t)(wait_us + 999) / 1000,
                             0);
    }
}

/* What was decided and the broker has yet to take. */
static size_t pending_bytes(const struct settler *stl)
{
    return stl->state == TXN_OPEN ? sink_pending_bytes(stl->est->sink)
                                  : stl->next.size_bytes;
}

int settler_put(struct settler *stl, struct item *item, struct fault *fault)
{
    if (decide(&stl->dec, item, &stl->next.tally, &stl->next.size_bytes, fault) < 0)
        return -1;
    txn_add(&stl->next, item->arrived_us);
    txn_bound(&stl->next, (size_t)stl->cfg->commit_records, pending_bytes(stl));
    ledger_decide(stl->est->ledger, item->record.topic, item->record.partition,
                  item->record.offset);
    probe(PROBE_DECIDED);
    return 0;
}

bool settler_is_full(const struct settler *stl)
{
    return stl->next.is_full;
}

void settler_stop(struct settler *stl)
{
    stl->is_stopped = true;
}

bool settler_has_records(const struct settler *stl)
{
    return stl->next.n_records != 0;
}

bool settler_is_through(const struct settler *stl)
{
    return !settler_has_records(stl) && stl->state == TXN_NONE && !stl->is_busy;
}

bool settler_is_busy(const struct settler *stl)
{
    return stl->is_busy;
}

uint64_t settler_steps(const struct settler *stl)
{
    return stl->steps;
}

struct settler *settler_new(uv_loop_t *loop, const struct config *cfg, struct estate *est,
                            struct patience *pat, struct metrics *met,
                            const struct settler_events *events)
{
    struct settler *stl = calloc(1, sizeof(*stl));
    if (!stl)
        return NULL;
    *stl = (struct settler){
        .loop = loop, .cfg = cfg, .est = est, .pat = pat, .met = met, .events = *events};
    stl->job.data = stl;
    stl->timer.data = stl;
    decider_init(&stl->dec, cfg, est->desk, est->sink);
    if (uv_timer_init(loop, &stl->timer) < 0) {
        free(stl);
        return NULL;
    }
    if (!sink_listen(stl)) {
        settler_free(stl);
        return NULL;
    }
    return stl;
}

static void timer_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void settler_free(struct settler *stl)
{
    if (!stl)
        return;
    assert(!stl->is_busy);
    wake_close(stl->sink_wake);
    decider_done(&stl->dec);
    txn_done(&stl->next);
    txn_done(&stl->closing);
    uv_close((uv_handle_t *)&stl->timer, timer_closed);
}
