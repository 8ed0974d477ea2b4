/* topics.h -- the topics that the daemon needs: made, and judged.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_TOPICS_H
#define DAEMON_TOPICS_H

#include <stdio.h>

#include "config.h"
#include "fault.h"
#include "patience.h"
#include "sink.h"

/* Creates what is missing: the inputs and what the role
 * writes and reads. Then checks all.
 * One line a topic goes to `report`. */
int topics_create(const struct config *cfg, FILE *report, struct fault *fault);

/* Names every wrong setting of every topic on `report`; -1 when there is one. */
int topics_check(const struct config *cfg, FILE *report, struct fault *fault);

/* For the start: the same check; all that is wrong comes in one sentence. Sets the
 * largest records that the topics take. */
int topics_judge(const struct config *cfg, struct patience *pat,
                 size_t ret_limits[SINK_TOPICS], struct fault *fault);

/* The same over `rk`, which is there already. */
int topics_inspect(rd_kafka_t *rk, const struct config *cfg, struct patience *pat,
                   size_t ret_limits[SINK_TOPICS], struct fault *fault);

#endif
