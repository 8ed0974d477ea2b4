/* log.h -- lines of key=value or JSON for the operator, on stderr.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One line an event, written at once, from any thread. Under the journal a line begins
 * with its priority (`<4>`), elsewhere with the time. Exactly one function logs each
 * failure: the one that handles it, with what it does about it. A record is named by its
 * sequence and its place; no article text comes here above debug. A message that repeats
 * itself is told a few times, then counted. */
#ifndef DAEMON_LOG_H
#define DAEMON_LOG_H

#include <stddef.h>
#include <stdint.h>

/* The syslog priorities that we use. */
enum log_level {
    LOG_LEVEL_ERROR = 3,
    LOG_LEVEL_WARNING,
    LOG_LEVEL_INFO = 6,
    LOG_LEVEL_DEBUG
};

enum log_format { LOG_FORMAT_TEXT, LOG_FORMAT_JSON };

/* A pair of the line. A NULL text leaves the number to be printed. */
struct log_field {
    const char *key;
    const char *text;
    int64_t number;
};

#define LOG_TEXT(k, t)   ((struct log_field){.key = (k), .text = (t)})
#define LOG_NUMBER(k, n) ((struct log_field){.key = (k), .number = (int64_t)(n)})

/* Finds out whether stderr is the journal's. Call once, before threads. */
void log_open(void);

/* Lines above `level` are dropped from now on. */
void log_set_level(enum log_level level);

/* How lines look from now on. */
void log_set_format(enum log_format format);

/* To be called about once a second: tells how often messages were held back. */
void log_tick(void);

/* Whether a line of `level` would be written. */
int log_wants(enum log_level level);

/* `fields` ends with one that has no key. Control characters in texts are escaped. */
void log_write(enum log_level level, const char *msg, const struct log_field *fields);

/* Where a record comes from; its topic's name ends with a NUL, as librdkafka's do. */
#define LOG_PLACE(rec)                                                                   \
    LOG_TEXT("topic", (rec)->topic.data), LOG_NUMBER("partition", (rec)->partition),     \
        LOG_NUMBER("offset", (rec)->offset)

#define log_list(level, msg, ...)                                                        \
    log_write((level), (msg), (const struct log_field[]){__VA_ARGS__})
#define log_line(level, ...) log_list(level, __VA_ARGS__, {0})

#define log_error(...)   log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...)    log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...)   log_line(LOG_LEVEL_DEBUG, __VA_ARGS__)

/* For tests: one line without its prefix and line end into `line`; its length. */
size_t log_render(char *line, size_t size, enum log_format format, const char *msg,
                  const struct log_field *fields);

#endif
