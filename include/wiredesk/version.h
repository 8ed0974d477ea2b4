/* version.h -- which wiredesk this is.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WIREDESK_VERSION_H
#define WIREDESK_VERSION_H

#include "wiredesk/export.h"

#define WD_VERSION "0.1.0"

/* The version of the library that is running, which may be newer than the header. */
WD_API const char *wd_version(void);

#endif
