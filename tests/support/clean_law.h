/* clean_law.h -- what holds for every article that cleaning has seen, for tests.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CLEAN_LAW_H
#define WD_CLEAN_LAW_H

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "clean/space.h"
#include "wiredesk/article.h"

static inline void law_assert_pieces(const struct wd_facts *facts, unsigned char *seen)
{
    uint32_t text_end = 0;
    for (size_t i = 0; i < facts->n_pieces; i++) {
        struct wd_piece piece = facts->pieces[i];
        assert_true(piece.size > 0);
        assert_true(piece.text_start >= text_end);
        text_end = piece.text_start + piece.size;
        assert_true(text_end <= facts->text.size);
        assert_true(piece.raw_start + piece.size <= facts->raw.size);
        assert_memory_equal(facts->text.data + piece.text_start,
                            facts->raw.data + piece.raw_start, piece.size);
        memset(seen + piece.raw_start, 1, piece.size);
    }
}

static inline void law_assert_furniture(const struct wd_facts *facts, unsigned char *seen)
{
    uint32_t end = 0;
    for (size_t i = 0; i < facts->n_furniture; i++) {
        struct wd_span span = facts->furniture[i].span;
        assert_true(span.start >= end && span.start < span.end);
        end = span.end;
        assert_true(end <= facts->raw.size);
        assert_true(wd_utf8_is_start(facts->raw.data[span.start]));
        assert_true(end == facts->raw.size || wd_utf8_is_start(facts->raw.data[end]));
        memset(seen + span.start, 1, span.end - span.start);
    }
}

/* Regions are in order and joined as promised; the text is well-formed. */
static inline void law_assert_regions(const struct wd_facts *facts)
{
    uint32_t at = 0;
    for (size_t i = 0; i < facts->n_regions; i++) {
        struct wd_span span = facts->regions[i].span;
        assert_int_equal(span.start, at);
        assert_true(span.end > span.start);
        at = span.end + (uint32_t)strlen(WD_JOINER);
    }
    if (facts->n_regions > 0)
        assert_int_equal(at, facts->text.size + strlen(WD_JOINER));
    assert_int_equal(wd_utf8_valid_prefix(facts->text), facts->text.size);
}

/* Every byte of raw is in the text, in furniture, or white space. */
static inline void law_assert(const struct wd_facts *facts)
{
    struct wd_str raw = facts->raw;
    unsigned char *seen = calloc(raw.size + 1, 1);
    assert_non_null(seen);
    law_assert_pieces(facts, seen);
    law_assert_furniture(facts, seen);
    law_assert_regions(facts);
    for (size_t i = 0; i < raw.size;) {
        unsigned size = 1;
        if (!seen[i] &&
            wd_space_at(raw.data + i, raw.data + raw.size, &size) == WD_SPACE_NONE)
            fail_msg("byte %zu is lost: \"%.20s\"", i, raw.data + i);
        i += seen[i] ? 1 : size;
    }
    free(seen);
}

#endif
