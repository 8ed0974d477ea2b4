/* test_health.c -- who is alive, who is ready, and what is said about it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <string.h>

#include "health.h"

static void roles_and_gauges_decide(void **state)
{
    static const struct {
        enum role role;
        double stalled_s;
        double lag;
        bool is_alive;
        bool is_ready;
        const char *reason;
    } rows[] = {
        {ROLE_ACTIVE, 0, 0, true, true, "records are read and written"},
        {ROLE_ACTIVE, 14.9, 0, true, true, "records are read and written"},
        {ROLE_ACTIVE, 15, 0, true, false, "nothing has moved for 15 s"},
        {ROLE_ACTIVE, 59.9, 0, true, false, "nothing has moved for"},
        {ROLE_ACTIVE, 60, 0, false, false, "nothing has moved for 60 s"},
        {ROLE_STANDBY, 0, 0, true, true, "0 sketches of the log are to be read"},
        {ROLE_STANDBY, 0, 1000, true, true, "1000 sketches"},
        {ROLE_STANDBY, 0, 1001, true, false, "1001 sketches"},
        {ROLE_STANDBY, 0, -1, true, false, "not known"},
        {ROLE_STARTING, 0, 0, true, false, "takes over"},
        {ROLE_WAITING, 0, 0, true, false, "tries again"},
        {ROLE_STOPPING, 0, 0, true, false, "told to stop"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct health health;
        struct metrics met;
        metrics_init(&met);
        met.role = rows[i].role;
        met.stalled_s = rows[i].stalled_s;
        met.standby_lag_records = rows[i].lag;
        health_judge(&met, &health);
        if (health.is_alive != rows[i].is_alive || health.is_ready != rows[i].is_ready ||
            !strstr(health.reason, rows[i].reason))
            fail_msg("row %zu: %d %d %s", i, health.is_alive, health.is_ready,
                     health.reason);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_and_gauges_decide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
