/* refusals.c -- where going on would lose or repeat articles, it stops and says so.
 * SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "claims.h"
#include "verify.h"

#define PATIENCE_MS 60000

/* A deployment that has decided `n` articles and is stopped. */
static void run_some(struct deployment *dep, const char *name, uint64_t n)
{
    struct child child;
    struct records recs;
    deployment_make(dep, name, NULL, 1);
    struct feed *feed = feed_open(dep->input, 1);
    feed_articles(feed, 0, n, 500);
    feed_close(feed);
    child_start(&child, dep, NULL);
    topic_read(dep->sketch, n, PATIENCE_MS, &recs);
    records_free(&recs);
    child_end(&child);
}

static void ends_with(const struct deployment *dep, int code, const char *sentence)
{
    struct child child;
    child_start(&child, dep, NULL);
    int found = child_wait(&child, 30000);
    CHECK(child_logged(&child, sentence), "it does not say: %s (see %s)", sentence,
          child.log);
    CHECK(found == code, "it ended with %d where %d was due", found, code);
}

static void moved_offsets_stop_it(uint64_t seed)
{
    struct deployment dep;
    (void)seed;
    run_some(&dep, "moved", 20);
    CHECK(committed_offset(dep.group, dep.input, 0) == 20, "20 is not committed");
    commit_offset(dep.group, dep.input, 0, 13);
    ends_with(&dep, 3, "has offset 13 committed");
    CHECK(topic_count(dep.sketch) == 20, "it wrote although it refused");
    commit_offset(dep.group, dep.input, 0, 20);
    struct child child;
    child_start(&child, &dep, NULL);
    CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "set right, it must start");
    child_end(&child);
}

static void a_lost_sketch_log_stops_it(uint64_t seed)
{
    struct deployment dep, fresh;
    (void)seed;
    run_some(&dep, "lost", 20);
    /* The same group and input, but an output whose log is empty. */
    deployment_make(&fresh, "lost-log", dep.input, 1);
    memcpy(fresh.group, dep.group, sizeof(fresh.group));
    ends_with(&fresh, 3, "the sketch log");
}

static void a_lost_position_stops_it(uint64_t seed)
{
    struct deployment dep;
    (void)seed;
    run_some(&dep, "gone", 20);
    struct feed *feed = feed_open(dep.input, 1);
    feed_articles(feed, 20, 40, 500);
    feed_close(feed);
    topic_truncate(dep.input, 30); /* 20 … 29 were never read */
    ends_with(&dep, 3, "is gone: 20 comes next by the sketch log, the topic has 30 to");
    CHECK(topic_count(dep.sketch) == 20, "it wrote although its position is lost");
}

static void missing_topics_stop_it(uint64_t seed)
{
    struct deployment dep;
    (void)seed;
    deployment_make(&dep, "missing", NULL, 1);
    topic_delete(dep.dlq);
    ends_with(&dep, 2, "does not exist");
}

/* A deleted topic is there for a moment yet. */
static void make_anew(const char *topic)
{
    topic_delete(topic);
    (void)sleep(2);
    topic_make(topic, 1);
}

/* As long as before, or longer: only the records tell. */
static void a_topic_made_anew_stops_it(uint64_t seed)
{
    static const struct {
        uint64_t first, last;
        const char *sentence;
    } rows[] = {
        {0, 0, "is gone: 20 comes next by the sketch log, the topic has 0 to 0"},
        {100, 115, "is gone: 20 comes next"},
        {100, 120, "was made anew: by the sketch log the record at 19 has timestamp"},
        {100, 160, "was made anew: by the sketch log the record at 19 has timestamp"},
    };
    struct deployment dep;
    (void)seed;
    run_some(&dep, "anew", 20);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        make_anew(dep.input);
        struct feed *feed = feed_open(dep.input, 1);
        feed_articles(feed, rows[i].first, rows[i].last, 500);
        feed_close(feed);
        ends_with(&dep, 3, rows[i].sentence);
        CHECK(topic_count(dep.sketch) == 20, "row %zu: it wrote", i);
    }
}

static void a_topic_deleted_under_way_stops_it(uint64_t seed)
{
    struct deployment dep;
    struct child child;
    (void)seed;
    run_some(&dep, "deleted", 20);
    child_start(&child, &dep, NULL);
    CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "it is not active");
    topic_delete(dep.input);
    int code = child_wait(&child, 30000);
    CHECK(code == 3, "it ended with %d", code);
    CHECK(child_logged(&child, "no longer exists"), "it does not say why");
}

/* What stands in the new ones is read from its beginning: nothing is left out. */
static void added_partitions_are_taken_up(uint64_t seed)
{
    struct deployment dep;
    struct child child;
    struct written out = {0};
    (void)seed;
    run_some(&dep, "grown", 20);
    child_start(&child, &dep, NULL);
    CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "it is not active");
    topic_grow(dep.input, 3);
    struct feed *feed = feed_open(dep.input, 3);
    feed_articles(feed, 20, 60, 500);
    feed_close(feed);
    written_read(&dep, 60, PATIENCE_MS, &out);
    CHECK(child_logged(&child, "has grown from 1 to 3 partitions"), "it does not say so");
    child_end(&child);
    verify_derivation(&dep, &out);
    written_free(&out);
}

const struct claim refusal_claims[] = {
    {"moved_offsets_stop_it", moved_offsets_stop_it},
    {"a_lost_sketch_log_stops_it", a_lost_sketch_log_stops_it},
    {"a_lost_position_stops_it", a_lost_position_stops_it},
    {"missing_topics_stop_it", missing_topics_stop_it},
    {"a_topic_made_anew_stops_it", a_topic_made_anew_stops_it},
    {"a_topic_deleted_under_way_stops_it", a_topic_deleted_under_way_stops_it},
    {"added_partitions_are_taken_up", added_partitions_are_taken_up},
    {NULL, NULL},
};
