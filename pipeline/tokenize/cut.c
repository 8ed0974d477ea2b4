/* cut.c -- tokens and sentences of one part of a text, from the exact Unicode segments.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Words decide: where a sentence boundary of UAX #29 falls inside a word of UAX #29 (it
 * can, after a point between two letters without case) the sentence goes on. */
#include "wiredesk/text.h"

#include "english.h"
#include "english_chars.h"
#include "other_sentences.h"
#include "sentences.h"
#include "wiredesk/status.h"

/* White space stands only at the start of a segment; marks may follow it there. */
static struct wd_span without_white(struct wd_str text, struct wd_span word)
{
    while (word.start < word.end && wd_white_at(text, word.start)) {
        unsigned size;
        (void)wd_utf8_decode(text.data + word.start, &size);
        word.start += size;
    }
    return word;
}

/* Signs that Unicode calls symbols, not punctuation, as far as news has them. */
static bool is_symbol(uint32_t cp)
{
    static const bool ascii[128] = {
        ['$'] = true, ['+'] = true, ['<'] = true, ['='] = true, ['>'] = true,
        ['^'] = true, ['`'] = true, ['|'] = true, ['~'] = true,
    };
    if (cp < 0x80)
        return ascii[cp];
    if (cp < 0x2000)
        return cp != 0xa1 && cp != 0xa7 && cp != 0xab && cp != 0xb6 && cp != 0xb7 &&
               cp != 0xbb && cp != 0xbf;
    if (cp < 0x2070)
        return cp == 0x2044 || cp == 0x2052;
    unsigned cls = wd_sentence_class(cp);
    return cls != WD_SB_CLOSE && cls != WD_SB_STERM && cls != WD_SB_ATERM &&
           cls != WD_SB_SCONTINUE && (cp < 0x3001 || cp > 0x303d);
}

static enum wd_token_kind kind_by_letters(struct wd_str text, struct wd_span word)
{
    enum wd_token_kind kind = WD_TOKEN_PUNCT;
    unsigned size;

    for (uint32_t at = word.start; at < word.end; at += size) {
        uint32_t cp = wd_utf8_decode(text.data + at, &size);
        switch (wd_sentence_class(cp)) {
        case WD_SB_LOWER:
        case WD_SB_UPPER:
        case WD_SB_OLETTER:
            return WD_TOKEN_WORD;
        case WD_SB_NUMERIC:
            kind = WD_TOKEN_NUMBER;
            break;
        default:
            if (at == word.start && is_symbol(cp))
                kind = WD_TOKEN_SYMBOL;
        }
    }
    return kind;
}

/* What most tokens are is told by their first byte. */
static enum wd_token_kind kind_of(struct wd_str text, struct wd_span word)
{
    unsigned char first = (unsigned char)text.data[word.start];
    if (wd_is_alpha(first))
        return WD_TOKEN_WORD;
    if (first < 0x80 && word.end - word.start == 1)
        return wd_is_digit(first) ? WD_TOKEN_NUMBER
               : is_symbol(first) ? WD_TOKEN_SYMBOL
                                  : WD_TOKEN_PUNCT;
    return kind_by_letters(text, word);
}

struct cut {
    struct wd_str text; /* up to the end of the part, so that nothing looks past it */
    struct wd_str whole;
    const struct wd_cut_sink *sink;
    struct wd_span sentence; /* the tokens since the last end; empty: none */
};

static inline int emit_token(struct cut *cut, struct wd_span span, uint16_t flags)
{
    const struct wd_token tok = {
        .span = span,
        .kind = (uint8_t)kind_of(cut->text, span),
        .is_spaced = span.end < cut->whole.size && wd_white_at(cut->whole, span.end),
        .flags = flags,
    };
    if (cut->sentence.start == cut->sentence.end)
        cut->sentence.start = span.start;
    cut->sentence.end = span.end;
    return cut->sink->token(cut->sink->user, &tok);
}

static int end_sentence(struct cut *cut)
{
    struct wd_span sentence = cut->sentence;
    if (sentence.start == sentence.end)
        return WD_OK;
    cut->sentence.start = cut->sentence.end;
    return cut->sink->sentence(cut->sink->user, sentence);
}

/* Where the next narrow no-break space stands from `at` on. U+202F is the one white space
 * that UAX #29 puts inside words (French writes 10 000 with it); tokens hold none, so the
 * text is cut into words piece by piece, between them. */
#define NARROW      "\xe2\x80\xaf"
#define NARROW_SIZE 3

static size_t piece_end(struct wd_str text, size_t at)
{
    const char *end = text.data + text.size;
    for (const char *p = text.data + at; p < end; p++) {
        /* Its last byte is the rarest. */
        p = memchr(p, (unsigned char)NARROW[NARROW_SIZE - 1], (size_t)(end - p));
        if (!p)
            break;
        size_t before = (size_t)(p - text.data) - at;
        if (before + 1 >= NARROW_SIZE &&
            memcmp(p - (NARROW_SIZE - 1), NARROW, NARROW_SIZE) == 0)
            return (size_t)(p - text.data) - (NARROW_SIZE - 1);
    }
    return text.size;
}

/* Any language: the words of UAX #29, its sentences by the language's habits. */
static int cut_plain(struct cut *cut, size_t start, const struct wd_habits *habits)
{
    struct wd_cursor sentences = {cut->text, (uint32_t)start};
    struct wd_span word, sentence = {sentences.at, sentences.at};
    int r = WD_OK;

    for (size_t at = start; r == WD_OK && at < cut->text.size;) {
        size_t end = piece_end(cut->text, at);
        struct wd_cursor words = {{cut->text.data, end}, (uint32_t)at};
        while (r == WD_OK && wd_word_next(&words, &word)) {
            if (sentence.end <= word.start)
                r = end_sentence(cut);
            while (sentence.end < word.end &&
                   wd_other_sentence_next(habits, &sentences, &sentence))
                ;
            word = without_white(cut->text, word);
            if (r == WD_OK && word.start < word.end)
                r = emit_token(cut, word, 0);
        }
        at = end + NARROW_SIZE;
    }
    return r;
}

static int cut_english(struct cut *cut, size_t start)
{
    struct wd_english eng = {.text = cut->text};
    struct wd_ending ending = {0};
    bool line_ended = false;
    int r = WD_OK;

    for (size_t at = start; r == WD_OK && at < cut->text.size;) {
        eng.text.size = piece_end(cut->text, at);
        eng.at = at;
        while (r == WD_OK && wd_english_next(&eng)) {
            struct wd_span span = {(uint32_t)eng.start, (uint32_t)eng.at};
            line_ended |= eng.is_new_line;
            if (line_ended || (wd_ending_is_open(&ending, cut->text, span) &&
                               wd_ending_is_end(&ending, cut->text, span, eng.flags))) {
                r = end_sentence(cut);
                ending = (struct wd_ending){0};
                line_ended = false;
            }
            wd_ending_add(&ending, cut->text, span, eng.flags);
            if (r == WD_OK)
                r = emit_token(cut, span, eng.flags);
        }
        line_ended |= eng.is_new_line;
        at = eng.text.size + NARROW_SIZE;
    }
    return r;
}

/* Text whose language nobody could tell is short: a headline, a flash. It is cut as
 * English, which leaves the words of other languages alone. */
static bool is_english(struct wd_str language)
{
    return wd_str_equal(language, WD_STR("en")) ||
           wd_str_equal(language, WD_STR("und")) ||
           (language.size > 2 && memcmp(language.data, "en-", 3) == 0);
}

int wd_cut(struct wd_str text, struct wd_span part, struct wd_str language,
           const struct wd_cut_sink *sink)
{
    struct cut cut = {{text.data, part.end}, text, sink, {0}};
    int r = is_english(language) ? cut_english(&cut, part.start)
                                 : cut_plain(&cut, part.start, wd_habits_of(language));
    return r == WD_OK ? end_sentence(&cut) : r;
}

size_t wd_text_valid(struct wd_str text)
{
    return wd_utf8_valid_prefix(text);
}

uint32_t wd_text_point(struct wd_str text, size_t *at)
{
    return wd_utf8_next(text, at, WD_REPLACEMENT);
}
