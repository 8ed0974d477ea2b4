/* bench_takeover.c -- how long nobody works: after kill -9, after SIGTERM, at a restart.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   bench_takeover [-n TIMES] [-w ARTICLES]     (20, 2000)
 *
 * Needs a broker: `script/kafka start`, and WD_KAFKA_BROKERS when it is not the tests'.
 * ARTICLES are in the window first. Then an instance with a standby beside it is ended
 * TIMES times, by turns with kill -9 and with SIGTERM, and an instance alone is ended and
 * started again as often. The clock runs from the signal, or from the start of the new
 * process, to the moment when a read_committed reader has the sketch of an article that
 * was sent right after it. The lease is a second. Each line is a name, a figure and its
 * unit, parted by tabs. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "child.h"
#include "clock.h"
#include "topic.h"

#define ARTICLE_BYTES 700
#define PATIENCE_MS   600000

enum { MOST_TIMES = 1000 };

struct bench {
    struct deployment dep;
    struct feed *feed;
    rd_kafka_t *reader;
    uint64_t n_sent;
    uint64_t n_seen;
};

static double now_ms(void)
{
    return wall_ns() / 1e6;
}

static void send_articles(struct bench *bench, uint64_t n)
{
    feed_articles(bench->feed, bench->n_sent, bench->n_sent + n, ARTICLE_BYTES);
    bench->n_sent += n;
}

/* Until every article has its sketch. */
static void await_all(struct bench *bench)
{
    double until_ms = now_ms() + PATIENCE_MS;
    while (bench->n_seen < bench->n_sent) {
        rd_kafka_message_t *msg = rd_kafka_consumer_poll(bench->reader, 100);
        bench->n_seen += msg && !msg->err;
        if (msg)
            rd_kafka_message_destroy(msg);
        CHECK(now_ms() < until_ms, "%llu of %llu articles are decided",
              (unsigned long long)bench->n_seen, (unsigned long long)bench->n_sent);
    }
}

static void reader_begin(struct bench *bench)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, bench->dep.sketch, 0)->offset = 0;
    bench->reader = topic_reader("takeover");
    CHECK(rd_kafka_assign(bench->reader, list) == 0, "the sketches cannot be read");
    rd_kafka_topic_partition_list_destroy(list);
}

/* Sends one article, and says how long after `begun_ms` it is through. */
static double time_one(struct bench *bench, double begun_ms)
{
    send_articles(bench, 1);
    await_all(bench);
    return now_ms() - begun_ms;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *name, double *ms, size_t n)
{
    qsort(ms, n, sizeof(*ms), by_value);
    printf("takeover.%s.median\t%.0f\tms\n", name, ms[n / 2]);
    printf("takeover.%s.p99\t%.0f\tms\n", name, ms[n * 99 / 100]);
    printf("takeover.%s.longest\t%.0f\tms\n", name, ms[n - 1]);
}

static void start_ready(struct child *child, const struct bench *bench)
{
    child_start(child, &bench->dep, NULL);
    CHECK(child_await(child, "READY=1", PATIENCE_MS), "it is not ready");
}

/* Ends the active one; the standby has taken over when this returns. */
static double take_over(struct bench *bench, struct child *active, int signum)
{
    struct child standby;
    start_ready(&standby, bench);
    (void)time_one(bench, 0); /* the old one works, and the new one has caught up */
    (void)usleep(300000);
    double begun_ms = now_ms();
    child_signal(active, signum);
    double ms = time_one(bench, begun_ms);
    int code = child_wait(active, 15000);
    CHECK(code == (signum == SIGKILL ? 128 + SIGKILL : 0), "it ended with %d", code);
    *active = standby;
    child_moved(&standby, active);
    return ms;
}

static double restart(struct bench *bench, struct child *child)
{
    child_end(child);
    double begun_ms = now_ms();
    child_start(child, &bench->dep, NULL);
    return time_one(bench, begun_ms);
}

int main(int argc, char **argv)
{
    static double killed_ms[MOST_TIMES], stopped_ms[MOST_TIMES], restarted_ms[MOST_TIMES];
    struct bench bench = {.n_seen = 0};
    struct child child;
    size_t times = 20;
    uint64_t n_window = 2000;
    for (int id; (id = getopt(argc, argv, "n:w:")) != -1;) {
        if (id == 'n')
            times = strtoul(optarg, NULL, 10);
        else if (id == 'w')
            n_window = strtoul(optarg, NULL, 10);
        else
            return 2;
    }
    CHECK(times > 0 && times <= MOST_TIMES, "from 1 to %d times", MOST_TIMES);
    setvbuf(stdout, NULL, _IOLBF, 0);
    deployment_make(&bench.dep, "takeover", NULL, 1);
    bench.feed = feed_open(bench.dep.input, 1);
    reader_begin(&bench);
    start_ready(&child, &bench);
    send_articles(&bench, n_window);
    await_all(&bench);
    for (size_t i = 0; i < times; i++) {
        killed_ms[i] = take_over(&bench, &child, SIGKILL);
        stopped_ms[i] = take_over(&bench, &child, SIGTERM);
    }
    for (size_t i = 0; i < times; i++)
        restarted_ms[i] = restart(&bench, &child);
    child_end(&child);
    report("kill", killed_ms, times);
    report("stop", stopped_ms, times);
    report("restart", restarted_ms, times);
    rd_kafka_destroy(bench.reader);
    feed_close(bench.feed);
    deployment_remove(&bench.dep);
    return 0;
}
