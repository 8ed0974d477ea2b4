/* doctor_kafka.c -- the cluster, seen by the one who will have to work with it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing is written but the name of a transactional.id, which the broker forgets after a
 * week: the transaction is set up under an id of its own, since the desk's would fence a
 * daemon that runs. Only where that id is refused and no daemon runs, the desk's own is
 * tried: the rule may be for it alone. */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>

#include "describe.h"
#include "kafka.h"
#include "patience.h"
#include "sink.h"
#include "topics.h"

#define ASK_MS    10000
#define CURE_SIZE 900

/* What the rest wants to know of a broker. */
struct broker_facts {
    rd_kafka_resp_err_t code;
    char version[40];
    int64_t session_least_ms, session_most_ms;
};

/* ---- reachable, and which ---- */

static const char *servers(const struct config *cfg)
{
    for (size_t i = 0; i < cfg->n_kafka; i++) {
        if (strcmp(cfg->kafka[i].name, "bootstrap.servers") == 0)
            return cfg->kafka[i].value;
    }
    return "";
}

/* Why nobody answers: a certificate's fault in our words, else librdkafka's last ones.
 * That all brokers are down is only what follows. */
static void why_silent(rd_kafka_t *rk, rd_kafka_resp_err_t code, char *why, size_t size)
{
    char reason[300];
    rd_kafka_queue_t *queue = rd_kafka_queue_get_main(rk);
    rd_kafka_event_t *event;
    (void)snprintf(why, size, "%s", rd_kafka_err2str(code));
    while ((event = rd_kafka_queue_poll(queue, 0)) != NULL) {
        if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
            (void)snprintf(why, size, "%s", rd_kafka_event_error_string(event));
        rd_kafka_event_destroy(event);
    }
    rd_kafka_queue_destroy(queue);
    if (kafka_refused_certificate(reason, sizeof(reason)))
        (void)snprintf(why, size, "%s", reason);
}

/* False when no broker answers: nothing else about the cluster can then be told. */
static bool exam_reach(struct exam *exam, rd_kafka_t *rk, int *ret_brokers)
{
    const struct rd_kafka_metadata *meta = NULL;
    rd_kafka_resp_err_t code = rd_kafka_metadata(rk, 0, NULL, &meta, ASK_MS);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        char why[512];
        why_silent(rk, code, why, sizeof(why));
        exam_fault(
            exam, "broker",
            "check kafka.bootstrap.servers, security.protocol, sasl.* and ssl.*, and "
            "the network",
            "none answers at %s: %s", servers(exam->cfg), why);
        return false;
    }
    *ret_brokers = meta->broker_cnt;
    char *cluster = rd_kafka_clusterid(rk, ASK_MS);
    exam_fine(exam, "broker", "%s answers: cluster %s of %d", servers(exam->cfg),
              cluster ? cluster : "without a name", meta->broker_cnt);
    if (cluster)
        rd_kafka_mem_free(rk, cluster);
    rd_kafka_metadata_destroy(meta);
    return true;
}

static void on_broker(void *opaque, const char *name, rd_kafka_resp_err_t code)
{
    struct broker_facts *facts = opaque;
    (void)name;
    facts->code = code;
}

static void on_broker_setting(void *opaque, const char *name, const char *setting,
                              const char *value)
{
    struct broker_facts *facts = opaque;
    (void)name;
    if (strcmp(setting, "inter.broker.protocol.version") == 0)
        (void)snprintf(facts->version, sizeof(facts->version), "%s", value);
    else if (strcmp(setting, "group.min.session.timeout.ms") == 0)
        facts->session_least_ms = strtoll(value, NULL, 10);
    else if (strcmp(setting, "group.max.session.timeout.ms") == 0)
        facts->session_most_ms = strtoll(value, NULL, 10);
}

static void exam_broker(struct exam *exam, rd_kafka_t *rk)
{
    char id[16];
    const char *const names[] = {id};
    struct fault fault;
    struct broker_facts facts = {0};
    const struct described to = {&facts, on_broker, on_broker_setting};
    (void)snprintf(id, sizeof(id), "%d", (int)rd_kafka_controllerid(rk, ASK_MS));
    if (describe(rk, RD_KAFKA_RESOURCE_BROKER, names, 1, ASK_MS, &to, &fault) < 0 ||
        facts.code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        exam_warning(exam, "broker version",
                     "not needed; DescribeConfigs on the cluster would allow it",
                     "the broker does not tell its settings");
        return;
    }
    exam_fine(exam, "broker version", "%s", *facts.version ? facts.version : "unknown");
    if (exam->cfg->lease_ms < facts.session_least_ms ||
        exam->cfg->lease_ms > facts.session_most_ms)
        exam_fault(
            exam, "lease",
            "set desk.lease_ms, or the broker's group.{min,max}.session.timeout.ms",
            "desk.lease_ms is %lld, the broker takes %lld to %lld",
            (long long)exam->cfg->lease_ms, (long long)facts.session_least_ms,
            (long long)facts.session_most_ms);
    else
        exam_fine(exam, "lease", "a standby takes over after %lld ms",
                  (long long)exam->cfg->lease_ms);
}

/* ---- topics ---- */

/* What to do about a line of topics_check(), which begins with the topic's name. */
static void topic_cure(const struct exam *exam, const char *line, char cure[CURE_SIZE])
{
    static const struct {
        const char *part;
        const char *setting; /* what to set; NULL: `cure` says what to do */
        const char *cure;
    } rows[] = {
        {"does not exist", NULL, "wiredesk topics create -c FILE"},
        {"retention.ms", "retention.ms=-1", NULL},
        {"must be compact alone", "cleanup.policy=compact", NULL},
        {"cleanup.policy", "cleanup.policy=delete", NULL},
        {"max.message.bytes", "max.message.bytes=…", NULL},
        {"partitions", NULL,
         "the order of the log is the state: make it anew with one partition, before the "
         "first start"},
    };
    int size = (int)strcspn(line, ":");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (!strstr(line, rows[i].part))
            continue;
        if (rows[i].setting)
            (void)snprintf(cure, CURE_SIZE,
                           "kafka-configs.sh --alter --entity-type topics --entity-name "
                           "%.*s --add-config %s",
                           size, line, rows[i].setting);
        else
            (void)snprintf(cure, CURE_SIZE, "%s", rows[i].cure);
        return;
    }
    if (!strstr(line, "authorization failed"))
        (void)snprintf(cure, CURE_SIZE, "look at the broker's log, then ask again");
    else
        (void)snprintf(cure, CURE_SIZE,
                       "kafka-acls.sh --add --allow-principal User:%s --operation "
                       "DescribeConfigs --operation Describe --topic %.*s",
                       exam_principal(exam), size, line);
}

static void tell_topic(struct exam *exam, const char *line)
{
    char cure[CURE_SIZE];
    topic_cure(exam, line, cure);
    exam_fault(exam, "topics", cure, "%s", line);
}

/* False when one does not exist: who may do what with it cannot be tried then. */
static bool exam_topics(struct exam *exam)
{
    char *text = NULL, *rest;
    size_t size = 0;
    bool are_there = true;
    struct fault fault = {0};
    FILE *report = open_memstream(&text, &size);
    if (!report)
        return false;
    int r = topics_check(exam->cfg, report, &fault);
    fclose(report);
    unsigned n_before = exam->n_faults;
    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        are_there = are_there && !strstr(line, "does not exist");
        if (r == 0)
            exam_fine(exam, "topics", "%s", line);
        else
            tell_topic(exam, line);
    }
    if (r < 0 && exam->n_faults == n_before)
        tell_topic(exam, fault.message);
    free(text);
    return are_there;
}

static void exam_replicas(struct exam *exam, rd_kafka_t *rk, int n_brokers)
{
    unsigned n_single = 0;
    for (int i = 0; i < SINK_TOPICS; i++) {
        const char *name = sink_topic_name(exam->cfg, (enum sink_topic)i);
        if (!name)
            continue;
        const struct rd_kafka_metadata *meta = NULL;
        rd_kafka_topic_t *rkt = rd_kafka_topic_new(rk, name, NULL);
        if (rkt && rd_kafka_metadata(rk, 0, rkt, &meta, ASK_MS) == 0 &&
            meta->topic_cnt == 1 && meta->topics[0].partition_cnt > 0)
            n_single += meta->topics[0].partitions[0].replica_cnt < 2;
        if (meta)
            rd_kafka_metadata_destroy(meta);
        if (rkt)
            rd_kafka_topic_destroy(rkt);
    }
    if (n_single)
        exam_warning(exam, "replicas",
                     n_brokers > 1 ? "kafka-reassign-partitions.sh gives them more"
                                   : "more brokers",
                     "%u of the desk's topics have one: what a broker's disk loses is "
                     "gone",
                     n_single);
    else
        exam_fine(exam, "replicas", "each topic has several");
}

struct retention {
    const char *topic;
    int64_t ms;
};

static void on_input(void *opaque, const char *name, rd_kafka_resp_err_t code)
{
    (void)opaque, (void)name, (void)code; /* exam_topics() has told */
}

static void on_input_setting(void *opaque, const char *name, const char *setting,
                             const char *value)
{
    struct retention *ret = opaque;
    if (strcmp(setting, "retention.ms") != 0)
        return;
    int64_t ms = strtoll(value, NULL, 10);
    if (ms >= 0 && (!ret->topic || ms < ret->ms))
        *ret = (struct retention){name, ms};
}

/* How long a desk may stand still before its input is gone. */
static void exam_retention(struct exam *exam, rd_kafka_t *rk)
{
    struct fault fault;
    struct retention least = {0};
    const struct described to = {&least, on_input, on_input_setting};
    const struct config *cfg = exam->cfg;
    if (describe(rk, RD_KAFKA_RESOURCE_TOPIC, (const char *const *)cfg->reads,
                 cfg->n_reads, ASK_MS, &to, &fault) < 0)
        return; /* exam_topics() has told */
    double days = (double)least.ms / 86400000;
    if (!least.topic)
        exam_fine(exam, "retention", "the input is kept for ever");
    else if (days < 1)
        exam_warning(exam, "retention", "raise retention.ms of the input",
                     "an input is kept for %.1f h: a longer standstill loses articles",
                     24 * days);
    else
        exam_fine(exam, "retention", "a standstill of %.0f days loses nothing", days);
}

/* ---- what only who has the rights can do ---- */

static void exam_group(struct exam *exam)
{
    struct fault fault;
    const struct kafka_property ours[] = {{"group.id", exam->cfg->offsets_group},
                                          {NULL, NULL}};
    rd_kafka_conf_t *conf = kafka_conf_new(exam->cfg->kafka, ours, NULL, &fault);
    rd_kafka_t *rk = conf ? kafka_open(RD_KAFKA_CONSUMER, &conf, &fault) : NULL;
    if (!rk)
        return; /* exam_kafka() would not have come this far */
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, exam->cfg->reads[0], 0);
    rd_kafka_resp_err_t code = rd_kafka_committed(rk, list, ASK_MS);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
        code = list->elems[0].err;
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        exam_fault(exam, "group",
                   "look at the broker's log: its rights are as they should", "%s: %s",
                   exam->cfg->offsets_group, rd_kafka_err2str(code));
    else if (list->elems[0].offset >= 0)
        exam_fine(exam, "group", "%s is at offset %lld of %s [0]",
                  exam->cfg->offsets_group, (long long)list->elems[0].offset,
                  exam->cfg->reads[0]);
    else
        exam_fine(exam, "group", "%s has committed nothing yet",
                  exam->cfg->offsets_group);
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_destroy_flags(rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

static void tell_no_transaction(struct exam *exam, const char *id,
                                const rd_kafka_error_t *error)
{
    char cure[CURE_SIZE];
    if (rd_kafka_error_code(error) !=
        RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
        (void)snprintf(cure, sizeof(cure),
                       "look at the broker's log: is __transaction_state well?");
    else
        (void)snprintf(cure, sizeof(cure),
                       "kafka-acls.sh --add --allow-principal User:%s --operation Write "
                       "--transactional-id %s --resource-pattern-type prefixed",
                       exam_principal(exam), exam->cfg->transactional_id);
    exam_fault(exam, "transactions", cure, "%s: %s", id, rd_kafka_error_string(error));
}

/* NULL when transactions can be set up under the name; else why not, the caller's. */
static rd_kafka_error_t *try_transactions(const struct config *cfg, const char *id)
{
    struct fault fault;
    const struct kafka_property ours[] = {{"transactional.id", id}, {NULL, NULL}};
    rd_kafka_conf_t *conf = kafka_conf_new(cfg->kafka, ours, NULL, &fault);
    rd_kafka_t *rk = conf ? kafka_open(RD_KAFKA_PRODUCER, &conf, &fault) : NULL;
    if (!rk) /* exam_kafka() would not have come this far */
        return rd_kafka_error_new(RD_KAFKA_RESP_ERR__FAIL, "%s", fault.message);
    rd_kafka_error_t *error = rd_kafka_init_transactions(rk, ASK_MS);
    rd_kafka_destroy(rk);
    return error;
}

/* Whether an instance holds the lease or waits for it, or we cannot tell. */
static bool has_desks(const struct config *cfg, rd_kafka_t *rk)
{
    const struct rd_kafka_group_list *groups = NULL;
    if (rd_kafka_list_groups(rk, cfg->lease_group, &groups, ASK_MS) !=
        RD_KAFKA_RESP_ERR_NO_ERROR)
        return true;
    bool has = groups->group_cnt > 0 && groups->groups[0].member_cnt > 0;
    rd_kafka_group_list_destroy(groups);
    return has;
}

static void exam_transactions(struct exam *exam, rd_kafka_t *rk)
{
    char doctors_id[600];
    const struct config *cfg = exam->cfg;
    const char *id = doctors_id;
    if (cfg->mode != MODE_EXACTLY_ONCE)
        return;
    (void)snprintf(doctors_id, sizeof(doctors_id), "%s.doctor", cfg->transactional_id);
    int64_t begun_ms = monotonic_ms();
    rd_kafka_error_t *error = try_transactions(cfg, id);
    /* The rule may be for the desk's name alone. A tagger needs more than one. */
    if (error &&
        rd_kafka_error_code(error) ==
            RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED &&
        cfg->tier != TIER_TAG && !has_desks(cfg, rk)) {
        rd_kafka_error_destroy(error);
        id = cfg->transactional_id;
        error = try_transactions(cfg, id);
    }
    if (error)
        tell_no_transaction(exam, id, error);
    else
        exam_fine(exam, "transactions", "can be set up, in %lld ms (as %s)",
                  (long long)(monotonic_ms() - begun_ms), id);
    if (error)
        rd_kafka_error_destroy(error);
}

void exam_kafka(struct exam *exam)
{
    struct fault fault;
    int n_brokers = 0;
    rd_kafka_conf_t *conf = kafka_conf_new(exam->cfg->kafka, NULL, NULL, &fault);
    if (conf)
        rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_ERROR);
    rd_kafka_t *rk = conf ? kafka_open(RD_KAFKA_PRODUCER, &conf, &fault) : NULL;
    if (!rk) {
        exam_fault(exam, "kafka", "mend the [kafka] section", "%s", fault.message);
        return;
    }
    if (exam_reach(exam, rk, &n_brokers)) {
        exam_broker(exam, rk);
        bool are_there = exam_topics(exam);
        exam_replicas(exam, rk, n_brokers);
        exam_retention(exam, rk);
        if (are_there && exam_rights(exam, rk))
            exam_group(exam);
        exam_transactions(exam, rk);
    }
    rd_kafka_destroy(rk);
}
