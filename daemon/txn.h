/* txn.h -- what one transaction holds, as far as the daemon counts it; knows no Kafka.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_TXN_H
#define DAEMON_TXN_H

#include "metrics.h"

struct txn {
    size_t n_records;
    size_t size_bytes;
    bool is_full; /* it takes nothing more */
    struct tally tally;
    int64_t opened_us;
    int64_t closed_us;    /* its commit began */
    int64_t *arrivals_us; /* of its records */
    size_t arrival_room;
};

/* Frees what it holds. */
void txn_done(struct txn *txn);

/* It holds nothing any more, and keeps the memory. */
void txn_clear(struct txn *txn);

/* A record was decided that came in at `arrived_us`. */
void txn_add(struct txn *txn, int64_t arrived_us);

/* After each: whether that is enough. Of what was decided, the broker has yet to take
 * `pending_bytes`. Once full it stays so. */
void txn_bound(struct txn *txn, size_t most_records, size_t pending_bytes);

/* It was committed at `now_us`. */
void txn_count(const struct txn *txn, int64_t now_us, struct metrics *met);

#endif
