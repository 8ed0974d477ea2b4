/* acronyms.h -- the letters that stand for a longer name of the article.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_ACRONYMS_H
#define WD_TAG_ACRONYMS_H

#include "tag/names.h"

/* Makes a name of the initials of each organisation that has several words, so that they
 * are found where the sentence alone did not see them. `names` has room for one more for
 * each of those it holds. */
void wd_tag_add_acronyms(const struct tag_context *context, struct tag_names *names);

/* May this word be an acronym? Of lines in capitals nothing is known. */
bool wd_tag_is_acronym(const struct tag_word *word);

/* The name, found with this label, that is written as the initials of a longer one; of
 * names that are settled. TAG_NO_NAME: none. */
uint32_t wd_tag_acronym_of(const struct tag_context *context,
                           const struct tag_names *names, const struct tag_name *name);

#endif
