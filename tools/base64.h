/* base64.h -- bytes that JSON can carry.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_BASE64_H
#define TOOLS_BASE64_H

#include "wiredesk/span.h"

/* Base64 of RFC 4648 with padding, for the caller to free; NULL when memory is short. */
char *base64_encode(struct wd_str bytes);

#endif
