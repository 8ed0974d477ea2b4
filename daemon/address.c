/* address.c -- see address.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "address.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

/* 0 is a port too: the system then chooses one. */
static bool port_parse(const char *text, in_port_t *ret_port)
{
    char *end;
    if (*text < '0' || *text > '9' || strlen(text) > 5)
        return false;
    unsigned long port = strtoul(text, &end, 10);
    *ret_port = htons((in_port_t)port);
    return *end == '\0' && port <= 65535;
}

bool address_parse(const char *text, struct address *ret_address)
{
    char host[INET6_ADDRSTRLEN + 2]; /* with its brackets */
    struct address address = {0};
    const char *colon = strrchr(text, ':');
    size_t size = colon ? (size_t)(colon - text) : 0;
    if (size == 0 || size >= sizeof(host))
        return false;
    memcpy(host, text, size);
    host[size] = '\0';
    if (host[0] == '[' && host[size - 1] == ']') {
        host[size - 1] = '\0';
        address.socket.v6.sin6_family = AF_INET6;
        address.size = sizeof(address.socket.v6);
        if (inet_pton(AF_INET6, host + 1, &address.socket.v6.sin6_addr) != 1 ||
            !port_parse(colon + 1, &address.socket.v6.sin6_port))
            return false;
    } else {
        address.socket.v4.sin_family = AF_INET;
        address.size = sizeof(address.socket.v4);
        if (inet_pton(AF_INET, host, &address.socket.v4.sin_addr) != 1 ||
            !port_parse(colon + 1, &address.socket.v4.sin_port))
            return false;
    }
    *ret_address = address;
    return true;
}
