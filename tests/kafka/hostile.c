/* hostile.c -- records made to harm: each comes out once, and nothing else is harmed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is inside an article is tests/hostile/ and the fuzzers' business. Here is what
 * only Kafka brings along: keys and headers of any bytes, and batches that are a thousand
 * times larger than they look. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "claims.h"
#include "verify.h"

#define PATIENCE_MS 120000
#define STAMP       INT64_C(1600000000000)

struct odd_bytes {
    const char *data;
    size_t size;
};

#define ODD(text)                                                                        \
    {                                                                                    \
        text, sizeof(text) - 1                                                           \
    }

static const struct odd_bytes odd_bytes[] = {
    ODD("plain"),
    ODD(""),
    ODD("line\nfeed"),
    ODD("carriage\rreturn"),
    ODD("<3>forged msg=stopped code=0\n<3>and=again"),
    ODD("\x1b[31mred\x1b[0m\x07"),
    ODD("nul\0inside"),
    ODD("\x01\x02\x1f\x7f"),
    ODD("\xc2\x9b"
        "31m C1"),
    ODD("\xe2\x80\xa8 line separator, \xe2\x80\xae bidi"),
    ODD("\xff\xfe not UTF-8 \xc0\xaf"),
    ODD("\xed\xa0\x80 half a pair"),
    ODD("\"quotes\" \\ and = signs"),
    ODD("%s%n%x"),
    ODD("$(reboot) `reboot` ; reboot"),
};

#define N_ODD (sizeof(odd_bytes) / sizeof(odd_bytes[0]))

enum odd_place { ODD_KEY, ODD_VALUE, ODD_NAME, ODD_TYPE, N_PLACES };

/* An article with something odd in one place; its text is its own. */
static void feed_odd(struct feed *feed, enum odd_place place, size_t i)
{
    char text[120], name[80] = "x-odd";
    const struct odd_bytes *odd = &odd_bytes[i];
    rd_kafka_headers_t *headers = rd_kafka_headers_new(2);
    int size = snprintf(text, sizeof(text), "Bridge %d of %zu was opened on Monday.",
                        (int)place, i);
    if (place == ODD_NAME) /* a name ends at its first NUL */
        (void)snprintf(name, sizeof(name), "%s", odd->data);
    if (place == ODD_TYPE)
        (void)snprintf(name, sizeof(name), "content-type");
    if (place != ODD_KEY)
        CHECK(rd_kafka_header_add(headers, name, -1, odd->data, (ssize_t)odd->size) == 0,
              "no header");
    feed_record(feed, place == ODD_KEY ? odd->data : "key",
                place == ODD_KEY ? odd->size : 3, text, (size_t)size, headers, STAMP);
}

/* A line of the log is one line, and has nothing in it that a terminal would obey. */
static void check_log(const struct child *child)
{
    char *line = NULL;
    size_t room = 0;
    FILE *file = fopen(child->log, "re");
    CHECK(file, "no log");
    for (ssize_t n; (n = getline(&line, &room, file)) > 0;) {
        CHECK(strncmp(line, "time=", 5) == 0, "a line was broken: %s", line);
        for (ssize_t i = 0; i < n - 1; i++)
            CHECK(line[i] >= ' ' && line[i] < 0x7f, "byte %d in the log", line[i]);
    }
    free(line);
    fclose(file);
    CHECK(!child_logged(child, " msg=stopped code=0"), "a forged line is in the log");
}

/* The header that the feed gave is there, as it was. */
static void check_kept(const rd_kafka_message_t *msg, size_t i)
{
    const void *value;
    size_t size;
    CHECK(record_header(msg, "x-odd", &value, &size), "header %zu is gone", i);
    CHECK(size == odd_bytes[i].size && memcmp(value, odd_bytes[i].data, size) == 0,
          "header %zu was changed", i);
}

static void odd_keys_and_headers_come_out_whole(uint64_t seed)
{
    static const char *const talkative[] = {"log.level=debug", NULL};
    struct deployment dep;
    struct written out = {0};
    struct child child;
    size_t n = 0;
    (void)seed;
    deployment_make(&dep, "odd", NULL, 1);
    struct feed *feed = feed_open(dep.input, 1);
    for (int place = 0; place < N_PLACES; place++) {
        for (size_t i = 0; i < N_ODD; i++, n++)
            feed_odd(feed, place, i);
    }
    feed_flush(feed);
    child_start(&child, &dep, talkative);
    written_read(&dep, n, PATIENCE_MS, &out);
    CHECK(out.output.n + out.dlq.n == n, "%zu and %zu of %zu", out.output.n, out.dlq.n,
          n);
    /* Only a content type that is none keeps an article from being read. */
    for (size_t i = 0; i < out.dlq.n; i++)
        CHECK(record_header_is(out.dlq.items[i], "wiredesk.error.code", "content-type"),
              "dead letter %zu has another reason", i);
    CHECK(out.output.n >= 3 * N_ODD, "%zu outputs", out.output.n);
    for (size_t i = 0; i < N_ODD; i++)
        check_kept(out.output.items[N_ODD + i], i);
    check_log(&child);
    child_end(&child);
    verify_derivation(&dep, &out);
    written_free(&out);
    feed_close(feed);
}

#define BOMB_BYTES   (900 * 1024)
#define BOMB_RECORDS 32
#define BOMB_TEXTS   2 /* of them articles; the others are blank, and refused soon */

/* A batch of records of one byte again and again; how many times smaller it went. */
static double feed_bomb(const char *topic, const char *codec, size_t n_records)
{
    struct feed *feed = feed_open_packed(topic, codec);
    char *bytes = malloc(BOMB_BYTES);
    CHECK(bytes, "out of memory");
    for (size_t i = 0; i < n_records; i++) {
        memset(bytes, i < BOMB_TEXTS ? 'a' : ' ', BOMB_BYTES);
        feed_record(feed, "bomb", 4, bytes, BOMB_BYTES, NULL, STAMP);
    }
    feed_flush(feed);
    double ratio = (double)(n_records * BOMB_BYTES) / (double)feed_sent_bytes(feed);
    printf("  %s: %zu MB, packed %.0f to 1\n", codec, n_records * BOMB_BYTES >> 20,
           ratio);
    free(bytes);
    feed_close(feed);
    return ratio;
}

static void packed_bombs_stay_within_memory(uint64_t seed)
{
    static const char *const codecs[] = {"gzip", "zstd"};
    struct deployment dep;
    struct written out = {0};
    struct child child;
    size_t n = 0;
    (void)seed;
    deployment_make(&dep, "bomb", NULL, 1);
    for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++, n += BOMB_RECORDS)
        CHECK(feed_bomb(dep.input, codecs[i], BOMB_RECORDS) > 500, "that is no bomb");
    struct feed *feed = feed_open(dep.input, 1);
    feed_articles(feed, 0, 20, 700); /* behind them, somebody's news */
    feed_close(feed);
    child_start(&child, &dep, NULL);
    written_read(&dep, n + 20, PATIENCE_MS, &out);
    long peak_kb = child_memory_kb(&child, "VmHWM");
    printf("  at most %ld MB of memory\n", peak_kb >> 10);
    CHECK(peak_kb < CHILD_MEMORY_KB, "%ld KB of memory", peak_kb);
    CHECK(!child_logged(&child, "cannot go on"), "it had to start again");
    child_end(&child);
    verify_derivation(&dep, &out);
    written_free(&out);
}

const struct claim hostile_claims[] = {
    {"odd_keys_and_headers_come_out_whole", odd_keys_and_headers_come_out_whole},
    {"packed_bombs_stay_within_memory", packed_bombs_stay_within_memory},
    {NULL, NULL},
};
