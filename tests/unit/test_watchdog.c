/* test_watchdog.c -- what counts as life.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "notify.h"
#include "watchdog.h"

#define LIMIT_MS 30000

/* One look a second, each a row. */
static const struct look {
    const char *claim;
    struct watchdog_sign sign;
    bool is_alive;
    int64_t stalled_ms;
} looks[] = {
    {"idle from the start", {0, true}, true, 0},
    {"something moved", {7, false}, true, 0},
    {"nothing moved", {7, false}, false, 1000},
    {"nor now", {7, false}, false, 2000},
    {"it moves again", {8, false}, true, 0},
    {"all is done", {8, true}, true, 0},
    {"still nothing to do", {8, true}, true, 0},
    {"work came and did not move", {8, false}, false, 1000},
    {"a new stream counts from the beginning", {1, false}, true, 0},
};

static void only_movement_and_rest_are_life(void **state)
{
    (void)state;
    struct watchdog dog;
    int64_t now_ms = 5000;
    watchdog_init(&dog, LIMIT_MS, now_ms);
    for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
        now_ms += 1000;
        if (watchdog_look(&dog, &looks[i].sign, now_ms) != looks[i].is_alive ||
            watchdog_stalled_ms(&dog, now_ms) != looks[i].stalled_ms)
            fail_msg("%s: stalled for %lld ms", looks[i].claim,
                     (long long)watchdog_stalled_ms(&dog, now_ms));
    }
}

static void the_limit_is_the_service_managers(void **state)
{
    (void)state;
    char mine[24];
    (void)snprintf(mine, sizeof(mine), "%lld", (long long)getpid());
    static const struct {
        const char *usec, *pid;
        int64_t ms;
    } rows[] = {
        {NULL, NULL, 0},          {"30000000", NULL, 30000}, {"30000000", "1", 0},
        {"30000000", "*", 30000}, {"soon", NULL, 0},         {"-5000", NULL, 0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *pid = rows[i].pid && *rows[i].pid == '*' ? mine : rows[i].pid;
        (void)unsetenv("WATCHDOG_USEC");
        (void)unsetenv("WATCHDOG_PID");
        if (rows[i].usec)
            assert_int_equal(setenv("WATCHDOG_USEC", rows[i].usec, 1), 0);
        if (pid)
            assert_int_equal(setenv("WATCHDOG_PID", pid, 1), 0);
        assert_int_equal(notify_watchdog_ms(), rows[i].ms);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_movement_and_rest_are_life),
        cmocka_unit_test(the_limit_is_the_service_managers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
