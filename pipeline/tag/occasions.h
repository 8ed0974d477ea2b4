/* occasions.h -- events that have no name but a date.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_OCCASIONS_H
#define WD_TAG_OCCASIONS_H

#include "tag/parts.h"

/* Adds elections and days of the article to context->found. WD_OK or WD_ENOMEM. */
int wd_tag_find_occasions(struct tag_context *context);

#endif
