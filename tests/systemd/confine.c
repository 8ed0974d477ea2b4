/* confine.c -- runs a program as a unit's sandbox would hold it, where no systemd runs.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   confine UNIT-FILE PROGRAM [ARGUMENT]…      77: this machine does not let us confine
 *
 * What the unit says is read from the unit, so that this test cannot drift away from it:
 * each directive below is applied when the file has it, by the means that systemd.exec(5)
 * names, and a directive that this program does not know is refused. Two kinds are only
 * known and not applied: what the manager does outside of the process (restarts, limits
 * of time), and what cannot be had without being it (User=, LoadCredential=: the program
 * runs as nobody instead).
 *
 * The program keeps our process id: signals and waitpid(2) see it as if it ran alone. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXIT_SKIP  77
#define NOBODY     65534
#define LAST_CAP   63
#define LINE_BYTES 1024

static void die(const char *what)
{
    fprintf(stderr, "confine: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void skip(const char *what)
{
    fprintf(stderr, "confine: this machine does not allow it: %s: %s\n", what,
            strerror(errno));
    exit(EXIT_SKIP);
}

/* ------------------------------------------------------------ the file system */

static void write_map(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
        skip(path);
    close(fd);
}

/* PrivateUsers=, PrivateMounts=, PrivateIPC=, ProtectHostname= and User=: nobody in a
 * world of its own. */
static void enter_namespaces(void)
{
    char map[48];
    unsigned uid = (unsigned)getuid(), gid = (unsigned)getgid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS) < 0)
        skip("namespaces");
    write_map("/proc/self/setgroups", "deny");
    (void)snprintf(map, sizeof(map), "%d %u 1", NOBODY, gid);
    write_map("/proc/self/gid_map", map);
    (void)snprintf(map, sizeof(map), "%d %u 1", NOBODY, uid);
    write_map("/proc/self/uid_map", map);
}

/* ProtectSystem=strict and more: nothing can be written, not even /tmp. */
static void make_read_only(void)
{
    struct mount_attr attr = {.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID};
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        skip("private mounts");
    if (mount_setattr(AT_FDCWD, "/", AT_RECURSIVE, &attr, sizeof(attr)) < 0)
        skip("a read-only root");
    if (open("/tmp/confine", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0 || errno != EROFS)
        die("the root is not read-only");
}

/* ProtectHome=, unless the program under test lives there. */
static void hide_homes(const char *program)
{
    static const char *const homes[] = {"/home", "/root"};
    for (size_t i = 0; i < sizeof(homes) / sizeof(homes[0]); i++) {
        if (strncmp(program, homes[i], strlen(homes[i])) != 0 &&
            mount("tmpfs", homes[i], "tmpfs", MS_RDONLY, "size=4k") < 0)
            skip(homes[i]);
    }
}

/* CapabilityBoundingSet= with nothing in it; the rest goes with the exec, since nobody is
 * not root. */
static void drop_capabilities(void)
{
    for (unsigned long cap = 0; cap <= LAST_CAP; cap++) {
        if (prctl(PR_CAPBSET_DROP, cap) < 0 &&
            errno != EINVAL) /* unknown to the kernel */
            die("dropping a capability");
    }
}

/* ------------------------------------------------------------ system calls */

/* Calls `take` for every call that `name` stands for: itself, or all of an @group. */
static void each_call(const char *name, void (*take)(scmp_filter_ctx ctx, int call),
                      scmp_filter_ctx ctx)
{
    char line[LINE_BYTES];
    if (*name != '@') {
        int call = seccomp_syscall_resolve_name(name);
        if (call >= 0) /* others are of other machines, or newer than the library */
            take(ctx, call);
        return;
    }
    (void)snprintf(line, sizeof(line), "systemd-analyze syscall-filter %s", name);
    FILE *group = popen(line, "re");
    if (!group)
        die("systemd-analyze");
    while (fgets(line, sizeof(line), group)) {
        char *word = strtok(line, " \t\n"); /* members are set in, the title is not */
        if (word && *word != '#' && strcmp(word, name) != 0)
            each_call(word, take, ctx);
    }
    if (pclose(group) != 0)
        die("systemd-analyze syscall-filter");
}

#define N_CALLS 512 /* x86-64 has fewer; higher numbers are of other ABIs */

static bool is_allowed[N_CALLS]; /* by the lines so far */
static bool is_refused[N_CALLS]; /* whatever the lines say */

static void allow(scmp_filter_ctx ctx, int call)
{
    (void)ctx;
    if (call < N_CALLS)
        is_allowed[call] = true;
}

static void forbid(scmp_filter_ctx ctx, int call)
{
    (void)ctx;
    if (call < N_CALLS)
        is_allowed[call] = false;
}

/* SystemCallFilter=, line by line as they stand in the unit. */
static void note_calls(scmp_filter_ctx ctx, char *words)
{
    bool is_negated = *words == '~';
    if (!is_negated)
        each_call("@default", allow, ctx);
    for (char *save, *word = strtok_r(words + is_negated, " ", &save); word;
         word = strtok_r(NULL, " ", &save))
        each_call(word, is_negated ? forbid : allow, ctx);
}

static void refuse(scmp_filter_ctx ctx, const char *call, struct scmp_arg_cmp when)
{
    int number = seccomp_syscall_resolve_name(call);
    if (seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), number, 1, when) < 0)
        die(call);
}

/* MemoryDenyWriteExecute= */
static void refuse_executable_memory(scmp_filter_ctx ctx)
{
    static const char *const calls[] = {"mprotect", "pkey_mprotect"};
    const scmp_datum_t both = PROT_WRITE | PROT_EXEC;
    refuse(ctx, "mmap", SCMP_A2(SCMP_CMP_MASKED_EQ, both, both));
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
        refuse(ctx, calls[i], SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
}

/* RestrictNamespaces= */
static void refuse_namespaces(scmp_filter_ctx ctx)
{
    static const unsigned flags[] = {CLONE_NEWNS,  CLONE_NEWCGROUP, CLONE_NEWUTS,
                                     CLONE_NEWIPC, CLONE_NEWUSER,   CLONE_NEWPID,
                                     CLONE_NEWNET};
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        refuse(ctx, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
        refuse(ctx, "unshare", SCMP_A0(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
    }
    is_refused[SCMP_SYS(clone3)] = true; /* its flags are behind a pointer */
    is_refused[SCMP_SYS(setns)] = true;
}

/* RestrictSUIDSGID= */
static void refuse_set_id_bits(scmp_filter_ctx ctx)
{
    static const unsigned bits[] = {S_ISUID, S_ISGID};
    for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++) {
        refuse(ctx, "chmod", SCMP_A1(SCMP_CMP_MASKED_EQ, bits[i], bits[i]));
        refuse(ctx, "fchmod", SCMP_A1(SCMP_CMP_MASKED_EQ, bits[i], bits[i]));
        refuse(ctx, "fchmodat", SCMP_A2(SCMP_CMP_MASKED_EQ, bits[i], bits[i]));
    }
}

/* RestrictAddressFamilies=: all but these. */
static void refuse_families(scmp_filter_ctx ctx, char *words)
{
    bool is_wanted[AF_MAX] = {false};
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
        is_wanted[AF_INET] |= strcmp(word, "AF_INET") == 0;
        is_wanted[AF_INET6] |= strcmp(word, "AF_INET6") == 0;
        is_wanted[AF_UNIX] |= strcmp(word, "AF_UNIX") == 0;
    }
    for (unsigned family = 0; family < AF_MAX; family++) {
        if (!is_wanted[family])
            refuse(ctx, "socket", SCMP_A0(SCMP_CMP_EQ, family));
    }
}

static void refuse_personalities(scmp_filter_ctx ctx)
{
    refuse(ctx, "personality", SCMP_A0(SCMP_CMP_NE, 0));
}

static void refuse_realtime(scmp_filter_ctx ctx)
{
    refuse(ctx, "sched_setscheduler", SCMP_A1(SCMP_CMP_NE, SCHED_OTHER));
}

/* ------------------------------------------------------------ the unit */

static const char *const outside[] = {
    /* of the manager */
    "Type", "ExecStart", "ExecReload", "Restart", "RestartSec",
    "RestartPreventExitStatus", "TimeoutStartSec", "TimeoutStopSec", "WatchdogSec",
    "LimitNOFILE", "LimitCORE", "LoadCredential", "KeyringMode", "RemoveIPC", "UMask",
    "SystemCallErrorNumber", "SystemCallArchitectures", "User", "Group",
    "AmbientCapabilities",
    /* done for every unit by what is above */
    "CapabilityBoundingSet", "NoNewPrivileges", "ProtectSystem", "ProtectHome",
    "PrivateUsers", "PrivateMounts", "PrivateIPC", "PrivateTmp", "ProtectHostname",
    /* follow from nobody's rights on a read-only root */
    "ProtectProc", "ProcSubset", "ProtectClock", "ProtectControlGroups",
    "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables",
    "PrivateDevices", "DevicePolicy"};

static bool is_outside(const char *name)
{
    for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++) {
        if (strcmp(outside[i], name) == 0)
            return true;
    }
    return false;
}

static void take_directive(scmp_filter_ctx ctx, const char *name, char *value)
{
    static const struct {
        const char *name;
        void (*apply)(scmp_filter_ctx ctx);
    } rows[] = {
        {"MemoryDenyWriteExecute", refuse_executable_memory},
        {"RestrictNamespaces", refuse_namespaces},
        {"RestrictSUIDSGID", refuse_set_id_bits},
        {"LockPersonality", refuse_personalities},
        {"RestrictRealtime", refuse_realtime},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(rows[i].name, name) == 0 && strcmp(value, "yes") == 0) {
            rows[i].apply(ctx);
            return;
        }
    }
    if (strcmp(name, "SystemCallFilter") == 0) {
        note_calls(ctx, value);
    } else if (strcmp(name, "RestrictAddressFamilies") == 0) {
        refuse_families(ctx, value);
    } else if (!is_outside(name)) {
        fprintf(stderr, "confine: it does not know %s=%s\n", name, value);
        exit(1);
    }
}

static void read_unit(scmp_filter_ctx ctx, const char *path)
{
    char line[LINE_BYTES], section[32] = "";
    FILE *unit = fopen(path, "re");
    if (!unit)
        die(path);
    while (fgets(line, sizeof(line), unit)) {
        line[strcspn(line, "\n")] = '\0';
        char *equals = strchr(line, '=');
        if (*line == '[') {
            (void)snprintf(section, sizeof(section), "%.30s", line);
        } else if (equals && *line != '#' && strcmp(section, "[Service]") == 0) {
            *equals = '\0';
            take_directive(ctx, line, equals + 1);
        }
    }
    fclose(unit);
}

/* What no line allows is refused. A filter's rules must say something else than its
 * default, so it is allowed by default, and every number is named that is not allowed. */
static void load_filter(scmp_filter_ctx ctx)
{
    for (int call = 0; call < N_CALLS; call++) {
        /* Without clone3 glibc falls back to clone, but only when it is told so. */
        unsigned error = call == SCMP_SYS(clone3) ? ENOSYS : EPERM;
        char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, call);
        if (name && (is_refused[call] || !is_allowed[call]) &&
            seccomp_rule_add(ctx, SCMP_ACT_ERRNO(error), call, 0) < 0)
            die(name);
        free(name);
    }
    if (seccomp_load(ctx) < 0)
        die("the filter");
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: confine UNIT-FILE PROGRAM [ARGUMENT]…\n", stderr);
        return 2;
    }
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
    if (!ctx)
        die("seccomp");
    read_unit(ctx, argv[1]);
    enter_namespaces();
    make_read_only();
    hide_homes(argv[2]);
    drop_capabilities();
    load_filter(ctx); /* sets no_new_privs with it */
    execv(argv[2], argv + 2);
    die(argv[2]);
}
