/* log.h -- lines of key=value for the operator, on stderr.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One line a call, written at once, from any thread. Under the journal a line begins with
 * its priority (`<4>`), elsewhere with the time. Exactly one function logs each failure:
 * the one that handles it. No article text comes here. */
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

/* Whether a line of `level` would be written. */
int log_wants(enum log_level level);

/* `fields` ends with one that has no key. Control characters in texts are escaped. */
void log_write(enum log_level level, const char *msg, const struct log_field *fields);

#define log_line(level, msg, ...)                                                        \
    log_write((level), (msg), (const struct log_field[]){__VA_ARGS__ __VA_OPT__(, ){0}})

#define log_error(...)   log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...)    log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...)   log_line(LOG_LEVEL_DEBUG, __VA_ARGS__)

/* For tests: one line without its prefix and line end into `line`; its length. */
size_t log_format(char *line, size_t size, const char *msg,
                  const struct log_field *fields);

#endif
