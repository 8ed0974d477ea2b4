/* clusters.c -- what the topic of clusters says after each record, and after a kill -9.
 * SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <signal.h>
#include <string.h>

#include "check.h"
#include "claims.h"
#include "verify.h"

#define PATIENCE_MS 60000

/* One text in two lengths, as an agency and two papers would send it. */
#define LEAD                                                                             \
    "The harbour board of Port Sallow said on Tuesday that it would dredge the "         \
    "northern "                                                                          \
    "channel to fourteen metres, so that ships of the Corvane line can call there from " \
    "next spring. Engineer Ines Marlow told the meeting that the work would take "       \
    "nineteen "                                                                          \
    "weeks and cost 31 million crowns, most of it for the removal of rock near the old " \
    "lighthouse at Gannet Point. "
#define REST                                                                             \
    "Fishermen from Little Sallow had asked for a pause during the herring run. The "    \
    "board "                                                                             \
    "agreed to stop for eleven days in May and to pay for soundings every fortnight. "   \
    "Two "                                                                               \
    "members voted against: they wanted the channel by the breakwater to be dredged "    \
    "first, where the ferry to Orrin Isle ran aground twice last winter."

static const struct {
    const char *record;
    const char
        *canonical; /* of the revision that it makes; "": none; NULL: no revision */
} steps[] = {
    {"{\"uri\":\"urn:c:paper\",\"version\":\"1\",\"published_at\":\"2025-03-04T12:00:"
     "00Z\","
     "\"body\":\"" LEAD "\"}",
     NULL},
    {"{\"uri\":\"urn:c:agency\",\"version\":\"1\",\"published_at\":\"2025-03-04T09:00:"
     "00Z\","
     "\"body\":\"" LEAD REST "\"}",
     "urn:c:agency"},
    {"{\"uri\":\"urn:c:weekly\",\"version\":\"1\",\"published_at\":\"2025-03-04T15:00:"
     "00Z\","
     "\"body\":\"" LEAD "\"}",
     "urn:c:agency"},
    {"{\"uri\":\"urn:c:agency\",\"version\":\"2\",\"published_at\":\"2025-03-04T16:00:"
     "00Z\","
     "\"pubstatus\":\"canceled\",\"body\":\"Kill: Port Sallow.\"}",
     "urn:c:paper"},
};

#define N_STEPS (sizeof(steps) / sizeof(steps[0]))

/* The last record of the topic, which is all that compaction leaves of the key, is the
 * revision of that sequence. */
static void check_last(const struct deployment *dep, size_t sequence,
                       const char *canonical)
{
    struct records recs;
    json_error_t error;
    topic_read(dep->clusters, 1, PATIENCE_MS, &recs);
    const rd_kafka_message_t *msg = recs.items[recs.n - 1];
    json_t *doc = json_loadb(msg->payload, msg->len, 0, &error);
    CHECK(doc, "a revision is no JSON: %s", error.text);
    const char *cluster = json_string_value(json_object_get(doc, "cluster"));
    const char *found = json_string_value(json_object_get(doc, "canonical"));
    CHECK(json_integer_value(json_object_get(doc, "revision")) == (json_int_t)sequence,
          "revision %zu is not there", sequence);
    CHECK(cluster && msg->key_len == strlen(cluster) &&
              memcmp(msg->key, cluster, msg->key_len) == 0,
          "the key is not the cluster");
    CHECK(found && strcmp(found, canonical) == 0, "%s leads where %s should",
          found ? found : "nobody", canonical);
    json_decref(doc);
    records_free(&recs);
}

static void feed_step(struct feed *feed, size_t i)
{
    const char *record = steps[i].record;
    feed_record(feed, NULL, 0, record, strlen(record), NULL,
                INT64_C(1741100000000) + (int64_t)i * 1000);
    feed_flush(feed);
}

/* Every step in a process of its own, which is killed when it has made it. */
static void clusters_are_revised_across_kills(uint64_t seed)
{
    struct deployment torn, whole;
    struct written expected = {0}, found = {0};
    struct child child;
    (void)seed;
    deployment_make(&torn, "clusters", NULL, 1);
    struct feed *feed = feed_open(torn.input, 1);
    for (size_t i = 0; i < N_STEPS; i++) {
        struct records recs;
        child_start(&child, &torn, NULL);
        feed_step(feed, i);
        topic_read(torn.sketch, i + 1, PATIENCE_MS, &recs);
        records_free(&recs);
        child_signal(&child, SIGKILL);
        (void)child_wait(&child, PATIENCE_MS);
        if (steps[i].canonical)
            check_last(&torn, i + 1, steps[i].canonical);
    }
    feed_close(feed);
    written_read(&torn, N_STEPS, PATIENCE_MS, &found);

    deployment_make(&whole, "clusters-whole", torn.input, 1);
    child_start(&child, &whole, NULL);
    written_read(&whole, N_STEPS, PATIENCE_MS, &expected);
    child_end(&child);
    verify_derivation(&whole, &expected);
    verify_equal(&expected, &found);
    written_free(&expected);
    written_free(&found);
}

const struct claim cluster_claims[] = {
    {"clusters_are_revised_across_kills", clusters_are_revised_across_kills},
    {NULL, NULL},
};
