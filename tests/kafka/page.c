/* page.c -- see page.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "page.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

#define PAGE_MOST 65536
#define SERVED    "msg=\"metrics and health are served\""

/* The port that the child has told its log. */
static int page_port(const struct child *child)
{
    char line[2048];
    long port = 0;
    FILE *file = fopen(child->log, "re");
    CHECK(file, "no log");
    while (port == 0 && fgets(line, sizeof(line), file)) {
        const char *at = strstr(line, SERVED) ? strstr(line, " port=") : NULL;
        if (at)
            port = strtol(at + strlen(" port="), NULL, 10);
    }
    fclose(file);
    CHECK(port > 0, "it serves no pages");
    return (int)port;
}

static void page_get(int port, const char *path, char page[PAGE_MOST])
{
    char request[120];
    size_t used = 0;
    ssize_t n = 1;
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)port),
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int size =
        snprintf(request, sizeof(request), "GET %s HTTP/1.0\r\nHost: test\r\n\r\n", path);
    CHECK(fd >= 0 &&
              connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 &&
              send(fd, request, (size_t)size, MSG_NOSIGNAL) == size,
          "%s cannot be asked for", path);
    for (; n > 0 && used < PAGE_MOST - 1; used += (size_t)(n > 0 ? n : 0))
        n = recv(fd, page + used, PAGE_MOST - 1 - used, 0);
    close(fd);
    page[used] = '\0';
}

double child_metric(const struct child *child, const char *name)
{
    static char page[PAGE_MOST];
    char start[120];
    (void)snprintf(start, sizeof(start), "\n%s ", name);
    page_get(page_port(child), "/metrics", page);
    const char *at = strstr(page, start);
    CHECK(at, "there is no metric %s", name);
    return strtod(at + strlen(start), NULL);
}
