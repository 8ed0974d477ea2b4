/* corpus.h -- labelled texts, as the trainer keeps them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A file holds one JSON object a line: "text", and "entities" as objects {start, end,
 * label} or arrays [start, end, label]; places are code points, half-open; labels are
 * PER, ORG and LOC, others are passed over. */
#ifndef TOOLS_MODEL_CORPUS_H
#define TOOLS_MODEL_CORPUS_H

#include <stdbool.h>
#include <stdint.h>

#include "wiredesk/tagger_model.h"

struct gold {
    struct wd_span span; /* bytes */
    uint8_t label;       /* of WD_MODEL_LABELS */
};

struct labelled {
    char *text; /* for free() */
    size_t size;
    struct gold *gold; /* by place; for free() */
    size_t n_gold;
};

struct corpus_file;

/* NULL after errno is set. */
struct corpus_file *corpus_open(const char *path);

/* 1 and a text, whose members the caller frees with labelled_done(); 0 after the last;
 * WD_EJSON with the line in *err. */
int corpus_next(struct corpus_file *file, struct labelled *ret_text,
                struct wd_error *err);

/* NULL-safe. */
void corpus_close(struct corpus_file *file);

void labelled_done(struct labelled *text);

/* Leaves out a leading "the" and a possessive at the end, as every scorer here does. */
struct wd_span gold_trim(struct wd_str text, struct wd_span span);

#endif
