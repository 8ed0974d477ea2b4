/* pace.c -- rates, and the clock that articles bring with them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "pace.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t pace_now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail on Linux */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool pace_parse_rate(const char *text, double *ret_per_second)
{
    static const struct {
        const char *unit;
        double seconds;
    } rows[] = {{"", 1}, {"/s", 1}, {"/m", 60}, {"/h", 3600}};
    char *end;
    double number = strtod(text, &end);

    if (end == text || !isfinite(number) || number <= 0)
        return false;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(end, rows[i].unit) == 0) {
            *ret_per_second = number / rows[i].seconds;
            return true;
        }
    }
    return false;
}

/* "Z", "+01:00", "-0500": seconds east of UTC. */
static bool parse_zone(const char *zone, int64_t *ret_seconds)
{
    int hours, minutes, used = 0;
    char sign;

    *ret_seconds = 0;
    if (strcmp(zone, "Z") == 0 || strcmp(zone, "z") == 0)
        return true;
    if ((sscanf(zone, "%c%2d:%2d%n", &sign, &hours, &minutes, &used) != 3 &&
         sscanf(zone, "%c%2d%2d%n", &sign, &hours, &minutes, &used) != 3) ||
        zone[used] != '\0' || (sign != '+' && sign != '-'))
        return false;
    *ret_seconds = (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
    return true;
}

bool pace_parse_time(const char *text, int64_t *ret_ms)
{
    struct tm tm = {0};
    int64_t zone_seconds;
    const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);
    if (!rest)
        rest = strptime(text, "%Y-%m-%d %H:%M:%S", &tm);
    if (!rest)
        return false;

    double fraction = 0;
    if (*rest == '.') {
        char *end;
        fraction = strtod(rest, &end);
        rest = end;
    }
    if (!parse_zone(rest, &zone_seconds))
        return false;
    *ret_ms = ((int64_t)timegm(&tm) - zone_seconds) * 1000 + (int64_t)(fraction * 1000);
    return true;
}

bool pace_article_time(struct wd_str value, int64_t *ret_ms)
{
    static const char *const keys[] = {
        "versionCreated", "versioncreated", "updated_at",     "published_at",
        "published",      "pubDate",        "contentCreated", "firstcreated",
        "firstCreated",   "date",           "time",
    };
    json_t *article = json_loadb(value.data, value.size, 0, NULL);
    bool is_found = false;

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && !is_found; i++) {
        const char *text = json_string_value(json_object_get(article, keys[i]));
        is_found = text && pace_parse_time(text, ret_ms);
    }
    json_decref(article);
    return is_found;
}
