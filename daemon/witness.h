/* witness.h -- is the input still the topic that the sketch log speaks of?
 * SPDX-License-Identifier: Apache-2.0
 *
 * A topic that was deleted and made anew has the same name and again an offset 41, but
 * another record there. Going on at 42 would leave out the new 0 … 41 without a word. So
 * reading begins one record early, with the last one that the log names: its timestamp
 * has to be the one in the log. It is not decided again. */
#ifndef DAEMON_WITNESS_H
#define DAEMON_WITNESS_H

#include "kafka.h"
#include "ledger.h"

struct witness {
    int64_t offset; /* LEDGER_NONE: no record is waited for */
    int64_t timestamp_ms;
};

/* Sets part->offset to where reading begins. A fault when the position does not exist any
 * more. Asks the broker, for `ms` at most. */
int witness_call(struct witness *wit, rd_kafka_t *consumer, const struct ledger *led,
                 rd_kafka_topic_partition_t *part, int ms, struct fault *fault);

/* To be told of each record of its partition: 1 when that was the witness, to be dropped;
 * 0 for any other; -1 when it is another record than the log names. */
int witness_hear(struct witness *wit, const rd_kafka_message_t *msg, struct fault *fault);

#endif
