/* explain.h -- why two articles are, or are not, the same to the desk.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_EXPLAIN_H
#define TOOLS_EXPLAIN_H

#include <stdint.h>

#include "compare.h"
#include "terminal.h"
#include "wiredesk/article.h"
#include "wiredesk/passages.h"

/* Code points in well-formed text. */
uint32_t explain_points(struct wd_str text);

/* What the desk measured, whether it ended in a verdict or in a near miss. Shares are in
 * ten-thousandths. */
struct explain_shares {
    uint16_t resemblance;
    uint16_t containment;
    uint16_t contained;
};

struct explain_shares explain_shares(const struct wd_dedup *dedup);
const struct wd_evidence *explain_evidence(const struct wd_dedup *dedup);

/* One of the two. */
struct explain_side {
    const char *path;
    const struct wd_facts *facts;
    struct strings names;
    struct strings figures;
    struct strings own_names; /* that the other has not */
    struct strings own_figures;
};

/* All that there is to say; `b` came after `a`. */
struct explanation {
    struct explain_side a;
    struct explain_side b;
    struct wd_passages passages;
};

/* For a person. */
void explain_print(const struct explanation *ex, const struct term *term);

/* For a program: one JSON object and a line end. WD_ENOMEM or WD_EIO. */
WD_MUST_CHECK int explain_print_json(const struct explanation *ex, FILE *out);

#endif
