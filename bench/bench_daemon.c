/* bench_daemon.c -- wiredeskd on a real Kafka: articles a second, latency, memory.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   bench_daemon [-l] [-n ARTICLES] [-r RATE] [-s SECONDS]     (20000, 100, 20)
 *   bench_daemon -f TOPIC [-n ARTICLES]
 *
 * Needs a broker: `script/kafka start`, and WD_KAFKA_BROKERS when it is not the tests'.
 * Broker, feed, daemon and reader share the machine. Each line is a name, a figure and
 * its unit, parted by tabs. -l: at least once, without transactions. -n 0 leaves out the
 * throughput, -r 0 the latency. The second form only fills a topic, for a peer.
 *
 * Throughput: all articles are in the topic before the daemon starts, and the clock runs
 * from its first commit to its last. Latency: from just before an article is sent to the
 * moment a read_committed consumer has its sketch, which is committed together with its
 * output. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "child.h"
#include "feed.h"
#include "topic.h"

static const char *const at_least_once[] = {"desk.mode=at-least-once", NULL};

/* What is measured, and how. */
struct plan {
    const char *mode; /* in the names of figures */
    const char *const *sets;
    size_t n_articles;
    int rate;
    int seconds;
};

static void report(const struct plan *plan, const char *name, double figure,
                   const char *unit)
{
    printf("daemon.%s.%s\t%.6g\t%s\n", plan->mode, name, figure, unit);
}

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

static void measure_throughput(const struct deployment *dep, const struct plan *plan)
{
    struct child child;
    double first_s = 0, last_s = 0;
    size_t n = plan->n_articles, got = 0, before = 0;
    feed_synthetic(dep->input, n);
    rd_kafka_t *rk = reader_open(dep->sketch);
    child_start(&child, dep, plan->sets);
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
    report(plan, "rate", (double)(n - before) / (last_s - first_s), "articles/s");
    report(plan, "cpu", (double)child_cpu_ms(&child) / (double)n, "ms an article");
    report(plan, "rss", (double)child_memory_kb(&child, "VmRSS") / 1024, "MB");
    report(plan, "own", (double)child_memory_kb(&child, "RssAnon") / 1024, "MB");
    child_end(&child);
    rd_kafka_destroy(rk);
}

/* With the window that measure_throughput() left, or with none. */
static void measure_start(const struct deployment *dep, const struct plan *plan,
                          const char *name)
{
    struct child child;
    double begun_s = now_s();
    child_start(&child, dep, plan->sets);
    CHECK(child_await(&child, "STATUS=active", 60000), "it is not active");
    report(plan, name, (now_s() - begun_s) * 1000, "ms");
    child_end(&child);
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void report_latency(const struct plan *plan, double *took_ms, size_t n)
{
    static const struct {
        const char *name;
        unsigned per_mille;
    } rows[] = {{"p50", 500}, {"p99", 990}, {"p99.9", 999}};
    /* The first second warms broker and daemon up. */
    size_t first = n > (size_t)plan->rate ? (size_t)plan->rate : 0, m = n - first;
    qsort(took_ms + first, m, sizeof(*took_ms), by_size);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char name[64];
        (void)snprintf(name, sizeof(name), "latency.%d.%s", plan->rate, rows[i].name);
        report(plan, name, took_ms[first + m * rows[i].per_mille / 1000], "ms");
    }
}

static void measure_latency(const struct deployment *dep, const struct plan *plan)
{
    size_t n = (size_t)plan->rate * (size_t)plan->seconds, sent = 0, got = 0;
    double *sent_s = calloc(n, sizeof(*sent_s)), *took_ms = calloc(n, sizeof(*took_ms));
    struct child child;
    CHECK(sent_s && took_ms, "out of memory");
    struct feed *feed = feed_open(dep->input, 1);
    rd_kafka_t *rk = reader_open(dep->sketch);
    child_start(&child, dep, plan->sets);
    CHECK(child_await(&child, "STATUS=active", 60000), "it is not active");
    double begun_s = now_s();
    while (got < n) {
        double due_s = begun_s + (double)sent / plan->rate;
        if (sent < n && now_s() >= due_s) {
            sent_s[sent] = now_s();
            feed_one(feed, sent++);
        }
        if (reader_take(rk, 1)) {
            took_ms[got] = (now_s() - sent_s[got]) * 1000;
            got++;
        }
        CHECK(now_s() < begun_s + plan->seconds + 60, "%zu of %zu came", got, n);
    }
    report_latency(plan, took_ms, n);
    child_end(&child);
    rd_kafka_destroy(rk);
    feed_close(feed);
    free(sent_s);
    free(took_ms);
}

static size_t number_of(const char *text)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    CHECK(*text && !*end && number <= 10 * 1000 * 1000, "%s is no number here", text);
    return number;
}

int main(int argc, char **argv)
{
    struct plan plan = {
        .mode = "exactly-once", .n_articles = 20000, .rate = 100, .seconds = 20};
    const char *topic = NULL;
    struct deployment dep;
    for (int c; (c = getopt(argc, argv, "f:ln:r:s:")) != -1;) {
        if (c == 'f') {
            topic = optarg;
        } else if (c == 'l') {
            plan.mode = "at-least-once";
            plan.sets = at_least_once;
        } else if (c == 'n') {
            plan.n_articles = number_of(optarg);
        } else if (c == 'r') {
            plan.rate = (int)number_of(optarg);
        } else if (c == 's') {
            plan.seconds = (int)number_of(optarg);
        } else {
            return 2;
        }
    }
    CHECK(plan.seconds > 1, "two seconds at least");
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (topic) {
        topic_make(topic, 1);
        feed_synthetic(topic, plan.n_articles);
        return 0;
    }
    if (plan.n_articles) {
        deployment_make(&dep, "bench-speed", NULL, 1);
        measure_start(&dep, &plan, "start.empty");
        measure_throughput(&dep, &plan);
        measure_start(&dep, &plan, "start.full");
    }
    if (plan.rate) {
        deployment_make(&dep, "bench-delay", NULL, 1);
        measure_latency(&dep, &plan);
    }
    return 0;
}
