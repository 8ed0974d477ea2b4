/* replica.h -- a window of more articles than there is time to read.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What a desk remembers came through sketches. So a large window is made of the sketches
 * of a smaller one, again and again: each time all keys and terms are mapped one to one
 * to others, as if other articles with the same statistics had been decided on. */
#ifndef BENCH_REPLICA_H
#define BENCH_REPLICA_H

#include <stddef.h>

#include "wiredesk/desk.h"

struct replicas {
    struct wd_buf log; /* of the originals: size, sketch, size, sketch … */
    uint64_t n;        /* of them */
};

void replicas_init(struct replicas *reps);
void replicas_done(struct replicas *reps);

/* Takes the sketch of an article that `desk` has just decided on. Ask
 * wd_buf_status(&reps->log) in the end. */
void replicas_note(struct replicas *reps, const struct wd_sketch *sketch);

/* Has the desk restore `n` more sketches. */
int replicas_restore(const struct replicas *reps, struct wd_desk *desk, uint64_t n,
                     struct wd_error *err);

#endif
