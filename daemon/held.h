/* held.h -- records whose time has not come, with bytes of their own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A queue: what was added first is the first to leave. */
#ifndef DAEMON_HELD_H
#define DAEMON_HELD_H

#include "sink.h"

struct held_record;

struct held {
    struct held_record *first, *last;
};

/* Drops everything; the queue is then empty. */
void held_clear(struct held *held);

/* Copies the record's bytes and takes its headers, also on failure: false when memory is
 * short. */
bool held_add(struct held *held, const struct sink_record *record);

/* Has `send` take one after the other, until it fails or none is left. */
int held_send(struct held *held,
              int (*send)(struct sink *sink, const struct sink_record *record,
                          struct fault *fault),
              struct sink *sink, struct fault *fault);

#endif
