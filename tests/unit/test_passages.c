/* test_passages.c -- shared runs of words are found where they are.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wiredesk/passages.h"

struct side {
    struct wd_region region;
    struct wd_facts facts;
};

static void side_of(struct side *side, const char *text)
{
    side->region = (struct wd_region){WD_ROLE_BODY, {0, (uint32_t)strlen(text)}};
    side->facts = (struct wd_facts){
        .text = wd_str_from(text), .regions = &side->region, .n_regions = 1};
}

static void shared_runs_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        const char *b;
        const char *want; /* "in a|in b" of each, parted by line feeds */
    } rows[] = {
        {"one two three four", "one two three four",
         "one two three four|one two three four\n"},
        {"one two three four", "one two x three four", ""},
        {"one two three", "zero one two three four", "one two three|one two three\n"},
        {"He said: \xe2\x80\x9cOne, TWO three!\xe2\x80\x9d", "- one two Three -",
         "One, TWO three|one two Three\n"},
        {"a b c d e f", "d e f a b c", "d e f|d e f\na b c|a b c\n"}, /* moved about */
        {"a b c a b c", "a b c", "a b c|a b c\n"},
        {"a b c", "a b c a b c", "a b c|a b c\n"},             /* used up once */
        {"a b c x a b c d", "q a b c d", "a b c d|a b c d\n"}, /* the longer one */
        {"Caf\xc3\xa9 in the U.S. opens", "cafe in the US",
         "Caf\xc3\xa9 in the U.S|cafe in the US\n"},
        {"", "a b c", ""},
        {"a b", "a b", ""}, /* shorter than asked for */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct side a, b;
        struct wd_passages found;
        char got[512] = "";
        side_of(&a, rows[i].a);
        side_of(&b, rows[i].b);
        assert_int_equal(wd_passages_find(&a.facts, &b.facts, 3, &found), WD_OK);
        for (size_t k = 0; k < found.n; k++) {
            struct wd_str x = wd_span_of(a.facts.text, found.at[k].a);
            struct wd_str y = wd_span_of(b.facts.text, found.at[k].b);
            size_t size = strlen(got);
            (void)snprintf(got + size, sizeof(got) - size, "%.*s|%.*s\n", (int)x.size,
                           x.data, (int)y.size, y.data);
        }
        assert_string_equal(got, rows[i].want);
        wd_passages_done(&found);
    }
}

static void headlines_do_not_count(void **state)
{
    (void)state;
    struct side a, b;
    struct wd_passages found;
    side_of(&a, "one two three four");
    side_of(&b, "one two three four");
    b.region.role = WD_ROLE_HEADLINE;
    assert_int_equal(wd_passages_find(&a.facts, &b.facts, 3, &found), WD_OK);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.words_a, 4);
    assert_int_equal(found.words_b, 0);
    wd_passages_done(&found);
}

/* Made-up texts over few words, so that much is shared: whatever is found must be equal
 * word for word, in bounds, ordered in b, and apart in both. */
static void passages_are_equal_and_never_overlap(void **state)
{
    (void)state;
    static const char *const words[] = {"ab ", "cd ", "ef ", "GH, ", "ij. "};
    uint32_t seed = 3;
    for (size_t round = 0; round < 300; round++) {
        char texts[2][1024] = {"", ""};
        for (size_t i = 0; i < 2; i++) {
            size_t n = (seed = seed * 1664525 + 1013904223) >> 25;
            for (size_t k = 0; k < n; k++)
                strcat(texts[i], words[((seed = seed * 1664525 + 1013904223) >> 8) % 5]);
        }
        struct side a, b;
        struct wd_passages found;
        bool used_a[1024] = {false};
        uint32_t past = 0, n_words = 0;
        side_of(&a, texts[0]);
        side_of(&b, texts[1]);
        assert_int_equal(wd_passages_find(&a.facts, &b.facts, 4, &found), WD_OK);
        for (size_t i = 0; i < found.n; i++) {
            const struct wd_passage *p = &found.at[i];
            assert_true(p->n_words >= 4 && p->b.start >= past);
            assert_true(p->a.end <= a.facts.text.size && p->b.end <= b.facts.text.size);
            /* All words have two letters and end alike, so equal words are equal bytes
             * but for what follows the last. */
            assert_int_equal(p->a.end - p->a.start, p->b.end - p->b.start);
            assert_memory_equal(texts[0] + p->a.start, texts[1] + p->b.start,
                                p->a.end - p->a.start);
            for (uint32_t k = p->a.start; k < p->a.end; k++) {
                assert_false(used_a[k]);
                used_a[k] = true;
            }
            past = p->b.end;
            n_words += p->n_words;
        }
        assert_int_equal(n_words, found.words_shared);
        wd_passages_done(&found);
    }
}

/* One word a hundred thousand times: the worst there is for an index of runs. */
static void repetition_stays_cheap(void **state)
{
    (void)state;
    size_t n = 100 * 1000;
    char *text = malloc(2 * n + 1);
    struct side a, b;
    struct wd_passages found;
    assert_non_null(text);
    for (size_t i = 0; i < n; i++)
        memcpy(text + 2 * i, "a ", 3);
    side_of(&a, text);
    side_of(&b, text);
    assert_int_equal(wd_passages_find(&a.facts, &b.facts, 6, &found), WD_OK);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.at[0].n_words, n);
    wd_passages_done(&found);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_runs_are_found),
        cmocka_unit_test(headlines_do_not_count),
        cmocka_unit_test(passages_are_equal_and_never_overlap),
        cmocka_unit_test(repetition_stays_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
