/* txn.c -- see txn.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What a transaction costs does not grow with it, so it may become large; but what the
 * broker has not taken yet is kept in memory, and has to get through to it within
 * transaction.timeout.ms once the end has come. So there are two bounds: a network that
 * is slow makes transactions small. */
#include "txn.h"

#include <stdlib.h>
#include <time.h>

#define TXN_BYTES     (16u << 20)
#define PENDING_BYTES (4u << 20)

void txn_done(struct txn *txn)
{
    free(txn->arrivals_us);
    *txn = (struct txn){0};
}

void txn_clear(struct txn *txn)
{
    *txn =
        (struct txn){.arrivals_us = txn->arrivals_us, .arrival_room = txn->arrival_room};
}

/* For the latency; without memory it goes without this one. */
static void note_arrival(struct txn *txn, int64_t arrived_us)
{
    size_t n = txn->n_records;
    if (n == txn->arrival_room) {
        size_t room = n ? 2 * n : 512;
        int64_t *arrivals = realloc(txn->arrivals_us, room * sizeof(*arrivals));
        if (!arrivals)
            return;
        txn->arrivals_us = arrivals;
        txn->arrival_room = room;
    }
    if (n < txn->arrival_room)
        txn->arrivals_us[n] = arrived_us;
}

void txn_add(struct txn *txn, int64_t arrived_us)
{
    note_arrival(txn, arrived_us);
    txn->n_records++;
}

void txn_bound(struct txn *txn, size_t most_records, size_t pending_bytes)
{
    txn->is_full = txn->is_full || txn->n_records >= most_records ||
                   txn->size_bytes >= TXN_BYTES || pending_bytes >= PENDING_BYTES;
}

void txn_count(const struct txn *txn, int64_t now_us, struct metrics *met)
{
    met->transactions++;
    metrics_settle(met, &txn->tally);
    met->last_commit_s = (double)time(NULL);
    histogram_add(&met->transaction, (now_us - txn->opened_us) * 1000);
    for (size_t i = 0; i < txn->n_records && i < txn->arrival_room; i++)
        histogram_add(&met->latency, (now_us - txn->arrivals_us[i]) * 1000);
    if (txn->n_records > 0 && txn->arrival_room > 0)
        met->slowest_us = now_us - txn->arrivals_us[0];
}
