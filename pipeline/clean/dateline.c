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

#include "../utf8.h"
#include "space.h"
#include "words.h"

enum {
    DATELINE_BYTES_MAX = 120,
    PLACE_WORDS_MAX = 6,
    AGENCY_BYTES_MAX = 48,
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

/* Reads an em dash, an en dash, "--", or " - ". A hyphen needs white space on both sides,
 * a dash without any of it needs `is_strong` signs before it. */
static bool read_dash(struct reader *rd)
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
    } else if (left >= 2 && rd->p[0] == '-' && rd->p[1] == ' ' && is_spaced) {
        rd->p += 1;
    } else {
        rd->p = before;
        return false;
    }
    skip_blanks(rd);
    return rd->p < rd->end;
}

/* A word up to white space, a comma, a bracket or a dash. */
static struct wd_str peek_word(const struct reader *rd)
{
    const char *p = rd->p;
    unsigned size;
    while (p < rd->end && wd_space_at(p, rd->end, &size) == WD_SPACE_NONE && *p != ',' &&
           *p != '(' && *p != ')') {
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
        if (wd_word_is_month(word))
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

/* "(AP)", "(Reuters)", "(AFP/dpa)". */
static bool read_agency(struct reader *rd)
{
    const char *before = rd->p;
    skip_blanks(rd);
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

struct wd_dateline wd_dateline_read(struct wd_str line)
{
    size_t size = line.size < DATELINE_BYTES_MAX ? line.size : DATELINE_BYTES_MAX;
    while (size < line.size && size > 0 && !wd_utf8_is_start(line.data[size]))
        size--;
    struct reader rd = {line.data, line.data, line.data + size};
    struct place place = {.is_shouted = false};

    bool has_date = read_date(&rd);
    bool has_place = !has_date && read_place(&rd, &place);
    if (has_place) {
        const char *here = rd.p;
        (void)read_comma(&rd);
        has_date = read_date(&rd);
        if (!has_date)
            rd.p = here;
    }
    bool has_agency = read_agency(&rd);
    if (!has_date && has_agency) { /* "BERLIN (dpa), March 3 -" is rare, but read */
        const char *here = rd.p;
        has_date = read_comma(&rd) && read_date(&rd);
        if (!has_date)
            rd.p = here;
    }
    const char *dash = rd.p;
    if (!(has_place || has_date || has_agency) || !read_dash(&rd))
        return (struct wd_dateline){0};
    bool is_set_off = dash < rd.end && *dash == ' ';
    bool is_strong = has_date || has_agency || (has_place && place.is_shouted) ||
                     (place.has_region && is_set_off);
    if (!is_strong || !wd_word_is_start((struct wd_str){rd.p, (size_t)(rd.end - rd.p)}))
        return (struct wd_dateline){0};
    return (struct wd_dateline){(size_t)(rd.p - line.data), place.name};
}
