/* entities.h -- from names to entities and mentions of the article.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_ENTITIES_H
#define WD_TAG_ENTITIES_H

#include "tag/names.h"

/* Joins the names that mean the same, links them, and adds entities and mentions to the
 * article. */
int wd_tag_entities(struct tag_context *context, struct tag_names *names);

#endif
