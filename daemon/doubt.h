/* doubt.h -- has this process slept through its session?
 * SPDX-License-Identifier: Apache-2.0
 *
 * A process that was stopped for longer than a session still believes in its lease when
 * it wakes, and may hear of a fault before the group tells it the truth. Were it to take
 * over from itself then, it would fence its lawful successor. */
#ifndef DAEMON_DOUBT_H
#define DAEMON_DOUBT_H

#include <stdbool.h>
#include <stdint.h>

#define DOUBT_TICK_MS 1000 /* doubt_note_running() comes at least so often */

struct doubt {
    int64_t running_ms; /* when the process was last known to run */
    int64_t slept_ms;   /* when it was last found to have slept; 0: never */
};

static inline void doubt_note_running(struct doubt *doubt, int64_t now_ms,
                                      int64_t lease_ms)
{
    if (doubt->running_ms && now_ms - doubt->running_ms > DOUBT_TICK_MS + lease_ms / 2)
        doubt->slept_ms = now_ms;
    doubt->running_ms = now_ms;
}

/* Whether the group may not yet have told the truth. */
static inline bool doubt_remains(const struct doubt *doubt, int64_t now_ms,
                                 int64_t lease_ms)
{
    return doubt->slept_ms && now_ms - doubt->slept_ms < DOUBT_TICK_MS + lease_ms;
}

#endif
