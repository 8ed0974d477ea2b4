/* notify.c -- the protocol of sd_notify(3), without its waiting.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One datagram of lines to the socket in $NOTIFY_SOCKET: the interface that systemd
 * promises to keep. libsystemd's own sd_notify() blocks when nobody reads the socket (ten
 * messages fit); a stuck manager, or a test that looks only for READY=1, would then stop
 * the loop. Here the message is lost instead. A manager that cannot be told is no reason
 * to stop either, so results are not looked at. */
#include "notify.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "patience.h"

static void notify_send(const char *text)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t size = path ? strlen(path) : 0;
    if (size < 2 || size >= sizeof(address.sun_path) || (*path != '/' && *path != '@'))
        return;
    memcpy(address.sun_path, path, size);
    if (*path == '@') /* an abstract name */
        address.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return;
    (void)sendto(fd, text, strlen(text), MSG_NOSIGNAL, (const struct sockaddr *)&address,
                 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size));
    close(fd);
}

static void notify_with_status(const char *line, const char *status)
{
    char text[512];
    (void)snprintf(text, sizeof(text), "%sSTATUS=%s", line, status); /* may be cut */
    notify_send(text);
}

void notify_ready(const char *status)
{
    notify_with_status("READY=1\n", status);
}

void notify_alive(void)
{
    notify_send("WATCHDOG=1");
}

int64_t notify_watchdog_ms(void)
{
    const char *usec = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    /* A parent's wish is not ours. */
    if (!usec || (pid && strtoll(pid, NULL, 10) != (long long)getpid()))
        return 0;
    int64_t ms = strtoll(usec, NULL, 10) / 1000;
    return ms > 0 ? ms : 0;
}

void notify_status(const char *status)
{
    notify_with_status("", status);
}

void notify_reloading(void)
{
    char text[80];
    /* systemd 253 and later wants the time with it; earlier ones pass over it. */
    (void)snprintf(text, sizeof(text), "RELOADING=1\nMONOTONIC_USEC=%lld",
                   (long long)monotonic_us());
    notify_send(text);
}

void notify_stopping(const char *status)
{
    notify_with_status("STOPPING=1\n", status);
}
