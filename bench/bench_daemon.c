/* bench_daemon.c -- wiredeskd on a real Kafka: articles a second, latency, memory.
 * SPDX-License-Identifier: Apache-2.0
 *
 * bench_daemon [ARTICLES [RATE [SECONDS]]]   (20000, 100, 20)
 * Needs a broker: `script/kafka start`, and WD_KAFKA_BROKERS when it is not the tests'.
 * Broker, feed, daemon and reader share the machine. Throughput: all articles are in the
 * topic before the daemon starts, and the clock runs from its first commit to its last.
 * Latency: from just before an article is sent to the moment a read_committed consumer
 * has its sketch, which is committed together with its output. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "articles.h"
#include "check.h"
#include "child.h"
#include "topic.h"

#define ARTICLE_BYTES 4096

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static rd_kafka_t *reader_open(const char *topic)
{
    static const char *const pairs[][2] = {
        {"group.id", "bench"},
        {"isolation.level", "read_committed"},
        {"enable.auto.commit", "false"},
        {"auto.offset.reset", "error"},
        {"log_level", "2"},
    };
    char message[200];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    CHECK(rd_kafka_conf_set(conf, "bootstrap.servers", brokers(), message,
                            sizeof(message)) == 0,
          "%s", message);
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        CHECK(rd_kafka_conf_set(conf, pairs[i][0], pairs[i][1], message,
                                sizeof(message)) == 0,
              "%s", message);
    rd_kafka_t *rk = rd_kafka_new(RD_KAFKA_CONSUMER, conf, message, sizeof(message));
    CHECK(rk, "%s", message);
    rd_kafka_poll_set_consumer(rk);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, topic, 0)->offset = 0;
    CHECK(rd_kafka_assign(rk, list) == 0, "cannot read %s", topic);
    rd_kafka_topic_partition_list_destroy(list);
    return rk;
}

/* Takes one record if there is one within `ms`. */
static bool reader_take(rd_kafka_t *rk, int ms)
{
    rd_kafka_message_t *msg = rd_kafka_consumer_poll(rk, ms);
    if (!msg)
        return false;
    CHECK(!msg->err, "reading: %s", rd_kafka_message_errstr(msg));
    rd_kafka_message_destroy(msg);
    return true;
}

static void measure_throughput(const struct deployment *dep, size_t n)
{
    struct child child;
    double first_s = 0, last_s = 0;
    size_t got = 0, before = 0;
    struct feed *feed = feed_open(dep->input, 1);
    feed_articles(feed, 0, n, ARTICLE_BYTES);
    feed_close(feed);
    rd_kafka_t *rk = reader_open(dep->sketch);
    child_start(&child, dep, NULL);
    while (got < n) {
        if (!reader_take(rk, 60000))
            FAIL("%zu of %zu came", got, n);
        got++;
        last_s = now_s();
        if (first_s == 0) {
            first_s = last_s;
            before = 1;
        }
    }
    printf("| throughput, %zu articles of 4 KB, exactly once | %.0f articles/s |\n", n,
           (double)(n - before) / (last_s - first_s));
    printf("| processor time | %.2f ms an article |\n",
           (double)child_cpu_ms(&child) / (double)n);
    printf("| memory with %zu articles in the window | %ld MB resident, %ld MB of it its "
           "own |\n",
           n, child_memory_kb(&child, "VmRSS") / 1024,
           child_memory_kb(&child, "RssAnon") / 1024);
    child_signal(&child, SIGTERM);
    CHECK(child_wait(&child, 15000) == 0, "SIGTERM did not end it well");
    rd_kafka_destroy(rk);
}

static void measure_restart(const struct deployment *dep, size_t n)
{
    struct child child;
    double begun_s = now_s();
    child_start(&child, dep, NULL);
    CHECK(child_await(&child, "STATUS=active", 60000), "it is not active");
    printf("| restart with %zu articles in the window, until active | %.0f ms, %ld MB of "
           "its own |\n",
           n, (now_s() - begun_s) * 1000, child_memory_kb(&child, "RssAnon") / 1024);
    if (getenv("WD_BENCH_HOLD")) /* for a debugger */
        (void)sleep((unsigned)atoi(getenv("WD_BENCH_HOLD")));
    child_signal(&child, SIGTERM);
    CHECK(child_wait(&child, 15000) == 0, "SIGTERM did not end it well");
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void measure_latency(const struct deployment *dep, int rate, int seconds)
{
    size_t n = (size_t)rate * (size_t)seconds, sent = 0, got = 0;
    double *sent_s = calloc(n, sizeof(*sent_s)), *took_ms = calloc(n, sizeof(*took_ms));
    struct child child;
    CHECK(sent_s && took_ms, "out of memory");
    struct feed *feed = feed_open(dep->input, 1);
    rd_kafka_t *rk = reader_open(dep->sketch);
    child_start(&child, dep, NULL);
    CHECK(child_await(&child, "STATUS=active", 60000), "it is not active");
    double begun_s = now_s();
    while (got < n) {
        double due_s = begun_s + (double)sent / rate;
        if (sent < n && now_s() >= due_s) {
            struct made_article art = {0};
            article_make(sent, ARTICLE_BYTES, &art);
            sent_s[sent++] = now_s();
            feed_record(feed, art.key, strlen(art.key),
                        art.value.data ? art.value.data : "", art.value.size, NULL,
                        art.timestamp_ms);
            wd_buf_done(&art.value);
        }
        if (reader_take(rk, 1)) {
            took_ms[got] = (now_s() - sent_s[got]) * 1000;
            got++;
        }
        CHECK(now_s() < begun_s + seconds + 30, "%zu of %zu came", got, n);
    }
    /* The first second warms broker and daemon up. */
    size_t first = n > (size_t)rate ? (size_t)rate : 0, m = n - first;
    qsort(took_ms + first, m, sizeof(*took_ms), by_size);
    printf("| latency at %d articles/s for %d s | p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, "
           "most %.1f ms |\n",
           rate, seconds, took_ms[first + m / 2], took_ms[first + m * 95 / 100],
           took_ms[first + m * 99 / 100], took_ms[n - 1]);
    child_signal(&child, SIGTERM);
    CHECK(child_wait(&child, 15000) == 0, "SIGTERM did not end it well");
    rd_kafka_destroy(rk);
    feed_close(feed);
    free(sent_s);
    free(took_ms);
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 20000;
    int rate = argc > 2 ? atoi(argv[2]) : 100;
    int seconds = argc > 3 ? atoi(argv[3]) : 20;
    struct deployment dep;
    CHECK(n >= 2 && rate > 0 && seconds > 1, "bench_daemon [ARTICLES [RATE [SECONDS]]]");
    setvbuf(stdout, NULL, _IOLBF, 0);
    puts("| wiredeskd on a real Kafka | figure |\n|---|---|");
    deployment_make(&dep, "bench-speed", NULL, 1);
    measure_throughput(&dep, n);
    measure_restart(&dep, n);
    deployment_make(&dep, "bench-delay", NULL, 1);
    measure_latency(&dep, rate, seconds);
    return 0;
}
