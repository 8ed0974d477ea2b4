/* kills.c -- kill -9 at random moments changes nothing that a reader can see.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The unfaulted run and the killed ones read the same input topic, so their outputs can
 * be compared record by record. A kill comes up to 400 ms after the daemon said that it
 * is active (in the middle of reading, deciding, committing) or, one time in four, at any
 * moment of its start. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "articles.h"
#include "check.h"
#include "claims.h"
#include "verify.h"

#define ARTICLE_BYTES 700
#define PATIENCE_MS   60000

bool is_long_run(void)
{
    const char *word = getenv("WD_KAFKA_LONG");
    return word && strcmp(word, "1") == 0;
}

static void feed_topic(const struct deployment *dep, uint64_t n, int partitions)
{
    struct feed *feed = feed_open(dep->input, partitions);
    feed_articles(feed, 0, n, ARTICLE_BYTES);
    feed_close(feed);
}

static void run_unfaulted(const struct deployment *dep, size_t n, struct written *ret)
{
    struct child child;
    child_start(&child, dep, NULL);
    written_read(dep, n, PATIENCE_MS, ret);
    child_signal(&child, SIGTERM);
    CHECK(child_wait(&child, 15000) == 0, "SIGTERM did not end it well");
}

static int run_killed(const struct deployment *dep, int kills, uint64_t seed)
{
    int n_active = 0;
    for (int i = 0; i < kills; i++) {
        struct child child;
        uint64_t dice = chance(seed * 1000 + (uint64_t)i);
        child_start(&child, dep, NULL);
        bool is_active =
            dice % 4 != 0 && child_await(&child, "STATUS=active", PATIENCE_MS);
        n_active += is_active;
        uint64_t span_us = is_active ? 400000 : 1500000;
        (void)usleep((useconds_t)(chance(dice) % span_us));
        child_signal(&child, SIGKILL);
        CHECK(child_wait(&child, 5000) == 128 + SIGKILL, "it ended by itself");
    }
    return n_active;
}

static void run_to_the_end(const struct deployment *dep, size_t n, struct written *ret)
{
    struct child child;
    child_start(&child, dep, NULL);
    written_read(dep, n, PATIENCE_MS, ret);
    child_signal(&child, SIGTERM);
    CHECK(child_wait(&child, 15000) == 0, "SIGTERM did not end it well");
}

static void kill_test(uint64_t seed, int partitions, const char *name)
{
    size_t n = is_long_run() ? 20000 : 6000;
    int kills = is_long_run() ? 30 : 10;
    char killed_name[40];
    struct deployment calm, killed;
    struct written expected = {0}, found = {0};
    deployment_make(&calm, name, NULL, partitions);
    (void)snprintf(killed_name, sizeof(killed_name), "%s-killed", name);
    deployment_make(&killed, killed_name, calm.input, partitions);
    feed_topic(&calm, n, partitions);

    run_unfaulted(&calm, n, &expected);
    verify_derivation(&calm, &expected);
    int n_active = run_killed(&killed, kills, seed);
    size_t n_before = topic_count(killed.sketch);
    run_to_the_end(&killed, n, &found);
    printf(
        "  %d kills, %d of them while active; %zu of %zu records were decided by then\n",
        kills, n_active, n_before, n);
    verify_derivation(&killed, &found);
    if (partitions == 1)
        verify_equal(&expected, &found);
    written_free(&expected);
    written_free(&found);
}

static void kill_one_partition(uint64_t seed)
{
    kill_test(seed, 1, "kill1");
}

static void kill_four_partitions(uint64_t seed)
{
    kill_test(seed, 4, "kill4");
}

const struct claim claim_kill_one_partition = {"kills_change_no_byte",
                                               kill_one_partition};
const struct claim claim_kill_four_partitions = {"kills_keep_the_recorded_order",
                                                 kill_four_partitions};
