/* test_tag_model.c -- model files are whole or refused, and say what was put in.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tag/model.h"

#define N_FEATURES 40
#define N_BUCKETS  16

static const struct wd_word_cluster clusters[] = {
    {UINT64_C(0x1111111100000000), 7, 1},
    {UINT64_C(0x2222222200000000), 9, 2},
    {UINT64_C(0x0000000033333333), 11, 3}, /* its key is 0, which means empty */
};

static struct wd_model_feature features[N_FEATURES];
static int16_t cues[WD_MODEL_CUES][WD_MODEL_LABELS];

/* Spread over all buckets. */
static uint32_t name_of(unsigned i)
{
    return 1 + i * (UINT32_MAX / N_FEATURES);
}

static char *make_file(size_t *ret_size, size_t *ret_n_left_out)
{
    for (unsigned i = 0; i < N_FEATURES; i++) {
        features[i].name = name_of(i);
        for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
            features[i].weight[c] = (int8_t)(i * 3 + c - 100);
    }
    cues[5][1] = -1234;
    const struct wd_model_parts parts = {
        .features = features,
        .n_features = N_FEATURES,
        .cues = (const int16_t(*)[WD_MODEL_LABELS])cues,
        .clusters = clusters,
        .n_clusters = 3,
        .n_buckets = N_BUCKETS,
    };
    struct wd_buf buf;
    wd_buf_init(&buf, 1 << 20);
    assert_int_equal(wd_model_write(&parts, &buf, ret_n_left_out), WD_OK);
    char *bytes = aligned_alloc(64, (buf.size + 63) / 64 * 64);
    assert_non_null(bytes);
    memcpy(bytes, buf.data, buf.size);
    *ret_size = buf.size;
    wd_buf_done(&buf);
    return bytes;
}

static int view(const char *bytes, size_t size, struct wd_error *err)
{
    struct tag_model model;
    return wd_tag_model_view((struct wd_str){bytes, size}, "some.wdm", &model, err);
}

static void what_was_written_is_read(void **state)
{
    (void)state;
    size_t size, n_left_out;
    char *bytes = make_file(&size, &n_left_out);
    struct tag_model model;
    struct wd_error err = {0};
    assert_int_equal(wd_tag_model_view((struct wd_str){bytes, size}, "x", &model, &err),
                     WD_OK);
    assert_int_equal(n_left_out, 0);
    for (unsigned i = 0; i < N_FEATURES; i++) {
        struct tag_model_sum sum;
        uint32_t name = name_of(i);
        wd_tag_model_add_up(&model, &name, 1, &sum);
        for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
            assert_int_equal(sum.worth[c], features[i].weight[c]);
    }
    assert_int_equal(model.cues[5][1], -1234);
    assert_int_equal(model.cues[5][0], 0);
    for (unsigned i = 0; i < 3; i++) {
        struct tag_cluster_slot slot = wd_tag_model_cluster(&model, clusters[i].hash);
        assert_int_equal(slot.fine, clusters[i].fine);
        assert_int_equal(slot.coarse, clusters[i].coarse);
    }
    free(bytes);
}

/* Against plain arithmetic, for every column. */
static void features_add_up(void **state)
{
    (void)state;
    size_t size, n_left_out;
    char *bytes = make_file(&size, &n_left_out);
    struct tag_model model;
    struct tag_model_sum sum;
    struct wd_error err = {0};
    uint32_t names[2 * N_FEATURES];
    int want[WD_MODEL_COLUMNS] = {0};
    assert_int_equal(wd_tag_model_view((struct wd_str){bytes, size}, "x", &model, &err),
                     WD_OK);
    wd_tag_model_add_up(&model, names, 0, &sum);
    for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
        assert_int_equal(sum.worth[c], 0);
    for (unsigned i = 0; i < N_FEATURES; i++) {
        names[2 * i] = name_of(i);
        names[2 * i + 1] = name_of(i) + 1; /* unknown */
        for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
            want[c] += features[i].weight[c];
        wd_tag_model_add_up(&model, names, 2 * i + 2, &sum);
        for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
            assert_int_equal(sum.worth[c], want[c]);
    }
    free(bytes);
}

static void unknown_feature_weighs_nothing(void **state)
{
    (void)state;
    size_t size, n_left_out;
    char *bytes = make_file(&size, &n_left_out);
    struct tag_model model;
    struct wd_error err = {0};
    assert_int_equal(wd_tag_model_view((struct wd_str){bytes, size}, "x", &model, &err),
                     WD_OK);
    for (unsigned i = 0; i < N_FEATURES; i++) {
        struct tag_model_sum sum;
        uint32_t name = name_of(i) + 1; /* in the same bucket */
        wd_tag_model_add_up(&model, &name, 1, &sum);
        for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
            assert_int_equal(sum.worth[c], 0);
    }
    assert_int_equal(wd_tag_model_cluster(&model, UINT64_C(0x4444444400000000)).fine, 0);
    free(bytes);
}

/* Five features of one bucket: the last, least important one is left out. */
static void full_bucket_turns_the_least_away(void **state)
{
    (void)state;
    struct wd_model_feature same[5];
    for (unsigned i = 0; i < 5; i++) {
        same[i] = (struct wd_model_feature){.name = 100 + i};
        memset(same[i].weight, (int)i + 1, sizeof(same[i].weight));
    }
    const struct wd_model_parts parts = {
        .features = same,
        .n_features = 5,
        .cues = (const int16_t(*)[WD_MODEL_LABELS])cues,
        .n_buckets = 1,
    };
    struct wd_buf buf;
    size_t n_left_out;
    wd_buf_init(&buf, 1 << 20);
    assert_int_equal(wd_model_write(&parts, &buf, &n_left_out), WD_OK);
    assert_int_equal(n_left_out, 1);
    char *bytes = aligned_alloc(64, (buf.size + 63) / 64 * 64);
    memcpy(bytes, buf.data, buf.size);
    struct tag_model model;
    struct wd_error err = {0};
    assert_int_equal(
        wd_tag_model_view((struct wd_str){bytes, buf.size}, "x", &model, &err), WD_OK);
    for (unsigned i = 0; i < 5; i++) {
        struct tag_model_sum sum;
        wd_tag_model_add_up(&model, &same[i].name, 1, &sum);
        assert_int_equal(sum.worth[0], i < 4 ? (int)i + 1 : 0);
    }
    free(bytes);
    wd_buf_done(&buf);
}

static void damaged_file_is_refused(void **state)
{
    (void)state;
    size_t size, n_left_out;
    char *bytes = make_file(&size, &n_left_out);
    struct wd_error err = {0};
    assert_int_equal(view(bytes, size, &err), WD_OK);
    for (size_t i = 0; i < size; i++) {
        for (unsigned bit = 0; bit < 8; bit += 3) {
            bytes[i] ^= (char)(1u << bit);
            assert_int_equal(view(bytes, size, &err), WD_EDATA);
            assert_non_null(strstr(err.message, "some.wdm"));
            assert_non_null(strstr(err.message, "script/train"));
            bytes[i] ^= (char)(1u << bit);
        }
    }
    for (size_t cut = 0; cut < size; cut++)
        assert_int_equal(view(bytes, cut, &err), WD_EDATA);
    free(bytes);
}

/* A file sealed with a right checksum, but made by an enemy. */
static void wrong_numbers_are_refused(void **state)
{
    static const struct wd_datafile_format format = {
        .magic = "WDMODEL\n", .version = TAG_MODEL_VERSION, .noun = "", .cure = ""};
    static const struct {
        size_t member;
        uint32_t value;
        const char *message;
    } rows[] = {
        {offsetof(struct tag_model_header, n_buckets), N_BUCKETS + 1, "outside"},
        {offsetof(struct tag_model_header, n_buckets), 0, "outside"},
        {offsetof(struct tag_model_header, n_cluster_slots), 63, "outside"},
        {offsetof(struct tag_model_header, n_cluster_slots), 0, "outside"},
        {offsetof(struct tag_model_header, n_cluster_slots), 1u << 31, "outside"},
        {offsetof(struct tag_model_header, cues), 0, "outside"},
        {offsetof(struct tag_model_header, cues), 129, "outside"},
        {offsetof(struct tag_model_header, clusters), 0xffffffc0, "outside"},
        {offsetof(struct tag_model_header, buckets), 0xffffffc0, "outside"},
        {offsetof(struct tag_model_header, n_cues), N_CUES - 1, "other features"},
        {offsetof(struct tag_model_header, meaning), 1, "other features"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t size, n_left_out;
        char *bytes = make_file(&size, &n_left_out);
        struct wd_error err = {0};
        memcpy(bytes + rows[i].member, &rows[i].value, sizeof(rows[i].value));
        wd_datafile_seal(&format, bytes, size);
        assert_int_equal(view(bytes, size, &err), WD_EDATA);
        assert_non_null(strstr(err.message, rows[i].message));
        free(bytes);
    }
}

/* Without an empty slot a search for an unknown word would never end. */
static void full_cluster_table_is_refused(void **state)
{
    static const struct wd_datafile_format format = {
        .magic = "WDMODEL\n", .version = TAG_MODEL_VERSION, .noun = "", .cure = ""};
    (void)state;
    size_t size, n_left_out;
    char *bytes = make_file(&size, &n_left_out);
    struct tag_model_header head;
    struct wd_error err = {0};
    memcpy(&head, bytes, sizeof(head));
    memset(bytes + head.clusters, 1, 64 * sizeof(struct tag_cluster_slot));
    wd_datafile_seal(&format, bytes, size);
    assert_int_equal(view(bytes, size, &err), WD_EDATA);
    free(bytes);
}

static void other_versions_and_files_are_told_apart(void **state)
{
    (void)state;
    size_t size, n_left_out;
    char *bytes = make_file(&size, &n_left_out);
    struct tag_model_header head;
    struct wd_error err = {0};
    memcpy(&head, bytes, sizeof(head));
    head.file.version++;
    memcpy(bytes, &head, sizeof(head));
    assert_int_equal(view(bytes, size, &err), WD_EDATA);
    assert_non_null(strstr(err.message, "another version"));
    head.file.version--;
    head.file.endian = __builtin_bswap32(head.file.endian);
    memcpy(bytes, &head, sizeof(head));
    assert_int_equal(view(bytes, size, &err), WD_EDATA);
    assert_non_null(strstr(err.message, "byte order"));
    memcpy(bytes, "WDNAMES\n", 8);
    assert_int_equal(view(bytes, size, &err), WD_EDATA);
    assert_non_null(strstr(err.message, "not a trained model"));
    free(bytes);
}

/* No file is no fault: the rules tag alone. An empty file is one. */
static void absent_model_is_no_fault(void **state)
{
    (void)state;
    char folder[] = "/tmp/wd-model-XXXXXX", path[64];
    struct tag_model model;
    struct wd_model_stats stats;
    struct wd_error err = {0};
    assert_non_null(mkdtemp(folder));
    assert_int_equal(wd_tag_model_open(folder, &model, &err), WD_OK);
    assert_null(model.header);
    wd_tag_model_close(&model);
    assert_int_equal(wd_model_inspect(folder, &stats, &err), WD_EDATA);
    (void)snprintf(path, sizeof(path), "%s/" WD_MODEL_FILE, folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(wd_tag_model_open(folder, &model, &err), WD_EDATA);
    assert_non_null(strstr(err.message, "empty"));
    file = fopen(path, "wb");
    size_t size, n_left_out;
    char *bytes = make_file(&size, &n_left_out);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
    assert_int_equal(wd_model_inspect(folder, &stats, &err), WD_OK);
    assert_int_equal(stats.n_features, N_FEATURES);
    assert_int_equal(stats.n_clustered, 3);
    assert_int_equal(stats.size_bytes, size);
    free(bytes);
    (void)unlink(path);
    (void)rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(features_add_up),
        cmocka_unit_test(unknown_feature_weighs_nothing),
        cmocka_unit_test(full_bucket_turns_the_least_away),
        cmocka_unit_test(damaged_file_is_refused),
        cmocka_unit_test(wrong_numbers_are_refused),
        cmocka_unit_test(full_cluster_table_is_refused),
        cmocka_unit_test(other_versions_and_files_are_told_apart),
        cmocka_unit_test(absent_model_is_no_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
