/* page_meta.c -- which <meta> fills which member. Pages say who wrote them and when for
 * the crawlers of search engines and networks, each of which has names of its own: Open
 * Graph's, Dublin Core's, schema.org's, those of the big analytics. article:author is
 * not among them: it is mostly the address of a profile.
 * SPDX-License-Identifier: Apache-2.0 */
#include "page_meta.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/ascii.h"

/* In order of name, for bsearch. */
static const struct meta {
    const char *name;
    size_t member; /* offsetof(struct wd_page, …) */
} metas[] = {
    {"article:modified_time", offsetof(struct wd_page, updated)},
    {"article:published_time", offsetof(struct wd_page, published)},
    {"author", offsetof(struct wd_page, author)},
    {"byl", offsetof(struct wd_page, author)},
    {"datemodified", offsetof(struct wd_page, updated)},
    {"datepublished", offsetof(struct wd_page, published)},
    {"dc.creator", offsetof(struct wd_page, author)},
    {"dc.date", offsetof(struct wd_page, published)},
    {"dc.date.issued", offsetof(struct wd_page, published)},
    {"dcterms.created", offsetof(struct wd_page, published)},
    {"dcterms.modified", offsetof(struct wd_page, updated)},
    {"og:article:published_time", offsetof(struct wd_page, published)},
    {"og:site_name", offsetof(struct wd_page, source)},
    {"og:title", offsetof(struct wd_page, title)},
    {"og:updated_time", offsetof(struct wd_page, updated)},
    {"og:url", offsetof(struct wd_page, url)},
    {"parsely-author", offsetof(struct wd_page, author)},
    {"parsely-pub-date", offsetof(struct wd_page, published)},
    {"pubdate", offsetof(struct wd_page, published)},
    {"publish-date", offsetof(struct wd_page, published)},
    {"sailthru.author", offsetof(struct wd_page, author)},
    {"sailthru.date", offsetof(struct wd_page, published)},
};

static int compare_meta(const void *key, const void *meta)
{
    return wd_ascii_compare(key, ((const struct meta *)meta)->name);
}

struct wd_str *wd_page_member(struct wd_page *page, const char *name)
{
    const struct meta *meta = bsearch(name, metas, sizeof(metas) / sizeof(metas[0]),
                                      sizeof(metas[0]), compare_meta);
    return meta ? (struct wd_str *)(void *)((char *)page + meta->member) : NULL;
}
