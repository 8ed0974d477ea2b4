/* test_closing.c -- when a transaction ends.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "closing.h"

#define MS INT64_C(1000)

static void it_ends_when_the_lag_says_so(void **state)
{
    (void)state;
    static const struct {
        const char *claim;
        struct closing closing;
        int64_t wait_us;
    } rows[] = {
        {"nothing else is under way", {.commit_us = 6 * MS, .most_us = 50 * MS}, 0},
        {"even when records wait", {.n_waiting = 500, .most_us = 50 * MS}, 0},
        {"it is full",
         {.is_full = true, .has_more = true, .n_waiting = 500, .most_us = 50 * MS},
         0},
        {"a lag is worked off in large transactions",
         {.has_more = true,
          .n_records = 40,
          .n_waiting = 500,
          .age_us = 10 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         40 * MS},
        {"up to the bound",
         {.has_more = true,
          .n_records = 40,
          .n_waiting = 500,
          .age_us = 50 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         0},
        {"a burst lets it grow to its own size",
         {.has_more = true,
          .n_records = 39,
          .n_waiting = 40,
          .age_us = 10 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         40 * MS},
        {"and no further",
         {.has_more = true,
          .n_records = 40,
          .n_waiting = 40,
          .age_us = 10 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         0},
        {"without a lag it lives as long as a commit takes",
         {.has_more = true, .age_us = 2 * MS, .commit_us = 6 * MS, .most_us = 50 * MS},
         4 * MS},
        {"and no longer",
         {.has_more = true, .age_us = 7 * MS, .commit_us = 6 * MS, .most_us = 50 * MS},
         0},
        {"a slow broker does not lift the bound",
         {.has_more = true, .age_us = 2 * MS, .commit_us = 900 * MS, .most_us = 50 * MS},
         48 * MS},
        {"the first one has nothing to go by, and waits for nobody",
         {.has_more = true, .most_us = 50 * MS},
         0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (closing_wait_us(&rows[i].closing) != rows[i].wait_us)
            fail_msg("%s: %lld us", rows[i].claim,
                     (long long)closing_wait_us(&rows[i].closing));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_ends_when_the_lag_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
