/* dedup.h -- the stage that says whether an article repeats an earlier one.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DEDUP_H
#define WD_DEDUP_H

#include "wiredesk/desk.h"
#include "wiredesk/stage.h"

extern const struct wd_stage wd_stage_dedup;

/* Adds what this stage holds to *stats. */
void wd_dedup_stats(const void *state, struct wd_desk_stats *stats);

#endif
