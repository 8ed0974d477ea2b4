/* http.h -- pages for operators and their tools, served by the loop.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_HTTP_H
#define DAEMON_HTTP_H

#include <uv.h>

#include "wiredesk/buf.h"

/* What is answered. */
struct http_reply {
    unsigned status;  /* 200, 404, 503 … */
    const char *type; /* a constant: the body's content type */
    struct wd_buf body;
};

struct http_handler {
    void *opaque;
    /* Fills the reply, whose body is empty; `path` comes without its query. On the
     * loop's thread. */
    void (*answer)(void *opaque, const char *path, struct http_reply *reply);
};

struct http;

/* Listens on `address` (IP:PORT). NULL when that cannot be, with the reason in `why`. */
struct http *http_open(uv_loop_t *loop, const char *address,
                       const struct http_handler *handler, char *why, size_t why_size);

/* The port that the system chose, when the address said 0; that of the address else. */
unsigned http_port(const struct http *http);

/* NULL-safe. Connections are cut; the memory goes with the loop's next turn. */
void http_close(struct http *http);

#endif
