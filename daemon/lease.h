/* lease.h -- which instance is active.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The lease is the assignment of the sketch log's one partition within the group
 * `<group>-lease`. It only says who should try; what keeps two instances apart is the
 * transactional.id. */
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

/* Joins the group; events come on the loop. NULL with *fault set. */
struct lease *lease_open(const struct config *cfg, uv_loop_t *loop,
                         void (*on_event)(void *opaque, enum lease_event event),
                         void *opaque, struct fault *fault);

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
