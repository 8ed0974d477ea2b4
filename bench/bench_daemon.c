/* bench_daemon.c -- wiredeskd on a real Kafka: articles a second, latency, memory.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   bench_daemon [-lw] [-b PID] [-n ARTICLES] [-p PARTITIONS] [-r RATE] [-s SECONDS]
 *   bench_daemon -k MINUTES [-r RATE]
 *   bench_daemon -f TOPIC [-n ARTICLES]
 *   bench_daemon -t TAGGERS [-n ARTICLES] [-p PARTITIONS] [-r RATE] [-s SECONDS]
 *
 * Needs a broker: `script/kafka start`, and WD_KAFKA_BROKERS when it is not the tests'.
 * Broker, feed, daemon and reader share the machine. Each line is a name, a figure and
 * its unit, parted by tabs. 20000 articles in one partition, 100 a second for 20 seconds,
 * unless said otherwise. -b: the broker's process, whose processor time is told, too, and
 * what all processors had nothing to do meanwhile. -l: at least once, without
 * transactions. -n 0 leaves out the throughput, -r 0 the latency. The second form is a
 * soak, the third only fills a topic, for a peer. The fourth is for two roles: first so
 * many taggers alone, then, when all is tagged, the desk alone; and the latency with both
 * at work.
 *
 * Throughput: all articles are in the topic before the daemon starts, and the clock runs
 * from its first commit to its last. Latency: from just before an article is sent, by a
 * producer that does not wait for a second one, to the moment a read_committed consumer
 * has its sketch, which is committed together with its output; a quantile is left out
 * where too few articles came to tell it. -w also tells where the
 * slowest hundredth of the articles were meanwhile, beside all: a further reader that
 * does not wait for commits sees them come into the input (send), and their sketches into
 * the log (decide); what is left is the commit. It costs some processor time, and sees a
 * record a millisecond late. Soak: a window that is full after a tenth of the time, then
 * memory must not grow; the first fifth is left out.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "child.h"
#include "clock.h"
#include "feed.h"
#include "legs.h"
#include "page.h"
#include "topic.h"

static const char *const exactly_once[] = {PAGE_SETTING, NULL};
static const char *const at_least_once[] = {"desk.mode=at-least-once", PAGE_SETTING,
                                            NULL};
static const char *const tag_role[] = {"desk.role=tag", "desk.workers=1", NULL};
static const char *const desk_role[] = {"desk.role=desk", "desk.workers=1", NULL};

enum { TAGGERS_MAX = 8 };

/* What is measured, and how. */
struct plan {
    const char *mode; /* in the names of figures */
    const char *const *sets;
    int n_taggers; /* 0: one instance does everything */
    size_t n_articles;
    int32_t partitions;
    int rate;
    int seconds;
    bool shows_legs;
    bool is_soak;
    struct child broker; /* only its process id; 0: not known */
};

static void report(const struct plan *plan, const char *name, double figure,
                   const char *unit)
{
    printf("daemon.%s.", plan->mode);
    if (plan->partitions != 1)
        printf("partitions.%d.", (int)plan->partitions);
    printf("%s\t%.6g\t%s\n", name, figure, unit);
}

/* Reads partition 0 of up to two topics; the second may be NULL. */
static rd_kafka_t *reader_of(const char *isolation, const char *topic, const char *second)
{
    const char *const pairs[][2] = {
        {"group.id", "bench"},
        {"isolation.level", isolation},
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
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(2);
    rd_kafka_topic_partition_list_add(list, topic, 0)->offset = 0;
    if (second)
        rd_kafka_topic_partition_list_add(list, second, 0)->offset = 0;
    CHECK(rd_kafka_assign(rk, list) == 0, "cannot read %s", topic);
    rd_kafka_topic_partition_list_destroy(list);
    return rk;
}

static rd_kafka_t *reader_open(const char *topic)
{
    return reader_of("read_committed", topic, NULL);
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

/* What all processors had nothing to do since the machine was started. */
static double idle_s(void)
{
    unsigned long idle = 0, waiting = 0;
    FILE *file = fopen("/proc/stat", "re");
    CHECK(file, "no /proc/stat");
    /* user, nice, system; idle and iowait are the 4th and 5th. */
    int n = fscanf(file, "cpu %*u %*u %*u %lu %lu", &idle, &waiting);
    CHECK(n == 2, "/proc/stat cannot be read");
    fclose(file);
    return (double)(idle + waiting) / (double)sysconf(_SC_CLK_TCK);
}

/* What the machine had done by a moment. */
struct moment {
    double wall_s;
    double idle_s;
    long broker_ms;
};

static struct moment moment_now(const struct plan *plan)
{
    return (struct moment){wall_s(), idle_s(),
                           plan->broker.pid ? child_cpu_ms(&plan->broker) : 0};
}

/* Between two moments `n` articles came. */
static void report_between(const struct plan *plan, const struct moment *begin,
                           const struct moment *end, size_t n)
{
    double took_s = end->wall_s - begin->wall_s;
    report(plan, "rate", (double)n / took_s, "articles/s");
    if (!plan->broker.pid)
        return;
    report(plan, "broker", (double)(end->broker_ms - begin->broker_ms) / (double)n,
           "ms an article");
    report(plan, "idle",
           (end->idle_s - begin->idle_s) / took_s * 100 /
               (double)sysconf(_SC_NPROCESSORS_ONLN),
           "%");
}

static void measure_throughput(const struct deployment *dep, const struct plan *plan)
{
    struct child child;
    struct moment first = {0};
    size_t n = plan->n_articles;
    feed_synthetic(dep->input, plan->partitions, n);
    rd_kafka_t *rk = reader_open(dep->sketch);
    double begun_s = wall_s();
    child_start(&child, dep, plan->sets);
    for (size_t got = 0; got < n; got++) {
        CHECK(reader_take(rk, 60000), "%zu of %zu came", got, n);
        if (got == 0)
            first = moment_now(plan);
    }
    struct moment last = moment_now(plan);
    report(plan, "start.first", (first.wall_s - begun_s) * 1000, "ms");
    report_between(plan, &first, &last, n - 1);
    report(plan, "cpu", (double)child_cpu_ms(&child) / (double)n, "ms an article");
    report(plan, "stages",
           child_metric(&child, "wiredesk_stages_cpu_seconds_total") * 1000 / (double)n,
           "ms an article");
    report(plan, "rss", (double)child_memory_kb(&child, "VmRSS") / 1024, "MB");
    report(plan, "own", (double)child_memory_kb(&child, "RssAnon") / 1024, "MB");
    child_end(&child);
    rd_kafka_destroy(rk);
}

/* The clock runs from the first record of `topic` to its last. */
static double rate_of(rd_kafka_t *rk, size_t n)
{
    double first_s = 0, last_s = 0;
    for (size_t got = 0; got < n; got++) {
        CHECK(reader_take(rk, 60000), "%zu of %zu came", got, n);
        last_s = wall_s();
        first_s = got == 0 ? last_s : first_s;
    }
    return (double)(n - 1) / (last_s - first_s);
}

static void start_taggers(struct child taggers[TAGGERS_MAX], const struct deployment *dep,
                          const struct plan *plan)
{
    for (int i = 0; i < plan->n_taggers; i++)
        child_start(&taggers[i], dep, tag_role);
    for (int i = 0; i < plan->n_taggers; i++)
        CHECK(child_await(&taggers[i], "STATUS=active", 60000), "it is not active");
}

static void end_taggers(struct child taggers[TAGGERS_MAX], const struct plan *plan)
{
    for (int i = 0; i < plan->n_taggers; i++)
        child_end(&taggers[i]);
}

/* Taggers share the partitions before there is anything to tag. */
static void measure_roles(const struct deployment *dep, const struct plan *plan)
{
    struct child taggers[TAGGERS_MAX], desk;
    char tagged[120];
    long cpu_ms = 0;
    double n = (double)plan->n_articles;
    (void)snprintf(tagged, sizeof(tagged), "%s.tagged", dep->output);
    rd_kafka_t *rk = reader_open(tagged);
    start_taggers(taggers, dep, plan);
    feed_synthetic(dep->input, plan->partitions, plan->n_articles);
    report(plan, "tag.rate", rate_of(rk, plan->n_articles), "articles/s");
    for (int i = 0; i < plan->n_taggers; i++)
        cpu_ms += child_cpu_ms(&taggers[i]);
    report(plan, "tag.cpu", (double)cpu_ms / n, "ms an article");
    end_taggers(taggers, plan);
    rd_kafka_destroy(rk);

    rk = reader_open(dep->sketch);
    child_start(&desk, dep, desk_role);
    report(plan, "desk.rate", rate_of(rk, plan->n_articles), "articles/s");
    report(plan, "desk.cpu", (double)child_cpu_ms(&desk) / n, "ms an article");
    report(plan, "desk.own", (double)child_memory_kb(&desk, "RssAnon") / 1024, "MB");
    child_end(&desk);
    rd_kafka_destroy(rk);
}

/* With the window that measure_throughput() left, or with none. */
static void measure_start(const struct deployment *dep, const struct plan *plan,
                          const char *name)
{
    struct child child;
    double begun_s = wall_s();
    child_start(&child, dep, plan->sets);
    CHECK(child_await(&child, "STATUS=active", 60000), "it is not active");
    report(plan, name, (wall_s() - begun_s) * 1000, "ms");
    child_end(&child);
}

static void report_latency(const struct plan *plan, const char *what, double figure,
                           const char *unit)
{
    char name[64];
    (void)snprintf(name, sizeof(name), "latency.%d.%s", plan->rate, what);
    report(plan, name, figure, unit);
}

/* Where articles were that took `least_ms` or more. */
static void report_legs(const struct plan *plan, const struct legs *legs, const char *who,
                        double least_ms)
{
    static const char *const names[N_STOPS] = {
        [STOP_INPUT] = "send", [STOP_SKETCH] = "decide", [STOP_COMMITTED] = "commit"};
    for (int i = STOP_INPUT; i < N_STOPS; i++) {
        char name[32];
        (void)snprintf(name, sizeof(name), "%s.%s", who, names[i]);
        report_latency(plan, name, legs_mean_ms(legs, (enum stop)i, least_ms), "ms");
    }
}

static void report_latencies(const struct plan *plan, const struct legs *legs)
{
    static const struct {
        const char *name;
        unsigned per_mille;
    } rows[] = {{"p50", 500}, {"p99", 990}, {"p99.9", 999}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (legs_has_quantile(legs, rows[i].per_mille))
            report_latency(plan, rows[i].name, legs_quantile_ms(legs, rows[i].per_mille),
                           "ms");
    }
    if (!plan->shows_legs)
        return;
    double slow_ms = legs_quantile_ms(legs, 990);
    report_legs(plan, legs, "all", 0);
    report_legs(plan, legs, "slowest", slow_ms);
    report_latency(plan, "slowest.stalls", (double)legs_stalls(legs, slow_ms), "");
}

/* Takes what the witness sees, of both topics. */
static void witness_take(rd_kafka_t *witness, const char *sketch, struct legs *legs)
{
    rd_kafka_message_t *msg;
    while ((msg = rd_kafka_consumer_poll(witness, 0)) != NULL) {
        CHECK(!msg->err, "reading: %s", rd_kafka_message_errstr(msg));
        bool is_sketch = strcmp(rd_kafka_topic_name(msg->rkt), sketch) == 0;
        legs_note(legs, is_sketch ? STOP_SKETCH : STOP_INPUT);
        rd_kafka_message_destroy(msg);
    }
}

/* Sends articles in their time until all have come back. */
static void pace_articles(const struct deployment *dep, const struct plan *plan,
                          rd_kafka_t *rk, rd_kafka_t *witness, struct legs *legs)
{
    struct feed *feed = feed_open_prompt(dep->input);
    double begun_s = wall_s();
    while (legs->n_seen[STOP_COMMITTED] < legs->n ||
           (witness && legs->n_seen[STOP_SKETCH] < legs->n)) {
        size_t sent = legs->n_seen[STOP_SENT];
        if (sent < legs->n && wall_s() >= begun_s + (double)sent / plan->rate) {
            legs_note(legs, STOP_SENT);
            feed_one(feed, 0, sent);
        }
        if (reader_take(rk, 1))
            legs_note(legs, STOP_COMMITTED);
        if (witness)
            witness_take(witness, dep->sketch, legs);
        CHECK(wall_s() < begun_s + plan->seconds + 60, "%zu of %zu came",
              legs->n_seen[STOP_COMMITTED], legs->n);
    }
    feed_close(feed);
}

static void measure_latency(const struct deployment *dep, const struct plan *plan)
{
    struct child child, taggers[TAGGERS_MAX];
    struct legs legs;
    /* The first second warms broker and daemon up. */
    legs_init(&legs, (size_t)plan->rate * (size_t)plan->seconds, (size_t)plan->rate);
    rd_kafka_t *rk = reader_open(dep->sketch);
    rd_kafka_t *witness =
        plan->shows_legs ? reader_of("read_uncommitted", dep->input, dep->sketch) : NULL;
    start_taggers(taggers, dep, plan);
    child_start(&child, dep, plan->n_taggers ? desk_role : plan->sets);
    CHECK(child_await(&child, "STATUS=active", 60000), "it is not active");
    pace_articles(dep, plan, rk, witness, &legs);
    report_latencies(plan, &legs);
    end_taggers(taggers, plan);
    child_end(&child);
    if (witness)
        rd_kafka_destroy(witness);
    rd_kafka_destroy(rk);
    legs_done(&legs);
}

static int by_number(const void *a, const void *b)
{
    const long *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The median of `n` samples of memory, in MB. */
static double median_mb(long *kb, size_t n)
{
    qsort(kb, n, sizeof(*kb), by_number);
    return (double)kb[n / 2] / 1024;
}

/* One sample of memory a second. What counts is how the last tenth of the time compares
 * with the tenth after the warm-up. */
static void measure_soak(const struct deployment *dep, const struct plan *plan)
{
    char window[64];
    size_t n = (size_t)plan->rate * (size_t)plan->seconds, sent = 0, got = 0, n_kb = 0;
    const char *const sets[] = {window, NULL};
    size_t tenth = (size_t)plan->seconds / 10;
    long *kb = calloc((size_t)plan->seconds, sizeof(*kb));
    struct child child;
    CHECK(kb, "out of memory");
    (void)snprintf(window, sizeof(window), "desk.window_articles=%zu", n / 10);
    struct feed *feed = feed_open(dep->input, 1);
    rd_kafka_t *rk = reader_open(dep->sketch);
    child_start(&child, dep, sets);
    CHECK(child_await(&child, "STATUS=active", 60000), "it is not active");
    double begun_s = wall_s();
    while (got < n) {
        double passed_s = wall_s() - begun_s;
        for (; sent < n && (double)sent < passed_s * plan->rate; sent++)
            feed_one(feed, 0, sent);
        got += reader_take(rk, 5);
        if ((double)n_kb < passed_s && n_kb < (size_t)plan->seconds)
            kb[n_kb++] = child_memory_kb(&child, "RssAnon");
        CHECK(passed_s < plan->seconds + 60, "%zu of %zu came", got, n);
    }
    double early = median_mb(kb + 2 * tenth, tenth);
    double late = median_mb(kb + n_kb - tenth, tenth);
    report(plan, "soak.own", late, "MB");
    report(plan, "soak.growth", late - early, "MB");
    child_end(&child);
    rd_kafka_destroy(rk);
    feed_close(feed);
    free(kb);
}

static size_t number_of(const char *text)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    CHECK(*text && !*end && number <= 10 * 1000 * 1000, "%s is no number here", text);
    return number;
}

/* Reads the options into `plan`; the topic to fill, if that is all. */
static const char *plan_read(struct plan *plan, int argc, char **argv)
{
    const char *topic = NULL;
    for (int c; (c = getopt(argc, argv, "b:f:k:ln:p:r:s:t:w")) != -1;) {
        switch (c) {
        case 'b':
            plan->broker.pid = (pid_t)number_of(optarg);
            break;
        case 'f':
            topic = optarg;
            break;
        case 'k':
            plan->is_soak = true;
            plan->seconds = 60 * (int)number_of(optarg);
            break;
        case 'l':
            plan->mode = "at-least-once";
            plan->sets = at_least_once;
            break;
        case 'n':
            plan->n_articles = number_of(optarg);
            break;
        case 'p':
            plan->partitions = (int32_t)number_of(optarg);
            break;
        case 'r':
            plan->rate = (int)number_of(optarg);
            break;
        case 's':
            plan->seconds = (int)number_of(optarg);
            break;
        case 't':
            plan->mode = "roles";
            plan->n_taggers = (int)number_of(optarg);
            break;
        case 'w':
            plan->shows_legs = true;
            break;
        default:
            exit(2);
        }
    }
    CHECK(plan->seconds > 1, "two seconds at least");
    CHECK(plan->partitions > 0, "one partition at least");
    CHECK(plan->n_taggers <= TAGGERS_MAX, "%d taggers at most", TAGGERS_MAX);
    return topic;
}

int main(int argc, char **argv)
{
    struct plan plan = {.mode = "exactly-once",
                        .sets = exactly_once,
                        .n_articles = 20000,
                        .partitions = 1,
                        .rate = 100,
                        .seconds = 20};
    struct deployment dep;
    const char *topic = plan_read(&plan, argc, argv);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (topic) {
        topic_make(topic, plan.partitions);
        feed_synthetic(topic, plan.partitions, plan.n_articles);
        return 0;
    }
    if (plan.is_soak) {
        deployment_make(&dep, "bench-soak", NULL, 1);
        measure_soak(&dep, &plan);
        deployment_remove(&dep);
        return 0;
    }
    if (plan.n_articles && plan.n_taggers) {
        deployment_make(&dep, "bench-roles", NULL, plan.partitions);
        deployment_add_roles(&dep);
        measure_roles(&dep, &plan);
        deployment_remove(&dep);
    } else if (plan.n_articles) {
        deployment_make(&dep, "bench-speed", NULL, plan.partitions);
        measure_start(&dep, &plan, "start.empty");
        measure_throughput(&dep, &plan);
        measure_start(&dep, &plan, "start.full");
        deployment_remove(&dep);
    }
    if (plan.rate) {
        /* Each tagger has to get one. */
        deployment_make(&dep, "bench-delay", NULL, plan.n_taggers ? plan.partitions : 1);
        if (plan.n_taggers)
            deployment_add_roles(&dep);
        measure_latency(&dep, &plan);
        deployment_remove(&dep);
    }
    return 0;
}
