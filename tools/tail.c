/* tail.c -- wiredesk tail: the last enriched articles of a topic.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "The last N" cannot be told from offsets, since ends of transactions take some, and
 * --where takes more; so it reads the last 2N offsets, and looks twice as far back until
 * it has found N or reached the beginning. */
#include "commands.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dead_letter.h"
#include "letter.h"
#include "progress.h"
#include "scan.h"
#include "where.h"

enum { OPTION_FROM = 256, OPTION_JSON, LAST_DEFAULT = 10, LAST_MAX = 100000 };

struct tail {
    const char *topic;
    size_t last_n;
    bool is_json;
    bool is_following;
    bool is_from_beginning;
    bool is_from_end;
    struct where *where; /* NULL: every record */
    struct client client;
    struct view view;
    struct scan scan;
    rd_kafka_message_t **kept;
    size_t n_kept;
    struct progress bar;
    uint64_t n_looked_at;
};

static volatile sig_atomic_t is_interrupted;

static void interrupt(int number)
{
    (void)number;
    is_interrupted = 1;
}

/* The record as an object, for --where and for --json; NULL when it is neither ours nor
 * JSON. */
static json_t *object_of(const rd_kafka_message_t *message)
{
    return letter_is_dead(message) ? dead_letter_json(message)
                                   : json_loadb(message->payload ? message->payload : "",
                                                message->len, 0, NULL);
}

static bool is_wanted(const struct tail *tail, const rd_kafka_message_t *message)
{
    int64_t offset;
    int32_t partition;
    if (!tail->is_json && dead_letter_is_marker(message, &partition, &offset))
        return false; /* it concerns a letter, and is none */
    if (!tail->where)
        return true;
    json_t *object = object_of(message);
    bool holds = where_holds(tail->where, object);
    json_decref(object);
    return holds;
}

/* A dead letter's bytes say nothing about why it is dead, so its object is shown. */
static void show_json(const rd_kafka_message_t *message)
{
    json_t *object = letter_is_dead(message) ? dead_letter_json(message) : NULL;

    if (object)
        (void)json_dumpf(object, stdout, JSON_COMPACT);
    else
        (void)fwrite(message->payload, 1, message->len, stdout);
    (void)fputc('\n', stdout);
    json_decref(object);
}

static void show(struct tail *tail, const rd_kafka_message_t *message)
{
    if (tail->is_json) {
        show_json(message);
        return;
    }
    json_t *enriched = letter_parse(message);
    letter_show(&tail->view, message, enriched);
    json_decref(enriched);
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
              tail->scan.n_partitions == 1 ? by_offset : by_time);
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
    int code = scan_start(&tail->scan);

    while (code == EXIT_FINE && !scan_is_read(&tail->scan) && !is_interrupted) {
        rd_kafka_message_t *message = scan_next(&tail->scan, &code);
        if (message && is_wanted(tail, message))
            keep(tail, message);
        else if (message)
            rd_kafka_message_destroy(message);
        progress_step(&tail->bar, ++tail->n_looked_at, -1);
    }
    progress_end(&tail->bar);
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
        for (int i = 0; i < tail->scan.n_partitions; i++) {
            struct scan_window *win = &tail->scan.windows[i];
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
           (tail->is_following || !scan_is_read(&tail->scan))) {
        rd_kafka_message_t *message = scan_next(&tail->scan, &code);
        if (!message)
            continue;
        if (is_wanted(tail, message))
            show(tail, message);
        rd_kafka_message_destroy(message);
        (void)fflush(stdout);
    }
    return code;
}

static int tail_topic(struct tail *tail)
{
    const struct sigaction on_interrupt = {.sa_handler = interrupt,
                                           .sa_flags = SA_RESETHAND};
    struct scan *scan = &tail->scan;
    int code = scan_open(scan, &tail->client, tail->topic);

    if (code != EXIT_FINE)
        return code;
    tail->kept = calloc(2 * tail->last_n + 1, sizeof(rd_kafka_message_t *));
    if (!tail->kept)
        return command_fail(tail->client.cmd, "out of memory");

    (void)sigaction(SIGINT, &on_interrupt, NULL);
    (void)sigaction(SIGTERM, &on_interrupt, NULL);
    if (tail->last_n > 0 && !tail->is_from_beginning && !tail->is_from_end)
        code = show_last(tail);
    (void)fflush(stdout);
    if (code != EXIT_FINE || is_interrupted ||
        !(tail->is_from_beginning || tail->is_following))
        return code;
    for (int i = 0; i < scan->n_partitions; i++)
        scan->windows[i].start =
            tail->is_from_beginning ? scan->windows[i].low : scan->windows[i].high;
    code = scan_start(scan);
    return code == EXIT_FINE ? show_stream(tail) : code;
}

/* ---- the command ---- */

static int take_option(void *opaque, int id, const char *value)
{
    struct tail *tail = opaque;
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
    case OPTION_WHERE:
        return where_take(&tail->where, tail->client.cmd, value);
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
    scan_close(&tail->scan);
    where_free(tail->where);
    free(tail->kept);
    view_done(&tail->view);
    client_done(&tail->client);
}

static int run(const struct command *cmd, int argc, char **argv)
{
    struct tail tail = {.topic = "news.enriched", .last_n = LAST_DEFAULT};
    struct args args;
    int code = EXIT_FINE;

    client_init(&tail.client, cmd);
    view_init(&tail.view, stdout);
    progress_begin(&tail.bar);
    args_init(&args, cmd, argc, argv);
    if (!args_take(&args, take_option, &tail)) {
        code = args.exit_code;
        goto out;
    }
    if (args.first_operand < argc)
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
    WHERE_OPTION("verdict=syndicated"),
    {"json", OPTION_JSON, NULL, "one JSON object a line"},
    {0},
};

const struct command command_tail = {
    .name = "tail",
    .summary = "shows the last enriched articles of a topic",
    .details =
        "Reads what is committed, and leaves no trace: no consumer group remembers\n"
        "it. Dead letters are shown with the reason why they are dead, with --json as "
        "an\n"
        "object with their error, source and value.\n\n" WHERE_HELP,
    .options = options,
    .run = run,
};
