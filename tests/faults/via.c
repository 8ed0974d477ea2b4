/* via.c -- see via.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "via.h"

#include <stdio.h>
#include <stdlib.h>

#include "check.h"

#define VIA_BEHIND 20 /* as script/kafka has it */

static int via_port(void)
{
    const char *port = getenv("WD_KAFKA_VIA");
    CHECK(port, "WD_KAFKA_VIA does not say where the broker expects a proxy");
    return (int)strtol(port, NULL, 10);
}

struct proxy *via_open(struct round *round)
{
    (void)snprintf(round->more_set, sizeof(round->more_set),
                   "kafka.bootstrap.servers=127.0.0.1:%d", via_port());
    return proxy_open(via_port(), via_port() + VIA_BEHIND);
}
