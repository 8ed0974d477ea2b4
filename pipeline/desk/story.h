/* story.h -- the stage that puts an article into its story.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_STORY_H
#define WD_STORY_H

#include "wiredesk/desk.h"
#include "wiredesk/stage.h"

extern const struct wd_stage wd_stage_story;

/* Adds what this stage holds to *stats. */
void wd_story_stats(const void *state, struct wd_desk_stats *stats);

#endif
