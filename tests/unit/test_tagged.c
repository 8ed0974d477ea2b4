/* test_tagged.c -- deciding elsewhere gives the same bytes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each record of a list goes two ways: through pipeline, desk and writer at once; and
 * through the pipeline, into a tagged record, out of it into another article, a desk of
 * its own, and the writer. */
#include "cmocka_prelude.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/article.h"
#include "wiredesk/desk.h"
#include "wiredesk/pipeline.h"
#include "wiredesk/tagged.h"

enum { CEILING = 64 << 20, OUTPUT_BYTES = 16 << 20, FILES_MAX = 256 };

static struct wd_pipeline *pl;
static const struct wd_emit_options plain = {.profile = WD_PROFILE_NINJS3,
                                             .tokens = true};

/* Both ways. */
struct ways {
    struct wd_desk *desk_at_once;
    struct wd_desk *desk_elsewhere;
    struct wd_article *at_once;
    struct wd_article *elsewhere;
    struct wd_buf tagged;
    struct wd_buf out[2];
};

static void ways_open(struct ways *ways)
{
    struct wd_options opts;
    wd_options_init(&opts);
    assert_int_equal(wd_desk_open(&opts, &ways->desk_at_once, NULL), WD_OK);
    assert_int_equal(wd_desk_open(&opts, &ways->desk_elsewhere, NULL), WD_OK);
    ways->at_once = wd_article_new();
    ways->elsewhere = wd_article_new();
    assert_true(ways->at_once && ways->elsewhere);
    wd_buf_init(&ways->tagged, CEILING);
    wd_buf_init(&ways->out[0], CEILING);
    wd_buf_init(&ways->out[1], CEILING);
}

static void ways_close(struct ways *ways)
{
    wd_desk_close(ways->desk_at_once);
    wd_desk_close(ways->desk_elsewhere);
    wd_article_free(ways->at_once);
    wd_article_free(ways->elsewhere);
    wd_buf_done(&ways->tagged);
    wd_buf_done(&ways->out[0]);
    wd_buf_done(&ways->out[1]);
}

static void assert_str_equal(struct wd_str a, struct wd_str b)
{
    size_t i = 0;
    if (wd_str_equal(a, b))
        return;
    while (i < a.size && i < b.size && a.data[i] == b.data[i])
        i++;
    size_t from = i > 60 ? i - 60 : 0;
    fail_msg("they differ at %zu of %zu and %zu: …%.*s… and …%.*s…", i, a.size, b.size,
             (int)(a.size - from < 120 ? a.size - from : 120), a.data + from,
             (int)(b.size - from < 120 ? b.size - from : 120), b.data + from);
}

static void assert_log_equal(struct ways *ways)
{
    wd_buf_clear(&ways->out[0]);
    wd_buf_clear(&ways->out[1]);
    wd_sketch_encode(wd_article_sketch(ways->at_once), &ways->out[0]);
    wd_sketch_encode(wd_article_sketch(ways->elsewhere), &ways->out[1]);
    assert_str_equal(wd_buf_str(&ways->out[0]), wd_buf_str(&ways->out[1]));
}

static void assert_output_equal(struct ways *ways, const struct wd_emit_options *opts)
{
    wd_buf_clear(&ways->out[0]);
    wd_buf_clear(&ways->out[1]);
    wd_emit(ways->at_once, opts, &ways->out[0]);
    wd_emit(ways->elsewhere, opts, &ways->out[1]);
    assert_int_equal(wd_buf_status(&ways->out[0]), WD_OK);
    assert_str_equal(wd_buf_str(&ways->out[0]), wd_buf_str(&ways->out[1]));
    assert_int_equal(wd_tagged_missing(ways->elsewhere), 0);
}

static void assert_refusal_equal(const struct ways *ways)
{
    const struct wd_error *a = wd_article_error(ways->at_once);
    const struct wd_error *b = wd_article_error(ways->elsewhere);
    assert_int_equal(a->status, b->status);
    assert_true(a->offset == b->offset);
    assert_string_equal(a->message, b->message);
    assert_string_equal(wd_article_failed_stage(ways->at_once),
                        wd_article_failed_stage(ways->elsewhere));
    assert_str_equal(wd_article_record(ways->at_once)->value,
                     wd_article_record(ways->elsewhere)->value);
}

static void tag(struct ways *ways, const struct wd_record *record,
                const struct wd_emit_options *opts, size_t output_bytes)
{
    struct wd_error err = {0};
    wd_buf_clear(&ways->tagged);
    wd_article_begin(ways->at_once, record);
    int r = wd_pipeline_run(pl, ways->at_once);
    assert_int_equal(r, wd_article_error(ways->at_once)->status);
    wd_tagged_encode(ways->at_once, opts, output_bytes, &ways->tagged);
    assert_int_equal(wd_buf_status(&ways->tagged), WD_OK);
    if (wd_tagged_decode(wd_buf_str(&ways->tagged), ways->elsewhere, &err) < 0)
        fail_msg("%s", err.message);
}

static void go_both_ways(struct ways *ways, const struct wd_record *record,
                         const struct wd_emit_options *opts)
{
    tag(ways, record, opts, OUTPUT_BYTES);
    assert_int_equal(wd_desk_decide(ways->desk_at_once, ways->at_once), WD_OK);
    assert_int_equal(wd_desk_decide(ways->desk_elsewhere, ways->elsewhere), WD_OK);
    assert_log_equal(ways);
    if (wd_article_error(ways->at_once)->status != WD_OK)
        assert_refusal_equal(ways);
    else
        assert_output_equal(ways, opts);
}

/* --- files --- */

struct files {
    struct wd_buf bytes[FILES_MAX];
    size_t n;
};

static int is_file(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void files_add(struct files *files, const char *folder)
{
    struct dirent **names;
    int n = scandir(folder, &names, is_file, alphasort);
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        char path[512], chunk[4096];
        (void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]->d_name);
        free(names[i]);
        FILE *file = fopen(path, "rb");
        assert_true(file && files->n < FILES_MAX);
        struct wd_buf *buf = &files->bytes[files->n++];
        wd_buf_init(buf, CEILING);
        for (size_t k; (k = fread(chunk, 1, sizeof(chunk), file)) > 0;)
            wd_buf_append(buf, chunk, k);
        (void)fclose(file);
    }
    free((void *)names);
}

static void files_done(struct files *files)
{
    for (size_t i = 0; i < files->n; i++)
        wd_buf_done(&files->bytes[i]);
}

/* The files, then all of them again: copies, replays, updates and stories. */
static void files_go_both_ways(const char *folder, const struct wd_emit_options *opts)
{
    static const struct wd_header headers[] = {{{"x-desk", 6}, {"sport", 5}},
                                               {{"x-empty", 7}, {"", 0}},
                                               {{"x-none", 6}, {NULL, 0}}};
    struct files files = {.n = 0};
    struct ways ways;
    ways_open(&ways);
    files_add(&files, folder);
    for (size_t i = 0; i < 2 * files.n; i++) {
        struct wd_record record = {.value = wd_buf_str(&files.bytes[i % files.n]),
                                   .key = i % 3 ? WD_STR("key") : (struct wd_str){0},
                                   .headers = headers,
                                   .n_headers = i % 4,
                                   .topic = WD_STR("news.raw"),
                                   .partition = (int32_t)i % 3,
                                   .offset = (int64_t)i / 3,
                                   .timestamp_ms = 1739404800000 + (int64_t)i * 60000};
        go_both_ways(&ways, &record, opts);
    }
    files_done(&files);
    ways_close(&ways);
}

static void seeds_give_the_same_bytes_elsewhere(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        const struct wd_emit_options opts = {
            .profile = i & 1 ? WD_PROFILE_NINJS1 : WD_PROFILE_NINJS3, .tokens = i & 2};
        files_go_both_ways(WD_TEST_DIR "/seeds", &opts);
    }
}

static void hostile_records_give_the_same_bytes_elsewhere(void **state)
{
    (void)state;
    files_go_both_ways(WD_TEST_DIR "/hostile", &plain);
}

/* --- the record --- */

static const char story[] =
    "{\"id\":\"urn:x:1\",\"title\":\"Harbour reopens\",\"source\":\"Post\",\"body\":"
    "\"The harbour of Lowestoft reopened on Monday after 14 days of repairs. Anna "
    "Brandt, "
    "the harbour master, said that 31 ships had waited outside.\"}";

static struct wd_record record_of(struct wd_str value)
{
    return (struct wd_record){.value = value,
                              .content_type = WD_STR("application/json"),
                              .topic = WD_STR("news.raw"),
                              .partition = 2,
                              .offset = 7,
                              .timestamp_ms = 1739404800000};
}

static void the_input_record_is_known_elsewhere(void **state)
{
    static const struct wd_header headers[] = {
        {{"a", 1}, {"1", 1}}, {{"b", 1}, {"", 0}}, {{"c", 1}, {NULL, 0}}};
    struct wd_record record = record_of(wd_str_from(story));
    struct ways ways;
    (void)state;
    ways_open(&ways);
    record.headers = headers;
    record.n_headers = 3;
    record.key = (struct wd_str){"", 0};
    tag(&ways, &record, &plain, OUTPUT_BYTES);
    const struct wd_record *there = wd_article_record(ways.elsewhere);
    assert_str_equal(there->topic, record.topic);
    assert_int_equal(there->partition, 2);
    assert_int_equal(there->offset, 7);
    assert_int_equal(there->timestamp_ms, record.timestamp_ms);
    assert_true(there->key.data && there->key.size == 0);
    assert_int_equal(there->n_headers, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_str_equal(there->headers[i].name, headers[i].name);
        assert_str_equal(there->headers[i].value, headers[i].value);
        assert_int_equal(there->headers[i].value.data == NULL,
                         headers[i].value.data == NULL);
    }
    ways_close(&ways);
}

static void raw_bytes_go_along_when_the_output_may_be_too_large(void **state)
{
    const struct {
        size_t output_bytes;
        bool has_raw;
        bool has_body;
    } rows[] = {{OUTPUT_BYTES, false, true}, {65536, true, true}, {1000, true, false}};
    struct wd_record record = record_of(wd_str_from(story));
    struct ways ways;
    (void)state;
    ways_open(&ways);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tag(&ways, &record, &plain, rows[i].output_bytes);
        struct wd_str value = wd_article_record(ways.elsewhere)->value;
        assert_int_equal(value.size, record.value.size);
        assert_int_equal(value.data != NULL, rows[i].has_raw);
        assert_int_equal(wd_tagged_missing(ways.elsewhere) == 0, rows[i].has_body);
    }
    ways_close(&ways);
}

static void a_document_left_out_has_its_size_told(void **state)
{
    struct wd_record record = record_of(wd_str_from(story));
    struct ways ways;
    (void)state;
    ways_open(&ways);
    for (int i = 0; i < 2; i++) { /* the second one repeats the first */
        tag(&ways, &record, &plain, 1000);
        assert_int_equal(wd_desk_decide(ways.desk_at_once, ways.at_once), WD_OK);
        assert_int_equal(wd_desk_decide(ways.desk_elsewhere, ways.elsewhere), WD_OK);
        wd_buf_clear(&ways.out[0]);
        wd_buf_clear(&ways.out[1]);
        wd_emit(ways.at_once, &plain, &ways.out[0]);
        wd_emit(ways.elsewhere, &plain, &ways.out[1]);
        assert_int_equal(ways.out[0].size,
                         ways.out[1].size + wd_tagged_missing(ways.elsewhere));
    }
    ways_close(&ways);
}

/* --- damage --- */

static void a_cut_record_is_refused(void **state)
{
    struct wd_record record = record_of(wd_str_from(story));
    struct wd_error err = {0};
    struct ways ways;
    (void)state;
    ways_open(&ways);
    tag(&ways, &record, &plain, 65536);
    for (size_t size = 0; size < ways.tagged.size; size++) {
        char *cut = malloc(size + 1); /* so that a read past the end is seen */
        assert_non_null(cut);
        memcpy(cut, ways.tagged.data, size);
        cut = realloc(cut, size ? size : 1);
        assert_int_equal(
            wd_tagged_decode((struct wd_str){cut, size}, ways.elsewhere, &err),
            WD_ESKETCH);
        assert_true(err.message[0] != '\0');
        free(cut);
    }
    wd_buf_append_char(&ways.tagged, 0);
    assert_int_equal(wd_tagged_decode(wd_buf_str(&ways.tagged), ways.elsewhere, &err),
                     WD_ESKETCH);
    ways_close(&ways);
}

static void another_version_is_named(void **state)
{
    struct wd_record record = record_of(wd_str_from(story));
    struct wd_error err = {0};
    struct ways ways;
    (void)state;
    ways_open(&ways);
    tag(&ways, &record, &plain, OUTPUT_BYTES);
    ways.tagged.data[0]++;
    assert_int_equal(wd_tagged_decode(wd_buf_str(&ways.tagged), ways.elsewhere, &err),
                     WD_ESKETCH);
    assert_non_null(strstr(err.message, "version"));
    ways_close(&ways);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeds_give_the_same_bytes_elsewhere),
        cmocka_unit_test(hostile_records_give_the_same_bytes_elsewhere),
        cmocka_unit_test(the_input_record_is_known_elsewhere),
        cmocka_unit_test(raw_bytes_go_along_when_the_output_may_be_too_large),
        cmocka_unit_test(a_document_left_out_has_its_size_told),
        cmocka_unit_test(a_cut_record_is_refused),
        cmocka_unit_test(another_version_is_named),
    };
    struct wd_options opts;
    struct wd_error err = {0};
    wd_options_init(&opts);
    opts.data_dir = WD_BUILD_DATA_DIR;
    if (wd_pipeline_open(&opts, &pl, &err) < 0) {
        print_error("%s\n", err.message);
        return 1;
    }
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    wd_pipeline_close(pl);
    return n_failed;
}
