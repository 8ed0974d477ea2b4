/* test_subject.c -- what terms and figures in common are worth.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "desk/subject.h"

enum { N_TERMS = 8, LIKENESS = 4000, GAIN = 3000, COST = 1000 };

/* Alone, the terms of two articles are as alike as LIKENESS says, but for rounding; their
 * figures weigh nothing in the cosine. */
struct pair {
    struct wd_subject subject;
    uint16_t packed[2 * WD_SUBJECT_MAX];
    uint32_t n_packed;
};

static uint16_t figure_at(uint32_t i)
{
    return (uint16_t)(1000 + i);
}

/* With so many figures each, of which some are common to both. */
static void make_pair(struct pair *pair, uint32_t n_first, uint32_t n_second,
                      uint32_t n_common, uint8_t rarity)
{
    *pair = (struct pair){.subject = {.n_terms = N_TERMS, .n = N_TERMS + n_first}};
    struct wd_subject second = {.n_terms = N_TERMS, .n = N_TERMS + n_second};
    for (uint32_t i = 0; i < N_TERMS; i++) {
        pair->subject.hashes[i] = second.hashes[i] = (uint16_t)i;
        pair->subject.weights[i] = second.weights[i] = 57; /* 8 * 57² is .4 * 255² */
    }
    for (uint32_t i = 0; i < n_first; i++) {
        pair->subject.hashes[N_TERMS + i] = figure_at(i);
        pair->subject.rarities[i] = rarity;
    }
    for (uint32_t i = 0; i < n_second; i++)
        second.hashes[N_TERMS + i] = figure_at(i < n_common ? i : 100 + i);
    pair->n_packed = second.n;
    wd_subject_pack(&second, pair->packed);
}

static uint32_t likeness(uint32_t n_first, uint32_t n_second, uint32_t n_common,
                         uint8_t rarity)
{
    struct pair pair;
    struct wd_lookup look;
    make_pair(&pair, n_first, n_second, n_common, rarity);
    wd_lookup_init(&look, pair.subject.hashes, pair.subject.n);
    return wd_subject_likeness(&pair.subject, &look, pair.packed, N_TERMS, pair.n_packed);
}

static void assert_near(uint32_t got, uint32_t wanted)
{
    assert_in_range(got, wanted - 20, wanted + 20);
}

static void without_figures_the_terms_decide(void **state)
{
    (void)state;
    assert_near(likeness(0, 0, 0, WD_SUBJECT_UNIT), LIKENESS);
    assert_near(likeness(0, 5, 0, WD_SUBJECT_UNIT), LIKENESS);
    assert_near(likeness(5, 0, 0, WD_SUBJECT_UNIT), LIKENESS);
}

static void figures_of_their_own_speak_against(void **state)
{
    (void)state;
    assert_near(likeness(8, 8, 0, WD_SUBJECT_UNIT), LIKENESS - COST);
    assert_near(likeness(16, 16, 0, WD_SUBJECT_UNIT), LIKENESS - COST);
    assert_near(likeness(16, 2, 0, WD_SUBJECT_UNIT), LIKENESS - COST / 4);
}

static void rare_figures_in_common_speak_for(void **state)
{
    (void)state;
    assert_near(likeness(8, 8, 8, WD_SUBJECT_UNIT), LIKENESS - COST + GAIN);
    assert_near(likeness(8, 8, 4, WD_SUBJECT_UNIT), LIKENESS - COST + GAIN / 2);
    assert_near(likeness(16, 4, 4, WD_SUBJECT_UNIT), LIKENESS - COST / 2 + GAIN / 2);
    assert_near(likeness(8, 8, 8, WD_SUBJECT_UNIT / 2), LIKENESS - COST + GAIN / 2);
    assert_near(likeness(8, 8, 8, 0), LIKENESS - COST);
}

/* A figure is no word, even if their hashes are the same. */
static void figures_are_compared_with_figures(void **state)
{
    (void)state;
    struct pair pair;
    struct wd_lookup look;
    make_pair(&pair, 8, 8, 0, WD_SUBJECT_UNIT);
    for (uint32_t i = 0; i < 8; i++)
        pair.packed[N_TERMS + i] = (uint16_t)i; /* terms of the first, too */
    wd_lookup_init(&look, pair.subject.hashes, pair.subject.n);
    assert_near(
        wd_subject_likeness(&pair.subject, &look, pair.packed, N_TERMS, pair.n_packed),
        LIKENESS - COST);
}

static void few_things_in_common_are_nothing(void **state)
{
    (void)state;
    struct pair pair;
    struct wd_lookup look;
    make_pair(&pair, 0, 0, 0, WD_SUBJECT_UNIT);
    for (uint32_t i = 2; i < N_TERMS; i++)
        pair.subject.hashes[i] = (uint16_t)(2000 + i);
    wd_lookup_init(&look, pair.subject.hashes, pair.subject.n);
    assert_int_equal(
        wd_subject_likeness(&pair.subject, &look, pair.packed, N_TERMS, pair.n_packed),
        0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_figures_the_terms_decide),
        cmocka_unit_test(figures_of_their_own_speak_against),
        cmocka_unit_test(rare_figures_in_common_speak_for),
        cmocka_unit_test(figures_are_compared_with_figures),
        cmocka_unit_test(few_things_in_common_are_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
