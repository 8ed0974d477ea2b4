/* test_stages.c -- the table of stages holds together.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <string.h>

#include "wiredesk/stage.h"

static void shipped_table_is_in_order(void **state)
{
    (void)state;
    struct wd_error err = {0};
    assert_int_equal(wd_stages_check(wd_stages(), &err), WD_OK);
}

static void misplaced_stage_is_named(void **state)
{
    (void)state;
    const struct wd_stage early = {.name = "early", .needs = WD_HAS_TEXT};
    const struct wd_stage *const table[] = {&early, NULL};
    struct wd_error err = {0};
    assert_int_equal(wd_stages_check(table, &err), WD_EORDER);
    assert_non_null(strstr(err.message, "early"));
}

static void pure_stage_after_ordered_one_is_refused(void **state)
{
    (void)state;
    const struct wd_stage ordered = {.name = "ordered", .is_ordered = true};
    const struct wd_stage pure = {.name = "pure"};
    const struct wd_stage *const table[] = {&ordered, &pure, NULL};
    struct wd_error err = {0};
    assert_int_equal(wd_stages_check(table, &err), WD_EORDER);
    assert_non_null(strstr(err.message, "pure"));
}

static void every_stage_can_be_named_and_explained(void **state)
{
    (void)state;
    for (const struct wd_stage *const *stage = wd_stages(); *stage; stage++) {
        assert_non_null((*stage)->name);
        assert_non_null((*stage)->summary);
        assert_non_null((*stage)->run);
        assert_true(!(*stage)->is_ordered || (*stage)->apply);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_table_is_in_order),
        cmocka_unit_test(misplaced_stage_is_named),
        cmocka_unit_test(pure_stage_after_ordered_one_is_refused),
        cmocka_unit_test(every_stage_can_be_named_and_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
