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
    case 0x85:   /* next line: mainframe feeds */
    case 0x2028: /* line separator */
    case 0x2029: /* paragraph separator */
        return WD_SPACE_LINE;
    case 0xad: /* soft hyphen: shown only where a line is broken */
    case 0x200b:
    case 0x2060:
    case 0xfeff:
        return WD_SPACE_NIL;
    case 0xa0:
    case 0x1680:
    case 0x202f:
    case 0x205f:
    case 0x3000:
        return WD_SPACE_BLANK;
    default:
        if (cp <= 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0x2000 && cp <= 0x200a))
            return WD_SPACE_BLANK; /* control characters part words, too */
        return WD_SPACE_NONE;
    }
}

enum wd_space wd_space_slow(const char *p, const char *end, unsigned *ret_size)
{
    unsigned size;
    uint32_t cp = wd_utf8_decode(p, &size);
    enum wd_space space = space_of(cp);
    if (space == WD_SPACE_NONE)
        return space;
    if (cp == '\r' && p + 1 < end && p[1] == '\n')
        size = 2;
    *ret_size = size;
    return space;
}
