/* test_bits.c -- numbers come back out of their bits, and bad bits are told.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/bits.h"
#include "copy.h"

enum { N_NUMBERS = 400 };

static uint32_t number(uint64_t *seed)
{
    uint64_t dice = copy_random(seed);
    return (uint32_t)(dice >> 32) >> (dice >> 8) % 32; /* of every size */
}

static void numbers_come_back(void **state)
{
    (void)state;
    static unsigned char bytes[N_NUMBERS * 12];
    static const unsigned orders[] = {0, 1, 8, 22, 31};
    for (size_t o = 0; o < sizeof(orders) / sizeof(orders[0]); o++) {
        uint64_t seed = 5, again = 5;
        struct wd_bit_writer out = wd_bit_writer_of(bytes, sizeof(bytes));
        for (unsigned i = 0; i < N_NUMBERS; i++) {
            wd_bits_put(&out, i % 8, 3);
            wd_bits_put_gamma(&out, i);
            wd_bits_put_rice(&out, number(&seed), orders[o]);
        }
        size_t size = (size_t)(wd_bits_flush(&out) - bytes);
        assert_false(out.is_full);
        struct wd_bit_reader in = wd_bit_reader_of(bytes, size);
        for (unsigned i = 0; i < N_NUMBERS; i++) {
            assert_int_equal(wd_bits_get(&in, 3), i % 8);
            assert_int_equal(wd_bits_get_gamma(&in, N_NUMBERS), i);
            assert_int_equal(wd_bits_get_rice(&in, orders[o], UINT32_MAX),
                             number(&again));
        }
        assert_true(wd_bits_at_end(&in));
    }
}

static void a_full_writer_says_so_and_writes_no_more(void **state)
{
    (void)state;
    unsigned char bytes[4] = {0, 0, 0, 0x5a};
    struct wd_bit_writer out = wd_bit_writer_of(bytes, 3);
    for (unsigned i = 0; i < 8; i++)
        wd_bits_put(&out, 7, 3);
    (void)wd_bits_flush(&out);
    assert_false(out.is_full);
    wd_bits_put(&out, 1, 1);
    (void)wd_bits_flush(&out);
    assert_true(out.is_full);
    assert_int_equal(bytes[3], 0x5a);
}

typedef void put_fn(struct wd_bit_writer *out, uint32_t value);
typedef uint32_t get_fn(struct wd_bit_reader *in, uint32_t max);

static void put_rice(struct wd_bit_writer *out, uint32_t value)
{
    wd_bits_put_rice(out, value, 4);
}

static uint32_t get_rice(struct wd_bit_reader *in, uint32_t max)
{
    return wd_bits_get_rice(in, 4, max);
}

/* The numbers take two bytes and more. */
static const struct {
    uint32_t value;
    put_fn *put;
    get_fn *get;
} codes[] = {
    {150, put_rice, get_rice},
    {12 << 4, put_rice, get_rice}, /* as it is */
    {UINT32_MAX, put_rice, get_rice},
    {300, wd_bits_put_gamma, wd_bits_get_gamma},
};

static void what_is_cut_off_or_too_large_is_bad(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        unsigned char bytes[8] = {0};
        uint32_t value = codes[i].value;
        struct wd_bit_writer out = wd_bit_writer_of(bytes, sizeof(bytes));
        codes[i].put(&out, value);
        size_t size = (size_t)(wd_bits_flush(&out) - bytes);
        struct wd_bit_reader in = wd_bit_reader_of(bytes, size);
        assert_int_equal(codes[i].get(&in, value), value);
        assert_true(wd_bits_at_end(&in));
        in = wd_bit_reader_of(bytes, size);
        assert_int_equal(codes[i].get(&in, value - 1), 0);
        assert_true(in.is_bad);
        assert_false(wd_bits_at_end(&in));
        in = wd_bit_reader_of(bytes, size - 1);
        assert_int_equal(codes[i].get(&in, value), 0);
        assert_true(in.is_bad);
    }
}

static void a_number_has_one_spelling(void **state)
{
    (void)state;
    unsigned char bytes[8] = {0};
    struct wd_bit_writer out = wd_bit_writer_of(bytes, sizeof(bytes));
    wd_bits_put(&out, 0, WD_RICE_STEPS);
    wd_bits_put(&out, (WD_RICE_STEPS << 4) - 1, 32); /* which takes less */
    size_t size = (size_t)(wd_bits_flush(&out) - bytes);
    struct wd_bit_reader in = wd_bit_reader_of(bytes, size);
    assert_int_equal(wd_bits_get_rice(&in, 4, UINT32_MAX), 0);
    assert_true(in.is_bad);
    memset(bytes, 0, sizeof(bytes));
    in = wd_bit_reader_of(bytes, sizeof(bytes)); /* without an end */
    assert_int_equal(wd_bits_get_gamma(&in, 1 << 14), 0);
    assert_true(in.is_bad);
}

static void only_zeros_may_follow_the_last_number(void **state)
{
    (void)state;
    unsigned char bytes[2] = {0x05, 0};
    struct wd_bit_reader in = wd_bit_reader_of(bytes, 1);
    assert_int_equal(wd_bits_get(&in, 3), 5);
    assert_true(wd_bits_at_end(&in));
    in = wd_bit_reader_of(bytes, 1);
    assert_int_equal(wd_bits_get(&in, 2), 1);
    assert_false(wd_bits_at_end(&in));
    in = wd_bit_reader_of(bytes, 2); /* a byte that nobody needs */
    (void)wd_bits_get(&in, 3);
    assert_false(wd_bits_at_end(&in));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(a_full_writer_says_so_and_writes_no_more),
        cmocka_unit_test(what_is_cut_off_or_too_large_is_bad),
        cmocka_unit_test(a_number_has_one_spelling),
        cmocka_unit_test(only_zeros_may_follow_the_last_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
