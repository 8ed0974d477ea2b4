/* sink.c -- transactions, and what was learned about them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * - The transactional.id is fixed for a deployment. init_transactions of a successor
 *   aborts our open transaction at once and makes our next commit fail: that, not the
 *   lease, is what keeps two instances apart.
 * - Offsets go with the metadata of the member-less group. With the lease's group in it,
 *   every standby that joined broke the active one's transaction. A tagger wants just
 *   that: its offsets go with the generation in which it was given its partitions, and
 *   the broker refuses them once the group has moved on (KIP-447).
 * - A transaction is committed once that is in the coordinator's log. Its markers, by
 *   which readers see it, are written after the answer, and until then the coordinator
 *   refuses the next transaction. librdkafka asks again in its own time: to add
 *   partitions after 20 ms, to add offsets after retry.backoff.ms, which is 2. So the
 *   offsets that were committed last are sent once more first, and nothing is produced
 *   before they are taken; when the last commit is long past, that is left out.
 * - Of each partition one batch is in flight, and when the next one is overdue, the
 *   thread of that broker spins until its turn has come: a quarter of a desk's processor
 *   time. So nothing is overdue before the flush of a commit (linger.c), and the flush
 *   comes when no full batch is left.
 * - A delivery callback is always set: without one, flush sleeps in steps of 10 ms.
 * - An EndTxn that was sent twice makes its transaction's fate clear (commit returned
 *   fine), but not its copy's: it may still be on its way, and would end the *next*
 *   transaction half-way (KAFKA-17754). So EndTxn requests are counted, and after a
 *   repeated one the producer is replaced: the copy then has an old epoch.
 * - No error is mended in place. A transaction that must be aborted leaves the desk ahead
 *   of the log, so everything is dropped and the log is read again.
 *
 * At least once: a sketch is sent when the outputs before it are acknowledged. The log
 * then never names an article that could be lost, and a restart goes on behind it. */
#include "sink.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "held.h"
#include "linger.h"
#include "probe.h"

#define MARKERS_US    100000 /* after so long they are written */
#define FULL_BATCH_MS 200    /* without one that was acknowledged: flush all the same */

/* Of the Kafka protocol. */
enum api_key {
    API_PRODUCE = 0,
    API_ADD_PARTITIONS_TO_TXN = 24,
    API_ADD_OFFSETS_TO_TXN = 25,
    API_END_TXN = 26,
    API_TXN_OFFSET_COMMIT = 28,
};

struct sink {
    const struct config *cfg;
    char *transactional_id;
    rd_kafka_consumer_group_metadata_t *own_group; /* of no member; NULL: not needed */
    const rd_kafka_consumer_group_metadata_t *group;
    struct patience *pat;
    rd_kafka_t *producer;
    rd_kafka_topic_t *topics[SINK_TOPICS];
    size_t limits[SINK_TOPICS];
    size_t batch_bytes; /* a request has no more */
    atomic_size_t unacked_bytes[SINK_TOPICS];
    bool is_transactional;
    bool is_open;             /* a transaction */
    struct kafka_watch watch; /* of the producer's requests */
    atomic_int end_requests;  /* EndTxn sent since the last begin */
    atomic_int delivery_code; /* of the first record that was not delivered */
    struct held sketches;     /* at least once: until the outputs are safe */
    rd_kafka_topic_partition_list_t *settled; /* the offsets of the last transaction */
    int64_t settled_us;
};

static void probe_request(int16_t key)
{
    switch (key) {
    case API_PRODUCE:
        probe(PROBE_PRODUCE_SENT);
        break;
    case API_ADD_PARTITIONS_TO_TXN:
        probe(PROBE_PARTITIONS_SENT);
        break;
    case API_ADD_OFFSETS_TO_TXN:
        probe(PROBE_OFFSETS_ADDED);
        break;
    case API_TXN_OFFSET_COMMIT:
        probe(PROBE_OFFSETS_SENT);
        break;
    case API_END_TXN:
        probe(PROBE_END_SENT);
        break;
    default:
        break;
    }
}

static void on_request(void *opaque, int16_t key)
{
    struct sink *sink = opaque;
    if (key == API_END_TXN)
        atomic_fetch_add(&sink->end_requests, 1);
    probe_request(key);
}

static void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *msg, void *opaque)
{
    struct sink *sink = opaque;
    atomic_size_t *unacked_bytes = msg->_private;
    (void)rk;
    atomic_fetch_sub(unacked_bytes, msg->len + msg->key_len);
    if (msg->err) {
        int none = RD_KAFKA_RESP_ERR_NO_ERROR;
        (void)atomic_compare_exchange_strong(&sink->delivery_code, &none, msg->err);
    }
}

const char *sink_topic_name(const struct config *cfg, enum sink_topic topic)
{
    switch (topic) {
    case SINK_OUTPUT: /* a tagger wants to know what it takes */
        return cfg->output_topic;
    case SINK_DLQ:
        return cfg->tier == TIER_TAG ? NULL : cfg->dlq_topic;
    case SINK_SKETCH:
        return cfg->tier == TIER_TAG ? NULL : cfg->sketch_topic;
    case SINK_CLUSTERS:
        return cfg->tier == TIER_TAG ? NULL : cfg->clusters_topic;
    case SINK_TAGGED:
        return cfg->tier == TIER_ALL ? NULL : cfg->tagged_topic;
    case SINK_TOPICS:
        break;
    }
    return NULL;
}

/* `value` for a property that the user has not set, by this name or the begin of one. */
static const char *unless_set(const struct config *cfg, const char *begin,
                              const char *value)
{
    for (size_t i = 0; i < cfg->n_kafka; i++) {
        if (strncmp(cfg->kafka[i].name, begin, strlen(begin)) == 0)
            return NULL;
    }
    return value;
}

/* Tagged records are most of a tier's traffic, and twice as large as they need be. */
static const char *sink_compression(const struct config *cfg)
{
    return cfg->tier == TIER_TAG ? unless_set(cfg, "compression.", "lz4") : NULL;
}

static rd_kafka_conf_t *sink_conf(struct sink *sink, struct fault *fault)
{
    char max_bytes[24], batch_size[24], linger[LINGER_SIZE];
    size_t batch = 1000000; /* librdkafka's default; a topic may take less */
    size_t largest = 0;
    for (int i = 0; i < SINK_TOPICS; i++) {
        batch = sink->limits[i] < batch ? sink->limits[i] : batch;
        largest = sink->limits[i] > largest ? sink->limits[i] : largest;
    }
    (void)snprintf(batch_size, sizeof(batch_size), "%zu", batch);
    sink->batch_bytes = batch;
    /* Refusing what is too large is done before, by us. */
    (void)snprintf(max_bytes, sizeof(max_bytes), "%zu", largest);
    const struct kafka_property ours[] = {
        {"enable.idempotence", "true"},
        {"message.max.bytes", max_bytes},
        {"batch.size", batch_size},
        {"queue.buffering.max.messages", "1000000"},
        {"queue.buffering.max.kbytes", "1048576"}, /* the stream's own cap is lower */
        {"transactional.id", sink->is_transactional ? sink->transactional_id : NULL},
        {"compression.type", sink_compression(sink->cfg)},
        {"linger.ms", linger_ms(sink->cfg, linger)},
        {NULL, NULL},
    };
    rd_kafka_conf_t *conf = kafka_conf_new(sink->cfg->kafka, ours, sink, fault);
    if (!conf)
        return NULL;
    rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    sink->watch = (struct kafka_watch){on_request, sink};
    if (kafka_watch_requests(conf, &sink->watch, fault) < 0) {
        rd_kafka_conf_destroy(conf);
        return NULL;
    }
    return conf;
}

/* A retriable error of a transaction call: nothing is lost, the call is made again. */
static bool is_again(rd_kafka_error_t *error, struct patience *pat)
{
    if (!rd_kafka_error_is_retriable(error) || patience_is_over(pat))
        return false;
    rd_kafka_error_destroy(error);
    return true;
}

static int sink_init_transactions(struct sink *sink, struct fault *fault)
{
    rd_kafka_error_t *error;
    do {
        error = rd_kafka_init_transactions(sink->producer,
                                           patience_slice_ms(sink->pat, 1000));
    } while (error && is_again(error, sink->pat));
    if (!error)
        return 0;
    if (patience_is_over(sink->pat)) {
        rd_kafka_error_destroy(error);
        return fault_set(fault, FAULT_STOP, "stopped while transactions were set up");
    }
    return kafka_fault(fault, "setting up transactions", error);
}

static void sink_disconnect(struct sink *sink)
{
    for (int i = 0; i < SINK_TOPICS; i++) {
        if (sink->topics[i])
            rd_kafka_topic_destroy(sink->topics[i]);
        sink->topics[i] = NULL;
    }
    if (sink->producer)
        rd_kafka_destroy(sink->producer);
    sink->producer = NULL;
}

static int sink_connect(struct sink *sink, struct fault *fault)
{
    rd_kafka_conf_t *conf = sink_conf(sink, fault);
    if (!conf)
        return -1;
    sink->producer = kafka_open(RD_KAFKA_PRODUCER, &conf, fault);
    if (!sink->producer)
        return -1;
    for (int i = 0; i < SINK_TOPICS; i++) {
        atomic_store(&sink->unacked_bytes[i], 0);
        const char *name = sink_topic_name(sink->cfg, (enum sink_topic)i);
        if (!name)
            continue;
        sink->topics[i] = rd_kafka_topic_new(sink->producer, name, NULL);
        if (!sink->topics[i])
            return kafka_fault_code(fault, name, rd_kafka_last_error());
        if (kafka_partitions(sink->producer, name,
                             patience_slice_ms(sink->pat, PATIENCE_MOST_MS), fault) < 0)
            return -1;
    }
    return sink->is_transactional ? sink_init_transactions(sink, fault) : 0;
}

int sink_fence(const struct config *cfg, const char *transactional_id,
               struct patience *pat, struct fault *fault)
{
    struct sink sink = {.cfg = cfg,
                        .transactional_id = strdup(transactional_id),
                        .pat = pat,
                        .is_transactional = true};
    if (!sink.transactional_id)
        return fault_set(fault, FAULT_WORLD, "out of memory");
    for (int i = 0; i < SINK_TOPICS; i++)
        sink.limits[i] = (size_t)cfg->output_max_bytes;
    rd_kafka_conf_t *conf = sink_conf(&sink, fault);
    if (conf)
        sink.producer = kafka_open(RD_KAFKA_PRODUCER, &conf, fault);
    int r = sink.producer ? sink_init_transactions(&sink, fault) : -1;
    sink_disconnect(&sink);
    free(sink.transactional_id);
    return r;
}

struct sink *sink_open(const struct config *cfg, const struct sink_identity *identity,
                       const size_t limits[SINK_TOPICS], struct patience *pat,
                       struct fault *fault)
{
    struct sink *sink = calloc(1, sizeof(*sink));
    if (!sink) {
        (void)fault_set(fault, FAULT_WORLD, "out of memory");
        return NULL;
    }
    sink->cfg = cfg;
    sink->pat = pat;
    sink->transactional_id = strdup(identity->transactional_id);
    if (!identity->group)
        sink->own_group = rd_kafka_consumer_group_metadata_new(cfg->offsets_group);
    sink->group = identity->group ? identity->group : sink->own_group;
    sink->is_transactional = cfg->mode == MODE_EXACTLY_ONCE;
    memcpy(sink->limits, limits, sizeof(sink->limits));
    if (!sink->transactional_id) {
        (void)fault_set(fault, FAULT_WORLD, "out of memory");
        sink_close(sink, fault);
        return NULL;
    }
    if (sink_connect(sink, fault) < 0) {
        sink_close(sink, fault);
        return NULL;
    }
    return sink;
}

/* librdkafka 2.0.2 can trip over an assertion of its own when a producer is destroyed
 * while a transaction still adds partitions. Aborting first brings it to rest. A
 * successor would abort it anyway, so failing here costs nothing. */
static void sink_abort(struct sink *sink, struct fault *fault)
{
    struct fault why;
    rd_kafka_error_t *error = rd_kafka_abort_transaction(
        sink->producer, patience_slice_ms(sink->pat, PATIENCE_MOST_MS));
    if (!error)
        return;
    log_debug("abort", LOG_TEXT("error", rd_kafka_error_string(error)));
    (void)kafka_fault(&why, "giving up a transaction", error);
    if (why.kind == FAULT_FENCED && fault->kind == FAULT_WORLD)
        *fault = why;
}

void sink_close(struct sink *sink, struct fault *fault)
{
    if (!sink)
        return;
    if (sink->producer && sink->is_open)
        sink_abort(sink, fault);
    if (patience_is_over(sink->pat)) /* the process ends; nothing may hold that up */
        return;
    sink_disconnect(sink);
    if (sink->own_group)
        rd_kafka_consumer_group_metadata_destroy(sink->own_group);
    held_clear(&sink->sketches);
    if (sink->settled)
        rd_kafka_topic_partition_list_destroy(sink->settled);
    free(sink->transactional_id);
    free(sink);
}

rd_kafka_queue_t *sink_queue(struct sink *sink)
{
    return rd_kafka_queue_get_main(sink->producer);
}

void sink_drain(struct sink *sink)
{
    while (rd_kafka_poll(sink->producer, 0) > 0)
        ;
}

size_t sink_limit(const struct sink *sink, enum sink_topic topic)
{
    return sink->limits[topic];
}

static int sink_send(struct sink *sink, const struct sink_record *record,
                     struct fault *fault)
{
    rd_kafka_vu_t vus[] = {
        {.vtype = RD_KAFKA_VTYPE_RKT, .u.rkt = sink->topics[record->topic]},
        {.vtype = RD_KAFKA_VTYPE_KEY,
         .u.mem = {(void *)(uintptr_t)record->key.data, record->key.size}},
        {.vtype = RD_KAFKA_VTYPE_VALUE,
         .u.mem = {(void *)(uintptr_t)record->value.data, record->value.size}},
        {.vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u.i = RD_KAFKA_MSG_F_COPY},
        {.vtype = RD_KAFKA_VTYPE_TIMESTAMP, .u.i64 = record->timestamp_ms},
        {.vtype = RD_KAFKA_VTYPE_OPAQUE, .u.ptr = &sink->unacked_bytes[record->topic]},
        {.vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = record->headers},
    };
    size_t n = sizeof(vus) / sizeof(vus[0]) - (record->headers ? 0 : 1);
    size_t size = record->key.size + record->value.size;
    atomic_fetch_add(&sink->unacked_bytes[record->topic], size);
    rd_kafka_error_t *error = rd_kafka_produceva(sink->producer, vus, n);
    if (!error)
        return 0;
    atomic_fetch_sub(&sink->unacked_bytes[record->topic], size);
    if (record->headers)
        rd_kafka_headers_destroy(record->headers);
    return kafka_fault(fault, rd_kafka_topic_name(sink->topics[record->topic]), error);
}

int sink_put(struct sink *sink, const struct sink_record *record, struct fault *fault)
{
    if (sink->is_transactional || record->topic != SINK_SKETCH)
        return sink_send(sink, record, fault);
    return held_add(&sink->sketches, record)
               ? 0
               : fault_set(fault, FAULT_WORLD, "out of memory");
}

size_t sink_pending_bytes(const struct sink *sink)
{
    size_t sum = 0;
    for (int i = 0; i < SINK_TOPICS; i++)
        sum += atomic_load(&sink->unacked_bytes[i]);
    return sum;
}

static bool has_full_batch(const struct sink *sink)
{
    for (int i = 0; i < SINK_TOPICS; i++) {
        if (atomic_load(&sink->unacked_bytes[i]) >= sink->batch_bytes)
            return true;
    }
    return false;
}

/* A full batch leaves by itself when its turn comes. While any is acknowledged, nobody
 * needs to flush; see the head of this file. */
static void sink_await_full_batches(struct sink *sink, struct patience *pat)
{
    while (has_full_batch(sink) && !atomic_load(&sink->delivery_code) &&
           rd_kafka_poll(sink->producer, patience_slice_ms(pat, FULL_BATCH_MS)) > 0)
        ;
}

static int sink_flush(struct sink *sink, struct patience *pat, struct fault *fault)
{
    rd_kafka_resp_err_t code;
    sink_await_full_batches(sink, pat);
    do {
        code = rd_kafka_flush(sink->producer, patience_slice_ms(pat, 500));
    } while (code == RD_KAFKA_RESP_ERR__TIMED_OUT && !patience_is_over(pat) &&
             !atomic_load(&sink->delivery_code));
    if (code == RD_KAFKA_RESP_ERR__TIMED_OUT && patience_is_over(pat))
        return fault_set(fault, FAULT_STOP, "stopped before the broker acknowledged");
    code = (rd_kafka_resp_err_t)atomic_load(&sink->delivery_code);
    /* A transactional producer may say why in better words: ask the transaction. */
    if (code && !sink->is_transactional)
        return kafka_fault_code(fault, "a record was not delivered", code);
    probe(PROBE_FLUSHED);
    return 0;
}

static int sink_send_offsets(struct sink *sink,
                             const rd_kafka_topic_partition_list_t *offsets,
                             struct patience *pat, struct fault *fault)
{
    rd_kafka_error_t *error;
    do {
        error = rd_kafka_send_offsets_to_transaction(sink->producer, offsets, sink->group,
                                                     patience_slice_ms(pat, 1000));
    } while (error && is_again(error, pat));
    return error ? kafka_fault(fault, "adding offsets to the transaction", error) : 0;
}

/* See the head of this file. */
static int sink_await_markers(struct sink *sink, struct patience *pat,
                              struct fault *fault)
{
    if (!sink->settled || monotonic_us() - sink->settled_us > MARKERS_US)
        return 0;
    return sink_send_offsets(sink, sink->settled, pat, fault);
}

int sink_begin(struct sink *sink, struct patience *pat, struct fault *fault)
{
    atomic_store(&sink->end_requests, 0);
    held_clear(&sink->sketches);
    if (!sink->is_transactional)
        return 0;
    rd_kafka_error_t *error = rd_kafka_begin_transaction(sink->producer);
    if (error)
        return kafka_fault(fault, "opening a transaction", error);
    sink->is_open = true;
    probe(PROBE_BEGUN);
    return sink_await_markers(sink, pat, fault);
}

bool sink_is_stale(struct sink *sink)
{
    return sink->is_transactional && atomic_load(&sink->end_requests) > 1;
}

int sink_renew(struct sink *sink, struct fault *fault)
{
    sink_disconnect(sink);
    atomic_store(&sink->end_requests, 0);
    return sink_connect(sink, fault);
}

static int sink_end(struct sink *sink, struct patience *pat, struct fault *fault)
{
    rd_kafka_error_t *error;
    do {
        error = rd_kafka_commit_transaction(sink->producer, patience_slice_ms(pat, 1000));
    } while (error && is_again(error, pat));
    if (error)
        return kafka_fault(fault, "committing", error);
    sink->is_open = false;
    probe(PROBE_ENDED);
    kafka_note_alive();
    return 0;
}

/* For the next sink_begin(); without memory it goes without. */
static void sink_note_settled(struct sink *sink,
                              const rd_kafka_topic_partition_list_t *offsets)
{
    if (sink->settled)
        rd_kafka_topic_partition_list_destroy(sink->settled);
    sink->settled = rd_kafka_topic_partition_list_copy(offsets);
    sink->settled_us = monotonic_us();
}

/* A flush on a thread of its own. */
struct flush {
    pthread_t thread;
    struct sink *sink;
    struct patience *pat;
    struct fault fault;
    int result;
};

static void *flush_run(void *arg)
{
    struct flush *flush = arg;
    flush->result = sink_flush(flush->sink, flush->pat, &flush->fault);
    return NULL;
}

/* Records and offsets go to different partitions, so neither waits for the other; and
 * while somebody flushes librdkafka does not linger. A thread costs 30 of the
 * microseconds that a commit takes by the thousand. */
static int sink_send_all(struct sink *sink,
                         const rd_kafka_topic_partition_list_t *offsets,
                         struct patience *pat, struct fault *fault)
{
    struct flush flush = {.sink = sink, .pat = pat};
    if (pthread_create(&flush.thread, NULL, flush_run, &flush) != 0)
        return fault_set(fault, FAULT_WORLD, "no thread for a flush");
    int r = sink_send_offsets(sink, offsets, pat, fault);
    (void)pthread_join(flush.thread, NULL); /* it was created, and joins nobody */
    if (r == 0 && flush.result < 0)
        *fault = flush.fault;
    return r < 0 ? r : flush.result;
}

static int sink_commit_transaction(struct sink *sink,
                                   const rd_kafka_topic_partition_list_t *offsets,
                                   struct patience *pat, struct fault *fault)
{
    if (sink_send_all(sink, offsets, pat, fault) < 0)
        return -1;
    probe(PROBE_OFFSETS_KEPT);
    if (sink_end(sink, pat, fault) < 0)
        return -1;
    sink_note_settled(sink, offsets);
    return 0;
}

int sink_commit(struct sink *sink, const rd_kafka_topic_partition_list_t *offsets,
                rd_kafka_t *consumer, struct patience *pat, struct fault *fault)
{
    if (sink->is_transactional)
        return sink_commit_transaction(sink, offsets, pat, fault);
    if (sink_flush(sink, pat, fault) < 0 ||
        held_send(&sink->sketches, sink_send, sink, fault) < 0 ||
        sink_flush(sink, pat, fault) < 0)
        return -1;
    rd_kafka_resp_err_t code = rd_kafka_commit(consumer, offsets, 0);
    if (code)
        return kafka_fault_code(fault, "committing offsets", code);
    kafka_note_alive();
    return 0;
}
