/* client.h -- how the commands reach a Kafka cluster.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One `struct client` a command: --brokers and every -X go into it, handles come out of
 * it. What goes wrong is told on stderr once, as one sentence with the cure. */
#ifndef TOOLS_CLIENT_H
#define TOOLS_CLIENT_H

#include <librdkafka/rdkafka.h>

#include "command.h"

struct client {
    const struct command *cmd;
    rd_kafka_conf_t *conf;
};

#define CLIENT_BROKERS "127.0.0.1:9092"
#define CLIENT_SECONDS 10 /* to wait for a broker's answer */

/* Rows for a command's table of options. */
#define CLIENT_OPTIONS                                                                   \
    {"brokers", 'b', "LIST", "host:port, parted by commas (" CLIENT_BROKERS ")"},        \
    {                                                                                    \
        "property", 'X', "NAME=VALUE", "any property of librdkafka; may be given often"  \
    }

void client_init(struct client *client, const struct command *cmd);

/* Safe after client_init. */
void client_done(struct client *client);

/* Takes option `id` if it is one of CLIENT_OPTIONS: EXIT_FINE, or EXIT_USAGE after a
 * message. */
int client_option(struct client *client, int id, const char *value);

/* A handle with the client's properties, and `extra` ones: name, value, …, NULL. NULL
 * after a message. */
rd_kafka_t *client_producer(struct client *client, void *opaque,
                            void (*on_delivery)(rd_kafka_t *, const rd_kafka_message_t *,
                                                void *),
                            const char *const *extra);
rd_kafka_t *client_consumer(struct client *client, const char *const *extra);

/* The topic's partitions, or -1 after a message: no broker answers, no such topic. Also
 * makes the topic known to the handle, so that its first use does not wait. */
int client_partitions(struct client *client, rd_kafka_t *rk, const char *topic);

#endif
