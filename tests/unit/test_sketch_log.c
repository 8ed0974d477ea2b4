/* test_sketch_log.c -- who tails the log hears the bell, whenever it rings.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker puts our functions in the place of the broker's answers (--wrap): what comes
 * out of the log is a row of letters, and the bell is rung by what reads it. */
#include "cmocka_prelude.h"

#include <string.h>

#include "config.h"
#include "kafka.h"
#include "sketch_log.h"

#define LONG_MS 3600000 /* nobody waits for it: a poll that would is counted */

/* 'm': the end of the log, which is a message of its own kind; 'b': the same, and the
 * bell rings behind it; '.': nothing within the time. */
static const char *answers;
static unsigned n_long_waits;
static struct sketch_log *tailed;

int __wrap_kafka_partitions(rd_kafka_t *rk, const char *topic, int timeout_ms,
                            struct fault *fault);
rd_kafka_message_t *__wrap_rd_kafka_consumer_poll(rd_kafka_t *rk, int timeout_ms);
void __wrap_rd_kafka_message_destroy(rd_kafka_message_t *msg);

int __wrap_kafka_partitions(rd_kafka_t *rk, const char *topic, int timeout_ms,
                            struct fault *fault)
{
    (void)rk;
    (void)topic;
    (void)timeout_ms;
    (void)fault;
    return 1;
}

rd_kafka_message_t *__wrap_rd_kafka_consumer_poll(rd_kafka_t *rk, int timeout_ms)
{
    static rd_kafka_message_t end = {.err = RD_KAFKA_RESP_ERR__PARTITION_EOF};
    (void)rk;
    char answer = *answers ? *answers++ : '.';
    if (answer == '.') {
        n_long_waits += timeout_ms > LONG_MS / 2;
        return NULL;
    }
    if (answer == 'b')
        sketch_log_interrupt(tailed);
    return &end;
}

void __wrap_rd_kafka_message_destroy(rd_kafka_message_t *msg)
{
    (void)msg;
}

static void a_bell_between_two_messages_ends_the_wait(void **state)
{
    (void)state;
    static const struct {
        const char *answers;
        unsigned n_long_waits;
        const char *left; /* of the answers, for the next look */
    } rows[] = {
        {"", 1, ""},     /* a quiet log is waited for */
        {"mm", 1, ""},   /* so is more behind what came */
        {"mb", 0, ""},   /* nothing comes after the bell: not even a wait */
        {"bmm", 0, "mm"} /* what is there already can be read later */
    };
    struct fault fault = {0};
    struct wd_error err;
    struct wd_desk *desk;
    struct config *cfg = config_load(NULL, &(struct config_sets){0}, stderr);
    assert_non_null(cfg);
    assert_int_equal(wd_desk_open(&(struct wd_options){0}, &desk, &err), WD_OK);
    struct ledger *led = ledger_new();
    tailed = sketch_log_open(cfg, &fault);
    assert_non_null(tailed);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        answers = rows[i].answers;
        n_long_waits = 0;
        assert_int_equal(sketch_log_tail(tailed, LONG_MS, desk, led, &fault), 0);
        if (n_long_waits != rows[i].n_long_waits || strcmp(answers, rows[i].left) != 0)
            fail_msg("\"%s\": %u long waits, \"%s\" left", rows[i].answers, n_long_waits,
                     answers);
    }
    sketch_log_close(tailed);
    ledger_free(led);
    wd_desk_close(desk);
    config_free(cfg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bell_between_two_messages_ends_the_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
