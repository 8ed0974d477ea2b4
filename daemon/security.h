/* security.h -- what travels in the clear, and what a core would hold.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_SECURITY_H
#define DAEMON_SECURITY_H

#include <stdbool.h>

#include "config.h"

/* Why the `[kafka]` settings would speak to a broker without knowing who it is; NULL when
 * they do not. */
const char *security_hole(const struct config *cfg);

/* The first bootstrap server that is spoken to without encryption and is not this
 * machine, into `server`. False when there is none. */
bool security_plaintext(const struct config *cfg, char *server, size_t size);

/* Warns of the above, and where the settings hold a secret, keeps memory out of cores. */
void security_begin(const struct config *cfg);

#endif
