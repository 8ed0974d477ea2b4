/* line.c -- cuts the text into lines and counts what each is made of.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One pass over the bytes. Counts are sums, so that joining two lines of hard-wrapped
 * copy is adding them up.
 *
 * Old wire copy and mail is cut at 60 to 80 columns, with a blank line or an indent
 * between paragraphs. It is told from copy in which each line is a paragraph by the
 * lines that are followed by another without a gap: in wrapped copy they are all nearly
 * as long as the longest and mostly end in mid-sentence. */
#include "line.h"

#include "../utf8.h"
#include "space.h"
#include "wiredesk/status.h"
#include "words.h"

enum {
    WRAP_LINES_MIN = 4,    /* fewer wrapped lines prove nothing */
    WRAP_CHARS_MAX = 100,  /* no wrapped line is longer */
    WRAP_CHARS_MIN = 40,   /* … and the longest is longer than that */
    INDENT_BLANKS_MIN = 2, /* a single blank is a slip */
};

/* ---- characters */

static bool is_quote(uint32_t cp)
{
    return cp == '"' || cp == '\'' || (cp >= 0x2018 && cp <= 0x201f) || cp == 0xab ||
           cp == 0xbb || (cp >= 0x300c && cp <= 0x300f);
}

static bool is_closer(uint32_t cp)
{
    return is_quote(cp) || cp == ')' || cp == ']' || cp == '*' || cp == '_';
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

/* ---- one word */

struct word {
    uint32_t n_chars;
    uint32_t n_upper;
    uint32_t n_lower;
    enum wd_letter first; /* of its letters and digits */
    uint32_t last;        /* its last character that is no closing mark */
    uint32_t opener;      /* its first character */
};

/* What an ASCII character adds to a word. */
enum {
    BYTE_LOWER = 1 << 0,
    BYTE_UPPER = 1 << 1,
    BYTE_DIGIT = 1 << 2,
    BYTE_CLOSER = 1 << 3,
    BYTE_SIGN = 1 << 4,  /* @ : ] need a second look */
    BYTE_OTHER = 1 << 5, /* any other that is no white space */
};

#define LOWER_8                                                                          \
    BYTE_LOWER, BYTE_LOWER, BYTE_LOWER, BYTE_LOWER, BYTE_LOWER, BYTE_LOWER, BYTE_LOWER,  \
        BYTE_LOWER
#define UPPER_8                                                                          \
    BYTE_UPPER, BYTE_UPPER, BYTE_UPPER, BYTE_UPPER, BYTE_UPPER, BYTE_UPPER, BYTE_UPPER,  \
        BYTE_UPPER

static const uint8_t bytes[256] = {
    ['!'] = BYTE_OTHER,   ['"'] = BYTE_CLOSER,
    ['#'] = BYTE_OTHER,   ['$'] = BYTE_OTHER,
    ['%'] = BYTE_OTHER,   ['&'] = BYTE_OTHER,
    ['\''] = BYTE_CLOSER, ['('] = BYTE_OTHER,
    [')'] = BYTE_CLOSER,  ['*'] = BYTE_CLOSER,
    ['+'] = BYTE_OTHER,   [','] = BYTE_OTHER,
    ['-'] = BYTE_OTHER,   ['.'] = BYTE_OTHER,
    ['/'] = BYTE_OTHER,   ['0'] = BYTE_DIGIT,
    ['1'] = BYTE_DIGIT,   ['2'] = BYTE_DIGIT,
    ['3'] = BYTE_DIGIT,   ['4'] = BYTE_DIGIT,
    ['5'] = BYTE_DIGIT,   ['6'] = BYTE_DIGIT,
    ['7'] = BYTE_DIGIT,   ['8'] = BYTE_DIGIT,
    ['9'] = BYTE_DIGIT,   [':'] = BYTE_SIGN,
    [';'] = BYTE_OTHER,   ['<'] = BYTE_OTHER,
    ['='] = BYTE_OTHER,   ['>'] = BYTE_OTHER,
    ['?'] = BYTE_OTHER,   ['@'] = BYTE_SIGN,
    ['A'] = UPPER_8,      ['I'] = UPPER_8,
    ['Q'] = UPPER_8,      ['Y'] = BYTE_UPPER,
    ['Z'] = BYTE_UPPER,   ['['] = BYTE_OTHER,
    ['\\'] = BYTE_OTHER,  [']'] = BYTE_SIGN | BYTE_CLOSER,
    ['^'] = BYTE_OTHER,   ['_'] = BYTE_CLOSER,
    ['`'] = BYTE_OTHER,   ['a'] = LOWER_8,
    ['i'] = LOWER_8,      ['q'] = LOWER_8,
    ['y'] = BYTE_LOWER,   ['z'] = BYTE_LOWER,
    ['{'] = BYTE_OTHER,   ['|'] = BYTE_OTHER,
    ['}'] = BYTE_OTHER,   ['~'] = BYTE_OTHER,
};

static void word_add(struct word *word, uint32_t cp)
{
    enum wd_letter letter = wd_letter_of(cp);
    word->n_chars++;
    word->n_upper += letter == WD_LETTER_UPPER;
    word->n_lower += letter == WD_LETTER_LOWER;
    if (word->first == WD_LETTER_NONE)
        word->first = letter;
    if (!is_closer(cp))
        word->last = cp;
}

static enum wd_letter byte_letter(unsigned byte)
{
    return byte & BYTE_LOWER   ? WD_LETTER_LOWER
           : byte & BYTE_UPPER ? WD_LETTER_UPPER
           : byte & BYTE_DIGIT ? WD_LETTER_DIGIT
                               : WD_LETTER_NONE;
}

static bool is_bullet(const struct word *word)
{
    if (word->first == WD_LETTER_NONE)
        return word->n_chars == 1 && !is_quote(word->opener);
    return word->first == WD_LETTER_DIGIT && word->n_chars <= 3 &&
           (word->last == '.' || word->last == ')');
}

static void line_add_word(struct wd_line *line, const struct word *word)
{
    if (line->n_words == 0) {
        if (is_quote(word->opener))
            line->flags |= WD_LINE_QUOTE;
        if (word->first == WD_LETTER_LOWER && !is_quote(word->opener))
            line->flags |= WD_LINE_SMALL;
        if (is_bullet(word))
            line->flags |= WD_LINE_BULLET;
    } else {
        /* What the line had as its last word was not its end. */
        if (line->flags & WD_LINE_STOP)
            line->n_stops++;
        line->flags &= ~(unsigned)(WD_LINE_STOP | WD_LINE_COLON | WD_LINE_QUERY);
    }
    if (is_stop(word->last))
        line->flags |= WD_LINE_STOP;
    if (word->last == '?' || word->last == '!')
        line->flags |= WD_LINE_QUERY;
    if (is_open_end(word->last))
        line->flags |= WD_LINE_COLON;
    if (word->last == ':')
        line->flags |= WD_LINE_TOLD;
    if (word->first == WD_LETTER_DIGIT)
        line->flags |= WD_LINE_DIGIT;
    if (word->n_chars == 1 && (word->last == '|' || word->last == '>' ||
                               word->last == 0x203a || word->opener == 0xbb))
        line->flags |= WD_LINE_BAR;
    line->n_words++;
    line->n_chars += word->n_chars + (line->n_words > 1);
    line->n_capital += word->first == WD_LETTER_UPPER || word->first == WD_LETTER_DIGIT;
    line->n_upper += word->n_upper >= 2 && word->n_lower == 0;
    line->n_lower += word->n_upper == 0 && word->n_lower >= 4;
}

/* ---- the file's lines */

struct cutter {
    struct wd_str raw;
    struct wd_arena *arena;
    struct wd_line *lines;
    size_t n;
    size_t room;
};

static void note_sign(const struct cutter *cut, uint32_t at, struct wd_line *line)
{
    const char *p = cut->raw.data + at;
    size_t left = cut->raw.size - at;
    if (*p == '@')
        line->flags |= WD_LINE_AT;
    else if (*p == ':' && left > 3 && p[1] == '/' && p[2] == '/')
        line->flags |= WD_LINE_URL;
    else if (*p == ']' && left > 1 && p[1] == '(')
        line->flags |= WD_LINE_IMAGE;
}

/* Adds the run of ASCII at `at` to the word and returns its end: nearly all of English
 * copy is read here. */
static uint32_t cut_ascii(const struct cutter *cut, uint32_t at, struct word *word,
                          struct wd_line *line)
{
    const unsigned char *data = (const unsigned char *)cut->raw.data;
    const uint32_t size = (uint32_t)cut->raw.size, start = at;
    uint32_t n_upper = 0, n_lower = 0, last = word->last;
    unsigned byte;

    while (at < size && (byte = bytes[data[at]]) != 0) {
        n_lower += byte & BYTE_LOWER;
        n_upper += (byte & BYTE_UPPER) >> 1;
        last = byte & BYTE_CLOSER ? last : data[at];
        if (byte & BYTE_SIGN)
            note_sign(cut, at, line);
        if (word->first == WD_LETTER_NONE)
            word->first = byte_letter(byte);
        at++;
    }
    word->n_chars += at - start;
    word->n_upper += n_upper;
    word->n_lower += n_lower;
    word->last = last;
    return at;
}

/* Reads the word at `at` and returns its end. */
static uint32_t cut_word(const struct cutter *cut, uint32_t at, struct wd_line *line)
{
    const char *data = cut->raw.data, *end = data + cut->raw.size;
    struct word word = {.first = WD_LETTER_NONE};
    unsigned size;

    word.opener = wd_utf8_decode(data + at, &size);
    while (at < cut->raw.size) {
        at = cut_ascii(cut, at, &word, line);
        if (at == cut->raw.size || wd_space_at(data + at, end, &size) != WD_SPACE_NONE)
            break;
        word_add(&word, wd_utf8_decode(data + at, &size));
        at += size;
    }
    line_add_word(line, &word);
    return at;
}

/* Reads the line at `at`; returns where the next one begins. A line of white space alone
 * has no words. */
static uint32_t cut_line(const struct cutter *cut, uint32_t at, struct wd_line *line)
{
    const char *data = cut->raw.data, *end = data + cut->raw.size;
    uint32_t indent = 0;
    bool is_gap = false; /* the white space before the next word is not one blank */

    line->span = (struct wd_span){at, at};
    while (at < cut->raw.size) {
        unsigned size;
        enum wd_space space = wd_space_at(data + at, end, &size);
        if (space == WD_SPACE_LINE)
            return at + size;
        if (space == WD_SPACE_NONE) {
            if (line->n_words == 0) {
                line->span.start = at;
                line->flags |= indent >= INDENT_BLANKS_MIN ? WD_LINE_INDENT : 0;
            } else if (is_gap) {
                line->flags |= WD_LINE_GAPS;
            }
            at = cut_word(cut, at, line);
            line->span.end = at;
            is_gap = false;
            continue;
        }
        if (space == WD_SPACE_BLANK)
            indent += data[at] == '\t' ? INDENT_BLANKS_MIN : 1;
        is_gap |= data[at] != ' ' || at > line->span.end;
        at += size;
    }
    return at;
}

static int cut_all(struct cutter *cut)
{
    uint32_t blanks = 0;

    for (uint32_t at = 0; at < cut->raw.size;) {
        if (cut->n == cut->room) {
            size_t room = cut->room ? cut->room * 2 : 64;
            struct wd_line *grown =
                wd_arena_grow(cut->arena, cut->lines, cut->n * sizeof(*cut->lines),
                              room * sizeof(*cut->lines));
            if (!grown)
                return WD_ENOMEM;
            cut->lines = grown;
            cut->room = room;
        }
        struct wd_line *line = &cut->lines[cut->n];
        *line = (struct wd_line){.blanks_before = blanks};
        at = cut_line(cut, at, line);
        if (line->n_words) {
            cut->n++;
            blanks = 0;
        } else {
            blanks++;
        }
    }
    return WD_OK;
}

/* ---- hard-wrapped copy */

struct wrap {
    uint32_t width;         /* characters of the longest line */
    bool is_indent_a_start; /* of a paragraph; false: whole paragraphs are indented */
};

static bool is_new_paragraph(const struct wd_line *prev, const struct wd_line *line,
                             const struct wrap *wrap)
{
    if (line->blanks_before > 0)
        return true;
    if (line->flags & (WD_LINE_BULLET | WD_LINE_IMAGE))
        return true;
    if (wrap->is_indent_a_start && (line->flags & WD_LINE_INDENT))
        return true;
    /* A line that ends early ends on purpose. */
    return prev->n_chars * 10 < wrap->width * 6 && (prev->flags & WD_LINE_STOP) != 0;
}

/* True when the copy is wrapped; *ret_wrap then says how. */
static bool is_wrapped(const struct wd_line *lines, size_t n, struct wrap *ret_wrap)
{
    uint32_t longest = 0, n_indents = 0, n_followed = 0, n_open = 0, n_long = 0;

    for (size_t i = 0; i < n; i++) {
        if (lines[i].n_chars > longest)
            longest = lines[i].n_chars;
        n_indents += (lines[i].flags & WD_LINE_INDENT) != 0;
    }
    if (longest > WRAP_CHARS_MAX || longest < WRAP_CHARS_MIN)
        return false;
    *ret_wrap = (struct wrap){longest, n_indents * 2 < n};
    for (size_t i = 0; i + 1 < n; i++) {
        if (is_new_paragraph(&lines[i], &lines[i + 1], ret_wrap))
            continue;
        n_followed++;
        n_open += (lines[i].flags & WD_LINE_STOP) == 0;
        n_long += lines[i].n_chars * 10 >= longest * 7;
    }
    return n_followed >= WRAP_LINES_MIN && n_open * 2 >= n_followed &&
           n_long * 10 >= n_followed * 8;
}

static void line_join(struct wd_line *line, const struct wd_line *next)
{
    const unsigned ends = WD_LINE_STOP | WD_LINE_COLON | WD_LINE_QUERY;
    const unsigned starts =
        WD_LINE_QUOTE | WD_LINE_SMALL | WD_LINE_BULLET | WD_LINE_INDENT;

    line->n_stops += next->n_stops + ((line->flags & WD_LINE_STOP) != 0);
    line->flags = (line->flags & ~ends) | (next->flags & ~starts) | WD_LINE_GAPS;
    line->span.end = next->span.end;
    line->n_chars += 1 + next->n_chars;
    line->n_words += next->n_words;
    line->n_capital += next->n_capital;
    line->n_upper += next->n_upper;
    line->n_lower += next->n_lower;
}

static size_t lines_join(struct wd_line *lines, size_t n, const struct wrap *wrap)
{
    size_t n_joined = 1;
    struct wd_line last = lines[0]; /* of the file, as it was before joining */

    for (size_t i = 1; i < n; i++) {
        struct wd_line line = lines[i];
        if (is_new_paragraph(&last, &line, wrap))
            lines[n_joined++] = line;
        else
            line_join(&lines[n_joined - 1], &line);
        last = line;
    }
    return n_joined;
}

int wd_lines_cut(struct wd_str raw, struct wd_arena *arena, struct wd_lines *ret_lines)
{
    struct cutter cut = {.raw = raw, .arena = arena};
    int r = cut_all(&cut);
    if (r < 0)
        return r;
    struct wrap wrap;
    bool is_joined = is_wrapped(cut.lines, cut.n, &wrap);
    if (is_joined)
        cut.n = lines_join(cut.lines, cut.n, &wrap);
    *ret_lines = (struct wd_lines){cut.lines, cut.n, is_joined};
    return WD_OK;
}
