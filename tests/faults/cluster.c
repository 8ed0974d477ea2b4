/* cluster.c -- see cluster.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cluster.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static long number_in(const char *path)
{
    long number = 0;
    char line[32];
    FILE *file = fopen(path, "re");
    CHECK(file, "%s: %s", path, strerror(errno));
    if (fgets(line, sizeof(line), file))
        number = strtol(line, NULL, 10);
    fclose(file);
    CHECK(number > 0, "%s holds no number", path);
    return number;
}

static const char *cluster_dir(void)
{
    const char *dir = getenv("WD_KAFKA_DIR");
    CHECK(dir, "WD_KAFKA_DIR does not say where the brokers live");
    return dir;
}

void broker_signal(int i, int signum)
{
    char path[300];
    (void)snprintf(path, sizeof(path), "%s/broker-%d/pid", cluster_dir(), i);
    CHECK(kill((pid_t)number_in(path), signum) == 0, "broker %d: %s", i, strerror(errno));
}

void cluster_mend(int n)
{
    char path[300], port[16], count[16];
    int status;
    (void)snprintf(path, sizeof(path), "%s/port", cluster_dir());
    (void)snprintf(port, sizeof(port), "%ld", number_in(path));
    (void)snprintf(count, sizeof(count), "%d", n);
    pid_t pid = fork();
    CHECK(pid >= 0, "no process: %s", strerror(errno));
    if (pid == 0) {
        (void)execl(WD_SCRIPT_KAFKA, "kafka", "start", "--brokers", count, "--port", port,
                    "--dir", cluster_dir(), (char *)NULL);
        _exit(127);
    }
    CHECK(waitpid(pid, &status, 0) == pid && status == 0, "the brokers do not come back");
}
