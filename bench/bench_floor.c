/* bench_floor.c -- the least that any exactly-once service on Kafka has to spend.
 * SPDX-License-Identifier: Apache-2.0
 *
 * bench_floor [ARTICLES]   (20000)
 * Needs a broker: `script/kafka start`, and WD_KAFKA_BROKERS when it is not the tests'.
 * The same records that bench_daemon feeds are copied, byte for byte, from one topic to
 * another: one thread, librdkafka alone, the input offsets in each transaction. What is
 * between this and wiredeskd is what wiredeskd does. */
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "feed.h"
#include "topic.h"

#define TXN_RECORDS 1000
#define WAIT_MS     30000

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

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

static rd_kafka_t *writer_open(const char *id)
{
    const char *const pairs[][2] = {
        {"bootstrap.servers", brokers()},
        {"transactional.id", id},
        {"queue.buffering.max.messages", "1000000"},
        {"retry.backoff.ms", "2"},
    };
    char message[200];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        CHECK(rd_kafka_conf_set(conf, pairs[i][0], pairs[i][1], message,
                                sizeof(message)) == 0,
              "%s", message);
    rd_kafka_t *rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, message, sizeof(message));
    CHECK(rk, "%s", message);
    check_error(rd_kafka_init_transactions(rk, WAIT_MS), "init_transactions");
    return rk;
}

/* Copies up to TXN_RECORDS records in one transaction; how many. */
static size_t copy_some(rd_kafka_t *reader, rd_kafka_t *writer, const char *input,
                        const char *output, size_t most)
{
    size_t n = 0;
    int64_t next = 0;
    check_error(rd_kafka_begin_transaction(writer), "begin_transaction");
    while (n < TXN_RECORDS && n < most) {
        rd_kafka_message_t *msg = rd_kafka_consumer_poll(reader, n ? 50 : WAIT_MS);
        if (!msg)
            break;
        if (msg->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            rd_kafka_message_destroy(msg);
            continue;
        }
        CHECK(!msg->err, "reading: %s", rd_kafka_message_errstr(msg));
        CHECK(rd_kafka_producev(writer, RD_KAFKA_V_TOPIC(output), RD_KAFKA_V_PARTITION(0),
                                RD_KAFKA_V_KEY(msg->key, msg->key_len),
                                RD_KAFKA_V_VALUE(msg->payload, msg->len),
                                RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                                RD_KAFKA_V_END) == 0,
              "a record was not taken");
        next = msg->offset + 1;
        n++;
        rd_kafka_message_destroy(msg);
    }
    rd_kafka_topic_partition_list_t *offsets = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(offsets, input, 0)->offset = next;
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
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 20000, done = 0;
    char input[80], output[80];
    CHECK(n >= 2, "bench_floor [ARTICLES]");
    (void)snprintf(input, sizeof(input), "floor-in-%ld", (long)getpid());
    (void)snprintf(output, sizeof(output), "floor-out-%ld", (long)getpid());
    topic_make(input, 1);
    topic_make(output, 1);
    feed_synthetic(input, 1, n);

    rd_kafka_t *reader = topic_reader(input);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, input, 0)->offset = 0;
    CHECK(rd_kafka_assign(reader, list) == 0, "cannot read %s", input);
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_t *writer = writer_open(output);

    done = copy_some(reader, writer, input, output, n / 10 + 1); /* warms both up */
    size_t warm = done;
    double begun_s = now_s(), begun_cpu_ms = cpu_ms();
    while (done < n)
        done += copy_some(reader, writer, input, output, n - done);
    double measured = (double)(n - warm);
    printf("floor.rate\t%.0f\tarticles/s\n", measured / (now_s() - begun_s));
    printf("floor.cpu\t%.3f\tms an article\n", (cpu_ms() - begun_cpu_ms) / measured);
    rd_kafka_destroy(writer);
    (void)rd_kafka_consumer_close(reader);
    rd_kafka_destroy(reader);
    topic_delete(input);
    topic_delete(output);
    return 0;
}
