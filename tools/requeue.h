/* requeue.h -- dead letters back into the topics that they came from, once.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_REQUEUE_H
#define TOOLS_REQUEUE_H

#include <stdint.h>

#include "client.h"

struct requeue {
    struct client *client;
    const char *dlq_topic;
    const char *to; /* NULL: where each letter came from */
    rd_kafka_t *rk;
    char id[300]; /* transactional.id */
    bool is_open; /* a transaction */
    size_t n_open, size_open;
    uint64_t n_done;    /* committed */
    uint64_t n_refused; /* told on stderr */
};

/* Takes over from any other requeue of the same dead letters: what that one has not
 * committed will not happen. So whoever looks afterwards which letters were requeued
 * before sees all of them. EXIT_FINE, or EXIT_USAGE after a message. */
int requeue_open(struct requeue *rq, struct client *client, const char *dlq_topic,
                 const char *to);

/* Sends one letter on its way, with the marker that says so. A letter that cannot be sent
 * is told and counted; EXIT_USAGE, after a message, when no further one can. */
int requeue_send(struct requeue *rq, const rd_kafka_message_t *letter);

/* Commits what is under way. EXIT_FINE, or EXIT_USAGE after a message. */
int requeue_commit(struct requeue *rq);

/* What is not committed has not happened. Safe after a failed requeue_open(). */
void requeue_close(struct requeue *rq);

#endif
