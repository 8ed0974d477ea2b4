/* test_desk_state.c -- the desk is what its sketches are, and nothing more.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A stream of made-up articles with copies, cuts, updates, replays and kills runs over a
 * small window, so that much leaves it. Desks that are restored in the middle, from the
 * whole log or from no more of it than the window holds, must go on to decide exactly as
 * the one that never stopped, down to the bytes of the log. */
#include "cmocka_prelude.h"

#include "copy.h"
#include "wiredesk/desk.h"

enum { N_ARTICLES = 460, N_TEXTS = 24 };

struct stream {
    uint64_t seed;
    struct wd_buf texts[N_TEXTS]; /* that later articles repeat */
    int64_t now_ms;
    struct wd_str log[N_ARTICLES];
};

static void log_free(struct stream *stream)
{
    for (size_t i = 0; i < N_TEXTS; i++)
        wd_buf_done(&stream->texts[i]);
    for (size_t i = 0; i < N_ARTICLES; i++)
        free((void *)(uintptr_t)stream->log[i].data);
}

static void stream_init(struct stream *stream, uint64_t seed)
{
    *stream = (struct stream){.seed = seed, .now_ms = 1000000000};
    for (size_t i = 0; i < N_TEXTS; i++)
        wd_buf_init(&stream->texts[i], 1 << 20);
}

/* The next article of the stream: new, or made of an earlier one. */
static void next_article(struct stream *stream, size_t n, struct wd_article *art)
{
    uint64_t dice = copy_random(&stream->seed) >> 8;
    struct wd_buf *text = &stream->texts[dice % N_TEXTS];
    unsigned kind = (unsigned)(dice >> 16) % 7;
    char uri[32];
    (void)snprintf(uri, sizeof(uri), "urn:x:%zu", kind == 0 ? n / 2 : n);
    if (text->size == 0 || kind < 3) {
        wd_buf_clear(text);
        copy_text(text, &stream->seed, 20 + (unsigned)(dice >> 24) % 600);
    }
    if (kind == 4)
        copy_text(text, &stream->seed, 30);
    struct wd_str body = wd_buf_str(text);
    if (kind == 3)
        body.size /= 2;
    stream->now_ms += (int64_t)(dice >> 40) % 60000;
    int64_t timestamp = stream->now_ms;
    if (n % 97 == 50)
        timestamp = -1;
    if (n % 97 == 51)
        timestamp += INT64_C(1) << 40; /* a clock that is wrong by years */
    struct wd_str headline = {body.data, body.size < 50 ? body.size : 50};
    if (kind == 2)
        headline.size = 0;
    assert_int_equal(copy_sketch(art, uri, timestamp, headline, body), WD_OK);
    art->sketch.is_canceled = n % 31 == 30;
    art->record.offset = (int64_t)n;
    if (n % 23 == 22)
        (void)wd_article_refuse(art, WD_EUTF8, 0, "made bad");
}

static struct wd_str encode(const struct wd_article *art)
{
    struct wd_buf buf;
    wd_buf_init(&buf, 1 << 20);
    wd_sketch_encode(wd_article_sketch(art), &buf);
    assert_int_equal(wd_buf_status(&buf), WD_OK);
    return wd_buf_str(&buf); /* the caller's */
}

static struct wd_desk *open_desk(const struct wd_options *opts)
{
    struct wd_desk *desk = NULL;
    assert_int_equal(wd_desk_open(opts, &desk, NULL), WD_OK);
    return desk;
}

static struct wd_desk *restore_desk(const struct wd_options *opts,
                                    const struct stream *stream, size_t from, size_t to)
{
    enum { TOGETHER_MAX = 67 };
    struct wd_desk *desk = open_desk(opts);
    struct wd_sketch sketches[TOGETHER_MAX];
    struct wd_sketch_scratch *scratch[TOGETHER_MAX] = {NULL};
    if (from % 2 == 0) /* right or wrong, it changes nothing */
        wd_desk_reserve(desk, from % 4 ? (to - from) / 3 : 7 * (to - from));
    for (size_t n; from < to; from += n) { /* one, and more and more of them */
        n = from % TOGETHER_MAX < to - from ? from % TOGETHER_MAX : to - from;
        n += n == 0;
        for (size_t i = 0; i < n; i++)
            assert_int_equal(
                wd_sketch_decode(stream->log[from + i], &sketches[i], &scratch[i], NULL),
                WD_OK);
        assert_int_equal(wd_desk_restore(desk, sketches, n, NULL, NULL), WD_OK);
    }
    for (size_t i = 0; i < TOGETHER_MAX; i++)
        wd_sketch_scratch_free(scratch[i]);
    return desk;
}

/* Decides on article n with the desk, and checks or keeps the sketch. */
static void decide(struct wd_desk *desk, struct stream *stream, size_t n,
                   struct wd_article *art)
{
    if (n % 3) /* it changes nothing */
        wd_desk_expect(desk, &art->sketch);
    assert_int_equal(wd_desk_decide(desk, art), WD_OK);
    struct wd_str bytes = encode(art);
    if (stream->log[n].data) {
        assert_true(wd_str_equal(bytes, stream->log[n]));
        free((void *)(uintptr_t)bytes.data);
    } else {
        stream->log[n] = bytes;
    }
}

/* Runs the stream again from `start`, where the generator's state is known. */
static void go_on(struct wd_desk *desk, struct stream *stream, size_t start)
{
    struct stream again;
    struct wd_article *art = wd_article_new();
    stream_init(&again, 20250213);
    for (size_t n = 0; n < N_ARTICLES; n++) {
        next_article(&again, n, art);
        if (n >= start)
            decide(desk, stream, n, art);
    }
    wd_article_free(art);
    log_free(&again);
}

static struct wd_options small_window(size_t articles, int64_t ms)
{
    struct wd_options opts;
    wd_options_init(&opts);
    opts.limits.window_articles = articles;
    opts.limits.window_ms = ms;
    return opts;
}

static void restored_desks_decide_alike(void **state)
{
    (void)state;
    static const struct {
        size_t articles;
        int64_t ms;
    } windows[] = {{1, INT64_MAX}, {37, INT64_MAX}, {150, 3000000}, {100000, 900000}};
    for (size_t w = 0; w < sizeof(windows) / sizeof(windows[0]); w++) {
        struct wd_options opts = small_window(windows[w].articles, windows[w].ms);
        static struct stream stream;
        stream_init(&stream, 1);
        struct wd_desk *desk = open_desk(&opts);
        go_on(desk, &stream, 0);
        wd_desk_close(desk);
        for (size_t stop = 100; stop < N_ARTICLES; stop += 170) {
            desk = restore_desk(&opts, &stream, 0, stop);
            go_on(desk, &stream, stop);
            wd_desk_close(desk);
        }
        log_free(&stream);
    }
}

/* The log may be cut where the window began, with one article of margin. */
static void the_window_of_the_log_is_enough(void **state)
{
    (void)state;
    struct wd_options opts = small_window(60, INT64_MAX);
    static struct stream stream;
    stream_init(&stream, 1);
    struct wd_desk *desk = open_desk(&opts);
    go_on(desk, &stream, 0);
    wd_desk_close(desk);
    for (size_t stop = 200; stop < N_ARTICLES; stop += 150) {
        size_t from = stop, accepted = 0;
        while (accepted < 61)
            accepted += --from % 23 != 22; /* the others were refused */
        desk = restore_desk(&opts, &stream, from, stop);
        go_on(desk, &stream, stop);
        wd_desk_close(desk);
    }
    log_free(&stream);
}

static void the_stream_is_worth_testing(void **state)
{
    (void)state;
    struct wd_options opts = small_window(150, INT64_MAX);
    static struct stream stream;
    unsigned seen[WD_VERDICT_UPDATE + 1] = {0};
    stream_init(&stream, 1);
    struct wd_desk *desk = open_desk(&opts);
    go_on(desk, &stream, 0);
    struct wd_sketch_scratch *scratch = NULL;
    for (size_t i = 0; i < N_ARTICLES; i++) {
        struct wd_sketch sketch;
        assert_int_equal(wd_sketch_decode(stream.log[i], &sketch, &scratch, NULL), WD_OK);
        seen[sketch.verdict] += sketch.status == WD_OK;
    }
    for (size_t v = 0; v <= WD_VERDICT_UPDATE; v++)
        assert_true(seen[v] >= 10);
    struct wd_desk_stats stats;
    wd_desk_stats(desk, &stats);
    assert_int_equal(stats.window_articles, 150);
    assert_true(stats.index_bytes < 4 << 20);
    wd_sketch_scratch_free(scratch);
    wd_desk_close(desk);
    log_free(&stream);
}

static void a_gap_in_the_log_is_refused(void **state)
{
    (void)state;
    struct wd_options opts = small_window(10, INT64_MAX);
    struct wd_desk *desk = open_desk(&opts);
    struct wd_sketch sketch = {.sequence = 7, .status = WD_EBLANK};
    struct wd_error err;
    assert_int_equal(wd_desk_restore(desk, &sketch, 1, NULL, NULL), WD_OK);
    sketch.sequence = 9;
    assert_int_equal(wd_desk_restore(desk, &sketch, 1, NULL, &err), WD_ESKETCH);
    assert_string_equal(err.message, "sketch 9 found where 8 was due");
    wd_desk_close(desk);
}

static void what_stands_before_a_gap_is_taken(void **state)
{
    (void)state;
    enum { N = 80, GAP = 70 };
    struct wd_options opts = small_window(10, INT64_MAX);
    struct wd_desk *desk = open_desk(&opts);
    struct wd_sketch sketches[N] = {0};
    struct wd_error err;
    size_t n;
    for (size_t i = 0; i < N; i++)
        sketches[i] =
            (struct wd_sketch){.sequence = 7 + i + (i >= GAP), .status = WD_EBLANK};
    assert_int_equal(wd_desk_restore(desk, sketches, N, &n, &err), WD_ESKETCH);
    assert_int_equal(n, GAP);
    assert_string_equal(err.message, "sketch 78 found where 77 was due");
    assert_int_equal(wd_desk_next_sequence(desk), 77);
    wd_desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(restored_desks_decide_alike),
        cmocka_unit_test(the_window_of_the_log_is_enough),
        cmocka_unit_test(the_stream_is_worth_testing),
        cmocka_unit_test(a_gap_in_the_log_is_refused),
        cmocka_unit_test(what_stands_before_a_gap_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
