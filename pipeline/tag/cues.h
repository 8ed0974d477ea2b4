/* cues.h -- the table of evidence.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each row is one thing that can be true of a span of words, and what it is worth for
 * person, organisation, place, event and group, in tenths of a nat (10 is a factor of
 * 2.7 in the odds). span_cues.c finds out which are true; cues.c adds the numbers up. A
 * span whose best sum is above zero is rather a name than not.
 *
 * The first three columns were fitted on labelled text (a semi-Markov conditional random
 * field over these cues, in tenths, rounded), then moved by a few points so that finding
 * a name counts for more than leaving one out. `event` and `group` are by hand: texts
 * labelled with them are rare. To add a cue: a row in cue_table.h, a test for it in
 * span_cues.c. */
#ifndef WD_TAG_CUES_H
#define WD_TAG_CUES_H

#include <stdbool.h>
#include <stdint.h>

#include "tag/cue_table.h"

enum tag_cue {
#define CUE_ENUM(symbol, person, organisation, place, event, group) CUE_##symbol,
    TAG_CUE_TABLE(CUE_ENUM)
#undef CUE_ENUM
        N_CUES
};

_Static_assert(N_CUES <= 128, "struct tag_span holds 128 cues");

static inline void tag_cue_set(uint64_t cues[2], enum tag_cue cue)
{
    cues[cue >> 6] |= UINT64_C(1) << (cue & 63);
}

static inline bool tag_cue_is_set(const uint64_t cues[2], enum tag_cue cue)
{
    return cues[cue >> 6] >> (cue & 63) & 1;
}

#endif
