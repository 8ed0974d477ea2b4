/* test_dedup.c -- verdicts on articles whose kinship is known, and bounded work.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/hash.h"
#include "copy.h"
#include "wiredesk/desk.h"
#include "wiredesk/verdict_model.h"

struct room {
    struct wd_desk *desk;
    struct wd_article *art;
    struct wd_buf text;
    uint64_t seed;
};

static void room_open(struct room *room, const struct wd_options *opts)
{
    struct wd_options defaults;
    wd_options_init(&defaults);
    *room = (struct room){.art = wd_article_new(), .seed = 99};
    assert_non_null(room->art);
    assert_int_equal(wd_desk_open(opts ? opts : &defaults, &room->desk, NULL), WD_OK);
    wd_buf_init(&room->text, 1 << 24);
}

static void room_close(struct room *room)
{
    wd_desk_close(room->desk);
    wd_article_free(room->art);
    wd_buf_done(&room->text);
}

static const struct wd_dedup *decide(struct room *room, const char *uri,
                                     struct wd_str body)
{
    assert_int_equal(copy_sketch(room->art, uri, -1, (struct wd_str){0}, body), WD_OK);
    assert_int_equal(wd_desk_decide(room->desk, room->art), WD_OK);
    return &wd_article_facts(room->art)->dedup;
}

static struct wd_str text_of(struct room *room, unsigned n_words)
{
    wd_buf_clear(&room->text);
    copy_text(&room->text, &room->seed, n_words);
    return wd_buf_str(&room->text);
}

static void assert_repeats(const struct wd_dedup *dedup, enum wd_verdict verdict,
                           const char *of)
{
    assert_int_equal(dedup->verdict, verdict);
    assert_true(wd_str_equal(dedup->of, wd_str_from(of)));
}

static void copies_name_the_first_of_them(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct wd_str body = text_of(&room, 300);
    const struct wd_dedup *dedup = decide(&room, "urn:a", body);
    assert_int_equal(dedup->verdict, WD_VERDICT_UNIQUE);
    assert_int_equal(dedup->of.size, 0);
    assert_int_equal(dedup->cluster, wd_hash(WD_STR("urn:a"), WD_SEED_CLUSTER));
    for (unsigned i = 0; i < 5; i++) {
        static const char *const uris[] = {"urn:b", "urn:c", "urn:d", "urn:e", "urn:f"};
        dedup = decide(&room, uris[i], body);
        assert_repeats(dedup, WD_VERDICT_EXACT, "urn:a");
        assert_int_equal(dedup->of_sequence, 1);
        assert_int_equal(dedup->resemblance, 10000);
        assert_int_equal(dedup->cluster, wd_hash(WD_STR("urn:a"), WD_SEED_CLUSTER));
    }
    room_close(&room);
}

static void case_and_punctuation_make_no_other_text(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    (void)decide(&room, "urn:a", WD_STR("“We will go,” he said. Ukraine’s aid: 5%."));
    assert_repeats(decide(&room, "urn:b",
                          WD_STR("\"We will go\", he said - UKRAINE'S aid: 5 percent")),
                   WD_VERDICT_EXACT, "urn:a");
    room_close(&room);
}

static void cuts_and_extensions_are_syndicated(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct wd_str body = text_of(&room, 600);
    (void)decide(&room, "urn:whole", body);
    struct wd_str half = {body.data, body.size / 2},
                  rest = {body.data + body.size / 3, body.size / 4};
    const struct wd_dedup *dedup = decide(&room, "urn:half", half);
    assert_repeats(dedup, WD_VERDICT_SYNDICATED, "urn:whole");
    assert_true(dedup->containment > 9500);
    assert_in_range(dedup->contained, 4000, 6000);
    assert_in_range(dedup->resemblance, 4000, 6000);
    assert_int_equal(decide(&room, "urn:quarter", rest)->verdict, WD_VERDICT_SYNDICATED);

    copy_text(&room.text, &room.seed, 600);
    dedup = decide(&room, "urn:longer", wd_buf_str(&room.text));
    assert_repeats(dedup, WD_VERDICT_SYNDICATED, "urn:whole");
    assert_true(dedup->contained > 9500);
    room_close(&room);
}

static void other_texts_are_unique(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    for (unsigned i = 0; i < 300; i++) {
        char uri[16];
        (void)snprintf(uri, sizeof(uri), "urn:%u", i);
        assert_int_equal(decide(&room, uri, text_of(&room, 20 + i))->verdict,
                         WD_VERDICT_UNIQUE);
    }
    room_close(&room);
}

static void filled_in_forms_are_unique(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    for (unsigned i = 0; i < 2; i++) {
        char text[1024];
        copy_form(text, sizeof(text), i);
        const struct wd_dedup *dedup =
            decide(&room, i ? "urn:b" : "urn:a", wd_str_from(text));
        assert_int_equal(dedup->verdict, WD_VERDICT_UNIQUE);
        assert_int_equal(dedup->candidates, i);
        if (i == 0)
            continue;
        assert_int_equal(dedup->near_miss, WD_NEAR_MISS_TEMPLATE);
        assert_true(wd_str_equal(dedup->miss.of, WD_STR("urn:a")));
        assert_in_range(dedup->miss.evidence.n_names, 1, 8);
        struct wd_str name =
            wd_span_of(wd_article_facts(room.art)->text, dedup->miss.evidence.names[0]);
        assert_true(wd_str_equal(name, WD_STR("Brackwater")));
        assert_in_range(dedup->miss.evidence.n_figures, 1, 8);
        assert_true(dedup->miss.evidence.other_names > 0);
    }
    room_close(&room);
}

/* The same words each time. */
static struct wd_str shared_text(struct room *room)
{
    uint64_t seed = 7;
    wd_buf_clear(&room->text);
    copy_text(&room->text, &seed, 300);
    return wd_buf_str(&room->text);
}

/* Takes an article of those words as one that was decided on before. */
static void take(struct room *room, const char *uri, uint64_t sequence,
                 enum wd_verdict verdict)
{
    struct wd_sketch *sketch = &room->art->sketch;
    assert_int_equal(
        copy_sketch(room->art, uri, -1, (struct wd_str){0}, shared_text(room)), WD_OK);
    sketch->sequence = sequence;
    sketch->verdict = verdict;
    sketch->of_sequence = verdict == WD_VERDICT_UNIQUE ? 0 : 1;
    assert_int_equal(wd_desk_restore(room->desk, sketch, 1, NULL, NULL), WD_OK);
}

/* How much of what hardly another article has they share with the first of the stream. */
static int32_t rare_share(struct room *room)
{
    int32_t values[WD_N_FEATURES];
    assert_int_equal(
        copy_sketch(room->art, "urn:last", -1, (struct wd_str){0}, shared_text(room)),
        WD_OK);
    assert_int_equal(wd_desk_measure(room->desk, room->art, 1, values), 1);
    return values[WD_FEATURE_RARE];
}

/* Were versions of other items not counted, a form whose second filling was taken for one
 * would never be known as a form. */
static void reprints_and_own_versions_make_no_text_common(void **state)
{
    static const struct {
        enum wd_verdict verdict;
        bool is_of_its_item;
        int32_t rare;
    } rows[] = {
        {WD_VERDICT_UNIQUE, false, 0},         {WD_VERDICT_NEAR, false, 10000},
        {WD_VERDICT_SYNDICATED, false, 10000}, {WD_VERDICT_UPDATE, false, 0},
        {WD_VERDICT_UPDATE, true, 10000},
    };
    (void)state;
    for (size_t row = 0; row < sizeof(rows) / sizeof(*rows); row++) {
        struct room room;
        room_open(&room, NULL);
        for (unsigned i = 0; i < 3; i++) {
            char uri[16];
            (void)snprintf(uri, sizeof(uri), "urn:%u", rows[row].is_of_its_item ? 0 : i);
            take(&room, uri, 1 + i, i ? rows[row].verdict : WD_VERDICT_UNIQUE);
        }
        assert_int_equal(rare_share(&room), rows[row].rare);
        room_close(&room);
    }
}

/* The record of one version of an item, decided on. */
static const struct wd_dedup *decide_version(struct room *room, const char *uri,
                                             const char *version, struct wd_str body,
                                             bool is_canceled)
{
    assert_int_equal(copy_sketch(room->art, uri, -1, (struct wd_str){0}, body), WD_OK);
    room->art->sketch.version = wd_str_from(version);
    room->art->sketch.is_canceled = is_canceled;
    assert_int_equal(wd_desk_decide(room->desk, room->art), WD_OK);
    return &wd_article_facts(room->art)->dedup;
}

static void the_same_record_again_is_a_replay(void **state)
{
    (void)state;
    struct wd_desk_stats before, after;
    struct room room;
    room_open(&room, NULL);
    struct wd_buf other;
    wd_buf_init(&other, 1 << 16);
    copy_text(&other, &room.seed, 100);
    struct wd_str body = text_of(&room, 100);
    (void)decide_version(&room, "urn:a", "1", body, false);
    (void)decide_version(&room, "urn:a", "2", wd_buf_str(&other), false);
    wd_desk_stats(room.desk, &before);
    const struct wd_dedup *dedup = decide_version(&room, "urn:a", "1", body, false);
    assert_true(dedup->is_replay);
    assert_repeats(dedup, WD_VERDICT_EXACT, "urn:a");
    assert_int_equal(dedup->of_sequence, 1); /* though a newer version came between */
    assert_true(wd_article_sketch(room.art)->is_replay);
    wd_desk_stats(room.desk, &after);
    assert_int_equal(after.window_articles, before.window_articles);
    assert_false(decide(&room, "urn:b", body)->is_replay);
    wd_buf_done(&other);
    room_close(&room);
}

/* Its uri is made of its bytes, so that the copy has the same one. */
static void a_nameless_text_again_is_a_copy(void **state)
{
    (void)state;
    struct wd_desk_stats stats;
    struct room room;
    room_open(&room, NULL);
    struct wd_str body = text_of(&room, 100);
    (void)decide(&room, "ni:///sha-256;a", body);
    for (uint64_t copies = 1; copies <= 2; copies++) {
        assert_int_equal(
            copy_sketch(room.art, "ni:///sha-256;a", -1, (struct wd_str){0}, body),
            WD_OK);
        room.art->facts.meta.is_uri_derived = true;
        assert_int_equal(wd_desk_decide(room.desk, room.art), WD_OK);
        const struct wd_dedup *dedup = &wd_article_facts(room.art)->dedup;
        assert_false(dedup->is_replay);
        assert_repeats(dedup, WD_VERDICT_EXACT, "ni:///sha-256;a");
        wd_desk_stats(room.desk, &stats);
        assert_int_equal(stats.window_articles, 1 + copies);
    }
    room_close(&room);
}

static void another_version_is_an_update(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct wd_str body = text_of(&room, 100);
    (void)decide_version(&room, "urn:a", "1", body, false);
    const struct wd_dedup *dedup = decide_version(&room, "urn:a", "2", body, false);
    assert_repeats(dedup, WD_VERDICT_UPDATE, "urn:a"); /* whatever it changed */
    assert_false(dedup->is_replay || dedup->is_conflict);
    dedup = decide_version(&room, "urn:a", "3", text_of(&room, 90), false);
    assert_repeats(dedup, WD_VERDICT_UPDATE, "urn:a");
    assert_int_equal(dedup->of_sequence, 2);
    assert_int_equal(dedup->cluster, wd_hash(WD_STR("urn:a"), WD_SEED_CLUSTER));
    room_close(&room);
}

static void other_words_under_a_version_are_in_conflict(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    (void)decide_version(&room, "urn:a", "1", text_of(&room, 100), false);
    const struct wd_dedup *dedup =
        decide_version(&room, "urn:a", "1", text_of(&room, 100), false);
    assert_repeats(dedup, WD_VERDICT_UPDATE, "urn:a");
    assert_true(dedup->is_conflict && wd_article_sketch(room.art)->is_conflict);
    /* Who gives no versions has said nothing about them. */
    (void)decide_version(&room, "urn:b", "", text_of(&room, 100), false);
    dedup = decide_version(&room, "urn:b", "", text_of(&room, 100), false);
    assert_repeats(dedup, WD_VERDICT_UPDATE, "urn:b");
    assert_false(dedup->is_conflict);
    room_close(&room);
}

static void what_repeats_a_killed_article_says_so(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct wd_str body = text_of(&room, 300);
    struct wd_str half = {body.data, body.size / 2};
    (void)decide_version(&room, "urn:a", "1", body, false);
    const struct wd_dedup *dedup = decide_version(&room, "urn:a", "2", body, true);
    assert_repeats(dedup, WD_VERDICT_UPDATE, "urn:a");
    dedup = decide(&room, "urn:b", body);
    assert_int_equal(dedup->verdict, WD_VERDICT_UNIQUE); /* as if that had never been */
    assert_true(wd_str_equal(dedup->killed, WD_STR("urn:a")));
    assert_true(wd_article_sketch(room.art)->matches_killed);
    dedup = decide(&room, "urn:c", half);
    assert_repeats(dedup, WD_VERDICT_SYNDICATED, "urn:b");
    assert_true(wd_str_equal(dedup->killed, WD_STR("urn:a")));
    /* A version after the kill begins anew. */
    dedup = decide_version(&room, "urn:a", "3", text_of(&room, 100), false);
    assert_int_equal(dedup->verdict, WD_VERDICT_UNIQUE);
    assert_int_equal(dedup->killed.size, 0);
    room_close(&room);
}

/* --- evidence --- */

static void assert_shared(struct room *room, const struct wd_evidence *evidence,
                          struct wd_str earlier)
{
    const struct wd_facts *facts = wd_article_facts(room->art);
    assert_true(evidence->n_passages > 0);
    for (size_t i = 0; i < evidence->n_passages; i++) {
        const struct wd_shared_passage *passage = &evidence->passages[i];
        struct wd_str here = wd_span_of(facts->text, passage->here);
        assert_true(here.size > 0);
        if (passage->there_end == 0)
            continue;
        assert_true(passage->there_end <= earlier.size);
        struct wd_str there = {earlier.data + passage->there_start,
                               passage->there_end - passage->there_start};
        const char *found =
            memmem(there.data, there.size, here.data, here.size < 40 ? here.size : 40);
        assert_non_null(found); /* rounded outwards */
    }
}

static void passages_are_told_with_their_places(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct wd_buf earlier, later;
    wd_buf_init(&earlier, 1 << 20);
    wd_buf_init(&later, 1 << 20);
    copy_text(&earlier, &room.seed, 500);
    (void)decide(&room, "urn:a", wd_buf_str(&earlier));
    struct wd_str third = {earlier.data + earlier.size / 3, earlier.size / 3};
    copy_text(&later, &room.seed, 40);
    size_t start = later.size;
    wd_buf_append_str(&later, third);
    const struct wd_dedup *dedup = decide(&room, "urn:b", wd_buf_str(&later));
    assert_repeats(dedup, WD_VERDICT_SYNDICATED, "urn:a");
    assert_shared(&room, &dedup->evidence, wd_buf_str(&earlier));
    const struct wd_span *here = &dedup->evidence.passages[0].here;
    assert_true(here->start + 8 >= start && here->start < start + third.size / 4);
    assert_true(here->end > start + third.size * 3 / 4);
    wd_buf_done(&earlier);
    wd_buf_done(&later);
    room_close(&room);
}

/* All of a note is lead: half of the keys that its lead would have had are others. */
static void a_short_text_is_known_by_sixteen_keys(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    (void)decide(&room, "urn:short", text_of(&room, 40));
    assert_int_equal(wd_article_sketch(room.art)->n_keys,
                     WD_SURE_KEYS + WD_LEAD_KEYS / 2);
    (void)decide(&room, "urn:shortest", text_of(&room, 12));
    assert_int_equal(wd_article_sketch(room.art)->n_keys,
                     wd_article_sketch(room.art)->n_shingles);
    (void)decide(&room, "urn:long", text_of(&room, 5000));
    assert_in_range(wd_article_sketch(room.art)->n_keys, WD_KEYS_MAX - 1, WD_KEYS_MAX);
    room_close(&room);
}

static void bodies_without_words_are_not_copies(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    (void)decide(&room, "urn:a", (struct wd_str){0});
    assert_int_equal(decide(&room, "urn:b", WD_STR("…"))->verdict, WD_VERDICT_UNIQUE);
    room_close(&room);
}

static void what_left_the_window_is_forgotten(void **state)
{
    (void)state;
    struct wd_options opts;
    wd_options_init(&opts);
    opts.limits.window_articles = 3;
    struct room room;
    room_open(&room, &opts);
    struct wd_buf first;
    uint64_t seed = 5;
    wd_buf_init(&first, 1 << 16);
    copy_text(&first, &seed, 100);
    (void)decide(&room, "urn:a", wd_buf_str(&first));
    (void)decide(&room, "urn:b", text_of(&room, 100));
    (void)decide(&room, "urn:c", text_of(&room, 100));
    assert_repeats(decide(&room, "urn:d", wd_buf_str(&first)), WD_VERDICT_EXACT, "urn:a");
    (void)decide(&room, "urn:e", text_of(&room, 100));
    (void)decide(&room, "urn:f", text_of(&room, 100)); /* d, e, f are left */
    assert_repeats(decide(&room, "urn:g", wd_buf_str(&first)), WD_VERDICT_EXACT, "urn:d");
    wd_buf_done(&first);
    room_close(&room);
}

/* --- bounded work --- */

static void a_hundred_thousand_copies_are_compared_once_each(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct wd_str body = text_of(&room, 60);
    char uri[32];
    (void)decide(&room, "urn:first", body);
    for (unsigned i = 0; i < 100000; i++) {
        /* The same fingerprints under another name. */
        int n = snprintf(uri, sizeof(uri), "urn:%u", i);
        room.art->sketch.uri = (struct wd_str){uri, (size_t)n};
        assert_int_equal(wd_desk_decide(room.desk, room.art), WD_OK);
        const struct wd_dedup *dedup = &wd_article_facts(room.art)->dedup;
        assert_int_equal(dedup->verdict, WD_VERDICT_EXACT);
        assert_int_equal(dedup->of_sequence, 1);
        assert_int_equal(dedup->candidates, 1);
        if (i % 1000 == 0) /* the arena keeps what a decision took from it */
            (void)decide(&room, "urn:first", body);
    }
    /* A near copy of all of them meets the one that stands for them. */
    copy_text(&room.text, &room.seed, 6);
    const struct wd_dedup *dedup = decide(&room, "urn:near", wd_buf_str(&room.text));
    assert_int_equal(dedup->verdict, WD_VERDICT_NEAR);
    assert_in_range(dedup->candidates, 1, 2);
    room_close(&room);
}

static void a_passage_in_every_article_finds_no_more_than_the_limit(void **state)
{
    (void)state;
    enum { KEPT = 32 }; /* articles of one shingle */
    struct wd_options opts;
    struct wd_buf text;
    struct room room;
    wd_options_init(&opts);
    static const size_t limits[] = {1, 7, 8};
    for (size_t l = 0; l < 3; l++) {
        opts.limits.candidates = limits[l];
        room_open(&room, &opts);
        wd_buf_init(&text, 1 << 16);
        copy_text(&text, &room.seed, 12);
        size_t passage = text.size;
        for (unsigned i = 0; i < 400; i++) {
            char uri[16];
            (void)snprintf(uri, sizeof(uri), "urn:%u", i);
            text.size = passage;
            copy_text(&text, &room.seed, 40); /* short ones are in the index whole */
            const struct wd_dedup *dedup = decide(&room, uri, wd_buf_str(&text));
            assert_int_equal(dedup->verdict, WD_VERDICT_UNIQUE);
            assert_int_equal(dedup->candidates, i < limits[l] ? i : limits[l]);
            const uint32_t *caps = wd_article_facts(room.art)->caps;
            assert_true(caps[WD_CAP_CANDIDATES] >= (i > limits[l]));
            assert_true(caps[WD_CAP_ARTICLES] == 0 || i >= KEPT);
            assert_true(caps[WD_CAP_ARTICLES] > 0 || i < 10 * KEPT);
        }
        wd_buf_done(&text);
        room_close(&room);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_name_the_first_of_them),
        cmocka_unit_test(case_and_punctuation_make_no_other_text),
        cmocka_unit_test(cuts_and_extensions_are_syndicated),
        cmocka_unit_test(other_texts_are_unique),
        cmocka_unit_test(filled_in_forms_are_unique),
        cmocka_unit_test(reprints_and_own_versions_make_no_text_common),
        cmocka_unit_test(the_same_record_again_is_a_replay),
        cmocka_unit_test(a_nameless_text_again_is_a_copy),
        cmocka_unit_test(another_version_is_an_update),
        cmocka_unit_test(other_words_under_a_version_are_in_conflict),
        cmocka_unit_test(what_repeats_a_killed_article_says_so),
        cmocka_unit_test(passages_are_told_with_their_places),
        cmocka_unit_test(a_short_text_is_known_by_sixteen_keys),
        cmocka_unit_test(bodies_without_words_are_not_copies),
        cmocka_unit_test(what_left_the_window_is_forgotten),
        cmocka_unit_test(a_hundred_thousand_copies_are_compared_once_each),
        cmocka_unit_test(a_passage_in_every_article_finds_no_more_than_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
