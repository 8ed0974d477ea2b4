/* dlq.c -- wiredesk dlq: what could not be enriched, looked at and sent again.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The dead-letter topic is read twice: first for the markers of what was requeued, then
 * for the letters themselves, which go by one at a time. Both passes end where the topic
 * ended when they began, so a letter that comes meanwhile is left for the next time. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dead_letter.h"
#include "letter.h"
#include "progress.h"
#include "requeue.h"
#include "scan.h"
#include "where.h"

enum { OPTION_JSON = 256, OPTION_ALL, OPTION_TO, OPTION_REQUEUED };
enum { CODES_MAX = 64, NARROW = 90 };

/* Where a letter lies in its topic. */
struct place {
    int32_t partition;
    int64_t offset;
};

struct places {
    struct place *at;
    size_t n;
    size_t room;
};

struct dlq;

/* What is done with each letter that was asked for. EXIT_FINE goes on. */
typedef int (*letter_action)(struct dlq *dlq, const rd_kafka_message_t *message,
                             const json_t *letter, bool is_requeued);

struct dlq {
    const char *topic;
    const char *to;
    struct where *where;
    struct places asked; /* from the command line; none: all that --where lets through */
    struct places requeued;
    bool is_json;
    bool is_all;
    bool has_requeued; /* shows those, too */
    struct client client;
    struct term term;
    struct progress bar;
    struct requeue rq;
    uint64_t n_seen, n_left, n_requeued;
    struct {
        char code[40];
        uint64_t n;
    } codes[CODES_MAX];
};

static bool places_add(struct places *places, struct place place)
{
    if (places->n == places->room) {
        size_t room = places->room ? 2 * places->room : 64;
        struct place *at = realloc(places->at, room * sizeof(*at));
        if (!at)
            return false;
        places->at = at;
        places->room = room;
    }
    places->at[places->n++] = place;
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->partition != y->partition)
        return (x->partition > y->partition) - (x->partition < y->partition);
    return (x->offset > y->offset) - (x->offset < y->offset);
}

static void places_sort(struct places *places)
{
    if (places->n)
        qsort(places->at, places->n, sizeof(*places->at), by_place);
}

static bool places_have(const struct places *places, struct place place)
{
    return places->n &&
           bsearch(&place, places->at, places->n, sizeof(*places->at), by_place) != NULL;
}

/* ---- reading ---- */

/* The whole topic, each record handed to `look`. */
static int read_topic(struct dlq *dlq,
                      int (*look)(struct dlq *dlq, const rd_kafka_message_t *message,
                                  letter_action act),
                      letter_action act)
{
    struct scan scan;
    int code = scan_open(&scan, &dlq->client, dlq->topic);

    if (code == EXIT_FINE)
        code = scan_start(&scan);
    while (code == EXIT_FINE && !scan_is_read(&scan)) {
        rd_kafka_message_t *message = scan_next(&scan, &code);
        if (!message)
            continue;
        if (message->offset < scan.windows[message->partition].high)
            code = look(dlq, message, act);
        rd_kafka_message_destroy(message);
        progress_step(&dlq->bar, ++dlq->n_seen, -1);
    }
    progress_end(&dlq->bar);
    scan_close(&scan);
    return code;
}

static int look_for_marker(struct dlq *dlq, const rd_kafka_message_t *message,
                           letter_action act)
{
    struct place place;
    (void)act;
    if (dead_letter_is_marker(message, &place.partition, &place.offset) &&
        !places_add(&dlq->requeued, place))
        return command_fail(dlq->client.cmd, "out of memory");
    return EXIT_FINE;
}

static int look_at_letter(struct dlq *dlq, const rd_kafka_message_t *message,
                          letter_action act)
{
    struct place place = {message->partition, message->offset};
    bool is_requeued = places_have(&dlq->requeued, place);
    int code = EXIT_FINE;

    if (!letter_is_dead(message) || (dlq->asked.n && !places_have(&dlq->asked, place)))
        return EXIT_FINE;
    json_t *letter = dead_letter_json(message);
    if (!letter)
        return command_fail(dlq->client.cmd, "out of memory");
    if (where_holds(dlq->where, letter))
        code = act(dlq, message, letter, is_requeued);
    json_decref(letter);
    return code;
}

static int each_letter(struct dlq *dlq, letter_action act)
{
    int code = read_topic(dlq, look_for_marker, NULL);

    places_sort(&dlq->requeued);
    return code == EXIT_FINE ? read_topic(dlq, look_at_letter, act) : code;
}

/* ---- ls, show ---- */

static const char *text_at(const json_t *letter, const char *room, const char *name)
{
    const char *text =
        json_string_value(json_object_get(json_object_get(letter, room), name));
    return text ? text : "?";
}

static void count_code(struct dlq *dlq, const char *code)
{
    for (size_t i = 0; i < CODES_MAX; i++) {
        if (dlq->codes[i].n == 0)
            (void)snprintf(dlq->codes[i].code, sizeof(dlq->codes[i].code), "%s", code);
        if (strcmp(dlq->codes[i].code, code) == 0) {
            dlq->codes[i].n++;
            return;
        }
    }
}

/* Whether the letter is shown, after counting it. */
static bool is_shown(struct dlq *dlq, const json_t *letter, bool is_requeued)
{
    if (is_requeued) {
        dlq->n_requeued++;
        return dlq->has_requeued || dlq->asked.n;
    }
    dlq->n_left++;
    count_code(dlq, text_at(letter, "error", "code"));
    return true;
}

/* When the record was made; "01-23 07:15" on a narrow screen. */
static void print_time(const struct term *term, const json_t *letter)
{
    long long ms = strtoll(text_at(letter, "source", "timestamp"), NULL, 10);
    time_t seconds = (time_t)(ms / 1000);
    bool is_narrow = term->width < NARROW;
    struct tm tm;
    char text[32] = "";

    if (ms > 0 && gmtime_r(&seconds, &tm))
        (void)strftime(text, sizeof(text),
                       is_narrow ? "%m-%d %H:%M" : "%Y-%m-%d %H:%M:%S", &tm);
    fprintf(term->out, "%-*s  ", is_narrow ? 11 : 19, text);
}

/* Where it came from and its key, in what is left of the line. */
static void print_origin(const struct term *term, const rd_kafka_message_t *message,
                         const json_t *letter)
{
    char text[600];
    unsigned taken = term->width < NARROW ? 50 : 60;

    (void)snprintf(
        text, sizeof(text), "%s/%s:%s  %.*s", text_at(letter, "source", "topic"),
        text_at(letter, "source", "partition"), text_at(letter, "source", "offset"),
        message->key_len < 256 ? (int)message->key_len : 256,
        message->key ? (const char *)message->key : "");
    if (!term->is_terminal)
        term_put(term, wd_str_from(text));
    else if (term->width > taken)
        term_put_cut(term, wd_str_from(text), term->width - taken);
    (void)fputc('\n', term->out);
}

static int list_letter(struct dlq *dlq, const rd_kafka_message_t *message,
                       const json_t *letter, bool is_requeued)
{
    const struct term *term = &dlq->term;
    char place[40];

    if (!is_shown(dlq, letter, is_requeued))
        return EXIT_FINE;
    progress_end(&dlq->bar); /* it stands on the line that is written now */
    if (dlq->is_json) {
        (void)json_dumpf(letter, stdout, JSON_COMPACT);
        (void)fputc('\n', stdout);
        return EXIT_FINE;
    }
    (void)snprintf(place, sizeof(place), "%d:%lld", (int)message->partition,
                   (long long)message->offset);
    fprintf(term->out, "%-9s ", place);
    print_time(term, letter);
    term_ink(term, is_requeued ? TERM_DIM : TERM_RED);
    fprintf(term->out, "%-18s ",
            is_requeued ? "requeued" : text_at(letter, "error", "code"));
    term_ink(term, TERM_PLAIN);
    fprintf(term->out, "%7zu  ", message->len);
    print_origin(term, message, letter);
    return EXIT_FINE;
}

static void print_pairs(const struct term *term, const char *label, const json_t *pairs)
{
    struct term_row row;
    const char *name;
    const json_t *value;

    if (json_object_size(pairs) == 0)
        return;
    term_row_begin(&row, term, label, 12);
    json_object_foreach((json_t *)(uintptr_t)pairs, name, value)
    {
        char text[600];
        (void)snprintf(text, sizeof(text), "%s=%s", name, json_string_value(value));
        term_row_add(&row, TERM_PLAIN, wd_str_from(text), "");
    }
    term_row_end(&row);
}

/* The record, line by line; what could drive the screen is made harmless. */
static void print_value(const struct term *term, const char *value)
{
    while (value && *value) {
        size_t size = strcspn(value, "\n");
        fputs("    ", term->out);
        term_put(term, (struct wd_str){value, size});
        (void)fputc('\n', term->out);
        value += size + (value[size] == '\n');
    }
}

static int show_letter(struct dlq *dlq, const rd_kafka_message_t *message,
                       const json_t *letter, bool is_requeued)
{
    const struct term *term = &dlq->term;
    const char *value = json_string_value(json_object_get(letter, "value"));
    struct term_row row;

    if (dlq->is_json || !is_shown(dlq, letter, is_requeued))
        return list_letter(dlq, message, letter, is_requeued);
    progress_end(&dlq->bar);
    fprintf(term->out, "%d:%lld  ", (int)message->partition, (long long)message->offset);
    term_ink(term, TERM_BOLD);
    term_put(term, (struct wd_str){message->key, message->key_len});
    term_ink(term, TERM_PLAIN);
    fputs(is_requeued ? "  (requeued)\n" : "\n", term->out);
    term_row_begin(&row, term, "reason", 12);
    term_row_add(&row, TERM_RED, wd_str_from(text_at(letter, "error", "code")), ":");
    term_row_add_words(&row, TERM_PLAIN,
                       wd_str_from(text_at(letter, "error", "message")));
    term_row_end(&row);
    print_pairs(term, "error", json_object_get(letter, "error"));
    print_pairs(term, "source", json_object_get(letter, "source"));
    print_pairs(term, "headers", json_object_get(letter, "headers"));
    fprintf(term->out, "  %zu bytes%s\n", message->len,
            value ? ":" : ", no UTF-8; --json has them in base64");
    print_value(term, value);
    (void)fputc('\n', term->out);
    return EXIT_FINE;
}

static void tell_sum(const struct dlq *dlq)
{
    char number[PROGRESS_NUMBER_SIZE];

    (void)fflush(stdout);
    fprintf(stderr, "%s dead letters", progress_number(dlq->n_left, number));
    for (size_t i = 0; i < CODES_MAX && dlq->codes[i].n; i++)
        fprintf(stderr, "%s%s %s", i ? ", " : ": ",
                progress_number(dlq->codes[i].n, number), dlq->codes[i].code);
    if (dlq->n_requeued)
        fprintf(stderr, "; %s were requeued", progress_number(dlq->n_requeued, number));
    (void)fputc('\n', stderr);
}

static int look(struct dlq *dlq, letter_action act)
{
    int code = each_letter(dlq, act);

    if (code == EXIT_FINE)
        tell_sum(dlq);
    return code;
}

static int run_ls(struct dlq *dlq)
{
    return look(dlq, list_letter);
}

static int run_show(struct dlq *dlq)
{
    return look(dlq, show_letter);
}

/* ---- requeue ---- */

static int requeue_letter(struct dlq *dlq, const rd_kafka_message_t *message,
                          const json_t *letter, bool is_requeued)
{
    (void)letter;
    if (!is_requeued)
        return requeue_send(&dlq->rq, message);
    dlq->n_requeued++;
    return EXIT_FINE;
}

static int run_requeue(struct dlq *dlq)
{
    char number[PROGRESS_NUMBER_SIZE];

    if (!dlq->where && !dlq->asked.n && !dlq->is_all)
        return command_fail(dlq->client.cmd, "say which: PARTITION:OFFSET, --where, or "
                                             "--all");
    int code = requeue_open(&dlq->rq, &dlq->client, dlq->topic, dlq->to);
    if (code == EXIT_FINE)
        code = each_letter(dlq, requeue_letter);
    if (code == EXIT_FINE)
        code = requeue_commit(&dlq->rq);
    fprintf(stderr, "%s dead letters were requeued",
            progress_number(dlq->rq.n_done, number));
    if (dlq->n_requeued)
        fprintf(stderr, "; %s had been before", progress_number(dlq->n_requeued, number));
    (void)fputc('\n', stderr);
    if (code == EXIT_FINE && dlq->rq.n_refused)
        code = EXIT_REJECTED;
    requeue_close(&dlq->rq);
    return code;
}

/* ---- the command ---- */

static const struct {
    const char *name;
    int (*run)(struct dlq *dlq);
} verbs[] = {{"ls", run_ls}, {"show", run_show}, {"requeue", run_requeue}};

static int take_option(void *opaque, int id, const char *value)
{
    struct dlq *dlq = opaque;

    switch (id) {
    case 't':
        dlq->topic = value;
        return EXIT_FINE;
    case OPTION_WHERE:
        return where_take(&dlq->where, dlq->client.cmd, value);
    case OPTION_JSON:
        dlq->is_json = true;
        return EXIT_FINE;
    case OPTION_ALL:
        dlq->is_all = true;
        return EXIT_FINE;
    case OPTION_REQUEUED:
        dlq->has_requeued = true;
        return EXIT_FINE;
    case OPTION_TO:
        dlq->to = value;
        return EXIT_FINE;
    default:
        return client_option(&dlq->client, id, value);
    }
}

static int take_place(struct dlq *dlq, const char *word)
{
    char *colon, *end;
    long partition = strtol(word, &colon, 10);
    long long offset = *colon == ':' ? strtoll(colon + 1, &end, 10) : -1;

    if (*word < '0' || *word > '9' || *colon != ':' || end == colon + 1 || *end ||
        offset < 0)
        return command_fail(dlq->client.cmd, "%s is no PARTITION:OFFSET, as 0:17", word);
    if (!places_add(&dlq->asked, (struct place){(int32_t)partition, offset}))
        return command_fail(dlq->client.cmd, "out of memory");
    return EXIT_FINE;
}

static int run_verb(struct dlq *dlq, char *const *words, int n)
{
    const char *verb = n ? words[0] : "";

    for (int i = 1; i < n; i++) {
        int code = take_place(dlq, words[i]);
        if (code != EXIT_FINE)
            return code;
    }
    places_sort(&dlq->asked);
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(verbs[i].name, verb) == 0)
            return verbs[i].run(dlq);
    }
    return command_fail(dlq->client.cmd, "say ls, show or requeue");
}

static int run(const struct command *cmd, int argc, char **argv)
{
    struct dlq dlq = {.topic = "news.enriched.dlq"};
    struct args args;
    int code;

    client_init(&dlq.client, cmd);
    term_init(&dlq.term, stdout);
    progress_begin(&dlq.bar);
    args_init(&args, cmd, argc, argv);
    if (args_take(&args, take_option, &dlq))
        code = run_verb(&dlq, argv + args.first_operand, argc - args.first_operand);
    else
        code = args.exit_code;
    where_free(dlq.where);
    free(dlq.asked.at);
    free(dlq.requeued.at);
    client_done(&dlq.client);
    return code;
}

static const struct command_option options[] = {
    CLIENT_OPTIONS,
    {"topic", 't', "TOPIC", "the dead letters (news.enriched.dlq)"},
    WHERE_OPTION("code=invalid-utf8"),
    {"json", OPTION_JSON, NULL, "ls, show: one JSON object a line"},
    {"requeued", OPTION_REQUEUED, NULL, "ls, show: also those that were requeued"},
    {"all", OPTION_ALL, NULL, "requeue: all of them"},
    {"to", OPTION_TO, "TOPIC", "requeue: there, not where they came from"},
    {0},
};

const struct command command_dlq = {
    .name = "dlq",
    .operands = "ls|show|requeue [PARTITION:OFFSET]…",
    .summary = "looks at dead letters, and sends them again",
    .details =
        "ls: a line each, with place, time, reason, size, source and key. show: the "
        "whole\n"
        "letter. requeue: sends letters back to the topic that they came from, with "
        "key,\n"
        "headers, timestamp and bytes of the original record, in transactions that also\n"
        "mark them as requeued: no letter goes twice, however often it is asked "
        "for.\n\n" WHERE_HELP,
    .options = options,
    .run = run,
};
