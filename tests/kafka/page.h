/* page.h -- what a running daemon says about itself over HTTP.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef KAFKA_PAGE_H
#define KAFKA_PAGE_H

#include "child.h"

/* For the plan of a child: it serves its pages, at a port that is free. */
#define PAGE_SETTING "http.listen=127.0.0.1:0"

/* The value of a metric without labels, as /metrics has it now. Fails the test when the
 * child serves none. */
double child_metric(const struct child *child, const char *name);

#endif
