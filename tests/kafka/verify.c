/* verify.c -- a second desk, without Kafka, threads or haste.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Counting ids would not do: a desk with a wrong state still writes every article once.
 * So each record is made again from the input, and has to be the same to the last byte,
 * headers and timestamp included. */
#include "verify.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "check.h"
#include "wiredesk/desk.h"
#include "wiredesk/emit.h"
#include "wiredesk/pipeline.h"
#include "wiredesk/sketch.h"

#define MAX_PARTITIONS 16
#define MAX_HEADERS    32

void written_read(const struct deployment *dep, size_t n, int patience_ms,
                  struct written *ret)
{
    topic_read(dep->sketch, n, patience_ms, &ret->sketch);
    topic_read(dep->output, 0, patience_ms, &ret->output);
    topic_read(dep->dlq, 0, patience_ms, &ret->dlq);
    topic_read(dep->clusters, 0, patience_ms, &ret->clusters);
}

void written_free(struct written *out)
{
    records_free(&out->output);
    records_free(&out->dlq);
    records_free(&out->sketch);
    records_free(&out->clusters);
}

static void equal_records(const char *what, const struct records *a,
                          const struct records *b)
{
    CHECK(a->n == b->n, "%s: %zu records here, %zu there", what, a->n, b->n);
    for (size_t i = 0; i < a->n; i++)
        CHECK(record_equal(a->items[i], b->items[i]), "%s: record %zu differs", what, i);
}

/* The last record with the key: what compaction leaves in any case. */
static const rd_kafka_message_t *last_word(const struct records *recs,
                                           const rd_kafka_message_t *of)
{
    const rd_kafka_message_t *last = NULL;
    for (size_t i = 0; i < recs->n; i++) {
        const rd_kafka_message_t *msg = recs->items[i];
        if (msg->key_len == of->key_len && memcmp(msg->key, of->key, of->key_len) == 0)
            last = msg;
    }
    return last;
}

static void last_words_equal(const struct records *a, const struct records *b)
{
    for (size_t i = 0; i < a->n; i++) {
        const rd_kafka_message_t *msg = a->items[i], *last = last_word(b, msg);
        if (last_word(a, msg) == msg)
            CHECK(last && record_equal(msg, last), "clusters: the last of %.*s differs",
                  (int)msg->key_len, (const char *)msg->key);
    }
}

void verify_equal(const struct written *a, const struct written *b)
{
    equal_records("sketch log", &a->sketch, &b->sketch);
    equal_records("output", &a->output, &b->output);
    equal_records("dead letters", &a->dlq, &b->dlq);
    last_words_equal(&a->clusters, &b->clusters);
    last_words_equal(&b->clusters, &a->clusters);
}

/* The input, found by partition and offset. */
struct inputs {
    struct records all;
    rd_kafka_message_t **by_offset[MAX_PARTITIONS];
    size_t room[MAX_PARTITIONS];
};

static void inputs_read(const char *topic, struct inputs *in)
{
    *in = (struct inputs){0};
    topic_read(topic, 0, 20000, &in->all);
    for (size_t i = 0; i < in->all.n; i++) {
        rd_kafka_message_t *msg = in->all.items[i];
        int32_t p = msg->partition;
        CHECK(p < MAX_PARTITIONS, "too many partitions");
        while (in->room[p] <= (size_t)msg->offset) {
            size_t room = in->room[p] ? in->room[p] * 2 : 1024;
            in->by_offset[p] = realloc(in->by_offset[p], room * sizeof(void *));
            CHECK(in->by_offset[p], "out of memory");
            memset(in->by_offset[p] + in->room[p], 0,
                   (room - in->room[p]) * sizeof(void *));
            in->room[p] = room;
        }
        in->by_offset[p][msg->offset] = msg;
    }
}

/* Each can be taken once. */
static rd_kafka_message_t *inputs_take(struct inputs *in, int32_t p, int64_t offset)
{
    CHECK(p >= 0 && p < MAX_PARTITIONS && offset >= 0 && (size_t)offset < in->room[p],
          "the log names [%d] %lld, which is no input", (int)p, (long long)offset);
    rd_kafka_message_t *msg = in->by_offset[p][offset];
    CHECK(msg, "[%d] %lld was decided twice, or is no input", (int)p, (long long)offset);
    in->by_offset[p][offset] = NULL;
    return msg;
}

static void inputs_free(struct inputs *in)
{
    for (int p = 0; p < MAX_PARTITIONS; p++)
        free(in->by_offset[p]);
    records_free(&in->all);
}

static struct wd_record record_of(const rd_kafka_message_t *msg,
                                  struct wd_header headers[MAX_HEADERS])
{
    struct wd_record record = {
        .value = {msg->payload, msg->len},
        .key = {msg->key, msg->key_len},
        .headers = headers,
        .topic = wd_str_from(rd_kafka_topic_name(msg->rkt)),
        .partition = msg->partition,
        .offset = msg->offset,
        .timestamp_ms = rd_kafka_message_timestamp(msg, NULL),
    };
    rd_kafka_headers_t *list;
    const char *name;
    const void *value;
    size_t size;
    if (rd_kafka_message_headers(msg, &list) != 0)
        return record;
    for (size_t i = 0; rd_kafka_header_get_all(list, i, &name, &value, &size) == 0; i++) {
        CHECK(i < MAX_HEADERS, "too many headers");
        headers[i] = (struct wd_header){wd_str_from(name), {value, size}};
        if (strcasecmp(name, "content-type") == 0)
            record.content_type = headers[i].value;
        record.n_headers = i + 1;
    }
    return record;
}

struct second_desk {
    struct wd_pipeline *pl;
    struct wd_desk *desk;
    struct wd_article *art;
    struct wd_buf buf;
};

static void second_open(struct second_desk *sec)
{
    struct wd_options opts;
    struct wd_error err;
    wd_options_init(&opts);
    opts.data_dir = WD_TEST_DATA_DIR;
    CHECK(wd_pipeline_open(&opts, &sec->pl, &err) == WD_OK, "%s", err.message);
    CHECK(wd_desk_open(&opts, &sec->desk, &err) == WD_OK, "%s", err.message);
    sec->art = wd_article_new();
    CHECK(sec->art, "out of memory");
    wd_buf_init(&sec->buf, 64u << 20);
}

static void second_close(struct second_desk *sec)
{
    wd_buf_done(&sec->buf);
    wd_article_free(sec->art);
    wd_desk_close(sec->desk);
    wd_pipeline_close(sec->pl);
}

static void same_bytes(const char *what, size_t i, const struct wd_buf *buf,
                       const rd_kafka_message_t *msg)
{
    CHECK(wd_buf_status(buf) == WD_OK, "out of memory");
    CHECK(buf->size == msg->len && memcmp(buf->data, msg->payload, msg->len) == 0,
          "%s %zu is not what the log's order gives", what, i);
}

static void same_output(struct second_desk *sec, const rd_kafka_message_t *in,
                        const rd_kafka_message_t *out, size_t i)
{
    const struct wd_facts *facts = wd_article_facts(sec->art);
    const struct wd_emit_options opts = {.profile = WD_PROFILE_NINJS3, .tokens = true};
    char id[WD_ID_SIZE];
    wd_buf_clear(&sec->buf);
    wd_emit(sec->art, &opts, &sec->buf);
    same_bytes("output", i, &sec->buf, out);
    CHECK(out->key_len == facts->meta.uri.size &&
              memcmp(out->key, facts->meta.uri.data, out->key_len) == 0,
          "output %zu: the key is not the uri", i);
    CHECK(rd_kafka_message_timestamp(out, NULL) == rd_kafka_message_timestamp(in, NULL),
          "output %zu: not the timestamp of its input", i);
    CHECK(record_header_is(out, "content-type", "application/json") &&
              record_header_is(out, "wiredesk-dedup",
                               wd_verdict_name(facts->dedup.verdict)),
          "output %zu: its headers are wrong", i);
    wd_cluster_name(facts->dedup.cluster, id);
    CHECK(record_header_is(out, "wiredesk-cluster", id), "output %zu: cluster", i);
    wd_story_name(facts->story.id, id);
    CHECK(record_header_is(out, "wiredesk-story", id), "output %zu: story", i);
    const void *value;
    size_t size;
    CHECK(record_header(in, "x-feed", &value, &size) ==
              record_header(out, "x-feed", &value, &size),
          "output %zu: an input header is lost", i);
}

static void same_dead_letter(struct second_desk *sec, const rd_kafka_message_t *in,
                             const rd_kafka_message_t *out, size_t i)
{
    const struct wd_error *err = wd_article_error(sec->art);
    char offset[24];
    CHECK(!out->payload == !in->payload && out->len == in->len &&
              (in->len == 0 || memcmp(out->payload, in->payload, in->len) == 0),
          "dead letter %zu: the value was changed", i);
    CHECK(out->key_len == in->key_len && memcmp(out->key, in->key, in->key_len) == 0,
          "dead letter %zu: the key was changed", i);
    CHECK(record_header_is(out, "wiredesk.error.code", wd_status_name(err->status)) &&
              record_header_is(out, "wiredesk.error.class", "input") &&
              record_header_is(out, "wiredesk.error.message", err->message),
          "dead letter %zu: its reason is wrong", i);
    (void)snprintf(offset, sizeof(offset), "%lld", (long long)in->offset);
    CHECK(record_header_is(out, "wiredesk.source.offset", offset),
          "dead letter %zu: its source is wrong", i);
}

/* How many records of each topic were found to be right. */
struct derived {
    size_t n_output;
    size_t n_dlq;
    size_t n_clusters;
};

static bool has_key(const rd_kafka_message_t *msg, const char *name)
{
    return msg->key_len == strlen(name) && memcmp(msg->key, name, msg->key_len) == 0;
}

/* The topic is compacted, soon after it was written when the articles span weeks: a
 * change that another one of the same key follows may be gone. */
static bool is_compacted(const struct second_desk *sec, const char *name,
                         const struct written *out, size_t i)
{
    bool is_next = i < out->clusters.n && has_key(out->clusters.items[i], name) &&
                   out->clusters.items[i]->len == sec->buf.size;
    for (size_t k = i; k < out->clusters.n && !is_next; k++) {
        if (has_key(out->clusters.items[k], name))
            return true;
    }
    return false;
}

/* The document in the second desk's buffer is the next one of the topic. */
static void same_change(const struct second_desk *sec, const rd_kafka_message_t *in,
                        const char *name, const struct written *out, size_t *i_at)
{
    size_t i = *i_at;
    if (is_compacted(sec, name, out, i))
        return;
    CHECK(i < out->clusters.n, "change %zu of a cluster is missing", i);
    const rd_kafka_message_t *msg = out->clusters.items[i];
    (*i_at)++;
    same_bytes("change of a cluster", i, &sec->buf, msg);
    CHECK(has_key(msg, name), "change %zu: the key is not %s", i, name);
    CHECK(rd_kafka_message_timestamp(msg, NULL) == rd_kafka_message_timestamp(in, NULL),
          "change %zu: not the timestamp of its input", i);
}

static void same_changes(struct second_desk *sec, const rd_kafka_message_t *in,
                         const struct written *out, struct derived *der)
{
    const struct wd_facts *facts = wd_article_facts(sec->art);
    char name[WD_ID_SIZE];
    if (facts->revision.n_members) {
        wd_cluster_name(facts->dedup.cluster, name);
        wd_buf_clear(&sec->buf);
        wd_emit_revision(sec->art, facts->revision.n_members, &sec->buf);
        same_change(sec, in, name, out, &der->n_clusters);
    }
    if (facts->story.merged) {
        wd_story_name(facts->story.merged, name);
        wd_buf_clear(&sec->buf);
        wd_emit_merger(sec->art, &sec->buf);
        same_change(sec, in, name, out, &der->n_clusters);
    }
}

static void derive_one(struct second_desk *sec, struct inputs *in,
                       const struct written *out, size_t i, struct derived *der)
{
    const rd_kafka_message_t *logged = out->sketch.items[i];
    struct wd_sketch_scratch *scratch = NULL;
    struct wd_sketch sketch;
    struct wd_error err;
    struct wd_header headers[MAX_HEADERS];
    CHECK(wd_sketch_decode((struct wd_str){logged->payload, logged->len}, &sketch,
                           &scratch, &err) == WD_OK,
          "sketch %zu: %s", i, err.message);
    CHECK(sketch.sequence == i + 1, "sketch %zu has sequence %llu", i,
          (unsigned long long)sketch.sequence);
    const rd_kafka_message_t *msg = inputs_take(in, sketch.partition, sketch.offset);
    wd_sketch_scratch_free(scratch);

    struct wd_record record = record_of(msg, headers);
    wd_article_begin(sec->art, &record);
    int r = wd_pipeline_run(sec->pl, sec->art);
    CHECK(wd_desk_decide(sec->desk, sec->art) == WD_OK, "out of memory");
    wd_buf_clear(&sec->buf);
    wd_sketch_encode(wd_article_sketch(sec->art), &sec->buf);
    same_bytes("sketch", i, &sec->buf, logged);
    if (r == WD_OK) {
        if (wd_article_facts(sec->art)->dedup.is_replay)
            return; /* nothing is published for it */
        CHECK(der->n_output < out->output.n, "output %zu is missing", der->n_output);
        same_output(sec, msg, out->output.items[der->n_output], der->n_output);
        der->n_output++;
        same_changes(sec, msg, out, der);
    } else {
        CHECK(der->n_dlq < out->dlq.n, "dead letter %zu is missing", der->n_dlq);
        same_dead_letter(sec, msg, out->dlq.items[der->n_dlq], der->n_dlq);
        der->n_dlq++;
    }
}

void verify_derivation(const struct deployment *dep, const struct written *out)
{
    struct inputs in;
    struct second_desk sec = {0};
    struct derived der = {0};
    inputs_read(dep->input, &in);
    CHECK(in.all.n == out->sketch.n, "%zu inputs, %zu sketches", in.all.n, out->sketch.n);
    second_open(&sec);
    for (size_t i = 0; i < out->sketch.n; i++)
        derive_one(&sec, &in, out, i, &der);
    CHECK(der.n_output == out->output.n && der.n_dlq == out->dlq.n &&
              der.n_clusters == out->clusters.n,
          "%zu outputs, %zu dead letters and %zu changes too many",
          out->output.n - der.n_output, out->dlq.n - der.n_dlq,
          out->clusters.n - der.n_clusters);
    printf(
        "  %zu records: %zu outputs, %zu dead letters, %zu changes of clusters, all as "
        "derived again\n",
        in.all.n, der.n_output, der.n_dlq, der.n_clusters);
    second_close(&sec);
    inputs_free(&in);
}

int64_t output_source(const rd_kafka_message_t *msg)
{
    json_error_t error;
    json_t *doc = json_loadb(msg->payload, msg->len, 0, &error);
    CHECK(doc, "an output is no JSON: %s", error.text);
    const json_t *source = json_object_get(json_object_get(doc, "wiredesk"), "source");
    json_int_t offset = json_integer_value(json_object_get(source, "offset"));
    CHECK(json_is_integer(json_object_get(source, "offset")), "an output has no source");
    json_decref(doc);
    return offset;
}

int64_t dead_letter_source(const rd_kafka_message_t *msg)
{
    const void *value;
    size_t size;
    char text[24] = "";
    CHECK(record_header(msg, "wiredesk.source.offset", &value, &size) &&
              size < sizeof(text),
          "a dead letter has no source");
    memcpy(text, value, size);
    return strtoll(text, NULL, 10);
}

/* Calls `note` for every record that came again: it is in the sketch log only. */
static void each_replay(const struct records *sketches,
                        void (*note)(void *arg, const struct wd_sketch *sketch),
                        void *arg)
{
    struct wd_sketch_scratch *scratch = NULL;
    for (size_t i = 0; i < sketches->n; i++) {
        struct wd_sketch sketch;
        struct wd_error err;
        const rd_kafka_message_t *msg = sketches->items[i];
        CHECK(wd_sketch_decode((struct wd_str){msg->payload, msg->len}, &sketch, &scratch,
                               &err) == WD_OK,
              "sketch %zu: %s", i, err.message);
        if (sketch.is_replay)
            note(arg, &sketch);
    }
    wd_sketch_scratch_free(scratch);
}

static void note_place(void *arg, const struct wd_sketch *sketch)
{
    bool *is_there = arg;
    is_there[sketch->offset] = true;
}

static void note_one_more(void *arg, const struct wd_sketch *sketch)
{
    (void)sketch;
    ++*(size_t *)arg;
}

size_t written_outcomes(const struct written *out)
{
    size_t n = out->output.n + out->dlq.n;
    each_replay(&out->sketch, note_one_more, &n);
    return n;
}

void verify_presence(const struct deployment *dep, const struct written *out)
{
    struct inputs in;
    inputs_read(dep->input, &in);
    bool *is_there = calloc(in.room[0], sizeof(*is_there));
    CHECK(is_there, "out of memory");
    for (size_t i = 0; i < out->output.n; i++)
        is_there[output_source(out->output.items[i])] = true;
    for (size_t i = 0; i < out->dlq.n; i++)
        is_there[dead_letter_source(out->dlq.items[i])] = true;
    each_replay(&out->sketch, note_place, is_there);
    for (size_t i = 0; i < in.all.n; i++)
        CHECK(is_there[in.all.items[i]->offset], "input %lld is nowhere",
              (long long)in.all.items[i]->offset);
    free(is_there);
    inputs_free(&in);
}
