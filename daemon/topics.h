/* topics.h -- the topics that the daemon needs: made, and judged.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_TOPICS_H
#define DAEMON_TOPICS_H

#include <stdio.h>

#include "config.h"
#include "fault.h"
#include "patience.h"
#include "sink.h"

/* Creates what is missing: input, output, dead letters, sketch log, clusters. Then checks all.
 * One line a topic goes to `report`. */
int topics_create(const struct config *cfg, FILE *report, struct fault *fault);

/* Names every wrong setting of every topic on `report`; -1 when there is one. */
int topics_check(const struct config *cfg, FILE *report, struct fault *fault);

/* For the start: the same check over `rk`; all that is wrong comes in one sentence. Sets
 * the largest records that the topics take. */
int topics_inspect(rd_kafka_t *rk, const struct config *cfg, struct patience *pat,
                   size_t ret_limits[SINK_TOPICS], struct fault *fault);

#endif
