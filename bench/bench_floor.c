/* bench_floor.c -- the least that any exactly-once service on Kafka has to spend.
 * SPDX-License-Identifier: Apache-2.0
 *
 * bench_floor [ARTICLES [TIMES]]   (80000, 1)
 * Needs a broker: `script/kafka start`, and WD_KAFKA_BROKERS when it is not the tests'.
 * The same records that bench_daemon feeds are copied, byte for byte, from one topic to
 * another: one thread, librdkafka alone, the input offsets in each transaction. What is
 * between this and wiredeskd is what wiredeskd does. TIMES: a copy holds its record so
 * often, since what wiredeskd writes is larger than what it reads.
 *
 * The reader's queue is large enough never to be full. By its defaults it holds 64 MB,
 * and when that is taken librdkafka 2.0.2 looks for more a second later (daemon/
 * fetching.c): the floor then was 64 MB a second, 19,000 records, whatever was done with
 * them. */
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "feed.h"
#include "topic.h"
#include "wiredesk/buf.h"

#define TXN_RECORDS 1000
#define WAIT_MS     30000

static double cpu_ms(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e3 +
           (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e3;
}

static void check_error(rd_kafka_error_t *error, const char *what)
{
    CHECK(!error, "%s: %s", what, rd_kafka_error_string(error));
}

/* Without a callback flush sleeps in steps of 10 ms. */
static void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *msg, void *opaque)
{
    (void)rk;
    (void)opaque;
    CHECK(!msg->err, "writing: %s", rd_kafka_message_errstr(msg));
}

/* `pairs` ends with a NULL name. */
static rd_kafka_t *client_open(rd_kafka_type_t type, const char *const (*pairs)[2])
{
    char message[200];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    if (type == RD_KAFKA_PRODUCER)
        rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    for (; (*pairs)[0]; pairs++)
        CHECK(rd_kafka_conf_set(conf, (*pairs)[0], (*pairs)[1], message,
                                sizeof(message)) == 0,
              "%s", message);
    rd_kafka_t *rk = rd_kafka_new(type, conf, message, sizeof(message));
    CHECK(rk, "%s", message);
    return rk;
}

static rd_kafka_t *writer_open(const char *id)
{
    const char *const pairs[][2] = {
        {"bootstrap.servers", brokers()},
        {"transactional.id", id},
        {"queue.buffering.max.messages", "1000000"},
        {"retry.backoff.ms", "2"},
        {NULL, NULL},
    };
    rd_kafka_t *rk = client_open(RD_KAFKA_PRODUCER, pairs);
    check_error(rd_kafka_init_transactions(rk, WAIT_MS), "init_transactions");
    return rk;
}

static rd_kafka_t *reader_open(const char *topic)
{
    const char *const pairs[][2] = {
        {"bootstrap.servers", brokers()},
        {"group.id", topic},
        {"isolation.level", "read_committed"},
        {"enable.auto.commit", "false"},
        {"auto.offset.reset", "error"},
        {"queued.min.messages", "10000000"},
        {"queued.max.messages.kbytes", "2097151"},
        {NULL, NULL},
    };
    rd_kafka_t *rk = client_open(RD_KAFKA_CONSUMER, pairs);
    rd_kafka_poll_set_consumer(rk);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, topic, 0)->offset = 0;
    CHECK(rd_kafka_assign(rk, list) == 0, "cannot read %s", topic);
    rd_kafka_topic_partition_list_destroy(list);
    return rk;
}

/* The value of a copy: the record's, `times` over. */
static struct wd_str value_of(const rd_kafka_message_t *msg, size_t times,
                              struct wd_buf *buf)
{
    if (times == 1)
        return (struct wd_str){msg->payload, msg->len};
    wd_buf_clear(buf);
    for (size_t i = 0; i < times; i++)
        wd_buf_append(buf, msg->payload, msg->len);
    CHECK(wd_buf_status(buf) == 0, "memory is short");
    return wd_buf_str(buf);
}

/* From where to where, and how large. */
struct copying {
    rd_kafka_t *reader;
    rd_kafka_t *writer;
    char input[80];
    char output[80];
    size_t times;
    struct wd_buf buf;
};

/* Copies up to TXN_RECORDS records in one transaction; how many. */
static size_t copy_some(struct copying *copying, size_t most)
{
    rd_kafka_t *reader = copying->reader, *writer = copying->writer;
    size_t n = 0;
    int64_t next = 0;
    check_error(rd_kafka_begin_transaction(writer), "begin_transaction");
    while (n < TXN_RECORDS && n < most) {
        rd_kafka_message_t *msg = rd_kafka_consumer_poll(reader, n ? 50 : WAIT_MS);
        if (!msg)
            break;
        CHECK(!msg->err, "reading: %s", rd_kafka_message_errstr(msg));
        struct wd_str value = value_of(msg, copying->times, &copying->buf);
        CHECK(rd_kafka_producev(
                  writer, RD_KAFKA_V_TOPIC(copying->output), RD_KAFKA_V_PARTITION(0),
                  RD_KAFKA_V_KEY(msg->key, msg->key_len),
                  RD_KAFKA_V_VALUE((void *)(uintptr_t)value.data, value.size),
                  RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END) == 0,
              "a record was not taken");
        next = msg->offset + 1;
        n++;
        rd_kafka_message_destroy(msg);
    }
    rd_kafka_topic_partition_list_t *offsets = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(offsets, copying->input, 0)->offset = next;
    rd_kafka_consumer_group_metadata_t *group = rd_kafka_consumer_group_metadata(reader);
    check_error(rd_kafka_send_offsets_to_transaction(writer, offsets, group, WAIT_MS),
                "send_offsets");
    check_error(rd_kafka_commit_transaction(writer, WAIT_MS), "commit_transaction");
    rd_kafka_consumer_group_metadata_destroy(group);
    rd_kafka_topic_partition_list_destroy(offsets);
    return n;
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 80000;
    struct copying copying = {.times = argc > 2 ? strtoul(argv[2], NULL, 10) : 1};
    CHECK(n >= 2 && copying.times >= 1, "bench_floor [ARTICLES [TIMES]]");
    wd_buf_init(&copying.buf, 64u << 20);
    (void)snprintf(copying.input, sizeof(copying.input), "floor-in-%ld", (long)getpid());
    (void)snprintf(copying.output, sizeof(copying.output), "floor-out-%ld",
                   (long)getpid());
    topic_make(copying.input, 1);
    topic_make(copying.output, 1);
    feed_synthetic(copying.input, 1, n);

    copying.reader = reader_open(copying.input);
    copying.writer = writer_open(copying.output);

    size_t warm = copy_some(&copying, n / 10 + 1), done = warm; /* warms both up */
    double begun_s = wall_s(), begun_cpu_ms = cpu_ms();
    while (done < n)
        done += copy_some(&copying, n - done);
    double measured = (double)(n - warm);
    const char *name = copying.times == 1 ? "floor" : "floor.as-large";
    printf("%s.rate\t%.0f\tarticles/s\n", name, measured / (wall_s() - begun_s));
    printf("%s.cpu\t%.3f\tms an article\n", name, (cpu_ms() - begun_cpu_ms) / measured);
    rd_kafka_destroy(copying.writer);
    (void)rd_kafka_consumer_close(copying.reader);
    rd_kafka_destroy(copying.reader);
    topic_delete(copying.input);
    topic_delete(copying.output);
    wd_buf_done(&copying.buf);
    return 0;
}
