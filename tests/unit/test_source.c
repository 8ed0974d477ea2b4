/* test_source.c -- the reader of the input, on librdkafka's mock cluster.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <librdkafka/rdkafka.h>

#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "source.h"

enum {
    PARTITIONS = 8, /* a mock keeps 5 MB of each */
    RECORD_BYTES = 32 * 1024,
    RECORDS = 1100,                         /* 35 MB */
    READY = 7 * 1024 * 1024 / RECORD_BYTES, /* librdkafka holds 8 when it is full */
    TAKEN = 4 * 1024 * 1024 / RECORD_BYTES, /* in one round */
    ROUNDS = 4,
    SLEEP_MS = 1000, /* of a thread of librdkafka's that has nothing to fetch */
};

struct scene {
    rd_kafka_t *rk; /* owner of the cluster, and producer */
    rd_kafka_mock_cluster_t *cluster;
    struct config *cfg;
    struct patience pat;
    struct ledger *led;
    struct workers *wrk;
    uv_loop_t loop;
    struct source *src;
};

static void nobody_waits(void *opaque)
{
    (void)opaque;
}

static rd_kafka_t *producer_open(const char *servers)
{
    static const char *const pairs[][2] = {{"batch.size", "131072"}, {"linger.ms", "0"}};
    char message[200];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        assert_int_equal(
            rd_kafka_conf_set(conf, pairs[i][0], pairs[i][1], message, sizeof(message)),
            RD_KAFKA_CONF_OK);
    assert_int_equal(rd_kafka_conf_set(conf, servers ? "bootstrap.servers" : "client.id",
                                       servers ? servers : "owner", message,
                                       sizeof(message)),
                     RD_KAFKA_CONF_OK);
    rd_kafka_t *rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, message, sizeof(message));
    assert_non_null(rk);
    return rk;
}

static void fill_topic(const char *servers)
{
    char *value = calloc(1, RECORD_BYTES);
    rd_kafka_t *rk = producer_open(servers);
    for (int i = 0; i < RECORDS; i++)
        assert_int_equal(rd_kafka_producev(rk, RD_KAFKA_V_TOPIC("t"),
                                           RD_KAFKA_V_PARTITION(i % PARTITIONS),
                                           RD_KAFKA_V_VALUE(value, RECORD_BYTES),
                                           RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                                           RD_KAFKA_V_END),
                         RD_KAFKA_RESP_ERR_NO_ERROR);
    assert_int_equal(rd_kafka_flush(rk, 30000), RD_KAFKA_RESP_ERR_NO_ERROR);
    rd_kafka_destroy(rk);
    free(value);
}

static void scene_open(struct scene *sc)
{
    char servers[200];
    const char *const items[] = {servers, "input.topics=t", "desk.check_offsets=no"};
    const struct config_sets sets = {items, sizeof(items) / sizeof(items[0])};
    struct fault fault;
    sc->rk = producer_open(NULL);
    sc->cluster = rd_kafka_mock_cluster_new(sc->rk, 1);
    assert_non_null(sc->cluster);
    assert_int_equal(rd_kafka_mock_topic_create(sc->cluster, "t", PARTITIONS, 1), 0);
    fill_topic(rd_kafka_mock_cluster_bootstraps(sc->cluster));
    (void)snprintf(servers, sizeof(servers), "kafka.bootstrap.servers=%s",
                   rd_kafka_mock_cluster_bootstraps(sc->cluster));
    sc->cfg = config_load(NULL, &sets, stderr);
    assert_non_null(sc->cfg);
    patience_init(&sc->pat);
    sc->led = ledger_new();
    assert_int_equal(uv_loop_init(&sc->loop), 0);
    sc->wrk = workers_new(&sc->loop, 1, nobody_waits, NULL);
    sc->src = source_open(sc->cfg, NULL, sc->led, &sc->pat, &fault);
    if (!sc->src)
        fail_msg("%s", fault.message);
}

static void scene_close(struct scene *sc)
{
    source_close(sc->src);
    workers_free(sc->wrk);
    assert_int_equal(uv_loop_close(&sc->loop), 0);
    ledger_free(sc->led);
    config_free(sc->cfg);
    rd_kafka_mock_cluster_destroy(sc->cluster);
    rd_kafka_destroy(sc->rk);
}

static void take(struct scene *sc, int n)
{
    struct fault fault;
    while (n > 0) {
        struct batch *batch = workers_take(sc->wrk);
        while (!batch_is_full(batch) && n > 0) {
            int r = source_next(sc->src, batch, &fault);
            if (r < 0)
                fail_msg("%s", fault.message);
            n -= r;
        }
        source_release(batch);
        workers_release(sc->wrk, batch);
    }
}

/* Nothing is taken meanwhile. */
static void await_full(const struct scene *sc)
{
    while (source_waiting(sc->src) < READY)
        (void)usleep(1000);
}

/* Without our help its thread sleeps for a second after each round, and the rounds are in
 * step with its sleep. */
static void what_was_taken_is_fetched_at_once(void **state)
{
    (void)state;
    struct scene sc = {0};
    scene_open(&sc);
    await_full(&sc);
    take(&sc, TAKEN);
    await_full(&sc);
    int64_t begun_ms = monotonic_ms();
    for (int i = 0; i < ROUNDS; i++) {
        (void)usleep(50000); /* it has fetched the last of this round, and sleeps */
        take(&sc, TAKEN);
        await_full(&sc);
    }
    assert_in_range(monotonic_ms() - begun_ms, 0, ROUNDS * SLEEP_MS / 2);
    scene_close(&sc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_taken_is_fetched_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
