/* sketch.h -- the log record that the state is made of.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One sketch for every input record, also a refused one: where it came from, its
 * fingerprints, and what was decided. Taking the sketches of a log in order into an empty
 * desk gives the desk that wrote them. Format: docs/sketch-log.md. */
#ifndef WIREDESK_SKETCH_H
#define WIREDESK_SKETCH_H

#include <stdint.h>

#include "wiredesk/article.h"
#include "wiredesk/buf.h"

enum wd_term_flag {
    WD_TERM_NAME = 1 << 0,     /* of an entity or a capitalised word */
    WD_TERM_HEADLINE = 1 << 1, /* stands in the headline */
    WD_TERM_FLAGS = 3,         /* all of them */
};

/* A name or a heavy word, for stories. */
struct wd_term {
    uint32_t hash;
    uint8_t weight; /* within its article: 1 to 255 */
    uint8_t flags;  /* enum wd_term_flag */
};

#define WD_SAMPLING_MAX 16

/* Pointers are borrowed: from the article, or from the bytes that were decoded. Every
 * array is ascending by hash and holds no hash twice. */
struct wd_sketch {
    uint64_t sequence; /* from 1, without gaps */
    struct wd_str topic;
    int32_t partition;
    int64_t offset;
    int64_t timestamp_ms;
    int status; /* WD_OK, or why the record was refused; what follows is then empty */

    struct wd_str uri;
    struct wd_str version;
    int64_t published_ms; /* as the source dates this version; -1: not said */
    uint32_t source;      /* hash of the publisher's name; 0: not said */

    uint64_t content_hash;    /* of the words of the body: equal for exact copies */
    uint32_t n_words;         /* words of the body */
    uint32_t n_shingles;      /* distinct shingles before sampling */
    uint8_t sampling;         /* kept are the shingles below 2^32 >> sampling */
    const uint32_t *shingles; /* the sampled ones */
    uint32_t n_sampled;
    const uint32_t *figures; /* numbers of the body: with the names, they tell a */
    uint32_t n_figures;      /* template from a reprint */
    const uint32_t *names;   /* words of names in the body */
    uint32_t n_names;
    const struct wd_term *terms;
    uint32_t n_terms;

    enum wd_verdict verdict;
    uint64_t of_sequence; /* 0: none */
    uint64_t cluster;
    uint64_t story;
    bool is_canceled; /* pubstatus: canceled */
};

/* Appends the encoded sketch to `buf` (ask wd_buf_status). Same sketch, same bytes. */
WD_API void wd_sketch_encode(const struct wd_sketch *sketch, struct wd_buf *buf);

/* Reads one whole encoded sketch. WD_ESKETCH when it is damaged, of another version, or
 * has bytes left over. The arrays go to `*scratch`, which the caller sets to NULL first,
 * passes again for the next sketch, and frees with wd_sketch_scratch_free(). */
struct wd_sketch_scratch;
WD_API WD_MUST_CHECK int wd_sketch_decode(struct wd_str bytes,
                                          struct wd_sketch *ret_sketch,
                                          struct wd_sketch_scratch **scratch,
                                          struct wd_error *err);
WD_API void wd_sketch_scratch_free(struct wd_sketch_scratch *scratch);

#endif
