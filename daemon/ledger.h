/* ledger.h -- which input offsets are read, decided and committed; knows no Kafka.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One line for each input partition, with four places, all "the next offset", that only
 * grow and never pass one another:  committed <= sealed <= decided <= arrived.
 * A commit names what is sealed; only a finished commit moves `committed`. */
#ifndef DAEMON_LEDGER_H
#define DAEMON_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wiredesk/span.h"

#define LEDGER_NONE ((int64_t)-1)

struct ledger_line {
    char *topic;
    int32_t partition;
    int64_t arrived; /* LEDGER_NONE: nothing known yet; so are all four then */
    int64_t decided;
    int64_t sealed;
    int64_t committed;
    int64_t timestamp_ms; /* of the last record that the sketch log names */
    /* Records in this run, which offsets do not count: ends of transactions have some. */
    uint64_t n_arrived, n_decided, n_sealed, n_committed;
};

struct ledger;

/* NULL when memory is short. */
struct ledger *ledger_new(void);

/* NULL-safe. */
void ledger_free(struct ledger *led);

/* Takes an offset that the sketch log names: it is decided and committed. False when it
 * does not lie past the last one, or memory is short. */
bool ledger_restore(struct ledger *led, struct wd_str topic, int32_t partition,
                    int64_t offset, int64_t timestamp_ms);

/* A record has arrived. False when it does not lie past the last one: the consumer went
 * back, and going on would write articles twice. */
bool ledger_arrive(struct ledger *led, struct wd_str topic, int32_t partition,
                   int64_t offset);

/* The record was decided on, in the open transaction. It must have arrived. */
void ledger_decide(struct ledger *led, struct wd_str topic, int32_t partition,
                   int64_t offset);

/* The open transaction is closed for more: what is decided is what it commits. */
void ledger_seal(struct ledger *led);

/* The sealed transaction is committed. */
void ledger_settle(struct ledger *led);

/* Whether this line has something sealed that is not committed. */
bool ledger_line_is_due(const struct ledger_line *line);

/* When the last record that the sketch log names was made; 0 when it names none. */
int64_t ledger_timestamp(const struct ledger *led, struct wd_str topic,
                         int32_t partition);

/* Where reading goes on; LEDGER_NONE when no record of the partition is known. */
int64_t ledger_position(const struct ledger *led, struct wd_str topic, int32_t partition);

/* How many records of the partition have arrived and are not committed. */
uint64_t ledger_under_way(const struct ledger *led, struct wd_str topic,
                          int32_t partition);

const struct ledger_line *ledger_lines(const struct ledger *led, size_t *ret_n);

enum ledger_accord {
    LEDGER_AGREES,
    LEDGER_FORGOTTEN, /* the broker has no offset (any more); the log has */
    LEDGER_DISAGREES,
};

/* Compares a committed offset (LEDGER_NONE: there is none) with the log's position. With
 * transactions both move together. Without, offsets may lag: they are written last. */
enum ledger_accord ledger_compare(int64_t position, int64_t committed,
                                  bool is_transactional);

#endif
