/* topic_limit.h -- the largest batch that a topic takes.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_TOPIC_LIMIT_H
#define TOOLS_TOPIC_LIMIT_H

#include <stddef.h>

#include "client.h"

/* The topic's max.message.bytes; 0 when the broker does not say. */
size_t topic_limit(struct client *client, const char *topic);

#endif
