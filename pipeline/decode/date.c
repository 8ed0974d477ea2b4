/* date.c -- a small reader of dates. It accepts only what has one meaning everywhere:
 * "03/04/2025" is March to one desk and April to another, so it is not read, and the
 * article simply has no date. The offset that the source wrote is kept ("+02:00"), since
 * it tells where the desk sits; nothing is converted, no clock and no zone table is
 * asked. SPDX-License-Identifier: Apache-2.0 */
#include "date.h"

#include <stdio.h>

#include "base/ascii.h"

struct date {
    int year, month, day;
    int hour, minute, second;
    struct wd_str fraction; /* ".123", or empty */
    int zone_minutes;       /* east of Greenwich */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static char peek(const struct wd_str *in)
{
    return in->size ? in->data[0] : '\0';
}

static void skip(struct wd_str *in, size_t size)
{
    *in = (struct wd_str){in->data + size, in->size - size};
}

static void skip_space(struct wd_str *in)
{
    while (is_space(peek(in)))
        skip(in, 1);
}

static bool take_char(struct wd_str *in, char c)
{
    if (peek(in) != c)
        return false;
    skip(in, 1);
    return true;
}

/* Between `least` and `most` digits, and not one more behind them. */
static bool take_number(struct wd_str *in, size_t least, size_t most, int *ret_number)
{
    size_t size = 0;
    int number = 0;
    while (size < in->size && size < most && wd_ascii_is_digit(in->data[size]))
        number = number * 10 + (in->data[size++] - '0');
    if (size < least)
        return false;
    skip(in, size);
    *ret_number = number;
    return true;
}

/* A run of letters; empty when there is none. */
static struct wd_str take_word(struct wd_str *in)
{
    size_t size = 0;
    while (size < in->size && wd_ascii_is_letter(in->data[size]))
        size++;
    struct wd_str word = {in->data, size};
    skip(in, size);
    return word;
}

static bool is_word(struct wd_str word, const char *name)
{
    return wd_ascii_same(word, wd_str_from(name));
}

/* The place of `word`, or of what it abbreviates to three letters or more, in `names`,
 * from 1; 0 when it is none. "Sept" and "March" are months, "Ma" is not. */
static int find_name(struct wd_str word, const char *const *names, int n_names)
{
    for (int i = 0; i < n_names && word.size >= 3; i++) {
        if (word.size <= strlen(names[i]) &&
            wd_ascii_same(word, (struct wd_str){names[i], word.size}))
            return i + 1;
    }
    return 0;
}

static int month_of(struct wd_str word)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    return find_name(word, names, 12);
}

static bool is_weekday(struct wd_str word)
{
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    return find_name(word, names, 7) != 0;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool is_sane(const struct date *date)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date->month < 1 || date->month > 12 || date->day < 1)
        return false;
    int last = days[date->month - 1] + (date->month == 2 && is_leap(date->year));
    return date->day <= last && date->hour <= 23 && date->minute <= 59 &&
           date->second <= 60 && date->zone_minutes > -24 * 60 &&
           date->zone_minutes < 24 * 60;
}

/* "+02:00", "+0200", "+02". The sign has been seen, not taken. */
static bool take_offset(struct wd_str *in, struct date *date)
{
    int sign = peek(in) == '-' ? -1 : 1, hours, minutes = 0;
    skip(in, 1);
    if (!take_number(in, 2, 2, &hours))
        return false;
    bool has_colon = take_char(in, ':');
    if (!take_number(in, 2, 2, &minutes) && has_colon)
        return false;
    date->zone_minutes = sign * (hours * 60 + minutes);
    return hours <= 23 && minutes <= 59;
}

/* An offset, Z, or a name of RFC 5322, section 4.3; none is UTC. */
static bool take_zone(struct wd_str *in, struct date *date)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"Z", 0},    {"UT", 0},   {"UTC", 0},  {"GMT", 0},
                 {"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5},
                 {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    skip_space(in);
    if (peek(in) == '+' || peek(in) == '-')
        return take_offset(in, date);
    struct wd_str word = take_word(in);
    if (word.size == 0)
        return true;
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
        if (is_word(word, zones[i].name)) {
            date->zone_minutes = zones[i].hours * 60;
            return true;
        }
    }
    return false;
}

/* "p.m." and its like behind a clock of twelve hours. */
static bool take_half_day(struct wd_str *in, struct date *date)
{
    static const char *const halves[] = {"a.m.", "am", "p.m.", "pm"};
    struct wd_str rest = *in;
    skip_space(&rest);
    for (int i = 0; i < 4; i++) {
        if (!wd_ascii_begins(rest, halves[i]))
            continue;
        if (date->hour < 1 || date->hour > 12)
            return false;
        date->hour = date->hour % 12 + (i >= 2 ? 12 : 0);
        skip(&rest, strlen(halves[i]));
        *in = rest;
        break;
    }
    return true;
}

/* "10:37", "10:37:00.5", "103700", then the zone. Digits after a comma are a fraction,
 * too (ISO 8601); nine are kept. */
static bool take_time(struct wd_str *in, struct date *date)
{
    if (!take_number(in, 1, 2, &date->hour))
        return false;
    bool has_colon = take_char(in, ':');
    if (!take_number(in, 2, 2, &date->minute))
        return false;
    if (has_colon ? take_char(in, ':') : wd_ascii_is_digit(peek(in))) {
        if (!take_number(in, 2, 2, &date->second))
            return false;
        if (peek(in) == '.' || peek(in) == ',') {
            size_t size = 1;
            while (size < in->size && wd_ascii_is_digit(in->data[size]))
                size++;
            date->fraction = (struct wd_str){in->data, size < 10 ? size : 10};
            if (size == 1)
                return false;
            skip(in, size);
        }
    }
    return take_half_day(in, date) && take_zone(in, date);
}

/* "2025-02-13", "20250213", with "T10:37:00Z" or " 10:37" behind. */
static bool read_iso(struct wd_str in, struct date *date)
{
    if (!take_number(&in, 4, 4, &date->year))
        return false;
    bool is_extended = take_char(&in, '-');
    if (!is_extended && peek(&in) == '/')
        is_extended = take_char(&in, '/');
    if (!take_number(&in, 2, 2, &date->month))
        return false;
    if (is_extended && !take_char(&in, '-') && !take_char(&in, '/'))
        return false;
    if (!take_number(&in, 2, 2, &date->day))
        return false;
    if (in.size == 0)
        return true;
    if (!take_char(&in, 'T') && !take_char(&in, 't') && !is_space(peek(&in)))
        return false;
    skip_space(&in);
    return take_time(&in, date) && in.size == 0;
}

static void skip_separators(struct wd_str *in)
{
    while (is_space(peek(in)) || (in->size && strchr(",.-", peek(in))))
        skip(in, 1);
}

/* A weekday at the start, a month by name, and a day, in any order; then the year. */
static bool take_named_date(struct wd_str *in, struct date *date)
{
    for (bool is_first = true; !date->day || !date->month; is_first = false) {
        if (wd_ascii_is_digit(peek(in))) {
            if (date->day || !take_number(in, 1, 2, &date->day))
                return false;
        } else {
            struct wd_str word = take_word(in);
            int month = month_of(word);
            if (date->month || (!month && !(is_first && is_weekday(word))))
                return false;
            date->month = month;
        }
        skip_separators(in);
    }
    return take_number(in, 4, 4, &date->year);
}

/* "Thu, 13 Feb 2025 10:37:00 GMT", "February 13, 2025 at 10:37 p.m. EST". */
static bool read_named_month(struct wd_str in, struct date *date)
{
    if (!take_named_date(&in, date))
        return false;
    skip_separators(&in);
    struct wd_str rest = in;
    if (is_word(take_word(&rest), "at")) {
        in = rest;
        skip_space(&in);
    }
    return in.size == 0 || (take_time(&in, date) && in.size == 0);
}

/* Days since 1970-01-01 as a date (Howard Hinnant's civil_from_days, for days >= 0). */
static void civil_from_days(int64_t days, struct date *date)
{
    days += 719468;
    int64_t era = days / 146097, doe = days % 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t shifted = (5 * doy + 2) / 153;
    date->day = (int)(doy - (153 * shifted + 2) / 5 + 1);
    date->month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    date->year = (int)(yoe + era * 400 + (date->month <= 2));
}

/* 9 or 10 digits are seconds (1973 to 2286), 12 or 13 milliseconds. Fewer would be a
 * year or a day written without its dashes. A fraction is dropped. */
static bool read_unix(struct wd_str in, struct date *date)
{
    size_t size = 0;
    int64_t number = 0;
    while (size < in.size && size < 14 && wd_ascii_is_digit(in.data[size]))
        number = number * 10 + (in.data[size++] - '0');
    if (size < in.size && in.data[size] != '.')
        return false;
    for (size_t i = size + 1; i < in.size; i++) {
        if (!wd_ascii_is_digit(in.data[i]))
            return false;
    }
    if (size == 12 || size == 13)
        number /= 1000;
    else if (size != 9 && size != 10)
        return false;
    civil_from_days(number / 86400, date);
    date->hour = (int)(number % 86400 / 3600);
    date->minute = (int)(number % 3600 / 60);
    date->second = (int)(number % 60);
    return true;
}

static void write_rfc3339(const struct date *date, char out[WD_DATE_SIZE])
{
    char zone[8] = "Z";
    if (date->zone_minutes) {
        unsigned east =
            (unsigned)(date->zone_minutes < 0 ? -date->zone_minutes : date->zone_minutes);
        (void)snprintf(zone, sizeof(zone), "%c%02u:%02u",
                       date->zone_minutes < 0 ? '-' : '+', east / 60 % 24, east % 60);
    }
    (void)snprintf(out, WD_DATE_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d%s%.*s%s", date->year,
                   date->month, date->day, date->hour, date->minute, date->second,
                   date->fraction.size ? "." : "",
                   date->fraction.size ? (int)date->fraction.size - 1 : 0,
                   date->fraction.size ? date->fraction.data + 1 : "", zone);
}

bool wd_date_normalise(struct wd_str text, char out[WD_DATE_SIZE])
{
    static bool (*const readers[])(struct wd_str, struct date *) = {read_iso, read_unix,
                                                                    read_named_month};
    while (text.size && is_space(text.data[text.size - 1]))
        text.size--;
    skip_space(&text);
    out[0] = '\0';
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
        struct date date = {0};
        if (readers[i](text, &date) && is_sane(&date)) {
            write_rfc3339(&date, out);
            return true;
        }
    }
    return false;
}
