/* watchdog.c -- a heart that beats because blood flows, not because a timer rings.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A loop that turns proves little: a worker may spin in one article, a commit may hang
 * without a time limit, a wake-up may be lost while records pile up. The service manager
 * would see a healthy process that does nothing. So a look counts as life only when
 *   - something moved since the last one: a record was read, a batch decided, a
 *     transaction committed, a sketch restored; or
 *   - nothing can move: no record waits and none is under way; or
 *   - somebody waits for the broker, and the wait keeps coming back to ask whether it
 *     shall go on (patience.h). An outage is not cured by a restart; a call that does not
 *     return may be.
 * Everything else is a standstill. Half-way to the limit it is logged, at the limit the
 * service manager ends the process, and the next one starts from the log. */
#include "watchdog.h"

#include "log.h"

void watchdog_init(struct watchdog *dog, int64_t limit_ms, int64_t now_ms)
{
    *dog = (struct watchdog){.moved_ms = now_ms, .limit_ms = limit_ms};
}

int64_t watchdog_stalled_ms(const struct watchdog *dog, int64_t now_ms)
{
    return now_ms - dog->moved_ms;
}

bool watchdog_look(struct watchdog *dog, const struct watchdog_sign *sign, int64_t now_ms)
{
    bool is_alive = sign->is_idle || sign->steps != dog->seen;
    dog->seen = sign->steps;
    if (is_alive) {
        if (dog->was_told)
            log_info("goes on", LOG_NUMBER("after_ms", watchdog_stalled_ms(dog, now_ms)));
        dog->moved_ms = now_ms;
        dog->was_told = false;
        return true;
    }
    int64_t stalled_ms = watchdog_stalled_ms(dog, now_ms);
    if (dog->limit_ms && !dog->was_told && stalled_ms >= dog->limit_ms / 2) {
        log_warning("standstill", LOG_NUMBER("stalled_ms", stalled_ms),
                    LOG_NUMBER("limit_ms", dog->limit_ms),
                    LOG_TEXT("action", "let the watchdog end it at the limit"));
        dog->was_told = true;
    }
    return false;
}
