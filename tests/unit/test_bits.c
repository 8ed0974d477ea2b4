/* test_bits.c -- numbers come back out of their bits, and bad bits are told.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/lists.h"
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
    uint64_t seed = 5, again = 5;
    struct wd_bit_writer out = wd_bit_writer_of(bytes, sizeof(bytes));
    for (unsigned i = 0; i < N_NUMBERS; i++) {
        wd_bits_put(&out, i % 8, 3);
        wd_bits_put_gamma(&out, i);
        wd_bits_put(&out, number(&seed), 32);
    }
    size_t size = (size_t)(wd_bits_flush(&out) - bytes);
    assert_false(out.is_full);
    struct wd_bit_reader in = wd_bit_reader_of(bytes, size);
    for (unsigned i = 0; i < N_NUMBERS; i++) {
        assert_int_equal(wd_bits_get(&in, 3), i % 8);
        assert_int_equal(wd_bits_get_gamma(&in, N_NUMBERS), i);
        assert_int_equal(wd_bits_get(&in, 32), number(&again));
    }
    assert_true(wd_bits_at_end(&in));
}

/* Steps and remainders of a list, in all that a reader of lists asks of them. */
static void lists_of_distances_come_back(void **state)
{
    (void)state;
    static unsigned char bytes[N_NUMBERS * 12];
    static const unsigned orders[] = {0, 1, 8, 14, 15, 22, 31};
    for (size_t o = 0; o < sizeof(orders) / sizeof(orders[0]); o++) {
        for (uint32_t n = 0; n < N_NUMBERS; n += 1 + n / 2) {
            uint32_t numbers[N_NUMBERS], back[N_NUMBERS];
            uint8_t steps[N_NUMBERS];
            uint64_t seed = n;
            struct wd_bit_writer out = wd_bit_writer_of(bytes, sizeof(bytes));
            for (uint32_t i = 0; i < n; i++) {
                numbers[i] = number(&seed);
                if (i % 16 != 5 && numbers[i] >> orders[o] >= WD_RICE_STEPS)
                    numbers[i] &= (UINT32_C(2) << orders[o]) - 1; /* the rest are long */
            }
            wd_rice_put_steps(&out, numbers, n, orders[o]);
            wd_rice_put_rests(&out, numbers, n, orders[o]);
            size_t size = (size_t)(wd_bits_flush(&out) - bytes);
            struct wd_bit_reader in = wd_bit_reader_of(bytes, size);
            wd_rice_get_steps(&in, steps, n);
            wd_rice_get_rests(&in, steps, n, orders[o], back);
            assert_memory_equal(back, numbers, n * sizeof(*back));
            assert_true(wd_bits_at_end(&in));
        }
    }
}

/* Also to who looks at several at once. */
static void steps_that_are_not_there_are_too_many(void **state)
{
    (void)state;
    enum { N = 2 * WD_RICE_AT_ONCE, ORDER = 7 };
    static const unsigned char bytes[64] = {0};
    struct wd_bit_reader in = wd_bit_reader_of(bytes, sizeof(bytes));
    uint8_t steps[N];
    uint16_t hashes[N];
    wd_rice_get_steps(&in, steps, N);
    (void)wd_list_get_rests(&in, steps, N, ORDER, 1, 0, hashes);
    assert_true(wd_bits_are_bad(&in));
}

static void nothing_comes_behind_the_last_print(void **state)
{
    (void)state;
    enum { N = 2, N_WORDS = 1 };
    static const uint32_t distances[N] = {UINT16_MAX, 0};
    unsigned char bytes[16];
    uint16_t prints[N];
    struct wd_bit_writer out = wd_bit_writer_of(bytes, sizeof(bytes));
    wd_count_put(&out, N, N);
    for (uint32_t i = 0; i < N; i++)
        wd_rice_put_steps(&out, &distances[i], 1, wd_print_order(N_WORDS, i));
    for (uint32_t i = 0; i < N; i++)
        wd_rice_put_rest(&out, distances[i], wd_print_order(N_WORDS, i));
    size_t size = (size_t)(wd_bits_flush(&out) - bytes);
    struct wd_bit_reader in = wd_bit_reader_of(bytes, size);
    (void)wd_prints_get(&in, prints, N, N_WORDS);
    assert_true(wd_bits_are_bad(&in));
}

static void bits_are_copied_from_anywhere_to_anywhere(void **state)
{
    (void)state;
    unsigned char bytes[64], copy[80];
    uint64_t seed = 9;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)copy_random(&seed);
    for (size_t from = 0; from < 20; from++) {
        for (size_t end = from; end <= 8 * sizeof(bytes); end += 1 + end % 7) {
            unsigned before = (unsigned)(end % 31);
            struct wd_bit_writer out = wd_bit_writer_of(copy, sizeof(copy));
            wd_bits_put(&out, UINT64_C(0x55555555) >> (32 - before) >> 1, before);
            wd_bits_copy(&out, bytes, from, end);
            assert_int_equal(wd_bits_written(&out, copy), before + end - from);
            wd_bits_put(&out, 1, 1);
            size_t size = (size_t)(wd_bits_flush(&out) - copy);
            assert_false(out.is_full);
            struct wd_bit_reader in = wd_bit_reader_of(copy, size);
            assert_int_equal(wd_bits_get(&in, before),
                             UINT64_C(0x55555555) >> (32 - before) >> 1);
            struct wd_bit_reader want = wd_bit_reader_from(bytes, sizeof(bytes), from);
            for (size_t at = from; at < end; at++)
                assert_int_equal(wd_bits_get(&in, 1), wd_bits_get(&want, 1));
            assert_int_equal(wd_bits_get(&in, 1), 1);
        }
    }
}

static void a_copy_that_does_not_fit_is_told(void **state)
{
    (void)state;
    unsigned char bytes[40] = {1}, copy[24] = {0};
    struct wd_bit_writer out = wd_bit_writer_of(copy, sizeof(copy) - 1);
    copy[sizeof(copy) - 1] = 0x5a;
    wd_bits_copy(&out, bytes, 0, 8 * sizeof(bytes));
    (void)wd_bits_flush(&out);
    assert_true(out.is_full);
    assert_int_equal(copy[sizeof(copy) - 1], 0x5a);
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
    wd_rice_put_steps(out, &value, 1, 4);
    wd_rice_put_rest(out, value, 4);
}

/* Rice's code has no bound of its own. */
static uint32_t get_rice(struct wd_bit_reader *in, uint32_t max)
{
    uint8_t steps;
    uint32_t value;
    wd_rice_get_steps(in, &steps, 1);
    wd_rice_get_rests(in, &steps, 1, 4, &value);
    if (value > max)
        wd_bits_complain(in);
    return value;
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
        (void)codes[i].get(&in, value - 1);
        assert_true(wd_bits_are_bad(&in));
        assert_false(wd_bits_at_end(&in));
        in = wd_bit_reader_of(bytes, size - 1);
        (void)codes[i].get(&in, value);
        assert_true(wd_bits_are_bad(&in));
    }
}

static void a_number_has_one_spelling(void **state)
{
    (void)state;
    unsigned char bytes[8] = {0};
    struct wd_bit_writer out = wd_bit_writer_of(bytes, sizeof(bytes));
    wd_bits_put(&out, 1 << WD_RICE_STEPS, WD_RICE_STEPS + 1);
    wd_bits_put(&out, (WD_RICE_STEPS << 4) - 1, 32); /* which takes less */
    size_t size = (size_t)(wd_bits_flush(&out) - bytes);
    struct wd_bit_reader in = wd_bit_reader_of(bytes, size);
    (void)get_rice(&in, UINT32_MAX);
    assert_true(wd_bits_are_bad(&in));
    memset(bytes, 0xff, sizeof(bytes));
    memset(bytes, 0, 2); /* more steps than any number has */
    in = wd_bit_reader_of(bytes, sizeof(bytes));
    (void)get_rice(&in, UINT32_MAX);
    assert_true(wd_bits_are_bad(&in));
    memset(bytes, 0, sizeof(bytes)); /* without an end */
    in = wd_bit_reader_of(bytes, sizeof(bytes));
    (void)wd_bits_get_gamma(&in, 1 << 14);
    assert_true(wd_bits_are_bad(&in));
    in = wd_bit_reader_of(bytes, sizeof(bytes));
    (void)get_rice(&in, UINT32_MAX);
    assert_true(wd_bits_are_bad(&in));
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
        cmocka_unit_test(lists_of_distances_come_back),
        cmocka_unit_test(steps_that_are_not_there_are_too_many),
        cmocka_unit_test(nothing_comes_behind_the_last_print),
        cmocka_unit_test(bits_are_copied_from_anywhere_to_anywhere),
        cmocka_unit_test(a_copy_that_does_not_fit_is_told),
        cmocka_unit_test(a_full_writer_says_so_and_writes_no_more),
        cmocka_unit_test(what_is_cut_off_or_too_large_is_bad),
        cmocka_unit_test(a_number_has_one_spelling),
        cmocka_unit_test(only_zeros_may_follow_the_last_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
