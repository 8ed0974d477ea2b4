/* tag.h -- the stage that finds people, organisations, places and events.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_H
#define WD_TAG_H

#include "wiredesk/stage.h"

extern const struct wd_stage wd_stage_tag;

#endif
