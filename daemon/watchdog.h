/* watchdog.h -- whether the service manager is told that there is life.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_WATCHDOG_H
#define DAEMON_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

/* What the daemon shows at one look. */
struct watchdog_sign {
    uint64_t steps; /* grows with everything that moves, also with each turn of a wait */
    bool is_idle;   /* nothing is there that could move */
};

struct watchdog {
    uint64_t seen;
    int64_t moved_ms; /* when it last moved, or was idle */
    int64_t limit_ms; /* how long the service manager waits; 0: for ever */
    bool was_told;    /* of the standstill under way */
};

/* `limit_ms` as notify_watchdog_ms() has it. */
void watchdog_init(struct watchdog *dog, int64_t limit_ms, int64_t now_ms);

/* Looks at the daemon: true when there is life to report. A standstill is logged once,
 * when half of the limit is over. */
bool watchdog_look(struct watchdog *dog, const struct watchdog_sign *sign,
                   int64_t now_ms);

/* How long nothing has moved although something should have; as of the last look. */
int64_t watchdog_stalled_ms(const struct watchdog *dog, int64_t now_ms);

#endif
