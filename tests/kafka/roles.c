/* roles.c -- two roles do what one instance does, whatever becomes of who plays them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The law is the same as for one instance: verify_derivation() makes every output again
 * from the input, in the order that the log recorded, and wants the same bytes. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "articles.h"
#include "check.h"
#include "claims.h"
#include "verify.h"

#define ARTICLE_BYTES 700
#define PATIENCE_MS   60000
#define PARTITIONS    4
#define TAGGERS       3
#define CREW          (TAGGERS + 2) /* the others are desks */

static const char *const tag_role[] = {"desk.role=tag", "desk.workers=1", NULL};
static const char *const desk_role[] = {"desk.role=desk", "desk.workers=1", NULL};

static void start_tagger(struct child *child, const struct deployment *dep)
{
    child_start(child, dep, tag_role);
}

static void start_desk(struct child *child, const struct deployment *dep)
{
    child_start(child, dep, desk_role);
}

static void await_active(struct child *child)
{
    CHECK(child_await(child, "STATUS=active", PATIENCE_MS), "it is not active");
}

static void await_records(const char *topic, size_t n)
{
    struct records recs;
    topic_read(topic, n, PATIENCE_MS, &recs);
    records_free(&recs);
}

static void verify_all(const struct deployment *dep, size_t n)
{
    struct written out = {0};
    written_read(dep, n, PATIENCE_MS, &out);
    verify_derivation(dep, &out);
    written_free(&out);
}

static void two_roles_write_what_one_does(uint64_t seed)
{
    struct deployment dep;
    struct child taggers[2], desk;
    size_t n = 1200;
    (void)seed;
    deployment_make(&dep, "roles", NULL, PARTITIONS);
    deployment_add_roles(&dep);
    struct feed *feed = feed_open(dep.input, PARTITIONS);
    feed_articles(feed, 0, n / 2, ARTICLE_BYTES);
    start_desk(&desk, &dep);
    start_tagger(&taggers[0], &dep);
    await_active(&taggers[0]);
    start_tagger(&taggers[1], &dep); /* the first gives half of its share away */
    await_active(&taggers[1]);
    feed_articles(feed, n / 2, n, ARTICLE_BYTES);
    feed_close(feed);
    verify_all(&dep, n);
    for (int i = 0; i < 2; i++) {
        CHECK(!child_logged(&taggers[i], "cannot go on"), "a tagger stumbled");
        child_end(&taggers[i]);
    }
    CHECK(!child_logged(&desk, "tagged again"), "the desk was told twice");
    child_end(&desk);
}

static void one_role_becomes_two_and_back(uint64_t seed)
{
    struct deployment dep;
    struct child all, tagger, desk;
    (void)seed;
    deployment_make(&dep, "moved", NULL, 2);
    deployment_add_roles(&dep);
    struct feed *feed = feed_open(dep.input, 2);
    feed_articles(feed, 0, 400, ARTICLE_BYTES);
    child_start(&all, &dep, NULL);
    await_records(dep.sketch, 200);
    child_end(&all); /* in the middle of it */

    start_tagger(&tagger, &dep);
    start_desk(&desk, &dep);
    feed_articles(feed, 400, 800, ARTICLE_BYTES);
    await_records(dep.sketch, 600);
    child_end(&tagger);
    size_t n_tagged = (size_t)(committed_offset(dep.group, dep.input, 0) +
                               committed_offset(dep.group, dep.input, 1));
    await_records(dep.sketch, n_tagged);
    child_end(&desk);

    feed_articles(feed, 800, 1000, ARTICLE_BYTES);
    feed_close(feed);
    child_start(&all, &dep, NULL);
    verify_all(&dep, 1000);
    child_end(&all);
}

static void what_is_tagged_again_is_passed_over(uint64_t seed)
{
    struct deployment dep;
    struct child tagger, desk;
    (void)seed;
    deployment_make(&dep, "again", NULL, 1);
    deployment_add_roles(&dep);
    struct feed *feed = feed_open(dep.input, 1);
    feed_articles(feed, 0, 100, ARTICLE_BYTES);
    start_desk(&desk, &dep);
    start_tagger(&tagger, &dep);
    await_records(dep.sketch, 100);
    child_end(&tagger);
    commit_offset(dep.group, dep.input, 0, 40);
    start_tagger(&tagger, &dep);
    feed_articles(feed, 100, 150, ARTICLE_BYTES);
    feed_close(feed);
    verify_all(&dep, 150);
    CHECK(child_logged(&desk, "tagged again"), "nobody is told");
    child_end(&tagger);
    child_end(&desk);
}

/* --- kills --- */

struct crew {
    const struct deployment *dep;
    struct child all[CREW];
    bool is_there[CREW];
};

static void crew_start(struct crew *crew, size_t i)
{
    if (i < TAGGERS)
        start_tagger(&crew->all[i], crew->dep);
    else
        start_desk(&crew->all[i], crew->dep);
    crew->is_there[i] = true;
}

/* Somebody is killed, stopped, put to sleep for longer than a session, or comes back. */
static void crew_event(struct crew *crew, uint64_t dice)
{
    size_t i = dice % CREW;
    struct child *child = &crew->all[i];
    if (!crew->is_there[i]) {
        crew_start(crew, i);
        return;
    }
    if (child_has_ended(child)) { /* a desk that was fenced when it woke */
        CHECK(i >= TAGGERS && child_wait(child, 1000) == 3, "it ended by itself");
        crew_start(crew, i);
        return;
    }
    switch (dice / CREW % 4) {
    case 0:
    case 1:
        child_signal(child, SIGKILL);
        (void)child_wait(child, 10000);
        crew->is_there[i] = false;
        break;
    case 2:
        child_end(child);
        crew->is_there[i] = false;
        break;
    default:
        child_signal(child, SIGSTOP);
        (void)usleep(1500000);
        child_signal(child, SIGCONT);
    }
}

static void crew_end(struct crew *crew)
{
    for (size_t i = 0; i < CREW; i++) {
        if (!crew->is_there[i])
            continue;
        child_signal(&crew->all[i], SIGTERM);
        int code = child_wait(&crew->all[i], 30000);
        CHECK(code == 0 || (code == 3 && i >= TAGGERS) || code == 128 + SIGTERM,
              "it ended with %d", code);
    }
}

static void taggers_and_desks_come_and_go(uint64_t seed)
{
    struct deployment dep;
    struct crew crew = {.dep = &dep};
    unsigned n_events = is_long_run() ? 300 : 12;
    size_t n = 0, per_event = 120;
    deployment_make(&dep, "crew", NULL, PARTITIONS);
    deployment_add_roles(&dep);
    struct feed *feed = feed_open(dep.input, PARTITIONS);
    for (size_t i = 0; i < CREW; i++)
        crew_start(&crew, i);
    for (unsigned i = 0; i < n_events; i++) {
        uint64_t dice = chance(seed * 1000 + i);
        feed_articles(feed, n, n + per_event, ARTICLE_BYTES);
        n += per_event;
        (void)usleep((useconds_t)(dice >> 32) % 900000);
        crew_event(&crew, dice & 0xffffff);
    }
    feed_close(feed);
    for (size_t i = 0; i < CREW; i++) {
        if (!crew.is_there[i])
            crew_start(&crew, i);
    }
    verify_all(&dep, n);
    for (size_t i = TAGGERS; i < CREW; i++)
        CHECK(!child_logged(&crew.all[i], "tagged again"), "a tagger repeated itself");
    crew_end(&crew);
}

const struct claim role_claims[] = {
    {"one_role_becomes_two_and_back", one_role_becomes_two_and_back},
    {"taggers_and_desks_come_and_go", taggers_and_desks_come_and_go},
    {"two_roles_write_what_one_does", two_roles_write_what_one_does},
    {"what_is_tagged_again_is_passed_over", what_is_tagged_again_is_passed_over},
    {NULL, NULL},
};
