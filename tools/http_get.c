/* http_get.c -- see http_get.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The request says "Connection: close", so the answer ends with the connection; a
 * Content-Length that says otherwise means that it was cut off. */
#include "http_get.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WAIT_SECONDS = 5 };

static int refuse(char *why, size_t size, const char *text)
{
    (void)snprintf(why, size, "%s", text);
    return -1;
}

/* A socket that is connected, or -1. */
static int connect_first(const struct addrinfo *found)
{
    const struct timeval wait = {.tv_sec = WAIT_SECONDS};
    int fd = -1;

    for (; found && fd < 0; found = found->ai_next) {
        fd = socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC,
                    found->ai_protocol);
        if (fd < 0)
            continue;
        (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
        (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
        if (connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
            int error = errno;
            close(fd);
            errno = error;
            fd = -1;
        }
    }
    return fd;
}

static int connect_to(const char *where, char *why, size_t why_size)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    char host[256];
    const char *colon = strrchr(where, ':');
    size_t size = colon ? (size_t)(colon - where) : sizeof(host);

    if (size >= sizeof(host) || size == 0)
        return refuse(why, why_size, "it is no HOST:PORT");
    bool is_bracketed = where[0] == '[' && where[size - 1] == ']';
    (void)snprintf(host, sizeof(host), "%.*s", (int)(is_bracketed ? size - 2 : size),
                   is_bracketed ? where + 1 : where);
    int r = getaddrinfo(host, colon + 1, &hints, &found);
    if (r != 0)
        return refuse(why, why_size, gai_strerror(r));
    int fd = connect_first(found);
    freeaddrinfo(found);
    return fd < 0 ? refuse(why, why_size, strerror(errno)) : fd;
}

static bool send_all(int fd, const char *text, size_t size)
{
    while (size > 0) {
        ssize_t n = send(fd, text, size, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        text += n;
        size -= (size_t)n;
    }
    return true;
}

static bool receive_all(int fd, struct wd_buf *buf)
{
    for (;;) {
        char *at = wd_buf_reserve(buf, 4096);
        ssize_t n = at ? recv(fd, at, 4096, 0) : -1;
        if (n <= 0)
            return n == 0;
        buf->size += (size_t)n;
    }
}

/* Splits the answer: its status, the body alone in `buf`. -1 when it is none. */
static int take_body(struct wd_buf *buf)
{
    int status;
    wd_buf_append_char(buf, '\0');
    if (wd_buf_status(buf) != 0 || sscanf(buf->data, "HTTP/1.%*1d %3d", &status) != 1)
        return -1;
    char *end = strstr(buf->data, "\r\n\r\n");
    if (!end)
        return -1;
    size_t head = (size_t)(end - buf->data) + 4, size = buf->size - 1 - head;
    const char *length = strcasestr(buf->data, "\r\ncontent-length:");
    if (length && length < end && strtoull(length + 17, NULL, 10) != size)
        return -1;
    memmove(buf->data, buf->data + head, size);
    buf->size = size;
    return status;
}

int http_get(const char *where, const char *path, struct wd_buf *body, char *why,
             size_t why_size)
{
    char request[512];
    int fd = connect_to(where, why, why_size);

    if (fd < 0)
        return -1;
    int n =
        snprintf(request, sizeof(request),
                 "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, where);
    bool is_read = n > 0 && (size_t)n < sizeof(request) &&
                   send_all(fd, request, (size_t)n) && receive_all(fd, body);
    int error = errno;
    close(fd);
    if (!is_read)
        return refuse(why, why_size,
                      error == EAGAIN ? "it does not answer" : strerror(error));
    int status = take_body(body);
    return status < 0 ? refuse(why, why_size, "what answers is no HTTP server") : status;
}
