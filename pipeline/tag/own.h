/* own.h -- lists of names that the user brings: a newsroom's thesaurus.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A list is a table of `wiredesk gazetteer build`, as text or compiled. What it says
 * outranks the tagger: a name with a priority of OWN_ALWAYS or more is tagged wherever
 * its words stand with a capital, one with less where the tagger finds a name of these
 * words itself; either way it has the list's label and id. Of two lists that know the
 * same words, the higher priority decides, then the earlier list. */
#ifndef WD_TAG_OWN_H
#define WD_TAG_OWN_H

#include "tag/parts.h"

#define OWN_ALWAYS 50

/* Opens the lists of opts->gazetteers; where there are several faults, each goes to
 * opts->list_fault, if there is one. WD_EDATA, with a sentence that counts them or names
 * the first bad list and its bad rows; WD_ENOMEM. */
int wd_tag_own_open(const struct wd_options *opts, struct tag_own *ret_own,
                    struct wd_error *err);

/* Safe on a zeroed one. */
void wd_tag_own_close(struct tag_own *own);

/* Puts the lists' names into context->found. WD_OK or WD_ENOMEM. */
int wd_tag_apply_own(struct tag_context *context);

/* Marks names that the rest of the stage brought in: repeats and short forms. */
void wd_tag_match_own(const struct tag_context *context, struct tag_found *found);

#endif
