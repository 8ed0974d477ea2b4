/* closing.h -- when an open transaction is to be committed; knows no Kafka.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_CLOSING_H
#define DAEMON_CLOSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the decision is made of. */
struct closing {
    bool is_full;      /* the transaction: it takes nothing more */
    bool has_more;     /* articles are under way that it could still take */
    size_t n_records;  /* in the transaction */
    size_t n_waiting;  /* to be read */
    int64_t age_us;    /* of the transaction */
    int64_t rest_us;   /* since the last commit was through */
    int64_t commit_us; /* what a commit takes; 0: there was none */
    int64_t most_us;   /* the age that the operator allows */
};

/* How long it may stay open from now on; 0: it is to be committed. */
int64_t closing_wait_us(const struct closing *closing);

/* The commits so far. */
struct commits {
    int64_t last_us, before_us; /* what the last two took; 0: there was none */
    int64_t through_us;         /* when the last one was */
};

/* One that took `took_us` was through at `now_us`. */
void commits_note(struct commits *commits, int64_t took_us, int64_t now_us);

/* What a commit takes; 0: there was none. */
int64_t commits_usual_us(const struct commits *commits);

#endif
