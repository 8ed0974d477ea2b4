/* witness.c -- see witness.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Retention may have taken the witness, compaction too; then there is none, and the
 * offsets have to do. A topic made anew is nearly always shorter at first, and told by
 * that alone. */
#include "witness.h"

static int position_gone(const rd_kafka_topic_partition_t *part, int64_t position,
                         int64_t low, int64_t high, struct fault *fault)
{
    return fault_set(fault, FAULT_STATE,
                     "the position in %s [%d] is gone: %lld comes next by the sketch "
                     "log, the topic has %lld to %lld (retention, or it was made anew)",
                     part->topic, (int)part->partition, (long long)position,
                     (long long)low, (long long)high);
}

int witness_call(struct witness *wit, rd_kafka_t *consumer, const struct ledger *led,
                 rd_kafka_topic_partition_t *part, int ms, struct fault *fault)
{
    int64_t low, high;
    struct wd_str topic = wd_str_from(part->topic);
    int64_t position = ledger_position(led, topic, part->partition);
    wit->offset = LEDGER_NONE;
    part->offset = position == LEDGER_NONE ? RD_KAFKA_OFFSET_BEGINNING : position;
    if (position == LEDGER_NONE)
        return 0;
    rd_kafka_resp_err_t code = rd_kafka_query_watermark_offsets(
        consumer, part->topic, part->partition, &low, &high, ms);
    if (code)
        return kafka_fault_code(fault, "asking for the ends of the input", code);
    if (position < low || position > high)
        return position_gone(part, position, low, high, fault);
    if (position == low) /* retention took all that the log has seen */
        return 0;
    *wit = (struct witness){position - 1, ledger_timestamp(led, topic, part->partition)};
    part->offset = wit->offset;
    return 0;
}

int witness_hear(struct witness *wit, const rd_kafka_message_t *msg, struct fault *fault)
{
    struct witness due = *wit;
    wit->offset = LEDGER_NONE; /* whichever record came: the next one is behind it */
    if (due.offset == LEDGER_NONE || msg->offset != due.offset)
        return 0;
    int64_t found_ms = rd_kafka_message_timestamp(msg, NULL);
    if (found_ms == due.timestamp_ms)
        return 1;
    return fault_set(fault, FAULT_STATE,
                     "%s [%d] was made anew: by the sketch log the record at %lld has "
                     "timestamp %lld, here it has %lld",
                     rd_kafka_topic_name(msg->rkt), (int)msg->partition,
                     (long long)msg->offset, (long long)due.timestamp_ms,
                     (long long)found_ms);
}
