/* space.h -- what counts as white space in an article, and what ends a line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Feeds write white space in many ways: U+00A0 between a byline and its date, U+3000 in
 * East Asian copy, zero-width marks and byte order marks where an editor pasted. All of
 * them and the control characters part words here; marks without width part nothing and
 * are dropped. Joiners (U+200C, U+200D) and direction marks are text: scripts need them.
 */
#ifndef WD_CLEAN_SPACE_H
#define WD_CLEAN_SPACE_H

#include <stdbool.h>

enum wd_space {
    WD_SPACE_NONE,  /* a character of the text */
    WD_SPACE_BLANK, /* parts words */
    WD_SPACE_LINE,  /* ends a line */
    WD_SPACE_NIL,   /* without width: U+200B, U+2060, U+FEFF, U+00AD */
};

/* Classes of the bytes that can begin white space. */
enum wd_space wd_space_slow(const char *p, const char *end, unsigned *ret_size);

/* What stands at `p`, in well-formed text; *ret_size gets its bytes ("\r\n" is one line
 * end of two) unless it is WD_SPACE_NONE. */
static inline enum wd_space wd_space_at(const char *p, const char *end,
                                        unsigned *ret_size)
{
    unsigned char c = (unsigned char)*p;
    if (c == ' ' || c == '\t') {
        *ret_size = 1;
        return WD_SPACE_BLANK;
    }
    if (c == '\n') {
        *ret_size = 1;
        return WD_SPACE_LINE;
    }
    /* 0xc2: U+0085, U+00A0, U+00AD. 0xe1–0xe3: U+1680, U+2000…, U+3000. 0xef: U+FEFF. */
    if ((c > ' ' && c < 0x7f) || (c > 0xc2 && c < 0xe1) || (c > 0xe3 && c != 0xef))
        return WD_SPACE_NONE;
    return wd_space_slow(p, end, ret_size);
}

#endif
