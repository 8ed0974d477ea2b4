/* feed.c -- RSS 0.9x, 1.0 and 2.0, and Atom 1.0. A record is one article: an item alone,
 * or a feed with one item, as fetchers cut them so that the channel's language, name and
 * rights stay with it. What the item does not say, the channel does.
 *
 * RSS's content:encoded is the whole text, its description often only the beginning.
 * Atom says with a type what its text is; RSS does not, so that is looked at.
 * SPDX-License-Identifier: Apache-2.0 */
#include "feed.h"

#include "markup.h"
#include "paths.h"
#include "text.h"

#define META(member) offsetof(struct wd_meta, member)

static const struct wd_path item_paths[] = {
    {WD_FIELD_ID, META(id), {"guid", "*:identifier", "@rdf:about", "link"}},
    {WD_FIELD_LINE, META(headline), {"title", "*:title"}},
    {WD_FIELD_NAMES, META(byline), {"*:creator", "author"}},
    {WD_FIELD_LINE, META(source), {"source", "*:publisher"}},
    {WD_FIELD_URL, META(url), {"link"}},
    {WD_FIELD_LANGUAGE, META(language), {"*:language"}},
    {WD_FIELD_DATE, META(published), {"pubDate", "*:date", "*:issued", "*:published"}},
    {WD_FIELD_DATE, META(updated), {"*:modified", "*:updated"}},
    {WD_FIELD_LINE, META(copyright), {"*:rights", "copyright"}},
    {0},
};

static const struct wd_path channel_paths[] = {
    {WD_FIELD_LINE, META(source), {"title"}},
    {WD_FIELD_LANGUAGE, META(language), {"language", "*:language"}},
    {WD_FIELD_LINE, META(copyright), {"copyright", "*:rights"}},
    {0},
};

static const struct wd_path entry_paths[] = {
    {WD_FIELD_ID, META(id), {"id"}},
    {WD_FIELD_LINE, META(headline), {"title"}},
    {WD_FIELD_NAMES, META(byline), {"author/name"}},
    {WD_FIELD_LINE, META(source), {"source/title"}},
    {WD_FIELD_LANGUAGE, META(language), {"content@xml:lang", "@xml:lang"}},
    {WD_FIELD_DATE, META(published), {"published", "updated"}},
    {WD_FIELD_DATE, META(updated), {"updated"}},
    {WD_FIELD_LINE, META(copyright), {"rights", "source/rights"}},
    {0},
};

static const struct wd_path feed_paths[] = {
    {WD_FIELD_NAMES, META(byline), {"author/name"}},
    {WD_FIELD_LINE, META(source), {"title"}},
    {WD_FIELD_LANGUAGE, META(language), {"@xml:lang"}},
    {WD_FIELD_LINE, META(copyright), {"rights"}},
    {0},
};

bool wd_feed_is(const struct wd_xml *root)
{
    return wd_xml_is(root, "rss") || wd_xml_is(root, "RDF") || wd_xml_is(root, "item") ||
           wd_xml_is(root, "feed") || wd_xml_is(root, "entry");
}

/* Takes the element's text, when there is none yet. */
static int take_body(struct wd_article *art, const struct wd_xml *node,
                     enum wd_body_kind kind)
{
    struct wd_str text;
    if (!node || !wd_text_is_blank(art->facts.raw))
        return WD_OK;
    int r = wd_xml_text(art, node, &text);
    return r < 0 || wd_text_is_blank(text) ? r : wd_body_take(art, text, kind);
}

static int read_item(struct wd_article *art, const struct wd_xml *item,
                     const struct wd_xml *channel)
{
    art->facts.meta.format = WD_STR("rss");
    int r = wd_paths_read(art, item, item_paths);
    if (r == WD_OK)
        r = wd_paths_read(art, channel, channel_paths);
    if (r == WD_OK)
        r = take_body(art, wd_xml_child(item, "encoded"), WD_BODY_HTML);
    return r < 0 ? r
                 : take_body(art, wd_xml_child_in(item, "", "description"),
                             WD_BODY_UNKNOWN);
}

/* RFC 4287, 4.1.3.3: text is the default, xhtml has one <div>. */
static int take_construct(struct wd_article *art, const struct wd_xml *node)
{
    struct wd_str type = wd_xml_attribute(node, "type");
    if (!node || !wd_text_is_blank(art->facts.raw))
        return WD_OK;
    if (wd_str_equal(type, WD_STR("xhtml")))
        return wd_markup_tree(art, node, WD_MARKUP_HTML, NULL, &art->facts.raw);
    bool is_html =
        wd_str_equal(type, WD_STR("html")) || wd_str_equal(type, WD_STR("text/html"));
    return take_body(art, node, is_html ? WD_BODY_HTML : WD_BODY_TEXT);
}

static int read_link(struct wd_article *art, const struct wd_xml *entry)
{
    struct wd_meta *meta = &art->facts.meta;
    const struct wd_xml *link = wd_xml_child_in(entry, "", "link");
    int r = WD_OK;
    for (; link && r == WD_OK; link = wd_xml_sibling(link)) {
        struct wd_str rel = wd_xml_attribute(link, "rel");
        if (rel.size == 0 || wd_str_equal(rel, WD_STR("alternate")))
            r = wd_meta_take(art, WD_FIELD_URL, wd_xml_attribute(link, "href"),
                             &meta->url);
    }
    return r;
}

static int read_entry(struct wd_article *art, const struct wd_xml *entry,
                      const struct wd_xml *feed)
{
    art->facts.meta.format = WD_STR("atom");
    int r = wd_paths_read(art, entry, entry_paths);
    if (r == WD_OK)
        r = wd_paths_read(art, feed, feed_paths);
    if (r == WD_OK)
        r = read_link(art, entry);
    if (r == WD_OK)
        r = take_construct(art, wd_xml_child_in(entry, "", "content"));
    return r < 0 ? r : take_construct(art, wd_xml_child_in(entry, "", "summary"));
}

int wd_feed_read(struct wd_article *art, const struct wd_xml *root)
{
    bool is_atom = wd_xml_is(root, "feed") || wd_xml_is(root, "entry");
    bool is_item = wd_xml_is(root, "item") || wd_xml_is(root, "entry");
    const struct wd_xml *channel = is_item ? NULL : root;

    if (wd_xml_is(root, "rss") || wd_xml_is(root, "RDF"))
        channel = wd_xml_child(root, "channel");
    const struct wd_xml *item = is_item ? root : NULL;
    if (!is_item) { /* RSS 1.0 has its items beside the channel */
        item = wd_xml_child(channel, is_atom ? "entry" : "item");
        if (!item && !is_atom)
            item = wd_xml_child(root, "item");
    }
    if (!item)
        return wd_article_refuse(art, WD_ENOTEXT, WD_NO_OFFSET, "the feed has no item");
    if (!is_item && wd_xml_sibling(item))
        return wd_article_refuse(art, WD_ELIMIT, WD_NO_OFFSET,
                                 "the feed has several items; a record is one");
    return is_atom ? read_entry(art, item, channel) : read_item(art, item, channel);
}
