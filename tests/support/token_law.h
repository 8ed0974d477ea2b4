/* token_law.h -- what holds for the tokens and sentences of every text, for tests.
 * SPDX-License-Identifier: Apache-2.0
 *
 * In the order of a struct wd_cut_sink: tokens, and each sentence after its last. */
#ifndef WD_TOKEN_LAW_H
#define WD_TOKEN_LAW_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/unicode_tables.h"
#include "base/utf8.h"
#include "wiredesk/article.h"
#include "wiredesk/text.h"

/* Aborts in every build: assert() is left out of some. */
#define token_law_require(condition)                                                     \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            (void)fprintf(stderr, "does not hold: %s\n", #condition);                    \
            abort();                                                                     \
        }                                                                                \
    } while (0)

/* What has been seen of a text's tokens and sentences. */
struct token_law {
    struct wd_str text;  /* up to the end of the part that is cut */
    struct wd_str whole; /* … and what follows it */
    uint32_t at;         /* all before it is in a token, or white */
    uint32_t sentence;   /* end of the last sentence */
    uint32_t start;      /* of the first token since; equal to `at` when there is none */
    bool is_open;
};

static inline bool token_law_is_white(uint32_t cp)
{
    unsigned cls = wd_sentence_class(cp);
    return cls == WD_SB_SP || cls == WD_SB_SEP || cls == WD_SB_CR || cls == WD_SB_LF;
}

static inline bool token_law_is_boundary(struct wd_str text, uint32_t at)
{
    return at == text.size || wd_utf8_is_start(text.data[at]);
}

static inline bool token_law_has_white(struct wd_str text, uint32_t start, uint32_t end,
                                       bool want_all)
{
    unsigned size;
    for (uint32_t at = start; at < end; at += size) {
        if (token_law_is_white(wd_utf8_decode(text.data + at, &size)) != want_all)
            return !want_all;
    }
    return want_all;
}

static inline int token_law_take(void *user, const struct wd_token *tok)
{
    struct token_law *law = user;
    struct wd_span span = tok->span;

    token_law_require(span.start < span.end && span.end <= law->text.size);
    token_law_require(span.start >= law->at && span.start >= law->sentence);
    token_law_require(token_law_is_boundary(law->text, span.start) &&
                      token_law_is_boundary(law->text, span.end));
    token_law_require(token_law_has_white(law->text, law->at, span.start, true));
    token_law_require(!token_law_has_white(law->text, span.start, span.end, false));
    token_law_require(
        !(tok->flags & WD_TOKEN_CLITIC) ||
        (law->is_open && law->at == span.start)); /* joined to what is before */
    unsigned size;
    bool is_spaced =
        span.end < law->whole.size &&
        token_law_is_white(wd_utf8_decode(law->whole.data + span.end, &size));
    token_law_require(tok->is_spaced == is_spaced);
    if (!law->is_open)
        law->start = span.start;
    law->is_open = true;
    law->at = span.end;
    return WD_OK;
}

static inline int token_law_end(void *user, struct wd_span sentence)
{
    struct token_law *law = user;
    token_law_require(law->is_open);
    token_law_require(sentence.start == law->start && sentence.end == law->at);
    token_law_require(
        !memchr(law->text.data + sentence.start, '\n', sentence.end - sentence.start));
    law->sentence = sentence.end;
    law->is_open = false;
    return WD_OK;
}

/* The tokens and sentences that an article has of one region. */
static inline void token_law_check_region(const struct wd_facts *facts,
                                          struct wd_span region, size_t *next_token,
                                          size_t *next_sentence)
{
    struct token_law law = {.text = {facts->text.data, region.end},
                            .whole = facts->text,
                            .at = region.start,
                            .sentence = region.start};
    while (*next_sentence < facts->n_sentences &&
           facts->sentences[*next_sentence].end <= region.end) {
        struct wd_span sentence = facts->sentences[(*next_sentence)++];
        while (*next_token < facts->n_tokens &&
               facts->tokens[*next_token].span.end <= sentence.end)
            (void)token_law_take(&law, &facts->tokens[(*next_token)++]);
        (void)token_law_end(&law, sentence);
    }
    token_law_require(token_law_has_white(facts->text, law.at, region.end, true));
}

/* Every letter of the text is in a token, every token in a sentence, no sentence in two
 * regions. */
static inline void token_law_check(const struct wd_facts *facts)
{
    size_t next_token = 0, next_sentence = 0;
    for (size_t i = 0; i < facts->n_regions; i++)
        token_law_check_region(facts, facts->regions[i].span, &next_token,
                               &next_sentence);
    token_law_require(next_token == facts->n_tokens);
    token_law_require(next_sentence == facts->n_sentences);
}

#endif
