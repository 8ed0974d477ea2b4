/* model.h -- learned weights, mapped into memory.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The file holds, for about a million features, what each is worth for every place that
 * a word can have in a name of every label; what each cue is worth; and the cluster of
 * each word that is frequent enough to have one. A feature is named by 32 bits of hash
 * and kept with its name, so that one the training never saw is worth nothing, not what
 * a stranger in the same slot is worth. Weights are integers: same text, same scores, on
 * every machine. */
#ifndef WD_TAG_MODEL_H
#define WD_TAG_MODEL_H

#include "base/ahead.h"
#include "base/datafile.h"
#include "gazetteer/name_words.h"
#include "tag/cues.h"
#include "wiredesk/tagger_model.h"

#define TAG_MODEL_VERSION  1
#define TAG_BUCKET_ENTRIES 4
#define TAG_CUE_COLUMNS    4 /* the labels, and one that stays 0 */

/* One cache line: four features. Name 0 is an empty entry. */
struct tag_bucket {
    uint32_t name[TAG_BUCKET_ENTRIES];
    int8_t weight[TAG_BUCKET_ENTRIES][WD_MODEL_COLUMNS];
};

/* Open-addressed by `hash`; hash 0 is an empty slot. */
struct tag_cluster_slot {
    uint32_t hash; /* high half of the word's */
    uint16_t fine;
    uint16_t coarse;
};

struct tag_model_header {
    struct wd_datafile_header file;
    uint64_t meaning; /* of features and cues: wd_tag_feature_meaning() */
    uint32_t n_buckets;
    uint32_t n_cluster_slots; /* a power of two */
    uint32_t n_cues;
    uint32_t n_features;
    uint32_t n_clustered; /* words */
    uint32_t cues;        /* offsets of the sections */
    uint32_t clusters;
    uint32_t buckets;
    uint32_t reserved[14];
};

struct tag_model {
    const struct tag_model_header *header;        /* NULL: there is no model */
    int32_t cues[WD_MODEL_CUES][TAG_CUE_COLUMNS]; /* copied: a row is one register */
    const struct tag_cluster_slot *clusters;
    const struct tag_bucket *buckets;
    struct wd_str map; /* empty when the bytes are the caller's */
};

/* Maps `<folder>/model.wdm`. No such file: WD_OK, and a model without header. WD_EDATA,
 * naming the file and the cure, when it is cut, damaged, of another version or byte
 * order, or made for other features. */
int wd_tag_model_open(const char *folder, struct tag_model *ret_model,
                      struct wd_error *err);

/* The same over bytes that outlive it, aligned to 64; `name` is for the message. */
int wd_tag_model_view(struct wd_str bytes, const char *name, struct tag_model *ret_model,
                      struct wd_error *err);

/* Safe on a zeroed one. */
void wd_tag_model_close(struct tag_model *model);

/* A name for what features and cues mean: changes when weights for the old ones would be
 * nonsense. */
uint64_t wd_tag_feature_meaning(void);

static inline uint32_t tag_bucket_of(uint32_t feature, uint32_t n_buckets)
{
    return (uint32_t)((uint64_t)feature * n_buckets >> 32);
}

/* What features are worth together. */
struct tag_model_sum {
    int16_t worth[WD_MODEL_COLUMNS];
};

/* Says that a feature will soon be asked for. */
static inline void tag_model_expect(const struct tag_model *model, uint32_t feature)
{
    wd_ahead(&model->buckets[tag_bucket_of(feature, model->header->n_buckets)]);
}

/* Adds up the weights of at most 258 features; those that are not in the model are worth
 * nothing. */
void wd_tag_model_add_up(const struct tag_model *model, const uint32_t *features,
                         unsigned n_features, struct tag_model_sum *ret_sum);

/* What a word is called in the table of clusters: numbers are all alike. */
static inline uint64_t tag_cluster_hash(const struct wd_name_word *name)
{
    return name->kind == WD_NAME_NUMBER ? UINT64_C(0x6e756d6265720001) : name->hash;
}

static inline uint32_t tag_cluster_key(uint64_t hash)
{
    uint32_t key = (uint32_t)(hash >> 32);
    return key ? key : 1;
}

/* Says that the cluster of a word will soon be asked for. */
static inline void tag_model_expect_cluster(const struct tag_model *model, uint64_t hash)
{
    uint32_t mask = model->header->n_cluster_slots - 1;
    wd_ahead(&model->clusters[tag_cluster_key(hash) & mask]);
}

static inline bool tag_model_has_clusters(const struct tag_model *model)
{
    return model->header && model->header->n_clustered > 0;
}

/* A table of clusters in memory of its own, for free(); NULL when memory is short. */
struct tag_cluster_slot *wd_tag_clusters_new(const struct wd_word_cluster *clusters,
                                             size_t n_clusters, uint32_t *ret_n_slots);

/* The cluster of the folded word with this hash; both 0: none. */
struct tag_cluster_slot wd_tag_model_cluster(const struct tag_model *model,
                                             uint64_t hash);

#endif
