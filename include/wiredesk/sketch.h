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

/* Names and heavy words, for stories: lists side by side, ascending by hash and then by
 * its next bits. Two terms may have the same hash. */
struct wd_terms {
    const uint16_t *hashes; /* by which they are compared */
    const uint8_t *weights; /* within the article: 1 to 255 */
    const uint8_t *flags;   /* enum wd_term_flag */
    const uint8_t *lows;    /* next bits: the WD_TERM_KEYS heaviest lead to the article */
    uint32_t n;
};

#define WD_TERM_HASH_BITS 16
#define WD_TERM_LOW_BITS  8
#define WD_TERM_BITS      (WD_TERM_HASH_BITS + WD_TERM_LOW_BITS)
#define WD_KEY_BITS       28

/* How much of an article is kept, at most. Keys are its lowest prints (of a short article
 * more than the sure ones) and the lowest of its lead. */
#define WD_PRINTS_MAX  72
#define WD_PLACES_MAX  16
#define WD_SURE_KEYS   12
#define WD_LEAD_KEYS   8
#define WD_KEYS_MAX    (WD_SURE_KEYS + WD_LEAD_KEYS)
#define WD_PROBES_MAX  (WD_PRINTS_MAX + WD_KEYS_MAX)
#define WD_FIGURES_MAX 24
#define WD_NAMES_MAX   32
#define WD_TERMS_MAX   32
#define WD_TERM_KEYS   8

/* The lists of a sketch as they stand in the log, so that nobody need pack prints,
 * figures and names again, nor choose terms. Who changes those clears it. */
struct wd_sketch_packed {
    const unsigned char *bytes; /* borrowed like the rest; NULL: it is of no log */
    uint32_t prints_end;        /* bits; the prints stand first */
    uint32_t facts_start;       /* figures, and behind them names */
    uint32_t facts_end;
    uint32_t term_keys; /* by which it is found (base/term_lists.h) */
};

/* Pointers are borrowed: from the article, or from the bytes that were decoded. Every
 * array but `places` is ascending by hash and, but for terms, holds no hash twice. */
struct wd_sketch {
    uint64_t sequence; /* from 1, without gaps */
    struct wd_str topic;
    int32_t partition;
    int64_t offset;
    int64_t timestamp_ms;
    int status; /* WD_OK, or why the record was refused; what follows is then empty */

    struct wd_str uri;
    struct wd_str version;
    int64_t published_ms; /* as the source dates it, in whole seconds; -1: not said */
    uint16_t source;      /* hash of the publisher's name; 0: not said */

    uint64_t content_hash; /* of the words of the body: equal for exact copies */
    uint32_t text_hash;    /* of the words of headline and body */
    uint32_t n_words;      /* words of the body */
    uint32_t n_points;     /* code points of the text */
    uint32_t n_shingles;   /* distinct ones of the body */

    /* The shingles with the lowest hashes: all of a short text, a fair sample of a long
     * one. A print orders as the hash that it was made of, and is exact to one part in
     * 8,192; two shingles may have the same one. */
    const uint16_t *prints;
    uint32_t n_prints;
    /* Beside the first of them, up to WD_PLACES_MAX, where the shingle begins, in 256ths
     * of the text. */
    const uint8_t *places;
    /* Shingles by which the article is found: the lowest of all and the lowest of its
     * lead. */
    const uint32_t *keys;
    uint32_t n_keys;

    /* Only in the sketch of an article in hand, the log does not have it: what the
     * article is to ask for (beside each print the key of its shingle, then the keys of
     * the lead that are not among those), beside each print the byte at which its shingle
     * begins, and the byte before which the lead does. */
    const uint32_t *probes;
    uint32_t n_probes;
    const uint32_t *starts;
    uint32_t lead_end;
    const uint32_t *figure_starts; /* likewise beside figures and names */
    const uint32_t *name_starts;

    const uint16_t *figures; /* numbers of the body: with the names, they tell a */
    uint32_t n_figures;      /* template from a reprint */
    const uint16_t *names;   /* words of names in the body */
    uint32_t n_names;
    struct wd_terms terms;

    struct wd_sketch_packed packed;

    enum wd_verdict verdict;
    uint64_t of_sequence; /* 0: none */
    uint64_t cluster;
    uint64_t lead_sequence; /* the record that led its cluster then, this one included; 0:
                               it was alone there, or all of them are killed */
    uint64_t story;
    uint64_t merged_story; /* that turned out to be the same as `story`; 0: none */
    bool is_canceled;      /* pubstatus: canceled */
    bool is_replay;        /* of an earlier record; it has no fingerprints */
    bool is_conflict;      /* other words under the same uri and version */
    bool matches_killed;   /* it repeats an article that was canceled */
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
