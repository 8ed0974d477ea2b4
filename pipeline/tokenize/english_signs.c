/* english_signs.c -- tokens that start with neither letter nor digit.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nearly all are one code point. What is longer: runs of one sign, faces, hashtags, and
 * what an apostrophe starts. */
#include "english_rules.h"

/* Faces that stand alone, longest first. */
static size_t emoticon_end(struct wd_str text, size_t at)
{
    static const struct {
        char text[5];
        uint8_t size;
    } faces[] = {
        {":'-(", 4}, {":-)", 3}, {":-(", 3}, {":-D", 3}, {":-P", 3}, {":-/", 3},
        {";-)", 3},  {":'(", 3}, {"=-)", 3}, {":)", 2},  {":(", 2},  {":D", 2},
        {":P", 2},   {":p", 2},  {";)", 2},  {":/", 2},  {"=)", 2},  {"=(", 2},
        {"<3", 2},   {":o", 2},  {":O", 2},
    };
    char first = text.data[at], second = (char)wd_byte_at(text, at + 1);
    for (size_t i = 0; i < sizeof(faces) / sizeof(faces[0]); i++) {
        if (faces[i].text[1] != second || faces[i].text[0] != first ||
            !wd_starts_with(text, at, faces[i].text))
            continue;
        size_t end = at + faces[i].size;
        if (!wd_letter_at(text, end) && !wd_is_digit(wd_byte_at(text, end)) &&
            wd_byte_at(text, end) != '/')
            return end;
    }
    return 0;
}

/* The word behind the apostrophe that ends at `at`, when one has lost its start there:
 * 'em, '90s; 0 when none has. */
static size_t clipped_end(struct wd_str text, size_t at)
{
    static const char *const clipped[] = {"em", "til", "tis", "twas", "cause", "bout"};
    unsigned char c = wd_byte_at(text, at);
    if (wd_is_digit(c))
        return wd_digits_end(text, at) == at + 2 && wd_byte_at(text, at + 2) == 's'
                   ? at + 3
                   : 0;
    for (size_t i = 0; i < sizeof(clipped) / sizeof(clipped[0]); i++) {
        if (clipped[i][0] != (char)c || !wd_starts_with(text, at, clipped[i]))
            continue;
        size_t end = at + strlen(clipped[i]);
        if (!wd_letter_at(text, end))
            return end;
    }
    return 0;
}

/* An apostrophe that starts a token: a clitic, a decade, 'em; else a quote by itself. */
static size_t apostrophe_end(struct wd_english *eng, size_t at, uint16_t *flags)
{
    struct wd_str text = eng->text;
    size_t quote = wd_apostrophe_at(text, at), end = at + quote;
    bool is_glued =
        !wd_white_before(text, at) &&
        (wd_is_alnum((unsigned char)text.data[at - 1]) ||
         (unsigned char)text.data[at - 1] >= 0x80 || text.data[at - 1] == '.');

    size_t clitic = wd_english_clitic_end(text, at);
    if (is_glued && clitic) {
        *flags |= WD_TOKEN_CLITIC;
        return clitic;
    }
    if (is_glued && (text.data[at - 1] | 0x20) == 's' && !eng->is_in_quote &&
        wd_byte_at(text, end) == ' ' && wd_letter_at(text, end + 1)) {
        *flags |= WD_TOKEN_CLITIC; /* the soldiers' wives */
        return end;
    }
    size_t clipped = is_glued ? 0 : clipped_end(text, end);
    if (clipped)
        return clipped;
    if (quote == 1 && !is_glued && !wd_white_at(text, end))
        eng->is_in_quote = true;
    else if (is_glued || wd_white_at(text, end))
        eng->is_in_quote = false;
    return wd_byte_at(text, at) == '\'' && wd_byte_at(text, end) == '\'' ? end + 1 : end;
}

/* A run of one sign is one token: "...", "--", "!!!", "====". Brackets and double quotes
 * never are. */
static size_t run_end(struct wd_str text, size_t at)
{
    static const bool runs[128] = {
        ['.'] = true, ['-'] = true, ['='] = true, ['*'] = true, ['_'] = true,
        ['~'] = true, ['+'] = true, ['#'] = true, ['<'] = true, ['>'] = true,
        ['$'] = true, ['`'] = true, ['^'] = true,
    };
    unsigned char c = wd_byte_at(text, at);
    size_t end = at + 1;
    if (c == '!' || c == '?') {
        while (wd_byte_at(text, end) == '!' || wd_byte_at(text, end) == '?')
            end++;
    } else if (runs[c]) {
        while (wd_byte_at(text, end) == c)
            end++;
    }
    return end;
}

static size_t ascii_sign_end(struct wd_english *eng, size_t at, uint16_t *flags)
{
    struct wd_str text = eng->text;
    unsigned char c = wd_byte_at(text, at), next = wd_byte_at(text, at + 1);
    static const bool opens[256] = {['('] = true, ['['] = true,  ['"'] = true,
                                    ['-'] = true, ['\''] = true, ['/'] = true};
    bool is_free =
        at == 0 || opens[(unsigned char)text.data[at - 1]] || wd_white_before(text, at);

    if (c == '\'')
        return apostrophe_end(eng, at, flags);
    if (is_free && (c == '#' || c == '@') && wd_is_alpha(next))
        return wd_segment_end(text, at + 1);
    if (is_free && c == '.' && wd_is_digit(next))
        return wd_segment_end(text, at + 1); /* .5 */
    if (is_free && c == '.' && wd_is_lower(next))
        return wd_segment_end(text, at + 1); /* .com */
    if (is_free && (c == ':' || c == ';' || c == '=' || c == '<')) {
        size_t end = emoticon_end(text, at);
        if (end)
            return end;
    }
    return run_end(text, at);
}

size_t wd_english_sign_end(struct wd_english *eng, size_t at, uint16_t *flags)
{
    struct wd_str text = eng->text;
    unsigned char c = wd_byte_at(text, at);
    /* Between ASCII signs every place is a boundary, but after an underscore. */
    bool is_alone = c < 0x80 && c != '_' && wd_byte_at(text, at + 1) < 0x80;
    size_t end = is_alone ? at + 1 : wd_segment_end(text, at);
    if (c < 0x80 && end == at + 1)
        return ascii_sign_end(eng, at, flags);
    if (end == at + 3 && wd_starts_with(text, at, "\xe2\x80\x98"))
        eng->is_in_quote = true; /* U+2018 */
    if (end == at + 3 && wd_apostrophe_at(text, at))
        return apostrophe_end(eng, at, flags);
    if (end == at + 3 && wd_starts_with(text, at, "\xe2\x80\x94")) {
        while (wd_starts_with(text, end, "\xe2\x80\x94"))
            end += 3; /* a two-em dash */
    }
    return end;
}
