/* test_logit.c -- the fitted model is the one summit of its likelihood.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <math.h>
#include <string.h>

#include "model/logit.h"

enum { N_ROWS = 200, N_FEATURES = 3 };

#define PENALTY 1.0

static const double all[N_FEATURES] = {PENALTY, PENALTY, PENALTY};

/* Numbers from 0 to 1 that look random and are the same everywhere. */
static double next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)(*seed >> 8) / (1 << 24);
}

/* The first feature speaks for it, the second against it, the third says nothing. */
static void make_rows(struct logit_row rows[N_ROWS])
{
    uint32_t seed = 7;
    for (size_t i = 0; i < N_ROWS; i++) {
        struct logit_row row = {.weight = 0.5 + next(&seed)};
        for (size_t f = 0; f < N_FEATURES; f++)
            row.values[f] = next(&seed);
        row.is_true = row.values[0] - row.values[1] + 0.6 * (next(&seed) - 0.5) > 0;
        rows[i] = row;
    }
}

static double probability(const struct logit *logit, const struct logit_row *row)
{
    return 1 / (1 + exp(-logit_score(logit, row->values, N_FEATURES)));
}

static void weights_have_the_sign_of_what_they_weigh(void **state)
{
    struct logit_row rows[N_ROWS];
    struct logit logit;
    (void)state;
    make_rows(rows);
    assert_true(logit_fit(rows, N_ROWS, N_FEATURES, all, &logit));
    assert_true(logit.of[0] > 2);
    assert_true(logit.of[1] < -2);
    assert_true(fabs(logit.of[2]) < 1);
}

/* At the summit no weight can be moved to advantage; for the bias, which nothing pulls,
 * that means that as much is expected to be true as is. */
static void as_much_is_expected_as_there_is(void **state)
{
    struct logit_row rows[N_ROWS];
    struct logit logit;
    double expected = 0, found = 0;
    (void)state;
    make_rows(rows);
    assert_true(logit_fit(rows, N_ROWS, N_FEATURES, all, &logit));
    for (size_t i = 0; i < N_ROWS; i++) {
        expected += rows[i].weight * probability(&logit, &rows[i]);
        found += rows[i].is_true ? rows[i].weight : 0;
    }
    assert_true(fabs(expected - found) < 1e-6);
}

static void the_unit_of_a_feature_does_not_matter(void **state)
{
    struct logit_row rows[N_ROWS], scaled[N_ROWS];
    struct logit logit, other;
    (void)state;
    make_rows(rows);
    memcpy(scaled, rows, sizeof(rows));
    for (size_t i = 0; i < N_ROWS; i++)
        scaled[i].values[0] = 1000 * scaled[i].values[0] + 5;
    assert_true(logit_fit(rows, N_ROWS, N_FEATURES, all, &logit));
    assert_true(logit_fit(scaled, N_ROWS, N_FEATURES, all, &other));
    for (size_t i = 0; i < N_ROWS; i++)
        assert_true(fabs(logit_score(&logit, rows[i].values, N_FEATURES) -
                         logit_score(&other, scaled[i].values, N_FEATURES)) < 1e-6);
}

static void a_weight_of_two_is_a_row_twice(void **state)
{
    struct logit_row once[N_ROWS], twice[N_ROWS + 1];
    struct logit logit, other;
    (void)state;
    make_rows(once);
    memcpy(twice, once, sizeof(once));
    twice[N_ROWS] = once[3];
    once[3].weight *= 2;
    assert_true(logit_fit(once, N_ROWS, N_FEATURES, all, &logit));
    assert_true(logit_fit(twice, N_ROWS + 1, N_FEATURES, all, &other));
    for (size_t f = 0; f < N_FEATURES; f++)
        assert_true(fabs(logit.of[f] - other.of[f]) < 1e-6);
}

static void what_is_not_used_or_never_differs_weighs_nothing(void **state)
{
    static const double some[N_FEATURES] = {PENALTY, 0, PENALTY};
    struct logit_row rows[N_ROWS];
    struct logit logit;
    (void)state;
    make_rows(rows);
    for (size_t i = 0; i < N_ROWS; i++)
        rows[i].values[2] = 0.25;
    assert_true(logit_fit(rows, N_ROWS, N_FEATURES, some, &logit));
    assert_true(logit.of[0] > 1);
    assert_true(logit.of[1] == 0);
    assert_true(logit.of[2] == 0);
}

static void a_higher_penalty_gives_smaller_weights(void **state)
{
    struct logit_row rows[N_ROWS];
    struct logit low, high;
    (void)state;
    make_rows(rows);
    static const double light[N_FEATURES] = {0.1, 0.1, 0.1};
    static const double heavy[N_FEATURES] = {50, 0.1, 0.1};
    assert_true(logit_fit(rows, N_ROWS, N_FEATURES, light, &low));
    assert_true(logit_fit(rows, N_ROWS, N_FEATURES, heavy, &high));
    assert_true(high.of[0] > 0 && high.of[0] < low.of[0] / 2);
    assert_true(high.of[1] < low.of[1] / 2);
}

/* Without a penalty there would be no summit. */
static void what_can_be_parted_without_a_fault_is_fitted_too(void **state)
{
    struct logit_row rows[N_ROWS];
    struct logit logit;
    (void)state;
    make_rows(rows);
    for (size_t i = 0; i < N_ROWS; i++)
        rows[i].is_true = rows[i].values[0] > 0.5;
    assert_true(logit_fit(rows, N_ROWS, N_FEATURES, all, &logit));
    for (size_t f = 0; f < N_FEATURES; f++)
        assert_true(isfinite(logit.of[f]));
    assert_true(logit.of[0] > 5);
}

static void the_same_rows_give_the_same_bits(void **state)
{
    struct logit_row rows[N_ROWS];
    struct logit logit, again;
    (void)state;
    make_rows(rows);
    assert_true(logit_fit(rows, N_ROWS, N_FEATURES, all, &logit));
    assert_true(logit_fit(rows, N_ROWS, N_FEATURES, all, &again));
    assert_memory_equal(&logit, &again, sizeof(logit));
}

static void rows_that_say_nothing_give_no_model(void **state)
{
    struct logit_row rows[N_ROWS];
    struct logit logit;
    (void)state;
    make_rows(rows);
    assert_false(logit_fit(rows, 0, N_FEATURES, all, &logit));
    for (size_t i = 0; i < N_ROWS; i++)
        rows[i].weight = rows[i].is_true ? rows[i].weight : 0;
    assert_false(logit_fit(rows, N_ROWS, N_FEATURES, all, &logit));
    for (size_t i = 0; i < N_ROWS; i++) {
        rows[i].weight = 1;
        rows[i].is_true = false;
    }
    assert_false(logit_fit(rows, N_ROWS, N_FEATURES, all, &logit));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_have_the_sign_of_what_they_weigh),
        cmocka_unit_test(as_much_is_expected_as_there_is),
        cmocka_unit_test(the_unit_of_a_feature_does_not_matter),
        cmocka_unit_test(a_weight_of_two_is_a_row_twice),
        cmocka_unit_test(what_is_not_used_or_never_differs_weighs_nothing),
        cmocka_unit_test(a_higher_penalty_gives_smaller_weights),
        cmocka_unit_test(what_can_be_parted_without_a_fault_is_fitted_too),
        cmocka_unit_test(the_same_rows_give_the_same_bits),
        cmocka_unit_test(rows_that_say_nothing_give_no_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
