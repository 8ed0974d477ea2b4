/* probe.c -- see probe.h. Linked into builds for tests only.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A mapped file outlives the process, and costs an addition where a pipe would cost a
 * system call: the kills that come at random stay as random as they were. */
#include "probe.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char *const names[] = {
#define X(point, name, is_in_txn) name,
    PROBE_POINTS(X)
#undef X
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct probe_trace own, *trace = &own;
static int fatal_point = -1;
static unsigned fatal_count;

static void trace_map(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    void *memory = MAP_FAILED;
    if (ftruncate(fd, sizeof(*trace)) == 0)
        memory = mmap(NULL, sizeof(*trace), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory != MAP_FAILED)
        trace = memory;
    close(fd);
}

static void arm(const char *word)
{
    const char *colon = strchr(word, ':');
    size_t size = colon ? (size_t)(colon - word) : strlen(word);
    for (int i = 0; i < N_PROBE_POINTS; i++) {
        if (strlen(names[i]) == size && memcmp(names[i], word, size) == 0)
            fatal_point = i;
    }
    fatal_count = colon ? (unsigned)strtoul(colon + 1, NULL, 10) : 1;
    if (fatal_point < 0)
        abort(); /* a misspelt name would test nothing */
}

static void probe_open(void)
{
    const char *path = getenv("WD_PROBE_TRACE");
    const char *word = getenv("WD_PROBE");
    if (path)
        trace_map(path);
    if (word)
        arm(word);
}

void probe(enum probe_point point)
{
    (void)pthread_once(&once, probe_open);
    atomic_store(&trace->last, (int)point + 1);
    unsigned count = atomic_fetch_add(&trace->counts[point], 1) + 1;
    if ((int)point == fatal_point && count == fatal_count)
        (void)kill(getpid(), SIGKILL);
}
