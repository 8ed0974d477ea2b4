/* test_index.c -- window, index and sort against the plainest thing that does the same.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdlib.h>

#include "base/sort.h"
#include "copy.h"
#include "desk/index.h"
#include "desk/window.h"

enum { N_HASHES = 300, N_ARTICLES = 4000, WINDOW = 70, PER_ARTICLE = 9 };

struct block {
    uint64_t sequence;
    uint32_t hashes[PER_ARTICLE];
    uint32_t older[PER_ARTICLE];
    char rest[];
};

/* Few hashes for many articles, of the kind that sampling leaves: all low. */
static uint32_t hash_number(uint64_t n)
{
    return (uint32_t)(n % N_HASHES) * 977;
}

static void add_article(struct wd_window *win, struct wd_index *index, uint64_t sequence,
                        uint64_t *seed)
{
    uint32_t slot;
    size_t rest = (size_t)(copy_random(seed) >> 20) % 3000;
    struct block *block =
        wd_window_push(win, sequence, (int64_t)sequence, sizeof(*block) + rest, &slot);
    assert_non_null(block);
    assert_int_equal(block->sequence, 0); /* cleared */
    memset(block->rest, 0x5a, rest);
    block->sequence = sequence;
    uint64_t first = copy_random(seed) >> 20;
    for (unsigned i = 0; i < PER_ARTICLE; i++) {
        block->hashes[i] = hash_number(first + 7 * i);
        assert_int_equal(wd_index_add(index, block->hashes[i], slot, sequence % 3 == 0,
                                      &block->older[i]),
                         WD_OK);
    }
}

static void drop_oldest(struct wd_window *win, struct wd_index *index)
{
    const struct block *block = wd_window_at(win, win->first);
    for (unsigned i = 0; i < PER_ARTICLE; i++)
        wd_index_drop(index, block->hashes[i], block->sequence % 3 == 0);
    wd_window_pop(win);
}

static bool block_has(const struct block *block, uint32_t hash, uint32_t *ret_older)
{
    for (unsigned i = 0; i < PER_ARTICLE; i++) {
        if (block->hashes[i] == hash) {
            *ret_older = block->older[i];
            return true;
        }
    }
    return false;
}

/* The chain of a hash is every article of the window that has it, newest first. */
static void check_chain(const struct wd_window *win, const struct wd_index *index,
                        uint32_t hash)
{
    const struct wd_index_entry *entry = wd_index_find(index, hash);
    uint32_t n = 0, n_new = 0, slot = entry ? entry->newest : 0, ignored;
    for (uint32_t i = win->n; i-- > 0;) {
        const struct block *block = wd_window_at(win, win->first + i);
        if (!block_has(block, hash, &ignored))
            continue;
        assert_non_null(entry);
        assert_int_equal(slot, win->first + i);
        assert_true(block_has(block, hash, &slot));
        n++;
        n_new += block->sequence % 3 == 0;
    }
    assert_int_equal(entry ? entry->count : 0, n);
    assert_int_equal(entry ? entry->n_new : 0, n_new);
    if (entry)
        assert_false(wd_window_has(win, slot));
}

static void chains_are_the_articles_that_have_the_hash(void **state)
{
    (void)state;
    struct wd_window win;
    static struct wd_index index;
    uint64_t seed = 7;
    wd_window_init(&win, WINDOW, INT64_MAX);
    win.first = UINT32_MAX - 1000; /* slots wrap on the way */
    for (uint64_t n = 1; n <= N_ARTICLES; n++) {
        while (wd_window_is_due(&win, (int64_t)n))
            drop_oldest(&win, &index);
        add_article(&win, &index, 2 * n, &seed);
        assert_in_range(win.n, 1, WINDOW);
        if (n % 50 == 0) {
            for (uint64_t h = 0; h < N_HASHES; h++)
                check_chain(&win, &index, hash_number(h));
        }
    }
    assert_true(win.bytes < 2 << 20);
    while (win.n)
        drop_oldest(&win, &index);
    assert_int_equal(wd_index_count(&index), 0);
    wd_window_done(&win);
    wd_index_done(&index);
}

static void articles_are_found_by_sequence(void **state)
{
    (void)state;
    struct wd_window win;
    uint32_t slot;
    wd_window_init(&win, 100, INT64_MAX);
    assert_false(wd_window_find(&win, 1, &slot));
    for (uint64_t n = 1; n <= 100; n++)
        *(uint64_t *)wd_window_push(&win, 3 * n, 0, 8, &slot) = 3 * n;
    for (unsigned i = 0; i < 20; i++)
        wd_window_pop(&win);
    for (uint64_t n = 0; n <= 400; n++) {
        bool is_there = n % 3 == 0 && n > 60 && n <= 300;
        assert_int_equal(wd_window_find(&win, n, &slot), is_there);
        if (is_there)
            assert_int_equal(*(uint64_t *)wd_window_at(&win, slot), n);
    }
    wd_window_done(&win);
}

static void old_articles_are_due(void **state)
{
    (void)state;
    struct wd_window win;
    uint32_t slot;
    wd_window_init(&win, 100, 100 * 1000);
    assert_false(wd_window_is_due(&win, 1 << 20));
    assert_non_null(wd_window_push(&win, 1, 5000, 8, &slot));
    assert_non_null(wd_window_push(&win, 2, 105999, 8, &slot));
    assert_false(wd_window_is_due(&win, 106000)); /* the one before was not so late */
    assert_non_null(wd_window_push(&win, 3, 106000, 8, &slot));
    assert_true(wd_window_is_due(&win, 106000)); /* 101 seconds after the first, twice */
    wd_window_pop(&win);
    assert_false(wd_window_is_due(&win, INT64_MAX)); /* one clock that is wrong */
    assert_false(wd_window_is_due(&win, -1));        /* and one that is not there */
    wd_window_done(&win);
}

/* What is left by the time, and by the room, if they go on to come as fast. */
static void a_window_is_foreseen_by_its_time_and_room(void **state)
{
    (void)state;
    struct wd_window win;
    uint32_t slot;
    wd_window_init(&win, 500, 100 * 1000);
    assert_int_equal(wd_window_foreseen(&win, 0), 0);
    assert_int_equal(wd_window_foreseen(&win, 300), 300); /* nothing is known */
    assert_int_equal(wd_window_foreseen(&win, 1000), 500);
    for (uint64_t n = 0; n <= 20; n++) /* two a second */
        assert_non_null(wd_window_push(&win, n + 1, 5000 + 500 * (int64_t)n, 8, &slot));
    assert_int_equal(wd_window_foreseen(&win, 1000), 21 * 100 / 10);
    assert_int_equal(wd_window_foreseen(&win, 150), 150);
    assert_non_null(
        wd_window_push(&win, 22, -1, 8, &slot)); /* a clock that is not there */
    assert_int_equal(wd_window_foreseen(&win, 1000), 500);
    wd_window_done(&win);
}

static void a_window_is_whole_until_one_has_left(void **state)
{
    (void)state;
    struct wd_window win;
    uint32_t slot;
    wd_window_init(&win, 10, INT64_MAX);
    assert_true(wd_window_is_whole(&win));
    win.first = UINT32_MAX; /* so that the next slot is the first one again */
    assert_non_null(wd_window_push(&win, 1, 0, 8, &slot));
    assert_non_null(wd_window_push(&win, 2, 0, 8, &slot));
    wd_window_pop(&win);
    assert_false(wd_window_is_whole(&win));
    wd_window_done(&win);
}

static int compare_keys(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void keys_are_sorted(void **state)
{
    (void)state;
    static uint64_t keys[1000], spare[1000], want[1000];
    uint64_t seed = 3;
    static const unsigned bits[] = {8, 32, 40, 64};
    for (size_t n = 0; n <= 1000; n = n < 60 ? n + 1 : n + 313) {
        for (size_t b = 0; b < 4; b++) {
            uint64_t mask = UINT64_MAX >> (64 - bits[b]);
            for (size_t i = 0; i < n; i++)
                keys[i] = want[i] = copy_random(&seed) & mask;
            wd_sort_keys(keys, spare, n, bits[b]);
            qsort(want, n, sizeof(*want), compare_keys);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(keys[i], want[i]);
        }
    }
}

static void equal_keys_keep_their_order(void **state)
{
    (void)state;
    static uint64_t keys[500], spare[500];
    for (uint64_t i = 0; i < 500; i++)
        keys[i] = i << 32 | (i * 7 % 5);
    wd_sort_keys(keys, spare, 500, 32);
    for (size_t i = 1; i < 500; i++) {
        uint32_t a = (uint32_t)keys[i - 1], b = (uint32_t)keys[i];
        assert_true(a < b || (a == b && keys[i - 1] < keys[i]));
    }
}

static void the_lowest_keys_come_first(void **state)
{
    (void)state;
    static uint64_t keys[300], want[300];
    uint64_t seed = 11;
    for (size_t n = 0; n <= 300; n += 7) {
        for (size_t max = 0; max <= 320; max += 32) {
            for (size_t i = 0; i < n; i++)
                keys[i] = want[i] = copy_random(&seed) % 200;
            qsort(want, n, sizeof(*want), compare_keys);
            assert_int_equal(wd_lowest_keys(keys, n, max), max < n ? max : n);
            for (size_t i = 0; i < n && i < max; i++)
                assert_int_equal(keys[i], want[i]);
        }
    }
}

/* The plainest way: whoever has fewer than `max` before him. */
static uint32_t heaviest(const uint8_t *weights, uint32_t n, uint32_t max)
{
    uint32_t chosen = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t n_before = 0;
        for (uint32_t k = 0; k < n; k++)
            n_before += weights[k] > weights[i] || (weights[k] == weights[i] && k < i);
        chosen |= (uint32_t)(n_before < max) << i;
    }
    return chosen;
}

static void the_heaviest_are_chosen_and_the_first_of_equals(void **state)
{
    (void)state;
    static const unsigned ranges[] = {1, 2, 7, 256};
    uint8_t weights[WD_WEIGHTS_MAX];
    uint64_t seed = 77;
    for (unsigned round = 0; round < 2000; round++) {
        uint32_t n = (uint32_t)(copy_random(&seed) >> 32) % (WD_WEIGHTS_MAX + 1);
        uint32_t max = (uint32_t)(copy_random(&seed) >> 32) % (WD_WEIGHTS_MAX + 1);
        unsigned range = ranges[round % 4];
        for (uint32_t i = 0; i < n; i++)
            weights[i] = (uint8_t)(255 - (copy_random(&seed) >> 32) % range);
        assert_int_equal(wd_heaviest(weights, n, max), heaviest(weights, n, max));
    }
}

static void repeated_keys_go(void **state)
{
    (void)state;
    uint64_t keys[] = {1, 1, 2, 5, 5, 5, 9};
    assert_int_equal(wd_distinct_keys(keys, 7), 4);
    assert_int_equal(keys[3], 9);
    assert_int_equal(wd_distinct_keys(keys, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_are_the_articles_that_have_the_hash),
        cmocka_unit_test(articles_are_found_by_sequence),
        cmocka_unit_test(old_articles_are_due),
        cmocka_unit_test(a_window_is_foreseen_by_its_time_and_room),
        cmocka_unit_test(a_window_is_whole_until_one_has_left),
        cmocka_unit_test(keys_are_sorted),
        cmocka_unit_test(equal_keys_keep_their_order),
        cmocka_unit_test(the_lowest_keys_come_first),
        cmocka_unit_test(the_heaviest_are_chosen_and_the_first_of_equals),
        cmocka_unit_test(repeated_keys_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
