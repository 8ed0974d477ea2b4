/* log.c -- one line, one write(2).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A line is built on the stack and leaves in a single write, so that lines never mix. Too
 * long a line is cut, a JSON one so that it stays JSON: a log must not be able to fail.
 * The only lock is around the counts of repeated messages.
 *
 * Texts come from outside (broker messages, topic names, header values), so everything
 * that could forge a line or drive a terminal is escaped: C0, DEL, C1, and the line and
 * paragraph separators U+2028 and U+2029. */
#include "log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "json_text.h"
#include "log_limit.h"
#include "patience.h"

#define LINE_SIZE   1024
#define JSON_MARGIN 8 /* for "…", a quote and a brace */

static atomic_int log_level = LOG_LEVEL_INFO;
static atomic_int log_format = LOG_FORMAT_TEXT;
static pthread_mutex_t limit_lock = PTHREAD_MUTEX_INITIALIZER; /* orders `limit` */
static struct log_limit limit;
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

static void line_number(struct line *line, int64_t number)
{
    char digits[24];
    (void)snprintf(digits, sizeof(digits), "%lld", (long long)number);
    line_z(line, digits);
}

static void line_fields(struct line *line, const char *msg,
                        const struct log_field *fields)
{
    line_z(line, "msg=");
    line_text(line, msg);
    for (const struct log_field *field = fields; field->key; field++) {
        line_z(line, " ");
        line_z(line, field->key);
        line_z(line, "=");
        if (field->text)
            line_text(line, field->text);
        else
            line_number(line, field->number);
    }
}

static size_t line_room(const struct line *line)
{
    return (size_t)(line->end - line->at);
}

/* Ends in "…" where it had to be cut. */
static void json_string(struct line *line, const char *text)
{
    char out[JSON_TEXT_SIZE];
    size_t size;
    line_z(line, "\"");
    while ((size = json_text_next(&text, out)) != 0) {
        if (line_room(line) < size + JSON_MARGIN) {
            line_z(line, "…");
            break;
        }
        line_bytes(line, out, size);
    }
    line_z(line, "\"");
}

/* A pair that does not fit is left out; a text that does not fit is cut. */
static void json_pair(struct line *line, const char *key, const char *text,
                      int64_t number)
{
    bool is_first = line->at[-1] == '{';
    if (line_room(line) < strlen(key) + JSON_MARGIN + 28)
        return;
    line_z(line, is_first ? "\"" : ",\"");
    line_z(line, key);
    line_z(line, "\":");
    if (text)
        json_string(line, text);
    else
        line_number(line, number);
}

/* Goes on in an object that is open. */
static void json_fields(struct line *line, const char *msg,
                        const struct log_field *fields)
{
    json_pair(line, "msg", msg, 0);
    for (const struct log_field *field = fields; field->key; field++)
        json_pair(line, field->key, field->text, field->number);
    line_z(line, "}");
}

size_t log_render(char *out, size_t size, enum log_format format, const char *msg,
                  const struct log_field *fields)
{
    struct line line = {out, out + size - 1};
    if (format == LOG_FORMAT_JSON) {
        line_z(&line, "{");
        json_fields(&line, msg, fields);
    } else {
        line_fields(&line, msg, fields);
    }
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

static void time_print(char *text, size_t size)
{
    struct timespec now;
    struct tm tm;
    (void)clock_gettime(CLOCK_REALTIME, &now); /* cannot fail for this clock */
    gmtime_r(&now.tv_sec, &tm);
    size_t used = strftime(text, size, "%Y-%m-%dT%H:%M:%S", &tm);
    (void)snprintf(text + used, size - used, ".%03ldZ", now.tv_nsec / 1000000);
}

/* The journal knows the time by itself, and the priority by its own sign. */
static void line_begin(struct line *line, enum log_level level, enum log_format format)
{
    char text[48];
    if (log_is_journal) {
        (void)snprintf(text, sizeof(text), "<%d>", (int)level);
        line_z(line, text);
    }
    if (format == LOG_FORMAT_JSON)
        line_z(line, "{");
    if (log_is_journal)
        return;
    time_print(text, sizeof(text));
    if (format == LOG_FORMAT_JSON) {
        json_pair(line, "time", text, 0);
        json_pair(line, "level", level_name(level), 0);
        return;
    }
    line_z(line, "time=");
    line_z(line, text);
    line_z(line, " level=");
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

void log_set_format(enum log_format format)
{
    atomic_store(&log_format, (int)format);
}

static void line_write(enum log_level level, const char *msg,
                       const struct log_field *fields)
{
    char text[LINE_SIZE];
    struct line line = {text, text + sizeof(text) - 1};
    enum log_format format = (enum log_format)atomic_load(&log_format);
    line_begin(&line, level, format);
    if (format == LOG_FORMAT_JSON)
        json_fields(&line, msg, fields);
    else
        line_fields(&line, msg, fields);
    *line.at++ = '\n';
    /* Nobody is left to be told that stderr is closed. */
    ssize_t written = write(STDERR_FILENO, text, (size_t)(line.at - text));
    (void)written;
}

/* Who debugs wants every line. */
static bool is_admitted(enum log_level level, const char *msg)
{
    if (log_wants(LOG_LEVEL_DEBUG))
        return true;
    pthread_mutex_lock(&limit_lock);
    bool is_told = log_limit_admits(&limit, msg, (int)level, monotonic_ms());
    pthread_mutex_unlock(&limit_lock);
    return is_told;
}

void log_write(enum log_level level, const char *msg, const struct log_field *fields)
{
    if (log_wants(level) && is_admitted(level, msg))
        line_write(level, msg, fields);
}

void log_tick(void)
{
    struct log_limit_entry entry;
    bool is_due;
    do {
        pthread_mutex_lock(&limit_lock);
        is_due = log_limit_due(&limit, monotonic_ms(), &entry);
        pthread_mutex_unlock(&limit_lock);
        if (is_due && log_wants((enum log_level)entry.level))
            line_write((enum log_level)entry.level, "message was repeated",
                       (const struct log_field[]){LOG_TEXT("of", entry.msg),
                                                  LOG_NUMBER("held_back", entry.n_held),
                                                  {0}});
    } while (is_due);
}
