/* page_data.c -- schema.org's facts about an article, as pages carry them in JSON-LD for
 * search engines: alone, in an array, or in a graph with the site and the way there. No
 * reader sees them and no editor reads them, so faults are common; a page is never
 * refused for them, and a member of the wrong type leaves the others as they are.
 * SPDX-License-Identifier: Apache-2.0 */
#include "page_data.h"

#include "fields.h"

#define META(member) offsetof(struct wd_meta, member)

enum { NESTED_MAX = 3 };

static const struct wd_field fields[] = {
    {WD_FIELD_LINE, META(headline), {"headline", "name"}},
    {WD_FIELD_NAMES, META(byline), {"author", "creator"}},
    {WD_FIELD_NAMES, META(source), {"publisher", "sourceOrganization"}},
    {WD_FIELD_URL, META(url), {"url", "mainEntityOfPage"}},
    {WD_FIELD_LANGUAGE, META(language), {"inLanguage"}},
    {WD_FIELD_DATE, META(published), {"datePublished", "dateCreated"}},
    {WD_FIELD_DATE, META(updated), {"dateModified"}},
    {WD_FIELD_LINE, META(copyright), {"copyrightNotice"}},
    {WD_FIELD_PLACE, META(located), {"dateline", "locationCreated"}},
};

/* "NewsArticle", "LiveBlogPosting", "ReportageNewsArticle", "schema:Article". */
static bool is_article_type(struct wd_str type)
{
    static const struct wd_str ends[] = {WD_STR("Article"), WD_STR("BlogPosting")};
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (type.size >= ends[i].size &&
            memcmp(type.data + type.size - ends[i].size, ends[i].data, ends[i].size) == 0)
            return true;
    }
    return false;
}

static bool is_article(const struct wd_json *object)
{
    const struct wd_json *type = wd_json_get(object, "@type");
    for (size_t i = 0; i < wd_json_count(type); i++) {
        if (is_article_type(wd_json_text(wd_json_at(type, i))))
            return true;
    }
    return is_article_type(wd_json_text(type));
}

/* The first article in `value`: itself, an element, or one of its graph. */
static const struct wd_json *find_article(const struct wd_json *value, unsigned nested)
{
    const struct wd_json *found = NULL;
    if (nested == NESTED_MAX || is_article(value))
        return nested == NESTED_MAX ? NULL : value;
    if (wd_json_kind(value) == WD_JSON_OBJECT)
        return find_article(wd_json_get(value, "@graph"), nested + 1);
    for (size_t i = 0; !found && i < wd_json_count(value); i++)
        found = find_article(wd_json_at(value, i), nested + 1);
    return found;
}

int wd_page_data_read(struct wd_article *art, struct wd_str script)
{
    const struct wd_error before = art->error;
    struct wd_json *doc = NULL;
    int r = wd_json_read(art, script, &doc);
    const struct wd_json *article = r == WD_OK ? find_article(doc, 0) : NULL;

    for (size_t i = 0;
         article && r != WD_ENOMEM && i < sizeof(fields) / sizeof(fields[0]); i++) {
        const struct wd_field one[] = {fields[i], {0}};
        r = wd_fields_read(art, article, one);
    }
    wd_json_free(doc);
    if (r == WD_ENOMEM)
        return r;
    art->error = before;
    return WD_OK;
}
