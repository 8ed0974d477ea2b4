/* client.c -- librdkafka handles for the commands.
 * SPDX-License-Identifier: Apache-2.0
 *
 * librdkafka's own log lines are not for people who replay a file: it retries by itself
 * and complains on every attempt. They are dropped; what counts comes back as an error of
 * a call, and is told once. `-X debug=…` brings them back. */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void drop_log(const rd_kafka_t *rk, int level, const char *fac, const char *buf)
{
    (void)rk, (void)level, (void)fac, (void)buf;
}

static void drop_error(rd_kafka_t *rk, int err, const char *reason, void *opaque)
{
    (void)rk, (void)err, (void)reason, (void)opaque;
}

void client_init(struct client *client, const struct command *cmd)
{
    *client = (struct client){.cmd = cmd, .conf = rd_kafka_conf_new()};
    char problem[256];

    /* Known names, valid values: cannot fail. */
    (void)rd_kafka_conf_set(client->conf, "bootstrap.servers", CLIENT_BROKERS, problem,
                            sizeof(problem));
    (void)rd_kafka_conf_set(client->conf, "client.id", "wiredesk", problem,
                            sizeof(problem));
    rd_kafka_conf_set_log_cb(client->conf, drop_log);
    rd_kafka_conf_set_error_cb(client->conf, drop_error);
}

void client_done(struct client *client)
{
    rd_kafka_conf_destroy(client->conf);
    client->conf = NULL;
}

static int set_property(struct client *client, const char *name, const char *value)
{
    char problem[256];

    if (rd_kafka_conf_set(client->conf, name, value, problem, sizeof(problem)) ==
        RD_KAFKA_CONF_OK)
        return EXIT_FINE;
    return command_fail(client->cmd, "%s", problem);
}

int client_option(struct client *client, int id, const char *value)
{
    if (id == 'b')
        return set_property(client, "bootstrap.servers", value);

    const char *equals = strchr(value, '=');
    if (!equals || equals == value)
        return command_fail(client->cmd, "-X takes NAME=VALUE, not %s", value);

    char *name = strndup(value, (size_t)(equals - value));
    if (!name)
        return command_fail(client->cmd, "out of memory");
    if (strcmp(name, "debug") == 0)
        rd_kafka_conf_set_log_cb(client->conf, rd_kafka_log_print);
    int code = set_property(client, name, equals + 1);
    free(name);
    return code;
}

static rd_kafka_t *open_handle(struct client *client, rd_kafka_type_t type,
                               rd_kafka_conf_t *conf, const char *const *extra)
{
    char problem[512] = "";
    rd_kafka_t *rk = NULL;

    for (size_t i = 0; extra && extra[i]; i += 2) {
        if (rd_kafka_conf_set(conf, extra[i], extra[i + 1], problem, sizeof(problem)) !=
            RD_KAFKA_CONF_OK)
            goto out;
    }
    rk = rd_kafka_new(type, conf, problem, sizeof(problem));
    if (rk)
        conf = NULL; /* the handle's, now */
out:
    if (!rk)
        (void)command_fail(client->cmd, "%s", problem);
    if (conf)
        rd_kafka_conf_destroy(conf);
    return rk;
}

rd_kafka_t *client_producer(struct client *client, void *opaque,
                            void (*on_delivery)(rd_kafka_t *, const rd_kafka_message_t *,
                                                void *),
                            const char *const *extra)
{
    rd_kafka_conf_t *conf = rd_kafka_conf_dup(client->conf);

    rd_kafka_conf_set_opaque(conf, opaque);
    rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    return open_handle(client, RD_KAFKA_PRODUCER, conf, extra);
}

rd_kafka_t *client_consumer(struct client *client, const char *const *extra)
{
    rd_kafka_t *rk =
        open_handle(client, RD_KAFKA_CONSUMER, rd_kafka_conf_dup(client->conf), extra);
    if (rk)
        (void)rd_kafka_poll_set_consumer(rk); /* fails only on a producer */
    return rk;
}

int client_partitions(struct client *client, rd_kafka_t *rk, const char *topic)
{
    const struct rd_kafka_metadata *found = NULL;
    rd_kafka_topic_t *handle = rd_kafka_topic_new(rk, topic, NULL);
    int n = -1;

    if (!handle) {
        (void)command_fail(client->cmd, "%s is no name for a topic", topic);
        return -1;
    }
    rd_kafka_resp_err_t code =
        rd_kafka_metadata(rk, 0, handle, &found, CLIENT_SECONDS * 1000);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        char brokers[256] = "";
        size_t size = sizeof(brokers);
        (void)rd_kafka_conf_get(rd_kafka_conf(rk), "bootstrap.servers", brokers, &size);
        (void)command_fail(client->cmd,
                           "no broker answers at %s (%s); start one with script/kafka "
                           "start, or name yours with --brokers",
                           brokers, rd_kafka_err2str(code));
    } else if (found->topic_cnt != 1 || found->topics[0].partition_cnt == 0) {
        (void)command_fail(client->cmd,
                           "there is no topic %s; make it with wiredesk topics create, "
                           "or name yours with --topic",
                           topic);
    } else {
        n = found->topics[0].partition_cnt;
    }
    if (found)
        rd_kafka_metadata_destroy(found);
    rd_kafka_topic_destroy(handle);
    return n;
}
