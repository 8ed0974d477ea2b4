/* test_linger.c -- records wait as long as their transaction, if they may.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <string.h>

#include "kafka.h"
#include "linger.h"

static const struct {
    const char *claim;
    int64_t commit_ms;
    struct kafka_property kafka[3]; /* ends without a name */
    const char *linger;             /* NULL: the user's own */
} rows[] = {
    {"longer than a transaction lives", 200, {{NULL, NULL}}, "1000"},
    {"whatever its life", 5000, {{NULL, NULL}}, "5800"},
    {"what others set does not matter", 200, {{"client.id", "me"}}, "1000"},
    {"a long time for records does not", 200, {{"message.timeout.ms", "60000"}}, "1000"},
    {"a short one is followed", 200, {{"message.timeout.ms", "1000"}}, "999"},
    {"by its other name", 200, {{"delivery.timeout.ms", "500"}}, "499"},
    {"so is that of a transaction", 900, {{"transaction.timeout.ms", "1000"}}, "999"},
    {"the shorter of two",
     200,
     {{"transaction.timeout.ms", "1000"}, {"message.timeout.ms", "700"}},
     "699"},
    {"nothing is shorter", 200, {{"message.timeout.ms", "1"}}, "0"},
    {"for ever is not short", 200, {{"message.timeout.ms", "0"}}, "1000"},
    {"the user has one", 200, {{"linger.ms", "5"}}, NULL},
    {"by its other name, too", 200, {{"queue.buffering.max.ms", "5"}}, NULL},
};

static size_t count(const struct kafka_property *list)
{
    size_t n = 0;
    while (list[n].name)
        n++;
    return n;
}

static void it_follows_what_bounds_a_record(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[LINGER_SIZE];
        struct kafka_property kafka[3];
        memcpy(kafka, rows[i].kafka, sizeof(kafka));
        const struct config cfg = {
            .commit_ms = rows[i].commit_ms, .kafka = kafka, .n_kafka = count(kafka)};
        const char *linger = linger_ms(&cfg, text);
        if (!linger || !rows[i].linger)
            assert_true(linger == rows[i].linger);
        else
            assert_string_equal(linger, rows[i].linger);
    }
}

/* No broker is asked for that. */
static void librdkafka_takes_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[LINGER_SIZE];
        struct kafka_property kafka[3];
        struct fault fault = {0};
        memcpy(kafka, rows[i].kafka, sizeof(kafka));
        const struct config cfg = {
            .commit_ms = rows[i].commit_ms, .kafka = kafka, .n_kafka = count(kafka)};
        const struct kafka_property ours[] = {{"transactional.id", "t"},
                                              {"linger.ms", linger_ms(&cfg, text)},
                                              {NULL, NULL}};
        rd_kafka_conf_t *conf = kafka_conf_new(kafka, ours, NULL, &fault);
        assert_non_null(conf);
        rd_kafka_t *rk = kafka_open(RD_KAFKA_PRODUCER, &conf, &fault);
        if (!rk)
            fail_msg("%s: %s", rows[i].claim, fault.message);
        rd_kafka_destroy(rk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_follows_what_bounds_a_record),
        cmocka_unit_test(librdkafka_takes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
