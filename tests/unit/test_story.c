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

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_all, close_all)
        TEST(reports_of_one_event_are_one_story),
        TEST(other_events_are_other_stories),
        TEST(copies_join_the_story_of_what_they_copy),
        TEST(time_takes_from_the_score),
        TEST(years_part_any_two_reports),
        TEST(texts_without_terms_stand_alone),
        TEST(a_stream_of_strangers_stays_apart),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
