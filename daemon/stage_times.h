/* stage_times.h -- how long each stage took over one article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Belongs to the article's item: the thread that runs the stages writes, the loop's
 * thread reads once the batch is back. */
#ifndef DAEMON_STAGE_TIMES_H
#define DAEMON_STAGE_TIMES_H

#include <stddef.h>
#include <stdint.h>

#include "wiredesk/article.h"

#define STAGES_MAX 16
#define STAGE_EMIT (STAGES_MAX - 1) /* no stage of wd_stages(): the article as JSON */

struct stage_times {
    int64_t last_ns;
    /* By place in wd_stages(), and STAGE_EMIT; -1: the stage did not run. */
    int64_t took_ns[STAGES_MAX];
};

/* Forgets everything, and is told by `art` from now on; the clock runs. */
void stage_times_begin(struct stage_times *times, struct wd_article *art);

/* The clock runs again, after a pause between two chains. */
void stage_times_go_on(struct stage_times *times);

/* The stage took from then until now. */
void stage_times_note(struct stage_times *times, size_t stage);

#endif
