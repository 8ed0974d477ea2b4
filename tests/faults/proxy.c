/* proxy.c -- see proxy.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each connection has two directions, and each direction one buffer. The one from the
 * client is followed frame by frame: four bytes of size, two of the request's kind. */
#include "proxy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "observer.h"

#define MAX_PIPES   256
#define BUFFER      65536
#define API_END_TXN 26
#define BURST_US    20000 /* what may go at once, when throttled: so much of its time */

struct lane {
    int from, to;
    char data[BUFFER];
    size_t n;
    bool is_closed; /* the sender has hung up */
};

struct pipe_pair {
    bool is_used;
    struct lane up; /* client to broker */
    struct lane down;
    /* Where in the client's frames we are. */
    unsigned char head[6];
    size_t n_head;
    size_t rest; /* bytes of this frame that are still to come */
    size_t free; /* bytes in up.data that may pass: those before a held request */
    int64_t held_until_us;
    int64_t paid_until_us; /* throttled: what was sent so far was due until then */
};

struct proxy {
    pthread_t thread;
    int listener;
    int target;
    atomic_int cut;
    atomic_int rate;     /* bytes a second and connection, to the broker; 0: any */
    atomic_int delay_ms; /* of the next EndTxn; 0: none is waited for */
    atomic_bool has_delivered;
    atomic_bool is_over;
    struct pipe_pair pipes[MAX_PIPES];
};

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void pipe_close(struct pipe_pair *pipe)
{
    close(pipe->up.from);
    close(pipe->up.to);
    pipe->is_used = false;
}

static void proxy_accept(struct proxy *proxy)
{
    struct pipe_pair *pipe = NULL;
    int client = accept4(proxy->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0)
        return;
    for (int i = 0; i < MAX_PIPES && !pipe; i++) {
        if (!proxy->pipes[i].is_used)
            pipe = &proxy->pipes[i];
    }
    struct sockaddr_in address = loopback(proxy->target);
    int broker = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (!pipe || atomic_load(&proxy->cut) == CUT_RESET || broker < 0 ||
        connect(broker, (const struct sockaddr *)&address, sizeof(address)) < 0) {
        close(client);
        close(broker);
        return;
    }
    (void)fcntl(broker, F_SETFL, O_NONBLOCK);
    memset(pipe, 0, sizeof(*pipe));
    pipe->is_used = true;
    pipe->up.from = pipe->down.to = client;
    pipe->up.to = pipe->down.from = broker;
}

static void lane_read(struct lane *lane)
{
    ssize_t size =
        recv(lane->from, lane->data + lane->n, sizeof(lane->data) - lane->n, 0);
    if (size > 0)
        lane->n += (size_t)size;
    else if (size == 0 || (errno != EAGAIN && errno != EINTR))
        lane->is_closed = true;
}

/* False when the receiver has gone. */
static bool lane_write(struct lane *lane, size_t most)
{
    ssize_t size = send(lane->to, lane->data, most, MSG_NOSIGNAL);
    if (size < 0)
        return errno == EAGAIN || errno == EINTR;
    lane->n -= (size_t)size;
    memmove(lane->data, lane->data + size, lane->n);
    return true;
}

/* How many of `most` bytes may go to the broker now. */
static size_t pipe_allowance(const struct proxy *proxy, struct pipe_pair *pipe,
                             size_t most)
{
    int64_t now = now_us(), rate = atomic_load(&proxy->rate);
    if (rate == 0)
        return most;
    if (pipe->paid_until_us < now - BURST_US) /* what was not used is not saved up */
        pipe->paid_until_us = now - BURST_US;
    int64_t due = (now - pipe->paid_until_us) * rate / 1000000;
    return due < (int64_t)most ? (size_t)(due > 0 ? due : 0) : most;
}

static void pipe_pay(const struct proxy *proxy, struct pipe_pair *pipe, size_t sent)
{
    int64_t rate = atomic_load(&proxy->rate);
    if (rate)
        pipe->paid_until_us += (int64_t)sent * 1000000 / rate;
}

/* Follows the frames over the bytes that came; the first one of a request that shall be
 * late is not counted as free to pass. */
static void pipe_follow(struct proxy *proxy, struct pipe_pair *pipe, size_t from)
{
    size_t at = from;
    while (at < pipe->up.n && !pipe->held_until_us) {
        if (pipe->rest > 0) {
            size_t n = pipe->up.n - at < pipe->rest ? pipe->up.n - at : pipe->rest;
            pipe->rest -= n;
            at += n;
            continue;
        }
        pipe->head[pipe->n_head++] = (unsigned char)pipe->up.data[at++];
        if (pipe->n_head < sizeof(pipe->head))
            continue;
        uint32_t size = (uint32_t)pipe->head[0] << 24 | (uint32_t)pipe->head[1] << 16 |
                        (uint32_t)pipe->head[2] << 8 | pipe->head[3];
        int key = pipe->head[4] << 8 | pipe->head[5];
        pipe->n_head = 0;
        pipe->rest = size - 2;
        /* One whose first bytes have passed already is not worth the trouble. */
        bool is_whole = at >= sizeof(pipe->head);
        int delay_ms =
            key == API_END_TXN && is_whole ? atomic_exchange(&proxy->delay_ms, 0) : 0;
        if (delay_ms) {
            pipe->held_until_us = now_us() + (int64_t)delay_ms * 1000;
            at -= sizeof(pipe->head);
        }
    }
    pipe->free = at;
}

static void pipe_release(struct proxy *proxy, struct pipe_pair *pipe)
{
    if (!pipe->held_until_us || now_us() < pipe->held_until_us)
        return;
    pipe->held_until_us = 0;
    pipe->rest = 0;
    pipe->n_head = 0;
    pipe_follow(proxy, pipe, pipe->free);
    atomic_store(&proxy->has_delivered, true);
}

static bool pipe_is_done(const struct pipe_pair *pipe)
{
    /* What a client sent before it hung up still arrives. */
    return (pipe->up.is_closed && pipe->up.n == 0 && !pipe->held_until_us) ||
           (pipe->down.is_closed && pipe->down.n == 0);
}

static void pipe_turn(struct proxy *proxy, struct pipe_pair *pipe, short up, short down)
{
    enum proxy_cut cut = (enum proxy_cut)atomic_load(&proxy->cut);
    bool is_well = true;
    if (cut == CUT_RESET) {
        pipe_close(pipe);
        return;
    }
    pipe_release(proxy, pipe);
    if (up && pipe->up.n < BUFFER) {
        size_t from = pipe->up.n;
        lane_read(&pipe->up);
        if (!pipe->held_until_us)
            pipe_follow(proxy, pipe, from);
    }
    if (down && pipe->down.n < BUFFER)
        lane_read(&pipe->down);
    size_t due = pipe->free ? pipe_allowance(proxy, pipe, pipe->free) : 0;
    if (cut != CUT_FREEZE && due) {
        size_t n = pipe->up.n;
        is_well = lane_write(&pipe->up, due);
        pipe->free -= n - pipe->up.n;
        pipe_pay(proxy, pipe, n - pipe->up.n);
    }
    if (cut == CUT_NOT && pipe->down.n && !pipe->up.is_closed)
        is_well = lane_write(&pipe->down, pipe->down.n) && is_well;
    else if (pipe->up.is_closed)
        pipe->down.n = 0; /* nobody hears it */
    if (!is_well || pipe_is_done(pipe))
        pipe_close(pipe);
}

static void *proxy_run(void *opaque)
{
    struct proxy *proxy = opaque;
    struct pollfd fds[1 + 2 * MAX_PIPES];
    while (!atomic_load(&proxy->is_over)) {
        fds[0] = (struct pollfd){.fd = proxy->listener, .events = POLLIN};
        for (int i = 0; i < MAX_PIPES; i++) {
            const struct pipe_pair *pipe = &proxy->pipes[i];
            bool is_up = pipe->is_used && !pipe->up.is_closed && pipe->up.n < BUFFER;
            bool is_down =
                pipe->is_used && !pipe->down.is_closed && pipe->down.n < BUFFER;
            fds[1 + 2 * i] = (struct pollfd){is_up ? pipe->up.from : -1, POLLIN, 0};
            fds[2 + 2 * i] = (struct pollfd){is_down ? pipe->down.from : -1, POLLIN, 0};
        }
        (void)poll(fds, 1 + 2 * MAX_PIPES, 5); /* what is held back has no event */
        for (int i = 0; i < MAX_PIPES; i++) {
            if (proxy->pipes[i].is_used)
                pipe_turn(proxy, &proxy->pipes[i], fds[1 + 2 * i].revents,
                          fds[2 + 2 * i].revents);
        }
        if (fds[0].revents)
            proxy_accept(proxy);
    }
    return NULL;
}

struct proxy *proxy_open(int port, int target)
{
    int yes = 1;
    struct sockaddr_in address = loopback(port);
    struct proxy *proxy = calloc(1, sizeof(*proxy));
    CHECK(proxy, "out of memory");
    proxy->target = target;
    proxy->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    (void)setsockopt(proxy->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    CHECK(bind(proxy->listener, (const struct sockaddr *)&address, sizeof(address)) ==
                  0 &&
              listen(proxy->listener, 64) == 0,
          "port %d: %s", port, strerror(errno));
    CHECK(pthread_create(&proxy->thread, NULL, proxy_run, proxy) == 0, "no thread");
    return proxy;
}

void proxy_cut(struct proxy *proxy, enum proxy_cut cut)
{
    atomic_store(&proxy->cut, cut);
}

void proxy_throttle(struct proxy *proxy, int bytes_per_second)
{
    atomic_store(&proxy->rate, bytes_per_second);
}

void proxy_delay_end(struct proxy *proxy, int ms)
{
    atomic_store(&proxy->has_delivered, false);
    atomic_store(&proxy->delay_ms, ms);
}

bool proxy_has_delivered(struct proxy *proxy)
{
    return atomic_load(&proxy->has_delivered);
}

void proxy_close(struct proxy *proxy)
{
    atomic_store(&proxy->is_over, true);
    CHECK(pthread_join(proxy->thread, NULL) == 0, "the thread is lost");
    for (int i = 0; i < MAX_PIPES; i++) {
        if (proxy->pipes[i].is_used)
            pipe_close(&proxy->pipes[i]);
    }
    close(proxy->listener);
    free(proxy);
}
