/* linger.h -- how long a record may wait for others of its batch; knows the configuration
 * alone.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_LINGER_H
#define DAEMON_LINGER_H

#include "config.h"

#define LINGER_SIZE 24 /* of a text with its NUL */

/* The value of linger.ms: longer than a transaction lives, but shorter than what [kafka]
 * gives a record in all. NULL when [kafka] has one itself. `text` may be its place. */
const char *linger_ms(const struct config *cfg, char text[LINGER_SIZE]);

#endif
