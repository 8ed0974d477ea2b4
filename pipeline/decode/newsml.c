/* newsml.c -- NewsML-G2. An item is an envelope: who made it and when (itemMeta), what it
 * is about (contentMeta), and content in a format of its own: NITF or XHTML as inlineXML,
 * text as inlineData. The envelope is believed first; what it leaves open, the content
 * may say. Only an item of class "text" is an article, whatever words a caption, a
 * concept or an event has; the item's class says so, or the kind of the item.
 *
 * Within XHTML, agencies repeat what the envelope says (see markup.c); that is left out,
 * and so is a first <h1> that is the headline again.
 * SPDX-License-Identifier: Apache-2.0 */
#include "newsml.h"

#include <stdlib.h>

#include "markup.h"
#include "nitf.h"
#include "paths.h"
#include "text.h"

#define META(member) offsetof(struct wd_meta, member)

/* Dates in the order that ninjs.c has. */
static const struct wd_path item_paths[] = {
    {WD_FIELD_ID, META(id), {"@guid"}},
    {WD_FIELD_ID, META(version), {"@version"}},
    {WD_FIELD_LINE, META(byline), {"contentMeta/by"}},
    {WD_FIELD_LINE,
     META(source),
     {"contentMeta/creditline", "contentMeta/infoSource/name", "itemMeta/provider/name",
      "itemMeta/provider@literal"}},
    {WD_FIELD_LANGUAGE, META(language), {"contentMeta/language@tag"}},
    {WD_FIELD_DATE,
     META(published),
     {"contentMeta/contentCreated", "itemMeta/firstCreated", "itemMeta/versionCreated"}},
    {WD_FIELD_DATE, META(updated), {"itemMeta/versionCreated"}},
    {WD_FIELD_DATE, META(embargoed), {"itemMeta/embargoed"}},
    {WD_FIELD_LINE,
     META(copyright),
     {"rightsInfo/copyrightNotice", "rightsInfo/copyrightHolder/name",
      "rightsInfo/copyrightHolder@literal"}},
    {WD_FIELD_LINE,
     META(located),
     {"contentMeta/located/name", "contentMeta/located@literal"}},
    {WD_FIELD_PLACE, META(located), {"contentMeta/dateline"}},
    {WD_FIELD_STATUS,
     META(pubstatus),
     {"itemMeta/pubStatus@qcode", "itemMeta/pubStatus@uri",
      "itemMeta/pubStatus@literal"}},
    {0},
};

static const struct wd_path last_paths[] = {
    {WD_FIELD_LANGUAGE,
     META(language),
     {"//*:html@xml:lang", "//*:html@lang", "@xml:lang"}},
    {0},
};

/* Items that are never an article, and parts of items. */
static const char *const other_roots[] = {
    "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem",
    "hopItem",     "groupSet",    "contentMeta",   "itemMeta",     "newsCoverageSet",
};

static bool is_other(const struct wd_xml *node)
{
    for (size_t i = 0; i < sizeof(other_roots) / sizeof(other_roots[0]); i++) {
        if (wd_xml_is(node, other_roots[i]))
            return true;
    }
    return false;
}

bool wd_newsml_is(const struct wd_xml *root)
{
    return wd_xml_is(root, "newsItem") || wd_xml_is(root, "newsMessage") ||
           wd_xml_is(root, "contentSet") || is_other(root) ||
           wd_str_equal(root->space, WD_STR("http://iptc.org/std/nar/2006-10-01/"));
}

static int refuse_other(struct wd_article *art, const char *what)
{
    return wd_article_refuse(art, WD_ENOTEXT, WD_NO_OFFSET,
                             "the item carries no article text: %.40s", what);
}

/* "text" of "ninat:text" and ".../ninature/text". */
static const char *last_part(struct wd_str code)
{
    const char *last = code.data;
    for (size_t i = 0; i < code.size; i++) {
        if (code.data[i] == ':' || code.data[i] == '/')
            last = code.data + i + 1;
    }
    return last;
}

static const char *class_of(const struct wd_xml *item)
{
    const struct wd_xml *item_class =
        wd_xml_child(wd_xml_child(item, "itemMeta"), "itemClass");
    struct wd_str code = wd_xml_attribute(item_class, "qcode");
    if (!code.size)
        code = wd_xml_attribute(item_class, "uri");
    return code.size ? last_part(code) : NULL;
}

/* A headline may come with others (a short one, a kicker): the one of the least rank. */
static int read_headline(struct wd_article *art, const struct wd_xml *item)
{
    const struct wd_xml *best = NULL;
    const struct wd_xml *line =
        wd_xml_child(wd_xml_child(item, "contentMeta"), "headline");
    long least = 0;
    for (; line; line = wd_xml_sibling(line)) {
        struct wd_str rank = wd_xml_attribute(line, "rank");
        long number = rank.size ? strtol(rank.data, NULL, 10) : 0;
        if (line->child && (!best || number < least)) {
            best = line;
            least = number;
        }
    }
    struct wd_str text;
    int r = wd_xml_text(art, best, &text);
    return r < 0 ? r : wd_meta_take(art, WD_FIELD_LINE, text, &art->facts.meta.headline);
}

/* A headline within the text is taken out when it is the item's, or the item has none. */
static int read_xhtml(struct wd_article *art, const struct wd_xml *node)
{
    struct wd_meta *meta = &art->facts.meta;
    struct wd_page page;
    struct wd_str text, headline;

    int r = wd_markup_tree(art, node, WD_MARKUP_WIRE, &page, &text);
    if (r < 0)
        return r;
    headline = wd_text_fold(&art->arena, page.headline);
    if (!headline.data)
        return WD_ENOMEM;
    if (meta->headline.size == 0)
        meta->headline = headline;
    else if (!wd_str_equal(meta->headline, headline))
        r = wd_markup_tree(art, node, WD_MARKUP_WIRE, NULL, &text);
    art->facts.raw = text;
    return r;
}

static bool is_xhtml(const struct wd_xml *node)
{
    static const char *const names[] = {"html", "body",       "div", "article", "section",
                                        "main", "p",          "h1",  "h2",      "ul",
                                        "ol",   "blockquote", "pre", "table"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (wd_xml_is(node, names[i]))
            return true;
    }
    return false;
}

static const struct wd_xml *first_element(const struct wd_xml *node)
{
    const struct wd_xml *child = node->child;
    while (child && !child->name.data)
        child = child->next;
    return child;
}

int wd_newsml_content(struct wd_article *art, const struct wd_xml *holder,
                      bool *ret_is_text)
{
    const struct wd_xml *inside = first_element(holder);
    struct wd_str text;

    *ret_is_text = true;
    if (wd_xml_is(inside, "nitf"))
        return wd_nitf_read(art, inside);
    if (wd_xml_is(inside, "html") || wd_xml_is(inside, "body"))
        return read_xhtml(art, inside);
    if (is_xhtml(inside))
        return read_xhtml(art, holder); /* inside is one paragraph of some */
    *ret_is_text = !inside;
    if (inside)
        return WD_OK;
    int r = wd_xml_text(art, holder, &text);
    return r < 0 || wd_text_is_blank(text) ? r : wd_body_take(art, text, WD_BODY_WIRE);
}

/* inlineData may also be a picture in base64. */
static bool is_text_type(const struct wd_xml *node)
{
    struct wd_str type = wd_xml_attribute(node, "contenttype");
    return wd_xml_attribute(node, "encoding").size == 0 &&
           (type.size == 0 || strncmp(type.data, "text/", 5) == 0 ||
            strstr(type.data, "html") || strstr(type.data, "xml"));
}

static int read_content(struct wd_article *art, const struct wd_xml *set)
{
    bool is_text = true, is_any = false;
    for (const struct wd_xml *node = set ? set->child : NULL; node; node = node->next) {
        bool is_data = wd_xml_is(node, "inlineData");
        if (!is_data && !wd_xml_is(node, "inlineXML")) {
            is_any |= node->name.data != NULL; /* remoteContent */
            is_text &= !node->name.data;
            continue;
        }
        is_text = !is_data || is_text_type(node);
        int r = is_text ? wd_newsml_content(art, node, &is_text) : WD_OK;
        is_any = true;
        if (r < 0 || !wd_text_is_blank(art->facts.raw))
            return r;
    }
    return is_any && !is_text ? refuse_other(art, "its content is of another kind")
                              : WD_OK;
}

/* Who made it, where no byline is printed. An editor's login has no blank in it. */
static int read_creator(struct wd_article *art, const struct wd_xml *item)
{
    const struct wd_xml *creator =
        wd_xml_child(wd_xml_child(item, "contentMeta"), "creator");
    struct wd_meta *meta = &art->facts.meta;
    struct wd_str name;

    int r = wd_xml_text(art, wd_xml_child(creator, "name"), &name);
    name = wd_text_trim(name);
    if (r < 0 || !name.size || !memchr(name.data, ' ', name.size) ||
        strstr(wd_xml_attribute(creator, "type").size
                   ? wd_xml_attribute(creator, "type").data
                   : "",
               "organisation"))
        return r;
    return wd_meta_take(art, WD_FIELD_LINE, name, &meta->byline);
}

static int read_item(struct wd_article *art, const struct wd_xml *item)
{
    const char *item_class = class_of(item);
    int r = wd_paths_read(art, item, item_paths);
    if (r == WD_OK)
        r = read_headline(art, item);
    if (r < 0)
        return r;
    if (item_class && strcmp(item_class, "text") != 0 &&
        strcmp(item_class, "composite") != 0)
        return refuse_other(art, item_class);

    const struct wd_xml *set = wd_xml_child(item, "contentSet");
    r = read_content(art, set);
    if (r == WD_OK && item_class && strcmp(item_class, "composite") == 0 &&
        wd_text_is_blank(art->facts.raw))
        r = refuse_other(art, item_class);
    if (r == WD_OK)
        r = read_creator(art, item);
    return r < 0 ? r : wd_paths_read(art, item, last_paths);
}

/* The one item of a message that is not a picture. */
static int choose_item(struct wd_article *art, const struct wd_xml *message,
                       const struct wd_xml **ret_item)
{
    const struct wd_xml *set = wd_xml_find(message, "itemSet"), *found = NULL;
    size_t n_texts = 0;

    for (const struct wd_xml *item = set ? set->child : NULL; item; item = item->next) {
        if (is_other(item))
            return refuse_other(art, item->name.data);
        const char *item_class = class_of(item);
        bool is_text = wd_xml_is(item, "newsItem") &&
                       (!item_class || strcmp(item_class, "text") == 0);
        n_texts += is_text;
        if (is_text || (!found && wd_xml_is(item, "newsItem")))
            found = item;
    }
    if (!found)
        return refuse_other(art, "an empty message");
    if (n_texts > 1)
        return wd_article_refuse(art, WD_ELIMIT, WD_NO_OFFSET,
                                 "the message holds %zu articles; a record is one",
                                 n_texts);
    *ret_item = found;
    return WD_OK;
}

int wd_newsml_read(struct wd_article *art, const struct wd_xml *root)
{
    const struct wd_xml *item = root;
    art->facts.meta.format = WD_STR("newsml-g2");
    if (wd_xml_is(root, "newsMessage")) {
        int r = choose_item(art, root, &item);
        if (r < 0)
            return r;
    }
    if (wd_xml_is(item, "contentSet"))
        return read_content(art, item);
    return wd_xml_is(item, "newsItem") ? read_item(art, item)
                                       : refuse_other(art, item->name.data);
}
