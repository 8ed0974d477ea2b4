/* replay.c -- wiredesk replay: articles of files into a topic.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ends when the broker has acknowledged every record, so that "replay, then look" works
 * in a script. A record that the broker refuses is named, and the others go on. */
#include "commands.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "feed.h"
#include "pace.h"
#include "progress.h"
#include "topic_limit.h"

enum { OPTION_RATE = 256, OPTION_SPEED, OPTION_LOOP };

struct replay {
    const char *topic;
    double per_second; /* 0: as fast as the broker takes them */
    double speed;      /* 0: the articles' own times do not matter */
    uint64_t loops;    /* 0: for ever */
    struct client client;
    struct inputs *in;
    struct feed feed;
    struct progress bar;
    uint64_t loop;          /* the one under way, from 0 */
    uint64_t told_failures; /* of feed.failed */
    uint64_t unreadable;
    int64_t first_article_ms; /* by its own clock; valid with has_first */
    int64_t first_sent_ms;
    bool has_first;
};

static volatile sig_atomic_t is_interrupted;

static void interrupt(int number)
{
    (void)number;
    is_interrupted = 1;
}

/* ---- waiting ---- */

static void show_progress(struct replay *re)
{
    uint64_t done, total;

    inputs_progress(re->in, &done, &total);
    double share = -1;
    if (total > 0 && re->loops > 0)
        share = ((double)re->loop + (double)done / (double)total) / (double)re->loops;
    /* What was read is not yet acknowledged. */
    if (share > 0 && re->feed.sent > 0)
        share *= (double)re->feed.acknowledged / (double)re->feed.sent;
    progress_step(&re->bar, re->feed.acknowledged, share);
    if (re->feed.failed != re->told_failures) {
        progress_end(&re->bar);
        fprintf(stderr, "wiredesk: replay: %s\n", re->feed.last_failure);
        re->told_failures = re->feed.failed;
    }
}

static void wait_until(struct replay *re, int64_t due_ms)
{
    for (;;) {
        int64_t left_ms = due_ms - pace_now_ms();
        feed_poll(&re->feed, left_ms <= 0 ? 0 : left_ms < 100 ? (int)left_ms : 100);
        show_progress(re);
        if (left_ms <= 0 || is_interrupted)
            return;
    }
}

/* When the next record is due, by --rate or by its own clock; now, without either. */
static int64_t due_ms(struct replay *re, const struct input_record *rec)
{
    int64_t article_ms, now_ms = pace_now_ms();

    if (re->per_second > 0)
        return re->bar.start_ms +
               (int64_t)((double)re->feed.sent * 1000 / re->per_second);
    if (re->speed <= 0 || !pace_article_time(rec->value, &article_ms))
        return now_ms;
    if (!re->has_first) {
        re->has_first = true;
        re->first_article_ms = article_ms;
        re->first_sent_ms = now_ms;
    }
    return re->first_sent_ms +
           (int64_t)((double)(article_ms - re->first_article_ms) / re->speed);
}

/* ---- sending ---- */

static void send_all(struct replay *re)
{
    struct input_record rec;
    struct wd_error err;
    int r;

    while (!is_interrupted && (r = inputs_next(re->in, &rec, &err)) != 0) {
        if (r < 0) {
            progress_end(&re->bar);
            fprintf(stderr, "wiredesk: replay: %s\n", err.message);
            re->unreadable++;
            if (r == WD_ENOMEM)
                return;
            continue;
        }
        wait_until(re, due_ms(re, &rec));
        if (!is_interrupted)
            feed_send(&re->feed, &rec);
    }
}

static int tell_result(struct replay *re)
{
    char number[PROGRESS_NUMBER_SIZE], rate[PROGRESS_NUMBER_SIZE];
    double seconds = (double)(pace_now_ms() - re->bar.start_ms) / 1000;
    uint64_t missing = re->feed.sent - re->feed.acknowledged;

    progress_end(&re->bar);
    fprintf(stderr, "replayed %s articles (%.1f MB) into %s in %.1f s, %s/s",
            progress_number(re->feed.acknowledged, number),
            (double)re->feed.acknowledged_bytes / 1e6, re->topic, seconds,
            progress_number((uint64_t)((double)re->feed.acknowledged /
                                       (seconds > 0.001 ? seconds : 0.001)),
                            rate));
    if (missing > 0)
        fprintf(stderr, "; %s were not taken", progress_number(missing, number));
    fprintf(stderr, "%s\n", is_interrupted ? "; interrupted" : "");
    return missing > 0 || re->unreadable > 0 || is_interrupted ? EXIT_REJECTED
                                                               : EXIT_FINE;
}

static int replay_all(struct replay *re)
{
    const struct sigaction on_interrupt = {.sa_handler = interrupt,
                                           .sa_flags = SA_RESETHAND};
    int code =
        feed_open(&re->feed, &re->client, re->topic, topic_limit(&re->client, re->topic));
    if (code != EXIT_FINE)
        goto out;

    (void)sigaction(SIGINT, &on_interrupt, NULL); /* a second one ends at once */
    (void)sigaction(SIGTERM, &on_interrupt, NULL);
    progress_begin(&re->bar);
    for (re->loop = 0; (re->loops == 0 || re->loop < re->loops) && !is_interrupted;
         re->loop++) {
        if (re->loop > 0)
            inputs_rewind(re->in);
        re->has_first = false;
        uint64_t sent_before = re->feed.sent;
        send_all(re);
        if (re->feed.sent == sent_before) /* nothing, or only standard input */
            break;
    }
    while (feed_pending(&re->feed) > 0) {
        feed_poll(&re->feed, 100);
        show_progress(re);
    }
    show_progress(re);
    code = tell_result(re);
out:
    feed_close(&re->feed);
    return code;
}

/* ---- the command ---- */

static int take_option(void *opaque, int id, const char *value)
{
    struct replay *re = opaque;
    char *end;

    switch (id) {
    case 't':
        re->topic = value;
        return EXIT_FINE;
    case OPTION_RATE:
        if (!pace_parse_rate(value, &re->per_second))
            return command_fail(
                re->client.cmd,
                "--rate takes a number, as 250/s, 6000/m or 1e6/h, not %s", value);
        return EXIT_FINE;
    case OPTION_SPEED:
        re->speed = strtod(value, &end);
        if (end == value || *end != '\0' || !(re->speed > 0 && re->speed < 1e9))
            return command_fail(re->client.cmd, "--speed takes a number above 0, not %s",
                                value);
        return EXIT_FINE;
    case OPTION_LOOP:
        re->loops = strtoull(value, &end, 10);
        if (end == value || *end != '\0' || value[0] == '-')
            return command_fail(re->client.cmd, "--loop takes a number, not %s", value);
        return EXIT_FINE;
    default:
        return client_option(&re->client, id, value);
    }
}

static int run(const struct command *cmd, int argc, char **argv)
{
    struct replay re = {.topic = "news.raw", .loops = 1};
    struct args args;
    struct wd_error err;
    int code;

    client_init(&re.client, cmd);
    args_init(&args, cmd, argc, argv);
    if (!args_take(&args, take_option, &re)) {
        code = args.exit_code;
        goto out;
    }

    code = EXIT_USAGE;
    if (re.per_second > 0 && re.speed > 0) {
        (void)command_fail(cmd, "--rate and --speed exclude one another");
        goto out;
    }
    if (args.first_operand == argc) {
        (void)command_fail(cmd, "name a file or a folder with articles, or - for stdin");
        goto out;
    }
    if (inputs_open(argv + args.first_operand, (size_t)(argc - args.first_operand),
                    FEED_CEILING_BYTES, &re.in, &err) < 0) {
        (void)command_fail(cmd, "%s", err.message);
        goto out;
    }
    code = replay_all(&re);
out:
    inputs_close(re.in);
    client_done(&re.client);
    return code;
}

static const struct command_option options[] = {
    CLIENT_OPTIONS,
    {"topic", 't', "TOPIC", "where to (news.raw)"},
    {"rate", OPTION_RATE, "N/s", "so many articles a second; also N/m, N/h"},
    {"speed", OPTION_SPEED, "X", "X times as fast as the articles were published"},
    {"loop", OPTION_LOOP, "N", "so many times over; 0: until interrupted"},
    {0},
};

const struct command command_replay = {
    .name = "replay",
    .operands = "FILE|DIR|-…",
    .summary = "sends the articles of files into a topic",
    .details =
        "A .jsonl or .ndjson file holds one article a line; any other file is one\n"
        "article. A DIR is read in name order. The file's name becomes the record's "
        "key,\n"
        "its ending the content-type header. Ends when the broker has acknowledged all;\n"
        "exit status 1 when it refused some.\n\n"
        "--speed follows the times that JSON articles carry (published_at and the "
        "like);\n"
        "an article without one is sent at once.",
    .options = options,
    .run = run,
};
