/* requeue.c -- see requeue.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A letter and its marker go in one transaction: the letter to its topic, the marker to
 * the dead letters. So the dead-letter topic itself says what was requeued, and a requeue
 * that was cut off, or is run again, sends nothing twice. The transactional.id is fixed
 * for a topic, so that two requeues at once fence one another.
 *
 * Key, value, timestamp and headers are those of the original record. Only what the
 * daemon added goes, and one header comes: where it was requeued from. */
#include "requeue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dead_letter.h"
#include "letter.h"

enum { MOST_RECORDS = 500, MOST_BYTES = 8 << 20, TRANSACTION_SECONDS = 60 };

static int fail(const struct requeue *rq, const char *what, rd_kafka_error_t *error)
{
    int code =
        command_fail(rq->client->cmd, "%s: %s%s", what, rd_kafka_error_string(error),
                     rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__FENCED
                         ? "; another requeue of these dead letters has taken over"
                         : "");
    rd_kafka_error_destroy(error);
    return code;
}

static void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *message, void *opaque)
{
    (void)rk, (void)message, (void)opaque; /* the transaction says what went wrong */
}

int requeue_open(struct requeue *rq, struct client *client, const char *dlq_topic,
                 const char *to)
{
    *rq = (struct requeue){.client = client, .dlq_topic = dlq_topic, .to = to};
    (void)snprintf(rq->id, sizeof(rq->id), "wiredesk-requeue.%s", dlq_topic);
    const char *const properties[] = {
        "transactional.id", rq->id, "enable.idempotence", "true", "message.max.bytes",
        "67200000",         NULL,
    };
    rq->rk = client_producer(client, rq, on_delivery, properties);
    if (!rq->rk || client_partitions(client, rq->rk, dlq_topic) < 0 ||
        (to && client_partitions(client, rq->rk, to) < 0))
        return EXIT_USAGE;
    rd_kafka_error_t *error =
        rd_kafka_init_transactions(rq->rk, TRANSACTION_SECONDS * 1000);
    return error ? fail(rq, "transactions cannot be set up", error) : EXIT_FINE;
}

/* ---- one letter ---- */

static bool has_prefix(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

static rd_kafka_headers_t *original_headers(const rd_kafka_message_t *letter)
{
    rd_kafka_headers_t *all, *kept = rd_kafka_headers_new(8);
    const char *name;
    const void *value;
    size_t size;
    char from[400];

    if (rd_kafka_message_headers(letter, &all) == RD_KAFKA_RESP_ERR_NO_ERROR) {
        for (size_t i = 0; rd_kafka_header_get_all(all, i, &name, &value, &size) ==
                           RD_KAFKA_RESP_ERR_NO_ERROR;
             i++) {
            if (!has_prefix(name, DEAD_LETTER_ERROR) &&
                !has_prefix(name, DEAD_LETTER_SOURCE) &&
                !has_prefix(name, DEAD_LETTER_REQUEUED))
                (void)rd_kafka_header_add(kept, name, -1, value, (ssize_t)size);
        }
    }
    (void)snprintf(from, sizeof(from), "%s/%d:%lld", rd_kafka_topic_name(letter->rkt),
                   (int)letter->partition, (long long)letter->offset);
    (void)rd_kafka_header_add(kept, DEAD_LETTER_REQUEUED "from", -1, from, -1);
    return kept;
}

static rd_kafka_headers_t *marker_headers(const rd_kafka_message_t *letter)
{
    char number[24];
    rd_kafka_headers_t *headers = rd_kafka_headers_new(2);

    (void)snprintf(number, sizeof(number), "%d", (int)letter->partition);
    (void)rd_kafka_header_add(headers, DEAD_LETTER_REQUEUED "partition", -1, number, -1);
    (void)snprintf(number, sizeof(number), "%lld", (long long)letter->offset);
    (void)rd_kafka_header_add(headers, DEAD_LETTER_REQUEUED "offset", -1, number, -1);
    return headers;
}

/* Takes `headers`. */
static rd_kafka_resp_err_t produce(struct requeue *rq, const char *topic,
                                   const rd_kafka_message_t *letter, bool has_value,
                                   rd_kafka_headers_t *headers)
{
    rd_kafka_resp_err_t code;
    do {
        code = rd_kafka_producev(
            rq->rk, RD_KAFKA_V_TOPIC(topic),
            RD_KAFKA_V_KEY((void *)(uintptr_t)letter->key, letter->key_len),
            RD_KAFKA_V_VALUE(has_value ? (void *)(uintptr_t)letter->payload : NULL,
                             has_value ? letter->len : 0),
            RD_KAFKA_V_TIMESTAMP(rd_kafka_message_timestamp(letter, NULL)),
            RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
            RD_KAFKA_V_END);
        if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL)
            (void)rd_kafka_poll(rq->rk, 100);
    } while (code == RD_KAFKA_RESP_ERR__QUEUE_FULL);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_headers_destroy(headers);
    return code;
}

static void refuse(struct requeue *rq, const rd_kafka_message_t *letter, const char *why)
{
    rq->n_refused++;
    (void)command_fail(rq->client->cmd, "%d:%lld: %s", (int)letter->partition,
                       (long long)letter->offset, why);
}

/* Where the letter goes; false when that cannot be told. */
static bool destination(const struct requeue *rq, const rd_kafka_message_t *letter,
                        char topic[256])
{
    struct wd_str name = letter_header(letter, DEAD_LETTER_SOURCE "topic");

    if (rq->to)
        (void)snprintf(topic, 256, "%s", rq->to);
    else if (name.data && name.size != 0 && name.size < 250)
        (void)snprintf(topic, 256, "%.*s", (int)name.size, name.data);
    else
        return false;
    return true;
}

static int begin(struct requeue *rq)
{
    rd_kafka_error_t *error = rd_kafka_begin_transaction(rq->rk);
    if (error)
        return fail(rq, "a transaction cannot be opened", error);
    rq->is_open = true;
    rq->n_open = rq->size_open = 0;
    return EXIT_FINE;
}

int requeue_send(struct requeue *rq, const rd_kafka_message_t *letter)
{
    char topic[256];

    if (!destination(rq, letter, topic)) {
        refuse(rq, letter, "it does not say where it came from; name a topic with --to");
        return EXIT_FINE;
    }
    if (letter_header(letter, DEAD_LETTER_ERROR "value-bytes").data) {
        refuse(rq, letter, "it was too large to keep; send it again from its source");
        return EXIT_FINE;
    }
    if (!rq->is_open && begin(rq) != EXIT_FINE)
        return EXIT_USAGE;
    rd_kafka_resp_err_t code =
        produce(rq, topic, letter, letter->payload != NULL, original_headers(letter));
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
        code = produce(rq, rq->dlq_topic, letter, false, marker_headers(letter));
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return command_fail(rq->client->cmd, "%s: %s", topic, rd_kafka_err2str(code));
    rq->n_open++;
    rq->size_open += letter->len;
    return rq->n_open >= MOST_RECORDS || rq->size_open >= MOST_BYTES ? requeue_commit(rq)
                                                                     : EXIT_FINE;
}

int requeue_commit(struct requeue *rq)
{
    rd_kafka_error_t *error;

    if (!rq->is_open)
        return EXIT_FINE;
    do {
        error = rd_kafka_commit_transaction(rq->rk, TRANSACTION_SECONDS * 1000);
        if (!error || !rd_kafka_error_is_retriable(error))
            break;
        rd_kafka_error_destroy(error);
    } while (true);
    if (error)
        return fail(rq, "nothing of the last transaction was requeued", error);
    rq->is_open = false;
    rq->n_done += rq->n_open;
    return EXIT_FINE;
}

void requeue_close(struct requeue *rq)
{
    if (!rq->rk)
        return;
    if (rq->is_open) {
        rd_kafka_error_t *error = rd_kafka_abort_transaction(rq->rk, 5000);
        if (error) /* the next requeue aborts it */
            rd_kafka_error_destroy(error);
    }
    rd_kafka_destroy(rq->rk);
    rq->rk = NULL;
}
