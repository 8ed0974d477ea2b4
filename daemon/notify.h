/* notify.h -- what the service manager is told.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_NOTIFY_H
#define DAEMON_NOTIFY_H

#include <stdint.h>

/* READY=1 with a status line; also after a reload. */
void notify_ready(const char *status);

/* WATCHDOG=1: there is life. */
void notify_alive(void);

/* The longest time between two of those that the service manager puts up with, in
 * milliseconds; 0: it does not care. */
int64_t notify_watchdog_ms(void);

void notify_status(const char *status);
void notify_reloading(void);
void notify_stopping(const char *status);

#endif
