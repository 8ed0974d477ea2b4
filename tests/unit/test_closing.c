/* test_closing.c -- when a transaction ends.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "closing.h"

#define MS       INT64_C(1000)
#define LONG_AGO (1000 * MS)

static void it_ends_when_the_lag_says_so(void **state)
{
    (void)state;
    static const struct {
        const char *claim;
        struct closing closing;
        int64_t wait_us;
    } rows[] = {
        {"nothing else is under way",
         {.rest_us = LONG_AGO, .commit_us = 6 * MS, .most_us = 50 * MS},
         0},
        {"even when records wait",
         {.rest_us = LONG_AGO, .n_waiting = 500, .most_us = 50 * MS},
         0},
        {"it is full",
         {.is_full = true, .has_more = true, .n_waiting = 500, .most_us = 50 * MS},
         0},
        {"a lag is worked off in large transactions",
         {.rest_us = LONG_AGO,
          .has_more = true,
          .n_records = 40,
          .n_waiting = 500,
          .age_us = 10 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         40 * MS},
        {"up to the bound",
         {.rest_us = LONG_AGO,
          .has_more = true,
          .n_records = 40,
          .n_waiting = 500,
          .age_us = 50 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         0},
        {"a burst lets it grow to its own size",
         {.rest_us = LONG_AGO,
          .has_more = true,
          .n_records = 39,
          .n_waiting = 40,
          .age_us = 10 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         40 * MS},
        {"and no further",
         {.rest_us = LONG_AGO,
          .has_more = true,
          .n_records = 40,
          .n_waiting = 40,
          .age_us = 10 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         0},
        {"without a lag it lives as long as a commit takes",
         {.rest_us = LONG_AGO,
          .has_more = true,
          .age_us = 2 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         4 * MS},
        {"and no longer",
         {.rest_us = LONG_AGO,
          .has_more = true,
          .age_us = 7 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         0},
        {"a slow broker does not lift the bound",
         {.rest_us = LONG_AGO,
          .has_more = true,
          .age_us = 2 * MS,
          .commit_us = 900 * MS,
          .most_us = 50 * MS},
         48 * MS},
        {"the first one has nothing to go by, and waits for nobody",
         {.rest_us = LONG_AGO, .has_more = true, .most_us = 50 * MS},
         0},
        {"a commit does not follow another at once",
         {.rest_us = 1 * MS, .age_us = 1 * MS, .commit_us = 3 * MS, .most_us = 50 * MS},
         7 * MS},
        {"but soon",
         {.rest_us = 8 * MS, .age_us = 7 * MS, .commit_us = 3 * MS, .most_us = 50 * MS},
         0},
        {"unless it is full",
         {.is_full = true, .rest_us = 1 * MS, .commit_us = 3 * MS, .most_us = 50 * MS},
         0},
        {"a pause is part of the wait for more",
         {.has_more = true,
          .rest_us = 3 * MS,
          .age_us = 1 * MS,
          .commit_us = 6 * MS,
          .most_us = 50 * MS},
         5 * MS},
        {"the bound holds for the pause, too",
         {.rest_us = 1 * MS, .commit_us = 1 * MS, .most_us = 2 * MS},
         1 * MS},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (closing_wait_us(&rows[i].closing) != rows[i].wait_us)
            fail_msg("%s: %lld us", rows[i].claim,
                     (long long)closing_wait_us(&rows[i].closing));
    }
}

static void one_slow_commit_says_nothing_about_the_next(void **state)
{
    struct commits commits = {0};
    (void)state;
    assert_int_equal(commits_usual_us(&commits), 0);
    commits_note(&commits, 4 * MS, 10 * MS);
    assert_int_equal(commits_usual_us(&commits), 4 * MS);
    commits_note(&commits, 150 * MS, 200 * MS);
    assert_int_equal(commits_usual_us(&commits), 4 * MS);
    commits_note(&commits, 5 * MS, 210 * MS);
    assert_int_equal(commits_usual_us(&commits), 5 * MS);
    assert_int_equal(commits.through_us, 210 * MS);
}

static void a_slow_broker_is_believed_the_second_time(void **state)
{
    struct commits commits = {0};
    (void)state;
    commits_note(&commits, 4 * MS, 10 * MS);
    commits_note(&commits, 40 * MS, 60 * MS);
    commits_note(&commits, 30 * MS, 100 * MS);
    assert_int_equal(commits_usual_us(&commits), 30 * MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_ends_when_the_lag_says_so),
        cmocka_unit_test(one_slow_commit_says_nothing_about_the_next),
        cmocka_unit_test(a_slow_broker_is_believed_the_second_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
