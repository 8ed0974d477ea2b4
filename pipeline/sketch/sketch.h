/* sketch.h -- the stage that takes the article's fingerprints.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_SKETCH_H
#define WD_SKETCH_H

#include "wiredesk/stage.h"

extern const struct wd_stage wd_stage_sketch;

#endif
