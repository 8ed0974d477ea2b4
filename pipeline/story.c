/* story.c -- placeholder until the stage lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "story.h"

#include "article.h"

static int story_run(void *state, struct wd_article *art)
{
    (void)state;
    art->facts.story = (struct wd_story){art->facts.sequence, 1, 10000};
    art->sketch.story = art->facts.sequence;
    return WD_OK;
}

static int story_apply(void *state, const struct wd_sketch *sketch)
{
    (void)state;
    (void)sketch;
    return WD_OK;
}

void wd_story_stats(const void *state, struct wd_desk_stats *stats)
{
    (void)state;
    (void)stats;
}

const struct wd_stage wd_stage_story = {
    .name = "story",
    .summary = "",
    .needs = WD_HAS_SKETCH | WD_HAS_VERDICT,
    .gives = WD_HAS_STORY,
    .run = story_run,
    .is_ordered = true,
    .apply = story_apply,
};
