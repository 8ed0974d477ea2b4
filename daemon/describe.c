/* describe.c -- see describe.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "describe.h"

#include <stdlib.h>

#include "kafka.h"

static void tell(const rd_kafka_ConfigResource_t *resource, const struct described *to)
{
    size_t n;
    const char *name = rd_kafka_ConfigResource_name(resource);
    const rd_kafka_ConfigEntry_t **entries =
        rd_kafka_ConfigResource_configs(resource, &n);
    to->on_resource(to->opaque, name, rd_kafka_ConfigResource_error(resource));
    for (size_t i = 0; i < n; i++) {
        const char *value = rd_kafka_ConfigEntry_value(entries[i]);
        if (value)
            to->on_setting(to->opaque, name, rd_kafka_ConfigEntry_name(entries[i]),
                           value);
    }
}

static rd_kafka_event_t *ask(rd_kafka_t *rk, rd_kafka_ConfigResource_t **asked, size_t n,
                             int timeout_ms)
{
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
    rd_kafka_AdminOptions_t *options =
        kafka_admin_options(rk, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeout_ms);
    rd_kafka_DescribeConfigs(rk, asked, n, options, queue);
    rd_kafka_event_t *event = rd_kafka_queue_poll(queue, timeout_ms + 1000);
    rd_kafka_AdminOptions_destroy(options);
    rd_kafka_queue_destroy(queue);
    return event;
}

int describe(rd_kafka_t *rk, rd_kafka_ResourceType_t type, const char *const *names,
             size_t n, int timeout_ms, const struct described *to, struct fault *fault)
{
    int r = -1;
    size_t n_found;
    rd_kafka_ConfigResource_t **asked = calloc(n, sizeof(*asked));
    if (!asked)
        return fault_set(fault, FAULT_WORLD, "out of memory");
    for (size_t i = 0; i < n; i++)
        asked[i] = rd_kafka_ConfigResource_new(type, names[i]);
    rd_kafka_event_t *event = ask(rk, asked, n, timeout_ms);
    if (!event || rd_kafka_event_error(event)) {
        (void)fault_set(fault, FAULT_WORLD, "asking for the settings of %s: %s",
                        type == RD_KAFKA_RESOURCE_TOPIC ? "topics" : "brokers",
                        event ? rd_kafka_event_error_string(event) : "no answer");
        goto out;
    }
    const rd_kafka_ConfigResource_t **found = rd_kafka_DescribeConfigs_result_resources(
        rd_kafka_event_DescribeConfigs_result(event), &n_found);
    for (size_t i = 0; i < n_found; i++)
        tell(found[i], to);
    r = 0;
out:
    if (event)
        rd_kafka_event_destroy(event);
    rd_kafka_ConfigResource_destroy_array(asked, n);
    free(asked);
    return r;
}
