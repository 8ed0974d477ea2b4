/* decode.c -- placeholder until the stage lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "decode.h"

#include "../article.h"

static int decode_run(void *state, struct wd_article *art)
{
    (void)state;
    if (art->record.value.size == 0)
        return wd_article_refuse(art, WD_EEMPTY, WD_NO_OFFSET, "the record has no bytes");
    art->facts.raw = art->record.value;
    art->facts.meta.uri = WD_STR("ni:///sha-256;placeholder");
    return WD_OK;
}

const struct wd_stage wd_stage_decode = {
    .name = "decode",
    .summary = "",
    .needs = 0,
    .gives = WD_HAS_RAW,
    .run = decode_run,
};
