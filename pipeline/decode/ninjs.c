/* ninjs.c -- IPTC ninjs. Version 1 is flat (headline, body_text, body_html, all lower
 * case), versions 2 and 3 have arrays of values with a role and a content type, and 3
 * changed the case of nearly every name (contenttype ▸ contentType). Feeds mix them, so
 * all spellings are read at once and the version is never asked.
 *
 * Of several headlines the one with the role "main" wins, then one without a role, then
 * the first. Of several bodies "main" or no role wins over others, then plain text over
 * markup. SPDX-License-Identifier: Apache-2.0 */
#include "ninjs.h"

#include "base/ascii.h"
#include "fields.h"
#include "nitf.h"
#include "text.h"

#define META(member) offsetof(struct wd_meta, member)

/* `title` is a name for the item, meant for lists; it serves where no headline is. */
static const struct wd_field fields[] = {
    {WD_FIELD_ID, META(id), {"uri"}},
    {WD_FIELD_ID, META(version), {"version"}},
    {WD_FIELD_LINE, META(headline), {"headline", "title"}},
    {WD_FIELD_NAMES, META(byline), {"by", "byline", "bylines"}},
    {WD_FIELD_NAMES, META(source), {"infoSources", "infosources", "infosource"}},
    {WD_FIELD_LANGUAGE, META(language), {"language"}},
    {WD_FIELD_DATE,
     META(published),
     {"contentCreated", "contentcreated", "firstCreated", "firstcreated",
      "versionCreated", "versioncreated"}},
    {WD_FIELD_DATE, META(updated), {"versionCreated", "versioncreated"}},
    {WD_FIELD_DATE, META(embargoed), {"embargoedUntil", "embargoed"}},
    {WD_FIELD_LINE,
     META(copyright),
     {"copyrightNotice", "copyrightnotice", "copyrightHolder", "copyrightholder"}},
    {WD_FIELD_PLACE, META(located), {"located", "datelinelocation"}},
    {WD_FIELD_STATUS, META(pubstatus), {"pubStatus", "pubstatus"}},
    {0},
};

static const struct wd_body_key flat_bodies[] = {
    {"body_text", WD_BODY_TEXT},        {"body_html", WD_BODY_HTML},
    {"body_xhtml", WD_BODY_HTML},       {"body_html5", WD_BODY_HTML},
    {"description_text", WD_BODY_TEXT}, {0},
};

/* A value among its peers. */
struct part {
    struct wd_str value;
    struct wd_str role;
    enum wd_body_kind kind;
};

bool wd_ninjs_is_shaped(const struct wd_json *object)
{
    static const char *const names[] = {
        "headlines", "bodies",    "versioncreated", "versionCreated", "pubstatus",
        "pubStatus", "$standard", "standard",       "descriptions",
    };
    if (wd_json_kind(wd_json_get(object, "uri")) != WD_JSON_STRING)
        return false;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (wd_json_get(object, names[i]))
            return true;
    }
    return false;
}

static bool is_nocase(struct wd_str str, const char *name)
{
    return wd_ascii_same(str, wd_str_from(name));
}

/* A content type says what a body is; else some roles do ("html", "xhtml", "text"). */
static enum wd_body_kind kind_of(struct wd_str content_type, struct wd_str role)
{
    if (wd_ascii_find(content_type, "nitf") || wd_ascii_find(role, "nitf"))
        return WD_BODY_NITF;
    if (wd_ascii_begins(content_type, "text/plain"))
        return WD_BODY_TEXT;
    if (wd_ascii_begins(content_type, "text/html") ||
        wd_ascii_begins(content_type, "application/xhtml"))
        return WD_BODY_HTML;
    if (is_nocase(role, "html") || is_nocase(role, "xhtml"))
        return WD_BODY_HTML;
    return WD_BODY_UNKNOWN;
}

static int read_part(struct wd_article *art, const char *key, const struct wd_json *item,
                     struct part *ret_part)
{
    const struct wd_json *value = item, *role = NULL, *type = NULL;
    if (wd_json_kind(item) == WD_JSON_OBJECT) {
        value = wd_json_get(item, "value");
        role = wd_json_get(item, "role");
        type = wd_json_get(item, "contentType");
        if (!type)
            type = wd_json_get(item, "contenttype");
    }
    if (value && wd_json_kind(value) != WD_JSON_STRING)
        return wd_field_refuse(art, key, value, "an array of objects with a value");
    struct wd_str role_name = wd_text_trim(wd_json_text(role));
    *ret_part = (struct part){
        .value = wd_json_text(value),
        .role = role_name,
        .kind = kind_of(wd_text_trim(wd_json_text(type)), role_name),
    };
    return WD_OK;
}

/* A summary, a teaser, a title for print: not what it is asked for as. Some roles name a
 * format instead of a use. */
static bool is_aside(struct wd_str role)
{
    static const char *const mains[] = {"main", "text", "html", "xhtml", "body"};
    for (size_t i = 0; i < sizeof(mains) / sizeof(mains[0]); i++) {
        if (is_nocase(role, mains[i]))
            return false;
    }
    return role.size != 0 && !wd_ascii_find(role, "nitf");
}

/* How well a part serves as the main one; 0: not at all. */
static int rank(const struct part *part)
{
    if (wd_text_is_blank(part->value))
        return part->value.size != 0;
    int rank = is_aside(part->role) ? 2 : 10;
    if (part->kind == WD_BODY_NITF)
        return rank; /* a sender's dialect, often: anything else is surer */
    if (part->kind != WD_BODY_HTML)
        rank += 4;
    if (part->role.size == 0 || is_nocase(part->role, "text"))
        rank += 1;
    else if (is_nocase(part->role, "main"))
        rank += 2;
    return rank;
}

/* The best of the parts under `key`; its value is empty when there is none. */
static int best_part(struct wd_article *art, const struct wd_json *object,
                     const char *key, struct part *ret_best)
{
    const struct wd_json *array = wd_json_get(object, key);
    int best = 0;

    *ret_best = (struct part){0};
    if (array && wd_json_kind(array) != WD_JSON_ARRAY)
        return wd_field_refuse(art, key, array, "an array");
    for (size_t i = 0; i < wd_json_count(array); i++) {
        struct part part = {0};
        int r = read_part(art, key, wd_json_at(array, i), &part);
        if (r != WD_OK)
            return r;
        if (rank(&part) > best) {
            best = rank(&part);
            *ret_best = part;
        }
    }
    return WD_OK;
}

static int read_headlines(struct wd_article *art, const struct wd_json *object)
{
    struct part part;
    int r = best_part(art, object, "headlines", &part);
    if (r < 0 || part.value.size == 0)
        return r;
    return wd_field_line(art, part.value, &art->facts.meta.headline);
}

/* Takes the best part under `key`, when there is one. */
static int take_part(struct wd_article *art, const struct wd_json *object,
                     const char *key)
{
    struct part part;
    int r = best_part(art, object, key, &part);
    if (r < 0 || part.value.size == 0)
        return r;
    return part.kind == WD_BODY_NITF ? wd_nitf_take(art, part.value)
                                     : wd_body_take(art, part.value, part.kind);
}

/* A short item, or one of a picture, may have no more than a description. */
static int read_text(struct wd_article *art, const struct wd_json *object)
{
    const struct wd_json *nitf = wd_json_get(object, "body_nitf");
    if (!nitf)
        nitf = wd_json_get(wd_json_get(object, "main"), "nitf"); /* AP */
    int r = take_part(art, object, "bodies");
    if (r == WD_OK && wd_json_text(nitf).size && wd_text_is_blank(art->facts.raw))
        r = wd_nitf_take(art, wd_json_text(nitf));
    if (r == WD_OK && wd_text_is_blank(art->facts.raw))
        r = wd_bodies_read(art, object, flat_bodies);
    if (r == WD_OK && wd_text_is_blank(art->facts.raw))
        r = take_part(art, object, "descriptions");
    return r;
}

/* Pictures and events have headlines and descriptions, too, but are no article; nor is a
 * package that brings no text of its own. */
static int check_type(struct wd_article *art, const struct wd_json *object)
{
    static const char *const others[] = {
        "picture", "photo",    "graphic",    "audio",     "video",
        "event",   "planning", "assignment", "animation", "component"};
    struct wd_str type = wd_json_text(wd_json_get(object, "type"));
    bool is_other = is_nocase(type, "composite") && wd_text_is_blank(art->facts.raw);
    is_other |= wd_json_get(object, "eventDetails") != NULL; /* 3.0 has events */
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        is_other |= is_nocase(type, others[i]);
    if (!is_other)
        return WD_OK;
    return wd_article_refuse(
        art, WD_ENOTEXT, WD_NO_OFFSET, "the item carries no article text: %.*s",
        type.size ? (int)type.size : 5, type.size ? type.data : "event");
}

int wd_ninjs_read(struct wd_article *art, const struct wd_json *object)
{
    art->facts.meta.format = WD_STR("ninjs");
    int r = read_headlines(art, object);
    if (r == WD_OK)
        r = wd_fields_read(art, object, fields);
    if (r == WD_OK)
        r = read_text(art, object);
    return r < 0 ? r : check_type(art, object);
}
