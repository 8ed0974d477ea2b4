/* sketch_log.c -- replay, to the true end.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two handles look at the one partition. The reader is read_committed, so that sketches
 * of aborted transactions never come into the state. But a read_committed handle takes
 * the last stable offset for the end, and the open transaction of a zombie pins that:
 * state restored to there was wrong on a third of all outputs, with every article still
 * written exactly once (measured). So the end is asked by a second, read_uncommitted
 * handle, after the predecessor was fenced, and the reader has to get there. It knows
 * that it did from the end-of-partition event: the last offsets are control records,
 * which no one sees.
 *
 * Sketches are taken some at a time, which the desk does in half the time: while the
 * first is put in its place, the memory that the others need is on its way. */
#include "sketch_log.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "fetching.h"
#include "wiredesk/sketch.h"

enum { BATCH = 32 };

struct sketch_log {
    const struct config *cfg;
    rd_kafka_t *reader;
    rd_kafka_t *judge;     /* read_uncommitted; asks for the end and reads nothing */
    struct fetching fetch; /* of the reader */
    struct wd_sketch_scratch *scratch[BATCH];
    _Atomic int64_t reached; /* the log was read up to here, as far as is known */
    atomic_bool is_rung;     /* interrupted; who tails has not seen it yet */
    uint64_t count;
    bool is_transactional;
};

static rd_kafka_t *log_handle(const struct config *cfg, const char *isolation,
                              struct fault *fault)
{
    const struct kafka_property ours[] = {
        {"group.id", cfg->group}, /* for questions about its offsets; never joined */
        {"isolation.level", isolation},
        {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"},
        {"enable.partition.eof", "true"},
        {"auto.offset.reset", "error"},
        {"check.crcs", "true"},
        {"fetch.wait.max.ms", "100"},
        {"fetch.error.backoff.ms", "50"},
        {"queued.min.messages", "100000"}, /* no bound: the next line is one */
        {"queued.max.messages.kbytes", "16384"},
        {"fetch.queue.backoff.ms", fetching_backoff_ms()},
        {NULL, NULL},
    };
    rd_kafka_conf_t *conf = kafka_conf_new(cfg->kafka, ours, NULL, fault);
    return conf ? kafka_open(RD_KAFKA_CONSUMER, &conf, fault) : NULL;
}

static int log_assign(struct sketch_log *log, struct fault *fault)
{
    const char *topic = log->cfg->sketch_topic;
    int n = kafka_partitions(log->reader, topic, PATIENCE_MOST_MS, fault);
    if (n < 0)
        return -1;
    if (n != 1)
        return fault_set(fault, FAULT_USAGE,
                         "topic %s has %d partitions; the sketch log must have one",
                         topic, n);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, topic, 0)->offset = RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_resp_err_t code = rd_kafka_assign(log->reader, list);
    fetching_init(&log->fetch, log->reader, list);
    rd_kafka_topic_partition_list_destroy(list);
    return code ? kafka_fault_code(fault, "reading the sketch log", code) : 0;
}

struct sketch_log *sketch_log_open(const struct config *cfg, struct fault *fault)
{
    struct sketch_log *log = calloc(1, sizeof(*log));
    if (!log) {
        (void)fault_set(fault, FAULT_WORLD, "out of memory");
        return NULL;
    }
    log->cfg = cfg;
    log->is_transactional = cfg->mode == MODE_EXACTLY_ONCE;
    log->reader = log_handle(cfg, "read_committed", fault);
    if (log->reader)
        log->judge = log_handle(cfg, "read_uncommitted", fault);
    if (!log->judge || log_assign(log, fault) < 0) {
        sketch_log_close(log);
        return NULL;
    }
    return log;
}

void sketch_log_close(struct sketch_log *log)
{
    if (!log)
        return;
    fetching_done(&log->fetch);
    if (log->reader)
        rd_kafka_destroy_flags(log->reader, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    if (log->judge)
        rd_kafka_destroy_flags(log->judge, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    for (size_t i = 0; i < BATCH; i++)
        wd_sketch_scratch_free(log->scratch[i]);
    free(log);
}

rd_kafka_t *sketch_log_handle(const struct sketch_log *log)
{
    return log->reader;
}

int64_t sketch_log_lag(const struct sketch_log *log)
{
    int64_t low, high, reached = atomic_load(&log->reached);
    if (rd_kafka_get_watermark_offsets(log->reader, log->cfg->sketch_topic, 0, &low,
                                       &high) != RD_KAFKA_RESP_ERR_NO_ERROR ||
        high < 0)
        return -1;
    int64_t position = kafka_position(log->reader, log->cfg->sketch_topic, 0);
    if (reached < position) /* behind the last sketch its transaction ends */
        reached = position;
    if (reached < low)
        reached = low;
    return high > reached ? high - reached : 0;
}

uint64_t sketch_log_count(const struct sketch_log *log)
{
    return log->count;
}

void sketch_log_interrupt(struct sketch_log *log)
{
    rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(log->reader);
    atomic_store(&log->is_rung, true);
    rd_kafka_queue_yield(queue);
    rd_kafka_queue_destroy(queue);
}

/* Where the tagged record was that the sketch is of. A log that another role began has no
 * such places in its first part. */
static bool take_place(const struct sketch_log *log, const rd_kafka_message_t *msg,
                       struct ledger *led)
{
    rd_kafka_headers_t *headers;
    const void *value;
    size_t size;
    char text[48];
    long long offset, timestamp_ms;
    if (log->cfg->tier != TIER_DESK ||
        rd_kafka_message_headers(msg, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR ||
        rd_kafka_header_get_last(headers, SKETCH_PLACE_HEADER, &value, &size) !=
            RD_KAFKA_RESP_ERR_NO_ERROR)
        return true;
    (void)snprintf(text, sizeof(text), "%.*s", (int)size, (const char *)value);
    return sscanf(text, SKETCH_PLACE_FORM, &offset, &timestamp_ms) == 2 &&
           ledger_restore(led, wd_str_from(log->cfg->tagged_topic), 0, offset,
                          timestamp_ms);
}

/* What came together. Of several messages only the last may tell of an event. */
struct batch {
    rd_kafka_message_t *msgs[BATCH];
    size_t n;
    struct wd_sketch sketches[BATCH]; /* that count */
    const rd_kafka_message_t *owners[BATCH];
    size_t n_sketches;
    /* What cannot be read, or NULL; nothing behind it is. */
    const rd_kafka_message_t *bad;
    struct wd_error err; /* of that */
};

static int log_distrust(const rd_kafka_message_t *msg, const struct wd_error *err,
                        struct fault *fault)
{
    return fault_set(fault, err->status == WD_ENOMEM ? FAULT_WORLD : FAULT_STATE,
                     "the sketch log cannot be trusted at offset %lld: %s",
                     (long long)msg->offset, err->message);
}

static int log_place(struct sketch_log *log, const rd_kafka_message_t *msg,
                     const struct wd_sketch *sketch, struct ledger *led,
                     struct wd_error *err)
{
    if (!ledger_restore(led, sketch->topic, sketch->partition, sketch->offset,
                        sketch->timestamp_ms) &&
        log->is_transactional)
        return wd_error_set(err, WD_ESKETCH, WD_NO_OFFSET,
                            "it names offset %lld of %.*s [%d] out of order",
                            (long long)sketch->offset, (int)sketch->topic.size,
                            sketch->topic.data, (int)sketch->partition);
    if (!take_place(log, msg, led))
        return wd_error_set(err, WD_ESKETCH, WD_NO_OFFSET,
                            "its place among the tagged records is out of order");
    log->count++;
    return WD_OK;
}

static int log_event(struct sketch_log *log, const rd_kafka_message_t *msg,
                     struct fault *fault)
{
    switch (msg->err) {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
        log->reached = msg->offset;
        return 0;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
    case RD_KAFKA_RESP_ERR__BAD_MSG:
        return fault_set(fault, FAULT_STATE,
                         "the sketch log lost what was being read: %s",
                         rd_kafka_message_errstr(msg));
    default:
        return kafka_fault_code(fault, "reading the sketch log", msg->err);
    }
}

/* Waits for the first message, not for more. */
static void batch_fetch(struct batch *batch, rd_kafka_t *reader, int ms)
{
    rd_kafka_message_t *msg;
    batch->n = 0;
    while (batch->n < BATCH &&
           (msg = rd_kafka_consumer_poll(reader, batch->n ? 0 : ms)) != NULL) {
        batch->msgs[batch->n++] = msg;
        if (msg->err)
            return;
    }
}

/* Reads the sketches. Without transactions a zombie may have written beside its
 * successor: then the first sketch of a number counts; its article's output was
 * acknowledged before it. */
static void batch_decode(struct batch *batch, struct sketch_log *log,
                         const struct wd_desk *desk)
{
    uint64_t due = log->count ? wd_desk_next_sequence(desk) : 0;
    batch->n_sketches = 0;
    batch->bad = NULL;
    for (size_t i = 0; i < batch->n && !batch->msgs[i]->err; i++) {
        const rd_kafka_message_t *msg = batch->msgs[i];
        size_t n = batch->n_sketches;
        struct wd_sketch *sketch = &batch->sketches[n];
        if (wd_sketch_decode((struct wd_str){msg->payload, msg->len}, sketch,
                             &log->scratch[n], &batch->err) < 0) {
            batch->bad = msg;
            return;
        }
        if (!log->is_transactional && sketch->sequence < due)
            continue;
        due = sketch->sequence + 1;
        batch->owners[n] = msg;
        batch->n_sketches++;
    }
}

/* How many sketches the log has, as far as the first ones tell: some offsets are those of
 * the marks that end transactions. */
static size_t count_expected(const struct batch *batch, const struct sketch_log *log)
{
    int64_t n = (int64_t)batch->n_sketches, lag = sketch_log_lag(log);
    if (lag <= 0)
        return 0;
    int64_t span = batch->owners[n - 1]->offset - batch->owners[0]->offset + 1;
    return (size_t)((uint64_t)lag * (uint64_t)n / (uint64_t)span);
}

static int batch_take(struct batch *batch, struct sketch_log *log, struct wd_desk *desk,
                      struct ledger *led, struct fault *fault)
{
    struct wd_error err = {0};
    size_t n_taken;
    if (log->count == 0 && batch->n_sketches > 0)
        wd_desk_reserve(desk, count_expected(batch, log));
    int r = wd_desk_restore(desk, batch->sketches, batch->n_sketches, &n_taken, &err);
    if (r < 0)
        return log_distrust(batch->owners[n_taken], &err, fault);
    for (size_t i = 0; i < batch->n_sketches; i++) {
        if (log_place(log, batch->owners[i], &batch->sketches[i], led, &err) < 0)
            return log_distrust(batch->owners[i], &err, fault);
    }
    if (batch->bad)
        return log_distrust(batch->bad, &batch->err, fault);
    for (size_t i = 0; i < batch->n; i++) {
        const rd_kafka_message_t *msg = batch->msgs[i];
        if (msg->err)
            return log_event(log, msg, fault);
        log->reached = msg->offset + 1;
        fetching_note_taken(&log->fetch, msg->len);
    }
    return 0;
}

/* A batch of messages at most; *ret_got says whether there was one. */
static int log_step(struct sketch_log *log, int ms, struct wd_desk *desk,
                    struct ledger *led, bool *ret_got, struct fault *fault)
{
    struct batch batch;
    batch_fetch(&batch, log->reader, ms);
    batch_decode(&batch, log, desk);
    *ret_got = batch.n > 0;
    if (batch.n > 0)
        kafka_note_alive();
    int r = batch_take(&batch, log, desk, led, fault);
    for (size_t i = 0; i < batch.n; i++)
        rd_kafka_message_destroy(batch.msgs[i]);
    return r;
}

int sketch_log_tail(struct sketch_log *log, int ms, struct wd_desk *desk,
                    struct ledger *led, struct fault *fault)
{
    int64_t until_ms = monotonic_ms() + ms;
    bool has_more;
    do {
        int64_t left_ms = until_ms - monotonic_ms();
        if (log_step(log, left_ms > 0 ? (int)left_ms : 0, desk, led, &has_more, fault) <
            0)
            return -1;
        /* Between two messages the queue's own signal ends a batch and is forgotten: the
         * next wait, behind the end of the log, would last to the end of `ms`. */
    } while (has_more && !atomic_load(&log->is_rung) && monotonic_ms() < until_ms);
    atomic_store(&log->is_rung, false);
    return 0;
}

static int log_end(struct sketch_log *log, struct patience *pat, int64_t *ret_end,
                   struct fault *fault)
{
    int64_t low;
    int ms = patience_slice_ms(pat, PATIENCE_MOST_MS);
    rd_kafka_resp_err_t code = rd_kafka_query_watermark_offsets(
        log->judge, log->cfg->sketch_topic, 0, &low, ret_end, ms);
    return code ? kafka_fault_code(fault, "asking for the end of the sketch log", code)
                : 0;
}

int sketch_log_finish(struct sketch_log *log, struct wd_desk *desk, struct ledger *led,
                      struct patience *pat, struct fault *fault)
{
    int64_t end, warn_ms = monotonic_ms() + 5000;
    bool got;
    if (log_end(log, pat, &end, fault) < 0)
        return -1;
    while (log->reached < end) {
        if (log_step(log, patience_slice_ms(pat, 500), desk, led, &got, fault) < 0)
            return -1;
        if (patience_is_over(pat))
            return fault_set(fault, FAULT_STOP, "stopped while the sketch log was read");
        if (!got && monotonic_ms() > warn_ms) {
            warn_ms = INT64_MAX;
            log_warning("sketch log is held up",
                        LOG_NUMBER("reached", atomic_load(&log->reached)),
                        LOG_NUMBER("end", end),
                        LOG_TEXT("reason", "an open transaction of a stranger, or no "
                                           "answer from the broker"),
                        LOG_TEXT("action", "wait"));
        }
    }
    return 0;
}
