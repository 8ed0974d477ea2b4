/* fuzz_tokenize.c -- any text, cut in any language, keeps the promises of text.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "support/token_law.h"
#include "wiredesk/status.h"
#include "wiredesk/text.h"

static void check_cut(struct wd_str text, const char *language)
{
    struct token_law law = {.text = text, .whole = text};
    struct wd_cut_sink sink = {&law, token_law_take, token_law_end};
    struct wd_span all = {0, (uint32_t)text.size};
    int r = wd_cut(text, all, wd_str_from(language), &sink);
    token_law_require(r == WD_OK && !law.is_open);
    token_law_require(token_law_has_white(text, law.at, (uint32_t)text.size, true));
}

/* The segments of UAX #29 joined are the text; begun at any of them, the rest is the
 * same. */
static void check_segments(struct wd_str text, bool (*next)(struct wd_cursor *cursor,
                                                            struct wd_span *ret_span))
{
    struct wd_cursor cursor = {text, 0};
    struct wd_span span;
    uint32_t at = 0;
    while (next(&cursor, &span)) {
        token_law_require(span.start == at && span.end > at &&
                          token_law_is_boundary(text, span.end));
        token_law_require(cursor.at == span.end);
        at = span.end;
    }
    token_law_require(at == text.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of just that size: reading past the end is then seen. */
    char *copy = malloc(size ? size : 1);
    if (!copy)
        return 0;
    if (size)
        memcpy(copy, data, size);
    struct wd_str text = {copy, size};
    text.size = wd_utf8_valid_prefix(text);
    char *exact = realloc(copy, text.size ? text.size : 1);
    text.data = exact ? exact : copy;

    check_segments(text, wd_word_next);
    check_segments(text, wd_sentence_next);
    check_cut(text, "en");
    check_cut(text, "uk");
    free(exact ? exact : copy);
    return 0;
}
