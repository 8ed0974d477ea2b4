/* records.c -- bad and huge records end in the dead letters, and the stream goes on.
 * SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "claims.h"
#include "verify.h"

#define PATIENCE_MS 60000
#define STAMP       INT64_C(1600000000000)

static void feed_text(struct feed *feed, const char *type, const char *value, size_t size)
{
    rd_kafka_headers_t *headers = rd_kafka_headers_new(4);
    if (type)
        rd_kafka_header_add(headers, "content-type", -1, type, -1);
    rd_kafka_header_add(headers, "x-trace", -1, "abc", -1);
    rd_kafka_header_add(headers, "wiredesk.error.code", -1, "old", -1); /* requeued */
    feed_record(feed, "the key", 7, value, size, headers, STAMP);
}

struct bad_record {
    const char *type;
    const char *value;
    size_t size;
    const char *code;
};

#define BAD(type, text, code)                                                            \
    {                                                                                    \
        type, text, sizeof(text) - 1, code                                               \
    }

static const struct bad_record bad_records[] = {
    {NULL, NULL, 0, "empty"},
    BAD(NULL, "", "empty"),
    BAD(NULL, " \r\n\t ", "blank"),
    BAD("text/plain", "one\0two", "nul-byte"),
    BAD("text/plain", "The \xf4\x90\x80\x80 bridge is no charset", "invalid-utf8"),
    BAD("application/json", "{\"body\": ", "json-syntax"),
    BAD("application/json", "{\"body\": \"\\ud800 alone\"}", "json-surrogate"),
    BAD("application/json", "{\"body\": \"a\", \"body\": \"b\"}", "json-duplicate-key"),
    BAD("application/json", "{\"body\": 7}", "field-type"),
    BAD("image/gif", "GIF89a", "content-type"),
};

#define N_BAD (sizeof(bad_records) / sizeof(bad_records[0]))

static void check_dead_letter(const rd_kafka_message_t *msg, const char *code,
                              size_t value_size, int64_t offset)
{
    char text[24];
    const void *value;
    size_t size;
    (void)snprintf(text, sizeof(text), "%lld", (long long)offset);
    CHECK(record_header_is(msg, "wiredesk.source.offset", text), "order: %s", code);
    if (!record_header_is(msg, "wiredesk.error.code", code)) {
        CHECK(record_header(msg, "wiredesk.error.code", &value, &size), "no code");
        FAIL("%.*s where %s was due", (int)size, (const char *)value, code);
    }
    CHECK(record_header_is(msg, "wiredesk.error.class", "input"), "class of %s", code);
    CHECK(record_header_is(msg, "wiredesk.error.retriable", "false"), "retry %s", code);
    CHECK(record_header(msg, "wiredesk.error.stage", &value, &size) && size, "stage");
    CHECK(record_header(msg, "wiredesk.error.message", &value, &size) && size, "message");
    CHECK(record_header_is(msg, "x-trace", "abc"), "a header of %s is lost", code);
    CHECK(record_header_is(msg, "wiredesk.source.partition", "0"), "partition");
    CHECK(record_header_is(msg, "wiredesk.source.timestamp", "1600000000000"), "stamp");
    CHECK(msg->key_len == 7 && memcmp(msg->key, "the key", 7) == 0, "key of %s", code);
    CHECK(msg->len == value_size, "the value of %s was changed", code);
    rd_kafka_headers_t *headers;
    size_t n_codes = 0;
    CHECK(rd_kafka_message_headers(msg, &headers) == 0, "no headers");
    while (rd_kafka_header_get(headers, n_codes, "wiredesk.error.code", &value, &size) ==
           0)
        n_codes++;
    CHECK(n_codes == 1, "%zu codes in one dead letter", n_codes);
}

static void bad_records_become_dead_letters(uint64_t seed)
{
    struct deployment dep;
    struct written out = {0};
    struct child child;
    (void)seed;
    deployment_make(&dep, "bad", NULL, 1);
    struct feed *feed = feed_open(dep.input, 1);
    for (size_t i = 0; i < N_BAD; i++)
        feed_text(feed, bad_records[i].type, bad_records[i].value, bad_records[i].size);
    feed_articles(feed, 0, 4, 500); /* good ones behind them */
    child_start(&child, &dep, NULL);
    written_read(&dep, N_BAD + 4, PATIENCE_MS, &out);
    CHECK(out.dlq.n == N_BAD && out.output.n == 4, "%zu dead letters, %zu outputs",
          out.dlq.n, out.output.n);
    for (size_t i = 0; i < N_BAD; i++)
        check_dead_letter(out.dlq.items[i], bad_records[i].code, bad_records[i].size,
                          (int64_t)i);
    CHECK(!out.dlq.items[0]->payload, "the tombstone got a value");
    CHECK(out.dlq.items[1]->payload, "the value without bytes is gone");
    child_end(&child);
    verify_derivation(&dep, &out);
    written_free(&out);
    feed_close(feed);
}

static char *repeated(const char *sentence, size_t size)
{
    size_t length = strlen(sentence);
    char *text = malloc(size + 1);
    CHECK(text, "out of memory");
    for (size_t i = 0; i < size; i++)
        text[i] = sentence[i % length];
    text[size] = '\0';
    return text;
}

static void huge_records_do_not_stop_the_stream(uint64_t seed)
{
    /* An output of at most 64 KiB: an article of 60 KB comes out larger than that. */
    static const char *const small_output[] = {"output.max_bytes=65536", NULL};
    struct deployment dep;
    struct written out = {0};
    struct child child;
    char *text = repeated("The minister spoke again of water. ", 8u << 20);
    (void)seed;
    deployment_make(&dep, "huge", NULL, 1);
    struct feed *feed = feed_open(dep.input, 1);
    feed_text(feed, "text/plain", text, 8u << 20);
    feed_articles(feed, 0, 1, 500);
    feed_text(feed, "text/plain", text, 60000);
    feed_articles(feed, 1, 2, 500);
    feed_flush(feed);
    child_start(&child, &dep, small_output);
    written_read(&dep, 4, PATIENCE_MS, &out);
    CHECK(out.dlq.n == 2 && out.output.n == 2, "%zu dead letters, %zu outputs", out.dlq.n,
          out.output.n);
    check_dead_letter(out.dlq.items[0], "too-large", 8u << 20, 0);
    check_dead_letter(out.dlq.items[1], "too-large", 60000, 2);
    CHECK(record_header_is(out.dlq.items[1], "wiredesk.error.stage", "emit"), "stage");
    child_end(&child);
    free(text);
    feed_close(feed);
    written_free(&out);
}

const struct claim record_claims[] = {
    {"bad_records_become_dead_letters", bad_records_become_dead_letters},
    {"huge_records_do_not_stop_the_stream", huge_records_do_not_stop_the_stream},
    {NULL, NULL},
};
