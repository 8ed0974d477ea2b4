/* test_linear.c -- hostile text costs no more a byte than any other.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Work is counted, not timed: the sources under test are compiled once more with a call
 * at every basic block (-fsanitize-coverage=trace-pc), so that the figures are the same
 * on any machine, however busy. Twice the text may then take twice the steps, and no byte
 * more than a fixed number of them. */
#include "cmocka_prelude.h"

#include <stdlib.h>

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

/* Each is repeated until the text is full, behind the letter that opens it. */
static const char *const units[] = {
    "a",
    " ",
    "\n",
    "a.",
    "a:",
    "a'",
    "a'd'",
    "an't'",
    "x'sy",
    "ab.Cd",
    "Ab.",
    "U.S.",
    "J. ",
    "Mr. ",
    "No. ",
    ".",
    ". ",
    ".a",
    ".1",
    "1",
    "1-",
    "1-1a",
    "1:",
    "1/",
    "1/2a",
    "1,",
    "12am",
    "'",
    "'1",
    "\"",
    "? \"",
    "!?",
    "(",
    ")",
    "[...]",
    "-",
    "--",
    "a-",
    "re-",
    "A&",
    "@",
    "a@",
    "a@b-",
    "a...@b",
    "www.",
    "http://",
    "http://a)",
    "http://a.,",
    "a.com/ ",
    "#a",
    "#",
    ":-",
    ":)",
    "<3",
    "=",
    "$",
    "Image: ",
    "a\xe2\x80\xaf",                /* narrow no-break space, white and yet joining */
    "\xc2\xa0",                     /* no-break space */
    "\xcc\x88",                     /* combining diaeresis */
    "a\xcc\x88.\xcc\x88",           /* … after a point that may join */
    ".\xcc\x88",                    /* … after a terminator */
    "\xe2\x80\x8d",                 /* zero width joiner */
    "\xf0\x9f\x91\xa9\xe2\x80\x8d", /* woman, joiner: an endless family */
    "\xf0\x9f\x87\xba",             /* regional indicators */
    "\xe2\x80\x99",                 /* U+2019 */
    "\xe2\x80\x98",                 /* U+2018 */
    "a\xe2\x80\x99s",               /* … between letters */
    "\xe2\x80\x9c",                 /* quotes never closed */
    "\xe2\x80\x94",                 /* em dashes */
    "\xd7\x90\"",                   /* Hebrew and a double quote */
    "\xe3\x82\xab_",                /* Katakana and underscore */
    "\xe5\xad\x97\xe3\x80\x82",     /* ideographs */
    "\xc2\xad",                     /* soft hyphens */
};

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
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        size_t once = steps_of(units[i], SMALL, language);
        size_t twice = steps_of(units[i], 2 * SMALL, language);
        assert_true(once > 0);
        if (twice > once * 21 / 10 || once > (size_t)SMALL * STEPS_PER_BYTE)
            fail_msg("\"%s\" in %s: %zu steps, twice the text %zu", units[i], language,
                     once, twice);
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
