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
    int64_t commit_us; /* what the last commit took; 0: there was none */
    int64_t most_us;   /* the age that the operator allows */
};

/* How long it may stay open from now on; 0: it is to be committed. */
int64_t closing_wait_us(const struct closing *closing);

#endif
