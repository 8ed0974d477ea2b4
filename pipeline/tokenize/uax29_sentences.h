/* uax29_sentences.h -- what UAX #29 says at each stop of a text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_UAX29_SENTENCES_H
#define WD_UAX29_SENTENCES_H

#include "wiredesk/text.h"

/* A terminator, or the end of a paragraph. */
struct wd_stop {
    size_t at;
    size_t behind;     /* … it, what closes behind it, and white space */
    bool is_end;       /* a sentence ends there */
    bool is_paragraph; /* … and a paragraph with it */
};

/* The first stop from `from` on in the sentence that begins at `start`; false when there
 * is none. The next search begins behind it. */
bool wd_stop_next(struct wd_str text, size_t start, size_t from,
                  struct wd_stop *ret_stop);

#endif
