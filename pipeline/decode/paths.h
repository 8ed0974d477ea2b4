/* paths.h -- places in an XML document that become facts about the article.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_PATHS_H
#define WD_DECODE_PATHS_H

#include "fields.h"
#include "xml.h"

#define WD_PATHS 6

/* One fact and the places where it may stand, the best first; NULL ends them. A place is
 * "a/b", "a/b@attribute" or "@attribute"; "//a" is one at any depth, "*:a" one of any
 * namespace (else it is that of its parent). Of several elements the first that says
 * something counts; of names all do. */
struct wd_path {
    enum wd_field_kind kind;
    size_t member; /* offsetof(struct wd_meta, …) */
    const char *places[WD_PATHS];
};

/* Reads `paths`, whose last row has no places, into meta. What is already set stays. */
int wd_paths_read(struct wd_article *art, const struct wd_xml *root,
                  const struct wd_path *paths);

/* `str` into *member, unless that is set already or `str` is blank. */
int wd_meta_take(struct wd_article *art, enum wd_field_kind kind, struct wd_str str,
                 struct wd_str *member);

#endif
