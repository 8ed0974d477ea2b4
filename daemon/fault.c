/* fault.c -- see fault.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include <stdarg.h>
#include <stdio.h>

int fault_set(struct fault *fault, enum fault_kind kind, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fault->kind = kind;
    (void)vsnprintf(fault->message, sizeof(fault->message), fmt, args); /* may be cut */
    va_end(args);
    return -1;
}
