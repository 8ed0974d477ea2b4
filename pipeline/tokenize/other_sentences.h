/* other_sentences.h -- where sentences end in other languages than English.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_OTHER_SENTENCES_H
#define WD_OTHER_SENTENCES_H

#include "habits.h"
#include "wiredesk/text.h"

/* As wd_sentence_next(), by the habits of a language. */
bool wd_other_sentence_next(const struct wd_habits *habits, struct wd_cursor *cursor,
                            struct wd_span *ret_sentence);

#endif
