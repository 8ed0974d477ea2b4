/* tagger.h -- takes up a share of the input.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_TAGGER_H
#define DAEMON_TAGGER_H

#include "lease.h"
#include "successor.h"

/* Makes sure that nobody who had a partition of the share before still writes, then opens
 * sink and source. Blocks. `share` is borrowed for as long as the estate is open. 0 with
 * the estate's members set, or -1: the caller closes what there is. */
int tagger_take_up(const struct config *cfg, const struct share *share,
                   struct patience *pat, struct estate *est, struct fault *fault);

#endif
