/* test_histogram.c -- every time has its bucket, and quantiles are near the truth.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "histogram.h"

/* The bucket that one time went to. */
static size_t bucket_of(int64_t ns)
{
    struct histogram hist = {0};
    size_t i = 0;
    histogram_add(&hist, ns);
    while (!hist.buckets[i])
        i++;
    return i;
}

static void bounds_grow_and_hold_what_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < HISTOGRAM_BOUNDS; i++) {
        int64_t bound_ns = (int64_t)histogram_bound_us(i) * 1000;
        if (i)
            assert_true(histogram_bound_us(i) > histogram_bound_us(i - 1));
        assert_int_equal(bucket_of(bound_ns), i);
        assert_int_equal(bucket_of(bound_ns + 1), i + 1);
    }
    assert_int_equal(bucket_of(0), 0);
    assert_int_equal(bucket_of(-5), 0);
    assert_int_equal(bucket_of(INT64_MAX), HISTOGRAM_BOUNDS);
}

static void powers_of_two_are_bounds(void **state)
{
    (void)state;
    for (unsigned power = 2; power <= 27; power++)
        assert_int_equal(histogram_bound_us(histogram_bucket_of_power(power)),
                         1ull << power);
}

static void quantiles_are_within_an_eighth(void **state)
{
    static const double shares[] = {0.01, 0.5, 0.9, 0.99, 1};
    (void)state;
    struct histogram hist = {0};
    assert_true(histogram_quantile(&hist, 0.5) == 0);
    for (int64_t ms = 1; ms <= 1000; ms++)
        histogram_add(&hist, ms * 1000000);
    assert_int_equal(hist.count, 1000);
    assert_int_equal(hist.sum_ns, 500500ull * 1000000);
    for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++) {
        double truth = shares[i], told = histogram_quantile(&hist, shares[i]);
        if (told < truth * 7 / 8 || told > truth * 9 / 8)
            fail_msg("%g: %g", truth, told);
    }
}

static void a_quantile_beyond_all_bounds_is_the_last_bound(void **state)
{
    (void)state;
    struct histogram hist = {0};
    histogram_add(&hist, INT64_MAX);
    assert_true(histogram_quantile(&hist, 0.99) ==
                (double)histogram_bound_us(HISTOGRAM_BOUNDS - 1) / 1e6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_grow_and_hold_what_they_say),
        cmocka_unit_test(powers_of_two_are_bounds),
        cmocka_unit_test(quantiles_are_within_an_eighth),
        cmocka_unit_test(a_quantile_beyond_all_bounds_is_the_last_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
