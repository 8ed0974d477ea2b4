/* topic.c -- see topic.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "topic.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "articles.h"
#include "check.h"

#define TIMEOUT_MS 60000
#define NEWS_MS    10000
#define FLUSH_MS   180000 /* longer than any broker is away */

const char *brokers(void)
{
    const char *list = getenv("WD_KAFKA_BROKERS");
    return list ? list : WD_TEST_BROKERS;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void conf_set(rd_kafka_conf_t *conf, const char *name, const char *value)
{
    char message[200];
    CHECK(rd_kafka_conf_set(conf, name, value, message, sizeof(message)) ==
              RD_KAFKA_CONF_OK,
          "%s", message);
}

static rd_kafka_conf_t *client_conf(const char *const *pairs)
{
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    conf_set(conf, "bootstrap.servers", brokers());
    conf_set(conf, "log_level", "2");
    for (; *pairs; pairs += 2)
        conf_set(conf, pairs[0], pairs[1]);
    return conf;
}

static rd_kafka_t *client_open(rd_kafka_type_t type, rd_kafka_conf_t *conf)
{
    char message[200];
    rd_kafka_t *rk = rd_kafka_new(type, conf, message, sizeof(message));
    CHECK(rk, "%s", message);
    return rk;
}

static rd_kafka_t *client(rd_kafka_type_t type, const char *const *pairs)
{
    return client_open(type, client_conf(pairs));
}

static rd_kafka_t *producer_lingering(const char *ms)
{
    const char *pairs[] = {"enable.idempotence", "true", "message.max.bytes", "33554432",
                           "linger.ms", ms, "socket.nagle.disable", "true",
                           /* A mock broker that comes back may swallow a request. */
                           "socket.timeout.ms", "10000", NULL};
    return client(RD_KAFKA_PRODUCER, pairs);
}

static rd_kafka_t *producer(void)
{
    return producer_lingering("20");
}

static void await_admin(rd_kafka_queue_t *queue, const char *what)
{
    rd_kafka_event_t *event = rd_kafka_queue_poll(queue, TIMEOUT_MS);
    CHECK(event, "%s: no answer", what);
    CHECK(!rd_kafka_event_error(event), "%s: %s", what,
          rd_kafka_event_error_string(event));
    rd_kafka_event_destroy(event);
}

void topic_make(const char *topic, int partitions)
{
    char message[200];
    rd_kafka_t *rk = producer();
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
    rd_kafka_NewTopic_t *plan =
        rd_kafka_NewTopic_new(topic, partitions, -1, message, sizeof(message));
    CHECK(plan, "%s", message);
    rd_kafka_NewTopic_set_config(plan, "retention.ms", "-1");
    rd_kafka_NewTopic_set_config(plan, "max.message.bytes", "15728640");
    rd_kafka_CreateTopics(rk, &plan, 1, NULL, queue);
    await_admin(queue, topic);
    rd_kafka_NewTopic_destroy(plan);
    rd_kafka_queue_destroy(queue);
    rd_kafka_destroy(rk);
}

void topic_grow(const char *topic, int n)
{
    char message[200];
    rd_kafka_t *rk = producer();
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
    rd_kafka_NewPartitions_t *plan =
        rd_kafka_NewPartitions_new(topic, (size_t)n, message, sizeof(message));
    CHECK(plan, "%s", message);
    rd_kafka_CreatePartitions(rk, &plan, 1, NULL, queue);
    await_admin(queue, topic);
    rd_kafka_NewPartitions_destroy(plan);
    rd_kafka_queue_destroy(queue);
    rd_kafka_destroy(rk);
}

void topic_delete(const char *topic)
{
    rd_kafka_t *rk = producer();
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
    rd_kafka_DeleteTopic_t *plan = rd_kafka_DeleteTopic_new(topic);
    rd_kafka_DeleteTopics(rk, &plan, 1, NULL, queue);
    await_admin(queue, topic);
    rd_kafka_DeleteTopic_destroy(plan);
    rd_kafka_queue_destroy(queue);
    rd_kafka_destroy(rk);
}

void topic_truncate(const char *topic, int64_t offset)
{
    rd_kafka_t *rk = producer();
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, topic, 0)->offset = offset;
    rd_kafka_DeleteRecords_t *plan = rd_kafka_DeleteRecords_new(list);
    rd_kafka_DeleteRecords(rk, &plan, 1, NULL, queue);
    await_admin(queue, topic);
    rd_kafka_DeleteRecords_destroy(plan);
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_queue_destroy(queue);
    rd_kafka_destroy(rk);
}

struct feed {
    rd_kafka_t *rk;
    rd_kafka_topic_t *rkt;
    int partitions;
    atomic_size_t sent_bytes; /* of a packed one */
};

static struct feed *feed_new(int partitions)
{
    struct feed *feed = calloc(1, sizeof(*feed));
    CHECK(feed, "out of memory");
    feed->partitions = partitions;
    return feed;
}

static struct feed *feed_begin(struct feed *feed, const char *topic, rd_kafka_t *rk)
{
    feed->rk = rk;
    feed->rkt = rd_kafka_topic_new(rk, topic, NULL);
    return feed;
}

struct feed *feed_open(const char *topic, int partitions)
{
    return feed_begin(feed_new(partitions), topic, producer());
}

struct feed *feed_open_prompt(const char *topic)
{
    return feed_begin(feed_new(1), topic, producer_lingering("0"));
}

static rd_kafka_resp_err_t on_request_sent(rd_kafka_t *rk, int sockfd, const char *broker,
                                           int32_t broker_id, int16_t key,
                                           int16_t version, int32_t correlation,
                                           size_t size, void *opaque)
{
    struct feed *feed = opaque;
    (void)rk;
    (void)sockfd;
    (void)broker;
    (void)broker_id;
    (void)key;
    (void)version;
    (void)correlation;
    atomic_fetch_add(&feed->sent_bytes, size);
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

static rd_kafka_resp_err_t on_new(rd_kafka_t *rk, const rd_kafka_conf_t *conf,
                                  void *opaque, char *message, size_t size)
{
    (void)conf;
    (void)message;
    (void)size;
    return rd_kafka_interceptor_add_on_request_sent(rk, "feed", on_request_sent, opaque);
}

struct feed *feed_open_packed(const char *topic, const char *codec)
{
    const char *const pairs[] = {"enable.idempotence",
                                 "true",
                                 "message.max.bytes",
                                 "67108864",
                                 "batch.size",
                                 "67108864",
                                 "linger.ms",
                                 "2000",
                                 "compression.codec",
                                 codec,
                                 NULL};
    struct feed *feed = feed_new(1);
    rd_kafka_conf_t *conf = client_conf(pairs);
    CHECK(rd_kafka_conf_interceptor_add_on_new(conf, "feed", on_new, feed) == 0,
          "librdkafka takes no interceptor");
    return feed_begin(feed, topic, client_open(RD_KAFKA_PRODUCER, conf));
}

size_t feed_sent_bytes(const struct feed *feed)
{
    return atomic_load(&feed->sent_bytes);
}

static void feed_send(struct feed *feed, int32_t partition, const void *key,
                      size_t key_size, const void *value, size_t value_size,
                      rd_kafka_headers_t *headers, int64_t timestamp_ms)
{
    rd_kafka_vu_t vus[] = {
        {.vtype = RD_KAFKA_VTYPE_RKT, .u.rkt = feed->rkt},
        {.vtype = RD_KAFKA_VTYPE_PARTITION, .u.i32 = partition},
        {.vtype = RD_KAFKA_VTYPE_KEY, .u.mem = {(void *)(uintptr_t)key, key_size}},
        {.vtype = RD_KAFKA_VTYPE_VALUE, .u.mem = {(void *)(uintptr_t)value, value_size}},
        {.vtype = RD_KAFKA_VTYPE_MSGFLAGS,
         .u.i = RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_BLOCK},
        {.vtype = RD_KAFKA_VTYPE_TIMESTAMP, .u.i64 = timestamp_ms},
        {.vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = headers},
    };
    rd_kafka_error_t *error =
        rd_kafka_produceva(feed->rk, vus, sizeof(vus) / sizeof(vus[0]));
    CHECK(!error, "producing: %s", rd_kafka_error_string(error));
    rd_kafka_poll(feed->rk, 0);
}

void feed_record(struct feed *feed, const void *key, size_t key_size, const void *value,
                 size_t value_size, rd_kafka_headers_t *headers, int64_t timestamp_ms)
{
    feed_record_to(feed, 0, key, key_size, value, value_size, headers, timestamp_ms);
}

void feed_record_to(struct feed *feed, int32_t partition, const void *key,
                    size_t key_size, const void *value, size_t value_size,
                    rd_kafka_headers_t *headers, int64_t timestamp_ms)
{
    feed_send(feed, partition, key, key_size, value, value_size,
              headers ? headers : rd_kafka_headers_new(1), timestamp_ms);
}

void feed_flush(struct feed *feed)
{
    CHECK(rd_kafka_flush(feed->rk, FLUSH_MS) == 0, "the feed is not acknowledged");
}

void feed_articles(struct feed *feed, uint64_t first, uint64_t last, size_t size)
{
    for (uint64_t i = first; i < last; i++) {
        struct made_article art = {0};
        rd_kafka_headers_t *headers = rd_kafka_headers_new(4);
        article_make(i, size, &art);
        if (art.content_type)
            rd_kafka_header_add(headers, "Content-Type", -1, art.content_type, -1);
        if (i % 5 == 0)
            rd_kafka_header_add(headers, "x-feed", -1, "wire \xc3\xa9", -1);
        if (i % 7 == 0) /* the daemon's own; must not come out twice */
            rd_kafka_header_add(headers, "wiredesk-dedup", -1, "forged", -1);
        if (i % 11 == 0)
            rd_kafka_header_add(headers, "x-empty", -1, NULL, 0);
        feed_send(feed, (int32_t)(chance(i * 31) % (uint64_t)feed->partitions), art.key,
                  strlen(art.key),
                  art.is_tombstone ? NULL
                  : art.value.data ? art.value.data
                                   : "",
                  art.value.size, headers, art.timestamp_ms);
        wd_buf_done(&art.value);
    }
    feed_flush(feed);
}

void feed_close(struct feed *feed)
{
    feed_flush(feed);
    rd_kafka_topic_destroy(feed->rkt);
    rd_kafka_destroy(feed->rk);
    free(feed);
}

rd_kafka_t *topic_reader(const char *group)
{
    const char *pairs[] = {"group.id",
                           group,
                           "isolation.level",
                           "read_committed",
                           "enable.partition.eof",
                           "true",
                           "enable.auto.commit",
                           "false",
                           "auto.offset.reset",
                           "error",
                           "fetch.wait.max.ms",
                           "50",
                           NULL};
    rd_kafka_t *rk = client(RD_KAFKA_CONSUMER, pairs);
    rd_kafka_poll_set_consumer(rk);
    return rk;
}

int64_t topic_end(const char *topic)
{
    const char *pairs[] = {"group.id", "ends", "isolation.level", "read_uncommitted",
                           NULL};
    rd_kafka_t *rk = client(RD_KAFKA_CONSUMER, pairs);
    int64_t low, end = -1, until_ms = now_ms() + TIMEOUT_MS;
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR__TIMED_OUT;
    while (code && now_ms() < until_ms)
        code = rd_kafka_query_watermark_offsets(rk, topic, 0, &low, &end, TIMEOUT_MS);
    CHECK(code == 0, "no end of %s: %s", topic, rd_kafka_err2str(code));
    rd_kafka_destroy(rk);
    return end;
}

/* A broker hears of a topic that was just made a moment later than who made it. */
static int partition_count(rd_kafka_t *rk, const char *topic)
{
    const struct rd_kafka_metadata *meta;
    rd_kafka_topic_t *rkt = rd_kafka_topic_new(rk, topic, NULL);
    int n = 0;
    for (int64_t until_ms = now_ms() + NEWS_MS; n == 0 && now_ms() < until_ms;) {
        CHECK(rd_kafka_metadata(rk, 0, rkt, &meta, TIMEOUT_MS) == 0, "no metadata for %s",
              topic);
        n = meta->topics[0].partition_cnt;
        rd_kafka_metadata_destroy(meta);
        if (n == 0)
            (void)usleep(50000);
    }
    rd_kafka_topic_destroy(rkt);
    CHECK(n > 0, "there is no topic %s", topic);
    return n;
}

static void records_add(struct records *recs, rd_kafka_message_t *msg)
{
    if (recs->n == recs->room) {
        recs->room = recs->room ? recs->room * 2 : 1024;
        recs->items = realloc(recs->items, recs->room * sizeof(*recs->items));
        CHECK(recs->items, "out of memory");
    }
    recs->items[recs->n++] = msg;
}

/* A message outlives its consumer only as long as its handle does. */
static rd_kafka_t *shared_reader;

static void read_until(const char *topic, size_t want, int patience_ms,
                       struct records *recs)
{
    rd_kafka_t *rk =
        shared_reader ? shared_reader : (shared_reader = topic_reader("reader"));
    int n = partition_count(rk, topic), n_ends = 0;
    bool *is_at_end = calloc((size_t)n, sizeof(*is_at_end));
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(n);
    for (int32_t p = 0; p < n; p++)
        rd_kafka_topic_partition_list_add(list, topic, p)->offset =
            RD_KAFKA_OFFSET_BEGINNING;
    CHECK(rd_kafka_assign(rk, list) == 0, "cannot read %s", topic);
    int64_t last_ms = now_ms();
    while (recs->n < want || n_ends < n) {
        rd_kafka_message_t *msg = rd_kafka_consumer_poll(rk, 200);
        if (msg && !msg->err) {
            n_ends -= is_at_end[msg->partition];
            is_at_end[msg->partition] = false;
            records_add(recs, msg);
            last_ms = now_ms();
            continue;
        }
        if (msg && msg->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            n_ends += !is_at_end[msg->partition];
            is_at_end[msg->partition] = true;
        }
        if (msg)
            rd_kafka_message_destroy(msg);
        CHECK(now_ms() - last_ms < patience_ms, "%s has %zu records after %d ms; %zu due",
              topic, recs->n, patience_ms, want);
    }
    rd_kafka_assign(rk, NULL);
    rd_kafka_topic_partition_list_destroy(list);
    free(is_at_end);
}

void topic_read(const char *topic, size_t want, int patience_ms, struct records *ret)
{
    *ret = (struct records){0};
    read_until(topic, want, patience_ms, ret);
}

size_t topic_count(const char *topic)
{
    struct records recs = {0};
    read_until(topic, 0, TIMEOUT_MS, &recs);
    size_t n = recs.n;
    records_free(&recs);
    return n;
}

void records_free(struct records *recs)
{
    for (size_t i = 0; i < recs->n; i++)
        rd_kafka_message_destroy(recs->items[i]);
    free(recs->items);
    *recs = (struct records){0};
}

bool record_header(const rd_kafka_message_t *msg, const char *name,
                   const void **ret_value, size_t *ret_size)
{
    rd_kafka_headers_t *headers;
    return rd_kafka_message_headers(msg, &headers) == 0 &&
           rd_kafka_header_get_last(headers, name, ret_value, ret_size) == 0;
}

bool record_header_is(const rd_kafka_message_t *msg, const char *name, const char *text)
{
    const void *value;
    size_t size;
    return record_header(msg, name, &value, &size) && size == strlen(text) &&
           memcmp(value, text, size) == 0;
}

static bool bytes_equal(const void *a, size_t a_size, const void *b, size_t b_size)
{
    return a_size == b_size && !a == !b && (a_size == 0 || memcmp(a, b, a_size) == 0);
}

static bool headers_equal(const rd_kafka_message_t *a, const rd_kafka_message_t *b)
{
    rd_kafka_headers_t *ha = NULL, *hb = NULL;
    bool has_a = rd_kafka_message_headers(a, &ha) == 0;
    bool has_b = rd_kafka_message_headers(b, &hb) == 0;
    if (!has_a || !has_b)
        return has_a == has_b;
    size_t n = rd_kafka_header_cnt(ha);
    if (n != rd_kafka_header_cnt(hb))
        return false;
    for (size_t i = 0; i < n; i++) {
        const char *name_a, *name_b;
        const void *value_a, *value_b;
        size_t size_a, size_b;
        rd_kafka_header_get_all(ha, i, &name_a, &value_a, &size_a);
        rd_kafka_header_get_all(hb, i, &name_b, &value_b, &size_b);
        if (strcmp(name_a, name_b) != 0 || !bytes_equal(value_a, size_a, value_b, size_b))
            return false;
    }
    return true;
}

bool record_equal(const rd_kafka_message_t *a, const rd_kafka_message_t *b)
{
    return bytes_equal(a->key, a->key_len, b->key, b->key_len) &&
           bytes_equal(a->payload, a->len, b->payload, b->len) &&
           rd_kafka_message_timestamp(a, NULL) == rd_kafka_message_timestamp(b, NULL) &&
           headers_equal(a, b);
}

int64_t committed_offset(const char *group, const char *topic, int32_t p)
{
    rd_kafka_t *rk = topic_reader(group);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, topic, p);
    CHECK(rd_kafka_committed(rk, list, TIMEOUT_MS) == 0, "no committed offsets");
    int64_t offset = list->elems[0].offset;
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_destroy(rk);
    return offset >= 0 ? offset : -1;
}

void commit_offset(const char *group, const char *topic, int32_t p, int64_t offset)
{
    rd_kafka_t *rk = topic_reader(group);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, topic, p)->offset = offset;
    CHECK(rd_kafka_commit(rk, list, 0) == 0, "the offset is not committed");
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_destroy(rk);
}
