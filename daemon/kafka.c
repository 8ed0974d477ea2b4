/* kafka.c -- configurations, errors and outages, the same for every handle.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The user's `[kafka]` properties go to librdkafka untouched. Refused are those on which
 * exactly-once rests: a wish of the user could only break it.
 *
 * librdkafka repeats itself while a broker is away, on every handle. The operator reads
 * one line when the outage begins and one when it ends; the rest is for debugging. */
#include "kafka.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "nearest.h"
#include "patience.h"

static const struct {
    const char *name;
    const char *why;
} refusals[] = {
    {"auto.offset.reset", "a lost position must stop the daemon, never move it"},
    {"check.crcs", "is always on"},
    {"dr_msg_cb", "is the daemon's own"},
    {"enable.auto.commit", "offsets are committed with the output"},
    {"enable.auto.offset.store", "offsets are committed with the output"},
    {"enable.gapless.guarantee", "a lost message must end the transaction"},
    {"enable.idempotence", "is always on"},
    {"enable.partition.eof", "is needed to find the end of the sketch log"},
    {"group.id", "follows from desk.group"},
    {"group.instance.id", "the lease needs members that can leave"},
    {"isolation.level", "each handle needs its own"},
    {"max.in.flight.requests.per.connection", "order rests on it"},
    {"message.max.bytes", "follows from output.max_bytes"},
    {"partition.assignment.strategy", "the lease needs its own"},
    {"queue.buffering.max.kbytes", "follows from the size of a transaction"},
    {"queue.buffering.max.messages", "follows from the size of a transaction"},
    {"session.timeout.ms", "follows from desk.lease_ms"},
    {"transactional.id", "follows from desk.group and output.topic"},
};

const char *kafka_property_refusal(const char *name)
{
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        if (strcmp(refusals[i].name, name) == 0)
            return refusals[i].why;
    }
    return NULL;
}

const char *kafka_property_refused(size_t i, const char **ret_why)
{
    if (i >= sizeof(refusals) / sizeof(refusals[0]))
        return NULL;
    *ret_why = refusals[i].why;
    return refusals[i].name;
}

bool kafka_property_is_secret(const char *name)
{
    static const char *const parts[] = {"password", "secret", ".pem",
                                        "oauthbearer.config"};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (strstr(name, parts[i]))
            return true;
    }
    return false;
}

/* librdkafka lists its properties as a page only: a line each, the name first. */
static void add_nearest(const char *wanted, char *message, size_t size)
{
    struct nearest near = {.wanted = wanted};
    char *page = NULL, *rest, *line;
    size_t page_size = 0;
    FILE *out = open_memstream(&page, &page_size);
    if (!out)
        return;
    rd_kafka_conf_properties_show(out);
    fclose(out);
    for (line = strtok_r(page, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        line[strcspn(line, " ")] = '\0';
        nearest_look(&near, line);
    }
    size_t used = strlen(message);
    if (*near.name)
        (void)snprintf(message + used, size - used, "; is %s meant?", near.name);
    free(page);
}

int kafka_property_check(const char *name, const char *value, char *message, size_t size)
{
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    rd_kafka_conf_res_t res = rd_kafka_conf_set(conf, name, value, message, size);
    rd_kafka_conf_destroy(conf);
    if (res == RD_KAFKA_CONF_UNKNOWN)
        add_nearest(name, message, size);
    return res == RD_KAFKA_CONF_OK ? 0 : -1;
}

static atomic_int last_error; /* code of the outage that was told; 0: none */

/* Whether `code` says more than what was told: that no broker is left only when nothing
 * was, since each of the others is why. */
static bool is_news(int code)
{
    int told = atomic_load(&last_error);
    if (told == code || (told != 0 && code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN))
        return false;
    return atomic_compare_exchange_strong(&last_error, &told, code);
}

static void on_error(rd_kafka_t *rk, int code, const char *reason, void *opaque)
{
    (void)opaque;
    switch (code) {
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR__SSL:
    case RD_KAFKA_RESP_ERR__RESOLVE:
        if (is_news(code))
            log_warning("broker out of reach", LOG_TEXT("reason", reason),
                        LOG_TEXT("action", "keep trying"));
        break;
    default: /* the call that suffers from it reports it */
        log_debug("librdkafka", LOG_TEXT("handle", rd_kafka_name(rk)),
                  LOG_TEXT("error", rd_kafka_err2name(code)), LOG_TEXT("reason", reason));
    }
}

/* librdkafka has one sentence for every certificate that it does not like; these say what
 * to look at. Numbers of X509_verify_cert_error_string(3). */
static const char *certificate_fault(int code)
{
    switch (code) {
    case 10: /* X509_V_ERR_CERT_HAS_EXPIRED */
        return "has expired";
    case 9: /* X509_V_ERR_CERT_NOT_YET_VALID */
        return "is not valid yet";
    case 62: /* X509_V_ERR_HOSTNAME_MISMATCH */
    case 64: /* X509_V_ERR_IP_ADDRESS_MISMATCH */
        return "is for another host name";
    case 18: /* X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT */
    case 19: /* X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN */
    case 20: /* X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY */
    case 21: /* X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE */
        return "is not from an authority in kafka.ssl.ca.location";
    default:
        return "cannot be verified";
    }
}

/* The last certificate that was refused, and why. Written on librdkafka's threads. */
static pthread_mutex_t refused_lock = PTHREAD_MUTEX_INITIALIZER;
static char refused_certificate[300];

bool kafka_refused_certificate(char *reason, size_t size)
{
    (void)pthread_mutex_lock(&refused_lock);
    (void)snprintf(reason, size, "%s", refused_certificate);
    (void)pthread_mutex_unlock(&refused_lock);
    return *reason != '\0';
}

static int on_certificate(rd_kafka_t *rk, const char *broker, int32_t id, int *code,
                          int depth, const char *bytes, size_t size, char *message,
                          size_t message_size, void *opaque)
{
    char reason[300];
    (void)rk;
    (void)id;
    (void)depth;
    (void)bytes;
    (void)size;
    (void)opaque;
    if (*code == 0)
        return 1;
    (void)snprintf(reason, sizeof(reason), "the certificate of %s %s", broker,
                   certificate_fault(*code));
    (void)snprintf(message, message_size, "%s", reason);
    (void)pthread_mutex_lock(&refused_lock);
    memcpy(refused_certificate, reason, sizeof(reason));
    (void)pthread_mutex_unlock(&refused_lock);
    if (is_news(RD_KAFKA_RESP_ERR__SSL))
        log_warning("broker out of reach", LOG_TEXT("reason", reason),
                    LOG_NUMBER("x509", *code), LOG_TEXT("action", "keep trying"));
    return 0;
}

void kafka_note_alive(void)
{
    if (atomic_load(&last_error) != 0 && atomic_exchange(&last_error, 0) != 0)
        log_info("broker answers again");
}

static void on_log(const rd_kafka_t *rk, int level, const char *fac, const char *text)
{
    /* Its errors come to us as return values and through on_error. */
    enum log_level ours = level <= 2 ? LOG_LEVEL_ERROR : LOG_LEVEL_DEBUG;
    if (log_wants(ours))
        log_line(ours, "librdkafka", LOG_TEXT("handle", rk ? rd_kafka_name(rk) : "none"),
                 LOG_TEXT("fac", fac), LOG_TEXT("text", text));
}

static int conf_add(rd_kafka_conf_t *conf, const struct kafka_property *list,
                    struct fault *fault)
{
    char message[256];
    for (; list && list->name; list++) {
        if (list->value && rd_kafka_conf_set(conf, list->name, list->value, message,
                                             sizeof(message)) != RD_KAFKA_CONF_OK)
            return fault_set(fault, FAULT_USAGE, "kafka.%s: %s", list->name, message);
    }
    return 0;
}

rd_kafka_conf_t *kafka_conf_new(const struct kafka_property *user,
                                const struct kafka_property *ours, void *opaque,
                                struct fault *fault)
{
    static const struct kafka_property common[] = {
        {"client.id", "wiredesk"},
        {"retry.backoff.ms", "2"}, /* the default of 100 is felt in every commit */
        {"reconnect.backoff.ms", "50"},
        {"reconnect.backoff.max.ms", "2000"},
        {"log.connection.close", "false"},
        {"socket.nagle.disable", "true"}, /* requests are whole when they are sent */
        {NULL, NULL},
    };
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    if (conf_add(conf, common, fault) < 0 || conf_add(conf, user, fault) < 0 ||
        conf_add(conf, ours, fault) < 0) {
        rd_kafka_conf_destroy(conf);
        return NULL;
    }
    rd_kafka_conf_set_error_cb(conf, on_error);
    rd_kafka_conf_set_log_cb(conf, on_log);
    /* It fails only where librdkafka was built without TLS. */
    (void)rd_kafka_conf_set_ssl_cert_verify_cb(conf, on_certificate);
    rd_kafka_conf_set_opaque(conf, opaque);
    return conf;
}

rd_kafka_t *kafka_open(rd_kafka_type_t type, rd_kafka_conf_t **conf, struct fault *fault)
{
    char message[256];
    rd_kafka_t *rk = rd_kafka_new(type, *conf, message, sizeof(message));
    if (!rk) {
        rd_kafka_conf_destroy(*conf);
        (void)fault_set(fault, FAULT_USAGE, "no Kafka client: %s", message);
    } else if (type == RD_KAFKA_CONSUMER) {
        rd_kafka_poll_set_consumer(rk);
    }
    *conf = NULL;
    return rk;
}

static bool is_fenced(rd_kafka_resp_err_t code)
{
    return code == RD_KAFKA_RESP_ERR__FENCED ||
           code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED ||
           code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH;
}

static bool is_forbidden(rd_kafka_resp_err_t code)
{
    return code == RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED ||
           code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
           code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED ||
           code == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED;
}

static int fault_of(struct fault *fault, const char *what, rd_kafka_resp_err_t code,
                    const char *text)
{
    if (is_fenced(code))
        return fault_set(fault, FAULT_FENCED,
                         "%s: fenced, another instance has taken over this desk", what);
    if (is_forbidden(code))
        return fault_set(fault, FAULT_USAGE, "%s: the broker forbids it: %s", what, text);
    return fault_set(fault, FAULT_WORLD, "%s: %s", what, text);
}

int kafka_fault(struct fault *fault, const char *what, rd_kafka_error_t *error)
{
    (void)fault_of(fault, what, rd_kafka_error_code(error), rd_kafka_error_string(error));
    rd_kafka_error_destroy(error);
    return -1;
}

int kafka_fault_code(struct fault *fault, const char *what, rd_kafka_resp_err_t code)
{
    return fault_of(fault, what, code, rd_kafka_err2str(code));
}

static rd_kafka_resp_err_t partitions_ask(rd_kafka_t *rk, rd_kafka_topic_t *rkt,
                                          int timeout_ms, int *ret_n)
{
    const struct rd_kafka_metadata *meta = NULL;
    rd_kafka_resp_err_t code = rd_kafka_metadata(rk, 0, rkt, &meta, timeout_ms);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR && meta->topic_cnt == 1) {
        code = meta->topics[0].err;
        *ret_n = meta->topics[0].partition_cnt;
    }
    if (meta)
        rd_kafka_metadata_destroy(meta);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR && *ret_n <= 0)
        return RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    return code;
}

int kafka_partitions(rd_kafka_t *rk, const char *topic, int timeout_ms,
                     struct fault *fault)
{
    int n = -1;
    int64_t until_ms =
        monotonic_ms() + (timeout_ms < KAFKA_NEWS_MS ? timeout_ms : KAFKA_NEWS_MS);
    rd_kafka_topic_t *rkt = rd_kafka_topic_new(rk, topic, NULL);
    if (!rkt)
        return kafka_fault_code(fault, topic, rd_kafka_last_error());
    rd_kafka_resp_err_t code = partitions_ask(rk, rkt, timeout_ms, &n);
    while (code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART && monotonic_ms() < until_ms) {
        (void)usleep(KAFKA_NEWS_STEP_US);
        code = partitions_ask(rk, rkt, timeout_ms, &n);
    }
    rd_kafka_topic_destroy(rkt);
    if (code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
        return fault_set(fault, FAULT_USAGE,
                         "topic %s does not exist (`wiredesk topics create` makes it)",
                         topic);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return kafka_fault_code(fault, topic, code);
    kafka_note_alive();
    return n;
}

static rd_kafka_resp_err_t on_request_sent(rd_kafka_t *rk, int sockfd, const char *broker,
                                           int32_t broker_id, int16_t key,
                                           int16_t version, int32_t correlation,
                                           size_t size, void *opaque)
{
    const struct kafka_watch *watch = opaque;
    (void)rk;
    (void)sockfd;
    (void)broker;
    (void)broker_id;
    (void)version;
    (void)correlation;
    (void)size;
    watch->on_request(watch->opaque, key);
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

static rd_kafka_resp_err_t on_new(rd_kafka_t *rk, const rd_kafka_conf_t *conf,
                                  void *opaque, char *message, size_t size)
{
    (void)conf;
    (void)message;
    (void)size;
    return rd_kafka_interceptor_add_on_request_sent(rk, "wiredesk", on_request_sent,
                                                    opaque);
}

int kafka_watch_requests(rd_kafka_conf_t *conf, struct kafka_watch *watch,
                         struct fault *fault)
{
    if (rd_kafka_conf_interceptor_add_on_new(conf, "wiredesk", on_new, watch) !=
        RD_KAFKA_RESP_ERR_NO_ERROR)
        return fault_set(fault, FAULT_WORLD, "librdkafka takes no interceptor");
    return 0;
}

int64_t kafka_position(rd_kafka_t *rk, const char *topic, int32_t partition)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    const rd_kafka_topic_partition_t *part =
        rd_kafka_topic_partition_list_add(list, topic, partition);
    int64_t position = -1;
    if (rd_kafka_position(rk, list) == RD_KAFKA_RESP_ERR_NO_ERROR && part->offset >= 0)
        position = part->offset;
    rd_kafka_topic_partition_list_destroy(list);
    return position;
}

rd_kafka_AdminOptions_t *kafka_admin_options(rd_kafka_t *rk, rd_kafka_admin_op_t op,
                                             int timeout_ms)
{
    char message[128];
    rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(rk, op);
    /* It refuses only numbers out of range; ours are constants. */
    (void)rd_kafka_AdminOptions_set_request_timeout(options, timeout_ms, message,
                                                    sizeof(message));
    return options;
}
