/* name_words.c -- cuts names into words; see the header for what a word is.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A period is the hard case, because it ends sentences, too. It belongs to the word when
 * the word is one letter, already dotted, or in a short list of abbreviations; a period
 * between letters joins them unless a small letter stands before it and a capital behind
 * it, which is two sentences that lost their space.
 *
 * Most words are a run of ASCII letters and nothing else: such a run is read a byte at a
 * time from one table, and glyphs are looked at only where it ends. */
#include "name_words.h"

#include "base/fold.h"
#include "base/hash.h"
#include "base/utf8.h"

#define FOLDED_MAX 64 /* bytes; the rest of a longer word is not looked at */

/* Short forms that stand in or before names. In byte order, for the binary search. */
static const char *const abbreviations[] = {
    "adm",  "ala",  "amb",  "apr",  "ariz", "ark",  "assn",  "asst", "atty", "aug",
    "ave",  "bhd",  "bldg", "blvd", "brig", "bros", "calif", "capt", "cie",  "cmdr",
    "co",   "col",  "colo", "conn", "corp", "cpl",  "dec",   "del",  "dept", "dr",
    "drs",  "esq",  "feb",  "fla",  "fr",   "ft",   "ga",    "gen",  "gens", "gov",
    "govs", "hon",  "ill",  "inc",  "ind",  "insp", "jan",   "jr",   "jul",  "jun",
    "kan",  "ky",   "la",   "lt",   "ltd",  "maj",  "mar",   "mass", "md",   "messrs",
    "mich", "minn", "miss", "mlle", "mme",  "mo",   "mont",  "mr",   "mrs",  "ms",
    "mt",   "neb",  "nev",  "nov",  "oct",  "okla", "ont",   "ore",  "pa",   "ph",
    "pres", "prof", "pte",  "pvt",  "que",  "rep",  "reps",  "rev",  "sen",  "sens",
    "sep",  "sept", "sgt",  "spc",  "sr",   "st",   "ste",   "supt", "tenn", "tex",
    "univ", "va",   "vs",   "vt",   "wash", "wis",  "wyo",
};

static int compare_str(struct wd_str a, const char *z)
{
    size_t size = strlen(z);
    int order = memcmp(a.data, z, a.size < size ? a.size : size);
    return order ? order : (a.size > size) - (a.size < size);
}

static bool is_abbreviation(struct wd_str folded)
{
    size_t low = 0, high = sizeof(abbreviations) / sizeof(abbreviations[0]);
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = compare_str(folded, abbreviations[mid]);
        if (order == 0)
            return true;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

/* What an ASCII byte is to a word: the folded byte, and above it its enum wd_letter. The
 * table says what wd_fold() would; 0 for what is no letter and no digit. */
#define CELL(byte, letter) ((byte) | (WD_LETTER_##letter) << 8)
#define BOTH(c)            [c] = CELL(c, LOWER), [(c)-32] = CELL(c, UPPER)
#define DIGIT(c)           [c] = CELL(c, DIGIT)

static const uint16_t ascii[256] = {
    BOTH('a'),  BOTH('b'),  BOTH('c'),  BOTH('d'),  BOTH('e'),  BOTH('f'),
    BOTH('g'),  BOTH('h'),  BOTH('i'),  BOTH('j'),  BOTH('k'),  BOTH('l'),
    BOTH('m'),  BOTH('n'),  BOTH('o'),  BOTH('p'),  BOTH('q'),  BOTH('r'),
    BOTH('s'),  BOTH('t'),  BOTH('u'),  BOTH('v'),  BOTH('w'),  BOTH('x'),
    BOTH('y'),  BOTH('z'),  DIGIT('0'), DIGIT('1'), DIGIT('2'), DIGIT('3'),
    DIGIT('4'), DIGIT('5'), DIGIT('6'), DIGIT('7'), DIGIT('8'), DIGIT('9'),
};

static unsigned ascii_at(struct wd_str text, uint32_t at)
{
    return ascii[(unsigned char)text.data[at]];
}

/* One character of the text and what it is. Past the end: size 0, LETTER_NONE. */
struct glyph {
    uint32_t cp;
    uint32_t base;
    unsigned size;
    enum wd_letter letter;
};

static inline struct glyph glyph_at(struct wd_str text, uint32_t at)
{
    struct glyph g = {0};
    if (at >= text.size)
        return g;
    unsigned char byte = (unsigned char)text.data[at];
    if (byte < 0x80) {
        unsigned cell = ascii[byte];
        return (struct glyph){byte, cell ? cell & 0xff : byte, 1, cell >> 8};
    }
    g.cp = wd_utf8_decode(text.data + at, &g.size);
    g.letter = wd_fold(g.cp, &g.base);
    return g;
}

static bool is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019 || cp == 0x2bc;
}

static bool is_hyphen(uint32_t cp)
{
    return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

/* The word under way. */
struct cutter {
    char folded[FOLDED_MAX + 8];
    size_t n_folded;
    unsigned n_letters;
    unsigned n_upper;
    unsigned n_lower;
    unsigned n_digits;
    unsigned n_periods;
    bool is_mixed;
    enum wd_letter last;
};

static void cutter_add(struct cutter *cut, const struct glyph *g)
{
    if (cut->n_folded < FOLDED_MAX) {
        cut->n_folded += wd_utf8_encode(g->base, cut->folded + cut->n_folded);
        uint32_t second = g->cp >= 0x80 ? wd_fold_second(g->cp) : 0;
        if (second)
            cut->folded[cut->n_folded++] = (char)second;
    }
    if (g->letter == WD_LETTER_DIGIT)
        cut->n_digits++;
    else
        cut->n_letters++;
    cut->n_upper += g->letter == WD_LETTER_UPPER;
    cut->n_lower += g->letter == WD_LETTER_LOWER;
    if (g->letter == WD_LETTER_UPPER && cut->n_lower)
        cut->is_mixed = true;
    cut->last = g->letter;
}

/* Adds the run of ASCII letters and digits at `at` and returns its end: what cutter_add()
 * would do to each of them. Small letters are what the others leave of the run. */
static uint32_t cutter_add_ascii(struct cutter *cut, struct wd_str text, uint32_t at)
{
    const uint32_t start = at, n_lower = cut->n_lower;
    uint32_t n_upper = 0, n_digits = 0, n_folded = (uint32_t)cut->n_folded;
    unsigned cell, last = 0;
    for (; at < text.size && (cell = ascii_at(text, at)) != 0; at++) {
        last = cell >> 8;
        if (last == WD_LETTER_UPPER) {
            cut->is_mixed |= n_lower + (at - start) > n_upper + n_digits;
            n_upper++;
        }
        n_digits += last == WD_LETTER_DIGIT;
        if (n_folded < FOLDED_MAX)
            cut->folded[n_folded++] = (char)cell;
    }
    if (at == start)
        return at;
    cut->n_folded = n_folded;
    cut->n_letters += at - start - n_digits;
    cut->n_digits += n_digits;
    cut->n_upper += n_upper;
    cut->n_lower += at - start - n_digits - n_upper;
    cut->last = last;
    return at;
}

/* True when the sign `g` at `at` is inside a word: "O’Brien", "U.S", "1,000". */
static bool joins(const struct cutter *cut, struct wd_str text, uint32_t at,
                  const struct glyph *g)
{
    struct glyph next = glyph_at(text, at + g->size);
    if (next.letter == WD_LETTER_NONE)
        return false;
    if (is_apostrophe(g->cp)) {
        if (cut->last == WD_LETTER_DIGIT)
            return false;
        struct glyph after = glyph_at(text, at + g->size + next.size);
        return next.base != 's' || after.letter != WD_LETTER_NONE;
    }
    if (g->cp == '.')
        return cut->last == WD_LETTER_DIGIT
                   ? next.letter == WD_LETTER_DIGIT
                   : !(cut->last == WD_LETTER_LOWER && next.letter == WD_LETTER_UPPER &&
                       cut->n_letters > 1);
    if (g->cp == ',')
        return cut->last == WD_LETTER_DIGIT && next.letter == WD_LETTER_DIGIT;
    return false;
}

/* Does the period that follows the word belong to it? */
static bool takes_period(const struct cutter *cut)
{
    if (cut->n_digits)
        return false;
    if (cut->n_letters == 1)
        return cut->n_upper == 1;
    if (cut->n_periods && cut->n_letters == cut->n_periods + 1)
        return true; /* one letter, one period, and so on: "U.S", "a.m" */
    return is_abbreviation((struct wd_str){cut->folded, cut->n_folded});
}

static uint8_t shape_of(const struct cutter *cut, bool is_period, bool is_capital)
{
    unsigned shape = 0;
    if (is_capital)
        shape |= WD_SHAPE_CAPITAL;
    if (cut->n_upper && !cut->n_lower)
        shape |= WD_SHAPE_CAPS;
    if (cut->n_letters + cut->n_digits == 1)
        shape |= WD_SHAPE_SINGLE;
    if (cut->n_digits)
        shape |= WD_SHAPE_DIGITS;
    if (is_period)
        shape |= WD_SHAPE_PERIOD;
    if (cut->n_periods)
        shape |= WD_SHAPE_DOTTED;
    if (cut->is_mixed)
        shape |= WD_SHAPE_MIXED;
    return (uint8_t)shape;
}

static void cut_word(struct wd_str text, uint32_t *at, enum wd_letter first,
                     struct wd_name_word *word)
{
    struct cutter cut = {0};
    struct glyph g;
    bool is_period = false;
    uint32_t pos = *at;

    for (;;) {
        pos = cutter_add_ascii(&cut, text, pos);
        g = glyph_at(text, pos);
        if (g.letter != WD_LETTER_NONE)
            cutter_add(&cut, &g);
        else if (g.size && joins(&cut, text, pos, &g))
            cut.n_periods += g.cp == '.';
        else
            break;
        pos += g.size;
    }
    if (g.size && g.cp == '.' && takes_period(&cut)) {
        is_period = true;
        pos++;
    }
    unsigned length = cut.n_letters + cut.n_digits;
    word->kind = first == WD_LETTER_DIGIT ? WD_NAME_NUMBER : WD_NAME_WORD;
    word->shape = shape_of(&cut, is_period, first == WD_LETTER_UPPER);
    word->length = (uint8_t)(length < 255 ? length : 255);
    word->hash = wd_hash((struct wd_str){cut.folded, cut.n_folded}, WD_SEED_NAME);
    word->span = (struct wd_span){*at, pos};
    *at = pos;
}

/* Signs that typographers and keyboards write differently count as one. */
static char plain_sign(uint32_t cp)
{
    if (cp < 0x80)
        return cp == '`' ? '\'' : (char)cp;
    if (cp == 0x2018 || cp == 0x2019)
        return '\'';
    if (cp == 0xab || cp == 0xbb || (cp >= 0x201c && cp <= 0x201f))
        return '"';
    if (cp >= 0x2012 && cp <= 0x2015)
        return '-';
    return cp == 0x2026 ? '.' : '?';
}

static void cut_sign(struct wd_str text, uint32_t *at, struct glyph g,
                     struct wd_name_word *word)
{
    word->kind = WD_NAME_SIGN;
    word->sign = plain_sign(g.cp);
    /* "Johnson & Johnson" is also "Johnson and Johnson". */
    word->hash = word->sign == '&'
                     ? wd_hash(WD_STR("and"), WD_SEED_NAME)
                     : wd_hash((struct wd_str){&word->sign, 1}, WD_SEED_NAME);
    word->span = (struct wd_span){*at, *at + g.size};
    *at += g.size;
    if (!is_apostrophe(g.cp) || word->gap != WD_GAP_NONE)
        return;

    struct glyph next = glyph_at(text, *at);
    if (next.base == 's' && glyph_at(text, *at + next.size).letter == WD_LETTER_NONE) {
        word->kind = WD_NAME_POSSESSIVE;
        word->hash = wd_hash(WD_STR("s"), WD_SEED_NAME);
        *at += next.size;
        word->span.end = *at;
    }
}

/* Skips what parts words; true when a word or sign starts at *at. */
static bool skip_gap(struct wd_str text, uint32_t *at, struct glyph *g, uint8_t *gap)
{
    *gap = *at == 0 ? WD_GAP_LINE : WD_GAP_NONE;
    for (*g = glyph_at(text, *at); g->size; *g = glyph_at(text, *at)) {
        if (wd_is_space(g->cp)) {
            if (g->cp == '\n' || g->cp == 0x2028 || g->cp == 0x2029)
                *gap = WD_GAP_LINE;
            else if (*gap != WD_GAP_LINE)
                *gap = WD_GAP_SPACE;
        } else if (is_hyphen(g->cp) && *gap == WD_GAP_NONE &&
                   glyph_at(text, *at + g->size).letter != WD_LETTER_NONE) {
            *gap = WD_GAP_HYPHEN;
        } else {
            return true;
        }
        *at += g->size;
    }
    return false;
}

bool wd_name_word_next(struct wd_str text, uint32_t *at, struct wd_name_word *ret_word)
{
    struct wd_name_word word = {0};
    struct glyph g;

    if (!skip_gap(text, at, &g, &word.gap))
        return false;
    if (g.letter != WD_LETTER_NONE)
        cut_word(text, at, g.letter, &word);
    else
        cut_sign(text, at, g, &word);
    *ret_word = word;
    return true;
}
