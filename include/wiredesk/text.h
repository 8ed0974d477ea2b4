/* text.h -- words and sentences of any UTF-8 text, without a pipeline.
 * SPDX-License-Identifier: Apache-2.0
 *
 * wd_cut() is what the pipeline does: tokens without white space, and sentences that
 * never cut a token. The two iterators below it give the exact default segments of
 * Unicode Standard Annex #29 for the Unicode version wd_unicode_version() names, white
 * space included: the segments of a text joined together are the text. They allocate
 * nothing, keep no state but the cursor, and take time linear in the text whatever it
 * holds. */
#ifndef WIREDESK_TEXT_H
#define WIREDESK_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "wiredesk/article.h"
#include "wiredesk/export.h"
#include "wiredesk/span.h"

/* Facts of a token. Clitics are only told in English: "n't" of don't, "'s", "not" of
 * cannot. A surface token is a token with the clitics that follow it. */
enum wd_token_flag {
    WD_TOKEN_CLITIC = 1 << 0,       /* one surface token with the token before */
    WD_TOKEN_CAPITALISED = 1 << 1,  /* starts with a capital */
    WD_TOKEN_UPPER = 1 << 2,        /* two capitals or more, no small ASCII letter */
    WD_TOKEN_ABBREVIATION = 1 << 3, /* its last full stop is its own: Mr., U.S. */
};

/* Where tokens and sentences go, in text order; a sentence comes after its last token. A
 * status that is not WD_OK stops the cut and is handed on. */
struct wd_cut_sink {
    void *user;
    int (*token)(void *user, const struct wd_token *tok);
    int (*sentence)(void *user, struct wd_span sentence);
};

/* Cuts `part` of `text`, which is well-formed UTF-8 of less than 4 GiB; spans count from
 * the start of `text`. `language` is BCP 47. Every byte that is not white space ends up
 * in one token, every token in one sentence; line ends always end a sentence. */
WD_API WD_MUST_CHECK int wd_cut(struct wd_str text, struct wd_span part,
                                struct wd_str language, const struct wd_cut_sink *sink);

/* Where an iteration stands. Well-formed UTF-8 of less than 4 GiB; `at` is 0 to begin at
 * the start, or any boundary that the same iterator found in this text. */
struct wd_cursor {
    struct wd_str text;
    uint32_t at;
};

/* The segment at the cursor, which moves behind it; false at the end of the text. */
WD_API bool wd_word_next(struct wd_cursor *cursor, struct wd_span *ret_word);
WD_API bool wd_sentence_next(struct wd_cursor *cursor, struct wd_span *ret_sentence);

/* Bytes at the start of `text` that are well-formed UTF-8; text.size when all are. */
WD_API size_t wd_text_valid(struct wd_str text);

#define WD_REPLACEMENT 0xfffdu /* Unicode's character for bytes that are none */

/* The code point at *at of any bytes, and *at moves behind it; where no well-formed one
 * begins, WD_REPLACEMENT, and one byte on. *at is less than text.size. */
WD_API uint32_t wd_text_point(struct wd_str text, size_t *at);

/* "17.0.0" */
WD_API const char *wd_unicode_version(void);

#endif
