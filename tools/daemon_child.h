/* daemon_child.h -- a wiredeskd of our own, as a child process.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It is started with a configuration in a folder of its own, told to say when it is ready
 * the way it tells systemd, and stopped by SIGTERM. When we die, it dies. */
#ifndef TOOLS_DAEMON_CHILD_H
#define TOOLS_DAEMON_CHILD_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "command.h"

struct daemon_child {
    const struct command *cmd;
    char program[PATH_MAX];
    char folder[PATH_MAX - 64]; /* config, log and socket are in it; "": not made yet */
    int notify_fd;
    bool was_ready;
    pid_t pid;  /* 0: does not run */
    int status; /* as waitpid() gives it; valid when it has run and pid is 0 */
};

/* Finds the program and makes the folder. EXIT_FINE, or EXIT_USAGE after a message. */
int daemon_child_init(struct daemon_child *child, const struct command *cmd);

/* Writes the configuration. */
int daemon_child_configure(struct daemon_child *child, const char *text, size_t size);

/* Runs `wiredeskd --topics create` to its end. */
int daemon_child_create_topics(struct daemon_child *child);

/* Starts it and waits until it says READY=1; after a message that holds its last log
 * line, EXIT_USAGE. Returns early when *stop is set. */
int daemon_child_start(struct daemon_child *child, const volatile int *stop);

/* False once it has ended; it is then reaped. */
bool daemon_child_is_running(struct daemon_child *child);

/* SIGTERM, then SIGKILL after 20 seconds. True when it ended by itself with status 0, or
 * of that SIGTERM before it was ready: it had nothing to put in order yet. */
bool daemon_child_stop(struct daemon_child *child);

/* Prints why it ended: its exit status and the last line of its log. */
void daemon_child_tell_end(const struct daemon_child *child);

/* Removes the folder, unless `keep`; the child must not run. */
void daemon_child_done(struct daemon_child *child, bool keep);

#endif
