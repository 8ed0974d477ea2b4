/* http_get.h -- one page from a daemon nearby.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Plain HTTP/1.1 to an address of the operator's own; no redirects, no encodings. */
#ifndef TOOLS_HTTP_GET_H
#define TOOLS_HTTP_GET_H

#include <stddef.h>

#include "wiredesk/buf.h"

/* GETs `path` from `where` (HOST:PORT) into `body`. The status of the answer, or -1 with
 * `why` set. Waits no longer than a few seconds. */
int http_get(const char *where, const char *path, struct wd_buf *body, char *why,
             size_t why_size);

#endif
