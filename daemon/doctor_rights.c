/* doctor_rights.c -- each right that the desk needs, tried one by one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Rights are tried, not read: to list ACLs is a right of its own, which who runs a desk
 * seldom has, and the list knows nothing of super users or of rules that an authorizer
 * keeps elsewhere. A try is a request that the broker first judges by its right, and then
 * refuses for another reason, so that nothing comes of it:
 *
 *   Write   a record with acks=2; Kafka knows 0, 1 and all
 *   Read    an offset committed for a partition that does not exist: it takes Read on the
 *           topic, and on the group
 *
 * (Describe and DescribeConfigs are needed for what doctor_kafka.c says of the topics,
 * and the right on the transactional.id for its transaction.) A broker without an
 * authorizer lets everybody past, and every try says so. Should a broker that is not
 * Kafka take such a record, then it is one in the output, and the sketch log is left
 * alone: a stray record there would end it. */
#include "doctor.h"

#include <string.h>

#include "patience.h"
#include "sink.h"

#define ASK_MS  10000
#define NOWHERE 0x7ffffff0 /* a partition that no topic has */

struct right {
    const char *operation;
    const char *resource; /* as kafka-acls.sh calls it */
    const char *name;
};

const char *exam_principal(const struct exam *exam)
{
    const struct config *cfg = exam->cfg;
    for (size_t i = 0; i < cfg->n_kafka; i++) {
        if (strcmp(cfg->kafka[i].name, "sasl.username") == 0)
            return cfg->kafka[i].value;
    }
    return "…";
}

/* What the broker said to a try: `expected` when it looked past the right. */
static bool right_tell(struct exam *exam, const struct right *right,
                       rd_kafka_resp_err_t code, rd_kafka_resp_err_t expected)
{
    char cure[700];
    if (code == expected || code == RD_KAFKA_RESP_ERR_NO_ERROR) {
        exam_fine(exam, "rights", "%s on %s %s", right->operation, right->resource,
                  right->name);
        return true;
    }
    (void)snprintf(cure, sizeof(cure),
                   "kafka-acls.sh --add --allow-principal User:%s --operation %s --%s %s",
                   exam_principal(exam), right->operation, right->resource, right->name);
    exam_fault(exam, "rights", cure, "%s on %s %s: %s", right->operation, right->resource,
               right->name, rd_kafka_err2str(code));
    return false;
}

/* ---- is there an authorizer? ---- */

static rd_kafka_resp_err_t ask_for_rules(rd_kafka_t *rk, const char *topic)
{
    char message[128];
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
    rd_kafka_AdminOptions_t *options =
        kafka_admin_options(rk, RD_KAFKA_ADMIN_OP_DESCRIBEACLS, ASK_MS);
    /* It refuses only what is out of range; ours are constants. */
    rd_kafka_AclBindingFilter_t *filter = rd_kafka_AclBindingFilter_new(
        RD_KAFKA_RESOURCE_TOPIC, topic, RD_KAFKA_RESOURCE_PATTERN_MATCH, NULL, NULL,
        RD_KAFKA_ACL_OPERATION_ANY, RD_KAFKA_ACL_PERMISSION_TYPE_ANY, message,
        sizeof(message));
    rd_kafka_DescribeAcls(rk, filter, options, queue);
    rd_kafka_event_t *event = rd_kafka_queue_poll(queue, ASK_MS + 1000);
    rd_kafka_resp_err_t code =
        event ? rd_kafka_event_error(event) : RD_KAFKA_RESP_ERR__TIMED_OUT;
    if (event)
        rd_kafka_event_destroy(event);
    rd_kafka_AclBinding_destroy(filter);
    rd_kafka_AdminOptions_destroy(options);
    rd_kafka_queue_destroy(queue);
    return code;
}

/* Whether rights can be tried: the broker knows what they are. That it has no authorizer
 * librdkafka 2.0.2 does not pass on; newer ones do. */
static bool exam_authorizer(struct exam *exam, rd_kafka_t *rk)
{
    rd_kafka_resp_err_t code = ask_for_rules(rk, exam->cfg->output_topic);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR ||
        code == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED)
        return true;
    if (code == RD_KAFKA_RESP_ERR_SECURITY_DISABLED)
        exam_fine(exam, "rights", "the broker has no authorizer: everybody may do all");
    else
        exam_warning(exam, "rights", "see docs/your-kafka.md for the rights it needs",
                     "the broker does not say whether it has an authorizer: %s",
                     rd_kafka_err2str(code));
    return false;
}

/* ---- Write ---- */

/* What became of the one record that is under way. */
static rd_kafka_resp_err_t await_report(rd_kafka_queue_t *queue)
{
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR__TIMED_OUT;
    int64_t until_ms = monotonic_ms() + ASK_MS + 1000, left_ms;
    bool is_told = false;
    while (!is_told && (left_ms = until_ms - monotonic_ms()) > 0) {
        rd_kafka_event_t *event = rd_kafka_queue_poll(queue, (int)left_ms);
        is_told = event && rd_kafka_event_type(event) == RD_KAFKA_EVENT_DR;
        if (is_told)
            code = rd_kafka_event_message_next(event)->err;
        if (event)
            rd_kafka_event_destroy(event);
    }
    return code;
}

static rd_kafka_resp_err_t try_write(rd_kafka_t *rk, rd_kafka_queue_t *queue,
                                     const char *topic)
{
    static const char value[] = "wiredesk doctor: this is not written";
    rd_kafka_resp_err_t code = rd_kafka_producev(
        rk, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(0),
        RD_KAFKA_V_VALUE((void *)(uintptr_t)value, sizeof(value) - 1), /* is copied */
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
    return code == RD_KAFKA_RESP_ERR_NO_ERROR ? await_report(queue) : code;
}

/* A tagger writes tagged records and nothing else, which nobody else writes. */
static bool is_written(const struct config *cfg, enum sink_topic topic)
{
    return (topic == SINK_TAGGED) == (cfg->tier == TIER_TAG);
}

static bool exam_writing(struct exam *exam)
{
    static const struct kafka_property ours[] = {
        {"enable.idempotence", "false"},
        {"acks", "2"},
        {"message.timeout.ms", "10000"},
        {NULL, NULL},
    };
    /* The sketch log last: see above. */
    static const enum sink_topic topics[] = {SINK_OUTPUT, SINK_DLQ, SINK_CLUSTERS,
                                             SINK_TAGGED, SINK_SKETCH};
    struct fault fault;
    rd_kafka_conf_t *conf = kafka_conf_new(exam->cfg->kafka, ours, NULL, &fault);
    if (conf)
        rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_DR);
    rd_kafka_t *rk = conf ? kafka_open(RD_KAFKA_PRODUCER, &conf, &fault) : NULL;
    if (!rk)
        return true; /* exam_kafka() would not have come this far */
    rd_kafka_queue_t *queue = rd_kafka_queue_get_main(rk);
    bool has_all = true;
    for (size_t i = 0; i < sizeof(topics) / sizeof(topics[0]); i++) {
        if (!is_written(exam->cfg, topics[i]))
            continue;
        const char *name = sink_topic_name(exam->cfg, topics[i]);
        rd_kafka_resp_err_t code = try_write(rk, queue, name);
        const struct right right = {"Write", "topic", name};
        if (!right_tell(exam, &right, code, RD_KAFKA_RESP_ERR_INVALID_REQUIRED_ACKS))
            has_all = false;
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
            exam_warning(exam, "rights", "pass over it",
                         "this broker is no Kafka: it took the record of the try");
            break;
        }
    }
    rd_kafka_queue_destroy(queue);
    rd_kafka_destroy(rk);
    return has_all;
}

/* ---- Read ---- */

/* Each partition's answer is in the event, or in the returned code that of all. Who may
 * not even ask for the group's coordinator is told by the consumer itself. */
static rd_kafka_resp_err_t await_commit(rd_kafka_t *rk, rd_kafka_queue_t *queue,
                                        rd_kafka_event_t **ret_event)
{
    int64_t until_ms = monotonic_ms() + ASK_MS;
    while (monotonic_ms() < until_ms) {
        rd_kafka_event_t *event = rd_kafka_queue_poll(queue, 50);
        if (event && rd_kafka_event_type(event) == RD_KAFKA_EVENT_OFFSET_COMMIT) {
            *ret_event = event;
            return rd_kafka_event_error(event);
        }
        if (event)
            rd_kafka_event_destroy(event);
        rd_kafka_message_t *message = rd_kafka_consumer_poll(rk, 0);
        rd_kafka_resp_err_t code = message ? message->err : RD_KAFKA_RESP_ERR_NO_ERROR;
        if (message)
            rd_kafka_message_destroy(message);
        if (code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
            return code;
    }
    return RD_KAFKA_RESP_ERR__TIMED_OUT;
}

/* A group's answer comes with each of the topics. */
static bool tell_reading(struct exam *exam, const char *group,
                         const rd_kafka_topic_partition_list_t *list,
                         rd_kafka_resp_err_t code)
{
    const struct right on_group = {"Read", "group", group};
    bool is_answered = list && list->cnt > 0;
    bool has_all = true;
    if (is_answered && list->elems[0].err != RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
        code = RD_KAFKA_RESP_ERR_NO_ERROR;
    if (!right_tell(exam, &on_group, code, RD_KAFKA_RESP_ERR_NO_ERROR))
        return false;
    for (int i = 0; is_answered && i < list->cnt; i++) {
        const struct right on_topic = {"Read", "topic", list->elems[i].topic};
        if (!right_tell(exam, &on_topic, list->elems[i].err,
                        RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART))
            has_all = false;
    }
    return has_all;
}

static bool exam_reading(struct exam *exam, const char *group, const char *const *topics,
                         size_t n_topics)
{
    struct fault fault;
    const struct kafka_property ours[] = {{"group.id", group}, {NULL, NULL}};
    rd_kafka_conf_t *conf = kafka_conf_new(exam->cfg->kafka, ours, NULL, &fault);
    rd_kafka_t *rk = conf ? kafka_open(RD_KAFKA_CONSUMER, &conf, &fault) : NULL;
    if (!rk)
        return true; /* as above */
    rd_kafka_topic_partition_list_t *list =
        rd_kafka_topic_partition_list_new((int)n_topics);
    for (size_t i = 0; i < n_topics; i++)
        rd_kafka_topic_partition_list_add(list, topics[i], NOWHERE)->offset = 0;
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
    rd_kafka_event_t *event = NULL;
    rd_kafka_resp_err_t code = rd_kafka_commit_queue(rk, list, queue, NULL, NULL);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
        code = await_commit(rk, queue, &event);
    bool has_all = tell_reading(
        exam, group, event ? rd_kafka_event_topic_partition_list(event) : NULL, code);
    if (event)
        rd_kafka_event_destroy(event);
    rd_kafka_queue_destroy(queue);
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_destroy_flags(rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    return has_all;
}

bool exam_rights(struct exam *exam, rd_kafka_t *rk)
{
    const struct config *cfg = exam->cfg;
    const char *const sketch[] = {cfg->sketch_topic};
    if (!exam_authorizer(exam, rk))
        return true;
    bool has_all = exam_reading(exam, cfg->offsets_group, (const char *const *)cfg->reads,
                                cfg->n_reads);
    if (cfg->tier != TIER_TAG && !exam_reading(exam, cfg->lease_group, sketch, 1))
        has_all = false;
    return exam_writing(exam) && has_all;
}
