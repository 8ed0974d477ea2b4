/* uax29_words.c -- word segments exactly as Unicode Standard Annex #29 defines them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rules WB1 to WB999 are one automaton over the classes of unicode_tables.h. Rules
 * that look one letter ahead (WB6, WB7b, WB12: "can.t" is one word, "can. " is not)
 * become *pending* states: the walk goes on, but the end of the word stays where it was
 * until a letter proves that the point belonged inside. WB4 (marks and format controls
 * join what they follow) is a column that leads from each state to itself. Only WB3c,
 * where a joiner glues an emoji on whatever the state is, stands outside of the table.
 *
 * News is mostly ASCII, so letters, digits and the points between them are first walked
 * by bytes; the automaton takes over, in the state reached, at the first byte past 0x7f.
 * A pending stretch is read at most twice (once in vain, once as the next segment), which
 * keeps the whole linear.
 *
 * Refused: the pair table with flags of the ICU kind, and going back over marks to find
 * the letter before a point: both made hostile text quadratic. */
#include "wiredesk/text.h"

#include "base/unicode_tables.h"
#include "base/utf8.h"

enum word_state {
    END, /* a boundary: zero, so that the table only names what goes on */
    START,
    OTHER,
    CR,
    NEWLINE,
    SPACE,
    FLAG,       /* one regional indicator */
    FLAG_WHOLE, /* two of them */
    KATAKANA,
    LETTER,
    HEBREW,
    HEBREW_QUOTE, /* WB7a: the quote belongs to the word whatever follows */
    NUMERIC,
    JOINER,         /* ExtendNumLet, the underscore */
    PENDING_LETTER, /* here and below: not the end of a word */
    PENDING_HEBREW,
    PENDING_NUMERIC,
    N_STATES
};

/* WB4. */
#define MARKS(state)                                                                     \
    [WD_WB_EXTEND] = (state), [WD_WB_FORMAT] = (state), [WD_WB_ZWJ] = (state)

/* WB5, WB9, WB13a: what joins letters and digits. */
#define WORD_PARTS                                                                       \
    [WD_WB_ALETTER] = LETTER, [WD_WB_HEBREW_LETTER] = HEBREW, [WD_WB_NUMERIC] = NUMERIC, \
    [WD_WB_EXTENDNUMLET] = JOINER

/* WB6. */
#define LETTER_POINTS                                                                    \
    [WD_WB_MIDLETTER] = PENDING_LETTER, [WD_WB_MIDNUMLET] = PENDING_LETTER

static const uint8_t transitions[N_STATES][WD_WB_COUNT] = {
    [START] =
        {
            MARKS(OTHER),
            WORD_PARTS,
            [WD_WB_OTHER] = OTHER,
            [WD_WB_CR] = CR,
            [WD_WB_LF] = NEWLINE,
            [WD_WB_NEWLINE] = NEWLINE,
            [WD_WB_REGIONAL_INDICATOR] = FLAG,
            [WD_WB_KATAKANA] = KATAKANA,
            [WD_WB_SINGLE_QUOTE] = OTHER,
            [WD_WB_DOUBLE_QUOTE] = OTHER,
            [WD_WB_MIDNUMLET] = OTHER,
            [WD_WB_MIDLETTER] = OTHER,
            [WD_WB_MIDNUM] = OTHER,
            [WD_WB_WSEGSPACE] = SPACE,
        },
    [OTHER] = {MARKS(OTHER)},
    [CR] = {[WD_WB_LF] = NEWLINE},                                   /* WB3 */
    [NEWLINE] = {0},                                                 /* WB3a */
    [SPACE] = {MARKS(OTHER), [WD_WB_WSEGSPACE] = SPACE},             /* WB3d */
    [FLAG] = {MARKS(FLAG), [WD_WB_REGIONAL_INDICATOR] = FLAG_WHOLE}, /* WB15, WB16 */
    [FLAG_WHOLE] = {MARKS(FLAG_WHOLE)},
    [KATAKANA] = {MARKS(KATAKANA), [WD_WB_KATAKANA] = KATAKANA, /* WB13 */
                  [WD_WB_EXTENDNUMLET] = JOINER},
    [LETTER] = {MARKS(LETTER), WORD_PARTS,
                LETTER_POINTS, [WD_WB_SINGLE_QUOTE] = PENDING_LETTER},
    [HEBREW] = {MARKS(HEBREW), WORD_PARTS,
                LETTER_POINTS, [WD_WB_SINGLE_QUOTE] = HEBREW_QUOTE,
                [WD_WB_DOUBLE_QUOTE] = PENDING_HEBREW}, /* WB7b */
    [HEBREW_QUOTE] =
        {MARKS(HEBREW_QUOTE), [WD_WB_ALETTER] = LETTER, [WD_WB_HEBREW_LETTER] = HEBREW},
    [NUMERIC] =
        {MARKS(NUMERIC), WORD_PARTS, [WD_WB_MIDNUM] = PENDING_NUMERIC, /* WB12 */
         [WD_WB_MIDNUMLET] = PENDING_NUMERIC, [WD_WB_SINGLE_QUOTE] = PENDING_NUMERIC},
    [JOINER] = {MARKS(JOINER), WORD_PARTS, [WD_WB_KATAKANA] = KATAKANA}, /* WB13b */
    [PENDING_LETTER] = {MARKS(PENDING_LETTER), [WD_WB_ALETTER] = LETTER, /* WB7 */
                        [WD_WB_HEBREW_LETTER] = HEBREW},
    [PENDING_HEBREW] = {MARKS(PENDING_HEBREW), [WD_WB_HEBREW_LETTER] = HEBREW}, /* WB7c */
    [PENDING_NUMERIC] = {MARKS(PENDING_NUMERIC), [WD_WB_NUMERIC] = NUMERIC},    /* WB11 */
};

/* Walks from `at`, where the automaton is in `state`, to the end of the word. */
static size_t word_walk(struct wd_str text, size_t at, unsigned state)
{
    size_t end = at;
    bool is_joined = false; /* the code point before is a zero width joiner */

    while (at < text.size) {
        unsigned size;
        unsigned cls = wd_word_class(wd_utf8_decode(text.data + at, &size));
        bool is_pictographic = (cls & WD_WB_PICTOGRAPHIC) != 0;
        cls &= ~(unsigned)WD_WB_PICTOGRAPHIC;

        unsigned to = transitions[state][cls];
        if (to == END && is_joined && is_pictographic && state < PENDING_LETTER)
            to = transitions[START][cls]; /* WB3c */
        if (to == END)
            break;
        is_joined = cls == WD_WB_ZWJ;
        state = to;
        at += size;
        if (state < PENDING_LETTER)
            end = at;
    }
    return end;
}

/* What an ASCII byte does in the fast path. */
enum {
    IS_LETTER = 1 << 0,
    IS_DIGIT = 1 << 1,
    IS_PART = 1 << 2,       /* letter, digit or underscore: they all join */
    JOINS_LETTERS = 1 << 3, /* . ' : */
    JOINS_DIGITS = 1 << 4,  /* . ' , ; */
    MAY_GO_ON = 1 << 5,     /* a space or a CR: the next byte decides */
};

#define L (IS_LETTER | IS_PART)
#define D (IS_DIGIT | IS_PART)

static const uint8_t ascii[256] = {
    ['0'] = D,
    ['1'] = D,
    ['2'] = D,
    ['3'] = D,
    ['4'] = D,
    ['5'] = D,
    ['6'] = D,
    ['7'] = D,
    ['8'] = D,
    ['9'] = D,
    ['A'] = L,
    ['B'] = L,
    ['C'] = L,
    ['D'] = L,
    ['E'] = L,
    ['F'] = L,
    ['G'] = L,
    ['H'] = L,
    ['I'] = L,
    ['J'] = L,
    ['K'] = L,
    ['L'] = L,
    ['M'] = L,
    ['N'] = L,
    ['O'] = L,
    ['P'] = L,
    ['Q'] = L,
    ['R'] = L,
    ['S'] = L,
    ['T'] = L,
    ['U'] = L,
    ['V'] = L,
    ['W'] = L,
    ['X'] = L,
    ['Y'] = L,
    ['Z'] = L,
    ['a'] = L,
    ['b'] = L,
    ['c'] = L,
    ['d'] = L,
    ['e'] = L,
    ['f'] = L,
    ['g'] = L,
    ['h'] = L,
    ['i'] = L,
    ['j'] = L,
    ['k'] = L,
    ['l'] = L,
    ['m'] = L,
    ['n'] = L,
    ['o'] = L,
    ['p'] = L,
    ['q'] = L,
    ['r'] = L,
    ['s'] = L,
    ['t'] = L,
    ['u'] = L,
    ['v'] = L,
    ['w'] = L,
    ['x'] = L,
    ['y'] = L,
    ['z'] = L,
    ['_'] = IS_PART,
    ['.'] = JOINS_LETTERS | JOINS_DIGITS,
    ['\''] = JOINS_LETTERS | JOINS_DIGITS,
    [':'] = JOINS_LETTERS,
    [','] = JOINS_DIGITS,
    [';'] = JOINS_DIGITS,
    [' '] = MAY_GO_ON,
    ['\r'] = MAY_GO_ON,
};

#undef L
#undef D

/* The end of the word that starts with the letter, digit or underscore at `at`. */
static size_t word_end_ascii(struct wd_str text, size_t at)
{
    const unsigned char *s = (const unsigned char *)text.data;

    for (;;) {
        do
            at++;
        while (at < text.size && (ascii[s[at]] & IS_PART));
        if (at == text.size)
            return at;

        unsigned before = ascii[s[at - 1]], here = ascii[s[at]];
        bool is_point = ((before & IS_LETTER) && (here & JOINS_LETTERS)) ||
                        ((before & IS_DIGIT) && (here & JOINS_DIGITS));
        if (s[at] >= 0x80 || (is_point && at + 1 < text.size && s[at + 1] >= 0x80))
            return word_walk(text, at,
                             before & IS_LETTER  ? LETTER
                             : before & IS_DIGIT ? NUMERIC
                                                 : JOINER);
        if (!is_point || at + 1 == text.size ||
            !(ascii[s[at + 1]] & before & (IS_LETTER | IS_DIGIT)))
            return at;
        at++; /* the point; the loop steps over what follows it */
    }
}

bool wd_word_next(struct wd_cursor *cursor, struct wd_span *ret_word)
{
    struct wd_str text = cursor->text;
    const unsigned char *s = (const unsigned char *)text.data;
    size_t at = cursor->at, end;

    if (at >= text.size)
        return false;
    if (ascii[s[at]] & IS_PART)
        end = word_end_ascii(text, at);
    else if (s[at] < 0x80 && at + 1 < text.size && s[at + 1] < 0x80 &&
             !((ascii[s[at]] & MAY_GO_ON) && s[at + 1] <= ' '))
        end = at + 1;
    else
        end = word_walk(text, at, START);

    *ret_word = (struct wd_span){(uint32_t)at, (uint32_t)end};
    cursor->at = (uint32_t)end;
    return true;
}

const char *wd_unicode_version(void)
{
    return WD_UNICODE_VERSION;
}
