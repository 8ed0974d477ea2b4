/* envelope.c -- the JSON that newsrooms really have: one flat object an article, with the
 * names that the CMS, the feed or schema.org gave them. Names are tried in the order of
 * the tables below; unknown ones are ignored, so that an envelope may carry what it
 * likes. A body may be plain text or HTML; where an object has both, plain text is taken,
 * since its bytes are then the author's and not our reading of the markup.
 * SPDX-License-Identifier: Apache-2.0 */
#include "envelope.h"

#include "event.h"
#include "fields.h"
#include "ninjs.h"
#include "text.h"

#define META(member) offsetof(struct wd_meta, member)

static const struct wd_field fields[] = {
    {WD_FIELD_ID, META(id), {"uri", "guid", "id", "urn", "@id", "_id"}},
    {WD_FIELD_ID, META(version), {"version"}},
    {WD_FIELD_LINE, META(headline), {"headline", "title", "webTitle"}},
    {WD_FIELD_NAMES, META(byline), {"byline", "bylines", "author", "authors", "by"}},
    {WD_FIELD_NAMES, META(source), {"source", "publisher"}},
    {WD_FIELD_URL, META(url), {"url", "link", "webUrl"}},
    {WD_FIELD_LANGUAGE, META(language), {"language", "lang", "inLanguage"}},
    {WD_FIELD_DATE,
     META(published),
     {"published_at", "publishedAt", "published", "date_published", "datePublished",
      "date", "pubDate", "pub_date", "publication_date", "publish_date", "publishDate",
      "date_publish", "webPublicationDate", "firstcreated", "version_created",
      "versioncreated", "versionCreated", "created_at"}},
    {WD_FIELD_DATE,
     META(updated),
     {"updated_at", "updatedAt", "updated", "date_modified", "dateModified", "modified",
      "modified_at", "date_modify"}},
    {WD_FIELD_DATE,
     META(embargoed),
     {"embargoed", "embargo", "embargoed_until", "embargoedUntil", "embargo_date"}},
    {WD_FIELD_LINE,
     META(copyright),
     {"copyright", "copyright_notice", "copyrightNotice", "copyrightnotice",
      "copyrightHolder", "copyrightholder"}},
    {WD_FIELD_PLACE, META(located), {"located", "dateline", "datelinelocation"}},
    {WD_FIELD_STATUS, META(pubstatus), {"pubstatus", "pubStatus", "status"}},
    {0},
};

/* dpa's "digitalwires". What it calls "updated" is the envelope's, not the article's. */
static const struct wd_field dpa_fields[] = {
    {WD_FIELD_ID, META(id), {"urn"}},
    {WD_FIELD_ID, META(version), {"version"}},
    {WD_FIELD_LINE, META(headline), {"headline"}},
    {WD_FIELD_LINE, META(byline), {"byline"}},
    {WD_FIELD_LINE, META(source), {"creditline"}},
    {WD_FIELD_LANGUAGE, META(language), {"language"}},
    {WD_FIELD_DATE, META(published), {"content_created", "version_created"}},
    {WD_FIELD_DATE, META(updated), {"version_created"}},
    {WD_FIELD_DATE, META(embargoed), {"embargoed"}},
    {WD_FIELD_LINE, META(copyright), {"copyrightnotice"}},
    {WD_FIELD_PLACE, META(located), {"dateline"}},
    {WD_FIELD_STATUS, META(pubstatus), {"pubstatus"}},
    {0},
};

static const struct wd_body_key dpa_bodies[] = {{"article_html", WD_BODY_WIRE}, {0}};

static const struct wd_body_key bodies[] = {
    {"body_text", WD_BODY_UNKNOWN},
    {"body", WD_BODY_UNKNOWN},
    {"text", WD_BODY_UNKNOWN},
    {"content_text", WD_BODY_UNKNOWN},
    {"content", WD_BODY_UNKNOWN},
    {"articleBody", WD_BODY_UNKNOWN},
    {"maintext", WD_BODY_UNKNOWN},
    {"bodyText", WD_BODY_UNKNOWN},
    {"article_text", WD_BODY_UNKNOWN},
    {"full_text", WD_BODY_UNKNOWN},
    {"fulltext", WD_BODY_UNKNOWN},
    {"paragraphs", WD_BODY_UNKNOWN},
    {"paras", WD_BODY_UNKNOWN},
    {"body_html", WD_BODY_HTML},
    {"body_xhtml", WD_BODY_HTML},
    {"article_html", WD_BODY_HTML},
    {"content_html", WD_BODY_HTML},
    {"html", WD_BODY_HTML},
    {0},
};

static int read_envelope(struct wd_article *art, const struct wd_json *object)
{
    art->facts.meta.format = WD_STR("json");
    int r = wd_fields_read(art, object, fields);
    if (r == WD_OK)
        r = wd_bodies_read(art, object, bodies);
    /* The Guardian's API keeps what it was asked for one level deeper. */
    const struct wd_json *inner = wd_json_get(object, "fields");
    if (r < 0 || wd_json_kind(inner) != WD_JSON_OBJECT)
        return r;
    r = wd_fields_read(art, inner, fields);
    return r < 0 || art->facts.raw.data ? r : wd_bodies_read(art, inner, bodies);
}

static bool is_dpa(const struct wd_json *object)
{
    struct wd_str format = wd_json_text(wd_json_get(object, "format"));
    return format.size > 12 && memcmp(format.data, "digitalwires", 12) == 0;
}

/* Who and where, as far as only an entry's categories say it, one object each; before the
 * fields and behind them, so that an entry and its NewsML-G2 say the same. */
struct category {
    const char *type;
    enum wd_field_kind kind;
    size_t member; /* offsetof(struct wd_meta, …) */
};

static const struct category dpa_places[] = {
    {"dnltype:located", WD_FIELD_LINE, META(located)},
    {0},
};

static const struct category dpa_sources[] = {
    {"dnltype:infosource", WD_FIELD_LINE, META(source)},
    {"dnltype:provider", WD_FIELD_LINE, META(source)},
    {0},
};

static int read_category(struct wd_article *art, const struct wd_json *object,
                         const struct category *category)
{
    const struct wd_json *all = wd_json_get(object, "categories");
    struct wd_str *member =
        (struct wd_str *)(void *)((char *)&art->facts.meta + category->member);
    int r = WD_OK;
    for (size_t i = 0; r == WD_OK && member->size == 0 && i < wd_json_count(all); i++) {
        const struct wd_json *one = wd_json_at(all, i);
        struct wd_str name = wd_json_text(wd_json_get(one, "name"));
        if (name.size > 0 && wd_str_equal(wd_json_text(wd_json_get(one, "type")),
                                          wd_str_from(category->type)))
            r = wd_field_string(art, category->kind, name, member);
    }
    return r;
}

static int read_categories(struct wd_article *art, const struct wd_json *object,
                           const struct category *categories)
{
    int r = WD_OK;
    for (; r == WD_OK && categories->type; categories++)
        r = read_category(art, object, categories);
    return r;
}

/* A picture's or a recording's entry has the fields of an article, but no text. */
static int read_dpa(struct wd_article *art, const struct wd_json *object)
{
    art->facts.meta.format = WD_STR("digitalwires");
    int r = read_categories(art, object, dpa_places);
    if (r == WD_OK)
        r = wd_fields_read(art, object, dpa_fields);
    if (r == WD_OK)
        r = read_categories(art, object, dpa_sources);
    if (r == WD_OK)
        r = wd_bodies_read(art, object, dpa_bodies);
    bool has_others = wd_json_count(wd_json_get(object, "associations")) != 0;
    if (r == WD_OK && has_others && wd_text_is_blank(art->facts.raw))
        return wd_article_refuse(art, WD_ENOTEXT, WD_NO_OFFSET,
                                 "the entry carries pictures or sound, and no text");
    return r;
}

/* AP's API wraps an item twice, {"data": {"item": {…}}}, or in a list of results. */
static int unwrap(struct wd_article *art, const struct wd_json **object)
{
    const struct wd_json *data = wd_json_get(*object, "data");
    const struct wd_json *items = wd_json_get(data, "items");
    if (wd_json_count(items) > 1)
        return wd_article_refuse(art, WD_ELIMIT, WD_NO_OFFSET,
                                 "the answer holds several items; a record is one");
    if (wd_json_count(items) == 1)
        data = wd_json_at(items, 0);
    const struct wd_json *item = wd_json_get(data ? data : *object, "item");
    if (wd_json_kind(item) == WD_JSON_OBJECT)
        *object = item;
    return WD_OK;
}

static int read_object(struct wd_article *art, const struct wd_json *object,
                       bool is_ninjs, struct wd_event *event)
{
    if (wd_event_is(object)) {
        int r = wd_event_read(art, object, event, &object);
        if (r < 0 || event->has_bytes)
            return r;
    }
    if (wd_json_kind(object) != WD_JSON_OBJECT)
        return wd_article_refuse(art, WD_ETYPE, WD_NO_OFFSET,
                                 "the article is %s, not an object",
                                 wd_json_kind_name(wd_json_kind(object)));
    int r = unwrap(art, &object);
    if (r < 0)
        return r;
    if (is_ninjs || wd_ninjs_is_shaped(object))
        r = wd_ninjs_read(art, object);
    else
        r = is_dpa(object) ? read_dpa(art, object) : read_envelope(art, object);
    return r < 0 ? r : wd_decode_settle(art);
}

int wd_decode_json(struct wd_article *art, struct wd_str bytes, bool is_ninjs,
                   struct wd_event *ret_event)
{
    struct wd_json *doc;
    int r = wd_json_read(art, bytes, &doc);
    if (r < 0)
        return r;
    r = read_object(art, doc, is_ninjs, ret_event);
    wd_json_free(doc);
    return r;
}
