/* observer.h -- a reader of all that a deployment writes, while it is being written.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A read_committed consumer in a thread of its own. It keeps, in order of sight, where
 * each record came from, a hash of all its bytes, and when it was seen. */
#ifndef FAULTS_OBSERVER_H
#define FAULTS_OBSERVER_H

#include <stddef.h>
#include <stdint.h>

#include "child.h"

enum written_kind { WRITTEN_OUTPUT, WRITTEN_DLQ, WRITTEN_SKETCH, WRITTEN_KINDS };

struct sight {
    int64_t source;  /* offset of the input record that it stands for */
    uint64_t bytes;  /* hash of key, value, headers and timestamp */
    int64_t seen_us; /* monotonic */
};

struct sights {
    struct sight *items;
    size_t n;
    size_t room;
};

struct observer;

/* Reads from the beginnings on. */
struct observer *observer_start(const struct deployment *dep);

/* How many records of a kind it has seen. */
size_t observer_count(struct observer *obs, enum written_kind kind);

/* Waits until it has seen `n` sketches; false when nothing new came for `patience_ms`. */
bool observer_await(struct observer *obs, size_t n, int patience_ms);

/* While it is paused it takes nothing. */
void observer_pause(struct observer *obs, bool is_paused);

/* Reads on to the ends, then stops; what it saw is the caller's. */
void observer_finish(struct observer *obs, struct sights ret[WRITTEN_KINDS]);

void sights_free(struct sights sights[WRITTEN_KINDS]);

int64_t now_us(void);

#endif
