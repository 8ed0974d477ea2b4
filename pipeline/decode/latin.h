/* latin.h -- which Latin charset a text is in, told by its letters.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_LATIN_H
#define WD_DECODE_LATIN_H

#include "wiredesk/span.h"

/* The label of the charset in which `bytes` are most like a language that we know; NULL
 * when they are like none, or hold too few letters past ASCII to tell. */
const char *wd_latin_charset(struct wd_str bytes);

#endif
