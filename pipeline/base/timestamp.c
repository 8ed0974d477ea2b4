/* timestamp.c -- calendar arithmetic on the proleptic Gregorian calendar.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Years are counted from March, so that the leap day is a year's last; 400 years ("an
 * era") have 146,097 days. After Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms". */
#include "timestamp.h"

#define DAY_S       86400
#define YEAR_0_S    INT64_C(-62167219200) /* 0000-01-01T00:00:00Z */
#define YEAR_9999_S INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

static int64_t days_from_civil(int64_t year, unsigned month, unsigned day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    unsigned year_of_era = (unsigned)(year - era * 400);
    unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    unsigned day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + (int64_t)day_of_era - 719468;
}

static void civil_from_days(int64_t days, unsigned *year, unsigned *month, unsigned *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    unsigned day_of_era = (unsigned)(days - era * 146097);
    unsigned year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    unsigned day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    unsigned month_from_march = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = (unsigned)(year_of_era + era * 400 + (*month <= 2));
}

/* `size` digits of `value`, then `after`. */
static char *put_digits(char *at, unsigned value, unsigned size, char after)
{
    for (unsigned i = size; i-- != 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    at[size] = after;
    return at + size + 1;
}

/* Without what follows the seconds. */
static char *put_date_time(char *at, int64_t seconds, char after)
{
    unsigned year, month, day;
    int64_t days = seconds / DAY_S - (seconds % DAY_S < 0);
    unsigned in_day = (unsigned)(seconds - days * DAY_S);

    civil_from_days(days, &year, &month, &day);
    at = put_digits(at, year, 4, '-');
    at = put_digits(at, month, 2, '-');
    at = put_digits(at, day, 2, 'T');
    at = put_digits(at, in_day / 3600, 2, ':');
    at = put_digits(at, in_day / 60 % 60, 2, ':');
    return put_digits(at, in_day % 60, 2, after);
}

bool wd_time_format_s(int64_t seconds, char out[WD_TIME_SIZE])
{
    if (seconds < YEAR_0_S || seconds > YEAR_9999_S)
        return false;
    *put_date_time(out, seconds, 'Z') = '\0';
    return true;
}

bool wd_time_format_ms(int64_t ms, char out[WD_TIME_SIZE])
{
    int64_t seconds = ms / 1000 - (ms % 1000 < 0);

    if (seconds < YEAR_0_S || seconds > YEAR_9999_S)
        return false;
    char *at = put_date_time(out, seconds, '.');
    *put_digits(at, (unsigned)(ms - seconds * 1000), 3, 'Z') = '\0';
    return true;
}

/* Reads `size` digits; false unless they are between `low` and `high`. */
static bool take_number(struct wd_str *str, size_t size, unsigned low, unsigned high,
                        unsigned *ret)
{
    unsigned value = 0;

    if (str->size < size)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (str->data[i] < '0' || str->data[i] > '9')
            return false;
        value = value * 10 + (unsigned)(str->data[i] - '0');
    }
    *str = (struct wd_str){str->data + size, str->size - size};
    *ret = value;
    return value >= low && value <= high;
}

/* One character, an ASCII letter in either case. */
static bool take_char(struct wd_str *str, char c)
{
    if (str->size == 0 || (str->data[0] != c && (c < 'A' || str->data[0] != (c | 0x20))))
        return false;
    *str = (struct wd_str){str->data + 1, str->size - 1};
    return true;
}

static unsigned days_in_month(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

/* "Z" or "+01:00", as seconds east of UTC, and then the end. */
static bool take_offset(struct wd_str *str, int64_t *ret_east)
{
    unsigned hours, minutes;
    *ret_east = 0;
    if (take_char(str, 'Z'))
        return str->size == 0;
    bool is_west = take_char(str, '-');
    if (!is_west && !take_char(str, '+'))
        return false;
    if (!take_number(str, 2, 0, 23, &hours) || !take_char(str, ':') ||
        !take_number(str, 2, 0, 59, &minutes))
        return false;
    *ret_east = ((int64_t)hours * 3600 + minutes * 60) * (is_west ? -1 : 1);
    return str->size == 0;
}

bool wd_time_parse(struct wd_str str, int64_t *ret_seconds)
{
    unsigned year, month, day, hour, minute, second, digit;
    int64_t east;

    if (!take_number(&str, 4, 0, 9999, &year) || !take_char(&str, '-') ||
        !take_number(&str, 2, 1, 12, &month) || !take_char(&str, '-') ||
        !take_number(&str, 2, 1, days_in_month(year, month), &day) ||
        !take_char(&str, 'T') || !take_number(&str, 2, 0, 23, &hour) ||
        !take_char(&str, ':') || !take_number(&str, 2, 0, 59, &minute) ||
        !take_char(&str, ':') || !take_number(&str, 2, 0, 60, &second))
        return false;
    if (take_char(&str, '.')) {
        if (!take_number(&str, 1, 0, 9, &digit))
            return false;
        while (take_number(&str, 1, 0, 9, &digit))
            continue;
    }
    if (!take_offset(&str, &east))
        return false;
    *ret_seconds = days_from_civil(year, month, day) * DAY_S + (int64_t)hour * 3600 +
                   minute * 60 + second - east;
    return true;
}
