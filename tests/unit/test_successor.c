/* test_successor.c -- the steps of a take-over come in their order, and an offset ahead
 * of the log is doubted before it ends the process.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker puts our functions in the place of the log, the producer and the consumer
 * (--wrap): what they would find on a broker is a row of a table here. */
#include "cmocka_prelude.h"

#include <stdio.h>

#include "successor.h"
#include "topics.h"

/* What the world is like in one scene, and what was done in it. */
static struct scene {
    enum fault_kind source_fault; /* FAULT_NONE: the offsets agree */
    enum fault_kind second_fault; /* of reading the log to its end once more */
    unsigned n_more;              /* sketches that are found then */
    unsigned n_tails;             /* looks at the log until the lease comes */
    bool is_stopped;              /* instead of that */
} scene;

static char steps[200];
static unsigned n_finished, n_tailed;
static uint64_t n_sketches;
static struct successor *suc;

static void step(const char *name)
{
    size_t used = strlen(steps);
    (void)snprintf(steps + used, sizeof(steps) - used, "%s%s", used ? " " : "", name);
}

/* Anything but NULL; nobody looks behind it. */
static char no_log, no_sink, no_source;
static const struct share share;

struct sketch_log *__wrap_sketch_log_open(const struct config *cfg, struct fault *fault);
void __wrap_sketch_log_close(struct sketch_log *log);
rd_kafka_t *__wrap_sketch_log_handle(const struct sketch_log *log);
void __wrap_sketch_log_interrupt(struct sketch_log *log);
uint64_t __wrap_sketch_log_count(const struct sketch_log *log);
int __wrap_sketch_log_tail(struct sketch_log *log, int ms, struct wd_desk *desk,
                           struct ledger *led, struct fault *fault);
int __wrap_sketch_log_finish(struct sketch_log *log, struct wd_desk *desk,
                             struct ledger *led, struct patience *pat,
                             struct fault *fault);
int __wrap_topics_inspect(rd_kafka_t *rk, const struct config *cfg, struct patience *pat,
                          size_t ret_limits[SINK_TOPICS], struct fault *fault);
struct sink *__wrap_sink_open(const struct config *cfg,
                              const struct sink_identity *identity,
                              const size_t limits[SINK_TOPICS], struct patience *pat,
                              struct fault *fault);
void __wrap_sink_close(struct sink *sink, struct fault *fault);
struct source *__wrap_source_open(const struct config *cfg,
                                  const rd_kafka_topic_partition_list_t *parts,
                                  const struct ledger *led, struct patience *pat,
                                  struct fault *fault);
void __wrap_source_close(struct source *src);
void __wrap_source_abandon(struct source *src);

struct sketch_log *__wrap_sketch_log_open(const struct config *cfg, struct fault *fault)
{
    (void)cfg;
    (void)fault;
    return (void *)&no_log;
}

void __wrap_sketch_log_close(struct sketch_log *log)
{
    assert_ptr_equal(log, &no_log);
    step("close");
}

rd_kafka_t *__wrap_sketch_log_handle(const struct sketch_log *log)
{
    (void)log;
    return NULL;
}

void __wrap_sketch_log_interrupt(struct sketch_log *log)
{
    (void)log;
}

uint64_t __wrap_sketch_log_count(const struct sketch_log *log)
{
    (void)log;
    return n_sketches;
}

int __wrap_sketch_log_tail(struct sketch_log *log, int ms, struct wd_desk *desk,
                           struct ledger *led, struct fault *fault)
{
    (void)log;
    (void)ms;
    (void)fault;
    assert_non_null(desk);
    assert_non_null(led);
    step("tail");
    n_sketches++;
    if (++n_tailed < scene.n_tails)
        return 0;
    if (scene.is_stopped)
        successor_stop(suc);
    else
        successor_set_lease(suc, &share);
    return 0;
}

int __wrap_sketch_log_finish(struct sketch_log *log, struct wd_desk *desk,
                             struct ledger *led, struct patience *pat,
                             struct fault *fault)
{
    (void)log;
    (void)desk;
    (void)led;
    (void)pat;
    step("finish");
    if (n_finished++ == 0)
        return 0;
    n_sketches += scene.n_more;
    return scene.second_fault == FAULT_NONE ? 0
                                            : fault_set(fault, scene.second_fault, "x");
}

int __wrap_topics_inspect(rd_kafka_t *rk, const struct config *cfg, struct patience *pat,
                          size_t ret_limits[SINK_TOPICS], struct fault *fault)
{
    (void)rk;
    (void)cfg;
    (void)pat;
    (void)fault;
    ret_limits[SINK_OUTPUT] = ret_limits[SINK_DLQ] = ret_limits[SINK_SKETCH] = 1000;
    step("inspect");
    return 0;
}

struct sink *__wrap_sink_open(const struct config *cfg,
                              const struct sink_identity *identity,
                              const size_t limits[SINK_TOPICS], struct patience *pat,
                              struct fault *fault)
{
    (void)pat;
    (void)fault;
    assert_string_equal(identity->transactional_id, cfg->transactional_id);
    assert_null(identity->group);
    assert_int_equal(limits[SINK_SKETCH], 1000);
    step("fence");
    return (void *)&no_sink;
}

void __wrap_sink_close(struct sink *sink, struct fault *fault)
{
    (void)sink;
    (void)fault;
}

struct source *__wrap_source_open(const struct config *cfg,
                                  const rd_kafka_topic_partition_list_t *parts,
                                  const struct ledger *led, struct patience *pat,
                                  struct fault *fault)
{
    (void)cfg;
    (void)led;
    (void)pat;
    assert_null(parts);
    step("assign");
    if (scene.source_fault == FAULT_NONE)
        return (void *)&no_source;
    (void)fault_set(fault, scene.source_fault, "the offsets are ahead of the log");
    return NULL;
}

void __wrap_source_close(struct source *src)
{
    (void)src;
}

void __wrap_source_abandon(struct source *src)
{
    (void)src;
}

/* Runs one scene; what it ended with. */
static int play(const struct scene *plan, struct fault *ret_fault)
{
    struct patience pat;
    struct estate est = {0};
    struct config *cfg = config_load(NULL, &(struct config_sets){0}, stderr);
    assert_non_null(cfg);
    scene = *plan;
    steps[0] = '\0';
    n_finished = n_tailed = 0;
    n_sketches = 7;
    patience_init(&pat);
    suc = successor_new(cfg, &pat);
    assert_non_null(suc);
    if (scene.n_tails == 0)
        successor_set_lease(suc, &share);
    *ret_fault = (struct fault){0};
    int r = successor_run(suc, &est, ret_fault);
    if (r == 0) {
        assert_ptr_equal(est.sink, &no_sink);
        assert_ptr_equal(est.source, &no_source);
    } else {
        assert_null(est.desk);
    }
    estate_close(&est, ret_fault);
    successor_free(suc);
    config_free(cfg);
    return r;
}

static void the_predecessor_is_fenced_before_the_log_is_finished(void **state)
{
    (void)state;
    struct fault fault;
    assert_int_equal(play(&(struct scene){.n_tails = 0}, &fault), 0);
    assert_string_equal(steps, "inspect fence finish assign close");
}

static void a_standby_tails_until_the_lease_is_its_own(void **state)
{
    (void)state;
    struct fault fault;
    assert_int_equal(play(&(struct scene){.n_tails = 3}, &fault), 0);
    assert_string_equal(steps, "inspect tail tail tail fence finish assign close");
}

static void a_standby_that_is_stopped_disturbs_nobody(void **state)
{
    (void)state;
    struct fault fault;
    assert_int_equal(play(&(struct scene){.n_tails = 2, .is_stopped = true}, &fault), -1);
    assert_int_equal(fault.kind, FAULT_STOP);
    assert_string_equal(steps, "inspect tail tail close");
}

static void offsets_ahead_of_the_log_are_doubted(void **state)
{
    (void)state;
    static const struct {
        const char *claim;
        struct scene scene;
        enum fault_kind want;
        const char *steps;
    } rows[] = {
        {"the log has grown: a successor wrote, and nothing is wrong",
         {.source_fault = FAULT_STATE, .n_more = 1},
         FAULT_WORLD,
         "inspect fence finish assign finish close"},
        {"the log is what it was: one of the two was changed by hand",
         {.source_fault = FAULT_STATE},
         FAULT_STATE,
         "inspect fence finish assign finish close"},
        {"the log cannot be read again: what was known stands",
         {.source_fault = FAULT_STATE, .n_more = 1, .second_fault = FAULT_WORLD},
         FAULT_STATE,
         "inspect fence finish assign finish close"},
        {"an outage is nothing to doubt",
         {.source_fault = FAULT_WORLD, .n_more = 1},
         FAULT_WORLD,
         "inspect fence finish assign close"},
        {"nor is a topic that is not there",
         {.source_fault = FAULT_USAGE, .n_more = 1},
         FAULT_USAGE,
         "inspect fence finish assign close"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fault fault;
        assert_int_equal(play(&rows[i].scene, &fault), -1);
        if (fault.kind != rows[i].want || strcmp(steps, rows[i].steps) != 0)
            fail_msg("%s: fault %d, after %s", rows[i].claim, fault.kind, steps);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_predecessor_is_fenced_before_the_log_is_finished),
        cmocka_unit_test(a_standby_tails_until_the_lease_is_its_own),
        cmocka_unit_test(a_standby_that_is_stopped_disturbs_nobody),
        cmocka_unit_test(offsets_ahead_of_the_log_are_doubted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
