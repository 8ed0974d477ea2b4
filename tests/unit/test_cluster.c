/* test_cluster.c -- revisions of clusters: who is in them, and who stands for all.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/hash.h"
#include "copy.h"
#include "wiredesk/desk.h"
#include "wiredesk/emit.h"

/* How much of the one text that all articles of a test have. */
enum share { WHOLE, HALF, OTHER /* a text of its own */ };

/* One record and what it has to make of its cluster. */
struct step {
    const char *uri;
    const char *version;
    const char *source;
    enum share share;
    int minute; /* of its date; NO_DATE */
    bool is_kill;
    const char *canonical; /* "": none; NULL: no revision */
    size_t n_members;
};

enum { NO_DATE = -1 };

struct room {
    struct wd_desk *desk;
    struct wd_article *art;
    struct wd_buf text;
    uint64_t seed;
    uint64_t sequence;
};

static void room_open(struct room *room, const struct wd_options *opts)
{
    struct wd_options defaults;
    wd_options_init(&defaults);
    *room = (struct room){.art = wd_article_new(), .seed = 7};
    assert_non_null(room->art);
    assert_int_equal(wd_desk_open(opts ? opts : &defaults, &room->desk, NULL), WD_OK);
    wd_buf_init(&room->text, 1 << 20);
    copy_text(&room->text, &room->seed, 400);
}

static void room_close(struct room *room)
{
    wd_desk_close(room->desk);
    wd_article_free(room->art);
    wd_buf_done(&room->text);
}

static void prepare(struct room *room, const struct step *step)
{
    struct wd_buf other;
    wd_buf_init(&other, 1 << 20);
    copy_text(&other, &room->seed, 300);
    struct wd_str body = wd_buf_str(step->share == OTHER ? &other : &room->text);
    if (step->share == HALF)
        body.size /= 2;
    assert_int_equal(copy_sketch(room->art, step->uri, -1, (struct wd_str){0}, body),
                     WD_OK);
    wd_buf_done(&other);
    struct wd_sketch *sketch = &room->art->sketch;
    sketch->version = wd_str_from(step->version);
    sketch->source = wd_source_hash(wd_str_from(step->source));
    sketch->published_ms =
        step->minute == NO_DATE ? -1 : INT64_C(1700000000000) + step->minute * 60000;
    sketch->is_canceled = step->is_kill;
}

static const struct wd_revision *decide(struct room *room, const struct step *step)
{
    prepare(room, step);
    assert_int_equal(wd_desk_decide(room->desk, room->art), WD_OK);
    room->sequence++;
    return &wd_article_facts(room->art)->revision;
}

static void assert_step(const struct wd_revision *rev, const struct step *step)
{
    if (!step->canonical) {
        assert_int_equal(rev->n_members, 0);
        return;
    }
    assert_int_equal(rev->n_members, step->n_members);
    if (*step->canonical == '\0') {
        assert_int_equal(rev->canonical, rev->n_members);
        return;
    }
    assert_in_range(rev->canonical, 0, rev->n_members - 1);
    assert_true(
        wd_str_equal(rev->members[rev->canonical].uri, wd_str_from(step->canonical)));
}

static void run_steps(const struct wd_options *opts, const struct step *steps)
{
    struct room room;
    room_open(&room, opts);
    for (; steps->uri; steps++)
        assert_step(decide(&room, steps), steps);
    room_close(&room);
}

static void a_first_article_makes_no_revision(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {"urn:a", "1", "", WHOLE, 0, false, NULL, 0},
        {"urn:b", "1", "", OTHER, 0, false, NULL, 0},
        {"urn:a", "1", "", WHOLE, 0, false, NULL, 0}, /* a replay: nothing happened */
        {0},
    };
    run_steps(NULL, steps);
}

static void a_late_original_takes_the_lead(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {"urn:reprint", "1", "", HALF, 90, false, NULL, 0},
        {"urn:second", "1", "", HALF, 95, false, "urn:reprint", 2},
        {"urn:original", "1", "", WHOLE, 10, false, "urn:original", 3},
        {"urn:third", "1", "", WHOLE, 30, false, "urn:original", 4},
        {0},
    };
    run_steps(NULL, steps);
}

/* Within the skew of clocks: the preferred publisher, then the longest, then the first.
 */
static void of_equally_early_ones_rank_length_and_order_decide(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {"urn:a", "1", "Daily", HALF, 20, false, NULL, 0},
        {"urn:b", "1", "Daily", HALF, 15, false, "urn:a", 2},     /* the first */
        {"urn:c", "1", "Weekly", WHOLE, 30, false, "urn:c", 3},   /* the longest */
        {"urn:d", "1", "Herald", HALF, 29, false, "urn:d", 4},    /* the second best */
        {"urn:e", "1", "News Wire", HALF, 31, false, "urn:d", 5}, /* the best, too late */
        {"urn:f", "1", "News Wire", HALF, 30, false, "urn:f", 6}, /* and just in time */
        {"urn:g", "1", "Herald", WHOLE, 14, false, "urn:g", 7},   /* which now f is not */
        {0},
    };
    struct wd_options opts;
    wd_options_init(&opts);
    opts.sources = "News Wire , ,Herald";
    run_steps(&opts, steps);
}

static void an_undated_one_may_be_the_earliest(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {"urn:dated", "1", "", HALF, 10, false, NULL, 0},
        {"urn:undated", "1", "", WHOLE, NO_DATE, false, "urn:undated", 2},
        {0},
    };
    run_steps(NULL, steps);
}

static void versions_of_an_item_are_one_member(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {"urn:a", "1", "", WHOLE, 10, false, NULL, 0},
        {"urn:b", "1", "", WHOLE, 50, false, "urn:a", 2},
        {"urn:a", "2", "", OTHER, 300, false, "urn:a", 2}, /* early since its first */
        {0},
    };
    struct room room;
    room_open(&room, NULL);
    for (const struct step *step = steps; step->uri; step++) {
        const struct wd_revision *rev = decide(&room, step);
        assert_step(rev, step);
        if (room.sequence == 3) {
            assert_int_equal(rev->members[0].sequence, 3);
            assert_int_equal(rev->members[0].verdict, WD_VERDICT_UPDATE);
            assert_int_equal(rev->members[0].date_ms, INT64_C(1700000600000));
        }
    }
    room_close(&room);
}

static void a_kill_takes_the_lead_away(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {"urn:a", "1", "", WHOLE, 10, false, NULL, 0},
        {"urn:b", "1", "", HALF, 60, false, "urn:a", 2},
        {"urn:c", "1", "", HALF, 90, false, "urn:a", 3},
        {"urn:a", "2", "", OTHER, 100, true, "urn:b", 3},
        {"urn:c", "2", "", OTHER, 101, true, "urn:b", 3},
        {"urn:b", "2", "", OTHER, 102, true, "", 3},
        {"urn:d", "1", "", WHOLE, 120, false, NULL, 0},    /* repeats what is dead */
        {"urn:a", "3", "", OTHER, 130, false, "urn:a", 3}, /* and one comes back */
        {0},
    };
    struct room room;
    room_open(&room, NULL);
    for (const struct step *step = steps; step->uri; step++) {
        assert_step(decide(&room, step), step);
        assert_int_equal(wd_article_sketch(room.art)->matches_killed,
                         strcmp(step->uri, "urn:d") == 0);
    }
    room_close(&room);
}

static void a_kill_alone_is_a_revision(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {"urn:a", "1", "", WHOLE, 10, false, NULL, 0},
        {"urn:a", "2", "", OTHER, 11, true, "", 1},
        {0},
    };
    run_steps(NULL, steps);
}

/* The same articles in any order end in the same election. */
static void the_order_of_a_small_cluster_does_not_matter(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {"urn:a", "1", "Daily", HALF, 20, false, NULL, 0},
        {"urn:b", "1", "Herald", WHOLE, 12, false, NULL, 0},
        {"urn:c", "1", "", WHOLE, 9, false, NULL, 0},
        {"urn:d", "1", "Daily", HALF, NO_DATE, false, NULL, 0},
    };
    static const char orders[][5] = {"0123", "3210", "1302", "2031", "3012", "1203"};
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        struct room room;
        const struct wd_revision *rev = NULL;
        room_open(&room, NULL);
        for (size_t k = 0; k < 4; k++)
            rev = decide(&room, &steps[orders[i][k] - '0']);
        /* b and c are as long and as early: of these the first to come. */
        bool is_b_first = strchr(orders[i], '1') < strchr(orders[i], '2');
        assert_int_equal(rev->n_members, 4);
        assert_true(wd_str_equal(rev->members[rev->canonical].uri,
                                 wd_str_from(is_b_first ? "urn:b" : "urn:c")));
        room_close(&room);
    }
}

/* The leader is seen over the heads of all who came since. */
static void a_leader_of_very_many_stays(void **state)
{
    (void)state;
    struct room room;
    char uri[32] = "urn:reprint";
    struct step step = {uri, "1", "", WHOLE, 90, false, NULL, 0};
    const struct wd_revision *rev;
    room_open(&room, NULL);
    (void)decide(&room, &step);
    step.uri = "urn:original";
    step.minute = 5;
    (void)decide(&room, &step);
    step.uri = uri;
    step.minute = 200;
    for (unsigned i = 0; i < 100; i++) {
        (void)snprintf(uri, sizeof(uri), "urn:%u", i);
        rev = decide(&room, &step);
        assert_in_range(rev->n_members, 3, 66);
        assert_true(rev->is_incomplete == (i >= 31));
        assert_true(
            wd_str_equal(rev->members[rev->canonical].uri, WD_STR("urn:original")));
    }
    room_close(&room);
}

static void more_preferred_publishers_than_fit_are_refused(void **state)
{
    (void)state;
    struct wd_buf list;
    struct wd_options opts;
    struct wd_error err;
    wd_buf_init(&list, 1 << 16);
    wd_options_init(&opts);
    for (unsigned n = 1; n <= 65; n++) {
        struct wd_desk *desk = NULL;
        wd_buf_append_z(&list, n > 1 ? ",P" : "P");
        wd_buf_append(&list, "", 1);
        opts.sources = list.data;
        int r = wd_desk_open(&opts, &desk, &err);
        assert_int_equal(r, n <= 64 ? WD_OK : WD_ECONFIG);
        if (r == WD_OK)
            wd_desk_close(desk);
        list.size--;
    }
    wd_buf_done(&list);
}

static void assert_document(struct room *room, size_t max_members, const char *wanted)
{
    struct wd_buf buf;
    wd_buf_init(&buf, 1 << 20);
    wd_emit_revision(room->art, max_members, &buf);
    assert_int_equal(wd_buf_status(&buf), WD_OK);
    wd_buf_append(&buf, "", 1);
    assert_string_equal(buf.data, wanted);
    wd_buf_done(&buf);
}

static void the_document_says_it_all(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {"urn:a", "1", "", HALF, 10, false, NULL, 0},
        {"urn:b", "1", "", WHOLE, NO_DATE, false, NULL, 0},
        {"urn:a", "2", "", OTHER, 30, true, NULL, 0},
    };
    struct room room;
    room_open(&room, NULL);
    for (size_t i = 0; i < 3; i++)
        (void)decide(&room, &steps[i]);
    char cluster[WD_ID_SIZE], wanted[600];
    wd_cluster_name(wd_hash(WD_STR("urn:a"), WD_SEED_CLUSTER), cluster);
    unsigned n_words = wd_article_facts(room.art)->revision.members[1].n_words;
    unsigned n_kill = wd_article_facts(room.art)->revision.members[0].n_words;
    (void)snprintf(
        wanted, sizeof(wanted),
        "{\"cluster\":\"%s\",\"revision\":3,\"canonical\":\"urn:b\","
        "\"members\":[{\"uri\":\"urn:a\",\"sequence\":3,\"verdict\":\"update\","
        "\"date\":\"2023-11-14T22:23:20Z\",\"words\":%u,\"canceled\":true},"
        "{\"uri\":\"urn:b\",\"sequence\":2,\"verdict\":\"syndicated\","
        "\"words\":%u}]}",
        cluster, n_kill, n_words);
    assert_document(&room, 2, wanted);
    (void)snprintf(wanted, sizeof(wanted),
                   "{\"cluster\":\"%s\",\"revision\":3,\"canonical\":\"urn:b\","
                   "\"members\":[{\"uri\":\"urn:b\",\"sequence\":2,\"verdict\":"
                   "\"syndicated\",\"words\":%u}],\"incomplete\":true}",
                   cluster, n_words);
    assert_document(&room, 1, wanted);
    room_close(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_first_article_makes_no_revision),
        cmocka_unit_test(a_late_original_takes_the_lead),
        cmocka_unit_test(of_equally_early_ones_rank_length_and_order_decide),
        cmocka_unit_test(an_undated_one_may_be_the_earliest),
        cmocka_unit_test(versions_of_an_item_are_one_member),
        cmocka_unit_test(a_kill_takes_the_lead_away),
        cmocka_unit_test(a_kill_alone_is_a_revision),
        cmocka_unit_test(the_order_of_a_small_cluster_does_not_matter),
        cmocka_unit_test(a_leader_of_very_many_stays),
        cmocka_unit_test(more_preferred_publishers_than_fit_are_refused),
        cmocka_unit_test(the_document_says_it_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
