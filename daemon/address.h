/* address.h -- "127.0.0.1:9464" as a socket address.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_ADDRESS_H
#define DAEMON_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>

struct address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } socket;
    socklen_t size;
};

/* IP:PORT or [IPv6]:PORT; no names, so that nothing has to be looked up. */
bool address_parse(const char *text, struct address *ret_address);

#endif
