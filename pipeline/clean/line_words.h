/* line_words.h -- what the words of a line say about it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CLEAN_LINE_WORDS_H
#define WD_CLEAN_LINE_WORDS_H

#include "line.h"

/* Adds all words in the line's span to its counts and flags, which must be those of a
 * line without words. */
void wd_line_read_words(struct wd_str raw, struct wd_line *line);

/* Adds the word that begins at `at`, within the span, as the line's next one. */
void wd_line_read_word(struct wd_str raw, uint32_t at, struct wd_line *line);

/* The flag of the sign at `at`: of "@", "://" or "](" ; else 0. */
unsigned wd_line_sign_at(struct wd_str raw, uint32_t at);

#endif
