/* verify.c -- `wiredesk verify`: is every output what its input and the order give?
 * SPDX-License-Identifier: Apache-2.0
 *
 * The sketch log says in which order the input was decided on, and where in the input
 * each record was. So a second desk goes through the same records in the same order, one
 * thread, and makes each sketch, output and dead letter again, whoever wrote them: one
 * instance or taggers and a desk. They have to be the same bytes.
 *
 * All topics are read side by side, each partition at its own pace, so that memory does
 * not grow with them. Before --from nothing is made again: the desk is restored from the
 * log, as any desk at its start. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "article_options.h"
#include "client.h"
#include "commands.h"
#include "datadir.h"
#include "dead_letter.h"
#include "lane.h"
#include "letter.h"
#include "progress.h"
#include "wiredesk/desk.h"
#include "wiredesk/emit.h"
#include "wiredesk/pipeline.h"
#include "wiredesk/sketch.h"

enum {
    OPTION_FROM = 256,
    OPTION_TO,
    OPTION_PROFILE,
    OPTION_NO_TOKENS,
    OPTION_WINDOW_ARTICLES,
    OPTION_WINDOW_HOURS,
    OPTION_MAX_BYTES,
    INPUTS_MAX = 64, /* topics */
    HEADERS_MAX = 256,
    NAME_SIZE = 300,
    EXCERPT = 40,
    MS_PER_HOUR = 3600 * 1000,
};

#define OUTPUT_CEILING (512u << 20)

struct verify {
    struct client client;
    const char *topic;
    uint64_t from, to;
    struct wd_options opts;
    struct wd_emit_options emit;

    struct lane sketches, outputs, letters;
    struct {
        char name[NAME_SIZE];
        struct lane lane;
    } inputs[INPUTS_MAX];
    size_t n_inputs;

    struct wd_pipeline *pl;
    struct wd_desk *desk;
    struct wd_article *art;
    struct wd_sketch_scratch *scratch;
    struct wd_buf buf;
    struct progress bar;
    uint64_t n_outputs, n_letters, n_replays;
    char difference[512]; /* the first one; empty: none */
};

/* EXIT_REJECTED with the difference kept: for the caller to return. */
static int differ(struct verify *ver, const struct wd_sketch *sketch, const char *fmt,
                  ...) __attribute__((format(printf, 3, 4)));

static int differ(struct verify *ver, const struct wd_sketch *sketch, const char *fmt,
                  ...)
{
    char what[300];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(what, sizeof(what), fmt, args); /* may be cut */
    va_end(args);
    (void)snprintf(
        ver->difference, sizeof(ver->difference), "sequence %llu, %.*s [%d] at %lld: %s",
        (unsigned long long)sketch->sequence, (int)sketch->topic.size, sketch->topic.data,
        (int)sketch->partition, (long long)sketch->offset, what);
    return EXIT_REJECTED;
}

/* Compares, and says where the first byte is that differs. */
static int same_bytes(struct verify *ver, const struct wd_sketch *sketch,
                      const char *what, struct wd_str derived,
                      const rd_kafka_message_t *found)
{
    struct wd_str there = {found->payload, found->len};
    size_t i = 0;
    if (wd_str_equal(derived, there))
        return EXIT_FINE;
    while (i < derived.size && i < there.size && derived.data[i] == there.data[i])
        i++;
    size_t from = i > EXCERPT / 2 ? i - EXCERPT / 2 : 0;
    int n_derived = (int)(derived.size - from < EXCERPT ? derived.size - from : EXCERPT);
    int n_there = (int)(there.size - from < EXCERPT ? there.size - from : EXCERPT);
    bool is_text = strcmp(what, "output") == 0;
    return differ(ver, sketch, "the %s (%s [%d] at %lld) differs at byte %zu%s%.*s%s%.*s",
                  what, rd_kafka_topic_name(found->rkt), (int)found->partition,
                  (long long)found->offset, i, is_text ? ": …" : "",
                  is_text ? n_there : 0, there.data + from,
                  is_text ? "… where it should be …" : "", is_text ? n_derived : 0,
                  derived.data + from);
}

/* --- the input --- */

static struct lane *input_lane(struct verify *ver, struct wd_str topic, int *ret_code)
{
    for (size_t i = 0; i < ver->n_inputs; i++) {
        if (wd_str_equal(wd_str_from(ver->inputs[i].name), topic))
            return &ver->inputs[i].lane;
    }
    if (ver->n_inputs == INPUTS_MAX || topic.size >= NAME_SIZE) {
        *ret_code = command_fail(ver->client.cmd, "the log names too many input topics");
        return NULL;
    }
    char *name = ver->inputs[ver->n_inputs].name;
    struct lane *lane = &ver->inputs[ver->n_inputs++].lane;
    (void)snprintf(name, NAME_SIZE, "%.*s", (int)topic.size, topic.data);
    *ret_code = lane_open(lane, &ver->client, name);
    return *ret_code == EXIT_FINE ? lane : NULL;
}

/* The record that the sketch is of; NULL with *ret_code set when it is not to be had. */
static const rd_kafka_message_t *find_input(struct verify *ver,
                                            const struct wd_sketch *sketch, int *ret_code)
{
    struct lane *lane = input_lane(ver, sketch->topic, ret_code);
    const rd_kafka_message_t *head = NULL;
    if (!lane)
        return NULL;
    if (sketch->partition >= 0 && sketch->partition < lane->scan.n_partitions) {
        while ((head = lane_head(lane, sketch->partition, ret_code)) != NULL &&
               head->offset < sketch->offset)
            lane_drop(lane, sketch->partition);
    }
    if (*ret_code == EXIT_FINE && (!head || head->offset != sketch->offset)) {
        *ret_code = differ(ver, sketch, "the input is not there any more");
        return NULL;
    }
    return head;
}

static struct wd_record record_of(const rd_kafka_message_t *message,
                                  struct wd_header headers[HEADERS_MAX])
{
    struct wd_record record = {
        .value = {message->payload, message->len},
        .key = {message->key, message->key_len},
        .headers = headers,
        .topic = wd_str_from(rd_kafka_topic_name(message->rkt)),
        .partition = message->partition,
        .offset = message->offset,
        .timestamp_ms = rd_kafka_message_timestamp(message, NULL),
    };
    rd_kafka_headers_t *list;
    const char *name;
    const void *value;
    size_t size;
    if (rd_kafka_message_headers(message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return record;
    for (size_t i = 0;
         i < HEADERS_MAX && rd_kafka_header_get_all(list, i, &name, &value, &size) ==
                                RD_KAFKA_RESP_ERR_NO_ERROR;
         i++) {
        headers[i] = (struct wd_header){wd_str_from(name), {value, size}};
        if (strcasecmp(name, "content-type") == 0)
            record.content_type = headers[i].value;
        record.n_headers = i + 1;
    }
    return record;
}

/* --- what came of it --- */

/* The number that an output says it has; quotes in texts are escaped, so that this stands
 * nowhere else. 0: it says none. */
static uint64_t sequence_of(const rd_kafka_message_t *message)
{
    static const char mark[] =
        "\"schemaVersion\":\"" WD_SCHEMA_VERSION "\",\"sequence\":";
    const char *at = message->len
                         ? memmem(message->payload, message->len, mark, sizeof(mark) - 1)
                         : NULL;
    const char *end = (const char *)message->payload + message->len;
    uint64_t sequence = 0;
    if (!at)
        return 0;
    for (at += sizeof(mark) - 1; at < end && *at >= '0' && *at <= '9'; at++)
        sequence = sequence * 10 + (uint64_t)(*at - '0');
    return sequence;
}

static bool is_output_of(const rd_kafka_message_t *message,
                         const struct wd_sketch *sketch)
{
    return sequence_of(message) == sketch->sequence;
}

static bool header_is(const rd_kafka_message_t *message, const char *name,
                      struct wd_str text)
{
    return wd_str_equal(letter_header(message, name), text);
}

static bool header_is_number(const rd_kafka_message_t *message, const char *name,
                             int64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof(text), "%lld", (long long)number);
    return header_is(message, name, wd_str_from(text));
}

static bool is_letter_of(const rd_kafka_message_t *message,
                         const struct wd_sketch *sketch)
{
    return header_is(message, DEAD_LETTER_SOURCE "topic", sketch->topic) &&
           header_is_number(message, DEAD_LETTER_SOURCE "partition", sketch->partition) &&
           header_is_number(message, DEAD_LETTER_SOURCE "offset", sketch->offset);
}

/* The partition at whose head the sketch's output or dead letter stands; -1: at none. */
static int find_head(struct lane *lane, const struct wd_sketch *sketch,
                     bool (*is_of)(const rd_kafka_message_t *, const struct wd_sketch *),
                     int *ret_code)
{
    for (int i = 0; i < lane->scan.n_partitions && *ret_code == EXIT_FINE; i++) {
        int32_t partition;
        int64_t offset;
        const rd_kafka_message_t *head = lane_head(lane, i, ret_code);
        while (head && dead_letter_is_marker(head, &partition, &offset)) {
            lane_drop(lane, i);
            head = lane_head(lane, i, ret_code);
        }
        if (head && is_of(head, sketch))
            return i;
    }
    return -1;
}

static int check_output(struct verify *ver, const struct wd_sketch *sketch,
                        const rd_kafka_message_t *found)
{
    const struct wd_facts *facts = wd_article_facts(ver->art);
    char cluster[WD_ID_SIZE], story[WD_ID_SIZE];
    wd_cluster_name(facts->dedup.cluster, cluster);
    wd_story_name(facts->story.id, story);
    wd_buf_clear(&ver->buf);
    wd_emit(ver->art, &ver->emit, &ver->buf);
    if (wd_buf_status(&ver->buf) != WD_OK)
        return command_fail(ver->client.cmd, "out of memory");
    ver->n_outputs++;
    int code = same_bytes(ver, sketch, "output", wd_buf_str(&ver->buf), found);
    if (code != EXIT_FINE)
        return code;
    struct wd_str key = {found->key, found->key_len};
    if (!wd_str_equal(key, facts->meta.uri))
        return differ(ver, sketch, "the output's key is not its uri");
    if (rd_kafka_message_timestamp(found, NULL) != sketch->timestamp_ms)
        return differ(ver, sketch, "the output has not the timestamp of its input");
    if (!header_is(found, "wiredesk-dedup",
                   wd_str_from(wd_verdict_name(facts->dedup.verdict))) ||
        !header_is(found, "wiredesk-cluster", wd_str_from(cluster)) ||
        !header_is(found, "wiredesk-story", wd_str_from(story)))
        return differ(ver, sketch, "the output's headers are not what it says");
    return EXIT_FINE;
}

/* An article that was accepted became one only because its output was too large. */
static int check_letter(struct verify *ver, const struct wd_sketch *sketch,
                        const rd_kafka_message_t *input, const rd_kafka_message_t *found)
{
    const struct wd_error *err = wd_article_error(ver->art);
    int status = err->status != WD_OK ? err->status : WD_ESIZE;
    struct wd_str key = {found->key, found->key_len};
    ver->n_letters++;
    if (!header_is(found, DEAD_LETTER_ERROR "code", wd_str_from(wd_status_name(status))))
        return differ(ver, sketch, "the dead letter has another reason than %s",
                      wd_status_name(status));
    if (err->status != WD_OK &&
        !header_is(found, DEAD_LETTER_ERROR "message", wd_str_from(err->message)))
        return differ(ver, sketch, "the dead letter does not say: %s", err->message);
    if (!wd_str_equal(key, (struct wd_str){input->key, input->key_len}))
        return differ(ver, sketch, "the dead letter has another key");
    if (letter_header(found, DEAD_LETTER_ERROR "value-bytes").data)
        return EXIT_FINE; /* no topic takes its value */
    return same_bytes(ver, sketch, "dead letter",
                      (struct wd_str){input->payload, input->len}, found);
}

/* --- one after the other --- */

static int derive(struct verify *ver, const struct wd_sketch *sketch,
                  const rd_kafka_message_t *logged, const rd_kafka_message_t **ret_input)
{
    struct wd_header headers[HEADERS_MAX];
    int code = EXIT_FINE;
    const rd_kafka_message_t *input = find_input(ver, sketch, &code);
    if (!input)
        return code;
    struct wd_record record = record_of(input, headers);
    wd_article_begin(ver->art, &record);
    int r = wd_pipeline_run(ver->pl, ver->art);
    if ((r < 0 && wd_status_class(r) != WD_CLASS_INPUT) ||
        wd_desk_decide(ver->desk, ver->art) < 0)
        return command_fail(ver->client.cmd, "out of memory");
    wd_buf_clear(&ver->buf);
    wd_sketch_encode(wd_article_sketch(ver->art), &ver->buf);
    *ret_input = input;
    return same_bytes(ver, sketch, "sketch", wd_buf_str(&ver->buf), logged);
}

static int check_outcome(struct verify *ver, const struct wd_sketch *sketch,
                         const rd_kafka_message_t *input)
{
    int code = EXIT_FINE;
    int letter = find_head(&ver->letters, sketch, is_letter_of, &code);
    int output = letter < 0 && sketch->status == WD_OK && !sketch->is_replay
                     ? find_head(&ver->outputs, sketch, is_output_of, &code)
                     : -1;
    if (code != EXIT_FINE)
        return code;
    if (letter < 0 && output < 0 && !sketch->is_replay)
        return differ(ver, sketch, "its %s is missing",
                      sketch->status == WD_OK ? "output" : "dead letter");
    ver->n_replays += input && sketch->is_replay;
    if (letter >= 0) {
        if (input)
            code =
                check_letter(ver, sketch, input, lane_head(&ver->letters, letter, &code));
        lane_drop(&ver->letters, letter);
    }
    if (output >= 0) {
        if (input)
            code = check_output(ver, sketch, lane_head(&ver->outputs, output, &code));
        lane_drop(&ver->outputs, output);
    }
    return code;
}

static int verify_one(struct verify *ver, const rd_kafka_message_t *logged,
                      bool *ret_more)
{
    struct wd_sketch sketch;
    struct wd_error err;
    const rd_kafka_message_t *input = NULL;
    int code = EXIT_FINE;
    if (wd_sketch_decode((struct wd_str){logged->payload, logged->len}, &sketch,
                         &ver->scratch, &err) < 0)
        return command_fail(ver->client.cmd, "the sketch log at %lld: %s",
                            (long long)logged->offset, err.message);
    *ret_more = sketch.sequence <= ver->to;
    if (!*ret_more)
        return EXIT_FINE;
    if (sketch.sequence >= ver->from) {
        code = derive(ver, &sketch, logged, &input);
    } else if (wd_desk_restore(ver->desk, &sketch, 1, NULL, &err) < 0) {
        code = command_fail(ver->client.cmd, "the sketch log at %lld: %s",
                            (long long)logged->offset, err.message);
    }
    return code == EXIT_FINE ? check_outcome(ver, &sketch, input) : code;
}

/* What stands behind the last sketch came of nothing. */
static int check_rest(struct verify *ver)
{
    int code = EXIT_FINE;
    for (int i = 0; i < ver->outputs.scan.n_partitions; i++) {
        const rd_kafka_message_t *head = lane_head(&ver->outputs, i, &code);
        if (!head)
            continue;
        (void)snprintf(ver->difference, sizeof(ver->difference),
                       "%s [%d] at %lld: the log knows of no such output", ver->topic, i,
                       (long long)head->offset);
        return EXIT_REJECTED;
    }
    return code;
}

static int verify_all(struct verify *ver)
{
    int code = EXIT_FINE;
    bool has_more = true;
    uint64_t n = 0;
    const rd_kafka_message_t *logged = NULL;
    while (has_more && code == EXIT_FINE &&
           (logged = lane_head(&ver->sketches, 0, &code)) != NULL) {
        code = verify_one(ver, logged, &has_more);
        lane_drop(&ver->sketches, 0);
        progress_step(&ver->bar, ++n, -1);
    }
    progress_end(&ver->bar);
    return code == EXIT_FINE && has_more ? check_rest(ver) : code;
}

/* --- the command --- */

static int open_desk(struct verify *ver)
{
    struct wd_error err;
    char *data_dir = NULL;
    if (datadir_find(ver->opts.data_dir, &data_dir) < 0)
        return command_fail(ver->client.cmd, "out of memory");
    ver->opts.data_dir = data_dir;
    int r = wd_pipeline_open(&ver->opts, &ver->pl, &err);
    if (r == WD_OK)
        r = wd_desk_open(&ver->opts, &ver->desk, &err);
    free(data_dir);
    if (r < 0)
        return command_fail(ver->client.cmd, "%s", err.message);
    ver->art = wd_article_new();
    return ver->art ? EXIT_FINE : command_fail(ver->client.cmd, "out of memory");
}

/* The outputs are asked for their ends after the log: all that it names is there. */
static int open_topics(struct verify *ver)
{
    static char names[2][NAME_SIZE]; /* lanes borrow them */
    (void)snprintf(names[0], NAME_SIZE, "%s.sketch", ver->topic);
    (void)snprintf(names[1], NAME_SIZE, "%s.dlq", ver->topic);
    int code = lane_open(&ver->sketches, &ver->client, names[0]);
    if (code == EXIT_FINE)
        code = lane_open(&ver->letters, &ver->client, names[1]);
    if (code == EXIT_FINE)
        code = lane_open(&ver->outputs, &ver->client, ver->topic);
    return code;
}

static int take_number(struct verify *ver, const char *name, const char *value,
                       uint64_t *ret_number)
{
    char *end;
    unsigned long long number = strtoull(value, &end, 10);
    if (end == value || *end != '\0' || value[0] == '-' || number == 0)
        return command_fail(ver->client.cmd, "--%s takes a number from 1, not %s", name,
                            value);
    *ret_number = number;
    return EXIT_FINE;
}

static int take_option(void *opaque, int id, const char *value)
{
    struct verify *ver = opaque;
    uint64_t number = 0;
    int code = EXIT_FINE;
    switch (id) {
    case 't':
        ver->topic = value;
        break;
    case OPTION_FROM:
        code = take_number(ver, "from", value, &ver->from);
        break;
    case OPTION_TO:
        code = take_number(ver, "to", value, &ver->to);
        break;
    case OPTION_WINDOW_ARTICLES:
        code = take_number(ver, "window-articles", value, &number);
        ver->opts.limits.window_articles = (size_t)number;
        break;
    case OPTION_WINDOW_HOURS:
        code = take_number(ver, "window-hours", value, &number);
        ver->opts.limits.window_ms = (int64_t)number * MS_PER_HOUR;
        break;
    case OPTION_MAX_BYTES:
        code = take_number(ver, "max-bytes", value, &number);
        ver->opts.limits.record_bytes = (size_t)number;
        break;
    case OPTION_PROFILE:
        if (!wd_profile_parse(value, &ver->emit.profile))
            code = command_fail(ver->client.cmd, "--profile takes ninjs3 or ninjs1");
        break;
    case OPTION_NO_TOKENS:
        ver->emit.tokens = false;
        break;
    case 'b':
    case 'X':
        return client_option(&ver->client, id, value);
    default:
        return article_option(ver->client.cmd, id, value, &ver->opts);
    }
    return code;
}

static int report(const struct verify *ver, int code)
{
    if (code == EXIT_USAGE)
        return code;
    if (*ver->difference)
        printf("%s\n", ver->difference);
    else
        printf("%llu outputs, %llu dead letters, %llu replays: 0 differences\n",
               (unsigned long long)ver->n_outputs, (unsigned long long)ver->n_letters,
               (unsigned long long)ver->n_replays);
    return code;
}

static void close_verify(struct verify *ver)
{
    for (size_t i = 0; i < ver->n_inputs; i++)
        lane_close(&ver->inputs[i].lane);
    lane_close(&ver->outputs);
    lane_close(&ver->letters);
    lane_close(&ver->sketches);
    wd_sketch_scratch_free(ver->scratch);
    wd_article_free(ver->art);
    wd_desk_close(ver->desk);
    wd_pipeline_close(ver->pl);
    wd_buf_done(&ver->buf);
    client_done(&ver->client);
}

static int run(const struct command *cmd, int argc, char **argv)
{
    struct verify *ver = calloc(1, sizeof(*ver));
    struct args args;
    if (!ver)
        return command_fail(cmd, "out of memory");
    ver->topic = "news.enriched";
    ver->from = 1;
    ver->to = UINT64_MAX;
    ver->emit = (struct wd_emit_options){.profile = WD_PROFILE_NINJS3, .tokens = true};
    wd_options_init(&ver->opts);
    wd_buf_init(&ver->buf, OUTPUT_CEILING);
    client_init(&ver->client, cmd);
    progress_begin(&ver->bar);
    args_init(&args, cmd, argc, argv);
    int code = EXIT_FINE;
    if (!args_take(&args, take_option, ver)) {
        code = args.exit_code;
        goto out;
    }
    code = open_desk(ver);
    if (code == EXIT_FINE)
        code = open_topics(ver);
    if (code == EXIT_FINE)
        code = report(ver, verify_all(ver));
out:
    close_verify(ver);
    free(ver);
    return code;
}

static const struct command_option options[] = {
    CLIENT_OPTIONS,
    {"topic", 't', "TOPIC", "the output; its log is TOPIC.sketch (news.enriched)"},
    {"from", OPTION_FROM, "SEQUENCE", "the first that is made again (1)"},
    {"to", OPTION_TO, "SEQUENCE", "the last one (the log's last)"},
    {"profile", OPTION_PROFILE, "NAME", "output.profile: ninjs3 (default) or ninjs1"},
    {"no-tokens", OPTION_NO_TOKENS, NULL, "output.tokens is no"},
    {"window-articles", OPTION_WINDOW_ARTICLES, "N", "desk.window_articles"},
    {"window-hours", OPTION_WINDOW_HOURS, "N", "desk.window_hours"},
    {"max-bytes", OPTION_MAX_BYTES, "N", "input.max_bytes"},
    ARTICLE_FORMAT_OPTION,
    ARTICLE_CLEAN_OPTION,
    ARTICLE_DATA_DIR_OPTION,
    ARTICLE_GAZETTEERS_OPTION,
    {0},
};

const struct command command_verify = {
    .name = "verify",
    .summary = "makes every output again from the input, and compares",
    .details =
        "Reads the sketch log, which says in which order the input was decided on, goes\n"
        "through the same records in that order, and compares each sketch, output and\n"
        "dead letter byte by byte, whether one instance wrote them or taggers and a "
        "desk.\n"
        "Prints the first difference and exits with 1, or says that there is none. The\n"
        "settings have to be those of the daemon, and so has the version.",
    .options = options,
    .run = run,
};
