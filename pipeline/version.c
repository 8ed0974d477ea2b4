/* version.c -- the version of the running library.
 * SPDX-License-Identifier: Apache-2.0 */
#include "wiredesk/version.h"

const char *wd_version(void)
{
    return WD_VERSION;
}
