/* health.c -- alive and ready are two questions, and neither is "does the port answer?".
 * SPDX-License-Identifier: Apache-2.0
 *
 * Alive: something moves, or nothing has to (watchdog.h). Who is not alive should be
 * ended and started again; therefore a broker that is away is no reason, and the limit is
 * wide. Ready: the active one moves, a standby has taken in the sketch log up to a
 * second's worth or so. A stalled one stops being ready long before it stops being
 * alive. */
#include "health.h"

#include <stdio.h>

#define READY_STALL_S 15
#define ALIVE_STALL_S 60
#define READY_LAG     1000 /* sketches: less than a tenth of a second to take in */

static void judge_active(const struct metrics *met, struct health *health)
{
    health->is_ready = met->stalled_s < READY_STALL_S;
    if (health->is_ready)
        (void)snprintf(health->reason, sizeof(health->reason),
                       "records are read and written");
    else
        (void)snprintf(health->reason, sizeof(health->reason),
                       "nothing has moved for %.0f s", met->stalled_s);
}

bool health_is_warm(double lag_records)
{
    return lag_records >= 0 && lag_records <= READY_LAG;
}

static void judge_standby(const struct metrics *met, struct health *health)
{
    if (met->standby_lag_records < 0) {
        (void)snprintf(health->reason, sizeof(health->reason),
                       "it is not known how long the sketch log is");
        return;
    }
    health->is_ready = health_is_warm(met->standby_lag_records);
    (void)snprintf(health->reason, sizeof(health->reason),
                   "%.0f sketches of the log are to be read", met->standby_lag_records);
}

void health_judge(const struct metrics *met, struct health *ret_health)
{
    *ret_health = (struct health){.is_alive = met->stalled_s < ALIVE_STALL_S,
                                  .role = role_name(met->role)};
    switch (met->role) {
    case ROLE_ACTIVE:
        judge_active(met, ret_health);
        break;
    case ROLE_STANDBY:
        judge_standby(met, ret_health);
        break;
    case ROLE_STARTING:
        (void)snprintf(ret_health->reason, sizeof(ret_health->reason),
                       "it takes over: the state is read from the log");
        break;
    case ROLE_WAITING:
        (void)snprintf(ret_health->reason, sizeof(ret_health->reason),
                       "it tries again soon; the log says what was wrong");
        break;
    case ROLE_STOPPING:
        (void)snprintf(ret_health->reason, sizeof(ret_health->reason),
                       "it was told to stop");
        break;
    }
}
