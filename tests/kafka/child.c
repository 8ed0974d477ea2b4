/* child.c -- see child.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "child.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "topic.h"

#define MAX_CHILDREN 64
#define MAX_ARGS     48

static struct child *alive[MAX_CHILDREN]; /* to be ended with the test */
static int n_started;

static int remove_one(const char *path, const struct stat *facts, int type,
                      struct FTW *walk)
{
    (void)facts;
    (void)type;
    (void)walk;
    return remove(path);
}

static char dir[64];

static void remove_work_dir(void)
{
    (void)nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *work_dir(void)
{
    if (!*dir) {
        (void)snprintf(dir, sizeof(dir), "/tmp/wiredesk-kafka.XXXXXX");
        CHECK(mkdtemp(dir), "no temporary folder: %s", strerror(errno));
        CHECK(atexit(remove_work_dir) == 0, "no room for an exit handler");
    }
    return dir;
}

static void show_log(const char *path)
{
    char line[2048];
    FILE *file = fopen(path, "re");
    if (!file)
        return;
    fprintf(stderr, "--- %s\n", path);
    while (fgets(line, sizeof(line), file))
        fputs(line, stderr);
    fclose(file);
}

/* At exit: no child survives its test. */
static void end_children(void)
{
    for (int i = 0; i < MAX_CHILDREN; i++) {
        if (!alive[i])
            continue;
        kill(alive[i]->pid, SIGKILL);
        waitpid(alive[i]->pid, NULL, 0);
        show_log(alive[i]->log);
    }
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The environment, with "NAME=value" added or changed; to be freed, not its strings. */
static char **environment_with(const char *const *variables)
{
    size_t n = 0, n_more = 0, n_kept = 0;
    while (environ[n])
        n++;
    while (variables && variables[n_more])
        n_more++;
    char **all = calloc(n + n_more + 1, sizeof(*all));
    CHECK(all, "out of memory");
    for (size_t i = 0; i < n; i++) {
        bool is_kept = true;
        for (size_t k = 0; k < n_more; k++) {
            size_t name = strcspn(variables[k], "=") + 1;
            is_kept = is_kept && strncmp(environ[i], variables[k], name) != 0;
        }
        if (is_kept)
            all[n_kept++] = environ[i];
    }
    for (size_t k = 0; k < n_more; k++)
        all[n_kept + k] = (char *)(uintptr_t)variables[k];
    return all;
}

/* Between fork() and exec nothing may allocate: another thread of the test may hold a
 * lock of the sanitizer's malloc(), and the child would wait for it without a word. */
static pid_t spawn(const char *const *args, const char *log, const char *const *variables)
{
    const char *chosen = getenv("WD_KAFKA_WIREDESKD");
    const char *program = chosen ? chosen : WD_TEST_WIREDESKD;
    char **env = environment_with(variables);
    int fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    CHECK(fd >= 0, "%s: %s", log, strerror(errno));
    pid_t parent = getpid(), pid = fork();
    CHECK(pid >= 0, "no process: %s", strerror(errno));
    if (pid) {
        close(fd);
        free(env);
        return pid;
    }
    /* A test that is ended from outside, as by a limit of ctest's, takes it along. */
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == parent && dup2(fd, STDERR_FILENO) >= 0 &&
        dup2(fd, STDOUT_FILENO) >= 0)
        (void)execve(program, (char *const *)(uintptr_t)args, env);
    _exit(127);
}

static int status_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int run_wiredeskd(const char *const *args, const char *out_path)
{
    int status;
    (void)unlink(out_path);
    pid_t pid = spawn(args, out_path, NULL);
    CHECK(waitpid(pid, &status, 0) == pid, "the child is lost");
    return status_code(status);
}

static void add_set(const char **args, size_t *n, const char *text)
{
    CHECK(*n + 3 < MAX_ARGS, "too many arguments");
    args[(*n)++] = "--set";
    args[(*n)++] = text;
    args[*n] = NULL;
}

struct settings {
    char server[120], input[120], output[120], group[120];
    const char *args[MAX_ARGS];
    size_t n;
};

static void settings_make(struct settings *set, const struct deployment *dep,
                          const char *const *more)
{
    (void)snprintf(set->server, sizeof(set->server), "kafka.bootstrap.servers=%s",
                   brokers());
    (void)snprintf(set->input, sizeof(set->input), "input.topics=%s", dep->input);
    (void)snprintf(set->output, sizeof(set->output), "output.topic=%s", dep->output);
    (void)snprintf(set->group, sizeof(set->group), "desk.group=%s", dep->group);
    set->n = 0;
    set->args[set->n++] = "wiredeskd";
    add_set(set->args, &set->n, set->server);
    add_set(set->args, &set->n, set->input);
    add_set(set->args, &set->n, set->output);
    add_set(set->args, &set->n, set->group);
    add_set(set->args, &set->n, "desk.lease_ms=1000");
    add_set(set->args, &set->n, "http.listen=off");
    for (; more && *more; more++)
        add_set(set->args, &set->n, *more);
}

static void create_topics(const struct deployment *dep, const char *const *more)
{
    struct settings set;
    char log[200];
    settings_make(&set, dep, more);
    set.args[set.n++] = "--topics";
    set.args[set.n++] = "create";
    set.args[set.n] = NULL;
    (void)snprintf(log, sizeof(log), "%s/%s.topics", work_dir(), dep->group);
    if (run_wiredeskd(set.args, log) != 0) {
        show_log(log);
        FAIL("the topics could not be made");
    }
}

void deployment_make(struct deployment *dep, const char *name, const char *input,
                     int partitions)
{
    char prefix[60];
    (void)snprintf(prefix, sizeof(prefix), "%s-%lld-%d", name, (long long)time(NULL),
                   (int)getpid());
    (void)snprintf(dep->input, sizeof(dep->input), "%s.raw", prefix);
    if (input)
        (void)snprintf(dep->input, sizeof(dep->input), "%s", input);
    else
        topic_make(dep->input, partitions);
    (void)snprintf(dep->output, sizeof(dep->output), "%s.enriched", prefix);
    (void)snprintf(dep->dlq, sizeof(dep->dlq), "%s.dlq", dep->output);
    (void)snprintf(dep->sketch, sizeof(dep->sketch), "%s.sketch", dep->output);
    (void)snprintf(dep->group, sizeof(dep->group), "%s", prefix);
    (void)snprintf(dep->clusters, sizeof(dep->clusters), "%s.clusters", dep->output);
    create_topics(dep, NULL);
}

void deployment_add_roles(const struct deployment *dep)
{
    static const char *const role[] = {"desk.role=desk", NULL};
    create_topics(dep, role);
}

void deployment_remove(const struct deployment *dep)
{
    char tagged[96];
    const char *const topics[] = {dep->input,  dep->output,   dep->dlq,
                                  dep->sketch, dep->clusters, tagged};
    (void)snprintf(tagged, sizeof(tagged), "%s.tagged", dep->output);
    for (size_t i = 0; i < sizeof(topics) / sizeof(topics[0]); i++)
        topic_delete(topics[i]); /* that there is none is no fault */
}

static void child_listen(struct child *child)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    child->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", child->socket_path);
    CHECK(child->socket >= 0 && bind(child->socket, (const struct sockaddr *)&address,
                                     sizeof(address)) == 0,
          "no notify socket: %s", strerror(errno));
}

void child_start(struct child *child, const struct deployment *dep,
                 const char *const *more)
{
    child_start_with(child, dep, &(struct child_plan){.sets = more});
}

void child_moved(const struct child *old, struct child *fresh)
{
    for (int i = 0; i < MAX_CHILDREN; i++) {
        if (alive[i] == old)
            alive[i] = fresh;
    }
}

static void child_spawn(struct child *child, const struct settings *set,
                        const struct child_plan *plan)
{
    char notify[120], trace[240];
    const char *variables[sizeof(plan->variables) / sizeof(plan->variables[0]) + 2];
    size_t n = 0;
    (void)snprintf(notify, sizeof(notify), "NOTIFY_SOCKET=%s", child->socket_path);
    variables[n++] = notify;
    (void)snprintf(trace, sizeof(trace), "WD_PROBE_TRACE=%s.trace", child->log);
    if (plan->is_traced)
        variables[n++] = trace;
    for (size_t i = 0; plan->variables[i]; i++)
        variables[n++] = plan->variables[i];
    variables[n] = NULL;
    child->pid = spawn(set->args, child->log, variables);
}

void child_start_with(struct child *child, const struct deployment *dep,
                      const struct child_plan *plan)
{
    struct settings set;
    if (n_started++ == 0) {
        (void)work_dir(); /* its handler shall run last */
        CHECK(atexit(end_children) == 0, "no room for an exit handler");
    }
    (void)snprintf(child->log, sizeof(child->log), "%s/%d.log", work_dir(), n_started);
    (void)snprintf(child->socket_path, sizeof(child->socket_path), "%s/%d.notify",
                   work_dir(), n_started);
    child_listen(child);
    settings_make(&set, dep, plan->sets);
    if (plan->config_path) {
        CHECK(set.n + 3 < MAX_ARGS, "too many arguments");
        set.args[set.n++] = "-c";
        set.args[set.n++] = plan->config_path;
        set.args[set.n] = NULL;
    }
    child_spawn(child, &set, plan);
    for (int i = 0; i < MAX_CHILDREN; i++) {
        if (!alive[i]) {
            alive[i] = child;
            return;
        }
    }
    FAIL("too many children");
}

static bool message_has(const char *message, const char *word)
{
    const char *line = message;
    size_t size = strlen(word);
    while (line) {
        if (strncmp(line, word, size) == 0)
            return true;
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return false;
}

bool child_has_ended(const struct child *child)
{
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == child->pid;
}

void child_forget(struct child *child)
{
    char message[1024];
    while (recv(child->socket, message, sizeof(message), 0) >= 0)
        ;
}

bool child_await(struct child *child, const char *word, int ms)
{
    char message[1024];
    int64_t until_ms = now_ms() + ms;
    for (;;) {
        ssize_t size = recv(child->socket, message, sizeof(message) - 1, 0);
        if (size >= 0) {
            message[size] = '\0';
            if (message_has(message, word))
                return true;
            continue;
        }
        int64_t left_ms = until_ms - now_ms();
        struct pollfd pfd = {.fd = child->socket, .events = POLLIN};
        if (left_ms <= 0 || child_has_ended(child))
            return false;
        (void)poll(&pfd, 1, left_ms < 50 ? (int)left_ms : 50);
    }
}

void child_signal(const struct child *child, int signum)
{
    CHECK(kill(child->pid, signum) == 0, "the child is gone");
}

int child_wait(struct child *child, int ms)
{
    int status;
    int64_t until_ms = now_ms() + ms;
    while (waitpid(child->pid, &status, WNOHANG) == 0) {
        CHECK(now_ms() < until_ms, "the child did not end within %d ms", ms);
        (void)usleep(2000);
    }
    for (int i = 0; i < MAX_CHILDREN; i++) {
        if (alive[i] == child)
            alive[i] = NULL;
    }
    close(child->socket);
    (void)unlink(child->socket_path);
    return status_code(status);
}

void child_show(const struct child *child)
{
    show_log(child->log);
}

void child_end(struct child *child)
{
    child_signal(child, SIGTERM);
    int code = child_wait(child, 30000);
    /* It was hit before it could listen; it had done nothing either. */
    if (code == 128 + SIGTERM && !child_logged(child, "msg=started"))
        return;
    if (code != 0)
        child_show(child);
    CHECK(code == 0, "after SIGTERM it ended with %d", code);
}

bool child_logged(const struct child *child, const char *text)
{
    char line[2048];
    bool is_there = false;
    FILE *file = fopen(child->log, "re");
    CHECK(file, "no log");
    while (fgets(line, sizeof(line), file))
        is_there |= strstr(line, text) != NULL;
    fclose(file);
    return is_there;
}

bool child_await_log(const struct child *child, const char *text, int ms)
{
    int64_t until_ms = now_ms() + ms;
    while (!child_logged(child, text)) {
        if (now_ms() >= until_ms || child_has_ended(child))
            return child_logged(child, text);
        (void)usleep(20000);
    }
    return true;
}

long child_memory_kb(const struct child *child, const char *name)
{
    char path[64], line[256];
    long kb = 0;
    size_t size = strlen(name);
    (void)snprintf(path, sizeof(path), "/proc/%d/status", (int)child->pid);
    FILE *file = fopen(path, "re");
    if (!file)
        return 0;
    while (fgets(line, sizeof(line), file)) {
        if (strncmp(line, name, size) == 0 && line[size] == ':')
            kb = strtol(line + size + 1, NULL, 10);
    }
    fclose(file);
    return kb;
}

int child_descriptors(const struct child *child)
{
    char path[64];
    int n = 0;
    (void)snprintf(path, sizeof(path), "/proc/%d/fd", (int)child->pid);
    DIR *fds = opendir(path);
    while (fds && readdir(fds))
        n++;
    if (fds)
        closedir(fds);
    return n;
}

long child_cpu_ms(const struct child *child)
{
    char path[64], line[1024];
    unsigned long user = 0, system = 0;
    (void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)child->pid);
    FILE *file = fopen(path, "re");
    if (!file)
        return 0;
    const char *fields = fgets(line, sizeof(line), file) ? strrchr(line, ')') : NULL;
    /* utime and stime are the 14th and 15th; the 3rd comes behind the name. */
    if (fields &&
        sscanf(fields + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
               &system) != 2)
        user = system = 0;
    fclose(file);
    return (long)(user + system) * 1000 / sysconf(_SC_CLK_TCK);
}
