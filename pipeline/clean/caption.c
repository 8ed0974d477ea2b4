/* caption.c -- captions that give themselves away by how they speak.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A caption tells what is seen, in the present tense, and when that was: "Jane Doe speaks
 * to reporters at the quay on Feb. 12, 2025." Prose has the one or the other. It says who
 * stands where ("from left", "(right)"). And where its credit has neither bracket nor
 * "Photo", it is a name behind the full stop of the sentence: "The quay in 2023. Jane
 * Doe"; on paper the credit was smaller. */
#include "rules.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "words.h"

enum {
    CAPTION_WORDS_MIN = 5,
    CAPTION_WORDS_MAX = 50,
    VERB_WORDS_MAX = 14, /* who it is comes first */
    SMALL_WORDS_MIN = 3,
    CREDIT_WORDS_MIN = 2,
    CREDIT_WORDS_MAX = 4,
    CREDIT_BYTES_MAX = 60,
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- seen then */

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* The full stop at `at` ends a sentence: no title, no initial and no abbreviation of
 * three letters stands before it. */
static bool is_sentence_end(struct wd_str line, size_t at)
{
    size_t n = 0;
    while (n < at && is_small(line.data[at - 1 - n]))
        n++;
    bool is_year = at >= 4 && wd_ascii_is_digit(line.data[at - 1]) &&
                   wd_ascii_is_digit(line.data[at - 4]);
    return n >= 4 || is_year;
}

static bool is_verb(struct wd_str word)
{
    static const char *const verbs[] = {
        "addresses",    "announces", "arrives", "attends", "celebrates", "gather",
        "gathers",      "gestures",  "holds",   "leaves",  "listens",    "looks",
        "participates", "performs",  "pose",    "poses",   "reacts",     "rides",
        "sits",         "smiles",    "speaks",  "stand",   "stands",     "walk",
        "walks",        "watches",   "waves",
    };
    return wd_word_in(word, verbs, COUNT(verbs));
}

static bool is_speaker(struct wd_str word)
{
    static const char *const speakers[] = {"i", "we", "you"};
    return wd_word_in(word, speakers, COUNT(speakers));
}

/* The word before a day that something was seen on: "on Feb. 12", "in Ostvik, Feb. 12",
 * "Wednesday, Feb. 12". Prose has other ones: what "holds until Dec. 31" is no picture.
 */
static bool leads_to_day(struct wd_str word)
{
    return wd_word_is(word, "on") || wd_word_is_weekday(word) ||
           (word.size && word.data[word.size - 1] == ',');
}

/* A year of this century, as a word: a quick look before the slow one. */
static bool has_year(struct wd_str line)
{
    const char *p = line.data, *end = p + line.size;
    while ((p = memchr(p, '2', (size_t)(end - p))) != NULL) {
        if (p > line.data && p[-1] == ' ' && end - p >= 4 && p[1] == '0' &&
            wd_ascii_is_digit(p[2]) && wd_ascii_is_digit(p[3]))
            return true;
        p++;
    }
    return false;
}

/* What is seen, and behind it in the same sentence when: "Feb. 12, 2025", "12 February
 * 2025". */
static bool is_seen_then(struct wd_str line)
{
    struct wd_str word, before = {0};
    bool is_seen = false, is_led_to = false;
    unsigned run = 0; /* words of the date so far */
    if (!has_year(line))
        return false;
    for (unsigned n = 0; wd_words_next(&line, &word); n++) {
        bool is_number = wd_word_is_day_or_year(word);
        if (n < VERB_WORDS_MAX && is_speaker(word))
            return false;
        if (run == 0)
            is_led_to = leads_to_day(before);
        if (is_seen && is_led_to && run >= 2 && is_number && word.size >= 4)
            return true;
        run = is_number || wd_word_is_month(word) ? run + 1 : 0;
        is_seen |= n < VERB_WORDS_MAX && is_verb(word);
        if (word.data[word.size - 1] == '.' && is_sentence_end(word, word.size - 1))
            is_seen = false;
        before = word;
    }
    return false;
}

/* ---- who stands where */

/* Behind a bracket or a comma. */
static bool is_place(struct wd_str rest)
{
    static const struct wd_str places[] = {
        {"(left)", 6},        {"(right)", 7},       {"(center)", 8},
        {"(centre)", 8},      {"(pictured", 9},     {"(from left", 10},
        {", from left:", 12}, {", from left,", 12}, {", from left to ", 15},
        {", left, and ", 12}, {"(clockwise", 10},   {", clockwise ", 12},
    };
    for (size_t i = 0; i < COUNT(places); i++) {
        if (rest.size >= places[i].size &&
            memcmp(rest.data, places[i].data, places[i].size) == 0)
            return true;
    }
    return false;
}

/* The letter with which a place begins, as far as one may. */
static bool may_be_place(char first)
{
    return first == 'l' || first == 'f' || first == 'c' || first == 'r' || first == 'p';
}

static bool has_place_behind(struct wd_str line, char mark)
{
    const char *p = line.data, *end = p + line.size;
    size_t skip = mark == ',' ? 2 : 1; /* a comma has a blank behind it */
    while ((p = memchr(p, mark, (size_t)(end - p))) != NULL) {
        if ((size_t)(end - p) > skip && may_be_place(p[skip]) &&
            is_place((struct wd_str){p, (size_t)(end - p)}))
            return true;
        p++;
    }
    return false;
}

static bool has_places(struct wd_str line)
{
    const struct wd_str from_left = WD_STR("From left");
    return has_place_behind(line, '(') || has_place_behind(line, ',') ||
           (line.size > from_left.size &&
            memcmp(line.data, from_left.data, from_left.size) == 0);
}

/* ---- the name behind the full stop */

/* "Jane Doe", "Jane Doe for The Star": capitals, and what joins them. */
static bool is_name(struct wd_str str)
{
    static const char *const joints[] = {"for", "of", "the", "and", "de", "van"};
    struct wd_str word;
    unsigned n_capital = 0, n = 0, size;
    if (str.size == 0 || wd_letter_of(wd_utf8_decode(str.data, &size)) != WD_LETTER_UPPER)
        return false; /* "—Jane Doe" signs what she wrote */
    for (; wd_words_next(&str, &word); n++) {
        bool is_capital = wd_word_is_capital(word);
        if (!is_capital && (n == 0 || !wd_word_in(word, joints, COUNT(joints))))
            return false;
        n_capital += is_capital;
    }
    return n_capital >= CREDIT_WORDS_MIN &&
           n_capital <= CREDIT_WORDS_MAX + (n > n_capital);
}

/* More than names: a row of a list has few small words. */
static bool is_told(struct wd_str str)
{
    struct wd_str word;
    unsigned n_small = 0;
    while (wd_words_next(&str, &word))
        n_small += is_small(word.data[0]);
    return n_small >= SMALL_WORDS_MIN;
}

/* Where the credit begins; line.size when there is none. */
static size_t find_bare_credit(struct wd_str line)
{
    size_t least = line.size > CREDIT_BYTES_MAX ? line.size - CREDIT_BYTES_MAX : 1;
    for (size_t at = line.size - 1; at-- > least;) {
        if (line.data[at] != '.')
            continue;
        size_t start = at + 1;
        while (start < line.size && line.data[start] == ' ')
            start++;
        struct wd_str name = {line.data + start, line.size - start};
        bool is_found = is_sentence_end(line, at) && is_name(name) &&
                        is_told((struct wd_str){line.data, at});
        return is_found ? start : line.size;
    }
    return line.size;
}

bool wd_rule_caption(struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    struct wd_str text = wd_proof_line(proof, i);
    const unsigned never = WD_LINE_QUOTE | WD_LINE_COLON | WD_LINE_BULLET;

    if (line->n_words < CAPTION_WORDS_MIN || line->n_words > CAPTION_WORDS_MAX ||
        (line->flags & never) != 0)
        return false;
    size_t credit = line->flags & WD_LINE_STOP ? text.size : find_bare_credit(text);
    bool is_dated = (line->flags & WD_LINE_DIGIT) != 0 && is_seen_then(text);
    if (credit == text.size && !is_dated && !has_places(text))
        return false;
    wd_proof_drop(proof, i, WD_FURNITURE_CAPTION, false);
    if (credit < text.size) {
        proof->fates[i].tail_start = line->span.start + (uint32_t)credit;
        proof->fates[i].tail_kind = WD_FURNITURE_CREDIT;
    }
    return true;
}
