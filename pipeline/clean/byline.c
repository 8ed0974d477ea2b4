/* byline.c -- who wrote it, and when.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A byline is "By" and names, at the top or at the end, and no sentence. What makes a
 * sentence that begins with "By" differ: it has small words that no byline has, or a full
 * stop, or it stands within the prose. */
#include "rules.h"

#include "words.h"

enum {
    BYLINE_WORDS_MAX = 24,
    NAME_WORDS_MAX = 5,
    TIMESTAMP_WORDS_MAX = 14,
};

static bool is_any(struct wd_str word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (wd_word_is(word, list[i]))
            return true;
    }
    return false;
}

#define IS_ANY(word, list) is_any((word), (list), sizeof(list) / sizeof((list)[0]))

/* Small words that bylines have between and after names. */
static bool is_byline_word(struct wd_str word)
{
    static const char *const words[] = {
        "and",         "for",
        "the",         "of",
        "in",          "at",
        "staff",       "writer",
        "from",        "special",
        "to",          "with",
        "reporter",    "correspondent",
        "editor",      "contributor",
        "columnist",   "writers",
        "reporters",   "contributing",
        "senior",      "chief",
        "political",   "foreign",
        "associated",  "news",
        "on",          "de",
        "van",         "von",
        "der",         "den",
        "bin",         "al",
        "da",          "la",
        "agencies",    "service",
        "press",       "bureau",
        "photos",      "a",
        "business",    "national",
        "published",   "updated",
        "photographs", "by",
        "diplomatic",  "defense",
        "defence",     "security",
        "health",      "science",
    };
    return IS_ANY(word, words);
}

/* Every word is a name, a byline word, a date or a mark. */
static bool has_byline_words_only(struct wd_str rest)
{
    struct wd_str word;
    while (wd_words_next(&rest, &word)) {
        if (!wd_word_is_capital(word) && !is_byline_word(word) &&
            wd_word_has_lower(word) && !wd_word_is_clock(word))
            return false;
    }
    return true;
}

static bool is_bar(struct wd_str word)
{
    return wd_str_equal(word, WD_STR("|")) || wd_str_equal(word, WD_STR("-")) ||
           wd_str_equal(word, WD_STR("\xe2\x80\x93")) ||
           wd_str_equal(word, WD_STR("\xe2\x80\x94")) ||
           wd_str_equal(word, WD_STR("\xc2\xb7")) ||
           wd_str_equal(word, WD_STR("\xe2\x80\xa2"));
}

static bool is_by_line(const struct wd_line *line, struct wd_str text)
{
    struct wd_str rest = text, word;
    if (line->n_words < 2 || line->n_words > BYLINE_WORDS_MAX ||
        !wd_words_next(&rest, &word) || !wd_word_is(word, "by"))
        return false;
    struct wd_str after = rest;
    if (!wd_words_next(&after, &word) || !(wd_word_is_capital(word) || is_bar(word)))
        return false;
    if (wd_word_is_weekday(word) || wd_word_is_month(word))
        return false;
    bool is_sentence = (line->flags & WD_LINE_STOP) != 0 && line->n_words > 6;
    return !is_sentence && line->n_stops <= 3 && has_byline_words_only(rest);
}

/* "Reporting by A in B; Editing by C", in brackets or not. */
static bool is_reporting_line(const struct wd_proof *proof, size_t i,
                              const struct wd_key *key)
{
    if (wd_key_starts(key, "reporting by") ||
        wd_key_starts(key, "additional reporting by") ||
        wd_key_starts(key, "editing by") || wd_key_starts(key, "writing by") ||
        wd_key_starts(key, "compiled by") || wd_key_starts(key, "with reporting by"))
        return proof->lines[i].n_words <= 60;
    if (wd_proof_zone(proof, i) == WD_ZONE_TOP || proof->lines[i].n_words > 40)
        return false;
    return wd_key_ends(key, "contributed to this report") ||
           wd_key_ends(key, "contributed to this story") ||
           wd_key_ends(key, "contributed to this article") ||
           wd_key_ends(key, "contributed reporting") ||
           wd_key_holds(key, "contributed reporting from") ||
           wd_key_holds(key, "contributed to this report from");
}

/* "Jane Doe is a staff writer at The Star. Follow her …": the last words on a page. */
static bool is_life(const struct wd_proof *proof, size_t i, const struct wd_key *key)
{
    static const char *const jobs[] = {
        "writer",    "reporter",     "correspondent", "editor",
        "columnist", "journalist",   "producer",      "contributor",
        "critic",    "photographer", "fellow",
    };
    struct wd_str rest = wd_proof_line(proof, i), word;
    unsigned n_names = 0, n_after = 0;

    if (proof->n < 6 || i < proof->last_full || proof->lines[i].n_words > 90)
        return false;
    while (wd_words_next(&rest, &word) && wd_word_is_capital(word))
        n_names++;
    if (n_names < 2 || n_names > NAME_WORDS_MAX ||
        !(wd_word_is(word, "is") || wd_word_is(word, "covers") ||
          wd_word_is(word, "writes") || wd_word_is(word, "reports")))
        return false;
    if (!wd_word_is(word, "is"))
        return wd_key_holds(key, "for the") || wd_key_holds(key, "@") ||
               wd_key_holds(key, "follow");
    while (n_after++ < 10 && wd_words_next(&rest, &word)) {
        if (IS_ANY(word, jobs) && wd_words_next(&rest, &word) &&
            (wd_word_is(word, "for") || wd_word_is(word, "at") ||
             wd_word_is(word, "with") || wd_word_is(word, "and") ||
             wd_word_is(word, "covering") || wd_word_is(word, "based")))
            return true;
    }
    return false;
}

bool wd_rule_byline(struct wd_proof *proof, size_t i, const struct wd_key *key)
{
    bool is_it = is_reporting_line(proof, i, key) || is_life(proof, i, key) ||
                 (wd_proof_zone(proof, i) != WD_ZONE_MID &&
                  is_by_line(&proof->lines[i], wd_proof_line(proof, i)));
    if (is_it)
        wd_proof_drop(proof, i, WD_FURNITURE_BYLINE, true);
    return is_it;
}

static bool is_timestamp_word(struct wd_str word)
{
    static const char *const words[] = {
        "updated", "published", "posted", "last", "modified", "on",     "at",     "first",
        "ago",     "hours",     "hour",   "mins", "minutes",  "min",    "minute", "read",
        "et",      "est",       "edt",    "pt",   "pst",      "pdt",    "ct",     "gmt",
        "utc",     "cet",       "cest",   "bst",  "ist",      "am",     "pm",     "a.m",
        "p.m",     "date",      "days",   "day",  "of",       "issued", "local",  "time",
    };
    return IS_ANY(word, words) || is_bar(word) || wd_word_is_month(word) ||
           wd_word_is_weekday(word) || wd_word_is_clock(word);
}

bool wd_rule_timestamp(struct wd_proof *proof, size_t i, const struct wd_key *key)
{
    const struct wd_line *line = &proof->lines[i];
    struct wd_str rest = wd_proof_line(proof, i), word;
    bool has_when = false;

    if (line->n_words > TIMESTAMP_WORDS_MAX || !(line->flags & WD_LINE_DIGIT))
        return false;
    bool is_told = wd_key_starts(key, "updated") || wd_key_starts(key, "published") ||
                   wd_key_starts(key, "last modified") || wd_key_starts(key, "posted") ||
                   wd_key_starts(key, "last updated") || wd_key_ends(key, "min read");
    if (!is_told && wd_proof_zone(proof, i) == WD_ZONE_MID)
        return false;
    while (wd_words_next(&rest, &word)) {
        if (!is_timestamp_word(word))
            return false;
        has_when |= wd_word_is_month(word) || wd_word_is_clock(word) ||
                    wd_word_is(word, "ago") || wd_word_is(word, "read");
    }
    if (!has_when)
        return false;
    wd_proof_drop(proof, i, WD_FURNITURE_TIMESTAMP, true);
    return true;
}

struct wd_str wd_byline_names(struct wd_str line)
{
    struct wd_str rest = line, word;
    if (!wd_words_next(&rest, &word) || !wd_word_is(word, "by"))
        return (struct wd_str){NULL, 0};
    const char *start = NULL, *end = NULL;
    while (wd_words_next(&rest, &word)) {
        if (is_bar(word) || wd_word_is_month(word))
            break;
        if (!start)
            start = word.data;
        end = word.data + word.size;
    }
    while (end > start && (end[-1] == ',' || end[-1] == '.'))
        end--;
    return (struct wd_str){start, (size_t)(end - start)};
}
