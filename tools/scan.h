/* scan.h -- a topic read from some place on, without leaving a trace.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Committed records only, through partitions that the reader assigns to itself: no
 * consumer group remembers that somebody looked. */
#ifndef TOOLS_SCAN_H
#define TOOLS_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "client.h"

struct scan_window {
    int64_t low;   /* first offset there is */
    int64_t high;  /* past the last one when we came */
    int64_t start; /* where to read from; the caller's to set before scan_start() */
    bool is_read;  /* to its end */
};

struct scan {
    struct client *client;
    const char *topic;
    rd_kafka_t *rk;
    int n_partitions;
    struct scan_window *windows; /* one a partition */
};

/* Finds the topic and the ends of its partitions; `start` is then the beginning.
 * EXIT_FINE, or EXIT_USAGE after a message. Borrows `client` and `topic`. */
int scan_open(struct scan *scan, struct client *client, const char *topic);

/* Safe on a zeroed scan and after a failed scan_open(). */
void scan_close(struct scan *scan);

/* Reads from the windows' starts on. EXIT_FINE, or EXIT_USAGE after a message. */
int scan_start(struct scan *scan);

/* Whether every partition was read to the end that it had at scan_open(), or later. */
bool scan_is_read(const struct scan *scan);

/* The next record, to be destroyed by the caller. NULL: nothing new within a moment, the
 * end of a partition, or an error, which has been told and is then in *ret_code. */
rd_kafka_message_t *scan_next(struct scan *scan, int *ret_code);

#endif
