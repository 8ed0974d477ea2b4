/* decide.c -- what leaves the desk, byte for byte.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything here is a function of the record and the sketch log: no clock, no thread
 * order. Timestamps are those of the input record.
 *
 * An output that its topic does not take becomes a dead letter, after the decision: the
 * article keeps its number and its place in the window, as the log will say at a restart.
 * A dead letter that its topic does not take (a compressed batch can hold a record that
 * no topic takes) is written without its value: the source it names still has it. */
#include "decide.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "sketch_log.h"
#include "wiredesk/emit.h"
#include "wiredesk/sketch.h"
#include "wiredesk/tagged.h"

#define RECORD_OVERHEAD 256 /* batch and record framing, rounded up */
#define OUTPUT_CEILING  (512u << 20)
#define ERROR_PREFIX    "wiredesk.error."
#define SOURCE_PREFIX   "wiredesk.source."
#define HEADER_PREFIX   "wiredesk-"

void decider_init(struct decider *dec, const struct config *cfg, struct wd_desk *desk,
                  struct sink *sink)
{
    *dec = (struct decider){.cfg = cfg, .desk = desk, .sink = sink, .holds = true};
    wd_buf_init(&dec->output, OUTPUT_CEILING);
    wd_buf_init(&dec->sketch, OUTPUT_CEILING);
}

void decider_done(struct decider *dec)
{
    wd_buf_done(&dec->output);
    wd_buf_done(&dec->sketch);
    held_clear(&dec->held);
}

void decider_hold(struct decider *dec)
{
    dec->holds = true;
}

int decider_release(struct decider *dec, struct fault *fault)
{
    dec->holds = false;
    return held_send(&dec->held, sink_put, dec->sink, fault);
}

static int put(struct decider *dec, const struct sink_record *record, struct fault *fault)
{
    if (!dec->holds)
        return sink_put(dec->sink, record, fault);
    return held_add(&dec->held, record) ? 0
                                        : fault_set(fault, FAULT_WORLD, "out of memory");
}

/* Headers under way, and their size on the wire. */
struct headers {
    rd_kafka_headers_t *list;
    size_t size_bytes;
};

static void headers_add(struct headers *headers, struct wd_str name, struct wd_str value)
{
    /* It fails only for a list that a message owns already. */
    (void)rd_kafka_header_add(headers->list, name.data, (ssize_t)name.size, value.data,
                              (ssize_t)value.size);
    headers->size_bytes += name.size + value.size + 16;
}

static void headers_add_z(struct headers *headers, const char *name, const char *value)
{
    headers_add(headers, wd_str_from(name), wd_str_from(value));
}

static void headers_add_number(struct headers *headers, const char *name, int64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof(text), "%lld", (long long)number);
    headers_add_z(headers, name, text);
}

static bool starts_with(struct wd_str name, const char *prefix)
{
    size_t size = strlen(prefix);
    return name.size >= size && strncasecmp(name.data, prefix, size) == 0;
}

static bool is_content_type(struct wd_str name)
{
    static const char text[] = "content-type";
    return name.size == sizeof(text) - 1 && strncasecmp(name.data, text, name.size) == 0;
}

static bool is_replaced_in_output(struct wd_str name)
{
    return is_content_type(name) || starts_with(name, HEADER_PREFIX);
}

/* A requeued dead letter fails again for its own reason, from its new place. */
static bool is_replaced_in_dead_letter(struct wd_str name)
{
    return starts_with(name, ERROR_PREFIX) || starts_with(name, SOURCE_PREFIX);
}

static struct headers headers_pass_on(const struct wd_record *record, size_t n_ours,
                                      bool (*is_replaced)(struct wd_str name))
{
    struct headers headers = {rd_kafka_headers_new(record->n_headers + n_ours), 0};
    for (size_t i = 0; i < record->n_headers; i++) {
        if (!is_replaced(record->headers[i].name))
            headers_add(&headers, record->headers[i].name, record->headers[i].value);
    }
    return headers;
}

static struct headers output_headers(const struct wd_record *record,
                                     const struct wd_facts *facts)
{
    char id[WD_ID_SIZE];
    struct headers headers = headers_pass_on(record, 5, is_replaced_in_output);
    headers_add_z(&headers, "content-type", "application/json");
    headers_add_z(&headers, "wiredesk-dedup", wd_verdict_name(facts->dedup.verdict));
    wd_cluster_name(facts->dedup.cluster, id);
    headers_add_z(&headers, "wiredesk-cluster", id);
    wd_story_name(facts->story.id, id);
    headers_add_z(&headers, "wiredesk-story", id);
    headers_add_z(&headers, "wiredesk-schema", WD_SCHEMA_VERSION);
    return headers;
}

static struct headers dead_letter_headers(const struct wd_record *record,
                                          const struct wd_error *err, const char *stage)
{
    struct headers headers = headers_pass_on(record, 11, is_replaced_in_dead_letter);
    headers_add_z(&headers, ERROR_PREFIX "code", wd_status_name(err->status));
    headers_add_z(&headers, ERROR_PREFIX "class",
                  wd_class_name(wd_status_class(err->status)));
    headers_add_z(&headers, ERROR_PREFIX "stage", stage);
    headers_add_z(&headers, ERROR_PREFIX "message", err->message);
    if (err->offset != WD_NO_OFFSET)
        headers_add_number(&headers, ERROR_PREFIX "offset", (int64_t)err->offset);
    headers_add_z(&headers, ERROR_PREFIX "retriable", "false");
    headers_add(&headers, WD_STR(SOURCE_PREFIX "topic"), record->topic);
    headers_add_number(&headers, SOURCE_PREFIX "partition", record->partition);
    headers_add_number(&headers, SOURCE_PREFIX "offset", record->offset);
    headers_add_number(&headers, SOURCE_PREFIX "timestamp", record->timestamp_ms);
    return headers;
}

static bool fits(const struct decider *dec, enum sink_topic topic, struct wd_str key,
                 struct wd_str value, const struct headers *headers)
{
    return key.size + value.size + headers->size_bytes + RECORD_OVERHEAD <=
           sink_limit(dec->sink, topic);
}

static int put_dead_letter(struct decider *dec, const struct wd_record *record,
                           const struct wd_error *err, const char *stage,
                           struct tally *tally, size_t *ret_size, struct fault *fault)
{
    struct headers headers = dead_letter_headers(record, err, stage);
    struct wd_str value = record->value;
    bool is_gone = !value.data && value.size != 0; /* a tagger did not pass it on */
    if (is_gone || !fits(dec, SINK_DLQ, record->key, value, &headers)) {
        headers_add_number(&headers, ERROR_PREFIX "value-bytes",
                           (int64_t)record->value.size);
        value = (struct wd_str){NULL, 0};
    }
    tally_dead_letter(tally, err->status);
    *ret_size += value.size + headers.size_bytes;
    return put(dec,
               &(struct sink_record){.topic = SINK_DLQ,
                                     .key = record->key,
                                     .value = value,
                                     .headers = headers.list,
                                     .timestamp_ms = record->timestamp_ms},
               fault);
}

static struct wd_emit_options emit_options(const struct config *cfg)
{
    return (struct wd_emit_options){
        .profile = (enum wd_profile)cfg->output_profile,
        .tokens = cfg->output_tokens != 0,
    };
}

static int put_output(struct decider *dec, struct item *item, struct tally *tally,
                      size_t *ret_size, struct fault *fault)
{
    const struct wd_article *art = item->art;
    const struct wd_record *record = wd_article_record(art);
    const struct wd_facts *facts = wd_article_facts(art);
    const struct wd_emit_options opts = emit_options(dec->cfg);
    wd_buf_clear(&dec->output);
    stage_times_go_on(&item->times);
    wd_emit(art, &opts, &dec->output);
    stage_times_note(&item->times, STAGE_EMIT);
    stage_times_rest(&item->times);
    int status = wd_buf_status(&dec->output);
    if (status == WD_ENOMEM)
        return fault_set(fault, FAULT_WORLD, "out of memory");

    struct headers headers = output_headers(record, facts);
    struct wd_str value = wd_buf_str(&dec->output);
    size_t missing = wd_tagged_missing(art);
    if (status != WD_OK || missing != 0 ||
        !fits(dec, SINK_OUTPUT, facts->meta.uri, value, &headers)) {
        struct wd_error err;
        (void)wd_error_set(
            &err, WD_ESIZE, WD_NO_OFFSET,
            "the enriched article has %zu bytes, more than its topic takes",
            value.size + missing);
        rd_kafka_headers_destroy(headers.list);
        return put_dead_letter(dec, record, &err, "emit", tally, ret_size, fault);
    }
    tally_article(tally, facts);
    *ret_size += value.size + headers.size_bytes;
    return put(dec,
               &(struct sink_record){.topic = SINK_OUTPUT,
                                     .key = facts->meta.uri,
                                     .value = value,
                                     .headers = headers.list,
                                     .timestamp_ms = record->timestamp_ms},
               fault);
}

/* Where the tagged record was: the sketch names the input. */
static rd_kafka_headers_t *sketch_headers(const struct decider *dec,
                                          const struct wd_record *tagged)
{
    char text[48];
    if (dec->cfg->tier != TIER_DESK)
        return NULL;
    struct headers headers = {rd_kafka_headers_new(1), 0};
    (void)snprintf(text, sizeof(text), SKETCH_PLACE_FORM, (long long)tagged->offset,
                   (long long)tagged->timestamp_ms);
    headers_add_z(&headers, SKETCH_PLACE_HEADER, text);
    return headers.list;
}

static int put_sketch(struct decider *dec, const struct item *item, size_t *ret_size,
                      struct fault *fault)
{
    *ret_size += dec->sketch.size;
    return put(
        dec,
        &(struct sink_record){.topic = SINK_SKETCH,
                              .value = wd_buf_str(&dec->sketch),
                              .headers = sketch_headers(dec, &item->record),
                              .timestamp_ms = wd_article_record(item->art)->timestamp_ms},
        fault);
}

static int put_change(struct decider *dec, const struct wd_article *art, const char *name,
                      size_t *ret_size, struct fault *fault)
{
    if (wd_buf_status(&dec->output) != WD_OK)
        return fault_set(fault, FAULT_WORLD, "out of memory");
    *ret_size += dec->output.size;
    return put(
        dec,
        &(struct sink_record){.topic = SINK_CLUSTERS,
                              .key = wd_str_from(name),
                              .value = wd_buf_str(&dec->output),
                              .timestamp_ms = wd_article_record(art)->timestamp_ms},
        fault);
}

/* A revision that its topic does not take names fewer members. */
static int put_revision(struct decider *dec, const struct wd_article *art,
                        size_t *ret_size, struct fault *fault)
{
    const struct wd_facts *facts = wd_article_facts(art);
    const struct headers none = {0};
    char name[WD_ID_SIZE];
    size_t max = facts->revision.n_members;
    wd_cluster_name(facts->dedup.cluster, name);
    do {
        wd_buf_clear(&dec->output);
        wd_emit_revision(art, max, &dec->output);
        max /= 2;
    } while (max > 0 && !fits(dec, SINK_CLUSTERS, wd_str_from(name),
                              wd_buf_str(&dec->output), &none));
    return put_change(dec, art, name, ret_size, fault);
}

static int put_merger(struct decider *dec, const struct wd_article *art, size_t *ret_size,
                      struct fault *fault)
{
    char name[WD_ID_SIZE];
    wd_story_name(wd_article_facts(art)->story.merged, name);
    wd_buf_clear(&dec->output);
    wd_emit_merger(art, &dec->output);
    return put_change(dec, art, name, ret_size, fault);
}

static int put_changes(struct decider *dec, const struct wd_article *art,
                       struct tally *tally, size_t *ret_size, struct fault *fault)
{
    const struct wd_facts *facts = wd_article_facts(art);
    bool has_revision = facts->revision.n_members != 0;
    bool has_merger = facts->story.merged != 0;
    tally->revisions += has_revision;
    tally->mergers += has_merger;
    if (has_revision && put_revision(dec, art, ret_size, fault) < 0)
        return -1;
    return has_merger ? put_merger(dec, art, ret_size, fault) : 0;
}

static int put_what_came_of_it(struct decider *dec, struct item *item,
                               struct tally *tally, size_t *ret_size, struct fault *fault)
{
    const struct wd_article *art = item->art;
    if (item->status == WD_OK && wd_article_facts(art)->dedup.is_replay) {
        tally->replays++;
        return 0;
    }
    if (item->status == WD_OK)
        return put_output(dec, item, tally, ret_size, fault) < 0
                   ? -1
                   : put_changes(dec, art, tally, ret_size, fault);
    const char *stage = wd_article_failed_stage(art);
    return put_dead_letter(dec, wd_article_record(art), wd_article_error(art),
                           stage ? stage : "decode", tally, ret_size, fault);
}

/* The order of these records is the order of everything. */
static int put_tagged(struct decider *dec, const struct item *item, struct tally *tally,
                      size_t *ret_size, struct fault *fault)
{
    const struct wd_emit_options opts = emit_options(dec->cfg);
    const struct headers none = {NULL, 0};
    wd_buf_clear(&dec->output);
    wd_tagged_encode(item->art, &opts, sink_limit(dec->sink, SINK_OUTPUT), &dec->output);
    struct wd_str value = wd_buf_str(&dec->output);
    if (wd_buf_status(&dec->output) == WD_ENOMEM)
        return fault_set(fault, FAULT_WORLD, "out of memory");
    if (wd_buf_status(&dec->output) != WD_OK ||
        !fits(dec, SINK_TAGGED, (struct wd_str){NULL, 0}, value, &none))
        return fault_set(fault, FAULT_USAGE,
                         "%.*s [%d] at %lld becomes a tagged record of %zu bytes, more "
                         "than %s takes: raise its max.message.bytes",
                         (int)item->record.topic.size, item->record.topic.data,
                         (int)item->record.partition, (long long)item->record.offset,
                         value.size, dec->cfg->tagged_topic);
    tally_tagged(tally, wd_article_facts(item->art));
    *ret_size += value.size;
    return put(dec,
               &(struct sink_record){.topic = SINK_TAGGED,
                                     .value = value,
                                     .timestamp_ms = item->record.timestamp_ms},
               fault);
}

/* The desk's part: the verdict, and the sketch that tells of it. */
static int decide_on(struct decider *dec, struct item *item)
{
    stage_times_go_on(&item->times);
    int r = wd_desk_decide(dec->desk, item->art);
    if (r >= 0) {
        wd_buf_clear(&dec->sketch);
        wd_sketch_encode(wd_article_sketch(item->art), &dec->sketch);
        r = wd_buf_status(&dec->sketch);
    }
    stage_times_rest(&item->times);
    return r;
}

int decide(struct decider *dec, struct item *item, struct tally *tally, size_t *ret_size,
           struct fault *fault)
{
    if (item->status == WD_ESKETCH)
        return fault_set(fault, FAULT_STATE, "%s cannot be trusted at offset %lld: %s",
                         dec->cfg->tagged_topic, (long long)item->record.offset,
                         item->error.message);
    if (item->status != WD_OK && wd_status_class(item->status) != WD_CLASS_INPUT)
        return fault_set(fault, FAULT_WORLD, "%.*s [%d] at %lld: %s",
                         (int)item->record.topic.size, item->record.topic.data,
                         (int)item->record.partition, (long long)item->record.offset,
                         wd_status_text(item->status));
    if (dec->cfg->tier == TIER_TAG)
        return put_tagged(dec, item, tally, ret_size, fault);
    if (decide_on(dec, item) < 0)
        return fault_set(fault, FAULT_WORLD, "out of memory");
    if (put_what_came_of_it(dec, item, tally, ret_size, fault) < 0)
        return -1;
    /* At once after it: librdkafka adds partitions to the transaction as soon as it sees
     * a record for them, and asks a second time for one that comes later. */
    return put_sketch(dec, item, ret_size, fault);
}
