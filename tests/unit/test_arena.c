/* test_arena.c -- blocks stay apart, and memory is kept.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <string.h>

#include "base/arena.h"

static void blocks_do_not_overlap(void **state)
{
    (void)state;
    struct wd_arena arena = {0};
    char *blocks[500];
    for (size_t i = 0; i < 500; i++) {
        blocks[i] = wd_arena_alloc(&arena, i * 7);
        assert_non_null(blocks[i]);
        memset(blocks[i], (int)(i & 0x7f), i * 7);
    }
    for (size_t i = 0; i < 500; i++) {
        for (size_t k = 0; k < i * 7; k++)
            assert_int_equal(blocks[i][k], i & 0x7f);
    }
    wd_arena_done(&arena);
}

static void reset_keeps_the_chunks(void **state)
{
    (void)state;
    struct wd_arena arena = {0};
    void *first = wd_arena_alloc(&arena, 100);
    (void)wd_arena_alloc(&arena, 3 << 20);
    wd_arena_reset(&arena);
    assert_ptr_equal(wd_arena_alloc(&arena, 100), first);
    wd_arena_done(&arena);
}

static void reset_frees_what_was_not_needed(void **state)
{
    (void)state;
    struct wd_arena arena = {0};
    for (size_t i = 0; i < 100; i++)
        assert_non_null(wd_arena_alloc(&arena, 30000));
    size_t most = arena.held;
    assert_true(most >= 3000000 && most < 5000000);
    wd_arena_reset(&arena); /* all were needed */
    assert_int_equal(arena.held, most);
    assert_non_null(wd_arena_alloc(&arena, 100));
    wd_arena_reset(&arena); /* only the first was */
    assert_true(arena.held > 0 && arena.held < 100000);
    wd_arena_done(&arena);
    assert_int_equal(arena.held, 0);
}

/* What some fifty articles under way have to spare. */
static void little_is_held_beyond_what_is_used(void **state)
{
    (void)state;
    static const size_t sizes[] = {40, 400, 4000, 20000, 40000};
    for (size_t kb = 100; kb <= 3200; kb *= 2) {
        struct wd_arena arena = {0};
        size_t used = 0;
        for (size_t i = 0; used < kb * 1024; i++) {
            size_t size = sizes[i * 7 % 5];
            assert_non_null(wd_arena_alloc(&arena, size));
            used += size;
        }
        assert_true(arena.held < used * 2);
        wd_arena_done(&arena);
    }
}

static void last_block_grows_in_place(void **state)
{
    (void)state;
    struct wd_arena arena = {0};
    char *block = wd_arena_alloc(&arena, 10);
    memcpy(block, "0123456789", 10);
    assert_ptr_equal(wd_arena_grow(&arena, block, 10, 1000), block);
    (void)wd_arena_alloc(&arena, 1);
    char *moved = wd_arena_grow(&arena, block, 1000, 2000);
    assert_ptr_not_equal(moved, block);
    assert_memory_equal(moved, "0123456789", 10);
    wd_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_do_not_overlap),
        cmocka_unit_test(reset_keeps_the_chunks),
        cmocka_unit_test(reset_frees_what_was_not_needed),
        cmocka_unit_test(little_is_held_beyond_what_is_used),
        cmocka_unit_test(last_block_grows_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
