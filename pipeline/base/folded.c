/* folded.c -- cuts a text into folded words.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A word is a run of letters and digits. Inside of one, apostrophes and the points of an
 * abbreviation vanish, and so do marks that Unicode puts on a letter; the point between
 * two digits stays, the comma goes. In scripts that do without spaces every letter is a
 * word, which is what n-grams of such texts are made of anyway.
 *
 * Folding goes by ranges and one small table, not by the C library: towlower() asks the
 * locale, and the fingerprints of one article must be the same on every machine. */
#include "folded.h"

#include "unicode_tables.h"
#include "utf8.h"

enum kind {
    KIND_BREAK,
    KIND_LETTER,
    KIND_DIGIT,
    KIND_ALONE,      /* a word by itself */
    KIND_MARK,       /* belongs to the letter before and says nothing */
    KIND_APOSTROPHE, /* says nothing between letters */
    KIND_POINT,
    KIND_COMMA,
    KIND_PERCENT,
};

/* U+00C0 to U+017F without their marks; "." keeps the letter as it is. */
static const char latin_base[] = "aaaaaa.ceeeeiiii.nooooo..uuuuy.."
                                 "aaaaaa.ceeeeiiii.nooooo..uuuuy.y"
                                 "aaaaaaccccccccddddeeeeeeeeeegggg"
                                 "gggghhhhiiiiiiiiii..jjkk.lllllll"
                                 "lllnnnnnn...oooooo..rrrrrrssssss"
                                 "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static uint32_t fold_letter(uint32_t cp)
{
    if (cp - 'A' < 26u)
        return cp + 32;
    if (cp < 0xc0)
        return cp;
    if (cp < 0x180) {
        char base = latin_base[cp - 0xc0];
        if (base != '.')
            return (uint32_t)base;
        /* Æ Ð Ø Þ and æ ð ø þ stand 32 apart; × ÷ are no letters; the rest of the dots
         * are pairs with the capital on the even side. */
        return cp < 0xdf ? cp + 32 : cp < 0x100 ? cp : cp | 1;
    }
    if (cp >= 0x391 && cp <= 0x3a9)
        return cp + 32;
    if (cp == 0x3c2)
        return 0x3c3; /* the sigma that ends a word */
    if (cp >= 0x410 && cp <= 0x42f)
        return cp + 32;
    if (cp >= 0x400 && cp <= 0x40f)
        return cp + 80;
    if (cp >= 0x1e00 && cp < 0x1f00)
        return cp | 1; /* Vietnamese and Welsh: capitals are even */
    if (cp >= 0xff21 && cp <= 0xff3a)
        return cp - 0xff21 + 'a';
    return cp;
}

/* For ASCII; bytes that are part of something larger are breaks here, and asked about
 * elsewhere. */
static const uint8_t ascii_kinds[256] = {
    ['0' ... '9'] = KIND_DIGIT, ['A' ... 'Z'] = KIND_LETTER, ['a' ... 'z'] = KIND_LETTER,
    ['\''] = KIND_APOSTROPHE,   ['.'] = KIND_POINT,          [','] = KIND_COMMA,
    ['%'] = KIND_PERCENT,
};

static enum kind kind_of(uint32_t cp)
{
    if (cp == 0x2019 || cp == 0x02bc)
        return KIND_APOSTROPHE;
    switch (wd_word_class(cp) & ~WD_WB_PICTOGRAPHIC) {
    case WD_WB_ALETTER:
    case WD_WB_HEBREW_LETTER:
    case WD_WB_KATAKANA:
        return KIND_LETTER;
    case WD_WB_NUMERIC:
        return KIND_DIGIT;
    case WD_WB_EXTEND:
    case WD_WB_FORMAT:
    case WD_WB_ZWJ:
        return KIND_MARK;
    case WD_WB_OTHER:
        /* Ideographs, kana, Thai and its neighbours: letters to the sentence rules,
         * nothing to the word rules. */
        return wd_sentence_class(cp) == WD_SB_OLETTER ? KIND_ALONE : KIND_BREAK;
    }
    return KIND_BREAK;
}

struct peek {
    uint32_t cp;
    unsigned size;
    enum kind kind;
};

static struct peek peek_far(const char *at)
{
    struct peek p;
    p.cp = wd_utf8_decode(at, &p.size);
    p.kind = kind_of(p.cp);
    return p;
}

static inline struct peek peek_at(const struct wd_folded *words, uint32_t at)
{
    if (at >= words->end)
        return (struct peek){0, 0, KIND_BREAK};
    unsigned char byte = (unsigned char)words->text.data[at];
    if (byte < 0x80)
        return (struct peek){byte, 1, ascii_kinds[byte]};
    return peek_far(words->text.data + at);
}

static inline bool is_capital(uint32_t cp)
{
    return cp < 0x80 ? cp - 'A' < 26u : wd_sentence_class(cp) == WD_SB_UPPER;
}

static void word_add(struct wd_folded_word *word, uint32_t cp)
{
    char bytes[4];
    unsigned size = wd_utf8_encode(cp, bytes);
    if (word->size + size > WD_FOLDED_MAX)
        return;
    memcpy(word->bytes + word->size, bytes, size);
    word->size += size;
}

/* Whether a sign between `last` and `next` vanishes, stays, or ends the word. */
static bool joins(enum kind sign, enum kind last, enum kind next)
{
    bool are_letters = last == KIND_LETTER && next == KIND_LETTER;
    bool are_digits = last == KIND_DIGIT && next == KIND_DIGIT;
    switch (sign) {
    case KIND_APOSTROPHE:
        return are_letters;
    case KIND_POINT:
        return are_letters || are_digits;
    case KIND_COMMA:
        return are_digits;
    default:
        return false;
    }
}

/* The letters and digits of ASCII that come next, which is most of any text. They differ
 * from their small form in one bit, if at all. Returns the kind of the last one. */
static enum kind word_scan_ascii(struct wd_folded *words, struct wd_folded_word *word,
                                 enum kind last)
{
    const unsigned char *text = (const unsigned char *)words->text.data;
    for (; words->at < words->end; words->at++) {
        unsigned char byte = text[words->at];
        enum kind kind = ascii_kinds[byte];
        if (kind != KIND_LETTER && kind != KIND_DIGIT)
            break;
        word->is_number |= kind == KIND_DIGIT;
        if (word->size < WD_FOLDED_MAX)
            word->bytes[word->size++] = (char)(byte | 0x20);
        last = kind;
    }
    return last;
}

/* The rest of a run that begins with a letter or a digit. */
static void word_scan(struct wd_folded *words, struct wd_folded_word *word, struct peek p)
{
    uint32_t after_apostrophe = 0; /* where the letters behind the last one start */
    enum kind last = word_scan_ascii(words, word, p.kind);
    p = peek_at(words, words->at);
    while (p.kind != KIND_BREAK) {
        if (p.kind == KIND_LETTER || p.kind == KIND_DIGIT) {
            word->is_number |= p.kind == KIND_DIGIT;
            word_add(word, fold_letter(p.cp));
            last = p.kind;
        } else if (p.kind != KIND_MARK) {
            struct peek next = peek_at(words, words->at + p.size);
            if (!joins(p.kind, last, next.kind))
                break;
            if (p.kind == KIND_APOSTROPHE)
                after_apostrophe = word->size;
            else if (p.kind == KIND_POINT && last == KIND_DIGIT)
                word_add(word, '.');
        }
        words->at += p.size;
        last = word_scan_ascii(words, word, last);
        p = peek_at(words, words->at);
    }
    if (after_apostrophe && word->size == after_apostrophe + 1 &&
        word->bytes[after_apostrophe] == 's')
        word->size = after_apostrophe;
}

bool wd_folded_next(struct wd_folded *words, struct wd_folded_word *ret_word)
{
    const unsigned char *text = (const unsigned char *)words->text.data;
    while (words->at < words->end && text[words->at] < 0x80 &&
           ascii_kinds[text[words->at]] == KIND_BREAK)
        words->at++;
    struct peek p = peek_at(words, words->at);
    while (words->at < words->end && p.kind != KIND_LETTER && p.kind != KIND_DIGIT &&
           p.kind != KIND_ALONE && p.kind != KIND_PERCENT) {
        words->at += p.size;
        p = peek_at(words, words->at);
    }
    if (words->at >= words->end)
        return false;

    struct wd_folded_word *word = ret_word;
    word->size = 0;
    word->is_number = false;
    word->is_capital = is_capital(p.cp);
    word->span.start = words->at;
    if (p.kind == KIND_PERCENT) {
        memcpy(word->bytes, "percent", 7);
        word->size = 7;
        words->at += p.size;
    } else if (p.kind == KIND_ALONE) {
        word_add(word, p.cp);
        words->at += p.size;
    } else {
        word_scan(words, word, p);
    }
    word->span.end = words->at;
    return true;
}
