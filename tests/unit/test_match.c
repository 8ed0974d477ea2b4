/* test_match.c -- what two lists share, against the plainest way to count it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "copy.h"
#include "desk/match.h"

enum { MOST = WD_PRINTS_MAX };

static struct wd_census census;

static int open_census(void **state)
{
    (void)state;
    return wd_census_init(&census);
}

static int close_census(void **state)
{
    (void)state;
    wd_census_done(&census);
    return 0;
}

struct list {
    uint16_t at[MOST];
    uint32_t n;
};

/* `n` ascending hashes, each one `step` or more behind the last. */
static void fill(struct list *list, uint32_t n, uint32_t step, uint64_t *seed)
{
    uint32_t hash = 5;
    list->n = n;
    for (uint32_t i = 0; i < n; i++) {
        hash += step * (1 + (uint32_t)(copy_random(seed) >> 40) % 3);
        list->at[i] = (uint16_t)hash;
    }
}

static struct wd_print print_of(const struct list *list, const uint8_t *holders)
{
    return (struct wd_print){
        .n_words = 1,
        .prints = {list->at, list->n},
        .is_whole = true,
        .figures = {list->at, list->n < WD_FIGURES_MAX ? list->n : WD_FIGURES_MAX},
        .holders = holders,
        .time_ms = -1};
}

static void check_pair(uint32_t n_a, uint32_t n_b, uint32_t step, uint64_t *seed)
{
    static struct list a, b;
    static uint8_t holders[MOST];
    uint32_t n_shared = 0, n_common = 0, sum = 0;
    fill(&a, n_a, step, seed);
    fill(&b, n_b, step, seed);
    for (uint32_t i = 0; i < n_a; i++)
        holders[i] = (uint8_t)(i % 7);
    for (uint32_t i = 0; i < n_a; i++) {
        for (uint32_t k = 0; k < n_b; k++) {
            if (a.at[i] != b.at[k])
                continue;
            n_shared++;
            n_common += holders[i] >= 4;
            sum += wd_rarity(holders[i] + 1);
        }
    }
    struct wd_print this = print_of(&a, holders), that = print_of(&b, NULL);
    this.content_hash = 1; /* not the same words */
    struct wd_likeness like = wd_match(&this, &that, &census);
    assert_int_equal(like.n_shared, n_shared);
    assert_int_equal(like.common, n_shared ? n_common * 10000 / n_shared : 0);
    assert_int_equal(like.rarity,
                     n_shared ? sum * 10000 / (n_shared * WD_RARITY_MAX) : 10000);
}

static void lists_of_any_length_share_what_they_share(void **state)
{
    static const uint32_t sizes[] = {0, 1, 2, 31, MOST - 1, MOST};
    static const uint32_t steps[] = {1, 3, 64, 300};
    uint64_t seed = 7;
    (void)state;
    for (size_t a = 0; a < sizeof(sizes) / sizeof(sizes[0]); a++)
        for (size_t b = 0; b < sizeof(sizes) / sizeof(sizes[0]); b++)
            for (size_t s = 0; s < sizeof(steps) / sizeof(steps[0]); s++)
                check_pair(sizes[a], sizes[b], steps[s], &seed);
}

/* Of the longer text, the sample ends sooner; what lies behind its end is not asked. */
static void samples_are_compared_up_to_the_lower_bound(void **state)
{
    (void)state;
    static const uint16_t low[] = {10, 20, 30, 40}, wide[] = {10, 20, 35, 50, 60, 70, 80};
    struct wd_print this = {.n_words = 700, .prints = {low, 4}, .time_ms = -1};
    struct wd_print that = {.n_words = 70, .prints = {wide, 7}, .time_ms = -1};
    that.is_whole = true;
    struct wd_likeness like = wd_match(&this, &that, &census);
    assert_int_equal(like.n_this, 4);
    assert_int_equal(like.n_that, 3);
    assert_int_equal(like.n_shared, 2);
    assert_int_equal(like.containment, 5000);
    assert_int_equal(like.contained, 6666);
    assert_int_equal(like.words, 46); /* of the shorter one's 70 */
    this.is_whole = true;             /* then it ends there because the text does */
    like = wd_match(&this, &that, &census);
    assert_int_equal(like.n_that, 7);
}

/* A form that is filled in again: all that it shares, five others have as well. */
static void what_others_have_is_not_shared_alone(void **state)
{
    static const uint16_t mine[] = {10, 20, 30, 40, 50, 60, 70, 80},
                          yours[] = {10, 20, 30, 40, 55, 65};
    static const uint8_t form[] = {6, 6, 6, 6, 0, 0, 0, 0},
                         reprint[] = {1, 1, 1, 1, 0, 0, 0, 0},
                         rest[] = {1, 1, 1, 1, 6, 6, 6, 6},
                         series[] = {2, 2, 2, 2, 2, 0, 0, 0};
    static const struct {
        const uint8_t *holders;
        uint16_t rare, common;
    } rows[] = {
        {form, 0, 10000},
        {reprint, 6666, 0}, /* that one itself is no other; of six, four */
        {rest, 10000, 0},   /* of four that are not the form's, all */
        {series, 6666, 0},  /* one other may have it, too */
        {NULL, 6666, 0},
    };
    struct wd_print that = {.n_words = 60, .prints = {yours, 6}, .is_whole = true};
    (void)state;
    that.is_holder = true;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct wd_print this = {.n_words = 80,
                                .content_hash = 1,
                                .prints = {mine, 8},
                                .is_whole = true,
                                .holders = rows[i].holders};
        struct wd_likeness like = wd_match(&this, &that, &census);
        assert_int_equal(like.rare, rows[i].rare);
        assert_int_equal(like.common, rows[i].common);
        assert_int_equal(like.containment, 5000);
    }
}

/* What everybody has weighs little, and what is cut away on one side is not asked for. */
static void rare_facts_weigh_more(void **state)
{
    (void)state;
    static const uint16_t prints[] = {1, 2, 3, 4};
    static const uint16_t common[] = {100, 300}, rare[] = {200, 300}, mine[] = {100, 200};
    struct wd_print everybody = {.names = {common, 1}};
    for (unsigned i = 0; i < 1000; i++)
        wd_census_add(&census, &everybody);
    struct wd_print this = {.prints = {prints, 4}, .names = {mine, 2}, .n_words = 8};
    struct wd_print with_common = {.prints = {prints, 4}, .names = {common, 2}};
    struct wd_print with_rare = {.prints = {prints, 4}, .names = {rare, 2}};
    this.content_hash = 1;
    assert_true(wd_match(&this, &with_common, &census).names < 1000);
    assert_true(wd_match(&this, &with_rare, &census).names > 9000);
    assert_int_equal(wd_match(&this, &with_rare, &census).all_names, 3333);
    for (unsigned i = 0; i < 1000; i++)
        wd_census_drop(&census, &everybody);
    assert_int_equal(census.n_articles, 0);
    assert_int_equal(wd_match(&this, &with_common, &census).names, 5000);
}

static const uint16_t four_prints[] = {1, 2, 3, 4};

/* Two texts that share all prints and not the words. */
static struct wd_print text_of(uint64_t content_hash)
{
    return (struct wd_print){.content_hash = content_hash,
                             .n_words = 8,
                             .prints = {four_prints, 4},
                             .is_whole = true,
                             .time_ms = -1};
}

static void topics_are_alike_as_far_as_their_terms_are(void **state)
{
    (void)state;
    static const uint16_t ferry[] = {10, 20, 30}, tram[] = {40, 50},
                          both[] = {10, 20, 50};
    static const uint8_t weights[] = {12, 7, 3};
    struct wd_print this = text_of(1), that = text_of(2);
    assert_int_equal(wd_match(&this, &that, &census).topic, 5000); /* nothing is known */
    this.topic = (struct wd_topic){ferry, weights, 3};
    that.topic = this.topic;
    assert_true(wd_match(&this, &that, &census).topic > 9950);
    that.topic = (struct wd_topic){tram, weights, 2};
    assert_int_equal(wd_match(&this, &that, &census).topic, 0);
    that.topic = (struct wd_topic){both, weights, 3};
    uint16_t some = wd_match(&this, &that, &census).topic;
    assert_true(some > 9000 && some < 9950); /* the light one differs */
}

static void figures_are_swapped_where_each_has_its_own(void **state)
{
    (void)state;
    static const uint16_t three[] = {10, 20, 30}, other[] = {10, 40, 50}, one[] = {10};
    struct wd_print this = text_of(1), that = text_of(2);
    this.figures = (struct wd_hashes){three, 3};
    that.figures = this.figures;
    assert_int_equal(wd_match(&this, &that, &census).swapped, 0);
    that.figures = (struct wd_hashes){one, 1}; /* a cut leaves figures out */
    assert_int_equal(wd_match(&this, &that, &census).swapped, 0);
    that.figures = (struct wd_hashes){other, 3}; /* a form has others in their place */
    assert_int_equal(wd_match(&this, &that, &census).swapped, 3750); /* two of 15 */
}

static void new_names_count_in_the_lead_alone(void **state)
{
    (void)state;
    static const uint16_t mine[] = {10, 20, 30}, yours[] = {10};
    static const uint32_t starts[] = {5, 40, 900};
    struct wd_print this = text_of(1), that = text_of(2);
    this.names = (struct wd_hashes){mine, 3};
    that.names = (struct wd_hashes){yours, 1};
    this.lead_end = 300;
    assert_int_equal(wd_match(&this, &that, &census).lead_names, 0); /* no places known */
    this.name_starts = starts;
    assert_int_equal(wd_match(&this, &that, &census).lead_names, 2500); /* one */
    this.lead_end = 1000;
    assert_int_equal(wd_match(&this, &that, &census).lead_names, 3750); /* two */
    that.names = this.names;
    assert_int_equal(wd_match(&this, &that, &census).lead_names, 0);
}

/* Some wires print a whole report in small letters. */
static void a_text_without_capitals_lacks_no_name(void **state)
{
    (void)state;
    static const uint16_t mine[] = {10, 20};
    static const uint32_t starts[] = {5, 40};
    struct wd_print this = text_of(1), that = text_of(2);
    this.names = (struct wd_hashes){mine, 2};
    this.name_starts = starts;
    this.lead_end = 300;
    assert_int_equal(wd_match(&this, &that, &census).lead_names, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_of_any_length_share_what_they_share),
        cmocka_unit_test(samples_are_compared_up_to_the_lower_bound),
        cmocka_unit_test(what_others_have_is_not_shared_alone),
        cmocka_unit_test(rare_facts_weigh_more),
        cmocka_unit_test(topics_are_alike_as_far_as_their_terms_are),
        cmocka_unit_test(figures_are_swapped_where_each_has_its_own),
        cmocka_unit_test(new_names_count_in_the_lead_alone),
        cmocka_unit_test(a_text_without_capitals_lacks_no_name),
    };
    return cmocka_run_group_tests(tests, open_census, close_census);
}
