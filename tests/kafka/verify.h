/* verify.h -- is what came out what had to come out?
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef KAFKA_VERIFY_H
#define KAFKA_VERIFY_H

#include "child.h"
#include "topic.h"

/* All that a deployment wrote, as a read_committed consumer sees it. */
struct written {
    struct records output;
    struct records dlq;
    struct records sketch;
    struct records clusters;
};

/* Waits until `n` sketches are there, then reads everything. */
void written_read(const struct deployment *dep, size_t n, int patience_ms,
                  struct written *ret);
void written_free(struct written *out);

/* Outputs, dead letters, and records that came again, for which nothing is published. */
size_t written_outcomes(const struct written *out);

/* Sequences run from 1 without a gap; every input record is decided exactly once; each is
 * one output or one dead letter. Then every record written is derived again with
 * libwiredesk, one thread, in the order that the log recorded, and compared
 * byte by byte. */
void verify_derivation(const struct deployment *dep, const struct written *out);

/* Where an output or dead letter says that it came from. */
int64_t output_source(const rd_kafka_message_t *msg);
int64_t dead_letter_source(const rd_kafka_message_t *msg);

/* Every input record is at least one output or dead letter, or came again, which only the
 * sketch log says. */
void verify_presence(const struct deployment *dep, const struct written *out);

/* Two deployments with the same input wrote the same bytes. */
void verify_equal(const struct written *a, const struct written *b);

#endif
