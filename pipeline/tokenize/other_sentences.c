/* other_sentences.c -- where sentences end in other languages than English.
 * SPDX-License-Identifier: Apache-2.0
 *
 * UAX #29 knows no words, so it takes the full stops of "Dr. Meier", "ca. 7 Tage", "3.
 * Mai" and "J. Lund" for ends. At each stop it is asked first, and then corrected by the
 * word before the stop and what comes behind it:
 *   - abbreviations, ordinals and initials end none, but some do before a word that
 *     begins sentences (habits.c);
 *   - "?" and "!" end none before a small letter: "Wer?" fragte er;
 *   - a full stop behind a word ends one before a figure ("… gebaut. 1928 wurde …") and
 *     before a dash that begins what somebody says ("… ferdig. - Ja, sier hun");
 *   - a "»" that French sets off closes what stands before it.
 * All of it looks at a bounded stretch around the stop. Signs of other scripts ("。") are
 * left to UAX #29. */
#include "other_sentences.h"

#include "english_chars.h"
#include "uax29_sentences.h"

enum {
    WORD_BYTES_MAX = 24, /* of a word before a stop that is looked at */
    ORDINAL_BYTES_MAX = 2,
    OPENERS_MAX = 3,
    FULL_WORD_BYTES_MIN = 3, /* shorter ones may be abbreviations that no list has */
};

/* ---- around the stop */

static bool is_word_byte(unsigned char c)
{
    return wd_is_alnum(c) || c == '\'' || c >= 0x80;
}

/* What stands behind the last apostrophe, if more than a letter or a capital: "d'A.
 * Lund", "all'art. 4"; but not the "s" of "Lund's". */
static struct wd_str without_article(struct wd_str word)
{
    for (size_t i = word.size; i-- > 1;) {
        size_t size = wd_apostrophe_at(word, i);
        size_t at = i + size;
        if (size > 0 && (word.size - at > 1 || wd_upper_at(word, at)))
            return (struct wd_str){word.data + at, word.size - at};
    }
    return word;
}

/* The letters, digits and inner points before `at`, not past `start`; empty where there
 * are too many. */
static struct wd_str word_before(struct wd_str text, size_t start, size_t at)
{
    size_t from = at;
    while (from > start && at - from <= WORD_BYTES_MAX) {
        unsigned char c = (unsigned char)text.data[from - 1];
        if (!is_word_byte(c) && !(c == '.' && from < at))
            break;
        from--;
    }
    if (at - from > WORD_BYTES_MAX)
        from = at;
    while (from < at && (!wd_utf8_is_start(text.data[from]) ||
                         (!wd_letter_at(text, from) &&
                          !wd_is_digit((unsigned char)text.data[from])))) {
        unsigned size = 1; /* an opening quotation mark, or white space beyond ASCII */
        if (wd_utf8_is_start(text.data[from]))
            (void)wd_utf8_decode(text.data + from, &size);
        from += size;
    }
    return without_article((struct wd_str){text.data + from, at - from});
}

/* Where the first letter or digit stands behind opening marks. */
static size_t skip_openers(struct wd_str text, size_t at)
{
    for (unsigned n = 0;
         n < OPENERS_MAX && at < text.size && !wd_is_alnum(wd_byte_at(text, at)); n++) {
        unsigned size, cls = wd_class_at(text, at);
        if (cls != WD_SB_CLOSE && cls != WD_SB_SP)
            break;
        (void)wd_utf8_decode(text.data + at, &size);
        at += size;
    }
    return at;
}

/* A word that begins sentences stands at `at`; "A." does not, it is an initial. */
static bool is_starter(const struct wd_habits *habits, struct wd_str text, size_t at)
{
    size_t end = at;
    while (end < text.size && end - at <= WORD_BYTES_MAX &&
           (wd_is_alpha((unsigned char)text.data[end]) || wd_letter_at(text, end))) {
        unsigned size;
        (void)wd_utf8_decode(text.data + end, &size);
        end += size;
    }
    return wd_byte_at(text, end) != '.' &&
           wd_list_has(&habits->starters, (struct wd_str){text.data + at, end - at});
}

/* ---- the word before a full stop */

static bool is_letter_alone(struct wd_str word)
{
    unsigned size;
    (void)wd_utf8_decode(word.data, &size);
    return size == word.size && wd_letter_at(word, 0);
}

static bool is_roman(char c)
{
    return c == 'I' || c == 'V' || c == 'X';
}

/* "12", "IV" */
static bool is_number(struct wd_str word)
{
    bool is_digits = wd_is_digit((unsigned char)word.data[0]);
    for (size_t i = 0; i < word.size; i++) {
        if (is_digits ? !wd_is_digit((unsigned char)word.data[i])
                      : !is_roman(word.data[i]))
            return false;
    }
    return !is_digits || word.size <= ORDINAL_BYTES_MAX;
}

/* The full stop behind `word` belongs to it, and what stands at `next` goes on. */
static bool is_abbreviated(const struct wd_habits *habits, struct wd_str text,
                           struct wd_str word, size_t next)
{
    bool is_short = memchr(word.data, '.', word.size) != NULL;
    if (word.size > WD_HABIT_BYTES_MAX)
        return is_short && !is_starter(habits, text, next);
    bool is_small = wd_class_at(word, 0) == WD_SB_LOWER;
    if (is_letter_alone(word) && !is_small)
        return (habits->flags & WD_HABIT_PARTICLES) || !is_starter(habits, text, next);
    if (is_letter_alone(word) && (habits->flags & WD_HABIT_SMALL_INITIALS))
        return true;
    if (wd_list_has(&habits->titles, word))
        return true;
    if (wd_is_digit(wd_byte_at(text, next)) && wd_list_has(&habits->numerals, word))
        return true;
    is_short |= wd_list_has(&habits->shorts, word) ||
                ((habits->flags & WD_HABIT_ORDINALS) && is_number(word));
    return is_short && !is_starter(habits, text, next);
}

/* "3." and no more: the number of an item. */
static bool is_item(struct wd_str text, size_t start, struct wd_str word)
{
    return word.data == text.data + start && is_number(word) &&
           wd_is_digit((unsigned char)word.data[0]);
}

static bool is_listed(const struct wd_habits *habits, struct wd_str word)
{
    return word.size <= WD_HABIT_BYTES_MAX &&
           (wd_list_has(&habits->titles, word) || wd_list_has(&habits->shorts, word) ||
            wd_list_has(&habits->numerals, word));
}

static bool ends_small(struct wd_str word)
{
    size_t at = word.size - 1;
    while (at > 0 && !wd_utf8_is_start(word.data[at]))
        at--;
    return wd_class_at(word, at) == WD_SB_LOWER;
}

/* A word beyond doubt: its last letter is a small one, and it is no abbreviation. */
static bool is_full_word(const struct wd_habits *habits, struct wd_str word)
{
    return word.size >= FULL_WORD_BYTES_MIN && ends_small(word) &&
           !memchr(word.data, '.', word.size) && !is_listed(habits, word);
}

/* ---- the stop */

/* A dash and a capital: somebody begins to speak. */
static bool is_speech(struct wd_str text, size_t at)
{
    size_t size = wd_starts_with(text, at, "\xe2\x80\x93") ||
                          wd_starts_with(text, at, "\xe2\x80\x94")
                      ? 3
                      : wd_byte_at(text, at) == '-';
    return size > 0 && wd_byte_at(text, at + size) == ' ' &&
           wd_upper_at(text, skip_openers(text, at + size + 1));
}

/* UAX #29 does not end the sentence at `stop`; does it end all the same? */
static bool begins_anew(const struct wd_habits *habits, struct wd_str text, size_t start,
                        const struct wd_stop *stop)
{
    size_t next = stop->behind;
    bool is_point = text.data[stop->at] == '.';
    if (next >= text.size || !wd_white_before(text, next))
        return false;
    struct wd_str word = word_before(text, start, stop->at);
    if (is_speech(text, next)) /* also behind "...", ").", "1999." */
        return !is_point || word.size == 0 ||
               (!is_letter_alone(word) && !is_listed(habits, word));
    return is_point && habits->starters.count > 0 && is_full_word(habits, word) &&
           wd_is_digit(wd_byte_at(text, next));
}

/* Behind a "»" that stands between white space at `at`, and the white space; else `at`.
 */
static size_t skip_closer(struct wd_str text, size_t at)
{
    size_t end = at + 2;
    if (!wd_starts_with(text, at, "\xc2\xbb") || !wd_white_before(text, at) ||
        !wd_white_at(text, end))
        return at;
    while (wd_byte_at(text, end) == ' ')
        end++;
    return end;
}

/* What UAX #29 says of the stop, corrected. */
static bool is_end(const struct wd_habits *habits, struct wd_str text, size_t start,
                   struct wd_stop *stop)
{
    char mark = text.data[stop->at];
    if (stop->is_paragraph || (mark != '.' && mark != '!' && mark != '?'))
        return stop->is_end;
    if (!stop->is_end)
        return begins_anew(habits, text, start, stop);
    if (wd_byte_at(text, stop->behind) == 0xc2)
        stop->behind = skip_closer(text, stop->behind);
    size_t next = skip_openers(text, stop->behind);
    if (next >= text.size)
        return true;
    if (wd_class_at(text, next) == WD_SB_LOWER)
        return false;
    struct wd_str word = word_before(text, start, stop->at);
    return mark != '.' || word.size == 0 ||
           !(is_item(text, start, word) || is_abbreviated(habits, text, word, next));
}

bool wd_other_sentence_next(const struct wd_habits *habits, struct wd_cursor *cursor,
                            struct wd_span *ret_sentence)
{
    struct wd_str text = cursor->text;
    struct wd_stop stop = {.behind = cursor->at};

    if (cursor->at >= text.size)
        return false;
    do {
        if (!wd_stop_next(text, cursor->at, stop.behind, &stop)) {
            stop.behind = text.size;
            break;
        }
    } while (!is_end(habits, text, cursor->at, &stop));
    *ret_sentence = (struct wd_span){cursor->at, (uint32_t)stop.behind};
    cursor->at = (uint32_t)stop.behind;
    return true;
}
