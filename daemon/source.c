/* source.c -- records in, as items for the workers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Partitions are assigned, not subscribed: who is active is the lease's business, and a
 * group that moves partitions about would only be a second opinion. Where reading starts
 * is the sketch log's business; the committed offsets of the group are there for lag
 * tools and as a check: when the two disagree, somebody moved one of them, and guessing
 * would lose or repeat articles.
 *
 * A partition that the log does not know, because it was added, is read from its
 * beginning. One that it knows is
 * never reset: if the position is gone (retention, a topic made anew), the daemon stops.
 *
 * There is no pause. When the batches are all under way nobody polls, and librdkafka
 * stops fetching once its own queue holds queued.max.messages.kbytes.
 * rd_kafka_pause_partitions would throw away what was fetched, at full load many times a
 * second. */
#include "source.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fetching.h"
#include "witness.h"

#define LOOK_MS 1000

#define READY_KBYTES "8192" /* that librdkafka may hold */

struct source {
    rd_kafka_t *consumer;
    rd_kafka_topic_partition_list_t *assigned;
    bool is_share;
    struct witness *witnesses; /* one for each of `assigned` */
    int n_witnesses;           /* that are still waited for */
    rd_kafka_queue_t *queue;   /* of the consumer; only to ask for its length */
    struct fetching fetch;
};

static int partitions_list(const struct source *src, const struct config *cfg,
                           struct patience *pat, rd_kafka_topic_partition_list_t *list,
                           struct fault *fault)
{
    for (size_t i = 0; i < cfg->n_reads; i++) {
        int n = kafka_partitions(src->consumer, cfg->reads[i],
                                 patience_slice_ms(pat, PATIENCE_MOST_MS), fault);
        if (n < 0)
            return -1;
        rd_kafka_topic_partition_list_add_range(list, cfg->reads[i], 0, n - 1);
    }
    return 0;
}

static int accord_check(const struct config *cfg, const rd_kafka_topic_partition_t *part,
                        int64_t position, struct fault *fault)
{
    int64_t committed = part->offset >= 0 ? part->offset : LEDGER_NONE;
    switch (ledger_compare(position, committed, cfg->mode == MODE_EXACTLY_ONCE)) {
    case LEDGER_AGREES:
        break;
    case LEDGER_FORGOTTEN:
        log_warning("broker has forgotten an offset",
                    LOG_TEXT("group", cfg->offsets_group), LOG_TEXT("topic", part->topic),
                    LOG_NUMBER("partition", part->partition),
                    LOG_NUMBER("position", position),
                    LOG_TEXT("action", "go on from the sketch log"));
        break;
    case LEDGER_DISAGREES:
        return fault_set(fault, FAULT_STATE,
                         "group %s has offset %lld committed for %s [%d], but the sketch "
                         "log %s ends at %lld: one of them was changed by hand",
                         cfg->offsets_group, (long long)committed, part->topic,
                         (int)part->partition, cfg->sketch_topic, (long long)position);
    }
    return 0;
}

static int committed_ask(const struct source *src, struct patience *pat,
                         rd_kafka_topic_partition_list_t *list, struct fault *fault)
{
    rd_kafka_resp_err_t code =
        rd_kafka_committed(src->consumer, list, patience_slice_ms(pat, PATIENCE_MOST_MS));
    for (int i = 0; i < list->cnt && !code; i++)
        code = list->elems[i].err;
    return code ? kafka_fault_code(fault, "asking for committed offsets", code) : 0;
}

static int committed_check(const struct config *cfg, const struct ledger *led,
                           const rd_kafka_topic_partition_list_t *list,
                           struct fault *fault)
{
    for (int i = 0; i < list->cnt; i++) {
        const rd_kafka_topic_partition_t *part = &list->elems[i];
        int64_t position =
            ledger_position(led, wd_str_from(part->topic), part->partition);
        if (accord_check(cfg, part, position, fault) < 0)
            return -1;
    }
    return 0;
}

static int witnesses_call(struct source *src, const struct ledger *led,
                          struct patience *pat, rd_kafka_topic_partition_list_t *list,
                          struct fault *fault)
{
    size_t n = list->cnt > 0 ? (size_t)list->cnt : 1;
    src->witnesses = calloc(n, sizeof(*src->witnesses));
    if (!src->witnesses)
        return fault_set(fault, FAULT_WORLD, "out of memory");
    for (int i = 0; i < list->cnt; i++) {
        if (witness_call(&src->witnesses[i], src->consumer, led, &list->elems[i],
                         patience_slice_ms(pat, PATIENCE_MOST_MS), fault) < 0)
            return -1;
        src->n_witnesses += src->witnesses[i].offset != LEDGER_NONE;
    }
    return 0;
}

/* All partitions, from where the log says. */
static int places_by_log(struct source *src, const struct config *cfg,
                         const struct ledger *led, struct patience *pat,
                         rd_kafka_topic_partition_list_t *list, struct fault *fault)
{
    if (partitions_list(src, cfg, pat, list, fault) < 0 ||
        (cfg->check_offsets && (committed_ask(src, pat, list, fault) < 0 ||
                                committed_check(cfg, led, list, fault) < 0)))
        return -1;
    return witnesses_call(src, led, pat, list, fault);
}

/* A share has no log but the offsets; the broker tells them when no transaction that
 * moves them is open any more. */
static int places_by_group(const struct source *src, struct patience *pat,
                           rd_kafka_topic_partition_list_t *list, struct fault *fault)
{
    if (committed_ask(src, pat, list, fault) < 0)
        return -1;
    for (int i = 0; i < list->cnt; i++) {
        if (list->elems[i].offset < 0)
            list->elems[i].offset = RD_KAFKA_OFFSET_BEGINNING;
    }
    return 0;
}

static int source_assign(struct source *src, const struct config *cfg,
                         const rd_kafka_topic_partition_list_t *share,
                         const struct ledger *led, struct patience *pat,
                         struct fault *fault)
{
    rd_kafka_topic_partition_list_t *list =
        share ? rd_kafka_topic_partition_list_copy(share)
              : rd_kafka_topic_partition_list_new(8);
    int r = share ? places_by_group(src, pat, list, fault)
                  : places_by_log(src, cfg, led, pat, list, fault);
    rd_kafka_resp_err_t code =
        r < 0 ? RD_KAFKA_RESP_ERR_NO_ERROR : rd_kafka_assign(src->consumer, list);
    if (code)
        r = kafka_fault_code(fault, "assigning the input", code);
    if (r < 0) {
        rd_kafka_topic_partition_list_destroy(list);
        return r;
    }
    src->assigned = list;
    fetching_init(&src->fetch, src->consumer, list);
    return r;
}

struct source *source_open(const struct config *cfg,
                           const rd_kafka_topic_partition_list_t *share,
                           const struct ledger *led, struct patience *pat,
                           struct fault *fault)
{
    const struct kafka_property ours[] = {
        {"group.id", cfg->offsets_group},
        {"isolation.level", "read_committed"},
        {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"},
        {"auto.offset.reset", "error"},
        {"check.crcs", "true"},
        {"fetch.error.backoff.ms", "50"},
        {"queued.min.messages", "100000"}, /* no bound: the next line is one */
        {"queued.max.messages.kbytes", READY_KBYTES},
        {"fetch.queue.backoff.ms", fetching_backoff_ms()},
        {NULL, NULL},
    };
    struct source *src = calloc(1, sizeof(*src));
    if (!src) {
        (void)fault_set(fault, FAULT_WORLD, "out of memory");
        return NULL;
    }
    src->is_share = share != NULL;
    rd_kafka_conf_t *conf = kafka_conf_new(cfg->kafka, ours, NULL, fault);
    if (conf)
        src->consumer = kafka_open(RD_KAFKA_CONSUMER, &conf, fault);
    if (src->consumer)
        src->queue = rd_kafka_queue_get_consumer(src->consumer);
    if (!src->consumer || source_assign(src, cfg, share, led, pat, fault) < 0) {
        source_close(src);
        return NULL;
    }
    return src;
}

void source_abandon(struct source *src)
{
    if (src)
        src->consumer = NULL;
    source_close(src);
}

void source_close(struct source *src)
{
    if (!src)
        return;
    if (src->queue)
        rd_kafka_queue_destroy(src->queue);
    if (src->consumer) /* a member of no group: nothing to leave */
        rd_kafka_destroy_flags(src->consumer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    fetching_done(&src->fetch);
    if (src->assigned)
        rd_kafka_topic_partition_list_destroy(src->assigned);
    free(src->witnesses);
    free(src);
}

rd_kafka_queue_t *source_queue(struct source *src)
{
    return rd_kafka_queue_get_consumer(src->consumer);
}

size_t source_partitions(const struct source *src)
{
    return (size_t)src->assigned->cnt;
}

bool source_partition(const struct source *src, size_t i, struct source_place *ret_place)
{
    const rd_kafka_topic_partition_t *part = &src->assigned->elems[i];
    struct source_place place = {.topic = part->topic, .partition = part->partition};
    if (rd_kafka_get_watermark_offsets(src->consumer, place.topic, place.partition,
                                       &place.low,
                                       &place.high) != RD_KAFKA_RESP_ERR_NO_ERROR ||
        place.high < 0)
        return false;
    place.read = kafka_position(src->consumer, place.topic, place.partition);
    *ret_place = place;
    return true;
}

size_t source_waiting(const struct source *src)
{
    return rd_kafka_queue_length(src->queue);
}

rd_kafka_t *source_handle(struct source *src)
{
    return src->consumer;
}

static struct witness *witness_of(struct source *src, const rd_kafka_message_t *msg)
{
    const char *topic = rd_kafka_topic_name(msg->rkt);
    int i = 0;
    while (src->assigned->elems[i].partition != msg->partition ||
           strcmp(src->assigned->elems[i].topic, topic) != 0)
        i++; /* nothing else is read */
    return &src->witnesses[i];
}

int source_look(struct source *src, const struct config *cfg, struct patience *pat,
                struct fault *fault)
{
    for (size_t i = 0; i < cfg->n_reads && !src->is_share; i++) {
        int known = 0;
        for (int k = 0; k < src->assigned->cnt; k++)
            known += strcmp(src->assigned->elems[k].topic, cfg->reads[i]) == 0;
        int n = kafka_partitions(src->consumer, cfg->reads[i],
                                 patience_left_ms(pat, LOOK_MS), fault);
        if (n < 0 && fault->kind == FAULT_USAGE)
            return fault_set(fault, FAULT_STATE, "%s no longer exists", cfg->reads[i]);
        if (n >= 0 && n < known)
            return fault_set(fault, FAULT_STATE,
                             "%s was made anew: it has %d partitions and had %d",
                             cfg->reads[i], n, known);
        if (n > known)
            return fault_set(fault, FAULT_WORLD, "%s has grown from %d to %d partitions",
                             cfg->reads[i], known, n);
    }
    fault->kind = FAULT_NONE; /* an answer that does not come is the stream's trouble */
    return 0;
}

static bool item_headers(struct item *item, const rd_kafka_message_t *msg)
{
    rd_kafka_headers_t *headers;
    const char *name;
    const void *value;
    size_t size;
    item->record.headers = NULL;
    item->record.n_headers = 0;
    if (rd_kafka_message_headers(msg, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return true;
    size_t n = rd_kafka_header_cnt(headers);
    if (!item_reserve_headers(item, n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (rd_kafka_header_get_all(headers, i, &name, &value, &size) != 0)
            break;
        item->headers[i].name = wd_str_from(name);
        item->headers[i].value = (struct wd_str){value, size};
        if (strcasecmp(name, "content-type") == 0)
            item->record.content_type = item->headers[i].value;
        item->record.n_headers = i + 1;
    }
    item->record.headers = item->headers;
    return true;
}

static bool item_fill(struct item *item, rd_kafka_message_t *msg)
{
    item->origin = msg;
    item->arrived_us = monotonic_us();
    item->record = (struct wd_record){
        .value = {msg->payload, msg->len},
        .key = {msg->key, msg->key_len},
        .topic = wd_str_from(rd_kafka_topic_name(msg->rkt)),
        .partition = msg->partition,
        .offset = msg->offset,
        .timestamp_ms = rd_kafka_message_timestamp(msg, NULL),
    };
    return item_headers(item, msg);
}

static int source_fault(const rd_kafka_message_t *msg, struct fault *fault)
{
    const char *topic = msg->rkt ? rd_kafka_topic_name(msg->rkt) : "the input";
    switch (msg->err) {
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
        return fault_set(fault, FAULT_STATE,
                         "the position in %s [%d] is gone (retention, or the topic was "
                         "made anew): %s",
                         topic, (int)msg->partition, rd_kafka_message_errstr(msg));
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
        return fault_set(fault, FAULT_STATE, "%s [%d] no longer exists", topic,
                         (int)msg->partition);
    default:
        return kafka_fault_code(fault, topic, msg->err);
    }
}

/* The next message that is no witness; NULL when there is none now, or on a fault. */
static rd_kafka_message_t *next_message(struct source *src, struct fault *fault)
{
    rd_kafka_message_t *msg;
    while ((msg = rd_kafka_consumer_poll(src->consumer, 0)) != NULL) {
        if (msg->err || src->n_witnesses == 0)
            return msg;
        struct witness *wit = witness_of(src, msg);
        src->n_witnesses -= wit->offset != LEDGER_NONE;
        int r = witness_hear(wit, msg, fault);
        if (r == 0)
            return msg;
        rd_kafka_message_destroy(msg);
        if (r < 0)
            break;
    }
    return NULL;
}

int source_next(struct source *src, struct batch *batch, struct fault *fault)
{
    fault->kind = FAULT_NONE;
    rd_kafka_message_t *msg = next_message(src, fault);
    if (!msg)
        return fault->kind == FAULT_NONE ? 0 : -1;
    if (msg->err) {
        int r = source_fault(msg, fault);
        rd_kafka_message_destroy(msg);
        return r;
    }
    kafka_note_alive();
    struct item *item = batch_add(batch);
    if (!item) {
        rd_kafka_message_destroy(msg);
        return fault_set(fault, FAULT_WORLD, "out of memory");
    }
    batch->size_bytes += msg->len;
    fetching_note_taken(&src->fetch, msg->len);
    return item_fill(item, msg) ? 1 : fault_set(fault, FAULT_WORLD, "out of memory");
}

void source_release(struct batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        rd_kafka_message_destroy(batch->items[i].origin);
        batch->items[i].origin = NULL;
    }
}
