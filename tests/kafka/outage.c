/* outage.c -- a broker that goes away is waited for, but holds up no stop.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The broker is librdkafka's mock cluster, in this process: it can be switched off and on
 * at a word, and needs no fixture. */
/* rdkafka_mock.h wants it first. */
#include <librdkafka/rdkafka.h>

#include <librdkafka/rdkafka_mock.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "child.h"
#include "claims.h"
#include "patience.h"
#include "topic.h"

#define PATIENCE_MS 60000
#define STOPPED_MS  20000 /* not the broker's return, for which it would wait for ever */

/* A mock keeps no offsets, knows no topic settings, and lets the first member of a group
 * wait for three seconds, which must not be longer than its session. */
static const char *const mock_settings[] = {
    "desk.check_offsets=no",
    "desk.check_topics=no",
    "desk.lease_ms=6000",
    "desk.stop_ms=2000",
    NULL,
};

struct mock {
    rd_kafka_t *rk;
    rd_kafka_mock_cluster_t *cluster;
    struct deployment dep;
};

static void mock_open(struct mock *mock)
{
    char message[200];
    mock->rk =
        rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), message, sizeof(message));
    CHECK(mock->rk, "%s", message);
    mock->cluster = rd_kafka_mock_cluster_new(mock->rk, 1);
    CHECK(mock->cluster, "no mock cluster");
    setenv("WD_KAFKA_BROKERS", rd_kafka_mock_cluster_bootstraps(mock->cluster), 1);
    mock->dep = (struct deployment){"m.raw",        "m.out", "m.out.dlq",
                                    "m.out.sketch", "m",     "m.out.clusters"};
    const char *topics[] = {mock->dep.input, mock->dep.output, mock->dep.dlq,
                            mock->dep.sketch, mock->dep.clusters};
    for (size_t i = 0; i < sizeof(topics) / sizeof(topics[0]); i++)
        CHECK(rd_kafka_mock_topic_create(mock->cluster, topics[i], 1, 1) == 0, "%s",
              topics[i]);
}

static void mock_close(struct mock *mock)
{
    rd_kafka_mock_cluster_destroy(mock->cluster);
    rd_kafka_destroy(mock->rk);
}

static void await_sketches(const struct mock *mock, size_t n)
{
    struct records recs;
    topic_read(mock->dep.sketch, n, PATIENCE_MS, &recs);
    records_free(&recs);
}

static void an_outage_is_sat_out(uint64_t seed)
{
    struct mock mock;
    struct child child;
    (void)seed;
    mock_open(&mock);
    struct feed *feed = feed_open(mock.dep.input, 1);
    child_start(&child, &mock.dep, mock_settings);
    CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "it is not active");
    feed_articles(feed, 0, 50, 500);
    await_sketches(&mock, 50);
    rd_kafka_mock_broker_set_down(mock.cluster, 1);
    (void)sleep(4);
    rd_kafka_mock_broker_set_up(mock.cluster, 1);
    feed_articles(feed, 50, 100, 500);
    await_sketches(&mock, 100);
    CHECK(child_logged(&child, "broker out of reach"), "the outage is not told");
    CHECK(child_logged(&child, "broker answers again"), "its end is not told");
    child_end(&child);
    feed_close(feed);
    mock_close(&mock);
}

static void an_outage_holds_up_no_stop(uint64_t seed)
{
    struct mock mock;
    struct child child;
    (void)seed;
    for (int is_active = 0; is_active < 2; is_active++) {
        mock_open(&mock);
        if (!is_active)
            rd_kafka_mock_broker_set_down(mock.cluster, 1);
        child_start(&child, &mock.dep, mock_settings);
        if (is_active) {
            CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "it is not active");
            struct feed *feed = feed_open(mock.dep.input, 1);
            feed_articles(feed, 0, 500, 500);
            feed_close(feed);
            rd_kafka_mock_broker_set_down(mock.cluster, 1);
        }
        (void)sleep(1);
        child_signal(&child, SIGTERM);
        CHECK(child_wait(&child, STOPPED_MS) == 0,
              "it did not end well without a broker");
        mock_close(&mock);
    }
}

/* The longest single wait for a broker that is away, and three ticks. */
#define BEAT_MS (PATIENCE_MOST_MS + 3000)

/* Some ticks of a second each, on a machine that has other things to do. */
#define TICKS_MS 15000

/* Beats that were sent and not looked at. */
static void forget_beats(struct child *child)
{
    while (child_await(child, "WATCHDOG=1", 0))
        ;
}

static void an_outage_starves_no_watchdog(uint64_t seed)
{
    struct mock mock;
    struct child child;
    (void)seed;
    (void)setenv("WATCHDOG_USEC", "30000000", 1);
    mock_open(&mock);
    struct feed *feed = feed_open(mock.dep.input, 1);
    child_start(&child, &mock.dep, mock_settings);
    CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "it is not active");
    CHECK(child_await(&child, "WATCHDOG=1", TICKS_MS), "idle, and no beat");
    feed_articles(feed, 0, 500, 500);
    rd_kafka_mock_broker_set_down(mock.cluster, 1); /* in the middle of them */
    (void)sleep(2);
    for (int i = 0; i < 3; i++) {
        forget_beats(&child);
        CHECK(child_await(&child, "WATCHDOG=1", BEAT_MS), "the outage stops the heart");
    }
    rd_kafka_mock_broker_set_up(mock.cluster, 1);
    await_sketches(&mock, 500);
    child_signal(&child, SIGTERM);
    CHECK(child_wait(&child, 15000) == 0, "SIGTERM did not end it well");
    feed_close(feed);
    mock_close(&mock);
}

/* Whether there is no beat for long, after some that may still come. */
static bool heart_stops(struct child *child)
{
    for (int n_beats = 0; n_beats < PATIENCE_MS / 1000; n_beats++) {
        if (!child_await(child, "WATCHDOG=1", 8000))
            return true;
    }
    return false;
}

/* With a wiredeskd whose thread hangs in one article; its loop is as lively as ever. */
static void a_hung_worker_starves_the_watchdog(uint64_t seed)
{
    struct mock mock;
    struct child child;
    (void)seed;
    (void)setenv("WATCHDOG_USEC", "4000000", 1);
    (void)setenv("WD_KAFKA_WIREDESKD", WD_TEST_HUNG_WIREDESKD, 1);
    mock_open(&mock);
    struct feed *feed = feed_open(mock.dep.input, 1);
    child_start(&child, &mock.dep, mock_settings);
    CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "it is not active");
    feed_articles(feed, 0, 99, 500);
    await_sketches(&mock, 99);
    CHECK(child_await(&child, "WATCHDOG=1", TICKS_MS), "idle, and no beat");
    /* It hangs in the first of these, without a transaction: what the loop does besides,
     * such as to look for new partitions every few seconds, is no sign of life. */
    feed_articles(feed, 99, 200, 500);
    CHECK(heart_stops(&child), "it hangs, and its heart beats");
    CHECK(child_logged(&child, "msg=standstill"), "the standstill is not told");
    CHECK(child_await(&child, "STATUS=active", TICKS_MS), "its loop does not turn");
    child_signal(&child, SIGABRT); /* as the service manager does */
    CHECK(child_wait(&child, 15000) == 128 + SIGABRT, "SIGABRT did not end it");
    feed_close(feed);
    mock_close(&mock);
}

const struct claim outage_claims[] = {
    {"an_outage_is_sat_out", an_outage_is_sat_out},
    {"an_outage_holds_up_no_stop", an_outage_holds_up_no_stop},
    {"an_outage_starves_no_watchdog", an_outage_starves_no_watchdog},
    {"a_hung_worker_starves_the_watchdog", a_hung_worker_starves_the_watchdog},
    {NULL, NULL},
};
