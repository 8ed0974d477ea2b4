/* proxy.h -- a network that can be cut, between instances and a broker.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A TCP proxy on 127.0.0.1, in a thread of its own, that knows as much of Kafka's
 * protocol as it takes to recognise an EndTxn request. */
#ifndef FAULTS_PROXY_H
#define FAULTS_PROXY_H

#include <stdbool.h>

enum proxy_cut {
    CUT_NOT,
    CUT_RESET,  /* connections are closed, new ones too */
    CUT_FREEZE, /* no byte passes, in either direction; nobody is told */
    CUT_UP,     /* requests pass, answers do not */
};

struct proxy;

/* From 127.0.0.1:`port` to 127.0.0.1:`target`. */
struct proxy *proxy_open(int port, int target);

void proxy_cut(struct proxy *proxy, enum proxy_cut cut);

/* No connection brings more than so many bytes a second to the broker; 0: as it comes. */
void proxy_throttle(struct proxy *proxy, int bytes_per_second);

/* The next EndTxn request, and what follows it on its connection, reaches the broker `ms`
 * late, also when the client has hung up by then. */
void proxy_delay_end(struct proxy *proxy, int ms);

/* Whether that has happened. */
bool proxy_has_delivered(struct proxy *proxy);

void proxy_close(struct proxy *proxy);

#endif
