/* stats.h -- metrics and the last articles as JSON, for wiredesk top and for people.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_STATS_H
#define DAEMON_STATS_H

#include "health.h"
#include "metrics.h"
#include "wiredesk/buf.h"

/* Without `has_headlines` the last articles are numbers and verdicts only. */
void stats_write(const struct metrics *met, const struct health *health,
                 bool has_headlines, struct wd_buf *buf);

/* {"status": …}: for /healthz and /readyz. */
void stats_write_health(const struct health *health, bool is_fine, struct wd_buf *buf);

/* Versions of the program and its libraries. */
void stats_write_version(struct wd_buf *buf);

#endif
