/* clean.h -- the stage that parts prose from furniture.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CLEAN_H
#define WD_CLEAN_H

#include "wiredesk/stage.h"

extern const struct wd_stage wd_stage_clean;

#endif
