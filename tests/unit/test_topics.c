/* test_topics.c -- a topic is missing when brokers say so for a while, not when one does.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker puts our functions in the place of the two questions to a broker (--wrap):
 * a cluster of which some have not heard of a topic yet is a row of a table here. */
#include "cmocka_prelude.h"

#include <string.h>

#include "describe.h"
#include "kafka.h"
#include "patience.h"
#include "topics.h"

#define FOR_EVER 1000000

static const struct row {
    int n_unknown;               /* answers in which the topic is missing */
    rd_kafka_resp_err_t refusal; /* instead; 0: none */
    bool is_found;
    int n_asked; /* 0: whatever fits into the time */
} rows[] = {
    {0, 0, true, 1},
    {2, 0, true, 3},
    {FOR_EVER, 0, false, 0},
    {0, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, false, 1},
};
#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct row *row;
static int n_asked;

static rd_kafka_resp_err_t answer(void)
{
    if (n_asked++ < row->n_unknown)
        return RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    return row->refusal;
}

rd_kafka_resp_err_t __wrap_rd_kafka_metadata(rd_kafka_t *rk, int all_topics,
                                             rd_kafka_topic_t *only,
                                             const struct rd_kafka_metadata **ret_meta,
                                             int timeout_ms);
void __wrap_rd_kafka_metadata_destroy(const struct rd_kafka_metadata *meta);
int __wrap_describe(rd_kafka_t *rk, rd_kafka_ResourceType_t type,
                    const char *const *names, size_t n, int timeout_ms,
                    const struct described *to, struct fault *fault);

rd_kafka_resp_err_t __wrap_rd_kafka_metadata(rd_kafka_t *rk, int all_topics,
                                             rd_kafka_topic_t *only,
                                             const struct rd_kafka_metadata **ret_meta,
                                             int timeout_ms)
{
    static struct rd_kafka_metadata_topic topic;
    static struct rd_kafka_metadata meta = {.topic_cnt = 1, .topics = &topic};
    (void)rk;
    (void)all_topics;
    (void)only;
    (void)timeout_ms;
    topic.err = answer();
    topic.partition_cnt = topic.err ? 0 : 1;
    *ret_meta = &meta;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

void __wrap_rd_kafka_metadata_destroy(const struct rd_kafka_metadata *meta)
{
    (void)meta;
}

/* All topics are well set, but the first, which has the row's fate. */
int __wrap_describe(rd_kafka_t *rk, rd_kafka_ResourceType_t type,
                    const char *const *names, size_t n, int timeout_ms,
                    const struct described *to, struct fault *fault)
{
    (void)rk;
    (void)type;
    (void)timeout_ms;
    (void)fault;
    for (size_t i = 0; i < n; i++) {
        bool is_clusters = strstr(names[i], ".clusters") != NULL;
        to->on_resource(to->opaque, names[i], i == 0 ? answer() : 0);
        to->on_setting(to->opaque, names[i], "retention.ms", "-1");
        to->on_setting(to->opaque, names[i], "max.message.bytes",
                       strstr(names[i], ".dlq") ? "2000000" : "1000000");
        to->on_setting(to->opaque, names[i], "cleanup.policy",
                       is_clusters ? "compact" : "delete");
    }
    return 0;
}

/* Whoever waits does not wait for much longer than it takes news to spread. */
static void assert_asked(int64_t began_ms)
{
    if (row->n_asked > 0)
        assert_int_equal(n_asked, row->n_asked);
    else
        assert_true(n_asked > 1 && monotonic_ms() - began_ms >= KAFKA_NEWS_MS);
}

static void partitions_wait_for_the_news(void **state)
{
    struct fault fault;
    char message[128];
    rd_kafka_t *rk =
        rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), message, sizeof(message));
    assert_non_null(rk);
    for (row = rows; row < rows + N_ROWS; row++) {
        int64_t began_ms = monotonic_ms();
        n_asked = 0;
        int n = kafka_partitions(rk, "news", PATIENCE_MOST_MS, &fault);
        assert_int_equal(n, row->is_found ? 1 : -1);
        if (!row->is_found)
            assert_int_equal(fault.kind, FAULT_USAGE);
        assert_asked(began_ms);
    }
    rd_kafka_destroy(rk);
    (void)state;
}

static void a_start_waits_for_the_news(void **state)
{
    struct config *cfg = config_load(NULL, &(struct config_sets){0}, stderr);
    struct patience pat;
    assert_non_null(cfg);
    patience_init(&pat);
    for (row = rows; row < rows + N_ROWS; row++) {
        size_t limits[SINK_TOPICS];
        struct fault fault;
        int64_t began_ms = monotonic_ms();
        n_asked = 0;
        int r = topics_inspect(NULL, cfg, &pat, limits, &fault);
        assert_int_equal(r, row->is_found ? 0 : -1);
        if (!row->is_found)
            assert_int_equal(fault.kind, FAULT_USAGE);
        assert_asked(began_ms);
    }
    config_free(cfg);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(partitions_wait_for_the_news),
        cmocka_unit_test(a_start_waits_for_the_news),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
