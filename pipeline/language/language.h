/* language.h -- the stage that says which language the text is in.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_LANGUAGE_H
#define WD_LANGUAGE_H

#include "wiredesk/stage.h"

extern const struct wd_stage wd_stage_language;

#endif
