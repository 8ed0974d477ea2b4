/* notify.h -- what the service manager is told.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_NOTIFY_H
#define DAEMON_NOTIFY_H

/* READY=1 with a status line; also after a reload. */
void notify_ready(const char *status);

void notify_status(const char *status);
void notify_reloading(void);
void notify_stopping(const char *status);

#endif
