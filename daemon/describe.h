/* describe.h -- the settings of topics and brokers, asked of the cluster.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_DESCRIBE_H
#define DAEMON_DESCRIBE_H

#include <librdkafka/rdkafka.h>

#include "fault.h"

struct described {
    void *opaque;
    /* The resource `name` was found, or why not. */
    void (*on_resource)(void *opaque, const char *name, rd_kafka_resp_err_t code);
    /* One of its settings; after on_resource. */
    void (*on_setting)(void *opaque, const char *name, const char *setting,
                       const char *value);
};

/* Asks for all settings of `n` resources of one type (topics by name, brokers by number).
 * 0, or -1 with *fault set when nobody answers. */
int describe(rd_kafka_t *rk, rd_kafka_ResourceType_t type, const char *const *names,
             size_t n, int timeout_ms, const struct described *to, struct fault *fault);

#endif
