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
    CONTACT_WORDS_MAX = 14,
    CONTACT_NAMES_MAX = 9,
    NAME_LINE_WORDS_MAX = 8,
    INITIALS_BYTES_MAX = 24,
    LIFE_WORDS_MAX = 90,
};

#define IS_ANY(word, list) wd_word_in((word), (list), sizeof(list) / sizeof((list)[0]))

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

/* What stands before the names: "By", or its like in other languages; those are common
 * words as well, so that with them a byline has few. */
enum { FOREIGN_BYLINE_WORDS_MAX = 6 };

static bool is_by(struct wd_str word, uint32_t n_words)
{
    static const char *const words[] = {"af", "av", "door", "par", "por", "von"};
    return wd_word_is(word, "by") || (n_words <= FOREIGN_BYLINE_WORDS_MAX &&
                                      wd_word_is_capital(word) && IS_ANY(word, words));
}

static bool is_by_line(const struct wd_line *line, struct wd_str text)
{
    struct wd_str rest = text, word;
    if (line->n_words < 2 || line->n_words > BYLINE_WORDS_MAX ||
        !wd_words_next(&rest, &word) || !is_by(word, line->n_words))
        return false;
    struct wd_str after = rest;
    if (!wd_words_next(&after, &word) || !(wd_word_is_capital(word) || is_bar(word)))
        return false;
    if (wd_word_is_weekday(word) || wd_word_is_month(word))
        return false;
    bool is_sentence = (line->flags & WD_LINE_STOP) != 0 && line->n_words > 6;
    return !is_sentence && line->n_stops <= 3 && has_byline_words_only(rest);
}

/* Two full paragraphs at most are below: a publisher's address, another author. */
static bool is_near_the_end(const struct wd_proof *proof, size_t i)
{
    return i >= proof->late;
}

/* "Jane Doe, based in Rome, reports on … More about Jane Doe": the name again. */
static bool points_to_more(const struct wd_key *key)
{
    const struct wd_str phrase = WD_STR("more about ");
    const char *blank = memchr(key->head, ' ', key->head_size);
    const char *more = memmem(key->tail, key->tail_size, phrase.data, phrase.size);
    if (!blank || !more)
        return false;
    size_t size = (size_t)(blank - key->head);
    const char *name = more + phrase.size;
    return size <= (size_t)(key->tail + key->tail_size - name) &&
           memcmp(name, key->head, size) == 0;
}

/* "Jane Doe is a staff writer at The Star. Follow her …": the last words on a page. */
static bool is_life(const struct wd_proof *proof, size_t i, const struct wd_key *key)
{
    struct wd_str rest = wd_proof_line(proof, i), word;
    unsigned n_names = 0, n_after = 0;

    if (proof->lines[i].n_words > LIFE_WORDS_MAX || i <= proof->first_full ||
        (proof->lines[i].flags & WD_LINE_QUOTE) != 0 || !is_near_the_end(proof, i))
        return false;
    while (wd_words_next(&rest, &word) && wd_word_is_capital(word))
        n_names++;
    if (n_names >= 2 && points_to_more(key))
        return true;
    if (n_names < 2 || n_names > NAME_WORDS_MAX ||
        !(wd_word_is(word, "is") || wd_word_is(word, "covers") ||
          wd_word_is(word, "writes") || wd_word_is(word, "reports")))
        return false;
    if (!wd_word_is(word, "is"))
        return wd_key_holds(key, WD_STR("for the")) || wd_key_holds(key, WD_STR("@")) ||
               wd_key_holds(key, WD_STR("follow"));
    while (n_after++ < 10 && wd_words_next(&rest, &word)) {
        if (wd_word_is_job(word) && wd_words_next(&rest, &word) &&
            (wd_word_is(word, "for") || wd_word_is(word, "at") ||
             wd_word_is(word, "with") || wd_word_is(word, "and") ||
             wd_word_is(word, "of") || wd_word_is(word, "who") ||
             wd_word_is(word, "covering") || wd_word_is(word, "based") ||
             wd_word_is_job(word)))
            return true;
    }
    return false;
}

static bool is_timestamp_word(struct wd_str word)
{
    static const char *const words[] = {
        "updated", "published", "posted", "last",  "modified", "on",      "at",
        "first",   "ago",       "hours",  "hour",  "mins",     "minutes", "min",
        "minute",  "read",      "et",     "est",   "edt",      "pt",      "pst",
        "pdt",     "ct",        "gmt",    "utc",   "cet",      "cest",    "bst",
        "ist",     "am",        "pm",     "a.m",   "p.m",      "date",    "days",
        "day",     "of",        "issued", "local", "time",     "a",       "an",
    };
    if (wd_word_is_clock(word) || wd_word_is_month(word))
        return true;
    const char *plus = memchr(word.data, '+', word.size); /* "GMT+1" */
    if (plus && plus > word.data)
        word.size = (size_t)(plus - word.data);
    return IS_ANY(word, words) || is_bar(word) || wd_word_is_weekday(word);
}

static struct wd_str first_word(struct wd_str text)
{
    struct wd_str word = {text.data, 0};
    (void)wd_words_next(&text, &word);
    return word;
}

/* "Jane Doe jane@example.org @jane on X", "Jane Doe March 2 2024, 12:36 p.m.": names
 * with an address or a date, and no sentence. */
static bool is_contact(const struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    struct wd_str rest = wd_proof_line(proof, i), word;
    unsigned n_names = 0, n_months = 0, n_clocks = 0, n_addresses = 0;

    if (line->n_words < 2 || line->n_words > CONTACT_WORDS_MAX ||
        (line->flags & (WD_LINE_AT | WD_LINE_DIGIT)) == 0 ||
        (line->flags & (WD_LINE_COLON | WD_LINE_QUOTE | WD_LINE_BULLET)) != 0 ||
        ((line->flags & WD_LINE_AT) == 0 && wd_word_is_weekday(first_word(rest))))
        return false; /* "Friday March 31 - Town Hall (9:00 AM - 12:00 PM)" */
    while (wd_words_next(&rest, &word)) {
        if (word.data[word.size - 1] == ':')
            return false; /* "Correction: February 29, 2024" */
        if (memchr(word.data, '@', word.size)) {
            n_addresses += word.size > 1; /* "June 9 @ City Arena" has none */
            continue;
        }
        if (is_bar(word) || is_byline_word(word))
            continue;
        if (wd_word_is_month(word))
            n_months++;
        else if (wd_word_is_clock(word))
            n_clocks++;
        else if (is_timestamp_word(word))
            continue;
        else if (wd_word_is_capital(word))
            n_names++;
        else if (wd_word_has_lower(word))
            return false;
    }
    if (n_names < 1 || n_names > CONTACT_NAMES_MAX)
        return false;
    return (line->flags & WD_LINE_AT) != 0
               ? n_addresses > 0 && (line->flags & WD_LINE_STOP) == 0
               : n_months == 1 &&
                     n_clocks >= (wd_proof_zone(proof, i) != WD_ZONE_MID ? 2 : 3);
}

static bool is_byline_or_date(const struct wd_fate *fate)
{
    return fate->of == WD_FATE_FURNITURE &&
           (fate->kind == WD_FURNITURE_BYLINE || fate->kind == WD_FURNITURE_TIMESTAMP);
}

/* "Jane Doe", "Jane Doe and John Smith", "Jane Doe Defence editor", "Defence editor":
 * below the headline or beside a date or another byline, above the prose. */
static bool is_name_line(const struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    struct wd_str rest = wd_proof_line(proof, i), word;
    unsigned n_names = 0;
    bool is_job = false;

    if (i == 0 || wd_proof_zone(proof, i) != WD_ZONE_TOP || line->n_words < 2 ||
        line->n_words > NAME_LINE_WORDS_MAX || line->n_upper == line->n_words ||
        (line->flags & (WD_LINE_STOP | WD_LINE_COLON | WD_LINE_TOLD | WD_LINE_QUOTE |
                        WD_LINE_BULLET | WD_LINE_DIGIT)) != 0)
        return false;
    while (wd_words_next(&rest, &word)) {
        n_names += wd_word_is_capital(word);
        if (!wd_word_is_capital(word) && !is_byline_word(word))
            return false;
        is_job = wd_word_is_job(word);
    }
    bool is_beside = (i > 0 && is_byline_or_date(&proof->fates[i - 1])) ||
                     (i + 1 < proof->n && is_byline_or_date(&proof->fates[i + 1]));
    return (n_names >= 2 || is_job) && is_beside;
}

void wd_rule_names(struct wd_proof *proof)
{
    for (size_t i = 0; i < proof->first_full; i++) {
        if (wd_proof_is_text(proof, i) && is_name_line(proof, i))
            wd_proof_drop(proof, i, WD_FURNITURE_BYLINE, true);
    }
}

/* "jane.doe@example.org" alone. */
static bool is_lone_address(const struct wd_proof *proof, size_t i)
{
    struct wd_str text = wd_proof_line(proof, i);
    return proof->lines[i].n_words == 1 && (proof->lines[i].flags & WD_LINE_AT) != 0 &&
           text.size > 2 && (proof->lines[i].flags & WD_LINE_URL) == 0;
}

/* "dc-lb/gv": the initials with which AFP's desks end an article. */
static bool is_initials(const struct wd_proof *proof, size_t i)
{
    struct wd_str text = wd_proof_line(proof, i);
    unsigned n_slashes = 0;
    if (proof->lines[i].n_words != 1 || wd_proof_zone(proof, i) != WD_ZONE_END ||
        text.size > INITIALS_BYTES_MAX)
        return false;
    for (size_t k = 0; k < text.size; k++) {
        if (text.data[k] == '/')
            n_slashes++;
        else if (text.data[k] != '-' && (text.data[k] < 'a' || text.data[k] > 'z'))
            return false;
    }
    return n_slashes > 0;
}

/* Reuters has its byline behind the first paragraph. */
static bool is_below_lead(const struct wd_proof *proof, size_t i)
{
    return i == proof->first_full + 1 && (proof->lines[i].flags & WD_LINE_STOP) == 0;
}

bool wd_rule_byline(struct wd_proof *proof, size_t i, const struct wd_key *key)
{
    enum wd_zone zone = wd_proof_zone(proof, i);
    bool is_from = zone == WD_ZONE_TOP &&
                   proof->lines[i].n_words <= NAME_LINE_WORDS_MAX &&
                   wd_key_starts(key, WD_STR("reporting from"));
    if (!is_from && !is_life(proof, i, key) && !is_contact(proof, i) &&
        !is_lone_address(proof, i) && !is_initials(proof, i) &&
        ((zone == WD_ZONE_MID && !is_below_lead(proof, i)) ||
         !is_by_line(&proof->lines[i], wd_proof_line(proof, i))))
        return false;
    wd_proof_drop(proof, i, WD_FURNITURE_BYLINE, true);
    return true;
}

bool wd_rule_timestamp(struct wd_proof *proof, size_t i, const struct wd_key *key)
{
    const struct wd_line *line = &proof->lines[i];
    struct wd_str rest = wd_proof_line(proof, i), word;
    bool has_when = false;
    unsigned n_years = 0, n_strange = 0;

    if (line->n_words > TIMESTAMP_WORDS_MAX)
        return false;
    bool is_told = wd_key_starts(key, WD_STR("updated")) ||
                   wd_key_starts(key, WD_STR("published")) ||
                   wd_key_starts(key, WD_STR("last modified")) ||
                   wd_key_starts(key, WD_STR("posted")) ||
                   wd_key_starts(key, WD_STR("last updated")) ||
                   wd_key_ends(key, WD_STR("min read")) ||
                   wd_key_ends(key, WD_STR("ago"));
    if (!is_told && !(line->flags & WD_LINE_DIGIT))
        return false;
    /* Where there is no prose (results, a schedule) all of it is inside. */
    bool is_inside = !is_told && (wd_proof_zone(proof, i) == WD_ZONE_MID ||
                                  (proof->first_full == proof->n && i > 0));
    if (!is_told && i + 1 < proof->n &&
        wd_line_is_appointment(&proof->lines[i + 1], wd_proof_line(proof, i + 1)))
        return false;
    while (wd_words_next(&rest, &word)) {
        bool is_known = is_timestamp_word(word);
        /* "Updated … IST - BRUSSELS": a paper's own place. */
        if (!is_known && !(is_told && wd_word_is_capital(word) && n_strange++ < 2))
            return false;
        n_years += word.size >= 4 && wd_word_is_day_or_year(word);
        has_when |= wd_word_is_month(word) || memchr(word.data, ':', word.size) ||
                    wd_word_is(word, "ago") || wd_word_is(word, "read");
    }
    /* Within the prose a date without a year may be a cross-head ("March 3"). */
    if (!has_when || (is_inside && n_years == 0))
        return false;
    wd_proof_drop(proof, i, WD_FURNITURE_TIMESTAMP, true);
    return true;
}

struct wd_str wd_byline_names(struct wd_str line)
{
    struct wd_str rest = line, word;
    if (rest.size > 0 && rest.data[0] == '^') /* of an old wire */
        rest = (struct wd_str){rest.data + 1, rest.size - 1};
    if (!wd_words_next(&rest, &word) || !is_by(word, 0))
        return (struct wd_str){NULL, 0};
    const char *start = NULL, *end = NULL;
    while (wd_words_next(&rest, &word)) {
        if (is_bar(word) || (wd_word_is_month(word) && rest.size > 1 &&
                             rest.data[1] >= '0' && rest.data[1] <= '9'))
            break; /* a date, not Jan Roe */
        if (!start)
            start = word.data;
        end = word.data + word.size;
    }
    while (end > start && (end[-1] == ',' || end[-1] == '.' || end[-1] == '='))
        end--;
    return (struct wd_str){start, (size_t)(end - start)};
}
