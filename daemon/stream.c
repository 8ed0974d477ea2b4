/* stream.c -- three hands that never wait for one another.
 * SPDX-License-Identifier: Apache-2.0
 *
 * fill    takes records from the source into batches, as long as a batch is free;
 * decide  takes finished batches, in order of arrival, into the next transaction;
 * settle  opens it and commits it, on a pool thread, when closing.c says so: at once when
 *         nothing else is under way.
 * A turn does all three, and whatever happens (a queue woke the loop, a batch is done, a
 * commit is through, time is up) makes a turn.
 *
 * A commit and the opening that follows take a quarter of the time under load, and none
 * of the three waits for them: what is decided meanwhile is held (decide.c) and sent when
 * the next transaction is open. Without that the workers came to a stand once they had
 * gone through the batches that there are, in each transaction anew.
 *
 * Being full is a state: all batches are under way, nobody reads, librdkafka's queue
 * fills to its own limit and it stops fetching. Each batch that comes back reads on. A
 * transaction that is full while the last one is not through leads there. */
#include "stream.h"

#include <assert.h>
#include <stdlib.h>

#include "closing.h"
#include "decide.h"
#include "probe.h"
#include "txn.h"
#include "wake.h"

enum stream_mode {
    STREAM_RUNS,
    STREAM_HELD,     /* reads nothing; what was read goes on */
    STREAM_DRAINING, /* the same, and for good */
    STREAM_STOPPED,  /* drops everything */
};

/* The broker's side of it. */
enum txn_state {
    TXN_NONE,
    TXN_OPENING,
    TXN_OPEN,
    TXN_CLOSING, /* its commit is under way */
};

struct stream {
    uv_loop_t *loop;
    const struct config *cfg;
    struct estate *est;
    struct workers *wrk;
    const struct wd_pipeline *pl;
    struct patience *pat;
    struct metrics *met;
    struct stream_events events;

    enum stream_mode mode;
    bool owes_quiet;
    bool is_full;
    struct batch *filling;
    struct decider dec;
    enum txn_state txn_state;
    struct txn next;    /* takes what is decided */
    struct txn closing; /* is being committed */
    struct commits commits;
    struct wake *source_wake;
    struct wake *sink_wake;
    uv_timer_t timer;

    uv_work_t job; /* a transaction's opening or commit, a look, a new producer */
    bool is_busy;  /* with that job */
    rd_kafka_topic_partition_list_t *offsets;
    int job_result;
    struct fault fault; /* of the job while it is busy */
    uint64_t steps;
};

static void stream_fail(struct stream *str, const struct fault *fault)
{
    if (str->mode == STREAM_STOPPED)
        return;
    str->mode = STREAM_STOPPED;
    str->owes_quiet = true;
    str->events.on_fault(str->events.opaque, fault);
}

static void stream_drop(struct stream *str, struct batch *batch)
{
    source_release(batch);
    workers_release(str->wrk, batch);
}

/* Reads into `filling` until the source is empty, the batch full, or a fault: 1 when
 * there may be more. */
static int fill_batch(struct stream *str, struct fault *fault)
{
    int r = 1;
    while (r == 1 && !batch_is_full(str->filling)) {
        r = source_next(str->est->source, str->filling, fault);
        if (r < 1)
            break;
        str->steps++;
        str->met->records_read++;
        const struct wd_record *record = &str->filling->items[str->filling->n - 1].record;
        if (!ledger_arrive(str->est->ledger, record->topic, record->partition,
                           record->offset))
            return fault_set(fault, FAULT_WORLD,
                             "%.*s [%d] went back to offset %lld, or memory is short",
                             (int)record->topic.size, record->topic.data,
                             (int)record->partition, (long long)record->offset);
    }
    return r;
}

static void stream_fill(struct stream *str)
{
    struct fault fault;
    int r = 1;
    while (str->mode == STREAM_RUNS && r == 1) {
        if (!str->filling)
            str->filling = workers_take(str->wrk);
        if (!str->filling) {
            str->met->times_full += !str->is_full;
            str->is_full = true;
            return;
        }
        str->is_full = false;
        r = fill_batch(str, &fault);
        if (batch_is_full(str->filling)) {
            workers_submit(str->wrk, str->filling, str->pl);
            str->filling = NULL;
        }
    }
    if (r < 0)
        stream_fail(str, &fault);
    /* A part of a batch goes when a thread would stand idle; else it may still grow. */
    if (str->filling && str->filling->n && workers_has_idle(str->wrk) &&
        str->mode != STREAM_STOPPED) {
        workers_submit(str->wrk, str->filling, str->pl);
        str->filling = NULL;
    }
}

/* A record is named by its number in the sketch log, in every line about it. */
static void log_decided(const struct item *item)
{
    const struct wd_facts *facts = wd_article_facts(item->art);
    const struct wd_record *record = wd_article_record(item->art);
    if (item->status != WD_OK) {
        const char *stage = wd_article_failed_stage(item->art);
        bool is_decided = facts->sequence != 0;
        log_info("record refused", LOG_NUMBER("sequence", facts->sequence),
                 LOG_PLACE(record), LOG_TEXT("code", wd_status_name(item->status)),
                 LOG_TEXT("stage", stage ? stage : "decode"),
                 LOG_TEXT("action", is_decided ? "dead letter" : "pass it on"));
    } else if (log_wants(LOG_LEVEL_DEBUG)) {
        log_debug("article", LOG_NUMBER("sequence", facts->sequence), LOG_PLACE(record),
                  LOG_TEXT("verdict", wd_verdict_name(facts->dedup.verdict)),
                  LOG_NUMBER("of", facts->dedup.of_sequence),
                  LOG_NUMBER("entities", facts->n_entities),
                  LOG_NUMBER("waited_us", monotonic_us() - item->arrived_us));
    }
}

/* A tagged record names the input record that it is of. Each comes once, in the order of
 * its partition, unless somebody moved the offsets of the taggers. 1 when it came before,
 * as the log knows; -1 on a fault. */
static int is_repeated(struct stream *str, const struct item *item, struct fault *fault)
{
    const struct wd_record *origin = wd_article_record(item->art);
    struct ledger *led = str->est->ledger;
    if (str->cfg->tier != TIER_DESK || item->status == WD_ESKETCH)
        return 0;
    int64_t next = ledger_position(led, origin->topic, origin->partition);
    if (next != LEDGER_NONE && origin->offset < next) {
        str->met->repeated++;
        log_warning("input was tagged again", LOG_PLACE(origin),
                    LOG_TEXT("action", "pass over it"));
        return 1;
    }
    if (!ledger_arrive(led, origin->topic, origin->partition, origin->offset))
        return fault_set(fault, FAULT_WORLD, "out of memory");
    return 0;
}

/* In a large window the desk mostly waits for memory: for that of the whole batch it can
 * wait at once. */
static void expect_batch(const struct wd_desk *desk, const struct batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->items[i].status == WD_OK)
            wd_desk_expect(desk, wd_article_sketch(batch->items[i].art));
    }
}

static int decide_batch(struct stream *str, struct batch *batch, struct fault *fault)
{
    if (str->est->desk)
        expect_batch(str->est->desk, batch);
    for (size_t i = 0; i < batch->n; i++) {
        struct item *item = &batch->items[i];
        const struct wd_record *record = &item->record;
        int r = is_repeated(str, item, fault);
        if (r < 0)
            return r;
        if (r > 0)
            continue;
        if (decide(&str->dec, item, &str->next.tally, &str->next.size_bytes, fault) < 0)
            return -1;
        log_decided(item);
        metrics_stage_times(str->met, &item->times);
        if (item->status == WD_OK && str->est->desk)
            metrics_recall(str->met, wd_article_facts(item->art));
        txn_add(&str->next, item->arrived_us);
        ledger_decide(str->est->ledger, record->topic, record->partition, record->offset);
        probe(PROBE_DECIDED);
    }
    return 0;
}

static void job_start(struct stream *str, uv_work_cb work, uv_after_work_cb after)
{
    str->is_busy = true;
    int r = uv_queue_work(str->loop, &str->job, work, after);
    assert(r == 0); /* it fails only without a callback */
    (void)r;
}

static void open_run(uv_work_t *job)
{
    struct stream *str = job->data;
    str->job_result = sink_begin(str->est->sink, str->pat, &str->fault);
}

static void open_done(uv_work_t *job, int status)
{
    struct stream *str = job->data;
    (void)status;
    str->is_busy = false;
    str->steps++;
    str->txn_state = TXN_OPEN;
    str->next.opened_us = monotonic_us();
    if (str->job_result < 0 || decider_release(&str->dec, &str->fault) < 0)
        stream_fail(str, &str->fault);
    stream_turn(str);
}

static bool next_is_full(const struct stream *str)
{
    return txn_is_full(&str->next, (size_t)str->cfg->commit_records);
}

static void stream_decide(struct stream *str)
{
    struct fault fault;
    struct batch *batch;
    while (str->mode != STREAM_STOPPED && !next_is_full(str) &&
           (batch = workers_next(str->wrk)) != NULL) {
        str->steps++;
        int r = decide_batch(str, batch, &fault);
        stream_drop(str, batch);
        if (r < 0)
            stream_fail(str, &fault);
    }
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

static void sink_woken(void *opaque)
{
    struct stream *str = opaque;
    if (!str->is_busy) /* flush takes the events meanwhile */
        sink_drain(str->est->sink);
}

static bool sink_listen(struct stream *str)
{
    str->sink_wake = wake_open(str->loop, sink_queue(str->est->sink), sink_woken, str);
    return str->sink_wake != NULL;
}

static void renew_run(uv_work_t *job)
{
    struct stream *str = job->data;
    str->job_result = sink_renew(str->est->sink, &str->fault);
}

static void renew_done(uv_work_t *job, int status)
{
    struct stream *str = job->data;
    (void)status;
    str->is_busy = false;
    if (str->job_result == 0 && !sink_listen(str))
        str->job_result = fault_set(&str->fault, FAULT_WORLD, "out of descriptors");
    if (str->job_result < 0)
        stream_fail(str, &str->fault);
    stream_turn(str);
}

static void look_run(uv_work_t *job)
{
    struct stream *str = job->data;
    str->job_result = source_look(str->est->source, str->cfg, str->pat, &str->fault);
}

static void look_done(uv_work_t *job, int status)
{
    struct stream *str = job->data;
    (void)status;
    str->is_busy = false;
    if (str->job_result < 0)
        stream_fail(str, &str->fault);
    stream_turn(str);
}

void stream_look(struct stream *str)
{
    if (str->mode == STREAM_RUNS && !str->is_busy && str->txn_state == TXN_NONE)
        job_start(str, look_run, look_done);
}

static void commit_run(uv_work_t *job)
{
    struct stream *str = job->data;
    str->job_result = sink_commit(str->est->sink, str->offsets,
                                  source_handle(str->est->source), str->pat, &str->fault);
}

static void commit_count(struct stream *str)
{
    int64_t now_us = monotonic_us();
    commits_note(&str->commits, now_us - str->closing.closed_us, now_us);
    txn_count(&str->closing, now_us, str->met);
    if (str->est->desk)
        str->met->sequence = wd_desk_next_sequence(str->est->desk) - 1;
}

static void commit_done(uv_work_t *job, int status)
{
    struct stream *str = job->data;
    (void)status;
    str->is_busy = false;
    str->steps++;
    str->txn_state = TXN_NONE;
    rd_kafka_topic_partition_list_destroy(str->offsets);
    str->offsets = NULL;
    if (str->job_result < 0) {
        stream_fail(str, &str->fault);
    } else {
        ledger_settle(str->est->ledger);
        probe(PROBE_SETTLED);
        commit_count(str);
        sink_drain(str->est->sink);
        if (sink_is_stale(str->est->sink) && str->mode != STREAM_STOPPED) {
            log_info("producer is renewed",
                     LOG_TEXT("reason", "the end of a transaction was sent twice"));
            wake_close(str->sink_wake);
            str->sink_wake = NULL;
            job_start(str, renew_run, renew_done);
        }
    }
    stream_turn(str);
}

static void timer_rang(uv_timer_t *timer)
{
    stream_turn(timer->data);
}

static bool stream_has_batches(const struct stream *str)
{
    return workers_under_way(str->wrk) != 0 || (str->filling && str->filling->n);
}

static void stream_commit(struct stream *str, int64_t now_us)
{
    struct txn through = str->closing;
    str->closing = str->next;
    str->closing.closed_us = now_us;
    txn_clear(&through);
    str->next = through;
    decider_hold(&str->dec);
    str->offsets = due_offsets(str->est->ledger);
    str->txn_state = TXN_CLOSING;
    job_start(str, commit_run, commit_done);
}

static int64_t open_wait_us(const struct stream *str, int64_t now_us)
{
    const struct closing closing = {
        .is_full = next_is_full(str),
        .has_more = stream_has_batches(str),
        .n_records = str->next.n_records,
        .n_waiting = source_waiting(str->est->source),
        .age_us = now_us - str->next.opened_us,
        .rest_us = now_us - str->commits.through_us,
        .commit_us = commits_usual_us(&str->commits),
        .most_us = str->cfg->commit_ms * 1000,
    };
    return closing_wait_us(&closing);
}

static void stream_open(struct stream *str)
{
    bool has_something = workers_has_next(str->wrk) || str->next.n_records != 0;
    if (str->txn_state != TXN_NONE || str->is_busy || str->mode == STREAM_STOPPED ||
        !has_something)
        return;
    str->txn_state = TXN_OPENING;
    job_start(str, open_run, open_done);
}

static void stream_settle(struct stream *str)
{
    if (str->txn_state != TXN_OPEN || str->is_busy || str->mode == STREAM_STOPPED)
        return;
    int64_t now_us = monotonic_us();
    int64_t wait_us = open_wait_us(str, now_us);
    if (wait_us == 0) {
        (void)uv_timer_stop(&str->timer);
        stream_commit(str, now_us);
    } else if (!uv_is_active((uv_handle_t *)&str->timer)) {
        (void)uv_timer_start(&str->timer, timer_rang, (uint64_t)(wait_us + 999) / 1000,
                             0);
    }
}

/* What was read and will not be decided. */
static void stream_discard(struct stream *str)
{
    struct batch *batch;
    if (str->filling)
        stream_drop(str, str->filling);
    str->filling = NULL;
    while ((batch = workers_next(str->wrk)) != NULL)
        stream_drop(str, batch);
}

uint64_t stream_steps(const struct stream *str)
{
    return str->steps;
}

bool stream_is_full(const struct stream *str)
{
    return str->is_full;
}

/* All that was read is committed. */
static bool is_through(const struct stream *str)
{
    return !stream_has_batches(str) && str->next.n_records == 0 &&
           str->txn_state == TXN_NONE && !str->is_busy;
}

bool stream_is_idle(const struct stream *str)
{
    return is_through(str) && source_waiting(str->est->source) == 0;
}

static bool stream_is_quiet(const struct stream *str)
{
    bool has_batches = stream_has_batches(str);
    switch (str->mode) {
    case STREAM_RUNS:
        return false;
    case STREAM_HELD:
        return !has_batches;
    case STREAM_DRAINING:
        return is_through(str);
    case STREAM_STOPPED:
        return !has_batches && !str->is_busy;
    }
    return false;
}

void stream_turn(struct stream *str)
{
    stream_fill(str);
    stream_open(str);
    stream_decide(str);
    if (str->is_full) /* batches came back */
        stream_fill(str);
    stream_settle(str);
    if (str->mode == STREAM_STOPPED)
        stream_discard(str);
    if (str->owes_quiet && stream_is_quiet(str)) {
        str->owes_quiet = false;
        str->events.on_quiet(str->events.opaque); /* may free us */
    }
}

static void source_woken(void *opaque)
{
    stream_turn(opaque);
}

struct stream *stream_new(uv_loop_t *loop, const struct config *cfg, struct estate *est,
                          struct workers *wrk, const struct wd_pipeline *pl,
                          struct patience *pat, struct metrics *met,
                          const struct stream_events *events)
{
    struct stream *str = calloc(1, sizeof(*str));
    if (!str)
        return NULL;
    *str = (struct stream){.loop = loop,
                           .cfg = cfg,
                           .est = est,
                           .wrk = wrk,
                           .pl = pl,
                           .pat = pat,
                           .met = met,
                           .events = *events};
    str->job.data = str;
    str->timer.data = str;
    decider_init(&str->dec, cfg, est->desk, est->sink);
    if (uv_timer_init(loop, &str->timer) < 0) {
        free(str);
        return NULL;
    }
    str->source_wake = wake_open(loop, source_queue(est->source), source_woken, str);
    if (!str->source_wake || !sink_listen(str)) {
        stream_free(str);
        return NULL;
    }
    return str;
}

static void timer_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void stream_free(struct stream *str)
{
    if (!str)
        return;
    assert(!str->is_busy);
    wake_close(str->source_wake);
    wake_close(str->sink_wake);
    decider_done(&str->dec);
    if (str->filling)
        stream_drop(str, str->filling);
    txn_done(&str->next);
    txn_done(&str->closing);
    uv_close((uv_handle_t *)&str->timer, timer_closed);
}

static void stream_set_mode(struct stream *str, enum stream_mode mode)
{
    if (str->mode != STREAM_STOPPED)
        str->mode = mode;
    str->owes_quiet = true;
    stream_turn(str);
}

void stream_drain(struct stream *str)
{
    stream_set_mode(str, STREAM_DRAINING);
}

void stream_stop(struct stream *str)
{
    stream_set_mode(str, STREAM_STOPPED);
}

void stream_hold(struct stream *str)
{
    if (str->mode == STREAM_RUNS)
        stream_set_mode(str, STREAM_HELD);
}

void stream_resume(struct stream *str, const struct wd_pipeline *pl)
{
    str->pl = pl;
    if (str->mode != STREAM_HELD)
        return;
    str->mode = STREAM_RUNS;
    stream_turn(str);
}
