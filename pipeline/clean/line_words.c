/* line_words.c -- what the words of a line say about it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Which words have a capital or are all of capitals, and with what the first begins and
 * the last ends. Most words are ASCII, so a block of 64 bytes is asked at once where its
 * letters are, and a word is then a few bits of each answer; a word with other
 * characters, or one that no block can hold, is read character by character. */
#include "line_words.h"

#include "base/block.h"
#include "base/utf8.h"
#include "space.h"
#include "words.h"

/* ---- characters */

static bool is_quote(uint32_t cp)
{
    return cp == '"' || cp == '\'' || (cp >= 0x2018 && cp <= 0x201f) || cp == 0xab ||
           cp == 0xbb || (cp >= 0x300c && cp <= 0x300f);
}

static bool is_stop(uint32_t cp)
{
    return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == 0x3002 ||
           cp == 0xff01 || cp == 0xff1f || cp == 0x964 || cp == 0x61f;
}

static bool is_open_end(uint32_t cp)
{
    return cp == ':' || cp == ',' || cp == ';' || cp == '-' || cp == 0x2013 ||
           cp == 0x2014;
}

/* What a byte of ASCII is: its enum wd_letter, and of marks, what they do. */
enum {
    KIND_LETTER = 3,
    KIND_CLOSES = 1 << 2,
    KIND_STOPS = 1 << 3,
    KIND_IS_COLON = 1 << 4,
    KIND_IS_SIGN = 1 << 5, /* perhaps one of wd_line_sign_at() */
    KIND_IS_BAR = 1 << 6,
};

static const uint8_t kinds[128] = {
    ['a' ... 'z'] = WD_LETTER_LOWER,
    ['A' ... 'Z'] = WD_LETTER_UPPER,
    ['0' ... '9'] = WD_LETTER_DIGIT,
    ['"'] = KIND_CLOSES,
    ['\''] = KIND_CLOSES,
    [')'] = KIND_CLOSES,
    ['*'] = KIND_CLOSES,
    ['_'] = KIND_CLOSES,
    [']'] = KIND_CLOSES | KIND_IS_SIGN,
    ['.'] = KIND_STOPS,
    ['!'] = KIND_STOPS,
    ['?'] = KIND_STOPS,
    [':'] = KIND_IS_COLON | KIND_IS_SIGN,
    ['@'] = KIND_IS_SIGN,
    ['|'] = KIND_IS_BAR,
    ['>'] = KIND_IS_BAR,
};

/* ---- one word */

struct word {
    uint32_t n_chars;
    uint32_t n_upper;
    uint32_t n_lower;
    enum wd_letter first; /* of its letters and digits */
    uint32_t last;        /* its last character that is no closing mark */
    uint32_t opener;      /* its first character */
};

static inline void word_add(struct word *word, uint32_t cp, enum wd_letter letter,
                            bool is_closer)
{
    word->n_chars++;
    word->n_upper += letter == WD_LETTER_UPPER;
    word->n_lower += letter == WD_LETTER_LOWER;
    if (word->first == WD_LETTER_NONE)
        word->first = letter;
    if (!is_closer)
        word->last = cp;
}

static bool is_bullet(const struct word *word)
{
    if (word->first == WD_LETTER_NONE)
        return word->n_chars == 1 && !is_quote(word->opener);
    return word->first == WD_LETTER_DIGIT && word->n_chars <= 3 &&
           (word->last == '.' || word->last == ')');
}

/* What the last character of a word says about the line. */
static unsigned end_flags(uint32_t last)
{
    if (wd_letter_of(last) != WD_LETTER_NONE)
        return 0;
    return (is_stop(last) ? WD_LINE_STOP : 0) |
           (last == '?' || last == '!' ? WD_LINE_QUERY : 0) |
           (is_open_end(last) ? WD_LINE_COLON : 0) | (last == ':' ? WD_LINE_TOLD : 0);
}

static unsigned start_flags(const struct word *word)
{
    if (is_quote(word->opener))
        return WD_LINE_QUOTE | (is_bullet(word) ? WD_LINE_BULLET : 0);
    return (word->first == WD_LETTER_LOWER ? WD_LINE_SMALL : 0) |
           (is_bullet(word) ? WD_LINE_BULLET : 0);
}

static bool is_bar(const struct word *word)
{
    return word->n_chars == 1 && (word->last == '|' || word->last == '>' ||
                                  word->last == 0x203a || word->opener == 0xbb);
}

static void line_add_word(struct wd_line *line, const struct word *word)
{
    if (line->n_words == 0) {
        line->flags |= start_flags(word);
    } else {
        /* What the line had as its last word was not its end. */
        line->n_stops += (line->flags & WD_LINE_STOP) != 0;
        line->flags &= ~(unsigned)(WD_LINE_STOP | WD_LINE_COLON | WD_LINE_QUERY);
    }
    line->flags |= end_flags(word->last);
    if (word->first == WD_LETTER_DIGIT)
        line->flags |= WD_LINE_DIGIT;
    if (is_bar(word))
        line->flags |= WD_LINE_BAR;
    line->n_words++;
    line->n_chars += word->n_chars + (line->n_words > 1);
    line->n_capital += word->first >= WD_LETTER_UPPER;
    line->n_upper += word->n_upper >= 2 && word->n_lower == 0;
    line->n_lower += word->n_upper == 0 && word->n_lower >= 4;
}

/* ---- signs */

unsigned wd_line_sign_at(struct wd_str raw, uint32_t at)
{
    const char *p = raw.data + at;
    size_t left = raw.size - at;
    if (*p == '@')
        return WD_LINE_AT;
    if (*p == ':' && left > 3 && p[1] == '/' && p[2] == '/')
        return WD_LINE_URL;
    return *p == ']' && left > 1 && p[1] == '(' ? WD_LINE_IMAGE : 0;
}

/* ---- reading */

/* Reads the word at `at` character by character, or the white space there; returns where
 * to go on. */
static uint32_t read_other(struct wd_str raw, uint32_t at, struct wd_line *line)
{
    const char *data = raw.data, *end = data + raw.size;
    struct word word = {.first = WD_LETTER_NONE};
    unsigned size;

    if (wd_space_at(data + at, end, &size) != WD_SPACE_NONE)
        return at + size;
    word.opener = wd_utf8_decode(data + at, &size);
    for (; at < raw.size && wd_space_at(data + at, end, &size) == WD_SPACE_NONE;
         at += size) {
        unsigned char c = (unsigned char)data[at];
        if (c >= 0x80) {
            uint32_t cp = wd_utf8_decode(data + at, &size);
            word_add(&word, cp, wd_letter_of(cp), is_quote(cp));
            continue;
        }
        word_add(&word, c, kinds[c] & KIND_LETTER, (kinds[c] & KIND_CLOSES) != 0);
        if (kinds[c] & KIND_IS_SIGN)
            line->flags |= wd_line_sign_at(raw, at);
        size = 1;
    }
    line_add_word(line, &word);
    return at;
}

/* ---- words of ASCII, many at once
 *
 * A word is a run of ones in `words`. Adding to such a run the first bit of a part of it
 * carries to the first bit behind that part; adding any bits of it to the whole run
 * carries out of it, into the blank behind: so one addition asks all words at once where
 * something comes first, or whether they have it at all. */

struct words {
    uint64_t words;
    uint64_t starts;
    uint64_t behind; /* the bytes behind each word */
    uint64_t upper;
    uint64_t lower;
    uint64_t digit;
    uint64_t closers; /* marks: see kinds[] */
    uint64_t stops;
    uint64_t colons;
};

/* The first of `what` in each word. */
static uint64_t firsts(const struct words *in, uint64_t what)
{
    return (in->starts + (in->words & ~what)) & what;
}

/* The words that have some of `what`, as the bytes behind them. */
static uint64_t having(const struct words *in, uint64_t what)
{
    return (in->words + what) & in->behind;
}

/* The words that end in one of `what`, closing marks aside, likewise. */
static uint64_t ending(const struct words *in, uint64_t what)
{
    return ((what << 1) + in->closers) & ~in->closers & in->behind;
}

/* Looks at the bytes of the text from `at` on that are set in `marks`. */
static void note_marks(struct wd_str raw, uint32_t at, uint64_t marks, struct words *in,
                       struct wd_line *line)
{
    for (; marks; marks &= marks - 1) {
        uint32_t mark_at = at + wd_mask_first(marks);
        uint64_t bit = marks & -marks;
        unsigned kind = kinds[(unsigned char)raw.data[mark_at]];
        in->closers |= kind & KIND_CLOSES ? bit : 0;
        in->stops |= kind & KIND_STOPS ? bit : 0;
        in->colons |= kind & KIND_IS_COLON ? bit : 0;
        if (kind & KIND_IS_SIGN)
            line->flags |= wd_line_sign_at(raw, mark_at);
        if ((kind & KIND_IS_BAR) && (bit & in->starts) && (bit << 1 & in->behind))
            line->flags |= WD_LINE_BAR;
    }
}

/* The last character of the word that ends at `end` which closes nothing. */
static uint32_t last_of(const char *data, uint32_t start, uint32_t end)
{
    while (end > start && (kinds[(unsigned char)data[end - 1]] & KIND_CLOSES))
        end--;
    return end > start ? (unsigned char)data[end - 1] : 0;
}

/* Adds the words at `at`, all that `in` has. */
static void line_add_words(struct wd_str raw, uint32_t at, const struct words *in,
                           struct wd_line *line)
{
    uint64_t letters = in->upper | in->lower | in->digit, few = in->lower;
    uint64_t first = firsts(in, letters);
    uint64_t has_lower = having(in, in->lower), has_upper = having(in, in->upper);
    uint64_t shouted = having(in, in->upper & ~firsts(in, in->upper)) & ~has_lower;
    uint64_t stopped = ending(in, in->stops);
    unsigned last_end = wd_mask_last(in->behind), n = wd_mask_count(in->starts);

    for (unsigned i = 0; i < 3; i++)
        few &= ~firsts(in, few); /* in the end: those of four or more */
    line->n_words += n;
    line->n_chars += wd_mask_count(in->words) + n;
    line->n_capital += wd_mask_count(first & ~in->lower);
    line->n_upper += wd_mask_count(shouted);
    line->n_lower += wd_mask_count(having(in, few) & ~has_upper);
    line->n_stops += (line->flags & WD_LINE_STOP) != 0; /* of the word before these */
    line->n_stops += wd_mask_count(stopped & wd_mask_below(last_end));
    line->flags &= ~(unsigned)(WD_LINE_STOP | WD_LINE_COLON | WD_LINE_QUERY);
    line->flags |= first & in->digit ? WD_LINE_DIGIT : 0;
    line->flags |= ending(in, in->colons) ? WD_LINE_TOLD : 0;
    line->flags |=
        end_flags(last_of(raw.data, at + wd_mask_last(in->starts), at + last_end));
}

/* Reads words from `at` on, as far as one block goes; returns where to go on. */
static uint32_t read_block(struct wd_str raw, uint32_t at, uint32_t stop,
                           struct wd_line *line)
{
    const struct wd_block block = wd_block_read(raw.data + at, stop - at);
    uint64_t blank = wd_block_are(&block, ' ') | wd_block_in(&block, '\t', '\r');
    uint64_t seen = wd_block_in(&block, 0x21, 0x7e);
    unsigned end = wd_mask_first(~(seen | blank));

    if (at + end < stop || end == WD_BLOCK) { /* up to the last that is whole and plain */
        uint64_t before = blank & wd_mask_below(end);
        end = before ? wd_mask_last(before) : 0;
    }
    uint64_t mask = wd_mask_below(end);
    struct words in = {.words = seen & mask};
    if (!in.words)
        return read_other(raw, at, line);
    in.starts = in.words & ~(in.words << 1);
    in.behind = ~in.words & in.words << 1;
    in.upper = wd_block_in(&block, 'A', 'Z') & mask;
    in.lower = wd_block_in(&block, 'a', 'z') & mask;
    in.digit = wd_block_in(&block, '0', '9') & mask;
    note_marks(raw, at, in.words & ~(in.upper | in.lower | in.digit), &in, line);
    line_add_words(raw, at, &in, line);
    return at + end;
}

void wd_line_read_words(struct wd_str raw, struct wd_line *line)
{
    uint32_t at = read_other(raw, line->span.start, line);
    while (at < line->span.end)
        at = read_block(raw, at, line->span.end, line);
}

void wd_line_read_word(struct wd_str raw, uint32_t at, struct wd_line *line)
{
    (void)read_other(raw, at, line);
}
