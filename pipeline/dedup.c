/* dedup.c -- placeholder until the stage lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "dedup.h"

#include "article.h"

static int dedup_run(void *state, struct wd_article *art)
{
    (void)state;
    art->facts.dedup.cluster = art->facts.sequence;
    art->sketch.cluster = art->facts.sequence;
    return WD_OK;
}

static int dedup_apply(void *state, const struct wd_sketch *sketch)
{
    (void)state;
    (void)sketch;
    return WD_OK;
}

void wd_dedup_stats(const void *state, struct wd_desk_stats *stats)
{
    (void)state;
    (void)stats;
}

const struct wd_stage wd_stage_dedup = {
    .name = "dedup",
    .summary = "",
    .needs = WD_HAS_SKETCH,
    .gives = WD_HAS_VERDICT,
    .run = dedup_run,
    .is_ordered = true,
    .apply = dedup_apply,
};
