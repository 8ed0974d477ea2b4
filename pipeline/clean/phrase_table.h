/* phrase_table.h -- the notices of the trade, one a row.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CLEAN_PHRASE_TABLE_H
#define WD_CLEAN_PHRASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wiredesk/span.h"

enum { WD_PHRASES_MAX = 896 };

enum wd_phrase_match {
    WD_PHRASE_IS,     /* the line is the phrase, but for marks */
    WD_PHRASE_STARTS, /* … begins with it */
    WD_PHRASE_ENDS,
    WD_PHRASE_HOLDS,
};

struct wd_phrase {
    struct wd_str text; /* small letters, typewriter quotes and dashes */
    uint8_t match;      /* enum wd_phrase_match */
    uint8_t kind;       /* enum wd_furniture_kind */
    uint8_t zones;      /* enum wd_zone, added up */
    uint8_t words_max;  /* of the line */
    bool is_label;      /* only where the line is no sentence */
};

extern const struct wd_phrase wd_phrases[];
extern const size_t wd_n_phrases;

#endif
