/* test_linear.c -- hostile text costs no more a byte than any other.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Work is counted, not timed: the sources under test are compiled once more with a call
 * at every basic block (-fsanitize-coverage=trace-pc), so that the figures are the same
 * on any machine, however busy. Twice the text may then take twice the steps, and no byte
 * more than a fixed number of them. */
#include "cmocka_prelude.h"

#include <stdlib.h>

#include "../support/hostile_units.h"
#include "wiredesk/status.h"
#include "wiredesk/text.h"

#define SMALL          30000
#define STEPS_PER_BYTE 400

static size_t n_steps;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    n_steps++;
}

static int ignore_token(void *user, const struct wd_token *tok)
{
    (void)user;
    (void)tok;
    return WD_OK;
}

static int ignore_sentence(void *user, struct wd_span sentence)
{
    (void)user;
    (void)sentence;
    return WD_OK;
}

static size_t steps_of(const char *unit, size_t size, const char *language)
{
    size_t unit_size = strlen(unit);
    char *text = malloc(size + unit_size + 1);
    size_t filled = 1;

    assert_non_null(text);
    text[0] = 'a';
    for (; filled < size; filled += unit_size)
        memcpy(text + filled, unit, unit_size);

    struct wd_cut_sink sink = {NULL, ignore_token, ignore_sentence};
    struct wd_span all = {0, (uint32_t)filled};
    n_steps = 0;
    assert_int_equal(
        wd_cut((struct wd_str){text, filled}, all, wd_str_from(language), &sink), WD_OK);
    free(text);
    return n_steps;
}

static void check_language(const char *language)
{
    for (size_t i = 0; i < N_HOSTILE_UNITS; i++) {
        size_t once = steps_of(hostile_units[i], SMALL, language);
        size_t twice = steps_of(hostile_units[i], 2 * SMALL, language);
        assert_true(once > 0);
        if (twice > once * 21 / 10 || once > (size_t)SMALL * STEPS_PER_BYTE)
            fail_msg("\"%s\" in %s: %zu steps, twice the text %zu", hostile_units[i],
                     language, once, twice);
    }
}

static void english_is_linear(void **state)
{
    (void)state;
    check_language("en");
}

static void other_languages_are_linear(void **state)
{
    (void)state;
    check_language("de");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_is_linear),
        cmocka_unit_test(other_languages_are_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
