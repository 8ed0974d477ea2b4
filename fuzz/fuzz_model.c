/* fuzz_model.c -- damaged model files are refused, or harmless.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Bytes at random never get past the name of the features that a model was made for, so
 * the input is a list of injuries to a whole one: three bytes each, the place and the
 * value. The first byte says whether the checksum is made right again (odd), so that what
 * lies behind it is reached, and how much of the end is cut off. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/datafile.h"
#include "base/hash.h"
#include "tag/model.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define N_FEATURES 60
#define N_CLUSTERS 20

static struct wd_buf whole;

/* Aborts in every build: assert() is left out of some. */
static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static struct wd_model_feature features[N_FEATURES];
    static struct wd_word_cluster clusters[N_CLUSTERS];
    static const int16_t cues[WD_MODEL_CUES][WD_MODEL_LABELS] = {{7}};
    size_t n_left_out;
    (void)argc;
    (void)argv;
    for (uint32_t i = 0; i < N_FEATURES; i++)
        features[i] = (struct wd_model_feature){1 + i * 0x4000001u, {(int8_t)i}};
    for (uint32_t i = 0; i < N_CLUSTERS; i++)
        clusters[i] =
            (struct wd_word_cluster){(uint64_t)(i * 0x9e3779b9u) << 32, (uint16_t)i, 1};
    const struct wd_model_parts parts = {
        .features = features,
        .n_features = N_FEATURES,
        .cues = cues,
        .clusters = clusters,
        .n_clusters = N_CLUSTERS,
        .n_buckets = 16,
    };
    wd_buf_init(&whole, 1 << 20);
    return wd_model_write(&parts, &whole, &n_left_out) == WD_OK ? 0 : 1;
}

static void injure(char *bytes, size_t size, const uint8_t *data, size_t n)
{
    for (size_t i = 0; i + 2 < n && size; i += 3)
        bytes[((size_t)data[i] << 8 | data[i + 1]) % size] = (char)data[i + 2];
}

static void seal(char *bytes, size_t size)
{
    const size_t summed = offsetof(struct wd_datafile_header, size);
    struct wd_datafile_header *head = (struct wd_datafile_header *)(void *)bytes;
    if (size < sizeof(*head))
        return;
    head->size = size;
    head->checksum = XXH3_64bits(bytes + summed, size - summed);
}

/* Look-ups end, and read nothing outside. */
static void use(const struct tag_model *model)
{
    uint32_t names[2 * N_FEATURES];
    struct tag_model_sum sum;
    for (uint32_t i = 0; i < 2 * N_FEATURES; i++)
        names[i] = 1 + i * 0x2000000u;
    wd_tag_model_add_up(model, names, 2 * N_FEATURES, &sum);
    for (uint64_t i = 0; i < 2 * N_CLUSTERS; i++)
        (void)wd_tag_model_cluster(model, i * 0x9e3779b9u << 32);
    for (unsigned cue = 0; cue < N_CUES; cue++)
        sum.worth[0] = (int16_t)(sum.worth[0] ^ model->cues[cue][2]);
    (void)*(volatile int16_t *)&sum.worth[0];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tag_model model;
    struct wd_error err = {0};
    if (size == 0)
        return 0;
    size_t cut = data[0] >> 1, left = cut < 100 ? whole.size : whole.size - cut * 8;
    char *bytes = aligned_alloc(64, (left + 64) & ~(size_t)63);
    require(bytes != NULL);
    memcpy(bytes, whole.data, left);
    injure(bytes, left, data + 1, size - 1);
    if (data[0] & 1)
        seal(bytes, left);
    if (wd_tag_model_view((struct wd_str){bytes, left}, "fuzz", &model, &err) == WD_OK)
        use(&model);
    else
        require(err.message[0]);
    free(bytes);
    return 0;
}
