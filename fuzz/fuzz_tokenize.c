/* fuzz_tokenize.c -- any text, cut in any language, keeps the promises of text.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/unicode_tables.h"
#include "base/utf8.h"
#include "wiredesk/status.h"
#include "wiredesk/text.h"

struct check {
    struct wd_str text;
    uint32_t at;       /* all before it is in a token, or white */
    uint32_t sentence; /* end of the last sentence */
    uint32_t start;    /* of the first token since; equal to `at` when there is none */
    bool is_open;
};

static bool is_white(uint32_t cp)
{
    unsigned cls = wd_sentence_class(cp);
    return cls == WD_SB_SP || cls == WD_SB_SEP || cls == WD_SB_CR || cls == WD_SB_LF;
}

static bool is_boundary(struct wd_str text, uint32_t at)
{
    return at == text.size || wd_utf8_is_start(text.data[at]);
}

static bool has_white(struct wd_str text, uint32_t start, uint32_t end, bool want_all)
{
    unsigned size;
    for (uint32_t at = start; at < end; at += size) {
        if (is_white(wd_utf8_decode(text.data + at, &size)) != want_all)
            return !want_all;
    }
    return want_all;
}

static int check_token(void *user, const struct wd_token *tok)
{
    struct check *check = user;
    struct wd_span span = tok->span;

    assert(span.start < span.end && span.end <= check->text.size);
    assert(span.start >= check->at && span.start >= check->sentence);
    assert(is_boundary(check->text, span.start) && is_boundary(check->text, span.end));
    assert(has_white(check->text, check->at, span.start, true));
    assert(!has_white(check->text, span.start, span.end, false));
    assert(!(tok->flags & WD_TOKEN_CLITIC) ||
           (check->is_open && check->at == span.start)); /* joined to what is before */
    unsigned size;
    bool is_spaced = span.end < check->text.size &&
                     is_white(wd_utf8_decode(check->text.data + span.end, &size));
    assert(tok->is_spaced == is_spaced);
    if (!check->is_open)
        check->start = span.start;
    check->is_open = true;
    check->at = span.end;
    return WD_OK;
}

static int check_sentence(void *user, struct wd_span sentence)
{
    struct check *check = user;
    assert(check->is_open);
    assert(sentence.start == check->start && sentence.end == check->at);
    assert(
        !memchr(check->text.data + sentence.start, '\n', sentence.end - sentence.start));
    check->sentence = sentence.end;
    check->is_open = false;
    return WD_OK;
}

static void check_cut(struct wd_str text, const char *language)
{
    struct check check = {.text = text};
    struct wd_cut_sink sink = {&check, check_token, check_sentence};
    struct wd_span all = {0, (uint32_t)text.size};
    int r = wd_cut(text, all, wd_str_from(language), &sink);
    assert(r == WD_OK && !check.is_open);
    assert(has_white(text, check.at, (uint32_t)text.size, true));
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
        assert(span.start == at && span.end > at && is_boundary(text, span.end));
        assert(cursor.at == span.end);
        at = span.end;
    }
    assert(at == text.size);
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
