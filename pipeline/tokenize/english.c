/* english.c -- English words: the Unicode segments joined and split as a linguist does.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The standard is that of Universal Dependencies and the Penn Treebank, so that one
 * stream serves them and spaCy: n't, 's, 'll are words; hyphens and slashes part words,
 * but for a list of prefixes; "U.S.", "Mr.", "..." and addresses are whole; figures keep
 * their inner points and part from signs and units.
 *
 * Every rule starts from an exact UAX #29 segment and looks at a bounded stretch behind
 * it, or takes all it has looked at: that keeps hostile text linear. A segment that no
 * rule names stays as it is, so marks and emoji never fall apart.
 *
 * U+2019 is an apostrophe wherever "'" would be one. */
#include "english.h"

#include "base/lanes.h"
#include "english_lists.h"
#include "english_rules.h"

/* "cannot" and its kind: notes the second half as the next token. */
static size_t split_fused(struct wd_english *eng, size_t start, size_t end)
{
    size_t first = wd_english_fused(wd_slice(eng->text, start, end));
    if (!first)
        return end;
    eng->clitic_end = end;
    return start + first;
}

/* Steps over white space; true when a line end was in it. */
static bool skip_white(struct wd_english *eng)
{
    struct wd_str text = eng->text;
    bool new_line = false;
    size_t at = eng->at;

    while (at < text.size) {
        unsigned char c = (unsigned char)text.data[at];
        unsigned size = 1;
        if (c > ' ' && c < 0x80)
            break;
        if (c < 0x80) {
            if (c < '\t' || (c > '\r' && c != ' '))
                break;
            new_line |= c == '\n' || c == '\r';
        } else {
            unsigned cls = wd_sentence_class(wd_utf8_decode(text.data + at, &size));
            if (cls != WD_SB_SP && cls != WD_SB_SEP)
                break;
            new_line |= cls == WD_SB_SEP;
        }
        at += size;
    }
    eng->at = at;
    return new_line;
}

/* Case, from the first letters: what a tagger asks first. */
static uint16_t case_flags(struct wd_str text, size_t start, size_t end)
{
    if (!wd_upper_at(text, start))
        return 0;
    size_t letters = 0;
    for (size_t at = start; at < end; at++) {
        if (wd_is_lower(wd_byte_at(text, at)))
            return WD_TOKEN_CAPITALISED;
        letters += wd_is_upper(wd_byte_at(text, at));
    }
    return letters > 1 ? WD_TOKEN_CAPITALISED | WD_TOKEN_UPPER : WD_TOKEN_CAPITALISED;
}

/* A word of ASCII letters before a space, a comma and the like, or before a full stop and
 * a space: no rule but the fused words and the abbreviations has anything to say, and
 * most tokens are of this kind. 0 when it is not that easy; *flags then stay. */
static size_t plain_word_end(struct wd_str text, size_t start, uint16_t *flags)
{
    uint64_t small = 0;
    size_t at = start;
    unsigned n;

    do {
        uint64_t chunk = wd_chunk_read(text.data + at, text.size - at);
        uint64_t low = chunk & ~WD_LANES(0x80);
        uint64_t letters = wd_lanes_in(low | WD_LANES(0x20), 'a', 'z') & ~chunk;
        n = wd_lanes_first(~letters & WD_LANES(0x80));
        small |= low << 2 & wd_lanes_below(n) & WD_LANES(0x80); /* bit 5 */
        at += n;
    } while (n == WD_CHUNK);
    unsigned char c = wd_byte_at(text, at);
    size_t end = at;
    bool is_stopped = c == '.' && wd_blank_at(text, at + 1) &&
                      (text.data[start] != 'w' || !wd_starts_with(text, start, "www"));
    if (is_stopped && wd_english_takes_point(text, start, at)) {
        *flags |= WD_TOKEN_ABBREVIATION;
        end++;
    }
    /* Behind a prefix the word may go on; none has more than seven letters. */
    bool is_dash = c == '-' && !(wd_letter_at(text, at + 1) && at - start <= 7 &&
                                 (at - start > 1 || (text.data[start] | 0x20) == 'e'));
    if (!is_stopped && !is_dash && c != ',' && c != ';' && !wd_ends_plainly(text, at))
        return 0;
    if (wd_is_upper((unsigned char)text.data[start]))
        *flags |= at - start > 1 && !small ? WD_TOKEN_CAPITALISED | WD_TOKEN_UPPER
                                           : WD_TOKEN_CAPITALISED;
    return end;
}

/* One of the mouths of faces stands within a nose and a tear of the eyes at `at`. */
static bool has_mouth(struct wd_str text, size_t at)
{
    static const bool mouths[256] = {
        ['('] = true, [')'] = true, ['/'] = true, ['3'] = true, ['D'] = true,
        ['O'] = true, ['P'] = true, ['o'] = true, ['p'] = true,
    };
    return mouths[wd_byte_at(text, at + 1)] || mouths[wd_byte_at(text, at + 2)] ||
           mouths[wd_byte_at(text, at + 3)];
}

/* An ASCII sign that is a token by itself: no rule names it there, or only a run of it.
 * But a mark may follow that joins it. */
static bool is_lone_sign(struct wd_str text, size_t at)
{
    enum { LONE = 1, IN_NO_RUN, BEFORE_BLANK, NO_TAG, NO_FACE };
    static const uint8_t kinds[128] = {
        ['"'] = LONE,      ['%'] = LONE,      ['&'] = LONE,      ['('] = LONE,
        [')'] = LONE,      [','] = LONE,      ['/'] = LONE,      ['['] = LONE,
        ['\\'] = LONE,     [']'] = LONE,      ['{'] = LONE,      ['|'] = LONE,
        ['}'] = LONE,      ['$'] = IN_NO_RUN, ['*'] = IN_NO_RUN, ['+'] = IN_NO_RUN,
        ['-'] = IN_NO_RUN, ['>'] = IN_NO_RUN, ['^'] = IN_NO_RUN, ['`'] = IN_NO_RUN,
        ['~'] = IN_NO_RUN, ['!'] = IN_NO_RUN, ['?'] = IN_NO_RUN, ['.'] = BEFORE_BLANK,
        ['#'] = NO_TAG,    ['@'] = NO_TAG,    [':'] = NO_FACE,   [';'] = NO_FACE,
        ['<'] = NO_FACE,   ['='] = NO_FACE,
    };
    unsigned char c = (unsigned char)text.data[at], next = wd_byte_at(text, at + 1);
    if (c >= 0x80 || next >= 0x80)
        return false;
    switch (kinds[c]) {
    case LONE:
        return true;
    case IN_NO_RUN:
        return next != c && ((c != '!' && c != '?') || (next != '!' && next != '?'));
    case BEFORE_BLANK:
        return wd_blank_at(text, at + 1);
    case NO_TAG:
        return !wd_is_alpha(next) ? c == '@' || next != c : !wd_english_is_free(text, at);
    case NO_FACE:
        return next != c && (!has_mouth(text, at) || !wd_english_is_free(text, at));
    default:
        return false;
    }
}

bool wd_english_next(struct wd_english *eng)
{
    struct wd_str text = eng->text;
    size_t start = eng->at, end;
    uint16_t flags = 0;

    eng->is_new_line = false;
    if (eng->clitic_end) {
        end = eng->clitic_end;
        eng->clitic_end = 0;
        flags = WD_TOKEN_CLITIC;
    } else {
        eng->is_new_line = skip_white(eng);
        if (eng->is_new_line)
            eng->is_in_quote = false;
        start = eng->at;
        if (start >= text.size)
            return false;
        if (wd_is_digit(wd_byte_at(text, start))) {
            end = wd_english_figure_end(eng, start);
        } else if (wd_letter_at(text, start)) {
            end = plain_word_end(text, start, &flags);
            size_t told = end; /* the word whose flags are set */
            if (!end)
                end = wd_english_word_end(eng, start, &flags);
            if (!eng->clitic_end)
                end = split_fused(eng, start, end);
            if (end != told)
                flags = (flags & WD_TOKEN_ABBREVIATION) | case_flags(text, start, end);
        } else {
            end = is_lone_sign(text, start) ? start + 1
                                            : wd_english_sign_end(eng, start, &flags);
        }
    }
    eng->start = start;
    eng->at = end;
    eng->flags = flags;
    return true;
}
