/* log.c -- one line, one write(2).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A line is built on the stack and leaves in a single write, so that threads need no lock
 * and lines never mix. Too long a line is cut: a log must not be able to fail.
 *
 * Texts come from outside (broker messages, topic names, header values), so everything
 * that could forge a line or drive a terminal is escaped: C0, DEL, C1, and the line and
 * paragraph separators U+2028 and U+2029. */
#include "log.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LINE_SIZE 1024

static atomic_int log_level = LOG_LEVEL_INFO;
static bool log_is_journal;

struct line {
    char *at;
    char *end; /* the last place a character may stand */
};

static void line_bytes(struct line *line, const char *bytes, size_t size)
{
    if (size > (size_t)(line->end - line->at))
        return;
    memcpy(line->at, bytes, size);
    line->at += size;
}

static void line_z(struct line *line, const char *z)
{
    line_bytes(line, z, strlen(z));
}

/* How many bytes at `p` must not be shown as they are; 0: none. */
static size_t hostile_size(const unsigned char *p)
{
    if (*p < 0x20 || *p == 0x7f)
        return 1;
    if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f)
        return 2;
    if (p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9))
        return 3;
    return 0;
}

static bool needs_quotes(const char *text)
{
    return *text == '\0' || strpbrk(text, " =\"\\\t\r\n") != NULL;
}

static void line_text(struct line *line, const char *text)
{
    bool is_quoted = needs_quotes(text);
    if (is_quoted)
        line_z(line, "\"");
    for (const unsigned char *p = (const unsigned char *)text; *p;) {
        size_t hostile = hostile_size(p);
        if (hostile == 0) {
            if (*p == '"' || *p == '\\')
                line_z(line, "\\");
            line_bytes(line, (const char *)p, 1);
            p++;
        }
        for (; hostile; hostile--, p++) {
            char escaped[5];
            (void)snprintf(escaped, sizeof(escaped), "\\x%02x", (unsigned)*p);
            line_z(line, escaped);
        }
    }
    if (is_quoted)
        line_z(line, "\"");
}

static void line_fields(struct line *line, const char *msg,
                        const struct log_field *fields)
{
    line_z(line, "msg=");
    line_text(line, msg);
    for (const struct log_field *field = fields; field->key; field++) {
        char number[24];
        line_z(line, " ");
        line_z(line, field->key);
        line_z(line, "=");
        if (field->text) {
            line_text(line, field->text);
        } else {
            (void)snprintf(number, sizeof(number), "%lld", (long long)field->number);
            line_z(line, number);
        }
    }
}

size_t log_format(char *out, size_t size, const char *msg, const struct log_field *fields)
{
    struct line line = {out, out + size - 1};
    line_fields(&line, msg, fields);
    *line.at = '\0';
    return (size_t)(line.at - out);
}

static const char *level_name(enum log_level level)
{
    switch (level) {
    case LOG_LEVEL_ERROR:
        return "error";
    case LOG_LEVEL_WARNING:
        return "warning";
    case LOG_LEVEL_INFO:
        return "info";
    case LOG_LEVEL_DEBUG:
        break;
    }
    return "debug";
}

static void line_prefix(struct line *line, enum log_level level)
{
    char prefix[48];
    if (log_is_journal) {
        (void)snprintf(prefix, sizeof(prefix), "<%d>", (int)level);
        line_z(line, prefix);
        return;
    }
    struct timespec now;
    struct tm tm;
    (void)clock_gettime(CLOCK_REALTIME, &now); /* cannot fail for this clock */
    gmtime_r(&now.tv_sec, &tm);
    size_t size = strftime(prefix, sizeof(prefix), "time=%Y-%m-%dT%H:%M:%S", &tm);
    (void)snprintf(prefix + size, sizeof(prefix) - size, ".%03ldZ ",
                   now.tv_nsec / 1000000);
    line_z(line, prefix);
    line_z(line, "level=");
    line_z(line, level_name(level));
    line_z(line, " ");
}

void log_open(void)
{
    /* The journal says which stream is its own: stderr may have been redirected since. */
    unsigned long long device, inode;
    const char *stream = getenv("JOURNAL_STREAM");
    struct stat st;
    log_is_journal = stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
                     fstat(STDERR_FILENO, &st) == 0 && st.st_dev == device &&
                     st.st_ino == inode;
}

void log_set_level(enum log_level level)
{
    atomic_store(&log_level, (int)level);
}

int log_wants(enum log_level level)
{
    return (int)level <= atomic_load(&log_level);
}

void log_write(enum log_level level, const char *msg, const struct log_field *fields)
{
    char text[LINE_SIZE];
    if (!log_wants(level))
        return;
    struct line line = {text, text + sizeof(text) - 1};
    line_prefix(&line, level);
    line_fields(&line, msg, fields);
    *line.at++ = '\n';
    /* Nobody is left to be told that stderr is closed. */
    ssize_t written = write(STDERR_FILENO, text, (size_t)(line.at - text));
    (void)written;
}
