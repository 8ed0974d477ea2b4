/* words.c -- looks at one word.
 * SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include "base/lanes.h"
#include "base/utf8.h"
#include "space.h"

enum wd_letter wd_letter_of(uint32_t cp)
{
    if (cp < 0x80) {
        if (cp >= 'a' && cp <= 'z')
            return WD_LETTER_LOWER;
        if (cp >= 'A' && cp <= 'Z')
            return WD_LETTER_UPPER;
        return cp >= '0' && cp <= '9' ? WD_LETTER_DIGIT : WD_LETTER_NONE;
    }
    if (cp < 0xc0 || cp == 0xd7 || cp == 0xf7)
        return WD_LETTER_NONE;
    if (cp <= 0xde)
        return WD_LETTER_UPPER;
    if (cp <= 0xff)
        return WD_LETTER_LOWER;
    if (cp <= 0x24f) /* Latin Extended: capitals and small letters take turns */
        return cp & 1 ? WD_LETTER_LOWER : WD_LETTER_UPPER;
    if ((cp >= 0x391 && cp <= 0x3ab) || (cp >= 0x400 && cp <= 0x42f))
        return WD_LETTER_UPPER;
    if ((cp >= 0x2000 && cp <= 0x2bff) || (cp >= 0x3000 && cp <= 0x303f) ||
        (cp >= 0xff00 && cp <= 0xff0f))
        return WD_LETTER_NONE; /* punctuation and symbols */
    return WD_LETTER_LOWER;
}

/* Past the bytes at `p` that are ASCII and no white space. */
static const char *skip_plain(const char *p, const char *end)
{
    unsigned n = WD_CHUNK;
    for (; n == WD_CHUNK; p += n) {
        uint64_t chunk = wd_chunk_read(p, (size_t)(end - p));
        uint64_t plain = wd_lanes_in(chunk & ~WD_LANES(0x80), 0x21, 0x7e) & ~chunk;
        n = wd_lanes_first(~plain & WD_LANES(0x80));
    }
    return p;
}

bool wd_words_next(struct wd_str *rest, struct wd_str *ret_word)
{
    const char *p = rest->data, *end = p + rest->size;
    unsigned size;

    while (p < end && wd_space_at(p, end, &size) != WD_SPACE_NONE)
        p += size;
    const char *word = p;
    while (p < end) {
        p = skip_plain(p, end);
        if (p == end || wd_space_at(p, end, &size) != WD_SPACE_NONE)
            break;
        (void)wd_utf8_decode(p, &size);
        p += size;
    }
    *rest = (struct wd_str){p, (size_t)(end - p)};
    *ret_word = (struct wd_str){word, (size_t)(p - word)};
    return p > word;
}

bool wd_word_is_capital(struct wd_str word)
{
    unsigned size;
    for (size_t i = 0; i < word.size; i += size) {
        enum wd_letter letter = wd_letter_of(wd_utf8_decode(word.data + i, &size));
        if (letter != WD_LETTER_NONE)
            return letter == WD_LETTER_UPPER;
    }
    return false;
}

bool wd_word_is_shouted(struct wd_str word)
{
    unsigned size, n_upper = 0;
    for (size_t i = 0; i < word.size; i += size) {
        enum wd_letter letter = wd_letter_of(wd_utf8_decode(word.data + i, &size));
        if (letter == WD_LETTER_LOWER)
            return false;
        n_upper += letter == WD_LETTER_UPPER;
    }
    return n_upper >= 2;
}

bool wd_word_is_start(struct wd_str word)
{
    if (word.size == 0)
        return false;
    unsigned size;
    uint32_t cp = wd_utf8_decode(word.data, &size);
    enum wd_letter letter = wd_letter_of(cp);
    return letter == WD_LETTER_UPPER || letter == WD_LETTER_DIGIT || cp == '"' ||
           cp == '\'' || cp == '$' || cp == '[' || cp == 0x20ac || cp == 0xa3 ||
           (cp >= 0x2018 && cp <= 0x201f) || cp == 0xab;
}

static inline char small_of(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* `word` is a beginning of `name` (small ASCII letters), case aside. */
static inline bool is_same(struct wd_str word, const char *name)
{
    for (size_t i = 0; i < word.size; i++) {
        if (small_of(word.data[i]) != name[i])
            return false; /* also where `name` ends */
    }
    return true;
}

static bool is_outer_mark(char c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '(' || c == ')';
}

static struct wd_str bare(struct wd_str word)
{
    while (word.size > 0 && is_outer_mark(word.data[word.size - 1]))
        word.size--;
    while (word.size > 0 && is_outer_mark(word.data[0])) {
        word.data++;
        word.size--;
    }
    return word;
}

bool wd_word_is(struct wd_str word, const char *name)
{
    word = bare(word);
    return is_same(word, name) && name[word.size] == '\0';
}

bool wd_word_in(struct wd_str word, const char *const *names, size_t n)
{
    word = bare(word);
    if (word.size == 0)
        return false;
    char first = small_of(word.data[0]);
    for (size_t i = 0; i < n; i++) {
        if (names[i][0] == first && is_same(word, names[i]) &&
            names[i][word.size] == '\0')
            return true;
    }
    return false;
}

bool wd_word_has_lower(struct wd_str word)
{
    unsigned size;
    for (size_t i = 0; i < word.size; i += size) {
        if (wd_letter_of(wd_utf8_decode(word.data + i, &size)) == WD_LETTER_LOWER)
            return true;
    }
    return false;
}

static bool is_after_clock(struct wd_str rest)
{
    return wd_word_is(rest, "am") || wd_word_is(rest, "pm") || wd_word_is(rest, "a.m") ||
           wd_word_is(rest, "p.m") || wd_word_is(rest, "h") || wd_word_is(rest, "st") ||
           wd_word_is(rest, "nd") || wd_word_is(rest, "rd") || wd_word_is(rest, "th") ||
           wd_word_is(rest, "m");
}

bool wd_word_is_clock(struct wd_str word)
{
    size_t n_digits = 0;
    word = bare(word);
    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        if (c >= '0' && c <= '9')
            n_digits++;
        else if (!strchr(":./-", c))
            return n_digits > 0 &&
                   is_after_clock((struct wd_str){word.data + i, word.size - i});
    }
    return n_digits > 0 && word.size > 0;
}

#define INITIAL(letter) (UINT32_C(1) << ((letter) - 'a'))

/* `word` is one of `names`, or a beginning of it of three letters or more. `initials` are
 * those of `names`. */
static bool is_cut_of(struct wd_str word, uint32_t initials, const char *const *names,
                      size_t n)
{
    word = bare(word);
    if (word.size < 3)
        return false;
    char first = small_of(word.data[0]);
    if (first < 'a' || first > 'z' || !(initials >> (first - 'a') & 1))
        return false; /* most words */
    for (size_t i = 0; i < n; i++) {
        if (names[i][0] == first && is_same(word, names[i]))
            return true;
    }
    return false;
}

bool wd_word_is_month(struct wd_str word)
{
    static const char *const months[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december",
    };
    const uint32_t initials = INITIAL('a') | INITIAL('d') | INITIAL('f') | INITIAL('j') |
                              INITIAL('m') | INITIAL('n') | INITIAL('o') | INITIAL('s');
    return is_cut_of(word, initials, months, sizeof(months) / sizeof(months[0]));
}

bool wd_word_is_weekday(struct wd_str word)
{
    static const char *const days[] = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    };
    const uint32_t initials =
        INITIAL('f') | INITIAL('m') | INITIAL('s') | INITIAL('t') | INITIAL('w');
    return is_cut_of(word, initials, days, sizeof(days) / sizeof(days[0]));
}

bool wd_word_is_job(struct wd_str word)
{
    static const char *const jobs[] = {
        "writer",         "writers", "reporter",     "reporters",  "correspondent",
        "correspondents", "editor",  "columnist",    "journalist", "producer",
        "contributor",    "critic",  "photographer", "fellow",
    };
    return wd_word_in(word, jobs, sizeof(jobs) / sizeof(jobs[0]));
}

bool wd_word_is_day_or_year(struct wd_str word)
{
    unsigned value = 0;
    size_t i = 0;
    while (i < word.size && i < 4 && word.data[i] >= '0' && word.data[i] <= '9')
        value = value * 10 + (unsigned)(word.data[i++] - '0');
    if (i == 0)
        return false;
    struct wd_str rest = {word.data + i, word.size - i};
    bool is_bare = rest.size == 0 || wd_str_equal(rest, WD_STR(".")) ||
                   wd_str_equal(rest, WD_STR(","));
    bool is_ordinal =
        rest.size == 2 &&
        (memcmp(rest.data, "st", 2) == 0 || memcmp(rest.data, "nd", 2) == 0 ||
         memcmp(rest.data, "rd", 2) == 0 || memcmp(rest.data, "th", 2) == 0);
    if (value >= 1 && value <= 31 && i <= 2)
        return is_bare || is_ordinal;
    return value >= 1900 && value <= 2099 && is_bare;
}

bool wd_words_end_in_ticker(struct wd_str line)
{
    enum { TICKER_BYTES_MAX = 12 };
    size_t start = line.size > TICKER_BYTES_MAX ? line.size - TICKER_BYTES_MAX : 0;
    if (line.size == 0 || line.data[line.size - 1] != ')')
        return false;
    const char *open = memrchr(line.data + start, '(', line.size - start);
    size_t n_dots = 0;
    if (!open)
        return false;
    for (const char *p = open + 1; p < line.data + line.size - 1; p++) {
        bool is_sign = (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '.';
        if (!is_sign)
            return false;
        n_dots += *p == '.';
    }
    return n_dots == 1;
}
