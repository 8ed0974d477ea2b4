/* folded.h -- the words of a text as fingerprints see them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Folded so far that what editors change without touching the matter makes no difference:
 * case, accents, quotation marks, hyphens, the 's of a possessive, the point in U.S., the
 * comma in 1,000, "5%" for "5 percent". Read from the text itself and not from tokens:
 * fingerprints live in the sketch log, longer than any version of the tokenizer. */
#ifndef WD_FOLDED_H
#define WD_FOLDED_H

#include <stdbool.h>
#include <stdint.h>

#include "wiredesk/span.h"

#define WD_FOLDED_MAX 64 /* bytes of a folded word; what is longer is cut */

struct wd_folded_word {
    char bytes[WD_FOLDED_MAX];
    uint32_t size;
    struct wd_span span; /* in the text, unfolded */
    bool is_number;      /* holds a digit */
    bool is_capital;     /* began with a capital letter */
};

/* Walks over `span` of well-formed `text`. */
struct wd_folded {
    struct wd_str text;
    uint32_t at;
    uint32_t end;
};

static inline struct wd_folded wd_folded_of(struct wd_str text, struct wd_span span)
{
    return (struct wd_folded){text, span.start, span.end};
}

/* False at the end; *ret_word is then untouched. */
bool wd_folded_next(struct wd_folded *words, struct wd_folded_word *ret_word);

static inline struct wd_str wd_folded_str(const struct wd_folded_word *word)
{
    return (struct wd_str){word->bytes, word->size};
}

#endif
