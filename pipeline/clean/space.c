/* space.c -- the white space beyond ASCII, after Unicode 17 PropList (White_Space).
 * SPDX-License-Identifier: Apache-2.0 */
#include "space.h"

#include "base/utf8.h"

static enum wd_space space_of(uint32_t cp)
{
    switch (cp) {
    case '\n':
    case '\v':
    case '\f':
    case '\r':
    case 0x85: /* next line: mainframe feeds */
        return WD_SPACE_LINE;
    case 0xad: /* soft hyphen: shown only where a line is broken */
    case 0x2060:
    case 0xfeff:
        return WD_SPACE_NIL;
    case 0xa0:
    case 0x1680:
    case 0x205f:
    case 0x3000:
        return WD_SPACE_BLANK;
    default:
        if (cp <= 0x20 || (cp >= 0x7f && cp < 0xa0))
            return WD_SPACE_BLANK; /* control characters part words, too */
        return WD_SPACE_NONE;
    }
}

/* U+2000 to U+203F (0x28: line separator, 0x29: paragraph separator), among the quotes
 * and dashes of all copy. */
static const uint8_t general[64] = {
    [0 ... 0x0a] = WD_SPACE_BLANK, [0x0b] = WD_SPACE_NIL,   [0x28] = WD_SPACE_LINE,
    [0x29] = WD_SPACE_LINE,        [0x2f] = WD_SPACE_BLANK,
};

enum wd_space wd_space_slow(const char *p, const char *end, unsigned *ret_size)
{
    unsigned size;
    if (*p == '\xe2' && p[1] == '\x80') {
        *ret_size = 3;
        return (enum wd_space)general[p[2] & 63];
    }
    uint32_t cp = wd_utf8_decode(p, &size);
    enum wd_space space = space_of(cp);
    if (space == WD_SPACE_NONE)
        return space;
    if (cp == '\r' && p + 1 < end && p[1] == '\n')
        size = 2;
    *ret_size = size;
    return space;
}
