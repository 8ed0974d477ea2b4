/* test_story.c -- what is told of the same is one story, and nothing else is.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/hash.h"
#include "copy.h"
#include "wiredesk/desk.h"

static const int64_t HOUR = 3600 * 1000;

static struct wd_desk *desk;
static struct wd_article *art;

static int open_all(void **state)
{
    (void)state;
    struct wd_options opts;
    wd_options_init(&opts);
    opts.limits.window_ms = INT64_MAX;
    art = wd_article_new();
    return art && wd_desk_open(&opts, &desk, NULL) == WD_OK ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    wd_desk_close(desk);
    wd_article_free(art);
    return 0;
}

static struct wd_story decide(const char *uri, int64_t timestamp_ms, const char *headline,
                              const char *body)
{
    assert_int_equal(
        copy_sketch(art, uri, timestamp_ms, wd_str_from(headline), wd_str_from(body)),
        WD_OK);
    assert_int_equal(wd_desk_decide(desk, art), WD_OK);
    assert_int_equal(art->sketch.story, wd_article_facts(art)->story.id);
    return wd_article_facts(art)->story;
}

static const char quake[] =
    "an earthquake of magnitude 6.4 shook the port of Arvenna before dawn, brought down "
    "the bell tower of its cathedral and left thousands without power. Mayor Elda "
    "Quiroga "
    "asked residents to stay away from damaged buildings while rescue teams searched "
    "them.";
static const char quake_again[] =
    "rescue teams in Arvenna pulled four people from damaged buildings on Sunday, a day "
    "after the earthquake. Mayor Elda Quiroga said power had returned to half of the "
    "residents and that the cathedral would be propped up.";
static const char strike[] =
    "bus drivers in Tolsund walked out for a third day after talks between their union "
    "and the transit board broke down over night shifts. Commuters queued at railway "
    "stations, and the board cancelled the evening timetable altogether.";

static void reports_of_one_event_are_one_story(void **state)
{
    (void)state;
    struct wd_story first = decide("urn:a", -1, "Earthquake hits Arvenna", quake);
    assert_int_equal(first.id, wd_hash(WD_STR("urn:a"), WD_SEED_STORY));
    assert_int_equal(first.size, 1);
    assert_int_equal(first.score, 10000);
    struct wd_story second = decide("urn:b", -1, "Four saved in Arvenna", quake_again);
    assert_int_equal(second.id, first.id);
    assert_int_equal(second.size, 2);
    assert_in_range(second.score, 2200, 9999);
}

static void other_events_are_other_stories(void **state)
{
    (void)state;
    struct wd_story first = decide("urn:a", -1, "Earthquake hits Arvenna", quake);
    struct wd_story other = decide("urn:b", -1, "Bus strike goes on", strike);
    assert_int_not_equal(other.id, first.id);
    assert_int_equal(other.size, 1);
    struct wd_desk_stats stats;
    wd_desk_stats(desk, &stats);
    assert_int_equal(stats.stories, 2);
}

static void copies_join_the_story_of_what_they_copy(void **state)
{
    (void)state;
    struct wd_story first = decide("urn:a", -1, "", strike);
    struct wd_story copy = decide("urn:b", 0, "Another headline altogether", strike);
    assert_int_equal(wd_article_facts(art)->dedup.verdict, WD_VERDICT_EXACT);
    assert_int_equal(copy.id, first.id);
    assert_int_equal(copy.score, 10000);
}

/* Months later the same words tell of another event, or are weaker evidence at least. */
static void time_takes_from_the_score(void **state)
{
    (void)state;
    (void)decide("urn:a", 0, "Earthquake hits Arvenna", quake);
    struct wd_story soon =
        decide("urn:b", 20 * HOUR, "Four saved in Arvenna", quake_again);
    wd_desk_close(desk);
    struct wd_options opts;
    wd_options_init(&opts);
    opts.limits.window_ms = INT64_MAX;
    assert_int_equal(wd_desk_open(&opts, &desk, NULL), WD_OK);
    (void)decide("urn:a", 0, "Earthquake hits Arvenna", quake);
    struct wd_story late =
        decide("urn:b", 4000 * HOUR, "Four saved in Arvenna", quake_again);
    assert_int_equal(soon.size, 2);
    assert_true(late.size == 1 || late.score <= soon.score / 2 + 1);
}

/* Anniversaries bring the same words back. */
static void years_part_any_two_reports(void **state)
{
    (void)state;
    struct wd_story first = decide("urn:a", 0, "Earthquake hits Arvenna", quake);
    struct wd_story later =
        decide("urn:b", 3 * 8766 * HOUR, "Earthquake hits Arvenna", quake_again);
    assert_int_not_equal(first.id, later.id);
}

/* The results of a quarter, as agencies put them: a name, and figures in a form. */
static struct wd_story results(const char *uri, const char *name, unsigned figure)
{
    char headline[64], body[200];
    (void)snprintf(headline, sizeof(headline), "%s INC 3RD QTR NET", name);
    (void)snprintf(
        body, sizeof(body),
        "shr %u cts vs %u cts. net %u,%u vs %u,%u. revs %u mln vs %u mln. nine "
        "mths shr %u cts vs %u cts. avg shrs %u,%u vs %u,%u",
        figure, figure + 7, figure * 3, figure + 411, figure * 2, figure + 533,
        figure + 91, figure + 73, figure + 151, figure + 179, figure + 201, figure + 611,
        figure + 229, figure + 677);
    return decide(uri, -1, headline, body);
}

/* All else in a form is the form's. */
static void other_figures_in_the_same_form_take_from_the_score(void **state)
{
    (void)state;
    (void)results("urn:a", "Harwick", 31);
    struct wd_story other = results("urn:b", "Tolmar", 1048);
    assert_int_equal(wd_article_facts(art)->dedup.verdict, WD_VERDICT_UNIQUE);
    assert_true(other.size == 1 || other.score < 6000);
}

static void what_fills_in_a_form_is_less_like_the_others(void **state)
{
    (void)state;
    char first[600], second[600];
    copy_form(first, sizeof(first), 0);
    copy_form(second, sizeof(second), 1);
    (void)decide("urn:a", -1, "", first);
    struct wd_story other = decide("urn:b", -1, "", second);
    assert_int_equal(wd_article_facts(art)->dedup.near_miss, WD_NEAR_MISS_TEMPLATE);
    assert_true(other.size == 1 || other.score < 3600);
}

static void figures_in_common_speak_for_one_story(void **state)
{
    (void)state;
    struct wd_story with = {0}, without = {0};
    static const char *const tolls[] = {"4181", "2290"};
    for (size_t i = 0; i < 2; i++) {
        char body[200];
        (void)snprintf(
            body, sizeof(body),
            "an earthquake off Arvenna killed %s people and left 61500 without "
            "a roof, officials in the port said",
            tolls[i]);
        (void)decide("urn:a", -1, "",
                     "the toll of the Arvenna earthquake has reached 4181, with 61500 "
                     "people living in tents, the mayor told reporters");
        *(i == 0 ? &with : &without) = decide("urn:b", -1, "", body);
        (void)close_all(NULL);
        (void)open_all(NULL);
    }
    assert_true(with.score > without.score + 500 || without.size == 1);
    assert_int_equal(with.size, 2);
}

static void texts_without_terms_stand_alone(void **state)
{
    (void)state;
    struct wd_story a = decide("urn:a", -1, "", "it is as it was");
    struct wd_story b = decide("urn:b", -1, "", "so be it and so it was, as it is");
    assert_int_equal(a.size, 1);
    assert_int_equal(b.size, 1);
    assert_int_not_equal(a.id, b.id);
}

/* Random texts share words now and then; they must not clot. */
static void a_stream_of_strangers_stays_apart(void **state)
{
    (void)state;
    struct wd_buf text;
    uint64_t seed = 17;
    wd_buf_init(&text, 1 << 16);
    for (unsigned i = 0; i < 400; i++) {
        char uri[16];
        (void)snprintf(uri, sizeof(uri), "urn:%u", i);
        wd_buf_clear(&text);
        copy_text(&text, &seed, 120);
        wd_buf_append_char(&text, '\0');
        assert_int_equal(decide(uri, -1, "", text.data).size, 1);
    }
    wd_buf_done(&text);
}

/* --- mergers --- */

/* Words [first, last) of a made-up language, with those of another range between them;
 * another `turn` begins elsewhere. */
static const char *tell(unsigned first, unsigned last, unsigned other, unsigned turn)
{
    static struct wd_buf text;
    wd_buf_done(&text);
    wd_buf_init(&text, 1 << 16);
    unsigned n = last - first;
    for (unsigned i = 0; i < n; i++) {
        unsigned k = (i * 5 + turn * 7) % n; /* n has no divisor in common with 5 */
        copy_word(&text, 4000 + first + k);
        wd_buf_append_char(&text, ' ');
        if (other) {
            copy_word(&text, 4000 + other + k);
            wd_buf_append_char(&text, ' ');
        }
    }
    wd_buf_append_char(&text, '\0');
    return text.data;
}

enum { HARBOUR = 100, HARVEST = 200, WORDS = 12 };

static struct wd_story report(const char *uri, unsigned subject, unsigned turn)
{
    return decide(uri, -1, "", tell(subject, subject + WORDS, 0, turn));
}

static struct wd_story report_both(const char *uri)
{
    return decide(uri, -1, "", tell(HARBOUR, HARBOUR + WORDS, HARVEST, 1));
}

static void what_is_near_to_both_makes_two_stories_one(void **state)
{
    (void)state;
    struct wd_desk_stats stats;
    struct wd_story older = report("urn:a", HARBOUR, 0);
    struct wd_story younger = report("urn:b", HARVEST, 0);
    assert_int_not_equal(older.id, younger.id);
    struct wd_story both = report_both("urn:c");
    assert_int_equal(both.id, older.id);
    assert_int_equal(both.merged, younger.id);
    assert_int_equal(art->sketch.merged_story, younger.id);
    assert_int_equal(both.size, 3);
    wd_desk_stats(desk, &stats);
    assert_int_equal(stats.stories, 1);
    /* From then on the younger one's articles are the older one's. */
    struct wd_story later = report("urn:d", HARVEST, 2);
    assert_int_equal(later.id, older.id);
    assert_int_equal(later.merged, 0);
    assert_int_equal(later.size, 4);
}

static void only_small_stories_are_taken_over(void **state)
{
    (void)state;
    static const unsigned sizes[] = {24, 25};
    for (size_t i = 0; i < 2; i++) {
        struct wd_story older = report("urn:a", HARBOUR, 0), younger = {0};
        for (unsigned k = 0; k < sizes[i]; k++) {
            char uri[24];
            (void)snprintf(uri, sizeof(uri), "urn:b:%u", k);
            younger = report(uri, HARVEST, k);
        }
        assert_int_equal(younger.size, sizes[i]);
        assert_int_equal(report_both("urn:c").merged, i == 0 ? younger.id : 0);
        assert_int_not_equal(older.id, younger.id);
        (void)close_all(NULL);
        (void)open_all(NULL);
    }
}

static void a_restored_desk_knows_the_merger(void **state)
{
    (void)state;
    struct wd_buf log[3];
    struct wd_options opts;
    struct wd_sketch_scratch *scratch = NULL;
    for (size_t i = 0; i < 3; i++) {
        if (i < 2)
            (void)report(i ? "urn:b" : "urn:a", i ? HARVEST : HARBOUR, 0);
        else
            assert_int_not_equal(report_both("urn:c").merged, 0);
        wd_buf_init(&log[i], 1 << 16);
        wd_sketch_encode(wd_article_sketch(art), &log[i]);
    }
    struct wd_story wanted = report("urn:d", HARVEST, 2);
    wd_desk_close(desk);
    wd_options_init(&opts);
    assert_int_equal(wd_desk_open(&opts, &desk, NULL), WD_OK);
    for (size_t i = 0; i < 3; i++) {
        struct wd_sketch sketch;
        assert_int_equal(wd_sketch_decode(wd_buf_str(&log[i]), &sketch, &scratch, NULL),
                         WD_OK);
        assert_int_equal(wd_desk_restore(desk, &sketch, 1, NULL, NULL), WD_OK);
        wd_buf_done(&log[i]);
    }
    struct wd_story found = report("urn:d", HARVEST, 2);
    assert_int_equal(found.id, wanted.id);
    assert_int_equal(found.size, wanted.size);
    wd_sketch_scratch_free(scratch);
}

/* Members leave in the order in which they came, whatever chain they were moved to. */
static void what_was_merged_leaves_the_window_like_the_rest(void **state)
{
    (void)state;
    struct wd_options opts;
    struct wd_desk_stats stats;
    wd_options_init(&opts);
    opts.limits.window_articles = 4;
    wd_desk_close(desk);
    assert_int_equal(wd_desk_open(&opts, &desk, NULL), WD_OK);
    (void)report("urn:a", HARBOUR, 0);
    (void)report("urn:b", HARVEST, 0);
    assert_int_not_equal(report_both("urn:c").merged, 0);
    static const char *const uris[] = {"urn:d", "urn:e", "urn:f", "urn:g"};
    for (unsigned i = 0; i < 4; i++) {
        (void)report(uris[i], 300 + 20 * i, 0);
        wd_desk_stats(desk, &stats);
        assert_int_equal(stats.stories, i < 3 ? i + 2 : 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_all, close_all)
        TEST(reports_of_one_event_are_one_story),
        TEST(other_events_are_other_stories),
        TEST(copies_join_the_story_of_what_they_copy),
        TEST(time_takes_from_the_score),
        TEST(years_part_any_two_reports),
        TEST(other_figures_in_the_same_form_take_from_the_score),
        TEST(what_fills_in_a_form_is_less_like_the_others),
        TEST(figures_in_common_speak_for_one_story),
        TEST(texts_without_terms_stand_alone),
        TEST(a_stream_of_strangers_stays_apart),
        TEST(what_is_near_to_both_makes_two_stories_one),
        TEST(only_small_stories_are_taken_over),
        TEST(a_restored_desk_knows_the_merger),
        TEST(what_was_merged_leaves_the_window_like_the_rest),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
