/* test_held.c -- records that are held leave as they came, and in their order.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <string.h>

#include "held.h"

/* Stands for the sink: writes down what it is given, and can be made to fail. */
static char taken[400];
static int n_until_fault;

static int take(struct sink *sink, const struct sink_record *record, struct fault *fault)
{
    size_t used = strlen(taken);
    (void)sink;
    (void)snprintf(taken + used, sizeof(taken) - used, "%d:%.*s=%.*s%s%s ", record->topic,
                   (int)record->key.size, record->key.data ? record->key.data : "",
                   (int)record->value.size, record->value.data ? record->value.data : "",
                   record->value.data ? "" : "(none)", record->headers ? "+headers" : "");
    if (record->headers)
        rd_kafka_headers_destroy(record->headers);
    return n_until_fault-- > 0 ? 0 : fault_set(fault, FAULT_WORLD, "full");
}

static struct sink_record record_of(enum sink_topic topic, const char *key,
                                    const char *value)
{
    return (struct sink_record){.topic = topic,
                                .key = wd_str_from(key),
                                .value = {value, value ? strlen(value) : 0},
                                .headers = rd_kafka_headers_new(1)};
}

static void hold_three(struct held *held)
{
    char key[] = "a", value[] = "first";
    struct sink_record first = record_of(SINK_OUTPUT, key, value);
    struct sink_record second = record_of(SINK_SKETCH, "", "second");
    struct sink_record third = record_of(SINK_DLQ, "c", NULL);
    assert_true(held_add(held, &first));
    assert_true(held_add(held, &second));
    assert_true(held_add(held, &third));
    memset(key, '?', sizeof(key) - 1); /* the bytes are its own by now */
    memset(value, '?', sizeof(value) - 1);
}

static void they_leave_as_they_came(void **state)
{
    (void)state;
    struct held held = {0};
    struct fault fault;
    taken[0] = '\0';
    n_until_fault = 9;
    hold_three(&held);
    assert_int_equal(held_send(&held, take, NULL, &fault), 0);
    assert_string_equal(taken, "0:a=first+headers 2:=second+headers 1:c=(none)+headers ");
    assert_int_equal(held_send(&held, take, NULL, &fault), 0); /* none is left */
    hold_three(&held);
    taken[0] = '\0';
    assert_int_equal(held_send(&held, take, NULL, &fault), 0);
    assert_string_equal(taken, "0:a=first+headers 2:=second+headers 1:c=(none)+headers ");
}

/* What is left is freed: the sanitizer would tell. */
static void a_fault_ends_the_sending(void **state)
{
    (void)state;
    struct held held = {0};
    struct fault fault;
    taken[0] = '\0';
    n_until_fault = 1;
    hold_three(&held);
    assert_int_equal(held_send(&held, take, NULL, &fault), -1);
    assert_string_equal(fault.message, "full");
    assert_string_equal(taken, "0:a=first+headers 2:=second+headers ");
    held_clear(&held);
    n_until_fault = 9;
    taken[0] = '\0';
    assert_int_equal(held_send(&held, take, NULL, &fault), 0);
    assert_string_equal(taken, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_leave_as_they_came),
        cmocka_unit_test(a_fault_ends_the_sending),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
