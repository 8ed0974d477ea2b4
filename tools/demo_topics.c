/* demo_topics.c -- names, creation, configuration, removal.
 * SPDX-License-Identifier: Apache-2.0 */
#include "demo_topics.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DELETE_MS = 10000, N_TOPICS = 5 };

void demo_topics_init(struct demo_topics *topics, bool is_real)
{
    char prefix[64] = "news";

    if (is_real)
        (void)snprintf(prefix, sizeof(prefix), "wiredesk-demo-%llx-%lx",
                       (unsigned long long)time(NULL) & 0xffffff, (long)getpid());
    (void)snprintf(topics->input, sizeof(topics->input), "%s.raw", prefix);
    (void)snprintf(topics->output, sizeof(topics->output), "%s.enriched", prefix);
    (void)snprintf(topics->dlq, sizeof(topics->dlq), "%s.enriched.dlq", prefix);
    (void)snprintf(topics->sketch, sizeof(topics->sketch), "%s.enriched.sketch", prefix);
    (void)snprintf(topics->clusters, sizeof(topics->clusters), "%s.enriched.clusters",
                   prefix);
    (void)snprintf(topics->group, sizeof(topics->group), "%s",
                   is_real ? prefix : "wiredesk");
}

int demo_topics_create_mock(const struct demo_topics *topics,
                            rd_kafka_mock_cluster_t *cluster)
{
    const char *const names[N_TOPICS] = {topics->input, topics->output, topics->dlq,
                                         topics->sketch, topics->clusters};

    for (size_t i = 0; i < N_TOPICS; i++) {
        if (rd_kafka_mock_topic_create(cluster, names[i], 1, 1) !=
            RD_KAFKA_RESP_ERR_NO_ERROR)
            return -1;
    }
    return 0;
}

static void put_setting(struct wd_buf *buf, const char *name, const char *value)
{
    wd_buf_append_z(buf, name);
    wd_buf_append_z(buf, " = ");
    wd_buf_append_z(buf, value);
    wd_buf_append_char(buf, '\n');
}

void demo_topics_config(const struct demo_topics *topics, const struct client *client,
                        const char *const *properties, size_t n_properties, bool is_mock,
                        struct wd_buf *buf)
{
    char brokers[1024] = "";
    size_t size = sizeof(brokers);

    (void)rd_kafka_conf_get(client->conf, "bootstrap.servers", brokers, &size);
    wd_buf_append_z(buf, "[input]\n");
    put_setting(buf, "topics", topics->input);
    wd_buf_append_z(buf, "[output]\n");
    put_setting(buf, "topic", topics->output);
    wd_buf_append_z(buf, "[desk]\n");
    put_setting(buf, "group", topics->group);
    if (is_mock) { /* it keeps no offsets in transactions, and knows no topic settings */
        put_setting(buf, "check_offsets", "no");
        put_setting(buf, "check_topics", "no");
    }
    wd_buf_append_z(buf, "[kafka]\n");
    put_setting(buf, "bootstrap.servers", brokers);
    for (size_t i = 0; i < n_properties; i++) {
        const char *equals = strchr(properties[i], '='); /* checked by client_option() */
        wd_buf_append(buf, properties[i], (size_t)(equals - properties[i]));
        put_setting(buf, "", equals + 1);
    }
}

void demo_topics_delete(const struct demo_topics *topics, rd_kafka_t *rk)
{
    const char *const names[N_TOPICS] = {topics->input, topics->output, topics->dlq,
                                         topics->sketch, topics->clusters};
    rd_kafka_DeleteTopic_t *requests[N_TOPICS];
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);

    for (size_t i = 0; i < N_TOPICS; i++)
        requests[i] = rd_kafka_DeleteTopic_new(names[i]);
    rd_kafka_DeleteTopics(rk, requests, N_TOPICS, NULL, queue);
    rd_kafka_event_t *event = rd_kafka_queue_poll(queue, DELETE_MS);
    if (event)
        rd_kafka_event_destroy(event);
    rd_kafka_DeleteTopic_destroy_array(requests, N_TOPICS);
    rd_kafka_queue_destroy(queue);
}
