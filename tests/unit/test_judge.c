/* test_judge.c -- how features are weighed, alone and in pairs.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "desk/judge.h"
#include "wiredesk/verdict_model.h"

enum { WHOLE = 10000, THREE_SPREADS = 3000 };

static const struct {
    int32_t middle;
    int32_t spread;
} scales[] = {
#define SCALE(name, middle, spread) {middle, spread},
    WD_FEATURES(SCALE)
#undef SCALE
};

static void a_value_is_told_by_its_distance_from_the_middle(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WD_N_FEATURES; i++) {
        enum wd_feature feature = (enum wd_feature)i;
        int32_t middle = scales[i].middle, spread = scales[i].spread;
        assert_int_equal(wd_feature_scaled(feature, middle), 0);
        assert_int_equal(wd_feature_scaled(feature, middle + spread), 1000);
        assert_int_equal(wd_feature_scaled(feature, middle - spread), -1000);
        assert_int_equal(wd_feature_scaled(feature, middle + 4 * spread), THREE_SPREADS);
        assert_int_equal(wd_feature_scaled(feature, middle - 4 * spread), -THREE_SPREADS);
    }
}

/* Two long texts of one day that have most of their words in common. */
static void fill_alike(int32_t values[WD_N_FEATURES])
{
    static const enum wd_feature high[] = {
        WD_FEATURE_MOST,       WD_FEATURE_RARE,          WD_FEATURE_RESEMBLANCE,
        WD_FEATURE_AMOUNT,     WD_FEATURE_FIGURES,       WD_FEATURE_NAMES,
        WD_FEATURE_NEAR_NAMES, WD_FEATURE_NEAR_HEADLINE, WD_FEATURE_MOST_TOPIC,
    };
    for (unsigned i = 0; i < WD_N_FEATURES; i++)
        values[i] = scales[i].middle;
    for (unsigned i = 0; i < sizeof(high) / sizeof(*high); i++)
        values[high[i]] = 8500;
    values[WD_FEATURE_SWAPPED] = values[WD_FEATURE_COMMON] = 0;
}

static void other_figures_speak_against_a_repeat(void **state)
{
    int32_t values[WD_N_FEATURES];
    (void)state;
    fill_alike(values);
    int64_t same = wd_question_ask(WD_ASK_REPEATS, values);
    values[WD_FEATURE_FIGURES] = 2000;
    values[WD_FEATURE_SWAPPED] = 2500;
    int64_t other = wd_question_ask(WD_ASK_REPEATS, values);
    assert_true(same > 0);
    assert_true(other < 0);
}

/* Were features weighed one by one, a value would move the score as much wherever the
 * others stand. */
static void what_a_feature_says_depends_on_another(void **state)
{
    int32_t values[WD_N_FEATURES];
    int64_t moved[2];
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        fill_alike(values);
        values[WD_FEATURE_RESEMBLANCE] = i ? 8500 : 2000;
        int64_t before = wd_question_ask(WD_ASK_REPEATS, values);
        values[WD_FEATURE_SWAPPED] = 2500;
        moved[i] = wd_question_ask(WD_ASK_REPEATS, values) - before;
    }
    assert_int_not_equal(moved[0], moved[1]);
}

/* Two texts of one day that have nine tenths of their words in common, and all facts. */
static const struct wd_likeness edited = {
    .n_shared = 100,
    .containment = 9000,
    .contained = 9000,
    .resemblance = 8200,
    .lead = 9000,
    .rare = 9000,
    .rarity = WHOLE,
    .words = 300,
    .added = 30,
    .all_figures = WHOLE,
    .names = WHOLE,
    .all_names = WHOLE,
    .headline = WHOLE,
    .topic = WHOLE,
    .length = WHOLE,
};

/* A repeat is believed from .45 on: to leave out what is as likely as not costs more of
 * them than it keeps strangers away. */
static void a_repeat_need_not_be_certain(void **state)
{
    static const int32_t values[WD_N_FEATURES] = {0};
    (void)state;
    assert_true(wd_question_settle(WD_ASK_REPEATS, values, -199));
    assert_false(wd_question_settle(WD_ASK_REPEATS, values, -200));
    assert_true(wd_question_settle(WD_ASK_COPIES, values, 1));
    assert_false(wd_question_settle(WD_ASK_COPIES, values, 0));
}

static void little_in_common_is_never_a_repeat(void **state)
{
    struct wd_likeness like = edited;
    (void)state;
    assert_int_equal(wd_judge(&like).verdict, WD_VERDICT_NEAR);
    like.containment = like.contained = 1499;
    assert_int_equal(wd_judge(&like).verdict, WD_VERDICT_UNIQUE);
    assert_int_equal(wd_judge(&like).near_miss, WD_NEAR_MISS_NONE);
}

static void a_copy_comes_soon(void **state)
{
    static const struct {
        uint16_t hours;
        enum wd_verdict verdict;
    } rows[] = {
        {0, WD_VERDICT_NEAR},
        {30, WD_VERDICT_NEAR},
        {WD_HOURS_UNKNOWN, WD_VERDICT_NEAR},
        {24 * 365, WD_VERDICT_UPDATE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct wd_likeness like = edited;
        like.hours = rows[i].hours;
        assert_int_equal(wd_judge(&like).verdict, rows[i].verdict);
    }
}

static void without_dates_quotations_and_cuts_are_told_by_rule(void **state)
{
    struct wd_likeness quoted = edited, cut = edited;
    (void)state;
    quoted.hours = cut.hours = WD_HOURS_UNKNOWN;
    quoted.containment = quoted.contained = 2499;
    assert_int_equal(wd_judge(&quoted).verdict, WD_VERDICT_UNIQUE);
    assert_int_not_equal(wd_judge(&quoted).near_miss, WD_NEAR_MISS_NONE);
    cut.resemblance = 3000;
    cut.containment = 4300;
    cut.contained = 3000;
    cut.added = 1000;
    cut.lead_names = cut.lead_figures = WHOLE;
    assert_int_equal(wd_judge(&cut).verdict, WD_VERDICT_UPDATE);
    cut.length = 4999;
    assert_int_equal(wd_judge(&cut).verdict, WD_VERDICT_SYNDICATED);
    cut.swapped = 2500; /* of a figure that the longer one lacks */
    assert_int_equal(wd_judge(&cut).verdict, WD_VERDICT_UPDATE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_told_by_its_distance_from_the_middle),
        cmocka_unit_test(other_figures_speak_against_a_repeat),
        cmocka_unit_test(what_a_feature_says_depends_on_another),
        cmocka_unit_test(a_repeat_need_not_be_certain),
        cmocka_unit_test(little_in_common_is_never_a_repeat),
        cmocka_unit_test(a_copy_comes_soon),
        cmocka_unit_test(without_dates_quotations_and_cuts_are_told_by_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
