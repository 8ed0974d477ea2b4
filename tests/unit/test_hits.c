/* test_hits.c -- the articles with the heaviest hits, against the plainest way.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/arena.h"
#include "base/lookup.h"
#include "copy.h"
#include "desk/hits.h"

enum { PLACES = 400, HITS = 3000 };

/* Streams of hits: on how many places, and how heavy each is at most. */
static const struct stream {
    size_t n_hits;
    uint32_t n_places;
    uint32_t heaviest;
    size_t max;
} streams[] = {
    {0, 1, 1, 24},          {1, 1, 1, 24},
    {24, PLACES, 1, 24},    {300, PLACES, 1, 24}, /* all alike: the newest */
    {300, PLACES, 16, 24},  {HITS, PLACES, 16, 32},
    {HITS, 3, 255, 2},      {HITS, 10, 255, 4}, /* each weighs thousands */
    {HITS, PLACES, 255, 0}, {HITS, PLACES, 255, PLACES},
};

/* Whether so few weigh more, or as much and are newer. */
static bool is_wanted(const uint32_t *weights, uint32_t place, size_t max)
{
    size_t n_before = 0;
    for (uint32_t i = 0; i < PLACES; i++)
        n_before += weights[i] > weights[place] ||
                    (weights[i] == weights[place] && weights[i] > 0 && i > place);
    return weights[place] > 0 && n_before < max;
}

static void check_stream(const struct stream *stream, struct wd_arena *arena,
                         uint32_t stride)
{
    uint32_t weights[PLACES] = {0};
    uint64_t seed = 99;
    struct wd_hits hits;
    size_t n_hit = 0, n_wanted = 0;
    bool is_cut;
    assert_int_equal(wd_hits_init(&hits, arena, HITS), WD_OK);
    for (size_t i = 0; i < stream->n_hits; i++) {
        uint32_t place = (uint32_t)(copy_random(&seed) >> 32) % stream->n_places;
        uint32_t weight = 1 + (uint32_t)(copy_random(&seed) >> 32) % stream->heaviest;
        weights[place] += weight;
        wd_hits_add(&hits, place * stride, weight);
    }
    assert_int_equal(wd_hits_choose(&hits, arena, stream->max, &is_cut), WD_OK);
    for (uint32_t place = 0; place < PLACES; place++) {
        bool is_found = false;
        for (size_t i = 0; i < hits.n; i++)
            is_found |= hits.at[i] == (uint64_t)place * stride;
        assert_int_equal(is_found, is_wanted(weights, place, stream->max));
        n_wanted += is_found;
        n_hit += weights[place] > 0;
    }
    assert_int_equal(hits.n, n_wanted); /* each once */
    assert_int_equal(is_cut, n_hit > stream->max);
}

static void the_heaviest_are_chosen_and_the_newer_of_equals(void **state)
{
    (void)state;
    struct wd_arena arena;
    wd_arena_init(&arena);
    for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++) {
        check_stream(&streams[i], &arena, 1);
        check_stream(&streams[i], &arena, 1 << 20); /* places far apart */
        wd_arena_reset(&arena);
    }
    wd_arena_done(&arena);
}

static void a_hash_is_found_at_its_first_place(void **state)
{
    (void)state;
    /* The same low bits, neighbours of those, the same hash twice, the end of the table.
     */
    static const uint16_t hashes[] = {0x0001, 0x1001, 0x2001, 0x0002, 0x0fff,
                                      0x1fff, 0x0002, 0xffff, 0x0000};
    static const struct {
        uint16_t hash;
        uint8_t place;
    } rows[] = {{0x0001, 0},
                {0x1001, 1},
                {0x2001, 2},
                {0x0002, 3},
                {0x0fff, 4},
                {0x1fff, 5},
                {0xffff, 7},
                {0x0000, 8},
                {0x3001, WD_LOOKUP_NONE},
                {0x0003, WD_LOOKUP_NONE},
                {0x2fff, WD_LOOKUP_NONE},
                {0x0800, WD_LOOKUP_NONE}};
    struct wd_lookup look;
    wd_lookup_init(&look, hashes, sizeof(hashes) / sizeof(hashes[0]));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(wd_lookup_find(&look, rows[i].hash), rows[i].place);
    wd_lookup_init(&look, hashes, 0);
    assert_int_equal(wd_lookup_find(&look, 0x0001), WD_LOOKUP_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_heaviest_are_chosen_and_the_newer_of_equals),
        cmocka_unit_test(a_hash_is_found_at_its_first_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
