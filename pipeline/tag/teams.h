/* teams.h -- clubs that are called by their towns.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_TEAMS_H
#define WD_TAG_TEAMS_H

#include "tag/parts.h"

/* In an article on sport, labels the towns of context->found that play as organisations.
 * WD_OK or WD_ENOMEM. */
int wd_tag_find_teams(struct tag_context *context);

#endif
