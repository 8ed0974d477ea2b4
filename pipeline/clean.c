/* clean.c -- placeholder until the stage lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "clean.h"

#include "article.h"

static int clean_run(void *state, struct wd_article *art)
{
    (void)state;
    struct wd_region *region = wd_arena_alloc(&art->arena, sizeof(*region));
    if (!region)
        return WD_ENOMEM;
    *region = (struct wd_region){WD_ROLE_BODY, {0, (uint32_t)art->facts.raw.size}};
    art->facts.text = art->facts.raw;
    art->facts.regions = region;
    art->facts.n_regions = 1;
    return WD_OK;
}

const struct wd_stage wd_stage_clean = {
    .name = "clean",
    .summary = "",
    .needs = WD_HAS_RAW,
    .gives = WD_HAS_TEXT,
    .run = clean_run,
};
