/* fields.c -- reads the members of a JSON article by a table. Sources agree on what they
 * say about an article, not on what they call it, so a fact has a list of keys. They do
 * agree on types, and where a type is wrong something else is meant: that is refused and
 * the key named, rather than turned into text that nobody wrote.
 * SPDX-License-Identifier: Apache-2.0 */
#include "fields.h"

#include "base/ascii.h"
#include "date.h"
#include "markup.h"
#include "text.h"
#include "uri.h"

int wd_field_refuse(struct wd_article *art, const char *key, const struct wd_json *value,
                    const char *wanted)
{
    return wd_article_refuse(art, WD_ETYPE, WD_NO_OFFSET, "\"%s\" is %s, not %s", key,
                             wd_json_kind_name(wd_json_kind(value)), wanted);
}

/* Escaped markup is not taken out: what is left of it then is what readers would see. */
static int take_prose(struct wd_article *art, struct wd_str str, enum wd_markup_kind kind,
                      struct wd_str *ret_str)
{
    return wd_markup_is_html(str) ? wd_markup_text(art, str, kind, NULL, ret_str)
                                  : wd_markup_unescape(&art->arena, str, ret_str);
}

int wd_field_line(struct wd_article *art, struct wd_str str, struct wd_str *ret_str)
{
    struct wd_str prose;
    int r = take_prose(art, str, WD_MARKUP_HTML, &prose);
    if (r < 0)
        return r;
    *ret_str = wd_text_fold(&art->arena, prose);
    return ret_str->data ? WD_OK : WD_ENOMEM;
}

/* Names joined so far; grows by doubling, since some list thousands of them. */
struct names {
    char *data;
    size_t size;
    size_t room;
};

/* Names are parted by commas, as in a byline. */
static int add_name(struct wd_article *art, struct wd_str name, struct names *names)
{
    struct wd_str line;
    int r = wd_field_line(art, name, &line);
    if (r < 0 || line.size == 0)
        return r;

    size_t comma = names->size ? 2 : 0, size = names->size + comma + line.size;
    if (size > names->room) {
        char *grown = wd_arena_grow(&art->arena, names->data, names->room, 2 * size);
        if (!grown)
            return WD_ENOMEM;
        names->data = grown;
        names->room = 2 * size;
    }
    memcpy(names->data + names->size, ", ", comma);
    memcpy(names->data + names->size + comma, line.data, line.size);
    names->size = size;
    return WD_OK;
}

/* A name as a string, or in an object; one without a name says nothing. */
static int read_name(struct wd_article *art, const char *key, const struct wd_json *value,
                     struct names *names)
{
    static const char *const keys[] = {"name", "by", "title"};
    if (wd_json_kind(value) == WD_JSON_OBJECT) {
        const struct wd_json *object = value;
        value = NULL;
        for (size_t i = 0; !value && i < sizeof(keys) / sizeof(keys[0]); i++)
            value = wd_json_get(object, keys[i]);
    }
    if (!value || wd_json_kind(value) == WD_JSON_INTEGER) /* a row of a table elsewhere */
        return WD_OK;
    if (wd_json_kind(value) != WD_JSON_STRING)
        return wd_field_refuse(art, key, value, "a name");
    return add_name(art, wd_json_text(value), names);
}

static int read_names(struct wd_article *art, const char *key,
                      const struct wd_json *value, struct wd_str *ret_str)
{
    struct names names = {0};
    int r = WD_OK;
    if (wd_json_kind(value) == WD_JSON_ARRAY) {
        for (size_t i = 0; i < wd_json_count(value) && r == WD_OK; i++)
            r = read_name(art, key, wd_json_at(value, i), &names);
    } else {
        r = read_name(art, key, value, &names);
    }
    if (r == WD_OK)
        *ret_str = (struct wd_str){names.data, names.size};
    return r;
}

static int read_date(struct wd_article *art, struct wd_str str, struct wd_str *ret_str)
{
    char date[WD_DATE_SIZE];
    if (!wd_date_normalise(wd_text_trim(str), date))
        return WD_OK;
    *ret_str = wd_arena_copy(&art->arena, wd_str_from(date));
    return ret_str->data ? WD_OK : WD_ENOMEM;
}

/* Two or three letters, then subtags of one to eight letters and digits (RFC 5646). An
 * underscore is how POSIX and Java write the dash. */
static int read_language(struct wd_article *art, struct wd_str str,
                         struct wd_str *ret_str)
{
    str = wd_text_trim(str);
    char *tag = wd_arena_alloc(&art->arena, str.size);
    if (!tag)
        return WD_ENOMEM;
    size_t subtag = 0, least = 2, most = 3;
    for (size_t i = 0; i < str.size; i++) {
        char c = str.data[i] == '_' ? '-' : str.data[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        tag[i] = c;
        if (c == '-' && subtag >= least) {
            subtag = 0;
            least = 1;
            most = 8;
        } else if ((!is_letter && (most == 3 || c < '0' || c > '9')) || ++subtag > most) {
            return WD_OK;
        }
    }
    if (subtag >= least)
        *ret_str = (struct wd_str){tag, str.size};
    return WD_OK;
}

static void read_status(struct wd_str str, struct wd_str *ret_str)
{
    static const struct {
        const char *written;
        const char *status;
    } rows[] = {
        {"usable", "usable"},      {"published", "usable"},   {"publish", "usable"},
        {"withheld", "withheld"},  {"embargoed", "withheld"}, {"canceled", "canceled"},
        {"cancelled", "canceled"}, {"killed", "canceled"},    {"withdrawn", "canceled"},
        {"deleted", "canceled"},
    };
    str = wd_text_trim(str);
    for (size_t i = str.size; i-- > 0;) { /* IPTC's codes: stat:usable, …/usable */
        if (str.data[i] == ':' || str.data[i] == '/') {
            str = (struct wd_str){str.data + i + 1, str.size - i - 1};
            break;
        }
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (wd_ascii_same(str, wd_str_from(rows[i].written)))
            *ret_str = wd_str_from(rows[i].status);
    }
}

/* Where the last part of a dateline is a date ("MADRID, 21 Nov. 2024", "MOSCOW, Monday"),
 * its first letter. */
static bool is_day(struct wd_str part)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun",
                                       "jan", "feb", "mar", "apr", "may", "jun", "jul",
                                       "aug", "sep", "oct", "nov", "dec"};
    for (size_t i = 0; i < part.size; i++) {
        if (part.data[i] >= '0' && part.data[i] <= '9')
            return true;
    }
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        if (part.size > 3 && part.size < 10 && wd_ascii_begins(part, days[i]))
            return true;
    }
    return false;
}

/* The place of a dateline: without the agency in brackets, dashes and the day. */
static int read_place(struct wd_article *art, struct wd_str str, struct wd_str *ret_str)
{
    int r = wd_field_line(art, str, ret_str);
    if (r < 0)
        return r;
    struct wd_str place = *ret_str;
    for (size_t i = 1; i < place.size; i++) {
        bool is_dash = i + 1 < place.size && place.data[i - 1] == ' ' &&
                       (memcmp(place.data + i, "-", 1) == 0 ||
                        (i + 3 <= place.size &&
                         memcmp(place.data + i, "\xe2\x80", 2) == 0)); /* – or — */
        if (place.data[i] == '(' || is_dash)
            place.size = i;
    }
    for (size_t i = place.size; i-- > 0;) {
        if (place.data[i] != ',')
            continue;
        struct wd_str part =
            wd_text_trim((struct wd_str){place.data + i + 1, place.size - i - 1});
        if (part.size == 0 || is_day(part))
            place.size = i;
    }
    *ret_str = wd_text_trim(place);
    return WD_OK;
}

int wd_field_string(struct wd_article *art, enum wd_field_kind kind, struct wd_str str,
                    struct wd_str *ret_str)
{
    switch (kind) {
    case WD_FIELD_LINE:
    case WD_FIELD_NAMES:
        return wd_field_line(art, str, ret_str);
    case WD_FIELD_ID:
        *ret_str = wd_arena_copy(&art->arena, wd_text_trim(str));
        return ret_str->data ? WD_OK : WD_ENOMEM;
    case WD_FIELD_DATE:
        return read_date(art, str, ret_str);
    case WD_FIELD_LANGUAGE:
        return read_language(art, str, ret_str);
    case WD_FIELD_URL:
        return wd_uri_from_url(&art->arena, wd_text_trim(str), ret_str);
    case WD_FIELD_PLACE:
        return read_place(art, str, ret_str);
    case WD_FIELD_STATUS:
        read_status(str, ret_str);
        return WD_OK;
    }
    return WD_OK;
}

/* What stands in an object of its own: {"rendered": "…"} of WordPress, {"main": "…"} of
 * the New York Times, {"@value": "…"} of JSON-LD, {"text": "…"} of paragraphs; else the
 * value itself. */
static const struct wd_json *unwrap(const struct wd_json *value)
{
    static const char *const keys[] = {"rendered", "main", "value", "@value", "text"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const struct wd_json *inner = wd_json_get(value, keys[i]);
        if (wd_json_kind(inner) == WD_JSON_STRING)
            return inner;
    }
    return value;
}

int wd_field_value(struct wd_article *art, enum wd_field_kind kind, const char *key,
                   const struct wd_json *value, struct wd_str *ret_str)
{
    bool is_number =
        wd_json_kind(value) == WD_JSON_INTEGER || wd_json_kind(value) == WD_JSON_REAL;
    bool wants_number = kind == WD_FIELD_ID || kind == WD_FIELD_DATE;

    *ret_str = (struct wd_str){0};
    if (kind == WD_FIELD_NAMES)
        return read_names(art, key, value, ret_str);
    if (kind == WD_FIELD_PLACE && wd_json_kind(value) == WD_JSON_OBJECT) {
        const struct wd_json *city = wd_json_get(value, "city");
        value = city ? city : wd_json_get(value, "name");
        if (!value)
            return WD_OK;
    }
    if (kind == WD_FIELD_LINE || kind == WD_FIELD_ID)
        value = unwrap(value);
    if (is_number && wants_number) {
        struct wd_str number = wd_json_number(&art->arena, value);
        return number.data ? wd_field_string(art, kind, number, ret_str) : WD_ENOMEM;
    }
    if (wd_json_kind(value) != WD_JSON_STRING)
        return wd_field_refuse(art, key, value,
                               wants_number ? "a string or a number" : "a string");
    return wd_field_string(art, kind, wd_json_text(value), ret_str);
}

int wd_fields_read(struct wd_article *art, const struct wd_json *object,
                   const struct wd_field *fields)
{
    for (const struct wd_field *field = fields; field->keys[0]; field++) {
        struct wd_str *member =
            (struct wd_str *)(void *)((char *)&art->facts.meta + field->member);
        for (const char *const *key = field->keys; *key && member->size == 0; key++) {
            const struct wd_json *value = wd_json_get(object, *key);
            if (!value)
                continue;
            int r = wd_field_value(art, field->kind, *key, value, member);
            if (r < 0)
                return r;
        }
    }
    return WD_OK;
}

int wd_body_take(struct wd_article *art, struct wd_str text, enum wd_body_kind kind)
{
    struct wd_str prose = text;
    int r = WD_OK;
    if (kind == WD_BODY_HTML)
        r = wd_markup_text(art, text, WD_MARKUP_HTML, NULL, &prose);
    else if (kind == WD_BODY_UNKNOWN)
        r = take_prose(art, text, WD_MARKUP_HTML, &prose);
    else if (kind == WD_BODY_WIRE)
        r = take_prose(art, text, WD_MARKUP_WIRE, &prose);
    if (r < 0)
        return r;
    /* Untouched, it is still the document's, which will be freed. */
    if (prose.data == text.data)
        prose = wd_arena_copy(&art->arena, text);
    art->facts.raw = prose;
    return prose.data ? WD_OK : WD_ENOMEM;
}

/* The paragraphs of an array, an empty line between them. */
static int join_paragraphs(struct wd_article *art, const char *key,
                           const struct wd_json *array, struct wd_str *ret_text)
{
    const size_t n = wd_json_count(array);
    size_t room = 0, size = 0;
    for (size_t i = 0; i < n; i++) {
        const struct wd_json *item = unwrap(wd_json_at(array, i));
        if (wd_json_kind(item) != WD_JSON_STRING)
            return wd_field_refuse(art, key, item, "a paragraph");
        room += wd_json_text(item).size + 2;
    }
    char *text = wd_arena_alloc(&art->arena, room);
    if (!text)
        return WD_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        struct wd_str paragraph = wd_json_text(unwrap(wd_json_at(array, i)));
        memcpy(text + size, "\n\n", size ? 2 : 0);
        size += size ? 2 : 0;
        memcpy(text + size, paragraph.size ? paragraph.data : "", paragraph.size);
        size += paragraph.size;
    }
    *ret_text = (struct wd_str){text, size};
    return WD_OK;
}

static int take_body(struct wd_article *art, const char *key, const struct wd_json *value,
                     enum wd_body_kind kind)
{
    struct wd_str text = {0};
    value = unwrap(value);
    if (wd_json_kind(value) == WD_JSON_ARRAY) {
        int r = join_paragraphs(art, key, value, &text);
        return r < 0 ? r : wd_body_take(art, text, kind);
    }
    if (wd_json_kind(value) != WD_JSON_STRING)
        return wd_field_refuse(art, key, value, "a string");
    return wd_body_take(art, wd_json_text(value), kind);
}

int wd_bodies_read(struct wd_article *art, const struct wd_json *object,
                   const struct wd_body_key *keys)
{
    for (; keys->key; keys++) {
        const struct wd_json *value = wd_json_get(object, keys->key);
        if (!value)
            continue;
        int r = take_body(art, keys->key, value, keys->kind);
        if (r < 0 || !wd_text_is_blank(art->facts.raw))
            return r;
    }
    return WD_OK;
}
