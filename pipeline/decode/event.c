/* event.c -- CloudEvents 1.0 in both of its modes. Structured: the record is a JSON
 * object with the article as `data`, a JSON value or a string of the type that
 * datacontenttype names, or in base64 as `data_base64`. Binary: the record is the
 * article, its content type is the event's, and the rest stands in headers that begin
 * with "ce_".
 *
 * source and id together name an event, and by the specification the same pair is the
 * same event. So they name an article that has no id of its own: a redelivery is then
 * told from news. SPDX-License-Identifier: Apache-2.0 */
#include "event.h"

#include "base/ascii.h"
#include "text.h"
#include "uri.h"

bool wd_event_is(const struct wd_json *object)
{
    return wd_json_kind(wd_json_get(object, "specversion")) == WD_JSON_STRING &&
           (wd_json_get(object, "data") || wd_json_get(object, "data_base64"));
}

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* RFC 4648, padded or not; line ends are let pass. */
static int read_base64(struct wd_article *art, struct wd_str str,
                       struct wd_str *ret_bytes)
{
    char *out = wd_arena_alloc(&art->arena, str.size + 1);
    size_t size = 0;
    uint32_t group = 0;
    unsigned n_digits = 0;
    if (!out)
        return WD_ENOMEM;
    for (size_t i = 0; i < str.size && str.data[i] != '='; i++) {
        int digit = digit_of(str.data[i]);
        if (str.data[i] == '\n' || str.data[i] == '\r')
            continue;
        if (digit < 0)
            return wd_article_refuse(art, WD_ETYPE, WD_NO_OFFSET,
                                     "data_base64 holds what is not base64");
        group = (group << 6 | (uint32_t)digit) & 0xffffff;
        if (++n_digits % 4 != 1)
            out[size++] = (char)(group >> (6 - 2 * ((n_digits - 1) % 4)));
    }
    if (size == 0)
        return wd_article_refuse(art, WD_EEMPTY, WD_NO_OFFSET, "data_base64 is empty");
    *ret_bytes = (struct wd_str){out, size};
    return WD_OK;
}

static int keep(struct wd_article *art, const struct wd_json *object, const char *key,
                struct wd_str *ret_str)
{
    *ret_str = wd_arena_copy(&art->arena, wd_json_text(wd_json_get(object, key)));
    return ret_str->data ? WD_OK : WD_ENOMEM;
}

int wd_event_read(struct wd_article *art, const struct wd_json *object,
                  struct wd_event *ret_event, const struct wd_json **ret_data)
{
    struct wd_event event = {0};
    const struct wd_json *data = wd_json_get(object, "data");
    const struct wd_json *base64 = wd_json_get(object, "data_base64");

    int r = keep(art, object, "id", &event.id);
    if (r == WD_OK)
        r = keep(art, object, "source", &event.source);
    if (r == WD_OK)
        r = keep(art, object, "datacontenttype", &event.content_type);
    *ret_data = data;
    if (r == WD_OK && !data && wd_json_kind(base64) == WD_JSON_STRING) {
        event.has_bytes = true;
        r = read_base64(art, wd_json_text(base64), &event.bytes);
    } else if (r == WD_OK && wd_json_kind(data) == WD_JSON_STRING) {
        event.has_bytes = true;
        *ret_data = NULL;
        r = keep(art, object, "data", &event.bytes);
    }
    if (r == WD_OK)
        *ret_event = event;
    return r;
}

static struct wd_str header(const struct wd_record *record, const char *name)
{
    for (size_t i = 0; i < record->n_headers; i++) {
        if (wd_ascii_same(record->headers[i].name, wd_str_from(name)))
            return record->headers[i].value;
    }
    return (struct wd_str){0};
}

/* "source/id", which is a URI when the source is one. */
static int join(struct wd_article *art, struct wd_str source, struct wd_str id)
{
    size_t limit = art->opts->limits.uri_bytes;
    if (source.size + id.size + 1 > limit)
        return wd_article_refuse(art, WD_ELIMIT, WD_NO_OFFSET,
                                 "the event's source and id have more than %zu bytes",
                                 limit);
    char *joined = wd_arena_alloc(&art->arena, source.size + 1 + id.size);
    if (!joined)
        return WD_ENOMEM;
    size_t size = source.size;
    memcpy(joined, source.size ? source.data : "", size);
    if (size && joined[size - 1] != '/')
        joined[size++] = '/';
    memcpy(joined + size, id.data, id.size);
    art->facts.meta.id = (struct wd_str){joined, size + id.size};
    return WD_OK;
}

int wd_event_name(struct wd_article *art, const struct wd_event *event)
{
    struct wd_str id = event->id, source = event->source;
    if (art->facts.meta.id.size)
        return WD_OK;
    if (!id.size && header(&art->record, "ce_specversion").size) {
        id = header(&art->record, "ce_id");
        source = header(&art->record, "ce_source");
    }
    if (!id.size)
        return WD_OK;
    int r = wd_text_check(art, id);
    if (r == WD_OK)
        r = wd_text_check(art, source);
    if (r < 0)
        return r;
    return join(art, wd_uri_is_valid(id) ? (struct wd_str){0} : source, id);
}
