/* child.h -- wiredeskd as a child process.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef KAFKA_CHILD_H
#define KAFKA_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* One deployment: an input, an output and a group. Each test makes its own names. */
struct deployment {
    char input[80];
    char output[80];
    char dlq[96];
    char sketch[96];
    char group[80];
    char clusters[96];
};

/* Names that no other test or run has; the outputs are made by `--topics create`, the
 * input by topic_make() unless it is there (`input` of another deployment, or NULL). */
void deployment_make(struct deployment *dep, const char *name, const char *input,
                     int partitions);

/* Makes the topic between the roles tag and desk, too. */
void deployment_add_roles(const struct deployment *dep);

/* Deletes its topics, the input among them: a broker that lives on, as that of a
 * benchmark does, would keep them for ever. */
void deployment_remove(const struct deployment *dep);

struct child {
    pid_t pid;
    int socket;
    char log[200];
    char socket_path[100];
};

/* Starts wiredeskd for the deployment (or what WD_KAFKA_WIREDESKD names, as it would);
 * `more` are further --set values, ends with NULL. What it logs is shown when the test
 * fails. */
void child_start(struct child *child, const struct deployment *dep,
                 const char *const *more);

/* What else may be said at its start; all may be NULL. */
struct child_plan {
    const char *config_path;
    const char *const *sets;  /* further --set values, ends with NULL */
    bool is_traced;           /* passed points go to <log>.trace; daemon/probe.h */
    const char *variables[4]; /* NAME=VALUE, into its environment; ends with NULL */
};

void child_start_with(struct child *child, const struct deployment *dep,
                      const struct child_plan *plan);

/* A folder that is gone when the test ends. */
const char *work_dir(void);

/* The struct of a running child was copied from `old` to `fresh`, which is watched now.
 */
void child_moved(const struct child *old, struct child *fresh);

/* Waits until the child says a line that begins with `word` on its notify socket. False
 * after `ms`. */
bool child_await(struct child *child, const char *word, int ms);

/* Forgets what it said so far. */
void child_forget(struct child *child);

bool child_has_ended(const struct child *child);

void child_signal(const struct child *child, int signum);

/* Its exit code, or 128 + the signal that ended it. Fails the test after `ms`. */
int child_wait(struct child *child, int ms);

/* SIGTERM, and it has to end well. */
void child_end(struct child *child);

/* Writes its log to stderr. */
void child_show(const struct child *child);

/* Whether its log holds `text`. */
bool child_logged(const struct child *child, const char *text);

/* Waits until its log holds `text`. False after `ms`, or when it has ended without. */
bool child_await_log(const struct child *child, const char *text, int ms);

/* A line of its /proc status in KB, as "VmRSS" or "RssAnon"; 0 when it is gone. */
long child_memory_kb(const struct child *child, const char *name);

/* What docs/sizing.md allows with the default window; instruments take their share. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CHILD_MEMORY_KB (4 * 512 * 1024)
#else
#define CHILD_MEMORY_KB (512 * 1024)
#endif

/* How many descriptors it has open. */
int child_descriptors(const struct child *child);

/* Processor time that it used so far, in milliseconds. */
long child_cpu_ms(const struct child *child);

/* Runs wiredeskd and waits; the exit code. Output goes to `out_path`. */
int run_wiredeskd(const char *const *args, const char *out_path);

#endif
