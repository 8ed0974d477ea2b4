/* successor.h -- takes over from whoever was active before, in the one safe order.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_SUCCESSOR_H
#define DAEMON_SUCCESSOR_H

#include "config.h"
#include "fault.h"
#include "lease.h"
#include "ledger.h"
#include "patience.h"
#include "sink.h"
#include "sketch_log.h"
#include "source.h"
#include "wiredesk/desk.h"

/* All that an active instance has. */
struct estate {
    struct wd_desk *desk; /* NULL: of a tagger */
    struct ledger *ledger;
    struct sink *sink;
    struct source *source;
};

struct successor;

/* `pat` limits every wait, here and later in the estate. NULL when memory is short. */
struct successor *successor_new(const struct config *cfg, struct patience *pat);

/* NULL-safe. successor_run() has returned. */
void successor_free(struct successor *suc);

/* Stands by, tailing the sketch log, until the lease is held; then takes over. A tagger
 * has nothing to tail: it is told of its share before, and takes that up. Blocks, on a
 * thread of its own. 0 with *ret_estate the caller's, or -1: nothing was taken. */
int successor_run(struct successor *suc, struct estate *ret_estate, struct fault *fault);

/* From another thread: what is held, NULL for nothing. A tagger's share is borrowed until
 * its estate is closed. */
void successor_set_lease(struct successor *suc, const struct share *share);

/* From another thread: records of the sketch log that are not taken yet; -1 while that is
 * not known. */
int64_t successor_lag(struct successor *suc);

/* From another thread: patience is over, successor_run() returns soon with FAULT_STOP. */
void successor_stop(struct successor *suc);

/* Closes what there is; NULL members are fine. Blocks for a moment. For *fault see
 * sink_close(). */
void estate_close(struct estate *est, struct fault *fault);

#endif
