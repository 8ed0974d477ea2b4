/* decide.h -- the ordered part: one article from a worker's hands to the topics.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_DECIDE_H
#define DAEMON_DECIDE_H

#include "config.h"
#include "fault.h"
#include "held.h"
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
    bool holds;       /* no transaction is open */
    struct held held; /* until one is */
};

/* It holds, to begin with. */
void decider_init(struct decider *dec, const struct config *cfg, struct wd_desk *desk,
                  struct sink *sink);
void decider_done(struct decider *dec);

/* From now on what is decided is kept: the sink is somebody else's. */
void decider_hold(struct decider *dec);

/* A transaction is open: what was held goes into it, and what is decided from now on. */
int decider_release(struct decider *dec, struct fault *fault);

/* Decides on the item's article and puts output or dead letter, and the sketch, into the
 * open transaction, or holds them for the next one; as a tagger, decides nothing and
 * passes the article on. `tally` counts which; *ret_size grows by the bytes put. After a
 * fault the desk is ahead of the log and must be dropped. */
int decide(struct decider *dec, struct item *item, struct tally *tally, size_t *ret_size,
           struct fault *fault);

#endif
