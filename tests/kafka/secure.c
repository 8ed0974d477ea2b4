/* secure.c -- TLS and SCRAM: what is right works, what is wrong is named, nothing leaks.
 * SPDX-License-Identifier: Apache-2.0
 *
 * script/kafka --secure has made an authority, a certificate for "localhost" alone, and a
 * password; WD_KAFKA_DIR is its folder, WD_KAFKA_SECURE the port. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "claims.h"
#include "verify.h"

#define PATIENCE_MS 60000

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    CHECK(value, "%s is not set", name);
    return value;
}

static void read_file(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "re");
    CHECK(file, "%s: %s", path, strerror(errno));
    size_t n = fread(text, 1, size - 1, file);
    text[n] = '\0';
    fclose(file);
}

static void the_password(char text[100])
{
    char path[300];
    (void)snprintf(path, sizeof(path), "%s/tls/password", variable("WD_KAFKA_DIR"));
    read_file(path, text, 100);
    text[strcspn(text, "\n")] = '\0';
}

/* A file as an operator would write it; nobody else may read it. */
static void write_config(char path[200], const char *password, const char *authority)
{
    (void)snprintf(path, 200, "%s/secure.conf", work_dir());
    FILE *file = fopen(path, "we");
    CHECK(file && fchmod(fileno(file), 0600) == 0, "%s: %s", path, strerror(errno));
    fprintf(file,
            "[desk]\nstop_ms = 1000\n[kafka]\nsecurity.protocol = sasl_ssl\n"
            "sasl.mechanisms = SCRAM-SHA-256\nsasl.username = wiredesk\n"
            "sasl.password = %s\nssl.ca.location = %s/tls/%s.pem\n",
            password, variable("WD_KAFKA_DIR"), authority);
    CHECK(fclose(file) == 0, "%s: %s", path, strerror(errno));
}

static void start_secure(struct child *child, const struct deployment *dep,
                         const char *path, const char *host)
{
    char server[100];
    (void)snprintf(server, sizeof(server), "kafka.bootstrap.servers=%s:%s", host,
                   variable("WD_KAFKA_SECURE"));
    const char *sets[] = {server, NULL};
    child_start_with(child, dep, &(struct child_plan){.config_path = path, .sets = sets});
}

static bool file_has(const char *path, const char *text)
{
    static char bytes[1 << 20];
    FILE *file = fopen(path, "re");
    CHECK(file, "%s: %s", path, strerror(errno));
    size_t n = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    return memmem(bytes, n, text, strlen(text)) != NULL;
}

static int count_logged(const struct child *child, const char *text)
{
    char line[2048];
    int n = 0;
    FILE *file = fopen(child->log, "re");
    CHECK(file, "no log");
    while (fgets(line, sizeof(line), file))
        n += strstr(line, text) != NULL;
    fclose(file);
    return n;
}

static void tls_and_scram_work_or_say_why(uint64_t seed)
{
    static const struct {
        const char *host;
        const char *password; /* NULL: the right one */
        const char *authority;
        const char *sentence; /* NULL: it works */
    } rows[] = {
        {"localhost", NULL, "ca", NULL},
        {"127.0.0.1", NULL, "ca", "is for another host name"},
        {"localhost", NULL, "stranger", "is not from an authority in kafka.ssl.ca"},
        {"localhost", "guessed", "ca", "Authentication failed"},
    };
    struct deployment dep;
    char path[200], password[100];
    (void)seed;
    the_password(password);
    deployment_make(&dep, "secure", NULL, 1);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct child child;
        write_config(path, rows[i].password ? rows[i].password : password,
                     rows[i].authority);
        start_secure(&child, &dep, path, rows[i].host);
        CHECK(!rows[i].sentence || child_await_log(&child, rows[i].sentence, PATIENCE_MS),
              "row %zu: it does not say: %s", i, rows[i].sentence);
        /* Who was refused tries again meanwhile, and says no more. */
        bool is_active =
            child_await(&child, "STATUS=active", rows[i].sentence ? 3000 : PATIENCE_MS);
        CHECK(is_active == !rows[i].sentence, "row %zu: active %d", i, is_active);
        int n = count_logged(&child, "broker out of reach");
        CHECK(n == (rows[i].sentence ? 1 : 0), "row %zu: told %d times", i, n);
        child_end(&child);
    }
}

/* Not on the command line, not in the log, not in a print, not in a core. */
static void secrets_stay_secret(uint64_t seed)
{
    struct deployment dep;
    struct child child;
    struct records recs;
    char path[200], print[200], password[100], name[64], filter[32];
    (void)seed;
    the_password(password);
    deployment_make(&dep, "secret", NULL, 1);
    write_config(path, password, "ca");
    start_secure(&child, &dep, path, "localhost");
    CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "it is not active");
    struct feed *feed = feed_open(dep.input, 1);
    feed_articles(feed, 0, 20, 500);
    feed_close(feed);
    topic_read(dep.sketch, 20, PATIENCE_MS, &recs);
    records_free(&recs);

    (void)snprintf(name, sizeof(name), "/proc/%d/cmdline", (int)child.pid);
    CHECK(!file_has(name, password), "ps shows the password");
    (void)snprintf(name, sizeof(name), "/proc/%d/environ", (int)child.pid);
    CHECK(!file_has(name, password), "the environment shows the password");
    (void)snprintf(name, sizeof(name), "/proc/%d/coredump_filter", (int)child.pid);
    read_file(name, filter, sizeof(filter));
    CHECK(strtoul(filter, NULL, 16) == 0, "a core holds memory: %s", filter);
    child_end(&child);
    CHECK(!file_has(child.log, password), "the log shows the password");

    (void)snprintf(print, sizeof(print), "%s/print", work_dir());
    const char *const args[] = {"wiredeskd", "-c", path, "--print-config", NULL};
    CHECK(run_wiredeskd(args, print) == 0, "the settings are not printed");
    CHECK(file_has(print, "sasl.password = (hidden)") && !file_has(print, password),
          "the print shows the password");
    const char *const check[] = {"wiredeskd", "-c", path, "--check", NULL};
    CHECK(chmod(path, 0604) == 0, "%s: %s", path, strerror(errno));
    CHECK(run_wiredeskd(check, print) == 2 && file_has(print, "everybody may read it"),
          "a secret that everybody may read is taken");
}

const struct claim secure_claims[] = {
    {"tls_and_scram_work_or_say_why", tls_and_scram_work_or_say_why},
    {"secrets_stay_secret", secrets_stay_secret},
    {NULL, NULL},
};
