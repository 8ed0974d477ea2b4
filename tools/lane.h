/* lane.h -- a topic whose partitions are read each at its own pace.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_LANE_H
#define TOOLS_LANE_H

#include "scan.h"

struct lane_queue {
    rd_kafka_message_t **at;
    size_t first, n, room;
};

struct lane {
    struct scan scan;
    struct lane_queue *queues; /* one a partition: read, and not dropped yet */
};

/* From the beginning to the ends that the partitions have now. EXIT_FINE, or EXIT_USAGE
 * after a message. Borrows both. */
int lane_open(struct lane *lane, struct client *client, const char *topic);

/* Safe on a zeroed lane and after a failed lane_open(). */
void lane_close(struct lane *lane);

/* The partition's next record, which stays the lane's; NULL at its end, or on an error,
 * which has been told and is then in *ret_code. What other partitions bring meanwhile is
 * kept for them. */
const rd_kafka_message_t *lane_head(struct lane *lane, int partition, int *ret_code);

/* Done with the head. */
void lane_drop(struct lane *lane, int partition);

#endif
