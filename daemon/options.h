/* options.h -- the table of settings; config.c reads by it and prints by it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_OPTIONS_H
#define DAEMON_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_type {
    OPTION_TEXT,
    OPTION_ADDRESS, /* where to listen: IP:PORT, or "off" */
    OPTION_TOPIC,   /* a name that Kafka takes */
    OPTION_TOPICS,  /* one or more of them, between commas */
    OPTION_INT,
    OPTION_CHOICE, /* one of `choices`; the field gets its `value` */
};

struct option_choice {
    const char *name;
    int64_t value;
};

struct option_row {
    const char *section;
    const char *name;
    enum option_type type;
    size_t field; /* in struct config: char * or int64_t */
    const char *fallback;
    int64_t min, max;                    /* of OPTION_INT */
    const struct option_choice *choices; /* of OPTION_CHOICE; ends without a name */
    bool is_live;                        /* SIGHUP can change it */
    const char *sentence;
};

extern const struct option_row option_rows[];
extern const size_t n_option_rows;

#endif
