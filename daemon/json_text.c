/* json_text.c -- see json_text.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "json_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "wiredesk/text.h"

enum { MOST_BYTES = 4 }; /* of a character */

static bool is_escaped(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x2028 ||
           point == 0x2029;
}

size_t json_text_next(const char **at, char out[JSON_TEXT_SIZE])
{
    const struct wd_str text = {*at, strnlen(*at, MOST_BYTES)};
    if (text.size == 0)
        return 0;
    size_t size = 0;
    uint32_t point = wd_text_point(text, &size);
    *at += size;
    if (point == WD_REPLACEMENT)
        return (size_t)snprintf(out, JSON_TEXT_SIZE, "\xef\xbf\xbd");
    if (point == '"' || point == '\\')
        return (size_t)snprintf(out, JSON_TEXT_SIZE, "\\%c", (int)point);
    if (is_escaped(point))
        return (size_t)snprintf(out, JSON_TEXT_SIZE, "\\u%04x", (unsigned)point);
    memcpy(out, text.data, size);
    return size;
}
