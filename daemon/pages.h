/* pages.h -- what http.c serves.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_PAGES_H
#define DAEMON_PAGES_H

#include "http.h"
#include "metrics.h"

struct pages {
    void *opaque;
    /* Brings the gauges up to date; the metrics are good until it returns to the loop. */
    struct metrics *(*look)(void *opaque, bool *ret_has_headlines);
};

/* For struct http_handler; `opaque` is a struct pages. */
void pages_answer(void *opaque, const char *path, struct http_reply *reply);

#endif
