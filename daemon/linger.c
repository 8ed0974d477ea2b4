/* linger.c -- see linger.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A record that is overdue makes librdkafka spin until it can leave (sink.c), so none
 * shall be before its transaction ends. But librdkafka takes no linger.ms that is as long
 * as a record's whole time, which a user may have made short: then it follows that. */
#include "linger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MORE_MS 800 /* of a busy machine: an open transaction may get older */

/* The properties that bound a record's time, each of their names. */
static const char *const timeouts[] = {"message.timeout.ms", "delivery.timeout.ms",
                                       "transaction.timeout.ms"};

static bool is_timeout(const char *name)
{
    for (size_t i = 0; i < sizeof(timeouts) / sizeof(timeouts[0]); i++) {
        if (strcmp(timeouts[i], name) == 0)
            return true;
    }
    return false;
}

static bool is_linger(const char *name)
{
    return strcmp(name, "linger.ms") == 0 || strcmp(name, "queue.buffering.max.ms") == 0;
}

const char *linger_ms(const struct config *cfg, char text[LINGER_SIZE])
{
    long long linger = cfg->commit_ms + MORE_MS;
    for (size_t i = 0; i < cfg->n_kafka; i++) {
        const struct kafka_property *property = &cfg->kafka[i];
        if (is_linger(property->name))
            return NULL;
        if (!is_timeout(property->name))
            continue;
        long long most = strtoll(property->value, NULL, 10) - 1; /* 0 is for ever */
        if (most >= 0 && most < linger)
            linger = most;
    }
    (void)snprintf(text, LINGER_SIZE, "%lld", linger);
    return text;
}
