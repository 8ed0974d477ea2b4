/* stream.c -- three hands that never wait for one another.
 * SPDX-License-Identifier: Apache-2.0
 *
 * fill    takes records from the source into batches, as long as a batch is free;
 * decide  takes finished batches, in order of arrival, into the next transaction;
 * settle  opens it and commits it (settler.c), when closing.c says so: at once when
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

#include <stdlib.h>

#include "settler.h"
#include "wake.h"

enum stream_mode {
    STREAM_RUNS,
    STREAM_HELD,     /* reads nothing; what was read goes on */
    STREAM_DRAINING, /* the same, and for good */
    STREAM_STOPPED,  /* drops everything */
};

struct stream {
    const struct config *cfg;
    struct estate *est;
    struct workers *wrk;
    const struct wd_pipeline *pl;
    struct metrics *met;
    struct stream_events events;

    enum stream_mode mode;
    bool owes_quiet;
    bool is_full;
    struct batch *filling;
    struct settler *stl;
    struct wake *source_wake;
    uint64_t steps;
};

static void stream_fail(struct stream *str, const struct fault *fault)
{
    if (str->mode == STREAM_STOPPED)
        return;
    str->mode = STREAM_STOPPED;
    str->owes_quiet = true;
    settler_stop(str->stl);
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
 * wait at once. It is the desk's time, counted with the first of them. */
static void expect_batch(const struct wd_desk *desk, struct batch *batch)
{
    stage_times_go_on(&batch->items[0].times);
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->items[i].status == WD_OK)
            wd_desk_expect(desk, wd_article_sketch(batch->items[i].art));
    }
    stage_times_rest(&batch->items[0].times);
}

static int decide_batch(struct stream *str, struct batch *batch, struct fault *fault)
{
    if (str->est->desk)
        expect_batch(str->est->desk, batch);
    for (size_t i = 0; i < batch->n; i++) {
        struct item *item = &batch->items[i];
        int r = is_repeated(str, item, fault);
        if (r < 0)
            return r;
        if (r > 0)
            continue;
        if (settler_put(str->stl, item, fault) < 0)
            return -1;
        log_decided(item);
        metrics_stage_times(str->met, &item->times);
        if (item->status == WD_OK && str->est->desk)
            metrics_recall(str->met, wd_article_facts(item->art));
    }
    return 0;
}

static void stream_decide(struct stream *str)
{
    struct fault fault;
    struct batch *batch;
    while (str->mode != STREAM_STOPPED && !settler_is_full(str->stl) &&
           (batch = workers_next(str->wrk)) != NULL) {
        str->steps++;
        int r = decide_batch(str, batch, &fault);
        stream_drop(str, batch);
        if (r < 0)
            stream_fail(str, &fault);
    }
}

void stream_look(struct stream *str)
{
    if (str->mode == STREAM_RUNS)
        settler_look(str->stl);
}

static bool stream_has_batches(const struct stream *str)
{
    return workers_under_way(str->wrk) != 0 || (str->filling && str->filling->n);
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
    return str->steps + settler_steps(str->stl);
}

bool stream_is_full(const struct stream *str)
{
    return str->is_full;
}

/* All that was read is committed. */
static bool is_through(const struct stream *str)
{
    return !stream_has_batches(str) && settler_is_through(str->stl);
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
        return !has_batches && !settler_is_busy(str->stl);
    }
    return false;
}

void stream_turn(struct stream *str)
{
    stream_fill(str);
    if (workers_has_next(str->wrk) || settler_has_records(str->stl))
        settler_open(str->stl);
    stream_decide(str);
    if (str->is_full) /* batches came back */
        stream_fill(str);
    settler_commit(str->stl, stream_has_batches(str));
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

static void settler_turned(void *opaque, const struct fault *fault)
{
    struct stream *str = opaque;
    if (fault)
        stream_fail(str, fault);
    stream_turn(str);
}

struct stream *stream_new(uv_loop_t *loop, const struct config *cfg, struct estate *est,
                          struct workers *wrk, const struct wd_pipeline *pl,
                          struct patience *pat, struct metrics *met,
                          const struct stream_events *events)
{
    struct stream *str = calloc(1, sizeof(*str));
    if (!str)
        return NULL;
    *str = (struct stream){
        .cfg = cfg, .est = est, .wrk = wrk, .pl = pl, .met = met, .events = *events};
    const struct settler_events turns = {str, settler_turned};
    str->stl = settler_new(loop, cfg, est, pat, met, &turns);
    str->source_wake = wake_open(loop, source_queue(est->source), source_woken, str);
    if (!str->stl || !str->source_wake) {
        stream_free(str);
        return NULL;
    }
    return str;
}

void stream_free(struct stream *str)
{
    if (!str)
        return;
    wake_close(str->source_wake);
    settler_free(str->stl);
    if (str->filling)
        stream_drop(str, str->filling);
    free(str);
}

static void stream_set_mode(struct stream *str, enum stream_mode mode)
{
    if (str->mode != STREAM_STOPPED)
        str->mode = mode;
    if (mode == STREAM_STOPPED)
        settler_stop(str->stl);
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
