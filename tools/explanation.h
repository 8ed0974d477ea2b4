/* explanation.h -- what there is to say about two articles: all that sets them apart and
 * all that they share. How it looks on paper is explain.h's.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_EXPLANATION_H
#define TOOLS_EXPLANATION_H

#include <stdint.h>

#include "compare.h"
#include "wiredesk/article.h"
#include "wiredesk/passages.h"

/* Code points in well-formed text. */
uint32_t explanation_points(struct wd_str text);

/* What the desk measured, whether it ended in a verdict or in a near miss. Shares are in
 * ten-thousandths. */
struct explanation_shares {
    uint16_t resemblance;
    uint16_t containment;
    uint16_t contained;
};

struct explanation_shares explanation_shares(const struct wd_dedup *dedup);
const struct wd_evidence *explanation_evidence(const struct wd_dedup *dedup);

/* One of the two. */
struct explanation_side {
    const char *path;
    const struct wd_facts *facts;
    struct strings names;
    struct strings figures;
    struct strings own_names; /* that the other has not */
    struct strings own_figures;
};

/* All that there is to say; `b` came after `a`. */
struct explanation {
    struct explanation_side a;
    struct explanation_side b;
    struct wd_passages passages;
};

/* Explains `b` beside the earlier `a`; both, and the two `paths`, must outlive it.
 * WD_ENOMEM. explanation_done() is wanted after a failure too. */
WD_MUST_CHECK int explanation_make(struct explanation *ex, char *const *paths,
                                   const struct wd_article *a,
                                   const struct wd_article *b);
void explanation_done(struct explanation *ex);

#endif
