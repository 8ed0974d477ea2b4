/* demo.c -- wiredesk demo: the whole of it at work, on one screen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing is special about the wiredeskd that runs here: it is the installed program with
 * a configuration file, working against a broker. The broker is librdkafka's mock
 * cluster, which lives in this process and speaks Kafka's protocol on a port of loopback;
 * with --brokers it is a real one, with topics of the demo's own that are removed again.
 *
 * The mock keeps no more than 5 MB of a partition. So there is never more under way than
 * a part of that: the next article is sent when earlier ones have come back. */
#include "commands.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include "client.h"
#include "daemon_child.h"
#include "demo_topics.h"
#include "feed.h"
#include "letter.h"
#include "pace.h"
#include "progress.h"
#include "topic_limit.h"
#include "wiredesk/article.h"
#include "wiredesk/buf.h"
#include "wiredesk/sketch.h"

enum {
    OPTION_JSON = 256,
    UNDER_WAY_MAX = 64,            /* records sent and not yet shown */
    UNDER_WAY_BYTES = 1024 * 1024, /* their bytes; a larger record goes alone */
    PATIENCE_MS = 60000,           /* without any article coming back */
    N_VERDICTS = 5,
};

struct tally {
    uint64_t shown;
    uint64_t replays; /* that came before, under the same uri and version */
    uint64_t rejected;
    uint64_t verdicts[N_VERDICTS];
    uint64_t stories;
    int64_t start_ms;
    int64_t last_ms; /* when an article came back last */
};

/* A record that came back. */
struct arrival {
    rd_kafka_message_t *message;
    json_t *enriched; /* NULL: a dead letter, or a replay */
    bool is_replay;   /* the message is its sketch: nothing else is written for it */
    int64_t place;    /* the input offset that it came from; -1: it does not say */
};

struct demo {
    bool is_json;
    bool is_real; /* a broker outside */
    struct client client;
    struct view view;
    struct inputs *in;
    rd_kafka_t *broker; /* holds the mock cluster; NULL with a real one */
    struct demo_topics topics;
    struct daemon_child child;
    struct feed feed;
    rd_kafka_t *consumer;
    uint64_t under_way_bytes;
    struct arrival held[UNDER_WAY_MAX]; /* came before their turn; by place */
    size_t n_held;
    int64_t next_place; /* the input offset whose turn it is */
    struct wd_sketch_scratch *scratch;
    struct tally tally;
    const char *properties[16]; /* of -X, for the daemon's [kafka] section */
    size_t n_properties;
};

static volatile int is_interrupted;

static void interrupt(int number)
{
    (void)number;
    is_interrupted = 1;
}

static void say(const struct demo *demo, const char *what)
{
    const struct term *term = &demo->view.term;

    if (demo->is_json)
        return;
    term_ink(term, TERM_DIM);
    fprintf(term->out, "%s\n", what);
    term_ink(term, TERM_PLAIN);
    (void)fflush(term->out);
}

/* ---- before the first article ---- */

/* The mock cluster lives as long as the handle that was told to make one. */
static int open_mock(struct demo *demo)
{
    static const char *const properties[] = {"test.mock.num.brokers", "1", NULL};

    demo->broker = client_producer(&demo->client, NULL, NULL, properties);
    if (!demo->broker)
        return EXIT_USAGE;
    rd_kafka_mock_cluster_t *cluster = rd_kafka_handle_mock_cluster(demo->broker);
    if (!cluster || demo_topics_create_mock(&demo->topics, cluster) < 0)
        return command_fail(
            demo->client.cmd,
            "this librdkafka (%s) has no embedded broker; start a real one "
            "with script/kafka start and name it with --brokers",
            rd_kafka_version_str());
    return client_option(&demo->client, 'b', rd_kafka_mock_cluster_bootstraps(cluster));
}

static int start_daemon(struct demo *demo)
{
    struct wd_buf buf;

    wd_buf_init(&buf, 1 << 20);
    int code = daemon_child_init(&demo->child, demo->client.cmd);
    if (code == EXIT_FINE) {
        demo_topics_config(&demo->topics, &demo->client, demo->properties,
                           demo->n_properties, !demo->is_real, &buf);
        code = wd_buf_status(&buf) == WD_OK
                   ? daemon_child_configure(&demo->child, buf.data, buf.size)
                   : command_fail(demo->client.cmd, "out of memory");
    }
    wd_buf_done(&buf);
    if (code == EXIT_FINE && demo->is_real)
        code = daemon_child_create_topics(&demo->child);
    if (code == EXIT_FINE)
        code = daemon_child_start(&demo->child, &is_interrupted);
    return code;
}

static int open_consumer(struct demo *demo)
{
    static const char *const properties[] = {
        "group.id",
        "wiredesk-demo",
        "enable.auto.commit",
        "false",
        "isolation.level",
        "read_committed",
        "auto.offset.reset",
        "earliest",
        "fetch.wait.max.ms",
        "50",
        NULL,
    };
    const char *const topics[] = {demo->topics.output, demo->topics.dlq,
                                  demo->topics.sketch};
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(3);
    int code = EXIT_USAGE;

    demo->consumer = client_consumer(&demo->client, properties);
    if (!demo->consumer)
        goto out;
    for (size_t i = 0; i < sizeof(topics) / sizeof(topics[0]); i++) {
        if (client_partitions(&demo->client, demo->consumer, topics[i]) < 0)
            goto out;
        rd_kafka_topic_partition_list_add(list, topics[i], 0)->offset = 0;
    }
    rd_kafka_resp_err_t err = rd_kafka_assign(demo->consumer, list);
    code = err == RD_KAFKA_RESP_ERR_NO_ERROR
               ? EXIT_FINE
               : command_fail(demo->client.cmd, "%s", rd_kafka_err2str(err));
out:
    rd_kafka_topic_partition_list_destroy(list);
    return code;
}

/* ---- articles out ---- */

static void count_article(struct tally *tally, const json_t *enriched)
{
    const json_t *wiredesk = json_object_get(enriched, "wiredesk");
    const char *verdict =
        json_string_value(json_object_get(json_object_get(wiredesk, "dedup"), "verdict"));

    for (size_t i = 0; verdict && i < N_VERDICTS; i++)
        tally->verdicts[i] += strcmp(verdict, wd_verdict_name((enum wd_verdict)i)) == 0;
    /* Counted by its first article: there is one a story. */
    tally->stories +=
        json_integer_value(json_object_get(json_object_get(wiredesk, "story"), "size")) ==
        1;
}

static void show_json(const struct arrival *arr)
{
    struct term on_stderr;

    if (arr->enriched) {
        (void)fwrite(arr->message->payload, 1, arr->message->len, stdout);
        (void)fputc('\n', stdout);
    } else {
        term_init(&on_stderr, stderr);
        letter_tell_dead(&on_stderr, arr->message);
    }
}

static void show(struct demo *demo, const struct arrival *arr)
{
    if (arr->is_replay)
        demo->tally.replays++;
    else if (demo->is_json)
        show_json(arr);
    else
        letter_show(&demo->view, arr->message, arr->enriched);
    (void)fflush(stdout);
    count_article(&demo->tally, arr->enriched);
    demo->tally.shown++;
    demo->tally.rejected += !arr->enriched && !arr->is_replay;
    demo->tally.last_ms = pace_now_ms();
}

static int64_t place_of(const struct arrival *arr)
{
    struct wd_str offset = letter_header(arr->message, "wiredesk.source.offset");
    if (offset.size != 0)
        return strtoll(offset.data, NULL, 10); /* librdkafka ends values with a NUL */

    const json_t *wiredesk = json_object_get(arr->enriched, "wiredesk");
    const json_t *place = json_object_get(json_object_get(wiredesk, "source"), "offset");
    return place ? json_integer_value(place) : -1;
}

/* Shows held records whose turn it is; `all`: all of them. */
static void show_held(struct demo *demo, bool all)
{
    size_t n = 0;

    while (n < demo->n_held && (all || demo->held[n].place <= demo->next_place)) {
        struct arrival *arr = &demo->held[n++];
        demo->next_place = arr->place + 1;
        show(demo, arr);
        json_decref(arr->enriched);
        rd_kafka_message_destroy(arr->message);
    }
    demo->n_held -= n;
    memmove(demo->held, demo->held + n, demo->n_held * sizeof(demo->held[0]));
}

static void hold(struct demo *demo, struct arrival arr)
{
    if (demo->n_held == UNDER_WAY_MAX) /* cannot be: no more are under way */
        show_held(demo, true);
    size_t at = demo->n_held++;
    for (; at > 0 && demo->held[at - 1].place > arr.place; at--)
        demo->held[at] = demo->held[at - 1];
    demo->held[at] = arr;
    show_held(demo, false);
}

/* Articles and dead letters come from two topics, in any order; they are shown in the
 * order in which they went in. Of a replay only the sketch comes. */
static void take(struct demo *demo, rd_kafka_message_t *message)
{
    struct arrival arr = {.message = message};

    if (strcmp(rd_kafka_topic_name(message->rkt), demo->topics.sketch) != 0) {
        arr.enriched = letter_parse(message);
        arr.place = place_of(&arr);
        hold(demo, arr);
        return;
    }

    struct wd_sketch sketch;
    struct wd_error err;
    int r = wd_sketch_decode((struct wd_str){message->payload, message->len}, &sketch,
                             &demo->scratch, &err);
    if (r < 0 || !sketch.is_replay) {
        rd_kafka_message_destroy(message);
        return;
    }
    arr.is_replay = true;
    arr.place = sketch.offset;
    hold(demo, arr);
}

/* Takes what has come back; EXIT_USAGE after a message. */
static int receive(struct demo *demo, int timeout_ms)
{
    rd_kafka_message_t *message;
    int code = EXIT_FINE;

    while (code == EXIT_FINE &&
           (message = rd_kafka_consumer_poll(demo->consumer, timeout_ms))) {
        timeout_ms = 0;
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            take(demo, message);
            continue;
        }
        if (message->err != RD_KAFKA_RESP_ERR__TRANSPORT) /* librdkafka tries again */
            code = command_fail(demo->client.cmd, "%s", rd_kafka_message_errstr(message));
        rd_kafka_message_destroy(message);
    }
    if (demo->tally.shown == demo->feed.sent - demo->feed.failed)
        demo->under_way_bytes = 0;
    return code;
}

/* ---- articles in ---- */

static bool has_room(const struct demo *demo, const struct input_record *rec)
{
    uint64_t under_way = demo->feed.sent - demo->feed.failed - demo->tally.shown;

    if (under_way == 0)
        return true;
    return under_way < UNDER_WAY_MAX &&
           demo->under_way_bytes + rec->value.size <= UNDER_WAY_BYTES;
}

static int check_life(struct demo *demo)
{
    if (!daemon_child_is_running(&demo->child)) {
        daemon_child_tell_end(&demo->child);
        return EXIT_USAGE;
    }
    if (pace_now_ms() - demo->tally.last_ms > PATIENCE_MS)
        return command_fail(demo->client.cmd,
                            "no article came back for %d s; wiredeskd's log is "
                            "%s/wiredeskd.log",
                            PATIENCE_MS / 1000, demo->child.folder);
    return EXIT_FINE;
}

/* Waits until `rec` may be sent, or, with NULL, until everything came back. */
static int wait_for_room(struct demo *demo, const struct input_record *rec)
{
    int code = EXIT_FINE;

    while (code == EXIT_FINE && !is_interrupted) {
        feed_poll(&demo->feed, 0);
        if (rec ? has_room(demo, rec)
                : feed_pending(&demo->feed) == 0 &&
                      demo->tally.shown == demo->feed.acknowledged)
            break;
        code = receive(demo, 20);
        if (code == EXIT_FINE)
            code = check_life(demo);
    }
    return code;
}

static int stream(struct demo *demo)
{
    struct input_record rec;
    struct wd_error err;
    int r, code = EXIT_FINE;

    demo->tally.start_ms = demo->tally.last_ms = pace_now_ms();
    while (code == EXIT_FINE && !is_interrupted &&
           (r = inputs_next(demo->in, &rec, &err)) != 0) {
        if (r < 0) {
            (void)command_fail(demo->client.cmd, "%s", err.message);
            continue;
        }
        code = wait_for_room(demo, &rec);
        if (code != EXIT_FINE || is_interrupted)
            break;
        if (feed_pending(&demo->feed) == 0) /* idle until now: the clock starts here */
            demo->tally.last_ms = pace_now_ms();
        demo->under_way_bytes += rec.value.size;
        feed_send(&demo->feed, &rec);
        code = receive(demo, 0);
    }
    return code == EXIT_FINE ? wait_for_room(demo, NULL) : code;
}

/* ---- the end ---- */

static void tell_summary(const struct demo *demo, bool is_clean)
{
    const struct tally *tally = &demo->tally;
    FILE *out = demo->is_json ? stderr : stdout;
    struct term term;
    char number[PROGRESS_NUMBER_SIZE];
    uint64_t enriched = tally->shown - tally->rejected - tally->replays;
    const char *before = ": ";

    term_init(&term, out);
    term_ink(&term, TERM_BOLD);
    fprintf(out, "%s article%s enriched in %.1f s", progress_number(enriched, number),
            enriched == 1 ? "" : "s", (double)(tally->last_ms - tally->start_ms) / 1000);
    term_ink(&term, TERM_PLAIN);
    for (size_t i = 0; i < N_VERDICTS; i++) {
        if (tally->verdicts[i] == 0)
            continue;
        fprintf(out, "%s%s %s", before, progress_number(tally->verdicts[i], number),
                wd_verdict_name((enum wd_verdict)i));
        before = ", ";
    }
    if (tally->stories > 0)
        fprintf(out, "; %s stor%s", progress_number(tally->stories, number),
                tally->stories == 1 ? "y" : "ies");
    if (tally->rejected > 0)
        fprintf(out, "; %s dead letter%s", progress_number(tally->rejected, number),
                tally->rejected == 1 ? "" : "s");
    if (tally->replays > 0)
        fprintf(out, "; %s that came before", progress_number(tally->replays, number));
    fprintf(out, ". wiredeskd %s.\n",
            is_clean ? "stopped cleanly" : "did not stop cleanly");
}

static int finish(struct demo *demo, int code)
{
    show_held(demo, true);
    bool was_running = demo->child.pid != 0;
    bool is_clean = daemon_child_stop(&demo->child);

    if (demo->feed.failed > 0) {
        (void)command_fail(demo->client.cmd, "not sent: %s", demo->feed.last_failure);
        if (code == EXIT_FINE)
            code = EXIT_REJECTED;
    }
    if (was_running && demo->tally.start_ms != 0)
        tell_summary(demo, is_clean);
    if (was_running && !is_clean) {
        daemon_child_tell_end(&demo->child);
        code = EXIT_USAGE;
    }
    if (code == EXIT_FINE && (is_interrupted || demo->tally.rejected > 0))
        code = EXIT_REJECTED;
    return code;
}

static void close_demo(struct demo *demo, int code)
{
    if (demo->consumer) {
        (void)rd_kafka_consumer_close(demo->consumer); /* nothing was committed */
        rd_kafka_destroy(demo->consumer);
    }
    if (demo->is_real && demo->feed.rk)
        demo_topics_delete(&demo->topics, demo->feed.rk);
    feed_close(&demo->feed);
    daemon_child_done(&demo->child, code == EXIT_USAGE);
    if (demo->broker)
        rd_kafka_destroy(demo->broker);
    inputs_close(demo->in);
    wd_sketch_scratch_free(demo->scratch);
    view_done(&demo->view);
    client_done(&demo->client);
}

static int demonstrate(struct demo *demo)
{
    const struct sigaction on_interrupt = {.sa_handler = interrupt,
                                           .sa_flags = SA_RESETHAND};
    int code;

    (void)sigaction(SIGINT, &on_interrupt, NULL); /* a second one ends at once */
    (void)sigaction(SIGTERM, &on_interrupt, NULL);
    demo_topics_init(&demo->topics, demo->is_real);
    code = demo->is_real ? EXIT_FINE : open_mock(demo);
    if (code == EXIT_FINE) {
        say(demo, demo->is_real ? "starting wiredeskd on your Kafka"
                                : "starting wiredeskd on an embedded Kafka broker");
        code = start_daemon(demo);
    }
    if (code == EXIT_FINE && !is_interrupted)
        code =
            feed_open(&demo->feed, &demo->client, demo->topics.input,
                      demo->is_real ? topic_limit(&demo->client, demo->topics.input)
                                    : 0); /* the mock would let us wait for an answer */
    if (code == EXIT_FINE && !is_interrupted)
        code = open_consumer(demo);
    if (code == EXIT_FINE && !is_interrupted) {
        say(demo, "articles go into the input topic and come out enriched:\n");
        code = stream(demo);
    }
    return finish(demo, code);
}

/* ---- the command ---- */

static int take_option(void *opaque, int id, const char *value)
{
    struct demo *demo = opaque;

    switch (id) {
    case OPTION_JSON:
        demo->is_json = true;
        return EXIT_FINE;
    case 'X':
        if (demo->n_properties == sizeof(demo->properties) / sizeof(demo->properties[0]))
            return command_fail(demo->client.cmd, "too many -X");
        demo->properties[demo->n_properties++] = value;
        return client_option(&demo->client, id, value);
    default:
        demo->is_real = true;
        return client_option(&demo->client, id, value);
    }
}

static int run(const struct command *cmd, int argc, char **argv)
{
    struct demo demo = {.child = {.notify_fd = -1}};
    struct args args;
    struct wd_error err;
    int code = EXIT_FINE;

    client_init(&demo.client, cmd);
    view_init(&demo.view, stdout);
    args_init(&args, cmd, argc, argv);
    if (!args_take(&args, take_option, &demo)) {
        code = args.exit_code;
        goto out;
    }
    if (args.first_operand == argc)
        code = command_fail(cmd, "name a file or a folder with articles");
    if (code == EXIT_FINE &&
        inputs_open(argv + args.first_operand, (size_t)(argc - args.first_operand),
                    FEED_CEILING_BYTES, &demo.in, &err) < 0)
        code = command_fail(cmd, "%s", err.message);
    if (code == EXIT_FINE)
        code = demonstrate(&demo);
out:
    close_demo(&demo, code);
    return code;
}

static const struct command_option options[] = {
    {"brokers", 'b', "LIST", "a real Kafka instead of the embedded broker: host:port,…"},
    {"property", 'X', "NAME=VALUE", "any property of librdkafka; may be given often"},
    {"json", OPTION_JSON, NULL, "the enriched records themselves, one a line"},
    {0},
};

const struct command command_demo = {
    .name = "demo",
    .operands = "FILE|DIR…",
    .summary = "runs wiredeskd on an embedded broker and shows articles as they come out",
    .details =
        "The broker lives in this process (librdkafka's mock cluster) and the daemon is\n"
        "a child of it; both are gone at the end. With --brokers the demo makes topics "
        "of\n"
        "its own there, and removes them again. Exit status 1 when some article became "
        "a\n"
        "dead letter.",
    .options = options,
    .run = run,
};
