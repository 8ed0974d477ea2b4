/* exposition.h -- metrics in Prometheus' text format.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_EXPOSITION_H
#define DAEMON_EXPOSITION_H

#include "metrics.h"
#include "wiredesk/buf.h"

#define EXPOSITION_TYPE "text/plain; version=0.0.4; charset=utf-8"

void exposition_write(const struct metrics *met, struct wd_buf *buf);

#endif
