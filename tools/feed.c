/* feed.c -- an idempotent producer with counters.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A topic's max.message.bytes is a limit on batches: librdkafka, which does not know it,
 * would put small records together until the broker refuses all of them. So no batch
 * grows beyond what the caller says that the topic takes. */
#include "feed.h"

#include <stdio.h>
#include <string.h>

enum { BATCH_BYTES = 1000000 }; /* librdkafka's default */

static void note_failure(struct feed *feed, struct wd_str key, const char *why)
{
    feed->failed++;
    (void)snprintf(feed->last_failure, sizeof(feed->last_failure), "%.*s: %s",
                   (int)(key.size < 200 ? key.size : 200), key.data, why);
}

static void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *message, void *opaque)
{
    struct feed *feed = opaque;

    (void)rk;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        feed->acknowledged++;
        feed->acknowledged_bytes += message->len;
    } else {
        note_failure(feed, (struct wd_str){message->key, message->key_len},
                     rd_kafka_err2str(message->err));
    }
}

int feed_open(struct feed *feed, struct client *client, const char *topic, size_t limit)
{
    char batch_bytes[24];
    const char *const properties[] = {
        "enable.idempotence", "true", "message.max.bytes", "67200000", "batch.size",
        batch_bytes,          NULL,
    };

    (void)snprintf(batch_bytes, sizeof(batch_bytes), "%zu",
                   limit != 0 && limit < BATCH_BYTES ? limit : (size_t)BATCH_BYTES);
    *feed = (struct feed){.topic = topic};
    feed->rk = client_producer(client, feed, on_delivery, properties);
    if (!feed->rk || client_partitions(client, feed->rk, topic) < 0)
        return EXIT_USAGE;
    return EXIT_FINE;
}

void feed_close(struct feed *feed)
{
    if (!feed->rk)
        return;
    (void)rd_kafka_purge(feed->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_destroy(feed->rk);
    feed->rk = NULL;
}

void feed_poll(struct feed *feed, int timeout_ms)
{
    (void)rd_kafka_poll(feed->rk, timeout_ms);
}

uint64_t feed_pending(const struct feed *feed)
{
    return feed->sent - feed->acknowledged - feed->failed;
}

/* "desk.jsonl:17", "article.txt" */
static struct wd_str key_of(const struct input_record *rec, char *buf, size_t size)
{
    int n = rec->is_line ? snprintf(buf, size, "%s:%lld", rec->name, (long long)rec->line)
                         : snprintf(buf, size, "%s", rec->name);
    return (struct wd_str){buf, (size_t)n < size ? (size_t)n : size - 1};
}

static rd_kafka_resp_err_t produce(struct feed *feed, const struct input_record *rec,
                                   struct wd_str key)
{
    rd_kafka_headers_t *headers = rd_kafka_headers_new(1);

    if (rec->content_type.size != 0) /* fails only without memory */
        (void)rd_kafka_header_add(headers, "content-type", -1, rec->content_type.data,
                                  (ssize_t)rec->content_type.size);
    /* RD_KAFKA_MSG_F_COPY: the constness of the bytes is kept. */
    rd_kafka_resp_err_t code = rd_kafka_producev(
        feed->rk, RD_KAFKA_V_TOPIC(feed->topic),
        RD_KAFKA_V_KEY((void *)(uintptr_t)key.data, key.size),
        RD_KAFKA_V_VALUE((void *)(uintptr_t)rec->value.data, rec->value.size),
        RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_END);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_headers_destroy(headers);
    return code;
}

void feed_send(struct feed *feed, const struct input_record *rec)
{
    char buf[512];
    struct wd_str key = key_of(rec, buf, sizeof(buf));
    rd_kafka_resp_err_t code;

    feed->sent++;
    if (rec->is_cut) {
        note_failure(feed, key, "too large to send");
        return;
    }
    while ((code = produce(feed, rec, key)) == RD_KAFKA_RESP_ERR__QUEUE_FULL)
        feed_poll(feed, 100);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        note_failure(feed, key, rd_kafka_err2str(code));
}
