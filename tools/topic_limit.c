/* topic_limit.c -- see topic_limit.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "topic_limit.h"

#include <stdlib.h>
#include <string.h>

static void drop_delivery(rd_kafka_t *rk, const rd_kafka_message_t *message, void *opaque)
{
    (void)rk, (void)message, (void)opaque; /* nothing is sent through this handle */
}

static size_t limit_in(const rd_kafka_ConfigResource_t *resource)
{
    size_t n;
    const rd_kafka_ConfigEntry_t **entries =
        rd_kafka_ConfigResource_configs(resource, &n);

    for (size_t i = 0; i < n; i++) {
        const char *value = rd_kafka_ConfigEntry_value(entries[i]);
        if (value &&
            strcmp(rd_kafka_ConfigEntry_name(entries[i]), "max.message.bytes") == 0)
            return (size_t)strtoull(value, NULL, 10);
    }
    return 0;
}

static size_t ask(rd_kafka_t *rk, const char *topic)
{
    rd_kafka_ConfigResource_t *asked =
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic);
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
    rd_kafka_event_t *event;
    size_t n = 0, limit = 0;

    rd_kafka_DescribeConfigs(rk, &asked, 1, NULL, queue);
    event = rd_kafka_queue_poll(queue, CLIENT_SECONDS * 1000);
    if (event && !rd_kafka_event_error(event)) {
        const rd_kafka_ConfigResource_t **found =
            rd_kafka_DescribeConfigs_result_resources(
                rd_kafka_event_DescribeConfigs_result(event), &n);
        limit = n == 1 ? limit_in(found[0]) : 0;
    }
    if (event)
        rd_kafka_event_destroy(event);
    rd_kafka_queue_destroy(queue);
    rd_kafka_ConfigResource_destroy(asked);
    return limit;
}

size_t topic_limit(struct client *client, const char *topic)
{
    rd_kafka_t *rk = client_producer(client, NULL, drop_delivery, NULL);
    size_t limit = 0;

    if (rk) {
        limit = ask(rk, topic);
        rd_kafka_destroy(rk);
    }
    return limit;
}
