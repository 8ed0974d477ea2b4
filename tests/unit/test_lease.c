/* test_lease.c -- the lease, on librdkafka's mock cluster.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <librdkafka/rdkafka.h>

#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <unistd.h>

#include "lease.h"

enum {
    API_SYNC_GROUP = 14,
    JOIN_MS = 3400, /* a mock waits for three seconds whether others join */
    HELD_MS = 40000,
    REFUSALS = 100,
    STEP_MS = 50,
    CLEAN_MS = 200,
};

struct scene {
    rd_kafka_t *rk; /* owner of the cluster */
    rd_kafka_mock_cluster_t *cluster;
    struct config *cfg;
    uv_loop_t loop;
    struct lease *lease;
    int n_events;
    enum lease_event last;
};

static void on_event(void *opaque, enum lease_event event)
{
    struct scene *sc = opaque;
    sc->n_events++;
    sc->last = event;
}

static void scene_open(struct scene *sc)
{
    char servers[200], message[200];
    const char *const items[] = {servers, "input.topics=t", "output.topic=o"};
    const struct config_sets sets = {items, sizeof(items) / sizeof(items[0])};
    *sc = (struct scene){.rk = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(),
                                            message, sizeof(message))};
    assert_non_null(sc->rk);
    sc->cluster = rd_kafka_mock_cluster_new(sc->rk, 1);
    assert_non_null(sc->cluster);
    assert_int_equal(rd_kafka_mock_topic_create(sc->cluster, "o.sketch", 1, 1), 0);
    (void)snprintf(servers, sizeof(servers), "kafka.bootstrap.servers=%s",
                   rd_kafka_mock_cluster_bootstraps(sc->cluster));
    sc->cfg = config_load(NULL, &sets, stderr);
    assert_non_null(sc->cfg);
    assert_int_equal(uv_loop_init(&sc->loop), 0);
}

/* Until there is news, for `most_ms` at most. */
static void scene_join(struct scene *sc, int most_ms)
{
    struct fault fault;
    sc->lease = lease_open(sc->cfg, &sc->loop, on_event, sc, &fault);
    if (!sc->lease)
        fail_msg("%s", fault.message);
    for (int ms = 0; ms < most_ms && sc->n_events == 0; ms += STEP_MS) {
        (void)uv_run(&sc->loop, UV_RUN_NOWAIT);
        lease_tick(sc->lease);
        (void)usleep(STEP_MS * 1000);
    }
}

static void scene_close(struct scene *sc)
{
    lease_release(sc->lease);
    (void)usleep(CLEAN_MS * 1000); /* a desk cleans up meanwhile */
    lease_mute(sc->lease);
    (void)uv_run(&sc->loop, UV_RUN_DEFAULT);
    lease_leave(sc->lease);
    assert_int_equal(uv_loop_close(&sc->loop), 0);
    config_free(sc->cfg);
    rd_kafka_mock_cluster_destroy(sc->cluster);
    rd_kafka_destroy(sc->rk);
}

static void who_is_alone_holds_it(void **state)
{
    (void)state;
    struct scene sc;
    scene_open(&sc);
    scene_join(&sc, HELD_MS);
    assert_int_equal(sc.n_events, 1);
    assert_int_equal(sc.last, LEASE_HELD);
    assert_int_equal(lease_share(sc.lease)->parts->cnt, 1);
    scene_close(&sc);
}

/* It was taken in, slept, and was forgotten before it heard its share; it asks again. To
 * destroy librdkafka's handle then aborts, in 2.0.2. */
static void it_can_be_left_before_the_group_has_said_who_holds_it(void **state)
{
    (void)state;
    struct scene sc;
    scene_open(&sc);
    for (int i = 0; i < REFUSALS; i++)
        rd_kafka_mock_push_request_errors(sc.cluster, API_SYNC_GROUP, 1,
                                          RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID);
    scene_join(&sc, JOIN_MS);
    assert_int_equal(sc.n_events, 0);
    scene_close(&sc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_alone_holds_it),
        cmocka_unit_test(it_can_be_left_before_the_group_has_said_who_holds_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
