/* test_sketch_codec.c -- a sketch survives the log, and damage does not pass.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/term_lists.h"
#include "wiredesk/sketch.h"
#include "wiredesk/status.h"

static const uint16_t prints[] = {0, 1, 77, 4096, 65535};
static const uint32_t keys[] = {0, 9, (1u << WD_KEY_BITS) - 1};
static const uint8_t places[] = {3, 255, 0, 7, 128};
static const uint16_t figures[] = {5, 65535};
static const uint16_t names[] = {32768};
static const struct wd_term_room terms = {
    .hashes = {0, 9, 9, 9, UINT16_MAX},
    .weights = {1, 28, 255, 7, 40},
    .flags = {0, 0, WD_TERM_NAME, WD_TERM_HEADLINE, WD_TERM_FLAGS},
    .lows = {9, 9, 10, 255, 255},
};

static struct wd_sketch full_sketch(void)
{
    struct wd_sketch sketch = {
        .sequence = UINT64_C(1) << 60,
        .topic = WD_STR("news.raw"),
        .partition = 3,
        .offset = INT64_MAX,
        .timestamp_ms = -1,
        .uri = WD_STR("urn:newsml:example.org:ä"),
        .version = WD_STR("2"),
        .published_ms = 1739404800000,
        .source = 17,
        .content_hash = UINT64_MAX,
        .n_words = 812,
        .n_shingles = 790,
        .text_hash = 0x12345678,
        .n_points = 4711,
        .prints = prints,
        .n_prints = 5,
        .places = places,
        .keys = keys,
        .n_keys = 3,
        .figures = figures,
        .n_figures = 2,
        .names = names,
        .n_names = 1,
        .terms = wd_terms_in(&terms, 5),
        .verdict = WD_VERDICT_SYNDICATED,
        .of_sequence = 41,
        .cluster = 0x1122334455667788,
        .lead_sequence = 40,
        .story = 0x99,
        .merged_story = 0x77,
        .is_canceled = true,
        .is_conflict = true,
        .matches_killed = true,
    };
    return sketch;
}

static struct wd_sketch first_sketch(void)
{
    struct wd_sketch sketch = {.sequence = 1,
                               .topic = WD_STR("a"),
                               .partition = WD_NO_PARTITION,
                               .uri = WD_STR("urn:x"),
                               .published_ms = -1};
    sketch.cluster = wd_hash(sketch.uri, WD_SEED_CLUSTER);
    sketch.story = wd_hash(sketch.uri, WD_SEED_STORY);
    return sketch;
}

static struct wd_sketch refused_sketch(void)
{
    return (struct wd_sketch){.sequence = 2,
                              .topic = WD_STR("a"),
                              .offset = 1,
                              .timestamp_ms = INT64_MIN,
                              .status = WD_EUTF8,
                              .published_ms = -1};
}

static void assert_str_equal(struct wd_str a, struct wd_str b)
{
    assert_true(wd_str_equal(a, b));
}

static void assert_hashes_equal(const uint16_t *a, uint32_t n_a, const uint16_t *b,
                                uint32_t n_b)
{
    assert_int_equal(n_a, n_b);
    for (uint32_t i = 0; i < n_a; i++)
        assert_int_equal(a[i], b[i]);
}

static void assert_sketch_equal(const struct wd_sketch *a, const struct wd_sketch *b)
{
    assert_int_equal(a->sequence, b->sequence);
    assert_str_equal(a->topic, b->topic);
    assert_int_equal(a->partition, b->partition);
    assert_int_equal(a->offset, b->offset);
    assert_int_equal(a->timestamp_ms, b->timestamp_ms);
    assert_int_equal(a->status, b->status);
    assert_str_equal(a->uri, b->uri);
    assert_str_equal(a->version, b->version);
    assert_int_equal(a->published_ms, b->published_ms);
    assert_int_equal(a->source, b->source);
    assert_int_equal(a->content_hash, b->content_hash);
    assert_int_equal(a->n_words, b->n_words);
    assert_int_equal(a->n_shingles, b->n_shingles);
    assert_int_equal(a->text_hash, b->text_hash);
    assert_int_equal(a->n_points, b->n_points);
    assert_hashes_equal(a->prints, a->n_prints, b->prints, b->n_prints);
    assert_int_equal(a->n_keys, b->n_keys);
    for (uint32_t i = 0; i < a->n_keys; i++)
        assert_int_equal(a->keys[i], b->keys[i]);
    for (uint32_t i = 0; i < a->n_prints; i++)
        assert_int_equal(a->places[i], b->places[i]);
    assert_hashes_equal(a->figures, a->n_figures, b->figures, b->n_figures);
    assert_hashes_equal(a->names, a->n_names, b->names, b->n_names);
    assert_hashes_equal(a->terms.hashes, a->terms.n, b->terms.hashes, b->terms.n);
    assert_memory_equal(a->terms.weights, b->terms.weights, a->terms.n);
    assert_memory_equal(a->terms.flags, b->terms.flags, a->terms.n);
    assert_memory_equal(a->terms.lows, b->terms.lows, a->terms.n);
    assert_int_equal(a->verdict, b->verdict);
    assert_int_equal(a->of_sequence, b->of_sequence);
    assert_int_equal(a->cluster, b->cluster);
    assert_int_equal(a->story, b->story);
    assert_int_equal(a->lead_sequence, b->lead_sequence);
    assert_int_equal(a->merged_story, b->merged_story);
    assert_int_equal(a->is_canceled, b->is_canceled);
    assert_int_equal(a->is_replay, b->is_replay);
    assert_int_equal(a->is_conflict, b->is_conflict);
    assert_int_equal(a->matches_killed, b->matches_killed);
}

/* It has no fingerprints, and the log says nothing about them. */
static struct wd_sketch replay_sketch(void)
{
    struct wd_sketch sketch = first_sketch();
    sketch.sequence = 9;
    sketch.verdict = WD_VERDICT_EXACT;
    sketch.of_sequence = 4;
    sketch.is_replay = true;
    return sketch;
}

static struct wd_sketch dated_sketch(void)
{
    struct wd_sketch sketch = first_sketch();
    sketch.timestamp_ms = 1739404800999;
    sketch.published_ms = INT64_MAX / 1000 * 1000;
    sketch.n_words = 7;
    sketch.n_shingles = UINT32_MAX;
    return sketch;
}

typedef struct wd_sketch make_fn(void);
static make_fn *const makers[] = {full_sketch, first_sketch, refused_sketch,
                                  replay_sketch, dated_sketch};
enum { N_MAKERS = sizeof(makers) / sizeof(makers[0]) };

static void what_was_written_is_read(void **state)
{
    (void)state;
    struct wd_sketch_scratch *scratch = NULL;
    for (size_t i = 0; i < N_MAKERS; i++) {
        struct wd_sketch sketch = makers[i](), back;
        struct wd_buf buf;
        wd_buf_init(&buf, 4096);
        wd_buf_append_z(&buf, "before");
        wd_sketch_encode(&sketch, &buf);
        assert_int_equal(wd_buf_status(&buf), WD_OK);
        struct wd_str bytes = {buf.data + 6, buf.size - 6};
        assert_int_equal(wd_sketch_decode(bytes, &back, &scratch, NULL), WD_OK);
        assert_sketch_equal(&sketch, &back);
        wd_buf_done(&buf);
    }
    wd_sketch_scratch_free(scratch);
}

/* A copy of its own size, so that the sanitizer sees a read past the end. */
static int decode_copy(const char *data, size_t size, struct wd_sketch_scratch **scratch,
                       struct wd_error *err)
{
    struct wd_sketch sketch;
    char *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    if (size)
        memcpy(copy, data, size);
    int r = wd_sketch_decode((struct wd_str){copy, size}, &sketch, scratch, err);
    free(copy);
    return r;
}

static void every_cut_and_every_flipped_bit_is_refused(void **state)
{
    (void)state;
    struct wd_sketch_scratch *scratch = NULL;
    for (size_t m = 0; m < N_MAKERS; m++) {
        struct wd_sketch sketch = makers[m]();
        struct wd_buf buf;
        wd_buf_init(&buf, 4096);
        wd_sketch_encode(&sketch, &buf);
        for (size_t size = 0; size < buf.size; size++) {
            struct wd_error err = {0};
            assert_int_equal(decode_copy(buf.data, size, &scratch, &err), WD_ESKETCH);
            assert_true(err.message[0] != '\0');
        }
        for (size_t bit = 0; bit < 8 * buf.size; bit++) {
            buf.data[bit / 8] ^= (char)(1 << bit % 8);
            assert_int_equal(decode_copy(buf.data, buf.size, &scratch, NULL), WD_ESKETCH);
            buf.data[bit / 8] ^= (char)(1 << bit % 8);
        }
        wd_buf_append_char(&buf, 0);
        assert_int_equal(decode_copy(buf.data, buf.size, &scratch, NULL), WD_ESKETCH);
        wd_buf_done(&buf);
    }
    wd_sketch_scratch_free(scratch);
}

/* They lead to the article; of the others sixteen bits are compared. */
static void the_log_has_the_low_bits_of_the_heaviest_terms(void **state)
{
    (void)state;
    struct wd_sketch_scratch *scratch = NULL;
    struct wd_sketch sketch = first_sketch(), back;
    struct wd_term_room many = {.hashes = {0}};
    struct wd_buf buf, again;
    for (uint32_t i = 0; i < WD_TERMS_MAX; i++) {
        many.hashes[i] = (uint16_t)(2047 * i);
        many.lows[i] = (uint8_t)(255 - i);
        many.weights[i] = i % 4 ? 30 : 31;
    }
    sketch.terms = wd_terms_in(&many, WD_TERMS_MAX);
    wd_buf_init(&buf, 4096);
    wd_buf_init(&again, 4096);
    wd_sketch_encode(&sketch, &buf);
    assert_int_equal(wd_sketch_decode(wd_buf_str(&buf), &back, &scratch, NULL), WD_OK);
    for (uint32_t i = 0; i < WD_TERMS_MAX; i++) {
        assert_int_equal(back.terms.hashes[i], many.hashes[i]);
        assert_int_equal(back.terms.lows[i], i % 4 ? 0 : many.lows[i]);
    }
    wd_sketch_encode(&back, &again);
    assert_true(wd_str_equal(wd_buf_str(&buf), wd_buf_str(&again)));
    wd_buf_done(&buf);
    wd_buf_done(&again);
    wd_sketch_scratch_free(scratch);
}

static void restamp(struct wd_buf *buf)
{
    size_t size = buf->size - 4;
    uint32_t sum = (uint32_t)wd_hash((struct wd_str){buf->data, size}, WD_SEED_CHECKSUM);
    for (size_t i = 0; i < 4; i++)
        buf->data[size + i] = (char)(sum >> 8 * i);
}

/* Behind a checksum that fits, damage either is refused, or is a sketch in its one and
 * only spelling. */
static void forged_bytes_have_one_spelling_or_none(void **state)
{
    (void)state;
    struct wd_sketch_scratch *scratch = NULL;
    struct wd_sketch sketch = full_sketch();
    struct wd_buf buf, again;
    wd_buf_init(&buf, 4096);
    wd_buf_init(&again, 4096);
    wd_sketch_encode(&sketch, &buf);
    size_t n_refused = 0;
    for (size_t bit = 8; bit < 8 * (buf.size - 4); bit++) {
        buf.data[bit / 8] ^= (char)(1 << bit % 8);
        restamp(&buf);
        struct wd_sketch back;
        int r = wd_sketch_decode(wd_buf_str(&buf), &back, &scratch, NULL);
        if (r == WD_OK) {
            wd_buf_clear(&again);
            wd_sketch_encode(&back, &again);
            assert_true(wd_str_equal(wd_buf_str(&buf), wd_buf_str(&again)));
        }
        n_refused += r != WD_OK;
        buf.data[bit / 8] ^= (char)(1 << bit % 8);
    }
    assert_true(n_refused > 50);
    wd_buf_done(&buf);
    wd_buf_done(&again);
    wd_sketch_scratch_free(scratch);
}

static void another_version_is_named(void **state)
{
    (void)state;
    struct wd_error err = {0};
    struct wd_sketch sketch = first_sketch();
    struct wd_sketch_scratch *scratch = NULL;
    struct wd_buf buf;
    wd_buf_init(&buf, 4096);
    wd_sketch_encode(&sketch, &buf);
    buf.data[0] = 9;
    restamp(&buf);
    assert_int_equal(decode_copy(buf.data, buf.size, &scratch, &err), WD_ESKETCH);
    assert_non_null(strstr(err.message, "version 9"));
    wd_buf_done(&buf);
    wd_sketch_scratch_free(scratch);
}

static void a_full_buffer_is_reported(void **state)
{
    (void)state;
    struct wd_sketch sketch = full_sketch();
    for (size_t ceiling = 0; ceiling < 100; ceiling++) {
        struct wd_buf buf;
        wd_buf_init(&buf, ceiling);
        wd_sketch_encode(&sketch, &buf);
        assert_int_equal(wd_buf_status(&buf), WD_ELIMIT);
        wd_buf_done(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(the_log_has_the_low_bits_of_the_heaviest_terms),
        cmocka_unit_test(every_cut_and_every_flipped_bit_is_refused),
        cmocka_unit_test(forged_bytes_have_one_spelling_or_none),
        cmocka_unit_test(another_version_is_named),
        cmocka_unit_test(a_full_buffer_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
