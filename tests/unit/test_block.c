/* test_block.c -- sixty-four bytes answer as one byte after the other does.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/block.h"
#include "copy.h"

enum { N_BLOCKS = 200 };

/* Bytes of all values, and runs of the ones at the edges of what is asked for. */
static void fill(char bytes[WD_BLOCK], uint64_t *seed)
{
    static const unsigned char edges[] = {0x00, 0x1f, 0x20, 0x40, 'A',  'Z',
                                          0x5b, 0x7f, 0x80, 0xbf, 0xc2, 0xff};
    for (unsigned i = 0; i < WD_BLOCK; i++) {
        uint64_t dice = copy_random(seed);
        bytes[i] = (char)(dice & 1 ? edges[(dice >> 8) % sizeof(edges)] : dice >> 16);
    }
}

static void every_byte_is_asked(void **state)
{
    (void)state;
    static const unsigned char ranges[][2] = {
        {0x00, 0x1f}, {0x20, 0x7e}, {'A', 'Z'}, {0x80, 0xbf}, {0xe1, 0xe3}, {0x00, 0xff},
    };
    char bytes[WD_BLOCK];
    uint64_t seed = 3;
    for (unsigned n = 0; n < N_BLOCKS; n++) {
        fill(bytes, &seed);
        struct wd_block block = wd_block_load(bytes);
        unsigned what = (unsigned char)bytes[n % WD_BLOCK];
        for (unsigned i = 0; i < WD_BLOCK; i++) {
            unsigned byte = (unsigned char)bytes[i];
            assert_int_equal(wd_block_are(&block, what) >> i & 1, byte == what);
            assert_int_equal(wd_block_high(&block) >> i & 1, byte >= 0x80);
            for (size_t k = 0; k < sizeof(ranges) / sizeof(ranges[0]); k++)
                assert_int_equal(wd_block_in(&block, ranges[k][0], ranges[k][1]) >> i & 1,
                                 byte >= ranges[k][0] && byte <= ranges[k][1]);
        }
    }
}

static void only_capitals_are_made_small(void **state)
{
    (void)state;
    char bytes[WD_BLOCK], small[WD_BLOCK];
    uint64_t seed = 4;
    for (unsigned n = 0; n < N_BLOCKS; n++) {
        fill(bytes, &seed);
        struct wd_block block = wd_block_load(bytes);
        wd_block_put_small(&block, small);
        for (unsigned i = 0; i < WD_BLOCK; i++) {
            bool is_capital = bytes[i] >= 'A' && bytes[i] <= 'Z';
            assert_int_equal(small[i], is_capital ? bytes[i] + 32 : bytes[i]);
        }
    }
}

static void what_lies_behind_the_text_is_nul(void **state)
{
    (void)state;
    static const char text[] = "quay";
    struct wd_block block = wd_block_read(text, 4);
    assert_int_equal(wd_block_in(&block, 'a', 'z'), 0xf);
    assert_int_equal(wd_block_are(&block, 0), ~UINT64_C(0xf));
}

static void masks_count_from_the_first_byte(void **state)
{
    (void)state;
    uint64_t seed = 5;
    assert_int_equal(wd_mask_below(0), 0);
    assert_int_equal(wd_mask_below(3), 7);
    assert_true(wd_mask_below(WD_BLOCK) == UINT64_MAX);
    assert_int_equal(wd_mask_first(0), WD_BLOCK);
    assert_int_equal(wd_mask_first(0x50), 4);
    assert_int_equal(wd_mask_last(0x50), 6);
    for (unsigned n = 0; n < N_BLOCKS; n++) {
        uint64_t mask = copy_random(&seed);
        unsigned count = 0;
        for (uint64_t rest = mask; rest; rest >>= 1)
            count += rest & 1;
        assert_int_equal(wd_mask_count(mask), count);
    }
    assert_int_equal(wd_mask_count(UINT64_MAX), 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_is_asked),
        cmocka_unit_test(only_capitals_are_made_small),
        cmocka_unit_test(what_lies_behind_the_text_is_nul),
        cmocka_unit_test(masks_count_from_the_first_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
