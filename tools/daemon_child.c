/* daemon_child.c -- fork, exec, READY=1, SIGTERM.
 * SPDX-License-Identifier: Apache-2.0
 *
 * READY=1 comes over a datagram socket (sd_notify(3)): no log line is parsed and no port
 * is tried. The log goes to a file, so that a chatty daemon can never block on us. */
#include "daemon_child.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pace.h"
#include "sibling.h"

enum { READY_MS = 60000, STOP_MS = 20000, STEP_MS = 20, CANNOT_EXEC = 127 };

static int fail(const struct daemon_child *child, const char *what)
{
    return command_fail(child->cmd, "%s: %s", what, strerror(errno));
}

static const char *path_in(const struct daemon_child *child, const char *name,
                           char path[PATH_MAX])
{
    (void)snprintf(path, PATH_MAX, "%s/%s", child->folder, name);
    return path;
}

static int open_socket(struct daemon_child *child)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char path[PATH_MAX];

    path_in(child, "notify", path);
    if (strlen(path) >= sizeof(address.sun_path))
        return command_fail(child->cmd, "TMPDIR is too long a path for a socket: %s",
                            child->folder);
    memcpy(address.sun_path, path, strlen(path) + 1);
    child->notify_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (child->notify_fd < 0 ||
        bind(child->notify_fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
        return fail(child, path);
    return EXIT_FINE;
}

int daemon_child_init(struct daemon_child *child, const struct command *cmd)
{
    const char *tmp = getenv("TMPDIR");

    *child = (struct daemon_child){.cmd = cmd, .notify_fd = -1};
    if (!sibling_path("wiredeskd", child->program))
        return command_fail(cmd,
                            "wiredeskd is not beside wiredesk; install them together");
    (void)snprintf(child->folder, sizeof(child->folder), "%s/wiredesk-demo.XXXXXX",
                   tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(child->folder)) {
        int code = fail(child, child->folder);
        child->folder[0] = '\0';
        return code;
    }
    return open_socket(child);
}

int daemon_child_configure(struct daemon_child *child, const char *text, size_t size)
{
    char path[PATH_MAX];
    FILE *file = fopen(path_in(child, "wiredesk.conf", path), "we");
    if (!file)
        return fail(child, path);

    bool is_written = fwrite(text, 1, size, file) == size;
    is_written = fclose(file) == 0 && is_written;
    return is_written ? EXIT_FINE : fail(child, path);
}

/* The child's side: never returns. */
static void become_daemon(const struct daemon_child *child, char *const *argv,
                          pid_t parent)
{
    char path[PATH_MAX];
    int log = open(path_in(child, "wiredeskd.log", path),
                   O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent || log < 0 || dup2(log, STDOUT_FILENO) < 0 ||
        dup2(log, STDERR_FILENO) < 0)
        _exit(CANNOT_EXEC);
    /* A Ctrl-C is for us; we stop it in good order. */
    (void)setpgid(0, 0);
    (void)execv(child->program, argv);
    perror(child->program);
    _exit(CANNOT_EXEC);
}

/* Runs it with one or two words before -c. */
static int spawn(struct daemon_child *child, const char *const words[2])
{
    char config[PATH_MAX], flag[] = "-c", name[] = "wiredeskd", first[32], second[32];
    char *argv[6] = {name};
    size_t n = 1;

    (void)snprintf(first, sizeof(first), "%s", words[0] ? words[0] : "");
    (void)snprintf(second, sizeof(second), "%s", words[1] ? words[1] : "");
    if (words[0])
        argv[n++] = first;
    if (words[1])
        argv[n++] = second;
    argv[n++] = flag;
    path_in(child, "wiredesk.conf", config);
    argv[n++] = config;

    pid_t parent = getpid(), pid = fork();
    if (pid < 0)
        return fail(child, "fork");
    if (pid == 0)
        become_daemon(child, argv, parent);
    child->pid = pid;
    return EXIT_FINE;
}

bool daemon_child_is_running(struct daemon_child *child)
{
    int status;

    if (child->pid == 0)
        return false;
    if (waitpid(child->pid, &status, WNOHANG) != child->pid)
        return true;
    child->pid = 0;
    child->status = status;
    return false;
}

void daemon_child_tell_end(const struct daemon_child *child)
{
    char path[PATH_MAX], line[512], last[512] = "";
    FILE *log = fopen(path_in(child, "wiredeskd.log", path), "re");

    while (log && fgets(line, sizeof(line), log)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0')
            memcpy(last, line, strlen(line) + 1);
    }
    if (log)
        (void)fclose(log);
    if (WIFSIGNALED(child->status))
        (void)command_fail(child->cmd, "wiredeskd died of signal %d: %s",
                           WTERMSIG(child->status), last);
    else
        (void)command_fail(child->cmd, "wiredeskd ended with status %d: %s",
                           WEXITSTATUS(child->status), last);
    fprintf(stderr, "wiredesk: its log is %s\n", path);
}

int daemon_child_create_topics(struct daemon_child *child)
{
    int code = spawn(child, (const char *const[]){"--topics", "create"});
    if (code != EXIT_FINE)
        return code;

    while (daemon_child_is_running(child))
        (void)poll(NULL, 0, STEP_MS);
    if (WIFEXITED(child->status) && WEXITSTATUS(child->status) == 0)
        return EXIT_FINE;
    daemon_child_tell_end(child);
    return EXIT_USAGE;
}

/* Whether a READY=1 has come. Each datagram holds lines of NAME=VALUE. */
static bool is_ready(const struct daemon_child *child)
{
    char message[1024];
    ssize_t size;

    while ((size = recv(child->notify_fd, message, sizeof(message) - 1, 0)) > 0) {
        message[size] = '\0';
        char *rest = message, *line;
        while ((line = strsep(&rest, "\n"))) {
            if (strcmp(line, "READY=1") == 0)
                return true;
        }
    }
    return false;
}

int daemon_child_start(struct daemon_child *child, const volatile int *stop)
{
    char path[PATH_MAX];
    int64_t deadline_ms = pace_now_ms() + READY_MS;

    if (setenv("NOTIFY_SOCKET", path_in(child, "notify", path), 1) < 0)
        return fail(child, "NOTIFY_SOCKET");
    int code = spawn(child, (const char *const[]){NULL, NULL});
    (void)unsetenv("NOTIFY_SOCKET");
    if (code != EXIT_FINE)
        return code;

    while (!*stop) {
        struct pollfd wait = {.fd = child->notify_fd, .events = POLLIN};
        (void)poll(&wait, 1, STEP_MS);
        child->was_ready = is_ready(child);
        if (child->was_ready)
            return EXIT_FINE;
        if (!daemon_child_is_running(child)) {
            daemon_child_tell_end(child);
            return EXIT_USAGE;
        }
        if (pace_now_ms() > deadline_ms)
            return command_fail(child->cmd,
                                "wiredeskd was not ready after %d s; its log is "
                                "%s/wiredeskd.log",
                                READY_MS / 1000, child->folder);
    }
    return EXIT_FINE;
}

bool daemon_child_stop(struct daemon_child *child)
{
    int64_t deadline_ms = pace_now_ms() + STOP_MS;
    bool is_killed = false;

    if (child->pid != 0)
        (void)kill(child->pid, SIGTERM);
    while (daemon_child_is_running(child)) {
        (void)poll(NULL, 0, STEP_MS);
        if (!is_killed && pace_now_ms() > deadline_ms) {
            (void)kill(child->pid, SIGKILL);
            is_killed = true;
        }
    }
    if (!child->was_ready && WIFSIGNALED(child->status))
        return WTERMSIG(child->status) == SIGTERM;
    return WIFEXITED(child->status) && WEXITSTATUS(child->status) == 0;
}

void daemon_child_done(struct daemon_child *child, bool keep)
{
    static const char *const names[] = {"wiredesk.conf", "wiredeskd.log", "notify"};
    char path[PATH_MAX];

    if (child->notify_fd >= 0)
        (void)close(child->notify_fd);
    child->notify_fd = -1;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && child->folder[0] && !keep;
         i++)
        (void)unlink(path_in(child, names[i], path)); /* it may not have come to be */
    if (child->folder[0] && !keep)
        (void)rmdir(child->folder);
}
