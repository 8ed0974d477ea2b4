/* stage_times.h -- how long each stage took over one article, and what all of them cost.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A stage's time is by the clock on the wall, which is cheap to ask; what a chain of them
 * costs is the thread's processor time, whoever else runs on the machine.
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
    int64_t begun_cpu_ns; /* of the thread, when its chain began */
    int64_t cpu_ns;       /* of all chains */
    /* By place in wd_stages(), and STAGE_EMIT; -1: the stage did not run. */
    int64_t took_ns[STAGES_MAX];
};

/* Forgets everything, and is told by `art` from now on; the clock runs. */
void stage_times_begin(struct stage_times *times, struct wd_article *art);

/* The clock runs again, after a pause between two chains. */
void stage_times_go_on(struct stage_times *times);

/* The chain is through; on the thread on which it began. */
void stage_times_rest(struct stage_times *times);

/* The stage took from then until now. */
void stage_times_note(struct stage_times *times, size_t stage);

#endif
