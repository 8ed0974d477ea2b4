/* line.c -- cuts the text into lines and counts what each is made of.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sixty-four bytes at a time a line is skimmed: where it ends, how many words it has,
 * whether its white space is plain. Only lines that are short enough to be a title, a
 * byline or a link, or that have no small letter, are then read word by word; of a
 * paragraph the first and the last word say what the rules ask. Counts are sums, so that
 * joining two lines of hard-wrapped copy is adding them up.
 *
 * Old wire copy and mail is cut at 60 to 80 columns, with a blank line or an indent
 * between paragraphs. It is told from copy in which each line is a paragraph by the
 * lines that are followed by another without a gap: in wrapped copy they are all nearly
 * as long as the longest and mostly end in mid-sentence. */
#include "line.h"

#include "base/block.h"
#include "base/utf8.h"
#include "line_words.h"
#include "space.h"
#include "wiredesk/status.h"
#include "words.h"

enum {
    WRAP_LINES_MIN = 4,    /* fewer wrapped lines prove nothing */
    WRAP_CHARS_MAX = 100,  /* no wrapped line is longer */
    WRAP_CHARS_MIN = 40,   /* … and the longest is longer than that */
    INDENT_BLANKS_MIN = 2, /* a single blank is a slip */
    APPOINTMENT_WORDS_MIN = 5,
    READ_WORDS_MAX = 28, /* of a line that is read word by word: headlines are shorter */
};

/* ---- the file's lines */

struct cutter {
    struct wd_str raw;
    struct wd_arena *arena;
    struct wd_line *lines;
    size_t n;
    size_t room;
};

/* ---- a line as a whole */

struct skim {
    uint32_t at;      /* how far it has come */
    uint32_t last_at; /* where the last word begins */
    uint32_t end;     /* behind the last character that is no white space */
    uint32_t n_words;
    uint32_t n_chars; /* that are no white space */
    bool is_blank;    /* the character before `at` is white space */
    bool has_gap;     /* white space that is not one blank, and was followed by a word */
    bool is_gap;      /* … that no word has followed yet */
    bool has_lower;   /* a small letter of ASCII */
    bool has_quote;   /* a double quotation mark */
};

/* A block of the text, and where it has what. */
struct sight {
    uint32_t at;
    uint64_t odd; /* looked at one by one: controls, and what may begin white space */
    uint64_t blanks;
    uint64_t quotes;
    uint64_t brackets;
    uint64_t lower;
    uint64_t inner; /* a character's bytes but for its first */
};

static inline struct sight sight_at(const struct cutter *cut, uint32_t at, bool is_rest)
{
    struct wd_block block = wd_block_read(cut->raw.data + at, cut->raw.size - at);
    struct sight sight = {
        .at = at,
        .odd = wd_block_in(&block, 0, 0x1f) | wd_block_are(&block, 0x7f),
        .blanks = wd_block_are(&block, ' '),
        .quotes = wd_block_are(&block, '"'),
        .brackets = wd_block_are(&block, ']'),
        .lower = wd_block_in(&block, 'a', 'z'),
    };
    if (is_rest) { /* the end of a line is a blank like others */
        uint64_t ends = wd_block_are(&block, '\n');
        sight.odd &= ~ends;
        sight.blanks |= ends;
    }
    if (wd_block_high(&block)) {
        sight.odd |= wd_block_are(&block, 0xc2) | wd_block_in(&block, 0xe1, 0xe3) |
                     wd_block_are(&block, 0xef);
        sight.inner = wd_block_in(&block, 0x80, 0xbf);
    }
    return sight;
}

/* Takes the bytes from skim->at to `to`, of which none is odd. */
static inline void skim_run(const struct cutter *cut, struct skim *skim,
                            const struct sight *sight, unsigned to, struct wd_line *line)
{
    unsigned from = skim->at - sight->at;
    uint64_t mask = wd_mask_below(to) & ~wd_mask_below(from);
    uint64_t blanks = sight->blanks & mask, words = mask & ~blanks;
    uint64_t before = blanks << 1 | (uint64_t)skim->is_blank << from;
    uint64_t starts = words & before, gaps = blanks & before;
    uint64_t brackets = sight->brackets & mask;

    skim->has_lower |= (sight->lower & mask) != 0;
    skim->has_quote |= (sight->quotes & mask) != 0;
    skim->n_words += wd_mask_count(starts);
    skim->n_chars += wd_mask_count(words & ~sight->inner);
    for (; brackets; brackets &= brackets - 1)
        line->flags |= wd_line_sign_at(cut->raw, sight->at + wd_mask_first(brackets));
    if (words)
        skim->end = sight->at + wd_mask_last(words) + 1;
    if (starts) {
        skim->last_at = sight->at + wd_mask_last(starts);
        skim->has_gap |= skim->is_gap || (gaps && starts > (gaps & -gaps));
    }
    skim->is_gap |= gaps != 0;
    skim->is_blank = (blanks >> (to - 1) & 1) != 0;
    skim->at = sight->at + to;
}

/* Takes the character at skim->at; false when it ends the line, which is then taken. */
static bool skim_other(const struct cutter *cut, struct skim *skim)
{
    const char *data = cut->raw.data, *end = data + cut->raw.size;
    unsigned size;
    enum wd_space space = wd_space_at(data + skim->at, end, &size);

    if (space == WD_SPACE_NONE) {
        skim->has_quote |= wd_utf8_decode(data + skim->at, &size) == 0x201c;
        if (skim->is_blank) {
            skim->n_words++;
            skim->last_at = skim->at;
            skim->has_gap |= skim->is_gap;
        }
        skim->n_chars++;
        skim->is_blank = false;
        skim->at += size;
        skim->end = skim->at;
        return true;
    }
    skim->at += size;
    skim->is_gap = true;
    skim->is_blank = true;
    return space != WD_SPACE_LINE;
}

/* Skims to the end of the block at skim->at, or of the line; true when that came. */
static bool skim_block(const struct cutter *cut, struct skim *skim, bool is_rest,
                       struct wd_line *line)
{
    const struct sight sight = sight_at(cut, skim->at, is_rest);
    for (unsigned from = 0; from < WD_BLOCK; from = skim->at - sight.at) {
        unsigned to = wd_mask_first(sight.odd & ~wd_mask_below(from));
        if (to > from)
            skim_run(cut, skim, &sight, to, line);
        if (to == WD_BLOCK)
            break;
        if (skim->at == cut->raw.size || (!skim_other(cut, skim) && !is_rest))
            return true;
    }
    return skim->at == cut->raw.size;
}

/* Reads the line whose first word is at `at`, or all that is left as if it were one;
 * returns where the next line begins. */
static uint32_t cut_words(const struct cutter *cut, uint32_t at, bool is_rest,
                          struct wd_line *line)
{
    struct skim skim = {.at = at, .is_blank = true, .has_gap = is_rest};

    while (!skim_block(cut, &skim, is_rest, line))
        continue;
    line->span = (struct wd_span){at, skim.end};
    line->flags |=
        (skim.has_gap ? WD_LINE_GAPS : 0) | (skim.has_quote ? WD_LINE_SAID : 0);
    if (skim.n_words <= READ_WORDS_MAX || !skim.has_lower) {
        wd_line_read_words(cut->raw, line);
        return skim.at;
    }
    wd_line_read_word(cut->raw, at, line);
    wd_line_read_word(cut->raw, skim.last_at, line);
    line->n_words = skim.n_words;
    line->n_chars = skim.n_chars + skim.n_words - 1;
    return skim.at;
}

/* Reads the line at `at`; returns where the next one begins. A line of white space alone
 * has no words. */
static uint32_t cut_line(const struct cutter *cut, uint32_t at, bool is_rest,
                         struct wd_line *line)
{
    const char *data = cut->raw.data, *end = data + cut->raw.size;
    uint32_t indent = 0;

    while (at < cut->raw.size) {
        unsigned size;
        enum wd_space space = wd_space_at(data + at, end, &size);
        if (space == WD_SPACE_LINE)
            return at + size;
        if (space == WD_SPACE_NONE) {
            line->flags |= indent >= INDENT_BLANKS_MIN ? WD_LINE_INDENT : 0;
            return cut_words(cut, at, is_rest, line);
        }
        if (space == WD_SPACE_BLANK)
            indent += data[at] == '\t' ? INDENT_BLANKS_MIN : 1;
        at += size;
    }
    return at;
}

static int make_room(struct cutter *cut)
{
    struct wd_line *lines =
        wd_arena_make_room(cut->arena, cut->lines, cut->n, &cut->room, sizeof(*lines));
    if (!lines)
        return WD_ENOMEM;
    cut->lines = lines;
    return WD_OK;
}

static int cut_all(struct cutter *cut)
{
    const size_t n_max = wd_lines_max(cut->raw.size);
    uint32_t blanks = 0;

    for (uint32_t at = 0; at < cut->raw.size;) {
        if (make_room(cut) < 0)
            return WD_ENOMEM;
        struct wd_line *line = &cut->lines[cut->n];
        *line = (struct wd_line){.blanks_before = blanks};
        at = cut_line(cut, at, cut->n + 1 == n_max, line);
        blanks = line->n_words ? 0 : blanks + 1;
        cut->n += line->n_words > 0;
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

bool wd_line_is_appointment(const struct wd_line *line, struct wd_str text)
{
    struct wd_str word;
    return line->n_words >= APPOINTMENT_WORDS_MIN && wd_words_next(&text, &word) &&
           word.data[0] >= '0' && word.data[0] <= '9' &&
           memchr(word.data, ':', word.size) != NULL && wd_word_is_clock(word);
}
