/* english_rules.h -- the rooms of the word layer: each says where a token ends.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_ENGLISH_RULES_H
#define WD_ENGLISH_RULES_H

#include "english.h"
#include "english_chars.h"
#include "wiredesk/text.h"

/* The end of the token that starts with the letter, the digit, the sign at `start`. A
 * clitic found in it is noted in *eng as the next token; flags are added to *flags. */
size_t wd_english_word_end(struct wd_english *eng, size_t start, uint16_t *flags);
size_t wd_english_figure_end(const struct wd_english *eng, size_t start);
size_t wd_english_sign_end(struct wd_english *eng, size_t start, uint16_t *flags);

/* Does the point at `end` belong to the word [start, end)? */
bool wd_english_takes_point(struct wd_str text, size_t start, size_t end);

/* Behind the address (web, mail) that starts with the segment [start, end); 0 when there
 * is none. */
size_t wd_english_address(struct wd_str text, size_t start, size_t end);

/* Behind the clitic whose apostrophe is at `at`: 's, 'll, … ; 0 when it is none. */
size_t wd_english_clitic_end(struct wd_str text, size_t at);

/* Nothing stands before the sign at `at` that it could belong to: a tag or a face may
 * begin there. */
static inline bool wd_english_is_free(struct wd_str text, size_t at)
{
    static const bool opens[128] = {['('] = true, ['['] = true,  ['"'] = true,
                                    ['-'] = true, ['\''] = true, ['/'] = true};
    if (at == 0)
        return true;
    unsigned char before = (unsigned char)text.data[at - 1];
    return before < 0x80 && before > ' ' ? opens[before] : wd_white_before(text, at);
}

/* The end of the Unicode segment that starts at `at`, before the end of the text. */
static inline size_t wd_segment_end(struct wd_str text, size_t at)
{
    struct wd_cursor cursor = {text, (uint32_t)at};
    struct wd_span word = {0};
    (void)wd_word_next(&cursor, &word);
    return word.end;
}

static inline struct wd_str wd_slice(struct wd_str text, size_t start, size_t end)
{
    return (struct wd_str){text.data + start, end - start};
}

static inline size_t wd_digits_end(struct wd_str text, size_t at)
{
    while (wd_is_digit(wd_byte_at(text, at)))
        at++;
    return at;
}

#endif
