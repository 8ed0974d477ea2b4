/* kafka.h -- what every librdkafka handle of ours has in common.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_KAFKA_H
#define DAEMON_KAFKA_H

#include <librdkafka/rdkafka.h>
#include <stdbool.h>
#include <stddef.h>

#include "fault.h"

/* A librdkafka property; without a value it is left as it is. A list of them ends with a
 * row without a name. */
struct kafka_property {
    const char *name;
    const char *value;
};

/* Why a user may not set this property; NULL when he may. */
const char *kafka_property_refusal(const char *name);

/* The i-th refused property, for the reference; NULL past the last. */
const char *kafka_property_refused(size_t i, const char **ret_why);

/* Whether its value must never be shown. */
bool kafka_property_is_secret(const char *name);

/* Asks librdkafka whether it takes the property; 0, or -1 with a sentence. */
int kafka_property_check(const char *name, const char *value, char *message, size_t size);

/* A configuration with the user's properties, then ours, our log and error callbacks, and
 * `opaque`; NULL with *fault set. */
rd_kafka_conf_t *kafka_conf_new(const struct kafka_property *user,
                                const struct kafka_property *ours, void *opaque,
                                struct fault *fault);

/* Makes the handle; *conf is taken and set to NULL, also on failure. A consumer's queues
 * are joined into one. */
rd_kafka_t *kafka_open(rd_kafka_type_t type, rd_kafka_conf_t **conf, struct fault *fault);

/* Fills *fault from an error of librdkafka, which it destroys; returns -1. Fencing is a
 * matter of state, everything else one of the world. `what` is what we tried to do. */
int kafka_fault(struct fault *fault, const char *what, rd_kafka_error_t *error);
int kafka_fault_code(struct fault *fault, const char *what, rd_kafka_resp_err_t code);

/* To be called when a broker has answered: ends an outage in the log. */
void kafka_note_alive(void);

/* Why the last certificate was refused; false when none was. */
bool kafka_refused_certificate(char *reason, size_t size);

/* A broker hears of a topic a moment after the controller has made it, and which one
 * answers is librdkafka's choice: what the first answer does not know is asked for again,
 * in steps, before it is missing. Seen with three brokers on a busy machine. */
#define KAFKA_NEWS_MS      3000
#define KAFKA_NEWS_STEP_US 20000

/* Asks for the topic's metadata on this handle, so that its first use does not wait for
 * librdkafka's own scan (1 to 2 s on 2.0.2). The number of partitions, or -1. */
int kafka_partitions(rd_kafka_t *rk, const char *topic, int timeout_ms,
                     struct fault *fault);

/* Who is told of the requests that a handle sends, by their number in Kafka's protocol;
 * on librdkafka's threads, until the handle is destroyed. */
struct kafka_watch {
    void (*on_request)(void *opaque, int16_t api_key);
    void *opaque;
};

/* Of the handle that will be made from `conf`, which stays the caller's on failure. */
int kafka_watch_requests(rd_kafka_conf_t *conf, struct kafka_watch *watch,
                         struct fault *fault);

/* From any thread: the offset past the last record that the consumer gave, and past the
 * ends of transactions and what was aborted behind it; -1 before the first. */
int64_t kafka_position(rd_kafka_t *rk, const char *topic, int32_t partition);

/* For one request of the kind. The caller's. */
rd_kafka_AdminOptions_t *kafka_admin_options(rd_kafka_t *rk, rd_kafka_admin_op_t op,
                                             int timeout_ms);

#endif
