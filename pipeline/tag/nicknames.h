/* nicknames.h -- people with a second given name in quotation marks.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_NICKNAMES_H
#define WD_TAG_NICKNAMES_H

#include "tag/parts.h"

/* Makes one of the pieces of such people in context->found. */
void wd_tag_join_nicknames(struct tag_context *context);

/* The words in the quotation marks of a name, as [*ret_first, *ret_last]; false: it has
 * none. */
bool wd_tag_nickname_of(const struct tag_words *words, uint32_t first, uint32_t last,
                        uint32_t *ret_first, uint32_t *ret_last);

#endif
