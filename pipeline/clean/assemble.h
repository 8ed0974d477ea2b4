/* assemble.h -- makes the text of an article from the fates of its lines.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CLEAN_ASSEMBLE_H
#define WD_CLEAN_ASSEMBLE_H

#include "proof.h"

/* Writes text, regions, pieces and furniture. The headline is the line that has that
 * fate, else `headline`, which is then in no piece. WD_OK or WD_ENOMEM. */
int wd_assemble(struct wd_article *art, const struct wd_proof *proof,
                struct wd_str headline);

/* Raw as it is, so that offsets are those of the input; a headline behind it. */
int wd_assemble_untouched(struct wd_article *art, struct wd_str headline);

#endif
