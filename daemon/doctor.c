/* doctor.c -- what can be told without a broker: data, clock, limits, ports.
 * SPDX-License-Identifier: Apache-2.0 */
#include "doctor.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timex.h>
#include <unistd.h>
#include <uv.h>

#include "address.h"
#include "wiredesk/pipeline.h"
#include "wiredesk/version.h"

#define FILES_LEAST      1024        /* of librdkafka, some for each broker and handle */
#define BYTES_AN_ARTICLE 800         /* of the window */
#define BYTES_WITHOUT    (96u << 20) /* program, models, articles under way */

static void put(struct exam *exam, const char *sign, const char *what, const char *cure,
                const char *fmt, va_list args) __attribute__((format(printf, 5, 0)));

static void put(struct exam *exam, const char *sign, const char *what, const char *cure,
                const char *fmt, va_list args)
{
    fprintf(exam->out, "%-7s  %-14s ", sign, what);
    vfprintf(exam->out, fmt, args);
    if (cure)
        fprintf(exam->out, "\n%25s→ %s", "", cure);
    fputc('\n', exam->out);
    (void)fflush(exam->out); /* the next one may take a while */
}

void exam_fine(struct exam *exam, const char *what, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    put(exam, "ok", what, NULL, fmt, args);
    va_end(args);
}

void exam_warning(struct exam *exam, const char *what, const char *cure, const char *fmt,
                  ...)
{
    va_list args;
    va_start(args, fmt);
    exam->n_warnings++;
    put(exam, "warning", what, cure, fmt, args);
    va_end(args);
}

void exam_fault(struct exam *exam, const char *what, const char *cure, const char *fmt,
                ...)
{
    va_list args;
    va_start(args, fmt);
    exam->n_faults++;
    put(exam, "FAULT", what, cure, fmt, args);
    va_end(args);
}

static void exam_versions(struct exam *exam)
{
    exam_fine(exam, "versions", "wiredeskd %s, librdkafka %s, libuv %s", wd_version(),
              rd_kafka_version_str(), uv_version_string());
}

static void exam_data(struct exam *exam)
{
    struct wd_options opts;
    struct wd_error err;
    struct wd_pipeline *pl = NULL;
    config_library_options(exam->cfg, &opts);
    if (wd_pipeline_open(&opts, &pl, &err) < 0) {
        exam_fault(exam, "data", "install the data, or name its folder in desk.data_dir",
                   "%s", err.message);
        return;
    }
    wd_pipeline_close(pl);
    exam_fine(exam, "data", "%s",
              *exam->cfg->data_dir ? exam->cfg->data_dir : "as installed");
}

static void exam_clock(struct exam *exam)
{
    struct timex tx = {0};
    int r = adjtimex(&tx);
    if (r < 0)
        exam_warning(exam, "clock", "look with timedatectl", "cannot be asked: %s",
                     strerror(errno));
    else if (tx.status & STA_UNSYNC)
        exam_warning(exam, "clock", "systemctl enable --now systemd-timesyncd",
                     "is not synchronised; TLS and the ages of records need it");
    else
        exam_fine(exam, "clock", "is synchronised, within %ld ms", tx.maxerror / 1000);
}

static void exam_files(struct exam *exam)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return; /* it fails for no limit that exists */
    if (limit.rlim_cur < FILES_LEAST)
        exam_warning(exam, "files", "LimitNOFILE=4096 in the unit, ulimit -n in a shell",
                     "only %llu may be open at once", (unsigned long long)limit.rlim_cur);
    else
        exam_fine(exam, "files", "%llu may be open at once",
                  (unsigned long long)limit.rlim_cur);
}

static void exam_memory(struct exam *exam)
{
    uint64_t needed =
        BYTES_WITHOUT + (uint64_t)exam->cfg->window_articles * BYTES_AN_ARTICLE;
    uint64_t limit = uv_get_constrained_memory(), has = uv_get_total_memory();
    if (limit && limit < has)
        has = limit;
    if (needed > has)
        exam_warning(exam, "memory", "lower desk.window_articles, or give it more",
                     "a full window takes about %llu MB, here are %llu",
                     (unsigned long long)(needed >> 20), (unsigned long long)(has >> 20));
    else
        exam_fine(exam, "memory", "a full window takes about %llu MB of %llu",
                  (unsigned long long)(needed >> 20), (unsigned long long)(has >> 20));
}

static void exam_workers(struct exam *exam)
{
    unsigned n = uv_available_parallelism();
    if (exam->cfg->workers > (int64_t)n)
        exam_warning(exam, "workers", "desk.workers = 0 takes as many as there are",
                     "%lld on %u processors", (long long)exam->cfg->workers, n);
    else
        exam_fine(exam, "workers", "%lld on %u processors",
                  exam->cfg->workers ? (long long)exam->cfg->workers : (long long)n, n);
}

static void exam_metrics(struct exam *exam)
{
    struct address address;
    const char *text = exam->cfg->http_listen;
    if (!address_parse(text, &address)) {
        exam_fine(exam, "metrics", "are not served");
        return;
    }
    int one = 1, fd = socket(address.socket.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (fd >= 0 && bind(fd, &address.socket.any, address.size) == 0)
        exam_fine(exam, "metrics", "%s is free", text);
    else if (errno == EADDRINUSE)
        exam_fine(exam, "metrics",
                  "something listens at %s: if it is this desk's "
                  "daemon, all is well",
                  text);
    else
        exam_fault(exam, "metrics", "set http.listen to an address of this machine",
                   "%s: %s", text, strerror(errno));
    if (fd >= 0)
        close(fd);
}

unsigned doctor(const struct config *cfg, FILE *out)
{
    static void (*const exams[])(struct exam *) = {
        exam_versions, exam_data,    exam_clock,   exam_files,
        exam_memory,   exam_workers, exam_metrics, exam_kafka,
    };
    struct exam exam = {.cfg = cfg, .out = out};
    for (size_t i = 0; i < sizeof(exams) / sizeof(exams[0]); i++)
        exams[i](&exam);
    fprintf(out, "%u fault%s, %u warning%s\n", exam.n_faults,
            exam.n_faults == 1 ? "" : "s", exam.n_warnings,
            exam.n_warnings == 1 ? "" : "s");
    return exam.n_faults;
}
