/* newsml1.c -- NewsML 1.x, still sent by press release wires: components nested in
 * components, each with a role (Body, HeadLine, Contact, Photo …) of the sender's own
 * choice and content in some format. The text is the first content of a component whose
 * role is one of a body's, else of one without a role.
 * SPDX-License-Identifier: Apache-2.0 */
#include "newsml1.h"

#include "base/ascii.h"
#include "newsml.h"
#include "paths.h"
#include "text.h"

#define META(member) offsetof(struct wd_meta, member)

static const struct wd_path paths[] = {
    {WD_FIELD_ID, META(id), {"Identification/NewsIdentifier/PublicIdentifier"}},
    {WD_FIELD_ID, META(version), {"Identification/NewsIdentifier/RevisionId"}},
    {WD_FIELD_LINE, META(headline), {"//NewsLines/HeadLine"}},
    {WD_FIELD_NAMES, META(byline), {"//NewsLines/ByLine"}},
    {WD_FIELD_LINE,
     META(source),
     {"//AdministrativeMetadata/Provider/Party@FormalName", "//NewsLines/CreditLine",
      "//AdministrativeMetadata/Source/Party@FormalName"}},
    {WD_FIELD_LANGUAGE,
     META(language),
     {"//DescriptiveMetadata/Language@FormalName", "@xml:lang"}},
    {WD_FIELD_DATE, META(published), {"NewsManagement/FirstCreated"}},
    {WD_FIELD_DATE, META(updated), {"NewsManagement/ThisRevisionCreated"}},
    {WD_FIELD_LINE, META(copyright), {"//NewsLines/CopyrightLine"}},
    {WD_FIELD_PLACE, META(located), {"//NewsLines/DateLine"}},
    {WD_FIELD_STATUS, META(pubstatus), {"NewsManagement/Status@FormalName"}},
    {0},
};

static const char *role_of(const struct wd_xml *node)
{
    for (; node; node = node->parent) {
        const struct wd_xml *role =
            wd_xml_is(node, "NewsComponent") ? wd_xml_child(node, "Role") : NULL;
        if (role)
            return wd_xml_attribute(role, "FormalName").data;
    }
    return NULL;
}

/* 0: not the text at all. */
static int rank(const struct wd_xml *content)
{
    static const char *const roles[] = {"Body", "Main",  "BodyText", "Main Text",
                                        "Text", "Story", "Article"};
    const char *role = role_of(content);
    for (size_t i = 0; role && i < sizeof(roles) / sizeof(roles[0]); i++) {
        if (wd_ascii_compare(role, roles[i]) == 0)
            return 2;
    }
    return role ? 0 : 1;
}

static int read_content(struct wd_article *art, const struct wd_xml *item)
{
    const struct wd_xml *best = NULL;
    bool is_text = false, has_any = false;

    for (const struct wd_xml *node = NULL; (node = wd_xml_next(item, node));) {
        has_any |= wd_xml_is(node, "ContentItem");
        if (wd_xml_is(node, "DataContent") && rank(node) > (best ? rank(best) : 0))
            best = node;
    }
    int r = best ? wd_newsml_content(art, best, &is_text) : WD_OK;
    if (r == WD_OK && has_any && !is_text)
        return wd_article_refuse(art, WD_ENOTEXT, WD_NO_OFFSET,
                                 "none of the item's components is its text");
    return r;
}

int wd_newsml1_read(struct wd_article *art, const struct wd_xml *root)
{
    const struct wd_xml *item = wd_xml_child(root, "NewsItem");
    art->facts.meta.format = WD_STR("newsml");
    if (!item)
        return WD_OK;
    if (wd_xml_sibling(item))
        return wd_article_refuse(art, WD_ELIMIT, WD_NO_OFFSET,
                                 "the NewsML holds several items; a record is one");
    int r = wd_paths_read(art, item, paths);
    return r < 0 ? r : read_content(art, item);
}
