/* notify.c -- sd_notify; without a manager every call does nothing.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A manager that cannot be told is no reason to stop, so results are not looked at. */
#include "notify.h"

#include <systemd/sd-daemon.h>

#include "patience.h"

void notify_ready(const char *status)
{
    (void)sd_notifyf(0, "READY=1\nSTATUS=%s", status);
}

void notify_status(const char *status)
{
    (void)sd_notifyf(0, "STATUS=%s", status);
}

void notify_reloading(void)
{
    /* systemd 253 and later wants the time with it; earlier ones pass over it. */
    (void)sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)monotonic_us());
}

void notify_stopping(const char *status)
{
    (void)sd_notifyf(0, "STOPPING=1\nSTATUS=%s", status);
}
