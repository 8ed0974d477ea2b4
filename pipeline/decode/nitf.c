/* nitf.c -- NITF, 2.x and 3.x: head/docdata says what it is, body/body.head is what
 * stands above the text, body/body.content the text, body/body.end the line below it.
 * DTDs and namespaces vary, the names do not. The abstract is not part of the text, but
 * where an item has nothing else it is the article. SPDX-License-Identifier: Apache-2.0
 */
#include "nitf.h"

#include "markup.h"
#include "paths.h"
#include "text.h"

#define META(member) offsetof(struct wd_meta, member)

static const struct wd_path paths[] = {
    {WD_FIELD_ID, META(id), {"head/docdata/doc-id@id-string"}},
    {WD_FIELD_ID, META(version), {"head/docdata/du-key@version"}},
    {WD_FIELD_LINE,
     META(headline),
     {"body/body.head/hedline/hl1", "body/body.head/hedline", "head/title"}},
    {WD_FIELD_NAMES, META(byline), {"body/body.head/byline"}},
    {WD_FIELD_LINE,
     META(source),
     {"body/body.head/distributor", "head/pubdata@name", "head/docdata/doc-id@regsrc"}},
    {WD_FIELD_LANGUAGE, META(language), {"@xml:lang", "body@xml:lang"}},
    {WD_FIELD_DATE,
     META(published),
     {"head/docdata/date.issue@norm", "head/docdata/date.release@norm",
      "body/body.head/dateline/story.date@norm", "head/pubdata@date.publication"}},
    {WD_FIELD_DATE, META(embargoed), {"head/docdata/date.release@norm"}},
    {WD_FIELD_LINE,
     META(copyright),
     {"body/body.head/rights", "head/docdata/doc.copyright@holder"}},
    {WD_FIELD_PLACE,
     META(located),
     {"body/body.head/dateline/location", "body/body.head/dateline",
      "head/docdata/evloc@city"}},
    {WD_FIELD_STATUS, META(pubstatus), {"head/docdata@management-status"}},
    {0},
};

int wd_nitf_read(struct wd_article *art, const struct wd_xml *nitf)
{
    const struct wd_xml *body = wd_xml_child(nitf, "body");
    struct wd_facts *facts = &art->facts;

    int r = wd_paths_read(art, nitf, paths);
    if (r < 0 || !body)
        return r;
    r = wd_markup_tree(art, body, WD_MARKUP_NITF, NULL, &facts->raw);
    const struct wd_xml *abstract =
        wd_xml_child(wd_xml_child(body, "body.head"), "abstract");
    if (r == WD_OK && abstract && wd_text_is_blank(facts->raw))
        r = wd_markup_tree(art, abstract, WD_MARKUP_NITF, NULL, &facts->raw);
    return r;
}

int wd_nitf_take(struct wd_article *art, struct wd_str str)
{
    struct wd_xml *root;
    if (!wd_str_equal(wd_xml_root_name(str), WD_STR("nitf")))
        return wd_body_take(art, str, WD_BODY_WIRE);
    int r = wd_xml_read(art, str, &root);
    return r < 0 ? r : wd_nitf_read(art, root);
}
