/* security.c -- see security.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * librdkafka speaks plaintext unless it is told otherwise, which is right on this machine
 * and wrong everywhere else, so it is said. Not looking at the broker's certificate is
 * never right by accident: it takes a setting of ours, besides librdkafka's. */
#include "security.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char *property(const struct config *cfg, const char *name)
{
    for (size_t i = 0; i < cfg->n_kafka; i++) {
        if (strcmp(cfg->kafka[i].name, name) == 0)
            return cfg->kafka[i].value;
    }
    return "";
}

const char *security_hole(const struct config *cfg)
{
    if (cfg->insecure)
        return NULL;
    if (strcmp(property(cfg, "enable.ssl.certificate.verification"), "false") == 0)
        return "enable.ssl.certificate.verification = false lets anybody pass for the "
               "broker; desk.insecure = yes allows it";
    if (strcmp(property(cfg, "ssl.endpoint.identification.algorithm"), "none") == 0)
        return "ssl.endpoint.identification.algorithm = none lets any holder of a "
               "certificate pass for the broker; desk.insecure = yes allows it";
    return NULL;
}

/* "host:port", "[::1]:port", "PROTOCOL://host:port". */
static bool is_this_machine(const char *server)
{
    static const char *const names[] = {"localhost", "127.", "[::1]", "::1"};
    const char *host = strstr(server, "://");
    host = host ? host + 3 : server;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        size_t size = strlen(names[i]);
        if (strncasecmp(host, names[i], size) == 0 &&
            (names[i][size - 1] == '.' || host[size] == ':' || host[size] == '\0'))
            return true;
    }
    return false;
}

bool security_plaintext(const struct config *cfg, char *server, size_t size)
{
    const char *protocol = property(cfg, "security.protocol");
    const char *at = property(cfg, "bootstrap.servers");
    if (strcasecmp(protocol, "ssl") == 0 || strcasecmp(protocol, "sasl_ssl") == 0)
        return false;
    while (*at) {
        at += strspn(at, ", ");
        size_t length = strcspn(at, ", ");
        (void)snprintf(server, size, "%.*s", (int)length,
                       at); /* cut: it is for a person */
        if (length && !is_this_machine(server))
            return true;
        at += length;
    }
    return false;
}

/* Secrets are copied about by the libraries that need them, so a core goes without all
 * memory that is ours alone (core(5)). */
static void keep_out_of_cores(void)
{
    static const char nothing[] = "0";
    int fd = open("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);
    bool is_set = fd >= 0 && write(fd, nothing, sizeof(nothing) - 1) > 0;
    if (fd >= 0)
        close(fd);
    if (!is_set)
        log_warning("a core of this process would hold its secrets",
                    LOG_TEXT("reason", "/proc/self/coredump_filter cannot be written"),
                    LOG_TEXT("action", "go on; set LimitCORE=0"));
}

void security_begin(const struct config *cfg)
{
    char server[256];
    bool has_secret = false;
    if (security_plaintext(cfg, server, sizeof(server)))
        log_warning("the broker is spoken to without encryption",
                    LOG_TEXT("broker", server),
                    LOG_TEXT("reason", "kafka.security.protocol is neither ssl nor "
                                       "sasl_ssl"),
                    LOG_TEXT("action", "go on"));
    for (size_t i = 0; i < cfg->n_kafka; i++)
        has_secret = has_secret || kafka_property_is_secret(cfg->kafka[i].name);
    if (has_secret)
        keep_out_of_cores();
}
