/* tag.c -- placeholder until the stage lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "tag.h"

#include "article.h"

static int tag_run(void *state, struct wd_article *art)
{
    (void)state;
    (void)art;
    return WD_OK;
}

const struct wd_stage wd_stage_tag = {
    .name = "tag",
    .summary = "",
    .needs = WD_HAS_TEXT | WD_HAS_TOKENS,
    .gives = WD_HAS_ENTITIES,
    .run = tag_run,
};
