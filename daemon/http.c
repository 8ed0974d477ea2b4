/* http.c -- libmicrohttpd, driven by libuv.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The library runs without a thread of its own: it waits in an epoll descriptor, which
 * the loop polls, and says when it wants to be called again without an event. So pages
 * are written on the loop's thread and read its state without a lock; in turn everything
 * about a connection is bounded, since whoever asks must not hold up articles: the number
 * of connections, their memory (a longer request line or header is refused), their
 * silence. Requests carry nothing: GET and HEAD only, and a body is not read.
 *
 * There is no authentication. The default address is the loopback; whoever opens it to a
 * network has a proxy or a network policy for that. */
#include "http.h"

#include <microhttpd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "log.h"

#define CONNECTIONS   32
#define PER_ADDRESS   16
#define REQUEST_BYTES 16384
#define SILENCE_S     10
#define BODY_CEILING  (4u << 20)

struct http {
    struct http_handler handler;
    struct MHD_Daemon *mhd;
    uv_poll_t poll;
    uv_timer_t timer;
    unsigned n_handles; /* to be closed */
};

/* The library's own lines tell of peers that went away: for debugging. */
static void on_log(void *opaque, const char *fmt, va_list args)
    __attribute__((format(printf, 2, 0)));

static void on_log(void *opaque, const char *fmt, va_list args)
{
    char text[256];
    (void)opaque;
    (void)vsnprintf(text, sizeof(text), fmt, args); /* may be cut */
    text[strcspn(text, "\n")] = '\0';
    log_debug("http", LOG_TEXT("text", text));
}

static enum MHD_Result reply_send(struct MHD_Connection *connection,
                                  struct http_reply *reply)
{
    if (wd_buf_status(&reply->body) != 0) {
        reply->status = MHD_HTTP_INTERNAL_SERVER_ERROR;
        wd_buf_clear(&reply->body);
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(
        reply->body.size, reply->body.data, MHD_RESPMEM_MUST_COPY);
    wd_buf_done(&reply->body);
    if (!response)
        return MHD_NO; /* cuts the connection */
    /* They fail only for want of memory; the answer is then less polite. */
    (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
    (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    (void)MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    if (reply->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
    enum MHD_Result r = MHD_queue_response(connection, reply->status, response);
    MHD_destroy_response(response);
    return r;
}

/* Called twice for a request: when its head is read, then when its body is. A GET is
 * answered the second time, which lets the connection stay open; anything else at once,
 * so that its body is never waited for. */
static enum MHD_Result on_request(void *opaque, struct MHD_Connection *connection,
                                  const char *path, const char *method,
                                  const char *version, const char *upload,
                                  size_t *upload_size, void **state)
{
    static const int seen;
    const struct http *http = opaque;
    struct http_reply reply = {.status = MHD_HTTP_OK,
                               .type = "text/plain; charset=utf-8"};
    bool is_read = strcmp(method, MHD_HTTP_METHOD_GET) == 0 ||
                   strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
    (void)version;
    (void)upload;
    if (is_read && !*state) {
        *state = (void *)(uintptr_t)&seen;
        return MHD_YES;
    }
    if (*upload_size) {
        *upload_size = 0;
        return MHD_YES;
    }
    wd_buf_init(&reply.body, BODY_CEILING);
    if (is_read) {
        http->handler.answer(http->handler.opaque, path, &reply);
    } else {
        reply.status = MHD_HTTP_METHOD_NOT_ALLOWED;
        wd_buf_append_z(&reply.body, "only GET and HEAD\n");
    }
    return reply_send(connection, &reply);
}

static void http_turn(struct http *http);

static void timer_rang(uv_timer_t *timer)
{
    http_turn(timer->data);
}

static void poll_ready(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    http_turn(poll->data);
}

static void http_turn(struct http *http)
{
    MHD_UNSIGNED_LONG_LONG ms;
    (void)MHD_run(http->mhd); /* fails only for a daemon with a thread */
    if (MHD_get_timeout(http->mhd, &ms) == MHD_YES)
        (void)uv_timer_start(&http->timer, timer_rang, ms, 0);
    else
        (void)uv_timer_stop(&http->timer);
}

/* Not MHD_OPTION_LISTENING_ADDRESS_REUSE: it means SO_REUSEPORT, and two daemons on one
 * port would answer by turns. */
static struct MHD_Daemon *mhd_start(struct http *http, const struct address *address)
{
    unsigned flags = MHD_USE_EPOLL | MHD_USE_ERROR_LOG;
    if (address->socket.any.sa_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, http, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
        MHD_OPTION_SOCK_ADDR, &address->socket.any, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)PER_ADDRESS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)REQUEST_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_S, MHD_OPTION_END);
}

static int http_watch(struct http *http, uv_loop_t *loop)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(http->mhd, MHD_DAEMON_INFO_EPOLL_FD);
    int r = info ? uv_timer_init(loop, &http->timer) : UV_ENOTSUP;
    if (r < 0)
        return r;
    http->n_handles++;
    http->timer.data = http->poll.data = http;
    r = uv_poll_init(loop, &http->poll, info->epoll_fd);
    if (r < 0)
        return r;
    http->n_handles++;
    return uv_poll_start(&http->poll, UV_READABLE, poll_ready);
}

struct http *http_open(uv_loop_t *loop, const char *text,
                       const struct http_handler *handler, char *why, size_t why_size)
{
    struct address address;
    struct http *http = calloc(1, sizeof(*http));
    if (!http || !address_parse(text, &address)) {
        (void)snprintf(why, why_size, http ? "no address" : "out of memory");
        free(http);
        return NULL;
    }
    http->handler = *handler;
    errno = 0;
    http->mhd = mhd_start(http, &address);
    if (!http->mhd) {
        (void)snprintf(why, why_size, "%s", errno ? strerror(errno) : "out of memory");
        free(http);
        return NULL;
    }
    int r = http_watch(http, loop);
    if (r < 0) {
        (void)snprintf(why, why_size, "%s", uv_strerror(r));
        http_close(http);
        return NULL;
    }
    return http;
}

unsigned http_port(const struct http *http)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(http->mhd, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

static void handle_closed(uv_handle_t *handle)
{
    struct http *http = handle->data;
    if (--http->n_handles == 0)
        free(http);
}

void http_close(struct http *http)
{
    if (!http)
        return;
    /* The poll first: the descriptor must not be reused while the loop watches it. */
    if (http->n_handles > 1)
        uv_close((uv_handle_t *)&http->poll, handle_closed);
    MHD_stop_daemon(http->mhd);
    if (http->n_handles > 0)
        uv_close((uv_handle_t *)&http->timer, handle_closed);
    else
        free(http);
}
