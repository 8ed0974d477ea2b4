/* decode.h -- the stage that makes an article of a raw record.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_H
#define WD_DECODE_H

#include "wiredesk/stage.h"

extern const struct wd_stage wd_stage_decode;

#endif
