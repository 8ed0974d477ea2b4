/* tail.c -- wiredesk tail: the last enriched articles of a topic.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Reads committed records only, through partitions that it assigns to itself: no consumer
 * group remembers that somebody looked. "The last N" cannot be told from offsets, since
 * ends of transactions take some; so it reads the last 2N offsets, and looks twice as far
 * back until it has found N or reached the beginning. */
#include "commands.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "letter.h"

enum { OPTION_FROM = 256, OPTION_JSON, LAST_DEFAULT = 10, LAST_MAX = 100000 };

struct window {
    int64_t low;  /* first offset there is */
    int64_t high; /* past the last one when we came */
    int64_t start;
    bool is_read; /* to its end */
};

struct tail {
    const char *topic;
    size_t last_n;
    bool is_json;
    bool is_following;
    bool is_from_beginning;
    bool is_from_end;
    struct client client;
    struct view view;
    rd_kafka_t *rk;
    int n_partitions;
    struct window *windows; /* one a partition */
    rd_kafka_message_t **kept;
    size_t n_kept;
};

static volatile sig_atomic_t is_interrupted;

static void interrupt(int number)
{
    (void)number;
    is_interrupted = 1;
}

static void show(struct tail *tail, const rd_kafka_message_t *message)
{
    if (tail->is_json) {
        (void)fwrite(message->payload, 1, message->len, stdout);
        (void)fputc('\n', stdout);
    } else {
        json_t *enriched = letter_parse(message);
        letter_show(&tail->view, message, enriched);
        json_decref(enriched);
    }
}

/* ---- partitions ---- */

static int find_ends(struct tail *tail)
{
    for (int i = 0; i < tail->n_partitions; i++) {
        struct window *win = &tail->windows[i];
        rd_kafka_resp_err_t code = rd_kafka_query_watermark_offsets(
            tail->rk, tail->topic, i, &win->low, &win->high, CLIENT_SECONDS * 1000);
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
            return command_fail(tail->client.cmd, "%s, partition %d: %s", tail->topic, i,
                                rd_kafka_err2str(code));
    }
    return EXIT_FINE;
}

static int assign(struct tail *tail)
{
    rd_kafka_topic_partition_list_t *list =
        rd_kafka_topic_partition_list_new(tail->n_partitions);

    for (int i = 0; i < tail->n_partitions; i++) {
        rd_kafka_topic_partition_list_add(list, tail->topic, i)->offset =
            tail->windows[i].start;
        tail->windows[i].is_read = tail->windows[i].start >= tail->windows[i].high;
    }
    rd_kafka_resp_err_t code = rd_kafka_assign(tail->rk, list);
    rd_kafka_topic_partition_list_destroy(list);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
        return EXIT_FINE;
    return command_fail(tail->client.cmd, "%s: %s", tail->topic, rd_kafka_err2str(code));
}

static bool all_read(const struct tail *tail)
{
    for (int i = 0; i < tail->n_partitions; i++) {
        if (!tail->windows[i].is_read)
            return false;
    }
    return true;
}

/* The next record, or NULL: nothing new, the end of a partition, or an error, which has
 * been told. */
static rd_kafka_message_t *next_message(struct tail *tail, int *ret_code)
{
    rd_kafka_message_t *message = rd_kafka_consumer_poll(tail->rk, 200);

    if (!message)
        return NULL;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
        return message;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
        tail->windows[message->partition].is_read = true;
    else
        *ret_code = command_fail(tail->client.cmd, "%s: %s", tail->topic,
                                 rd_kafka_message_errstr(message));
    rd_kafka_message_destroy(message);
    return NULL;
}

/* ---- the last N ---- */

static int by_offset(const void *a, const void *b)
{
    int64_t x = (*(rd_kafka_message_t *const *)a)->offset;
    int64_t y = (*(rd_kafka_message_t *const *)b)->offset;
    return (x > y) - (x < y);
}

static int by_time(const void *a, const void *b)
{
    const rd_kafka_message_t *x = *(rd_kafka_message_t *const *)a;
    const rd_kafka_message_t *y = *(rd_kafka_message_t *const *)b;
    int64_t x_ms = rd_kafka_message_timestamp(x, NULL);
    int64_t y_ms = rd_kafka_message_timestamp(y, NULL);

    if (x_ms != y_ms)
        return (x_ms > y_ms) - (x_ms < y_ms);
    if (x->partition != y->partition)
        return (x->partition > y->partition) - (x->partition < y->partition);
    return by_offset(a, b);
}

/* Within one partition offsets tell the order, whatever the clocks say. */
static void sort_kept(struct tail *tail)
{
    if (tail->n_kept > 0)
        qsort(tail->kept, tail->n_kept, sizeof(tail->kept[0]),
              tail->n_partitions == 1 ? by_offset : by_time);
}

static void drop_kept(struct tail *tail, size_t n)
{
    for (size_t i = 0; i < n; i++)
        rd_kafka_message_destroy(tail->kept[i]);
    tail->n_kept -= n;
    memmove(tail->kept, tail->kept + n, tail->n_kept * sizeof(tail->kept[0]));
}

/* Room for twice what is shown: it is then sorted once in N records. */
static void keep(struct tail *tail, rd_kafka_message_t *message)
{
    if (tail->n_kept == 2 * tail->last_n) {
        sort_kept(tail);
        drop_kept(tail, tail->n_kept - tail->last_n);
    }
    tail->kept[tail->n_kept++] = message;
}

/* Reads everything from the windows' starts to their ends. */
static int read_windows(struct tail *tail)
{
    int code = assign(tail);

    while (code == EXIT_FINE && !all_read(tail) && !is_interrupted) {
        rd_kafka_message_t *message = next_message(tail, &code);
        if (message)
            keep(tail, message);
    }
    return code;
}

static int show_last(struct tail *tail)
{
    bool is_whole = false;
    int code = EXIT_FINE;

    for (int64_t back = 2 * (int64_t)tail->last_n; !is_whole && code == EXIT_FINE;
         back *= 2) {
        drop_kept(tail, tail->n_kept);
        is_whole = true;
        for (int i = 0; i < tail->n_partitions; i++) {
            struct window *win = &tail->windows[i];
            win->start = win->high - back > win->low ? win->high - back : win->low;
            is_whole = is_whole && win->start == win->low;
        }
        code = read_windows(tail);
        is_whole = is_whole || tail->n_kept >= tail->last_n || is_interrupted;
    }
    sort_kept(tail);
    if (tail->n_kept > tail->last_n)
        drop_kept(tail, tail->n_kept - tail->last_n);
    for (size_t i = 0; i < tail->n_kept; i++)
        show(tail, tail->kept[i]);
    drop_kept(tail, tail->n_kept);
    return code;
}

/* ---- all of it, and what comes ---- */

static int show_stream(struct tail *tail)
{
    int code = EXIT_FINE;

    while (code == EXIT_FINE && !is_interrupted &&
           (tail->is_following || !all_read(tail))) {
        rd_kafka_message_t *message = next_message(tail, &code);
        if (!message)
            continue;
        show(tail, message);
        rd_kafka_message_destroy(message);
        (void)fflush(stdout);
    }
    return code;
}

static int tail_topic(struct tail *tail)
{
    static const char *const properties[] = {
        "group.id",
        "wiredesk-tail",
        "enable.auto.commit",
        "false",
        "isolation.level",
        "read_committed",
        "enable.partition.eof",
        "true",
        "auto.offset.reset",
        "earliest",
        "check.crcs",
        "true",
        NULL,
    };
    const struct sigaction on_interrupt = {.sa_handler = interrupt,
                                           .sa_flags = SA_RESETHAND};
    int code = EXIT_USAGE;

    tail->rk = client_consumer(&tail->client, properties);
    if (!tail->rk)
        return code;
    tail->n_partitions = client_partitions(&tail->client, tail->rk, tail->topic);
    if (tail->n_partitions < 0)
        return code;
    tail->windows = calloc((size_t)tail->n_partitions, sizeof(*tail->windows));
    tail->kept = calloc(2 * tail->last_n + 1, sizeof(rd_kafka_message_t *));
    if (!tail->windows || !tail->kept)
        return command_fail(tail->client.cmd, "out of memory");

    (void)sigaction(SIGINT, &on_interrupt, NULL);
    (void)sigaction(SIGTERM, &on_interrupt, NULL);
    code = find_ends(tail);
    if (code == EXIT_FINE && tail->last_n > 0 && !tail->is_from_beginning &&
        !tail->is_from_end)
        code = show_last(tail);
    (void)fflush(stdout);
    if (code != EXIT_FINE || is_interrupted ||
        !(tail->is_from_beginning || tail->is_following))
        return code;
    for (int i = 0; i < tail->n_partitions; i++)
        tail->windows[i].start =
            tail->is_from_beginning ? tail->windows[i].low : tail->windows[i].high;
    code = assign(tail);
    return code == EXIT_FINE ? show_stream(tail) : code;
}

/* ---- the command ---- */

static int take_option(struct tail *tail, int id, const char *value)
{
    char *end;
    unsigned long long number;

    switch (id) {
    case 't':
        tail->topic = value;
        return EXIT_FINE;
    case 'n':
        number = strtoull(value, &end, 10);
        if (end == value || *end != '\0' || value[0] == '-' || number > LAST_MAX)
            return command_fail(tail->client.cmd, "-n takes a number up to %d, not %s",
                                LAST_MAX, value);
        tail->last_n = (size_t)number;
        return EXIT_FINE;
    case 'f':
        tail->is_following = true;
        return EXIT_FINE;
    case OPTION_JSON:
        tail->is_json = true;
        return EXIT_FINE;
    case OPTION_FROM:
        tail->is_from_beginning = strcmp(value, "beginning") == 0;
        tail->is_from_end = strcmp(value, "end") == 0;
        tail->is_following = tail->is_following || tail->is_from_end;
        if (!tail->is_from_beginning && !tail->is_from_end)
            return command_fail(tail->client.cmd, "--from takes beginning or end, not %s",
                                value);
        return EXIT_FINE;
    default:
        return client_option(&tail->client, id, value);
    }
}

static void close_tail(struct tail *tail)
{
    if (tail->rk) {
        (void)rd_kafka_consumer_close(tail->rk); /* nothing was committed */
        rd_kafka_destroy(tail->rk);
    }
    free(tail->windows);
    free(tail->kept);
    view_done(&tail->view);
    client_done(&tail->client);
}

static int run(const struct command *cmd, int argc, char **argv)
{
    struct tail tail = {.topic = "news.enriched", .last_n = LAST_DEFAULT};
    struct args args;
    int id, code = EXIT_FINE;

    client_init(&tail.client, cmd);
    view_init(&tail.view, stdout);
    args_init(&args, cmd, argc, argv);
    while (code == EXIT_FINE && (id = args_next(&args)) != ARGS_END) {
        if (id == ARGS_STOP) {
            code = args.exit_code;
            goto out;
        }
        code = take_option(&tail, id, args.value);
    }
    if (code == EXIT_FINE && args.first_operand < argc)
        code =
            command_fail(cmd, "there is nothing to do with %s; name a topic with --topic",
                         argv[args.first_operand]);
    if (code == EXIT_FINE)
        code = tail_topic(&tail);
out:
    close_tail(&tail);
    return code;
}

static const struct command_option options[] = {
    CLIENT_OPTIONS,
    {"topic", 't', "TOPIC", "what to read (news.enriched); a .dlq topic as well"},
    {"last", 'n', "N", "the last N articles (10)"},
    {"from", OPTION_FROM, "WHERE", "beginning: all; end: only what comes from now on"},
    {"follow", 'f', NULL, "wait for more until interrupted"},
    {"json", OPTION_JSON, NULL, "the records themselves, one a line"},
    {0},
};

const struct command command_tail = {
    .name = "tail",
    .summary = "shows the last enriched articles of a topic",
    .details =
        "Reads what is committed, and leaves no trace: no consumer group remembers\n"
        "it. Dead letters are shown with the reason why they are dead.",
    .options = options,
    .run = run,
};
