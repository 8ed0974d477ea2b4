/* proof.h -- an article's lines together with what became of each.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rules write fates here and nowhere else; assemble.c makes the text from them. A
 * line is text, the headline or furniture as a whole; a text line may lose what it begins
 * with (its dateline) and a furniture line may have a tail of another kind (a caption's
 * credit). */
#ifndef WD_CLEAN_PROOF_H
#define WD_CLEAN_PROOF_H

#include <stdbool.h>

#include "base/article.h"
#include "line.h"

enum wd_fate_of { WD_FATE_TEXT, WD_FATE_HEADLINE, WD_FATE_FURNITURE };

struct wd_fate {
    uint8_t of;        /* enum wd_fate_of */
    uint8_t kind;      /* of furniture, or of a marked text line */
    uint8_t tail_kind; /* of [tail_start, end of the line) */
    bool is_sure;      /* stays out even where little else would be left */
    bool is_marked;    /* text that is kept and listed: a correction, a sign-off */
    bool is_aside;     /* furniture because its markup says so */
    bool has_phrase;   /* of the trade's notices, for some zone */
    /* In raw; 0: none. A text line may begin with images and then a dateline. */
    uint32_t image_end;
    uint32_t dateline_end;
    uint32_t tail_start;
};

/* What is cut out of a line that stays. */
struct wd_cut {
    struct wd_span span; /* in raw */
    uint8_t kind;
};

enum wd_zone {
    WD_ZONE_TOP = 1, /* before the first full paragraph */
    WD_ZONE_MID = 2,
    WD_ZONE_END = 4, /* after the last one */
    WD_ZONE_ANY = 7,
};

enum { WD_PROOF_LATE = 3 };

struct wd_proof {
    struct wd_str raw;
    const struct wd_line *lines;
    struct wd_fate *fates; /* as many as lines */
    size_t n;
    struct wd_cut *cuts; /* in order */
    size_t n_cuts;
    bool is_wrapped;
    size_t first_full; /* n when there is none */
    size_t last_full;  /* 0 when there is none */
    size_t late;       /* the WD_PROOF_LATE-th full paragraph from the end, or 0 */
};

/* Cuts `raw` into lines, all text so far. WD_OK or WD_ENOMEM. */
int wd_proof_open(struct wd_str raw, struct wd_arena *arena, struct wd_proof *ret_proof);

/* Finds the first and the last full paragraph among the lines that are still text. */
void wd_proof_find_zones(struct wd_proof *proof);

enum wd_zone wd_proof_zone(const struct wd_proof *proof, size_t i);

void wd_proof_drop(struct wd_proof *proof, size_t i, enum wd_furniture_kind kind,
                   bool is_sure);

/* It stays in the text and is listed nevertheless. */
void wd_proof_mark(struct wd_proof *proof, size_t i, enum wd_furniture_kind kind);

/* The nearest text line before or after line `i`; proof->n when there is none. */
size_t wd_proof_prev_text(const struct wd_proof *proof, size_t i);
size_t wd_proof_next_text(const struct wd_proof *proof, size_t i);

static inline bool wd_proof_is_text(const struct wd_proof *proof, size_t i)
{
    return proof->fates[i].of == WD_FATE_TEXT;
}

/* Where the text of a line begins: behind its images and its dateline. */
static inline uint32_t wd_proof_text_start(const struct wd_proof *proof, size_t i)
{
    const struct wd_fate *fate = &proof->fates[i];
    if (fate->dateline_end)
        return fate->dateline_end;
    return fate->image_end ? fate->image_end : proof->lines[i].span.start;
}

static inline struct wd_str wd_proof_line(const struct wd_proof *proof, size_t i)
{
    return wd_span_of(proof->raw, proof->lines[i].span);
}

#endif
