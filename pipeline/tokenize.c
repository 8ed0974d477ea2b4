/* tokenize.c -- placeholder until the stage lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "tokenize.h"

#include "article.h"

static int tokenize_run(void *state, struct wd_article *art)
{
    (void)state;
    struct wd_str text = art->facts.text;
    for (uint32_t i = 0; i < text.size;) {
        uint32_t start = i;
        while (i < text.size && (unsigned char)text.data[i] > 0x20)
            i++;
        struct wd_token token = {{start, i}, WD_TOKEN_WORD, i < text.size, 0};
        if (i > start) {
            int r = wd_article_add_token(art, token);
            if (r < 0)
                return r;
        }
        while (i < text.size && (unsigned char)text.data[i] <= 0x20)
            i++;
    }
    return WD_OK;
}

const struct wd_stage wd_stage_tokenize = {
    .name = "tokenize",
    .summary = "",
    .needs = WD_HAS_TEXT,
    .gives = WD_HAS_TOKENS,
    .run = tokenize_run,
};
