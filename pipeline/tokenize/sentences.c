/* sentences.c -- where English sentences end.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Asked only between a terminator (with the quotes and brackets closed behind it) and the
 * token that follows, with both in hand, so the answer needs no look at the rest:
 *   - a full stop of its own ends the sentence, but before a small letter;
 *   - a full stop that belongs to an abbreviation ends it only before a word that begins
 *     sentences ("The", "He") and, for titles and initials, never;
 *   - "?" and "!" inside a quotation do not end it before "Smith asked";
 *   - an ellipsis ends it before a capital.
 * UAX #29 breaks after every abbreviation before a capital, which is wrong for each
 * "Mr. Smith"; statistical splitters learn the lists below from less news than an editor
 * has read. */
#include "sentences.h"

#include "english_chars.h"
#include "english_lists.h"
#include "wiredesk/text.h"

static bool is_empty(struct wd_span tok)
{
    return tok.start == tok.end;
}

static bool is_ellipsis(struct wd_str word)
{
    if (word.data[0] == '.')
        return word.size >= 2 && word.data[1] == '.';
    return word.data[0] == '\xe2' && word.size >= 3 &&
           memcmp(word.data, "\xe2\x80\xa6", 3) == 0;
}

/* Closes a quotation or a bracket when nothing but it stands between. U+2019 too. */
static bool is_closer(struct wd_str word)
{
    switch (word.data[0]) {
    case '"':
    case ')':
    case ']':
    case '}':
        return word.size == 1;
    case '\'':
        return word.size == 1 || wd_str_equal(word, WD_STR("\'\'"));
    case '\xe2':
        return wd_str_equal(word, WD_STR("\xe2\x80\x9d")) ||
               wd_str_equal(word, WD_STR("\xe2\x80\x99"));
    case '\xc2':
        return wd_str_equal(word, WD_STR("\xc2\xbb"));
    default:
        return false;
    }
}

/* :-) and the like: they close a sentence as a full stop does. */
static bool is_emoticon(struct wd_str word)
{
    char eyes = word.data[0], mouth = word.data[word.size - 1];
    return word.size >= 2 && word.size <= 4 &&
           (eyes == ':' || eyes == ';' || eyes == '=') &&
           (mouth == '(' || mouth == ')' || mouth == 'D' || mouth == 'P' || mouth == 'p');
}

/* "======": rules between parts of a message. */
static bool is_rule(struct wd_str word)
{
    return word.size >= 8 && memchr("=_-*#~+", word.data[0], 7) &&
           word.data[0] == word.data[word.size - 1] && word.data[0] == word.data[1];
}

static bool is_mark(struct wd_str word, unsigned flags)
{
    char last = word.data[word.size - 1];
    return (flags & WD_TOKEN_ABBREVIATION) || last == '!' || last == '?' ||
           (word.data[0] == '.' && last == '.') || is_ellipsis(word) ||
           is_emoticon(word) || is_rule(word);
}

/* "Best regards," and the name comes: the comma ends a sentence of a letter. */
static bool is_farewell(const struct wd_ending *ending, struct wd_str text,
                        struct wd_str word)
{
    static const char *const words[] = {"cheers", "regards", "sincerely", "thanks",
                                        "thx"};
    const struct wd_word_list list = {words, sizeof(words) / sizeof(words[0])};
    char room[WD_FOLD_SIZE];
    return word.data[0] == ',' && ending->last.end - ending->start <= WD_FAREWELL_BYTES &&
           wd_list_has(&list, wd_english_fold(wd_span_of(text, ending->last), room));
}

/* "(Reuters)" before the first sentence of an item. */
static bool is_source(const struct wd_ending *ending, struct wd_str text,
                      struct wd_span tok)
{
    struct wd_str so_far = {text.data + ending->start, tok.end - ending->start};
    return so_far.data[0] == '(' && so_far.size <= 32 && so_far.size > 3 &&
           wd_is_upper((unsigned char)so_far.data[1]) &&
           memchr(so_far.data, ')', so_far.size) == so_far.data + so_far.size - 1;
}

static bool is_figure_with(struct wd_str word, char sign, unsigned n)
{
    unsigned count = 0;
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] == sign)
            count++;
        else if (!wd_is_digit((unsigned char)word.data[i]))
            return false;
    }
    return count >= n;
}

/* A date, then a time, then perhaps AM or PM: the stamp over a message. */
static unsigned stamp_after(unsigned stamp, struct wd_str word)
{
    if (word.size > 10 ||
        (stamp == 0 && !wd_is_digit((unsigned char)word.data[0]) && word.data[0] != '/'))
        return 0;
    if (is_figure_with(word, '/', 2))
        return 1;
    if (stamp == 1 && is_figure_with(word, ':', 1))
        return 2;
    bool is_half = stamp == 2 &&
                   (wd_str_equal(word, WD_STR("AM")) || wd_str_equal(word, WD_STR("PM")));
    return is_half ? 3 : 0;
}

/* French has a blank before "»", which then closes; glued to a word it opens in German.
 */
static bool is_set_off(struct wd_str text, struct wd_span tok)
{
    return wd_str_equal(wd_span_of(text, tok), WD_STR("\xc2\xbb")) &&
           (tok.end >= text.size || wd_white_at(text, tok.end));
}

void wd_ending_add_slow(struct wd_ending *ending, struct wd_str text, struct wd_span tok,
                        uint16_t flags)
{
    struct wd_str word = wd_span_of(text, tok);
    bool is_glued = ending->last.end == tok.start || is_set_off(text, tok);
    bool is_word = wd_is_alnum((unsigned char)word.data[0]) &&
                   wd_is_alnum((unsigned char)word.data[word.size - 1]);

    ending->stamp = (uint8_t)stamp_after(ending->stamp, word);

    if (!is_word && !is_empty(ending->mark) && is_glued && is_closer(word)) {
        wd_ending_pass(ending, tok, flags);
    } else if (ending->stamp == 3 ||
               (!is_word && (is_mark(word, flags) || is_farewell(ending, text, word) ||
                             (word.data[0] == ')' && is_source(ending, text, tok))))) {
        wd_ending_mark(ending, tok, flags);
    } else {
        ending->before = ending->mark = (struct wd_span){0};
        ending->before_flags = ending->mark_flags = 0;
        wd_ending_pass(ending, tok, flags);
    }
}

/* The word itself, or the one behind an opening quote or bracket. */
static struct wd_str first_word(struct wd_str text, size_t at)
{
    for (unsigned steps = 0;
         steps < 3 && at < text.size && !wd_letter_at(text, at) && !wd_white_at(text, at);
         steps++) {
        unsigned size;
        (void)wd_utf8_decode(text.data + at, &size);
        at += size;
    }
    struct wd_str word = wd_english_lookup(text, at);
    if (word.size == 1 && wd_byte_at(text, at + 1) == '.')
        word.size = 0; /* an initial, not the word "A" or "I" */
    return word;
}

static struct wd_str word_behind(struct wd_str text, struct wd_str word)
{
    size_t at = (size_t)(word.data - text.data) + word.size;
    while (wd_byte_at(text, at) == ' ')
        at++;
    return first_word(text, at);
}

/* ?" Smith asked. · !” the mayor said. */
static bool is_attribution(struct wd_str text, struct wd_str word)
{
    for (unsigned i = 0; i < 4 && word.size; i++) {
        if (wd_list_has(&wd_english_speech, word))
            return true;
        word = word_behind(text, word);
    }
    return false;
}

static bool is_time_word(struct wd_str word)
{
    static const char *const words[] = {
        "AEST",      "April",   "August",   "BST",     "CDT",     "CEST",      "CET",
        "CST",       "Central", "December", "EDT",     "EST",     "ET",        "Eastern",
        "February",  "Fri",     "Friday",   "GMT",     "January", "July",      "June",
        "MDT",       "MST",     "MT",       "March",   "May",     "Monday",    "Mountain",
        "November",  "October", "PDT",      "PST",     "PT",      "Pacific",   "Saturday",
        "September", "Sunday",  "Thursday", "Tuesday", "UTC",     "Wednesday",
    };
    const struct wd_word_list list = {words, sizeof(words) / sizeof(words[0])};
    return wd_list_has(&list, word);
}

/* After "U.S.", "Inc.", "p.m.": only a word that begins sentences tells. */
static bool abbreviation_ends(struct wd_str abbreviation, struct wd_str text,
                              struct wd_span next)
{
    struct wd_str stem = {abbreviation.data, abbreviation.size - 1};
    if (stem.size == 1 || wd_str_equal(stem, WD_STR("P.S")))
        return false; /* an initial: the word layer has looked at what follows */
    if (stem.data[1] != '.' && (wd_list_has(&wd_english_titles, stem) ||
                                wd_list_has(&wd_english_numerals, stem)))
        return false;
    struct wd_str word = first_word(text, next.start);
    if (wd_str_equal(stem, WD_STR("a.m")) || wd_str_equal(stem, WD_STR("p.m")))
        return !is_time_word(word);
    if (wd_str_equal(stem, WD_STR("etc")) || wd_str_equal(stem, WD_STR("ect")))
        return true;
    return wd_list_has(&wd_english_starters, word);
}

/* "Image: Jane Doe" glued to a caption: the credit is a sentence of its own. */
static bool is_credit(struct wd_str text, struct wd_span next)
{
    static const char *const labels[] = {"Credit", "Image", "Photo", "Photograph",
                                         "Picture"};
    const struct wd_word_list list = {labels, sizeof(labels) / sizeof(labels[0])};
    return wd_byte_at(text, next.end + 1) == ' ' &&
           wd_list_has(&list, wd_span_of(text, next));
}

static bool is_address(struct wd_str text, struct wd_span tok)
{
    struct wd_str word = wd_span_of(text, tok);
    return word.size > 8 && memcmp(word.data, "http", 4) == 0 &&
           (memcmp(word.data + 4, "://", 3) == 0 ||
            memcmp(word.data + 4, "s://", 4) == 0);
}

/* What cannot begin a sentence: a further mark, a closing bracket, the dash before the
 * name that a quotation is ascribed to. */
static bool is_tail(const struct wd_ending *ending, struct wd_str text,
                    struct wd_span next)
{
    struct wd_str word = wd_span_of(text, next);
    bool is_dash = false;
    switch ((unsigned char)word.data[0]) {
    case ',':
    case ')':
    case ']':
        return word.size == 1;
    case ':':
    case ';':
    case '=':
        return is_emoticon(word);
    case '.':
        return word.size == 1 || is_ellipsis(word);
    case '-':
        is_dash = word.size == 1 || wd_str_equal(word, WD_STR("--"));
        break;
    case 0xc2:
        return is_set_off(text, next);
    case 0xe2:
        if (is_ellipsis(word))
            return true;
        is_dash = wd_str_equal(word, WD_STR("\xe2\x80\x93")) ||
                  wd_str_equal(word, WD_STR("\xe2\x80\x94"));
        break;
    default:
        break;
    }
    return is_dash && ending->last.end != ending->mark.end;
}

/* A small letter after a mark: the writer's habit, or no end at all. */
static bool small_letter_ends(const struct wd_ending *ending, struct wd_str text)
{
    struct wd_str mark = wd_span_of(text, ending->mark);
    if ((ending->mark_flags & WD_TOKEN_ABBREVIATION) || is_ellipsis(mark) ||
        is_emoticon(mark) || ending->last.end != ending->mark.end)
        return false;
    if (mark.data[0] == '!')
        return !(ending->before_flags & WD_TOKEN_CAPITALISED); /* Yahoo! and others */
    struct wd_str before = wd_span_of(text, ending->before);
    return before.size > 1 || (before.size == 1 && is_closer(before));
}

/* "1.", "12.", "Q.", "A." and no more: the number of an item, who speaks. */
static bool is_item_mark(const struct wd_ending *ending, struct wd_str text)
{
    struct wd_span mark = ending->mark;
    struct wd_str all = {text.data + ending->start, mark.end - ending->start};
    if (ending->last.end != mark.end || all.size < 2 || all.size > WD_ITEM_BYTES ||
        all.data[all.size - 1] != '.')
        return false;
    for (size_t i = 0; i + 1 < all.size; i++) {
        if (!wd_is_digit((unsigned char)all.data[i]))
            return all.size == 2 && (all.data[0] == 'Q' || all.data[0] == 'A');
    }
    return true;
}

bool wd_ending_is_end_slow(const struct wd_ending *ending, struct wd_str text,
                           struct wd_span next, uint16_t flags)
{
    if (is_empty(ending->last) || (flags & WD_TOKEN_CLITIC))
        return false;
    if (wd_byte_at(text, next.end) == ':' && is_credit(text, next))
        return true;
    if (text.data[next.start] == 'h' && is_address(text, next) &&
        is_address(text, ending->last))
        return true; /* a list of links */
    if (is_empty(ending->mark) || is_tail(ending, text, next) ||
        is_item_mark(ending, text))
        return false;

    bool is_glued = ending->last.end == next.start;
    bool has_closer = ending->last.end != ending->mark.end;
    if (is_glued && (has_closer || is_closer(wd_span_of(text, next))))
        return false;

    struct wd_str mark = wd_span_of(text, ending->mark);
    struct wd_str word = first_word(text, next.start);
    size_t at = (size_t)(word.data - text.data);
    bool is_capital = wd_upper_at(text, at);

    if (is_glued) /* a space was lost */
        return is_capital && !(ending->mark_flags & WD_TOKEN_ABBREVIATION) &&
               memchr(".!?", mark.data[0], 3);
    if (ending->stamp == 3)
        return true;
    if (mark.data[0] == ',' || mark.data[0] == ')')
        return is_capital; /* a farewell, a source */
    if (wd_class_at(text, at) == WD_SB_LOWER)
        return small_letter_ends(ending, text);
    if (ending->mark_flags & WD_TOKEN_ABBREVIATION)
        return is_capital && abbreviation_ends(mark, text, next);
    if (is_ellipsis(mark))
        return is_capital;
    if (mark.data[0] != '.' && has_closer)
        return !is_attribution(text, word);
    return true;
}
