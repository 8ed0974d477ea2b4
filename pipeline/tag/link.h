/* link.h -- which entry of the gazetteer a name means.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_LINK_H
#define WD_TAG_LINK_H

#include "tag/names.h"

/* What the article says about countries: places that can mean only one thing vote. */
struct tag_countries {
    struct {
        char code[2];
        uint32_t votes;
    } country[32];
    uint32_t n_countries;
};

void wd_tag_count_countries(const struct tag_context *context,
                            const struct tag_names *names,
                            struct tag_countries *ret_countries);

/* The entry that a name of this label means; NULL unless it is sure. `ret_shared`: it is
 * sure only if another name of the article means the same. */
const struct wd_gaz_entity *wd_tag_link_name(const struct tag_context *context,
                                             const struct tag_countries *countries,
                                             const struct tag_name *name,
                                             bool *ret_shared);

#endif
