/* line.c -- cuts the text into lines and counts what each is made of.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Eight bytes at a time a line is skimmed: where it ends, how many words it has, whether
 * its white space is plain. Only lines that are short enough to be a title, a byline or a
 * link, or that have no small letter, are then read word by word; of a paragraph the
 * first and the last word say what the rules ask. Counts are sums, so that joining two
 * lines of hard-wrapped copy is adding them up.
 *
 * Old wire copy and mail is cut at 60 to 80 columns, with a blank line or an indent
 * between paragraphs. It is told from copy in which each line is a paragraph by the
 * lines that are followed by another without a gap: in wrapped copy they are all nearly
 * as long as the longest and mostly end in mid-sentence. */
#include "line.h"

#include "base/lanes.h"
#include "base/utf8.h"
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

/* What ASCII marks ask for. */
enum { MARK_CLOSES = 1 << 0, MARK_IS_SIGN = 1 << 1 };

static const uint8_t mark_kinds[128] = {
    ['"'] = MARK_CLOSES,  ['\''] = MARK_CLOSES, [')'] = MARK_CLOSES,
    ['*'] = MARK_CLOSES,  ['_'] = MARK_CLOSES,  [']'] = MARK_CLOSES | MARK_IS_SIGN,
    ['@'] = MARK_IS_SIGN, [':'] = MARK_IS_SIGN,
};

/* Looks at the marks of the chunk at `at`, which are set in `marks`; returns those that
 * close nothing. */
static inline uint64_t note_marks(const struct cutter *cut, uint32_t at, uint64_t marks,
                                  struct wd_line *line)
{
    uint64_t open = marks;
    for (uint64_t rest = marks; rest; rest &= rest - 1) {
        uint32_t mark_at = at + wd_lanes_first(rest);
        unsigned kind = mark_kinds[(unsigned char)cut->raw.data[mark_at]];
        if (kind & MARK_IS_SIGN)
            note_sign(cut, mark_at, line);
        if (kind & MARK_CLOSES)
            open &= ~(rest & -rest);
    }
    return open;
}

/* Adds the ASCII at `at` up to white space to the word and returns its end. */
static inline uint32_t cut_ascii(const struct cutter *cut, uint32_t at, struct word *word,
                                 struct wd_line *line)
{
    unsigned n = WD_CHUNK;

    for (; n == WD_CHUNK; at += n) {
        uint64_t chunk = wd_chunk_read(cut->raw.data + at, cut->raw.size - at);
        uint64_t low = chunk & ~WD_LANES(0x80);
        uint64_t seen = wd_lanes_in(low, 0x21, 0x7e) & ~chunk;
        n = wd_lanes_first(~seen & WD_LANES(0x80));
        if (n == 0)
            break;
        uint64_t mask = wd_lanes_below(n);
        uint64_t lower = wd_lanes_in(low, 'a', 'z') & mask;
        uint64_t upper = wd_lanes_in(low, 'A', 'Z') & mask;
        uint64_t digit = wd_lanes_in(low, '0', '9') & mask;
        uint64_t letters = lower | upper | digit, marks = seen & mask & ~letters;

        if (word->first == WD_LETTER_NONE && letters) {
            uint64_t first = letters & -letters;
            word->first = first & lower   ? WD_LETTER_LOWER
                          : first & upper ? WD_LETTER_UPPER
                                          : WD_LETTER_DIGIT;
        }
        word->n_chars += n;
        word->n_upper += wd_lanes_count(upper);
        word->n_lower += wd_lanes_count(lower);
        uint64_t open = marks ? letters | note_marks(cut, at, marks, line) : letters;
        if (open)
            word->last = (unsigned char)cut->raw.data[at + wd_lanes_last(open)];
    }
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
    uint64_t lower;   /* not 0: there are small letters */
};

/* Takes the first `n` bytes of a chunk, which are plain ASCII. */
static inline void skim_chunk(const struct cutter *cut, struct skim *skim, uint64_t chunk,
                              unsigned n, struct wd_line *line)
{
    uint64_t mask = wd_lanes_below(n);
    uint64_t blanks = wd_lanes_are(chunk, ' ') & mask;
    uint64_t before = blanks << 8 | (skim->is_blank ? 0x80 : 0);
    uint64_t words = WD_LANES(0x80) & mask & ~blanks;
    uint64_t starts = words & before;
    uint64_t brackets = wd_lanes_are(chunk, ']') & mask;

    skim->lower |= wd_lanes_in(chunk, 'a', 'z') & mask;
    skim->n_words += wd_lanes_count(starts);
    skim->n_chars += wd_lanes_count(words);
    if (brackets)
        (void)note_marks(cut, skim->at, brackets, line);
    if (words)
        skim->end = skim->at + wd_lanes_last(words) + 1;
    if (blanks & before) /* also behind the last word, where it does no harm */
        skim->is_gap = true;
    if (starts) {
        skim->last_at = skim->at + wd_lanes_last(starts);
        skim->has_gap |= skim->is_gap;
    }
    skim->is_blank = (blanks >> (n * 8 - 1) & 1) != 0;
    skim->at += n;
}

/* Takes the run of plain ASCII, which holds neither controls nor line ends. */
static void skim_ascii(const struct cutter *cut, struct skim *ret_skim,
                       struct wd_line *line)
{
    struct skim skim = *ret_skim; /* in registers */
    for (;;) {
        uint64_t chunk = wd_chunk_read(cut->raw.data + skim.at, cut->raw.size - skim.at);
        uint64_t low = chunk & ~WD_LANES(0x80);
        uint64_t other = ~(wd_lanes_in(low, 0x20, 0x7e) & ~chunk) & WD_LANES(0x80);
        if (other) {
            if (wd_lanes_first(other) > 0)
                skim_chunk(cut, &skim, low, wd_lanes_first(other), line);
            break;
        }
        skim_chunk(cut, &skim, low, WD_CHUNK, line);
    }
    *ret_skim = skim;
}

/* Takes the character at skim->at; false when it ends the line, which is then taken. */
static bool skim_other(const struct cutter *cut, struct skim *skim)
{
    const char *data = cut->raw.data, *end = data + cut->raw.size;
    unsigned size;
    enum wd_space space = wd_space_at(data + skim->at, end, &size);

    if (space == WD_SPACE_NONE) {
        (void)wd_utf8_decode(data + skim->at, &size);
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

/* Reads the words in the line's span. */
static void read_words(const struct cutter *cut, struct wd_line *line)
{
    const char *data = cut->raw.data, *end = data + line->span.end;
    for (uint32_t at = line->span.start; at < line->span.end;) {
        unsigned size;
        if (wd_space_at(data + at, end, &size) != WD_SPACE_NONE)
            at += size;
        else
            at = cut_word(cut, at, line);
    }
}

/* Reads the line whose first word is at `at`, or all that is left as if it were one;
 * returns where the next line begins. */
static uint32_t cut_words(const struct cutter *cut, uint32_t at, bool is_rest,
                          struct wd_line *line)
{
    struct skim skim = {.at = at, .is_blank = true};

    while (skim.at < cut->raw.size) {
        skim_ascii(cut, &skim, line);
        if (skim.at == cut->raw.size || (!skim_other(cut, &skim) && !is_rest))
            break;
    }
    line->span = (struct wd_span){at, skim.end};
    line->flags |= skim.has_gap ? WD_LINE_GAPS : 0;
    if (skim.n_words <= READ_WORDS_MAX || !skim.lower) {
        read_words(cut, line);
        return skim.at;
    }
    (void)cut_word(cut, at, line);
    (void)cut_word(cut, skim.last_at, line);
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
    if (cut->n < cut->room)
        return WD_OK;
    size_t room = cut->room ? cut->room * 2 : 64;
    struct wd_line *grown = wd_arena_grow(
        cut->arena, cut->lines, cut->n * sizeof(*cut->lines), room * sizeof(*cut->lines));
    if (!grown)
        return WD_ENOMEM;
    cut->lines = grown;
    cut->room = room;
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
