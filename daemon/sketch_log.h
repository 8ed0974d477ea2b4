/* sketch_log.h -- reads the log that the state is made of.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All calls block and belong to the successor's thread. */
#ifndef DAEMON_SKETCH_LOG_H
#define DAEMON_SKETCH_LOG_H

#include "config.h"
#include "fault.h"
#include "ledger.h"
#include "patience.h"
#include "wiredesk/desk.h"

/* A desk that reads tagged records keeps here where it read the one that a sketch is of:
 * its offset and timestamp. */
#define SKETCH_PLACE_HEADER "wiredesk.tagged"
#define SKETCH_PLACE_FORM   "%lld@%lld"

struct sketch_log;

/* Ready to read from the beginning of the log. NULL with *fault set. */
struct sketch_log *sketch_log_open(const struct config *cfg, struct fault *fault);

/* NULL-safe. */
void sketch_log_close(struct sketch_log *log);

/* A handle for questions about topics and groups. */
rd_kafka_t *sketch_log_handle(const struct sketch_log *log);

/* Takes what comes within `ms` into desk and ledger; returns early after
 * sketch_log_interrupt(). 0, or -1. */
int sketch_log_tail(struct sketch_log *log, int ms, struct wd_desk *desk,
                    struct ledger *led, struct fault *fault);

/* From any thread: ends a sketch_log_tail() that waits. */
void sketch_log_interrupt(struct sketch_log *log);

/* Takes everything up to the end that the log has now, aborted transactions passed over.
 * Nobody may be writing any more. */
int sketch_log_finish(struct sketch_log *log, struct wd_desk *desk, struct ledger *led,
                      struct patience *pat, struct fault *fault);

/* From any thread: how many records of the log are not taken yet, as of the last fetch;
 * -1 while that is not known. */
int64_t sketch_log_lag(const struct sketch_log *log);

/* Sketches taken so far. */
uint64_t sketch_log_count(const struct sketch_log *log);

#endif
