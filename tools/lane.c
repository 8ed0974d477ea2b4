/* lane.c -- see lane.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "lane.h"

#include <stdlib.h>
#include <string.h>

int lane_open(struct lane *lane, struct client *client, const char *topic)
{
    *lane = (struct lane){0};
    int code = scan_open(&lane->scan, client, topic);
    if (code != EXIT_FINE)
        return code;
    lane->queues = calloc((size_t)lane->scan.n_partitions, sizeof(*lane->queues));
    if (!lane->queues)
        return command_fail(client->cmd, "out of memory");
    return scan_start(&lane->scan);
}

void lane_close(struct lane *lane)
{
    for (int i = 0; lane->queues && i < lane->scan.n_partitions; i++) {
        while (lane->queues[i].n > 0)
            lane_drop(lane, i);
        free((void *)lane->queues[i].at);
    }
    free(lane->queues);
    if (lane->scan.rk)
        scan_close(&lane->scan);
    *lane = (struct lane){0};
}

static bool queue_add(struct lane_queue *queue, rd_kafka_message_t *message)
{
    if (queue->first > 0 && queue->first + queue->n == queue->room) {
        memmove((void *)queue->at, (void *)(queue->at + queue->first),
                queue->n * sizeof(*queue->at));
        queue->first = 0;
    }
    if (queue->n == queue->room) {
        size_t room = queue->room ? 2 * queue->room : 64;
        rd_kafka_message_t **at = realloc((void *)queue->at, room * sizeof(*at));
        if (!at)
            return false;
        queue->at = at;
        queue->room = room;
    }
    queue->at[queue->first + queue->n++] = message;
    return true;
}

const rd_kafka_message_t *lane_head(struct lane *lane, int partition, int *ret_code)
{
    struct lane_queue *queue = &lane->queues[partition];
    while (queue->n == 0 && !lane->scan.windows[partition].is_read &&
           *ret_code == EXIT_FINE) {
        rd_kafka_message_t *message = scan_next(&lane->scan, ret_code);
        if (message && !queue_add(&lane->queues[message->partition], message)) {
            rd_kafka_message_destroy(message);
            *ret_code = command_fail(lane->scan.client->cmd, "out of memory");
        }
    }
    return queue->n > 0 ? queue->at[queue->first] : NULL;
}

void lane_drop(struct lane *lane, int partition)
{
    struct lane_queue *queue = &lane->queues[partition];
    rd_kafka_message_destroy(queue->at[queue->first++]);
    if (--queue->n == 0)
        queue->first = 0;
}
