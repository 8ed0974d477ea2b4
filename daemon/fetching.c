/* fetching.c -- wakes those who fetch before the queue is empty.
 * SPDX-License-Identifier: Apache-2.0
 *
 * How much librdkafka reads ahead must not bound the speed. Once its queue is full, the
 * thread of that broker looks at it again when something else wakes it, or a second
 * later: one queue a second, and most of the time nobody has anything to do. (With 500
 * messages in it that made 750 articles a second, with 8 MB one partition made 2,500; and
 * a start read a log of 40 MB in three gulps, a second apart.) So a queue is
 * bounded by its bytes alone, and whenever a part of it has been taken, the leaders of
 * the partitions are asked for their last offsets. Nobody waits for the answer; the
 * request wakes the threads that send it. Newer versions look by themselves, as often as
 * fetch.queue.backoff.ms says. */
#include "fetching.h"

#include <stdbool.h>

#define WAKE_BYTES      (2u << 20) /* taken: it gets more while most of them are left */
#define LOOKS_BY_ITSELF 0x020200ff /* the version that does */

static bool looks_by_itself(void)
{
    return rd_kafka_version() >= LOOKS_BY_ITSELF;
}

const char *fetching_backoff_ms(void)
{
    return looks_by_itself() ? "10" : NULL;
}

void fetching_init(struct fetching *fetch, rd_kafka_t *consumer,
                   const rd_kafka_topic_partition_list_t *assigned)
{
    *fetch = (struct fetching){.consumer = consumer,
                               .assigned = rd_kafka_topic_partition_list_copy(assigned)};
}

void fetching_done(struct fetching *fetch)
{
    if (fetch->assigned)
        rd_kafka_topic_partition_list_destroy(fetch->assigned);
    *fetch = (struct fetching){.consumer = NULL};
}

/* Who does not wait is told that the answer is late. */
static void wake_fetchers(const struct fetching *fetch)
{
    rd_kafka_topic_partition_list_t *list =
        rd_kafka_topic_partition_list_copy(fetch->assigned);
    for (int i = 0; i < list->cnt; i++)
        list->elems[i].offset = RD_KAFKA_OFFSET_END;
    (void)rd_kafka_offsets_for_times(fetch->consumer, list, 0);
    rd_kafka_topic_partition_list_destroy(list);
}

void fetching_note_taken(struct fetching *fetch, size_t size)
{
    fetch->taken_bytes += size;
    if (fetch->taken_bytes < WAKE_BYTES || looks_by_itself())
        return;
    wake_fetchers(fetch);
    fetch->taken_bytes = 0;
}
