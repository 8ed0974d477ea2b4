/* dedup.h -- the stage that says whether an article repeats an earlier one.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DEDUP_H
#define WD_DEDUP_H

#include "wiredesk/desk.h"
#include "wiredesk/stage.h"
#include "wiredesk/verdict_model.h"

extern const struct wd_stage wd_stage_dedup;

/* Adds what this stage holds to *stats. */
void wd_dedup_stats(const void *state, struct wd_desk_stats *stats);

/* As wd_desk_measure(). */
int wd_dedup_measure(const void *state, struct wd_article *art, uint64_t sequence,
                     int32_t ret_values[WD_N_FEATURES]);

#endif
