/* scan.c -- see scan.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The end of a partition cannot be told from offsets alone: the ends of transactions take
 * some, and nobody sees them. So the broker is asked to say where a partition ends. */
#include "scan.h"

#include <stdlib.h>

enum { POLL_MS = 200 };

static int find_ends(struct scan *scan)
{
    for (int i = 0; i < scan->n_partitions; i++) {
        struct scan_window *win = &scan->windows[i];
        rd_kafka_resp_err_t code = rd_kafka_query_watermark_offsets(
            scan->rk, scan->topic, i, &win->low, &win->high, CLIENT_SECONDS * 1000);
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
            return command_fail(scan->client->cmd, "%s, partition %d: %s", scan->topic, i,
                                rd_kafka_err2str(code));
        win->start = win->low;
    }
    return EXIT_FINE;
}

int scan_open(struct scan *scan, struct client *client, const char *topic)
{
    static const char *const properties[] = {
        "group.id",
        "wiredesk-scan",
        "enable.auto.commit",
        "false",
        "isolation.level",
        "read_committed",
        "enable.partition.eof",
        "true",
        "auto.offset.reset",
        "earliest",
        "check.crcs",
        "true",
        NULL,
    };
    *scan = (struct scan){.client = client, .topic = topic};
    scan->rk = client_consumer(client, properties);
    if (!scan->rk)
        return EXIT_USAGE;
    scan->n_partitions = client_partitions(client, scan->rk, topic);
    if (scan->n_partitions < 0)
        return EXIT_USAGE;
    scan->windows = calloc((size_t)scan->n_partitions, sizeof(*scan->windows));
    if (!scan->windows)
        return command_fail(client->cmd, "out of memory");
    return find_ends(scan);
}

void scan_close(struct scan *scan)
{
    if (scan->rk) {
        (void)rd_kafka_consumer_close(scan->rk); /* nothing was committed */
        rd_kafka_destroy(scan->rk);
    }
    free(scan->windows);
    *scan = (struct scan){0};
}

int scan_start(struct scan *scan)
{
    rd_kafka_topic_partition_list_t *list =
        rd_kafka_topic_partition_list_new(scan->n_partitions);

    for (int i = 0; i < scan->n_partitions; i++) {
        struct scan_window *win = &scan->windows[i];
        rd_kafka_topic_partition_list_add(list, scan->topic, i)->offset = win->start;
        win->is_read = win->start >= win->high;
    }
    rd_kafka_resp_err_t code = rd_kafka_assign(scan->rk, list);
    rd_kafka_topic_partition_list_destroy(list);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
        return EXIT_FINE;
    return command_fail(scan->client->cmd, "%s: %s", scan->topic, rd_kafka_err2str(code));
}

bool scan_is_read(const struct scan *scan)
{
    for (int i = 0; i < scan->n_partitions; i++) {
        if (!scan->windows[i].is_read)
            return false;
    }
    return true;
}

rd_kafka_message_t *scan_next(struct scan *scan, int *ret_code)
{
    rd_kafka_message_t *message = rd_kafka_consumer_poll(scan->rk, POLL_MS);

    if (!message)
        return NULL;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
        return message;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
        scan->windows[message->partition].is_read = true;
    else
        *ret_code = command_fail(scan->client->cmd, "%s: %s", scan->topic,
                                 rd_kafka_message_errstr(message));
    rd_kafka_message_destroy(message);
    return NULL;
}
