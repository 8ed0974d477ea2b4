/* decide.h -- the ordered part: one article from a worker's hands to the topics.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_DECIDE_H
#define DAEMON_DECIDE_H

#include "config.h"
#include "fault.h"
#include "metrics.h"
#include "sink.h"
#include "wiredesk/buf.h"
#include "wiredesk/desk.h"
#include "workers.h"

struct decider {
    const struct config *cfg;
    struct wd_desk *desk;
    struct sink *sink;
    struct wd_buf output; /* reused for each article; also for what is passed on */
    struct wd_buf sketch;
};

void decider_init(struct decider *dec, const struct config *cfg, struct wd_desk *desk,
                  struct sink *sink);
void decider_done(struct decider *dec);

/* Decides on the item's article and puts output or dead letter, and the sketch, into the
 * open transaction; as a tagger, decides nothing and passes the article on. `tally`
 * counts which; *ret_size grows by the bytes put. After a fault the desk is ahead of the
 * log and must be dropped. */
int decide(struct decider *dec, struct item *item, struct tally *tally, size_t *ret_size,
           struct fault *fault);

#endif
