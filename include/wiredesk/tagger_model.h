/* tagger_model.h -- what a trainer of the tagger needs: lessons in, a model file out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The tagger weighs every span of words that could be a name. A lesson is one sentence as
 * the tagger sees it: the words that stand in such spans, each with its features, and the
 * spans with theirs. What a span is worth for a label is the sum over its words of each
 * word's features at the place that the word has in the span, plus the span's own
 * features, plus its cues; a span of worth 0 is as likely a name as not. A trainer finds
 * the weights, and wd_model_write() makes the file that the tag stage maps. */
#ifndef WIREDESK_TAGGER_MODEL_H
#define WIREDESK_TAGGER_MODEL_H

#include <stdint.h>

#include "wiredesk/buf.h"
#include "wiredesk/export.h"
#include "wiredesk/span.h"
#include "wiredesk/status.h"

#define WD_MODEL_FILE    "model.wdm" /* in the data folder */
#define WD_MODEL_LABELS  3           /* person, organisation, place */
#define WD_MODEL_PLACES  4           /* where a word stands in a name */
#define WD_MODEL_COLUMNS (WD_MODEL_LABELS * WD_MODEL_PLACES)
#define WD_MODEL_CUES    128 /* at most */
#define WD_MODEL_UNIT    32  /* a weight of this many is one nat */

/* Column = place * WD_MODEL_LABELS + label. A span's own features use the first place. */
enum wd_model_place {
    WD_PLACE_ALONE,
    WD_PLACE_FIRST,
    WD_PLACE_INSIDE,
    WD_PLACE_LAST,
};

struct wd_lesson_word {
    struct wd_span span;      /* in the text */
    uint64_t hash;            /* of the folded word; numbers have one in common */
    const uint32_t *features; /* none for a word that stands in no candidate */
    uint32_t n_features;
};

struct wd_lesson_span {
    uint32_t first; /* words of the lesson, inclusive */
    uint32_t last;
    uint64_t cues[2]; /* bits */
    int16_t fixed[2]; /* tenths of a nat for event and group, which are not learned */
    const uint32_t *features;
    uint32_t n_features;
};

struct wd_lesson {
    struct wd_str text; /* all of it: spans count from its start */
    const struct wd_lesson_word *words;
    size_t n_words;
    const struct wd_lesson_span *spans; /* by first word, then by last */
    size_t n_spans;
};

struct wd_lesson_reader;

/* `data_dir` is where the compiled gazetteer lies. WD_EDATA or WD_ENOMEM, told in *err.
 */
WD_API WD_MUST_CHECK int wd_lesson_reader_new(const char *data_dir,
                                              struct wd_lesson_reader **ret_reader,
                                              struct wd_error *err);

/* NULL-safe. */
WD_API void wd_lesson_reader_free(struct wd_lesson_reader *reader);

/* A word's cluster: words of one cluster stand in like places. From 1; 0: none. */
struct wd_word_cluster {
    uint64_t hash; /* of the folded word */
    uint16_t fine;
    uint16_t coarse;
};

/* Words read from now on have features of their clusters. The rows are copied. */
WD_API WD_MUST_CHECK int
wd_lesson_reader_set_clusters(struct wd_lesson_reader *reader,
                              const struct wd_word_cluster *clusters, size_t n_clusters);

/* Calls `take` for each sentence of a text of well-formed UTF-8, with arrays that live
 * until it returns. WD_OK, WD_ENOMEM, or what `take` returned. */
typedef int wd_take_lesson(void *arg, const struct wd_lesson *lesson);
WD_API WD_MUST_CHECK int wd_lesson_read(struct wd_lesson_reader *reader,
                                        struct wd_str text, wd_take_lesson *take,
                                        void *arg);

/* A cue's name, for tables; NULL past the last. */
WD_API const char *wd_model_cue_name(unsigned cue);

struct wd_model_feature {
    uint32_t name;
    int8_t weight[WD_MODEL_COLUMNS];
};

struct wd_model_parts {
    const struct wd_model_feature *features; /* most important first */
    size_t n_features;
    const int16_t (*cues)[WD_MODEL_LABELS]; /* WD_MODEL_CUES rows */
    const struct wd_word_cluster *clusters;
    size_t n_clusters;
    uint32_t n_buckets; /* 64 bytes each, four features; what does not fit is left out */
};

/* Appends the model file to `buf`; *ret_n_left_out features found no room. WD_OK,
 * WD_ENOMEM or the buffer's status. Same parts, same bytes. */
WD_API WD_MUST_CHECK int wd_model_write(const struct wd_model_parts *parts,
                                        struct wd_buf *buf, size_t *ret_n_left_out);

struct wd_model_stats {
    uint64_t digest; /* of the content */
    size_t n_features;
    size_t n_buckets;
    size_t n_clustered; /* words */
    size_t size_bytes;
};

/* Reads the model of a data folder. WD_EDATA, told in *err, also when there is none. */
WD_API WD_MUST_CHECK int wd_model_inspect(const char *data_dir,
                                          struct wd_model_stats *ret_stats,
                                          struct wd_error *err);

#endif
