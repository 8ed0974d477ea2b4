/* english_signs.c -- tokens that start with neither letter nor digit.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nearly all are one code point. What is longer: runs of one sign, faces, hashtags, and
 * what an apostrophe starts. */
#include "english_rules.h"

/* Faces that stand alone: eyes, perhaps a nose or a tear, and one of the mouths that go
 * with them. */
enum nose { NOSE_NONE, NOSE_DASH, NOSE_TEAR, NOSE_TEAR_DASH };

static const char *mouths_of(unsigned char eyes, enum nose nose)
{
    static const char *const colon[] = {")(DPp/oO", ")(DP/", "(", "("};
    static const char *const semicolon[] = {")", ")", "", ""};
    static const char *const equals[] = {")(", ")", "", ""};
    static const char *const less[] = {"3", "", "", ""};
    switch (eyes) {
    case ':':
        return colon[nose];
    case ';':
        return semicolon[nose];
    case '=':
        return equals[nose];
    default:
        return less[nose];
    }
}

static size_t emoticon_end(struct wd_str text, size_t at)
{
    unsigned char second = wd_byte_at(text, at + 1);
    enum nose nose = second == '-'                     ? NOSE_DASH
                     : second != '\''                  ? NOSE_NONE
                     : wd_byte_at(text, at + 2) == '-' ? NOSE_TEAR_DASH
                                                       : NOSE_TEAR;
    size_t end = at + 1 + ((size_t)nose + 1) / 2;
    char mouth = (char)wd_byte_at(text, end++);
    const char *mouths = mouths_of(wd_byte_at(text, at), nose);
    while (*mouths && *mouths != mouth)
        mouths++;
    if (!*mouths)
        return 0;
    bool is_alone = !wd_letter_at(text, end) && !wd_is_digit(wd_byte_at(text, end)) &&
                    wd_byte_at(text, end) != '/';
    return is_alone ? end : 0;
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
    unsigned char before = at > 0 ? (unsigned char)text.data[at - 1] : ' ';
    bool is_glued =
        before < 0x80 ? wd_is_alnum(before) || before == '.' : !wd_white_before(text, at);

    size_t clitic = is_glued ? wd_english_clitic_end(text, at) : 0;
    if (clitic) {
        *flags |= WD_TOKEN_CLITIC;
        return clitic;
    }
    if (is_glued && (before | 0x20) == 's' && !eng->is_in_quote &&
        wd_byte_at(text, end) == ' ' && wd_letter_at(text, end + 1)) {
        *flags |= WD_TOKEN_CLITIC; /* the soldiers' wives */
        return end;
    }
    bool may_be_clipped = !is_glued && wd_is_alnum(wd_byte_at(text, end));
    size_t clipped = may_be_clipped ? clipped_end(text, end) : 0;
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
    size_t end;

    switch (c) {
    case '\'':
        return apostrophe_end(eng, at, flags);
    case '#':
    case '@':
        if (wd_is_alpha(next) && wd_english_is_free(text, at))
            return wd_segment_end(text, at + 1);
        break;
    case '.':
        if ((wd_is_digit(next) || wd_is_lower(next)) && wd_english_is_free(text, at))
            return wd_segment_end(text, at + 1); /* .5, .com */
        break;
    case ':':
    case ';':
    case '=':
    case '<':
        end = wd_english_is_free(text, at) ? emoticon_end(text, at) : 0;
        if (end)
            return end;
        break;
    default:
        break;
    }
    return run_end(text, at);
}

/* U+2010 to U+2027, dashes, quotation marks, points: no mark in the sense of WB4. */
static bool is_point(struct wd_str text, size_t at)
{
    return wd_byte_at(text, at) == 0xe2 && wd_byte_at(text, at + 1) == 0x80 &&
           wd_byte_at(text, at + 2) >= 0x90 && wd_byte_at(text, at + 2) <= 0xa7;
}

size_t wd_english_sign_end(struct wd_english *eng, size_t at, uint16_t *flags)
{
    struct wd_str text = eng->text;
    unsigned char c = wd_byte_at(text, at);
    /* Between ASCII signs every place is a boundary, but after an underscore. */
    if (c < 0x80 && c != '_' && wd_byte_at(text, at + 1) < 0x80)
        return ascii_sign_end(eng, at, flags);
    bool is_lone_point =
        is_point(text, at) && (wd_byte_at(text, at + 3) < 0x80 || is_point(text, at + 3));
    size_t end = is_lone_point ? at + 3 : wd_segment_end(text, at);
    if (c < 0x80 && end == at + 1)
        return ascii_sign_end(eng, at, flags);
    if (end != at + 3 || !is_point(text, at))
        return end;
    switch ((unsigned char)text.data[at + 2]) {
    case 0x98: /* U+2018 */
        eng->is_in_quote = true;
        return end;
    case 0x99: /* U+2019 */
        return apostrophe_end(eng, at, flags);
    case 0x94:
        while (wd_starts_with(text, end, "\xe2\x80\x94"))
            end += 3; /* a two-em dash */
        return end;
    default:
        return end;
    }
}
