/* model.c -- opens, checks and writes the file of learned weights.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A lookup touches one cache line: buckets are addressed by the high bits of the
 * feature's name and hold four. Features are put in by importance, so that a full bucket
 * turns away the one that matters least. The checksum guards against accidents; the
 * checks of sections_fit() and of the cluster table keep every index in bounds even in a
 * file made by an enemy. */
#include "tag/model.h"

#include <stdlib.h>

#include "base/hash.h"
#include "tag/features.h"

static const struct wd_datafile_format format = {
    .magic = "WDMODEL\n",
    .version = TAG_MODEL_VERSION,
    .noun = "a trained model",
    .cure = "make it with: script/train, or remove it to tag by rules alone",
};

#define CUE_NAME(symbol, ...) #symbol,
static const char *const cue_names[] = {TAG_CUE_TABLE(CUE_NAME)};
#undef CUE_NAME

_Static_assert(sizeof(struct tag_bucket) == 64, "a bucket is one cache line");
_Static_assert(sizeof(struct tag_model_header) % 64 == 0, "sections are aligned");
_Static_assert(N_CUES <= WD_MODEL_CUES, "cues have a row each");

const char *wd_model_cue_name(unsigned cue)
{
    return cue < N_CUES ? cue_names[cue] : NULL;
}

uint64_t wd_tag_feature_meaning(void)
{
    uint64_t meaning = TAG_FEATURES_VERSION;
    for (unsigned i = 0; i < N_CUES; i++)
        meaning = XXH3_64bits_withSeed(cue_names[i], strlen(cue_names[i]), meaning);
    return meaning;
}

/* ---------------------------------------------------------------------------- reading */

static bool section_fits(uint64_t size, uint32_t offset, uint64_t count, size_t each)
{
    return offset % 64 == 0 && offset >= sizeof(struct tag_model_header) &&
           offset <= size && count * each <= size - offset;
}

static bool sections_fit(const struct tag_model_header *head)
{
    uint64_t size = head->file.size;
    uint32_t n_slots = head->n_cluster_slots;
    return head->n_buckets > 0 && n_slots > 0 && (n_slots & (n_slots - 1)) == 0 &&
           section_fits(size, head->cues, WD_MODEL_CUES,
                        WD_MODEL_LABELS * sizeof(int16_t)) &&
           section_fits(size, head->clusters, n_slots, sizeof(struct tag_cluster_slot)) &&
           section_fits(size, head->buckets, head->n_buckets, sizeof(struct tag_bucket));
}

/* Every probe must end. */
static bool has_empty_slot(const struct tag_model *model)
{
    for (uint32_t i = 0; i < model->header->n_cluster_slots; i++) {
        if (model->clusters[i].hash == 0)
            return true;
    }
    return false;
}

int wd_tag_model_view(struct wd_str bytes, const char *name, struct tag_model *ret_model,
                      struct wd_error *err)
{
    int r = wd_datafile_check(&format, bytes, name, err);
    if (r < 0)
        return r;
    const struct tag_model_header *head = (const void *)bytes.data;
    if (bytes.size < sizeof(*head) || !sections_fit(head))
        return wd_datafile_refuse(&format, name, "the file points outside of itself",
                                  err);
    if (head->n_cues != N_CUES || head->meaning != wd_tag_feature_meaning())
        return wd_datafile_refuse(
            &format, name, "trained for other features than this program has", err);
    struct tag_model model = {
        .header = head,
        .clusters = (const void *)(bytes.data + head->clusters),
        .buckets = (const void *)(bytes.data + head->buckets),
    };
    const int16_t(*cues)[WD_MODEL_LABELS] = (const void *)(bytes.data + head->cues);
    for (unsigned i = 0; i < WD_MODEL_CUES; i++) {
        for (unsigned label = 0; label < WD_MODEL_LABELS; label++)
            model.cues[i][label] = cues[i][label];
    }
    if (!has_empty_slot(&model))
        return wd_datafile_refuse(&format, name, "its table of clusters is full", err);
    *ret_model = model;
    return WD_OK;
}

int wd_tag_model_open(const char *folder, struct tag_model *ret_model,
                      struct wd_error *err)
{
    struct tag_model model = {0};
    struct wd_str bytes;
    bool is_absent = false;

    int r = wd_datafile_map(&format, folder, WD_MODEL_FILE, &bytes, &is_absent, err);
    if (r < 0)
        return r;
    if (!is_absent) {
        r = wd_tag_model_view(bytes, WD_MODEL_FILE, &model, err);
        if (r < 0) {
            wd_datafile_unmap(bytes);
            return r;
        }
        model.map = bytes;
    }
    *ret_model = model;
    return WD_OK;
}

void wd_tag_model_close(struct tag_model *model)
{
    wd_datafile_unmap(model->map);
    *model = (struct tag_model){0};
}

struct tag_cluster_slot wd_tag_model_cluster(const struct tag_model *model, uint64_t hash)
{
    uint32_t mask = model->header->n_cluster_slots - 1, key = tag_cluster_key(hash);
    for (uint32_t i = key & mask;; i = (i + 1) & mask) {
        struct tag_cluster_slot slot = model->clusters[i];
        if (slot.hash == key || slot.hash == 0)
            return slot;
    }
}

/* A row of twelve weights is read with the four bytes before it, which belong to its
 * bucket, too: sixteen bytes are one machine register, and so are eight sums. Weights are
 * added as if they were 0 to 255, for then nothing need be known of their signs; what
 * that is too much is taken off at the end. The sums of the four bytes are left behind.
 */
typedef uint8_t sixteen_bytes __attribute__((vector_size(16)));
typedef uint16_t eight_sums __attribute__((vector_size(16)));

#define BYTES_BEFORE (sizeof(sixteen_bytes) - WD_MODEL_COLUMNS)
#define SIGN         0x80

_Static_assert(TAG_BUCKET_ENTRIES == 4, "as slot_in() takes it");
_Static_assert(offsetof(struct tag_bucket, weight) >= BYTES_BEFORE, "inside the bucket");

/* The halves of a row in sixteen bits each. Little-endian, as is the file. */
#define LOW_HALF(row, zero)                                                              \
    (eight_sums) __builtin_shufflevector(row, zero, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20,   \
                                         5, 21, 6, 22, 7, 23)
#define HIGH_HALF(row, zero)                                                             \
    (eight_sums) __builtin_shufflevector(row, zero, 8, 24, 9, 25, 10, 26, 11, 27, 12,    \
                                         28, 13, 29, 14, 30, 15, 31)

/* Where the feature stands in its bucket; of one that does not, anywhere. Sums and not
 * tests, for any of the four is as likely and a branch would guess wrong. */
static unsigned slot_in(const struct tag_bucket *bucket, uint32_t feature)
{
    const uint32_t *name = bucket->name;
    return (unsigned)(name[1] == feature) | (unsigned)(name[2] == feature) << 1 |
           (unsigned)-(name[3] == feature) >> 30;
}

/* Sixteen bytes that end with the row; they begin inside the bucket. */
static const char *row_bytes(const struct tag_bucket *bucket, unsigned at)
{
    return (const char *)bucket + offsetof(struct tag_bucket, weight) +
           at * sizeof(bucket->weight[0]) - BYTES_BEFORE;
}

void wd_tag_model_add_up(const struct tag_model *model, const uint32_t *features,
                         unsigned n_features, struct tag_model_sum *ret_sum)
{
    const uint32_t n_buckets = model->header->n_buckets;
    const sixteen_bytes zero = {0}, sign = zero + SIGN;
    eight_sums low = {0}, high = {0};
    uint16_t sum[16], n_known = 0;
    for (unsigned i = 0; i < n_features; i++) {
        const struct tag_bucket *bucket =
            &model->buckets[tag_bucket_of(features[i], n_buckets)];
        unsigned at = slot_in(bucket, features[i]);
        if (bucket->name[at] != features[i])
            continue;
        sixteen_bytes row;
        memcpy(&row, row_bytes(bucket, at), sizeof(row));
        row ^= sign;
        low += LOW_HALF(row, zero);
        high += HIGH_HALF(row, zero);
        n_known++;
    }
    memcpy(sum, &low, sizeof(low));
    memcpy(sum + 8, &high, sizeof(high));
    for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
        ret_sum->worth[c] = (int16_t)(sum[c + BYTES_BEFORE] - n_known * SIGN);
}

int wd_model_inspect(const char *data_dir, struct wd_model_stats *ret_stats,
                     struct wd_error *err)
{
    struct tag_model model;
    int r = wd_tag_model_open(data_dir, &model, err);
    if (r < 0)
        return r;
    if (!model.header)
        return wd_datafile_refuse(&format, data_dir, "there is no " WD_MODEL_FILE, err);
    struct wd_model_stats stats = {
        .digest = model.header->file.checksum,
        .n_features = model.header->n_features,
        .n_buckets = model.header->n_buckets,
        .n_clustered = model.header->n_clustered,
        .size_bytes = model.header->file.size,
    };
    wd_tag_model_close(&model);
    *ret_stats = stats;
    return WD_OK;
}

/* ---------------------------------------------------------------------------- writing */

static uint32_t slots_for(size_t n_clusters)
{
    uint32_t n_slots = 64;
    while (n_slots < n_clusters * 2)
        n_slots *= 2;
    return n_slots;
}

/* Two words of one 32-bit key are one to the table: the first stays. */
static void put_clusters(const struct wd_word_cluster *clusters, size_t n_clusters,
                         uint32_t n_slots, struct tag_cluster_slot *slots)
{
    for (size_t i = 0; i < n_clusters; i++) {
        uint32_t key = tag_cluster_key(clusters[i].hash);
        uint32_t at = key & (n_slots - 1);
        while (slots[at].hash != 0 && slots[at].hash != key)
            at = (at + 1) & (n_slots - 1);
        if (slots[at].hash == 0)
            slots[at] =
                (struct tag_cluster_slot){key, clusters[i].fine, clusters[i].coarse};
    }
}

struct tag_cluster_slot *wd_tag_clusters_new(const struct wd_word_cluster *clusters,
                                             size_t n_clusters, uint32_t *ret_n_slots)
{
    uint32_t n_slots = slots_for(n_clusters);
    struct tag_cluster_slot *slots = calloc(n_slots, sizeof(*slots));
    if (slots) {
        put_clusters(clusters, n_clusters, n_slots, slots);
        *ret_n_slots = n_slots;
    }
    return slots;
}

/* Returns how many found no room. */
static size_t put_features(const struct wd_model_parts *parts, struct tag_bucket *buckets)
{
    size_t n_left_out = 0;
    for (size_t i = 0; i < parts->n_features; i++) {
        const struct wd_model_feature *feature = &parts->features[i];
        struct tag_bucket *bucket =
            &buckets[tag_bucket_of(feature->name, parts->n_buckets)];
        unsigned k = 0;
        while (k < TAG_BUCKET_ENTRIES && bucket->name[k] != 0)
            k++;
        if (k == TAG_BUCKET_ENTRIES) {
            n_left_out++;
            continue;
        }
        bucket->name[k] = feature->name;
        memcpy(bucket->weight[k], feature->weight, sizeof(feature->weight));
    }
    return n_left_out;
}

int wd_model_write(const struct wd_model_parts *parts, struct wd_buf *buf,
                   size_t *ret_n_left_out)
{
    const size_t cue_bytes = WD_MODEL_CUES * WD_MODEL_LABELS * sizeof(int16_t);
    uint32_t n_slots = slots_for(parts->n_clusters);
    struct tag_model_header head = {
        .meaning = wd_tag_feature_meaning(),
        .n_buckets = parts->n_buckets,
        .n_cluster_slots = n_slots,
        .n_cues = N_CUES,
        .n_clustered = (uint32_t)parts->n_clusters,
        .cues = sizeof(head),
    };
    head.clusters = head.cues + (uint32_t)cue_bytes;
    head.buckets = head.clusters + n_slots * (uint32_t)sizeof(struct tag_cluster_slot);
    size_t size = head.buckets + (size_t)parts->n_buckets * sizeof(struct tag_bucket);
    char *bytes = aligned_alloc(64, size);
    if (!bytes)
        return WD_ENOMEM;

    memset(bytes, 0, size);
    memcpy(bytes + head.cues, parts->cues, cue_bytes);
    put_clusters(parts->clusters, parts->n_clusters, n_slots,
                 (struct tag_cluster_slot *)(void *)(bytes + head.clusters));
    *ret_n_left_out =
        put_features(parts, (struct tag_bucket *)(void *)(bytes + head.buckets));
    head.n_features = (uint32_t)(parts->n_features - *ret_n_left_out);
    memcpy(bytes, &head, sizeof(head));
    wd_datafile_seal(&format, bytes, size);
    wd_buf_append(buf, bytes, size);
    free(bytes);
    return wd_buf_status(buf);
}
