/* topics.c -- settings under which nothing can be lost behind our back.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Outputs carry the timestamp of their input record. With the default retention a broker
 * that is fed last year's articles empties the output topic within minutes: measured. So
 * retention is unlimited in the topics that we make, and the daemon refuses to start on
 * ones where it is not (or where the broker stamps records itself). Compaction would eat
 * the sketch log, which has no keys, and dead letters with equal ones. The topic of
 * clusters is made for it: of each cluster the last word counts, and never goes.
 *
 * A record that cannot be enriched must fit into the dead letters whatever its size, so
 * they take at least what the input takes, and some for the headers. */
#include "topics.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "describe.h"

#define ADMIN_MS      15000
#define HEADER_MARGIN 65536 /* reasons and source, beside a dead letter's own bytes */

/* What the rules below want to know of a topic. */
struct topic_facts {
    const char *name;         /* NULL: this role has nothing to do with it */
    rd_kafka_resp_err_t code; /* of the question; none: it exists */
    long long retention_ms;
    long long max_message_bytes;
    bool is_compacted;
    bool is_deleted; /* by age or size */
    bool is_stamped_by_broker;
};

struct judgement {
    FILE *report; /* NULL: into `sentence` instead */
    int n_wrong;
    char sentence[320];
};

static void judge_wrong(struct judgement *jud, const char *topic, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void judge_wrong(struct judgement *jud, const char *topic, const char *fmt, ...)
{
    char text[256];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof(text), fmt, args); /* a cut sentence will do */
    va_end(args);
    if (jud->report)
        fprintf(jud->report, "%s: %s\n", topic, text);
    size_t used = strlen(jud->sentence);
    (void)snprintf(jud->sentence + used, sizeof(jud->sentence) - used, "%s%s: %s",
                   jud->n_wrong ? "; " : "", topic, text);
    jud->n_wrong++;
}

static void facts_set(struct topic_facts *facts, const char *name, const char *value)
{
    if (strcmp(name, "retention.ms") == 0)
        facts->retention_ms = strtoll(value, NULL, 10);
    else if (strcmp(name, "max.message.bytes") == 0)
        facts->max_message_bytes = strtoll(value, NULL, 10);
    else if (strcmp(name, "cleanup.policy") == 0) {
        facts->is_compacted = strstr(value, "compact") != NULL;
        facts->is_deleted = strstr(value, "delete") != NULL;
    } else if (strcmp(name, "message.timestamp.type") == 0)
        facts->is_stamped_by_broker = strcmp(value, "LogAppendTime") == 0;
}

/* All topics that are asked about. */
struct topic_list {
    struct topic_facts *facts;
    size_t n;
};

static struct topic_facts *facts_of(const struct topic_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->facts[i].name && strcmp(list->facts[i].name, name) == 0)
            return &list->facts[i];
    }
    return NULL;
}

static void on_topic(void *opaque, const char *name, rd_kafka_resp_err_t code)
{
    struct topic_facts *facts = facts_of(opaque, name);
    if (facts)
        facts->code = code;
}

static void on_setting(void *opaque, const char *name, const char *setting,
                       const char *value)
{
    struct topic_facts *facts = facts_of(opaque, name);
    if (facts)
        facts_set(facts, setting, value);
}

static int facts_ask(rd_kafka_t *rk, struct topic_facts *facts, size_t n, int timeout_ms,
                     struct fault *fault)
{
    struct topic_list list = {facts, n};
    const struct described to = {&list, on_topic, on_setting};
    const char **names = calloc(n, sizeof(*names));
    if (!names)
        return fault_set(fault, FAULT_WORLD, "out of memory");
    size_t n_names = 0;
    for (size_t i = 0; i < n; i++) {
        if (facts[i].name)
            names[n_names++] = facts[i].name;
    }
    int r = describe(rk, RD_KAFKA_RESOURCE_TOPIC, names, n_names, timeout_ms, &to, fault);
    free(names);
    return r;
}

static void judge_kept(struct judgement *jud, const struct topic_facts *facts,
                       bool may_be_stamped)
{
    if (!facts->name)
        return;
    if (facts->retention_ms != -1 && !(may_be_stamped && facts->is_stamped_by_broker))
        judge_wrong(jud, facts->name, "retention.ms is %lld and must be -1",
                    facts->retention_ms);
    if (facts->is_compacted)
        judge_wrong(jud, facts->name, "cleanup.policy must be delete alone");
}

static void judge_clusters(struct judgement *jud, const struct topic_facts *facts)
{
    if (facts->name && (!facts->is_compacted || facts->is_deleted))
        judge_wrong(jud, facts->name, "cleanup.policy must be compact alone");
}

/* What is passed on must fit whatever it becomes: an article near the size that the
 * output takes brings its raw bytes along, and its text, of which a byte may have become
 * three. */
static long long tagged_bytes(long long output_bytes, long long input_bytes)
{
    long long larger = output_bytes > input_bytes ? output_bytes : input_bytes;
    return larger + 4 * input_bytes + HEADER_MARGIN;
}

static void judge_tagged(struct judgement *jud, const struct topic_facts *facts,
                         const struct topic_facts *input)
{
    const struct topic_facts *tagged = &facts[SINK_TAGGED];
    long long least =
        tagged_bytes(facts[SINK_OUTPUT].max_message_bytes, input->max_message_bytes);
    if (tagged->name && tagged->max_message_bytes < least)
        judge_wrong(jud, tagged->name,
                    "max.message.bytes is %lld and must be %lld, since %s takes %lld",
                    tagged->max_message_bytes, least, input->name,
                    input->max_message_bytes);
}

/* facts: ours by enum sink_topic, then the inputs. */
static void judge_all(struct judgement *jud, const struct topic_facts *facts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!facts[i].name)
            continue;
        if (facts[i].code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
            judge_wrong(jud, facts[i].name, "does not exist");
        else if (facts[i].code != RD_KAFKA_RESP_ERR_NO_ERROR)
            judge_wrong(jud, facts[i].name, "does not tell its settings: %s",
                        rd_kafka_err2str(facts[i].code));
    }
    if (jud->n_wrong)
        return;
    judge_kept(jud, &facts[SINK_OUTPUT], true);
    judge_kept(jud, &facts[SINK_DLQ], true);
    judge_kept(jud, &facts[SINK_SKETCH], false);
    judge_kept(jud, &facts[SINK_TAGGED], true);
    judge_clusters(jud, &facts[SINK_CLUSTERS]);
    for (size_t i = SINK_TOPICS; i < n; i++) {
        long long least = facts[i].max_message_bytes + HEADER_MARGIN;
        judge_tagged(jud, facts, &facts[i]);
        if (facts[SINK_DLQ].name && facts[SINK_DLQ].max_message_bytes < least)
            judge_wrong(jud, facts[SINK_DLQ].name,
                        "max.message.bytes is %lld and must be %lld, since %s takes %lld",
                        facts[SINK_DLQ].max_message_bytes, least, facts[i].name,
                        facts[i].max_message_bytes);
    }
}

static int facts_all(rd_kafka_t *rk, const struct config *cfg, int timeout_ms,
                     struct topic_facts **ret_facts, size_t *ret_n, struct fault *fault)
{
    size_t n = SINK_TOPICS + cfg->n_topics;
    struct topic_facts *facts = calloc(n, sizeof(*facts));
    if (!facts) {
        (void)fault_set(fault, FAULT_WORLD, "out of memory");
        return -1;
    }
    for (int i = 0; i < SINK_TOPICS; i++)
        facts[i].name = sink_topic_name(cfg, (enum sink_topic)i);
    for (size_t i = 0; i < cfg->n_topics; i++)
        facts[SINK_TOPICS + i].name = cfg->topics[i];
    if (facts_ask(rk, facts, n, timeout_ms, fault) < 0) {
        free(facts);
        return -1;
    }
    *ret_facts = facts;
    *ret_n = n;
    return 0;
}

/* The same, asked again for up to `news_ms` while a topic is unknown. */
static int facts_settled(rd_kafka_t *rk, const struct config *cfg, int timeout_ms,
                         int news_ms, struct topic_facts **ret_facts, size_t *ret_n,
                         struct fault *fault)
{
    int64_t until_ms = monotonic_ms() + news_ms;
    for (;;) {
        bool is_known = true;
        if (facts_all(rk, cfg, timeout_ms, ret_facts, ret_n, fault) < 0)
            return -1;
        for (size_t i = 0; i < *ret_n; i++)
            is_known = is_known &&
                       (*ret_facts)[i].code != RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
        if (is_known || monotonic_ms() >= until_ms)
            return 0;
        free(*ret_facts);
        (void)usleep(KAFKA_NEWS_STEP_US);
    }
}

int topics_inspect(rd_kafka_t *rk, const struct config *cfg, struct patience *pat,
                   size_t ret_limits[SINK_TOPICS], struct fault *fault)
{
    struct topic_facts *facts;
    struct judgement jud = {0};
    size_t n;
    for (int i = 0; i < SINK_TOPICS; i++)
        ret_limits[i] = (size_t)cfg->output_max_bytes;
    if (!cfg->check_topics)
        return 0;
    int ms = patience_slice_ms(pat, PATIENCE_MOST_MS);
    int news_ms = ms < KAFKA_NEWS_MS ? ms : KAFKA_NEWS_MS;
    if (facts_settled(rk, cfg, ms, news_ms, &facts, &n, fault) < 0)
        return -1;
    judge_all(&jud, facts, n);
    for (int i = 0; i < SINK_TOPICS; i++) {
        size_t takes = (size_t)facts[i].max_message_bytes;
        if (facts[i].name && (takes < ret_limits[i] || i == SINK_DLQ || i == SINK_TAGGED))
            ret_limits[i] = takes;
    }
    free(facts);
    return jud.n_wrong ? fault_set(fault, FAULT_USAGE, "%s", jud.sentence) : 0;
}

static rd_kafka_t *admin_open(const struct config *cfg, struct fault *fault)
{
    rd_kafka_conf_t *conf = kafka_conf_new(cfg->kafka, NULL, NULL, fault);
    return conf ? kafka_open(RD_KAFKA_PRODUCER, &conf, fault) : NULL;
}

/* The sketch log and what taggers pass on are orders. */
static int judge_partitions(struct judgement *jud, rd_kafka_t *rk,
                            const struct topic_facts *facts, struct fault *fault)
{
    if (!facts->name || facts->code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return 0;
    int n = kafka_partitions(rk, facts->name, ADMIN_MS, fault);
    if (n > 1)
        judge_wrong(jud, facts->name, "has %d partitions and must have one", n);
    return n < 0 ? -1 : 0;
}

int topics_judge(const struct config *cfg, struct patience *pat,
                 size_t ret_limits[SINK_TOPICS], struct fault *fault)
{
    rd_kafka_t *rk = admin_open(cfg, fault);
    if (!rk)
        return -1;
    int r = topics_inspect(rk, cfg, pat, ret_limits, fault);
    rd_kafka_destroy(rk);
    return r;
}

static int check_with(rd_kafka_t *rk, const struct config *cfg, int news_ms, FILE *report,
                      struct fault *fault)
{
    struct topic_facts *facts;
    struct judgement jud = {.report = report};
    size_t n, n_named = 0;
    if (facts_settled(rk, cfg, ADMIN_MS, news_ms, &facts, &n, fault) < 0)
        return -1;
    judge_all(&jud, facts, n);
    for (size_t i = 0; i < n; i++)
        n_named += facts[i].name != NULL;
    int r = 0;
    if (judge_partitions(&jud, rk, &facts[SINK_SKETCH], fault) < 0 ||
        judge_partitions(&jud, rk, &facts[SINK_TAGGED], fault) < 0)
        r = -1;
    free(facts);
    if (r < 0)
        return -1;
    if (jud.n_wrong)
        return fault_set(fault, FAULT_USAGE, "%d of the topics' settings are wrong",
                         jud.n_wrong);
    fprintf(report, "%zu topics are as they should be\n", n_named);
    return 0;
}

int topics_check(const struct config *cfg, FILE *report, struct fault *fault)
{
    rd_kafka_t *rk = admin_open(cfg, fault);
    if (!rk)
        return -1;
    int r = check_with(rk, cfg, 0, report, fault);
    rd_kafka_destroy(rk);
    return r;
}

/* `policy`: NULL for a topic that is not ours alone. */
static rd_kafka_NewTopic_t *topic_plan(const struct config *cfg, const char *name,
                                       int partitions, const char *policy)
{
    char message[128], bytes[24];
    long long size = cfg->output_max_bytes;
    /* -1: as many replicas as the broker's default says. */
    rd_kafka_NewTopic_t *topic =
        rd_kafka_NewTopic_new(name, partitions, -1, message, sizeof(message));
    if (!topic)
        return NULL;
    if (policy) {
        (void)rd_kafka_NewTopic_set_config(topic, "retention.ms", "-1");
        (void)rd_kafka_NewTopic_set_config(topic, "cleanup.policy", policy);
    }
    if (strcmp(name, cfg->dlq_topic) == 0)
        size += HEADER_MARGIN;
    if (strcmp(name, cfg->tagged_topic) == 0) { /* read once; a week is for outages */
        size = tagged_bytes(size, size);
        (void)rd_kafka_NewTopic_set_config(topic, "retention.ms", "604800000");
        (void)rd_kafka_NewTopic_set_config(topic, "message.timestamp.type",
                                           "LogAppendTime");
    }
    (void)snprintf(bytes, sizeof(bytes), "%lld", size);
    (void)rd_kafka_NewTopic_set_config(topic, "max.message.bytes", bytes);
    return topic;
}

static int report_created(rd_kafka_event_t *event, FILE *report, struct fault *fault)
{
    size_t n;
    const rd_kafka_topic_result_t **results = rd_kafka_CreateTopics_result_topics(
        rd_kafka_event_CreateTopics_result(event), &n);
    for (size_t i = 0; i < n; i++) {
        rd_kafka_resp_err_t code = rd_kafka_topic_result_error(results[i]);
        const char *name = rd_kafka_topic_result_name(results[i]);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
            fprintf(report, "%s: created\n", name);
        else if (code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
            fprintf(report, "%s: was there\n", name);
        else
            return fault_set(fault, FAULT_WORLD, "%s: %s", name,
                             rd_kafka_topic_result_error_string(results[i]));
    }
    return 0;
}

static int create_with(rd_kafka_t *rk, const struct config *cfg, FILE *report,
                       struct fault *fault)
{
    size_t n = 0;
    int r = -1;
    rd_kafka_NewTopic_t **plans = calloc(SINK_TOPICS + cfg->n_topics, sizeof(*plans));
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
    rd_kafka_AdminOptions_t *options =
        kafka_admin_options(rk, RD_KAFKA_ADMIN_OP_CREATETOPICS, ADMIN_MS);
    rd_kafka_event_t *event = NULL;
    if (!plans) {
        (void)fault_set(fault, FAULT_WORLD, "out of memory");
        goto out;
    }
    for (int i = 0; i < SINK_TOPICS; i++) {
        const char *name = sink_topic_name(cfg, (enum sink_topic)i);
        if (name)
            plans[n++] =
                topic_plan(cfg, name, 1, i == SINK_CLUSTERS ? "compact" : "delete");
    }
    for (size_t i = 0; i < cfg->n_topics; i++)
        plans[n++] = topic_plan(cfg, cfg->topics[i], 1, NULL);
    rd_kafka_CreateTopics(rk, plans, n, options, queue);
    event = rd_kafka_queue_poll(queue, ADMIN_MS + 1000);
    if (!event || rd_kafka_event_error(event))
        (void)fault_set(fault, FAULT_WORLD, "creating topics: %s",
                        event ? rd_kafka_event_error_string(event) : "no answer");
    else
        r = report_created(event, report, fault);
out:
    if (event)
        rd_kafka_event_destroy(event);
    if (plans)
        rd_kafka_NewTopic_destroy_array(plans, n);
    free(plans);
    rd_kafka_AdminOptions_destroy(options);
    rd_kafka_queue_destroy(queue);
    return r;
}

int topics_create(const struct config *cfg, FILE *report, struct fault *fault)
{
    rd_kafka_t *rk = admin_open(cfg, fault);
    if (!rk)
        return -1;
    int r = create_with(rk, cfg, report, fault);
    if (r == 0)
        r = check_with(rk, cfg, ADMIN_MS, report, fault);
    rd_kafka_destroy(rk);
    return r;
}
