/* news_xml.c -- which reader takes an XML document: its root decides, not its content
 * type, since feeds announce everything as text/xml. XHTML is read as HTML, which
 * forgives what pages get wrong. SPDX-License-Identifier: Apache-2.0 */
#include "news_xml.h"

#include "feed.h"
#include "newsml.h"
#include "newsml1.h"
#include "nitf.h"
#include "page.h"
#include "text.h"
#include "xml.h"

bool wd_news_xml_is_root(struct wd_str name)
{
    static const char *const roots[] = {
        "nitf",        "newsItem",    "newsMessage",   "contentSet",   "NewsML",
        "rss",         "RDF",         "item",          "feed",         "entry",
        "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem",
        "groupSet",    "contentMeta", "itemMeta",
    };
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        if (wd_str_equal(name, wd_str_from(roots[i])))
            return true;
    }
    return false;
}

static int read_root(struct wd_article *art, const struct wd_xml *root)
{
    if (wd_xml_is(root, "nitf")) {
        art->facts.meta.format = WD_STR("nitf");
        return wd_nitf_read(art, root);
    }
    if (wd_xml_is(root, "NewsML"))
        return wd_newsml1_read(art, root);
    if (wd_newsml_is(root))
        return wd_newsml_read(art, root);
    if (wd_feed_is(root))
        return wd_feed_read(art, root);
    return wd_article_refuse(art, WD_EFORMAT, WD_NO_OFFSET,
                             "XML with the root <%.40s> is not read", root->name.data);
}

int wd_decode_xml(struct wd_article *art, struct wd_str bytes)
{
    if (wd_str_equal(wd_xml_root_name(bytes), WD_STR("html")))
        return wd_decode_page(art, bytes);
    struct wd_xml *root;
    int r = wd_xml_read(art, bytes, &root);
    if (r == WD_OK)
        r = read_root(art, root);
    return r < 0 ? r : wd_decode_settle(art);
}
