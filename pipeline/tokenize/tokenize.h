/* tokenize.h -- the stage that cuts the text into sentences and words.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TOKENIZE_H
#define WD_TOKENIZE_H

#include "wiredesk/stage.h"

extern const struct wd_stage wd_stage_tokenize;

#endif
