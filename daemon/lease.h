/* lease.h -- which instance is active, or which share of the work it has.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The lease is what a consumer group assigns. For a desk that is the sketch log's one
 * partition, within `<group>-lease`: who has it should be active. For a tagger it is a
 * share of the input, within `<group>`. A lease only says who should try; what keeps two
 * instances apart are transactions. */
#ifndef DAEMON_LEASE_H
#define DAEMON_LEASE_H

#include <uv.h>

#include "config.h"
#include "fault.h"

enum lease_event {
    LEASE_HELD, /* this instance should be active */
    LEASE_FREE, /* another one has it */
    LEASE_LOST, /* it had it, and has it no longer */
};

struct lease;

/* What was assigned. */
struct share {
    rd_kafka_topic_partition_list_t *parts;    /* in order */
    rd_kafka_consumer_group_metadata_t *group; /* of the generation that assigned them */
};

/* Joins the group; events come on the loop. NULL with *fault set. */
struct lease *lease_open(const struct config *cfg, uv_loop_t *loop,
                         void (*on_event)(void *opaque, enum lease_event event),
                         void *opaque, struct fault *fault);

/* What is held, or was and is not given back; good until lease_give_back(). */
const struct share *lease_share(const struct lease *lease);

/* Lets go of a share that was LEASE_LOST: nothing of it is under way any more. The group
 * has waited for that. For a desk there is nothing to wait for. */
void lease_give_back(struct lease *lease);

/* To be called about once a second: tells the group that the loop is alive. */
void lease_tick(struct lease *lease);

/* Gives the lease back without waiting: a standby takes over while this process still
 * cleans up. What is not committed then is the standby's to abort. */
void lease_release(struct lease *lease);

/* NULL-safe. Stops the events; the membership stays until lease_leave(). */
void lease_mute(struct lease *lease);

/* NULL-safe. Leaves the group, so that a standby takes over at once. Blocks. */
void lease_leave(struct lease *lease);

#endif
