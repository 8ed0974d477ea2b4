/* json_text.c -- see json_text.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "json_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* How many bytes the character at `p` has, and which it is; 0 when it is no UTF-8. The
 * text ends with a NUL, which continues no character, so nothing is read behind it. */
static size_t decode(const unsigned char *p, uint32_t *ret_point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = p[0] < 0x80   ? 1
                  : p[0] < 0xc2 ? 0
                  : p[0] < 0xe0 ? 2
                  : p[0] < 0xf0 ? 3
                  : p[0] < 0xf5 ? 4
                                : 0;
    uint32_t point = size == 1 ? p[0] : p[0] & (0xffu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        point = point << 6 | (p[i] & 0x3f);
    }
    if (size == 0 || point < least[size] || point > 0x10ffff ||
        (point >= 0xd800 && point < 0xe000))
        return 0;
    *ret_point = point;
    return size;
}

static bool is_escaped(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x2028 ||
           point == 0x2029;
}

size_t json_text_next(const char **at, char out[JSON_TEXT_SIZE])
{
    const char *p = *at;
    uint32_t point = 0;
    if (*p == '\0')
        return 0;
    size_t size = decode((const unsigned char *)p, &point);
    *at += size ? size : 1;
    if (size == 0)
        return (size_t)snprintf(out, JSON_TEXT_SIZE, "\xef\xbf\xbd");
    if (point == '"' || point == '\\')
        return (size_t)snprintf(out, JSON_TEXT_SIZE, "\\%c", (int)point);
    if (is_escaped(point))
        return (size_t)snprintf(out, JSON_TEXT_SIZE, "\\u%04x", (unsigned)point);
    memcpy(out, p, size);
    return size;
}
