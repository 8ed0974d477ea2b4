/* tokenize.c -- cuts the cleaned text into sentences and words.
 * SPDX-License-Identifier: Apache-2.0 */
#include "tokenize.h"

#include "base/article.h"
#include "wiredesk/text.h"

static int keep_token(void *user, const struct wd_token *tok)
{
    return wd_article_add_token(user, *tok);
}

static int keep_sentence(void *user, struct wd_span sentence)
{
    return wd_article_add_sentence(user, sentence);
}

/* Regions are cut one by one: a headline has no full stop, and yet ends. */
static int tokenize_run(void *state, struct wd_article *art)
{
    (void)state;
    const struct wd_facts *facts = &art->facts;
    struct wd_cut_sink sink = {art, keep_token, keep_sentence};

    for (size_t i = 0; i < facts->n_regions; i++) {
        int r = wd_cut(facts->text, facts->regions[i].span, facts->language, &sink);
        if (r < 0)
            return r;
    }
    return WD_OK;
}

const struct wd_stage wd_stage_tokenize = {
    .name = "tokenize",
    .summary = "cuts the cleaned text into sentences and words",
    .needs = WD_HAS_TEXT | WD_HAS_LANGUAGE,
    .gives = WD_HAS_TOKENS,
    .run = tokenize_run,
};
