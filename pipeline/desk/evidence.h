/* evidence.h -- what two articles share, and what only one of them has, to be shown.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_EVIDENCE_H
#define WD_EVIDENCE_H

#include "kept.h"

struct wd_article;

/* Of the article in hand against one of the window. WD_OK or WD_ENOMEM; the lists are in
 * the article's arena. */
int wd_evidence_find(struct wd_article *art, const struct wd_kept *that,
                     struct wd_evidence *ret_evidence);

#endif
