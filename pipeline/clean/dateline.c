/* dateline.c -- reads "KYIV, Ukraine (AP) — " at the start of a paragraph.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The style books agree on the order (AP, Reuters, AFP, dpa, Xinhua; government releases
 * put a date instead of a place) and on nothing else:
 *
 *     dateline = [place] ["," region] [","] [date] ["(" agency ")"] dash
 *
 * At least two of the signs must be there: capitals, a date, an agency, a dash that is
 * set off. A sentence that begins with a name and a dash has one. */
#include "rules.h"

#include "base/utf8.h"
#include "space.h"
#include "words.h"

enum {
    DATELINE_BYTES_MAX = 120,
    PLACE_WORDS_MAX = 6,
    AGENCY_BYTES_MAX = 48,
    SLASHED_BYTES_MAX = 12,
    COLON_WORDS_MAX = 3, /* of a place that a colon ends */
};

struct reader {
    const char *start;
    const char *p;
    const char *end;
};

static void skip_blanks(struct reader *rd)
{
    unsigned size;
    while (rd->p < rd->end && wd_space_at(rd->p, rd->end, &size) != WD_SPACE_NONE)
        rd->p += size;
}

/* Reads an em dash, an en dash, "--", or a hyphen that is set off (or "_": AP's wire had
 * no dash until the nineties): behind an agency's name some feeds have lost the blank
 * after it ("(Reuters) -Britain"). */
static bool read_dash(struct reader *rd, bool is_after_agency)
{
    const char *before = rd->p;
    skip_blanks(rd);
    bool is_spaced = rd->p > before;
    size_t left = (size_t)(rd->end - rd->p);

    if (left >= 3 &&
        (memcmp(rd->p, "\xe2\x80\x94", 3) == 0 || memcmp(rd->p, "\xe2\x80\x93", 3) == 0 ||
         memcmp(rd->p, "\xe2\x80\x95", 3) == 0)) {
        rd->p += 3;
    } else if (left >= 2 && memcmp(rd->p, "--", 2) == 0) {
        rd->p += 2;
    } else if (left >= 1 && (*rd->p == '-' || *rd->p == '_') && is_spaced &&
               (is_after_agency || left == 1 || rd->p[1] == ' ')) {
        rd->p += 1;
    } else {
        rd->p = before;
        return false;
    }
    skip_blanks(rd);
    return true;
}

/* A word up to white space, a comma, a colon, a bracket or a dash. */
static struct wd_str peek_word(const struct reader *rd)
{
    const char *p = rd->p;
    unsigned size;
    while (p < rd->end && wd_space_at(p, rd->end, &size) == WD_SPACE_NONE && *p != ',' &&
           *p != ':' && *p != '(' && *p != ')') {
        uint32_t cp = wd_utf8_decode(p, &size);
        if (cp == 0x2013 || cp == 0x2014 || (cp == '-' && p + 1 < rd->end && p[1] == '-'))
            break;
        p += size;
    }
    return (struct wd_str){rd->p, (size_t)(p - rd->p)};
}

static bool read_comma(struct reader *rd)
{
    const char *before = rd->p;
    skip_blanks(rd);
    if (rd->p < rd->end && *rd->p == ',') {
        rd->p++;
        skip_blanks(rd);
        return true;
    }
    rd->p = before;
    return false;
}

/* Months as the agencies of other languages write them behind the day, where English has
 * another word. (Octal where a letter follows that a hexadecimal escape would swallow.)
 */
static bool is_foreign_month(struct wd_str word)
{
    static const char *const months[] = {
        "abr",          "abril",       "ago",
        "agosto",       "ao\xc3\xbbt", "aprile",
        "avr",          "avril",       "dezember",
        "dezembro",     "dic",         "dicembre",
        "diciembre",    "d\303\251c",  "d\303\251cembre",
        "ene",          "enero",       "febbraio",
        "febrero",      "februar",     "fevereiro",
        "f\xc3\xa9v",   "f\xc3\xa9vr", "f\xc3\xa9vrier",
        "gennaio",      "giugno",      "janeiro",
        "januar",       "janv",        "janvier",
        "juil",         "juillet",     "juin",
        "julho",        "juli",        "julio",
        "junho",        "juni",        "junio",
        "luglio",       "maart",       "maggio",
        "mai",          "maio",        "mars",
        "mar\xc3\xa7o", "marzo",       "mayo",
        "mei",          "m\xc3\xa4rz", "novembre",
        "novembro",     "noviembre",   "octobre",
        "octubre",      "oktober",     "ottobre",
        "outubro",      "septembre",   "septiembre",
        "setembro",     "settembre",
    };
    return wd_word_in(word, months, sizeof(months) / sizeof(months[0]));
}

/* "Feb. 12", "12 February 2025", "March 3, 2025", "Wednesday". */
static bool read_date(struct reader *rd)
{
    const char *before = rd->p;
    unsigned n_months = 0, n_numbers = 0, n_days = 0;

    for (unsigned i = 0; i < 4; i++) {
        const char *here = rd->p;
        if (i > 0)
            (void)read_comma(rd);
        skip_blanks(rd);
        struct wd_str word = peek_word(rd);
        if (wd_word_is_month(word) || (n_numbers > 0 && is_foreign_month(word)))
            n_months++;
        else if (wd_word_is_weekday(word))
            n_days++;
        else if (wd_word_is_day_or_year(word))
            n_numbers++;
        else {
            rd->p = here;
            break;
        }
        rd->p = word.data + word.size;
    }
    if ((n_months == 1 && n_numbers >= 1 && n_numbers <= 2) ||
        (n_days == 1 && n_months == 0 && n_numbers == 0))
        return true;
    rd->p = before;
    return false;
}

/* "(AP)", "(Reuters)", "(AFP/dpa)"; "/TASS/." needs no dash after it, "/PRNewswire/ --"
 * has one, "--(BUSINESS WIRE)--" two. */
static bool read_agency(struct reader *rd, bool *ret_is_closed)
{
    const char *before = rd->p;
    *ret_is_closed = false;
    if (rd->end - rd->p > 3 && memcmp(rd->p, "--(", 3) == 0)
        rd->p += 2;
    skip_blanks(rd);
    if (rd->p < rd->end && *rd->p == '/') {
        const char *close = memchr(rd->p + 1, '/', (size_t)(rd->end - rd->p) - 1);
        if (close && close - rd->p > 2 && close - rd->p <= SLASHED_BYTES_MAX &&
            close + 1 < rd->end && close[1] == '.') {
            rd->p = close + 2;
            skip_blanks(rd);
            *ret_is_closed = true;
            return true;
        }
        if (close && close + 4 < rd->end && memcmp(close, "/ --", 4) == 0) {
            rd->p = close + 1;
            return true;
        }
    }
    if (rd->p < rd->end && *rd->p == '(') {
        const char *close = memchr(rd->p, ')', (size_t)(rd->end - rd->p));
        if (close && close - rd->p > 2 && close - rd->p <= AGENCY_BYTES_MAX) {
            rd->p = close + 1;
            return true;
        }
    }
    rd->p = before;
    return false;
}

struct place {
    struct wd_str name;
    bool is_shouted; /* all capitals, as the style books want it */
    bool has_region;
};

static bool is_particle(struct wd_str word)
{
    static const char *const particles[] = {"de", "la",  "le", "du",  "of",  "el",
                                            "al", "sur", "am", "the", "upon"};
    for (size_t i = 0; i < sizeof(particles) / sizeof(particles[0]); i++) {
        if (wd_str_equal(word, wd_str_from(particles[i])))
            return true;
    }
    return false;
}

/* A run of capitalised words; with a comma and a second run it has a region. */
static bool read_place(struct reader *rd, struct place *ret_place)
{
    const char *begin = rd->p, *last = rd->p;
    bool is_shouted = true, has_region = false;

    for (unsigned i = 0; i < PLACE_WORDS_MAX; i++) {
        const char *here = rd->p;
        bool is_region = i > 0 && !has_region && read_comma(rd);
        skip_blanks(rd);
        struct wd_str word = peek_word(rd);
        bool is_taken = word.size > 0 && (wd_word_is_capital(word) ||
                                          (i > 0 && !is_region && is_particle(word)));
        if (!is_taken || wd_word_is_month(word) || wd_word_is_weekday(word)) {
            rd->p = here;
            break;
        }
        has_region |= is_region;
        if (!has_region && !wd_word_is_shouted(word))
            is_shouted = false;
        rd->p = last = word.data + word.size;
    }
    if (last == begin)
        return false;
    *ret_place = (struct place){{begin, (size_t)(last - begin)}, is_shouted, has_region};
    return true;
}

static bool is_agency(struct wd_str word)
{
    static const char *const agencies[] = {
        "cnn", "ap", "afp", "reuters", "upi", "dpa", "bbc", "npr", "ani", "pti", "tass",
    };
    return wd_word_in(word, agencies, sizeof(agencies) / sizeof(agencies[0]));
}

/* "CNN —" has no place, and that of "Washington CNN —" is Washington; *ret_has_agency is
 * set for both. The full stop of "MOSCOW. Feb 12" is none of the name. */
static struct wd_str place_name(struct wd_str name, bool *ret_has_agency)
{
    struct wd_str rest = name, word, last = {NULL, 0};
    while (wd_words_next(&rest, &word))
        last = word;
    if (last.size > 0 && is_agency(last)) {
        *ret_has_agency = true;
        name.size = (size_t)(last.data - name.data);
    }
    while (name.size > 0 &&
           (name.data[name.size - 1] == ' ' || name.data[name.size - 1] == ','))
        name.size--;
    size_t n_dots = 0;
    for (size_t i = 0; i < name.size; i++)
        n_dots += name.data[i] == '.';
    if (n_dots == 1 && name.data[name.size - 1] == '.' &&
        !memchr(name.data, ',', name.size))
        name.size--;
    return name;
}

/* What stands before a colon or a dash, and is no place. */
static bool is_label(struct wd_str name)
{
    static const char *const labels[] = {
        "watch",      "update",     "updated", "breaking",      "exclusive",
        "claim",      "facts",      "fact",    "opinion",       "analysis",
        "editorial",  "video",      "photos",  "note",          "live",
        "developing", "in",         "read",    "related",       "line",
        "check",      "explainer",  "factbox", "timeline",      "poll",
        "review",     "interview",  "q",       "performers",    "games",
        "more",       "correction", "listen",  "investigation",
    };
    struct wd_str word;
    while (wd_words_next(&name, &word)) {
        if (wd_word_in(word, labels, sizeof(labels) / sizeof(labels[0])))
            return true;
    }
    return false;
}

/* "ISLAMABAD: The …" as papers of South Asia write it. Labels look the same. */
static bool read_colon(struct reader *rd, struct wd_str name)
{
    struct wd_str rest = name, word;
    unsigned n = 0;
    if (rd->end - rd->start <
        DATELINE_BYTES_MAX - 4) /* a headline may have a colon, too */
        return false;
    if (rd->end - rd->p < 2 || rd->p[0] != ':' || rd->p[1] != ' ')
        return false;
    while (wd_words_next(&rest, &word)) {
        if (++n > COLON_WORDS_MAX || !wd_word_is_shouted(word))
            return false;
    }
    if (is_label(name))
        return false;
    rd->p++;
    skip_blanks(rd);
    return n > 0;
}

struct signs {
    struct place place;
    bool has_place;
    bool has_date;
    bool has_agency;
    bool is_closed; /* no dash need follow */
};

/* All that may stand before the dash. */
static void read_signs(struct reader *rd, struct signs *ret_signs)
{
    struct signs signs = {.has_date = read_date(rd)};

    signs.has_place = !signs.has_date && read_place(rd, &signs.place);
    if (signs.has_place) {
        const char *here = rd->p;
        (void)read_comma(rd);
        signs.has_date = read_date(rd);
        if (!signs.has_date)
            rd->p = here;
    }
    signs.has_agency = read_agency(rd, &signs.is_closed);
    if (!signs.has_date && signs.has_agency) { /* "BERLIN (dpa), March 3 -" */
        const char *here = rd->p;
        signs.has_date = read_comma(rd) && read_date(rd);
        if (!signs.has_date)
            rd->p = here;
    }
    if (signs.has_place)
        signs.place.name = place_name(signs.place.name, &signs.has_agency);
    *ret_signs = signs;
}

struct wd_dateline wd_dateline_read(struct wd_str line)
{
    size_t size = line.size < DATELINE_BYTES_MAX ? line.size : DATELINE_BYTES_MAX;
    while (size < line.size && size > 0 && !wd_utf8_is_start(line.data[size]))
        size--;
    struct reader rd = {line.data, line.data, line.data + size};
    const struct wd_dateline none = {0};
    struct signs signs;

    read_signs(&rd, &signs);
    const char *dash = rd.p;
    bool is_colon = signs.has_place && !signs.has_date && !signs.has_agency &&
                    read_colon(&rd, signs.place.name);
    if (!(signs.has_place || signs.has_date || signs.has_agency) ||
        (!is_colon && !signs.is_closed && !read_dash(&rd, signs.has_agency)))
        return none;
    bool is_set_off = dash < rd.end && *dash == ' ';
    bool is_strong = signs.has_date || signs.has_agency ||
                     (signs.has_place && signs.place.is_shouted) ||
                     (signs.place.has_region && is_set_off);
    struct wd_str rest = {rd.p, (size_t)(line.data + line.size - rd.p)};
    if (signs.has_place && !signs.has_date && !signs.has_agency &&
        !memchr(signs.place.name.data, ' ', signs.place.name.size) &&
        is_label(signs.place.name))
        return none; /* "LIVE – The latest from the quay" */
    if (!is_strong || (rest.size > 0 && !wd_word_is_start(rest)))
        return none;
    return (struct wd_dateline){(size_t)(rd.p - line.data), signs.place.name};
}

/* ---- the place as a name */

/* Small letters but for the first of each part: "PORT-AU-PRINCE", "O’FALLON". ASCII and
 * Latin-1 only: other capitals stay. */
static void set_case(char *word, size_t size)
{
    bool is_inside = false;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)word[i];
        if (is_inside && c >= 'A' && c <= 'Z')
            word[i] = (char)(c + 32);
        else if (is_inside && c == 0xc3 && i + 1 < size && word[i + 1] != '\x97' &&
                 (unsigned char)word[i + 1] <= 0x9e)
            word[i + 1] = (char)((unsigned char)word[i + 1] + 32);
        is_inside = (c >= 'A' && c <= 'Z') || c == 0xc3 || (c >= 0x80 && c < 0xc0);
        if (c == 0xe2) /* an apostrophe or a dash: three bytes */
            i += 2;
    }
}

/* Capitals become small behind a letter; "de" and its like are small as words. */
struct wd_str wd_dateline_place(struct wd_arena *arena, struct wd_str place)
{
    struct wd_str rest = place, word;
    struct wd_str copy = wd_arena_copy(arena, place);
    char *out = (char *)(uintptr_t)copy.data; /* ours: the arena made it just now */
    bool is_first = true;

    while (copy.data && wd_words_next(&rest, &word)) {
        bool has_dots = word.size > 2 && word.data[1] == '.'; /* "D.C.", "U.N." */
        size_t at = (size_t)(word.data - place.data);
        if (wd_word_is_shouted(word) && !has_dots)
            set_case(out + at, word.size);
        static const char *const small[] = {"de", "la", "le", "du", "of", "and", "the"};
        if (!is_first && wd_word_in(word, small, sizeof(small) / sizeof(small[0])))
            out[at] = (char)(out[at] | 0x20);
        is_first = false;
    }
    return copy;
}
