/* test_postings.c -- each key leads to the newest articles that have it, and to no other.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdlib.h>

#include "copy.h"
#include "desk/postings.h"

enum {
    N_KEYS = 900,
    N_ARTICLES = 6000,
    WINDOW = 300,
    PER_ARTICLE = 9,
    KEY_BITS = 20,
    TOGETHER_MAX = 30
};

/* Keys of two kinds: low ones, as samples are, and a few that many articles have. */
static uint32_t key_number(uint64_t n)
{
    return n % 7 == 0 ? (uint32_t)(n % 5) : (uint32_t)(n % N_KEYS) * 977;
}

struct block {
    uint32_t keys[PER_ARTICLE];
};

static bool block_has(const struct block *block, uint32_t key)
{
    for (unsigned i = 0; i < PER_ARTICLE; i++) {
        if (block->keys[i] == key)
            return true;
    }
    return false;
}

/* Articles come one by one or several together; until they are settled there are so many
 * more of them. */
static void settle(struct wd_postings *post, const struct wd_window *win, size_t *n)
{
    assert_int_equal(wd_postings_settle(post, win, *n), WD_OK);
    *n = 0;
}

static void add_key(struct wd_postings *post, uint32_t key, uint32_t slot)
{
    assert_int_equal(wd_postings_add(post, &key, 1, slot), WD_OK);
}

static void add_article(size_t *n_more, struct wd_window *win, struct wd_postings *post,
                        uint64_t sequence)
{
    uint32_t slot;
    uint64_t seed = sequence * UINT64_C(0x9e3779b97f4a7c15);
    while (wd_window_is_due(win, (int64_t)sequence))
        wd_window_pop(win);
    struct block *block =
        wd_window_push(win, sequence, (int64_t)sequence, sizeof(*block), &slot);
    assert_non_null(block);
    memset(block->keys, 0xff, sizeof(block->keys));
    for (unsigned i = 0; i < PER_ARTICLE; i++) {
        uint32_t key = key_number(copy_random(&seed) >> 20);
        if (block_has(block, key))
            continue;
        block->keys[i] = key;
        wd_postings_prefetch(post, key, (unsigned)(sequence % 3));
        add_key(post, key, slot);
    }
    if (++*n_more > sequence % TOGETHER_MAX)
        settle(post, win, n_more);
}

static int compare_slots(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (x[0] > y[0]) - (x[0] < y[0]);
}

/* The plainest way: through the window from its end. */
static void check_key(const struct wd_window *win, const struct wd_postings *post,
                      uint32_t key)
{
    uint32_t want[WD_POSTINGS_MAX] = {0}, found[WD_POSTINGS_MAX] = {0};
    unsigned n_want = 0, n = wd_postings_find(post, win, key, found);
    for (uint32_t i = win->n; i-- > 0 && n_want < WD_POSTINGS_MAX;) {
        if (block_has(wd_window_at(win, win->first + i), key))
            want[n_want++] = i;
    }
    assert_int_equal(n, n_want);
    for (unsigned i = 0; i < n; i++)
        found[i] -= win->first;
    qsort(found, n, sizeof(*found), compare_slots);
    for (unsigned i = 0; i < n; i++)
        assert_int_equal(found[i], want[n - 1 - i]);
}

static void check_all(const struct wd_window *win, const struct wd_postings *post)
{
    for (uint64_t k = 0; k < 7 * N_KEYS; k++)
        check_key(win, post, key_number(k));
}

/* In a window of so many articles whose slots begin with `first`. */
static void check_stream(uint32_t max_articles, uint32_t first, uint64_t n_articles)
{
    struct wd_window win;
    struct wd_postings post;
    size_t n_more = 0;
    wd_window_init(&win, max_articles, INT64_MAX);
    wd_postings_init(&post, max_articles, KEY_BITS);
    win.first = first;
    for (uint64_t n = 1; n <= n_articles; n++) {
        add_article(&n_more, &win, &post, n);
        if (n % 500 == 7) {
            settle(&post, &win, &n_more);
            check_all(&win, &post);
        }
    }
    assert_true(post.bytes < 128 * 1024);
    wd_window_done(&win);
    wd_postings_done(&post);
}

static void keys_lead_to_the_newest_that_have_them(void **state)
{
    (void)state;
    check_stream(WINDOW, UINT32_MAX - 2000, N_ARTICLES); /* slots wrap on the way */
}

/* As long as nobody has left, the oldest of too many is found by another way. */
static void the_oldest_gives_way_in_a_whole_window(void **state)
{
    (void)state;
    check_stream(N_ARTICLES, 0, N_ARTICLES / 4);
}

/* One that saw what has left long ago, and one that did not. */
static void what_has_left_makes_no_difference(void **state)
{
    (void)state;
    struct wd_window old, young;
    struct wd_postings old_post, young_post;
    size_t n_old = 0, n_young = 0;
    wd_window_init(&old, WINDOW, INT64_MAX);
    wd_window_init(&young, WINDOW, INT64_MAX);
    wd_postings_init(&old_post, WINDOW, KEY_BITS);
    wd_postings_init(&young_post, WINDOW, KEY_BITS);
    for (uint64_t n = 1; n <= 3 * WINDOW; n++) {
        add_article(&n_old, &old, &old_post, n);
        if (n > 2 * WINDOW)
            add_article(&n_young, &young, &young_post, n);
    }
    settle(&old_post, &old, &n_old);
    settle(&young_post, &young, &n_young);
    check_all(&young, &young_post);
    for (uint64_t k = 0; k < N_KEYS; k++) {
        uint32_t slots[WD_POSTINGS_MAX];
        uint32_t key = key_number(k);
        assert_int_equal(wd_postings_find(&old_post, &old, key, slots),
                         wd_postings_find(&young_post, &young, key, slots));
    }
    wd_window_done(&old);
    wd_window_done(&young);
    wd_postings_done(&old_post);
    wd_postings_done(&young_post);
}

static void memory_follows_the_postings(void **state)
{
    (void)state;
    enum { MANY = 20000, N = 20 };
    struct wd_window win;
    struct wd_postings post;
    uint64_t seed = 3;
    uint32_t slot;
    wd_window_init(&win, MANY, INT64_MAX);
    wd_postings_init(&post, MANY, 28);
    for (uint64_t n = 1; n <= MANY; n++) {
        assert_non_null(wd_window_push(&win, n, 0, 8, &slot));
        for (unsigned i = 0; i < N; i++)
            add_key(&post, (uint32_t)copy_random(&seed), slot);
        assert_int_equal(wd_postings_settle(&post, &win, 1), WD_OK);
    }
    assert_int_equal(post.n, N * MANY);
    assert_in_range(post.bytes, 5 * post.n, 8 * post.n);
    wd_window_done(&win);
    wd_postings_done(&post);
}

static void assert_same_found(const struct wd_postings *a, const struct wd_postings *b,
                              const struct wd_window *win)
{
    for (uint32_t key = 0; key < 1 << KEY_BITS; key += key < 100 ? 1 : 97) {
        uint32_t x[WD_POSTINGS_MAX], y[WD_POSTINGS_MAX];
        unsigned n = wd_postings_find(a, win, key, x);
        assert_int_equal(wd_postings_find(b, win, key, y), n);
        qsort(x, n, sizeof(*x), compare_slots);
        qsort(y, n, sizeof(*y), compare_slots);
        assert_memory_equal(x, y, n * sizeof(*x));
    }
}

/* What comes by regions of the table is found as what comes one by one, also when room
 * was made for more than there are, or for less. */
static void many_at_once_make_no_difference(void **state)
{
    (void)state;
    enum { LARGE = 20000, MANNERS = 4, ONE = 0 };
    static const size_t reserved[MANNERS] = {0, 0, LARGE / 3, 100 * LARGE};
    struct wd_window win;
    struct wd_postings posts[MANNERS];
    size_t n_more[MANNERS] = {0};
    uint32_t slot;
    uint64_t seed = 8;
    wd_window_init(&win, LARGE, INT64_MAX);
    for (size_t m = 0; m < MANNERS; m++) {
        wd_postings_init(&posts[m], LARGE, KEY_BITS);
        wd_postings_reserve(&posts[m], reserved[m], 4);
    }
    for (uint64_t n = 1; n <= LARGE + LARGE / 2; n++) {
        uint32_t keys[PER_ARTICLE];
        while (wd_window_is_due(&win, 0))
            wd_window_pop(&win);
        assert_non_null(wd_window_push(&win, n, 0, 8, &slot));
        for (uint32_t i = 0; i < PER_ARTICLE; i++) {
            uint32_t key = (uint32_t)copy_random(&seed) %
                           (i < 2 ? 50 : (1 << KEY_BITS) - PER_ARTICLE);
            keys[i] = key / PER_ARTICLE * PER_ARTICLE + i; /* once an article */
        }
        for (size_t m = 0; m < MANNERS; m++) {
            assert_int_equal(wd_postings_add(&posts[m], keys, PER_ARTICLE, slot), WD_OK);
            if (++n_more[m] == (m == ONE ? 1 : wd_postings_most(&win)))
                settle(&posts[m], &win, &n_more[m]);
        }
        if (n == LARGE / 4 || n == LARGE + LARGE / 2) {
            for (size_t m = 0; m < MANNERS; m++)
                settle(&posts[m], &win, &n_more[m]);
            for (size_t m = 1; m < MANNERS; m++)
                assert_same_found(&posts[ONE], &posts[m], &win);
        }
    }
    assert_in_range(posts[MANNERS - 1].bytes, posts[ONE].bytes * 3 / 4,
                    posts[ONE].bytes * 5 / 4);
    wd_window_done(&win);
    for (size_t m = 0; m < MANNERS; m++)
        wd_postings_done(&posts[m]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_lead_to_the_newest_that_have_them),
        cmocka_unit_test(the_oldest_gives_way_in_a_whole_window),
        cmocka_unit_test(what_has_left_makes_no_difference),
        cmocka_unit_test(many_at_once_make_no_difference),
        cmocka_unit_test(memory_follows_the_postings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
