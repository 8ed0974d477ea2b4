/* demo_topics.h -- the topics of a demonstration, and the configuration that names them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_DEMO_TOPICS_H
#define TOOLS_DEMO_TOPICS_H

#include <librdkafka/rdkafka.h>
#include <stdbool.h>
#include <stddef.h>

#include <librdkafka/rdkafka_mock.h>

#include "client.h"
#include "wiredesk/buf.h"

struct demo_topics {
    char input[96];
    char output[96];
    char dlq[96];
    char sketch[96];
    char clusters[96];
    char group[96];
};

/* The default names; `is_real`: names that nobody else uses, since on a broker outside
 * the topics of an earlier demonstration would be remembered articles. */
void demo_topics_init(struct demo_topics *topics, bool is_real);

/* One partition each. 0, or -1. */
int demo_topics_create_mock(const struct demo_topics *topics,
                            rd_kafka_mock_cluster_t *cluster);

/* wiredeskd's configuration; `properties` are NAME=VALUE for its [kafka] section. */
void demo_topics_config(const struct demo_topics *topics, const struct client *client,
                        const char *const *properties, size_t n_properties, bool is_mock,
                        struct wd_buf *buf);

/* Asks a real broker to remove them; what fails is left behind. */
void demo_topics_delete(const struct demo_topics *topics, rd_kafka_t *rk);

#endif
