/* media_type.c -- decides how a record is read. What a person set wins over what the
 * record says, and that over what its bytes look like. A content type that we do not read
 * is refused rather than guessed at: a picture read as text helps nobody.
 *
 * Bytes without a content type are sniffed by how they begin, never by whether the rest
 * happens to parse:
 *
 *   {"  {}  [{           JSON. When the rest is not, it is refused as malformed: half a
 *                        document must not go out as prose. A text that begins with
 *                        "{Photo: …}", "[UPDATED]" or "[](…" has none of these.
 *
 *   <!doctype html> and  HTML. "<3" or an address in angle brackets is none.
 *   tags that are known
 *
 *   <?xml and roots      XML. Which kind of it the root says, see news_xml.c.
 *   of news formats
 *
 *   all else             plain text.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "media_type.h"

#include "base/ascii.h"
#include "markup.h"
#include "news_xml.h"
#include "text.h"

static struct wd_str trim_ascii(struct wd_str str)
{
    while (str.size && (unsigned char)str.data[0] <= ' ')
        str = (struct wd_str){str.data + 1, str.size - 1};
    while (str.size && (unsigned char)str.data[str.size - 1] <= ' ')
        str.size--;
    return str;
}

/* Cuts `*rest` at the first `mark`, which goes to neither part. */
static struct wd_str cut(struct wd_str *rest, char mark)
{
    struct wd_str head = *rest;
    if (head.size == 0)
        return head;
    const char *at = memchr(head.data, mark, head.size);
    if (at)
        head.size = (size_t)(at - head.data);
    size_t used = head.size + (at ? 1 : 0);
    *rest = (struct wd_str){rest->data + used, rest->size - used};
    return head;
}

struct wd_str wd_medium_type_of(const struct wd_record *record)
{
    if (record->content_type.size)
        return record->content_type;
    for (size_t i = 0; i < record->n_headers; i++) {
        if (wd_ascii_same(record->headers[i].name, WD_STR("content-type")))
            return record->headers[i].value;
    }
    return (struct wd_str){0};
}

static const struct type_row {
    struct wd_str type;
    enum wd_reader reader;
} types[] = {
    {WD_STR("text/plain"), WD_READER_TEXT},
    {WD_STR("text/markdown"), WD_READER_TEXT},
    {WD_STR("application/json"), WD_READER_JSON},
    {WD_STR("text/json"), WD_READER_JSON},
    {WD_STR("application/ld+json"), WD_READER_JSON},
    {WD_STR("application/x-ndjson"), WD_READER_JSON},
    {WD_STR("application/jsonl"), WD_READER_JSON},
    {WD_STR("application/cloudevents+json"), WD_READER_JSON},
    {WD_STR("application/ninjs+json"), WD_READER_NINJS},
    {WD_STR("application/vnd.iptc.ninjs+json"), WD_READER_NINJS},
    {WD_STR("text/html"), WD_READER_HTML},
    {WD_STR("application/xhtml+xml"), WD_READER_HTML},
    {WD_STR("application/xml"), WD_READER_XML},
    {WD_STR("text/xml"), WD_READER_XML},
    {WD_STR("application/nitf+xml"), WD_READER_XML},
    {WD_STR("text/vnd.iptc.nitf"), WD_READER_XML},
    {WD_STR("text/vnd.iptc.newsml"), WD_READER_XML},
    {WD_STR("application/vnd.iptc.g2.newsitem+xml"), WD_READER_XML},
    {WD_STR("application/vnd.iptc.g2.newsmessage+xml"), WD_READER_XML},
    {WD_STR("application/vnd.iptc.g2.packageitem+xml"), WD_READER_XML},
    {WD_STR("application/vnd.iptc.g2.conceptitem+xml"), WD_READER_XML},
    {WD_STR("application/vnd.iptc.g2.knowledgeitem+xml"), WD_READER_XML},
    {WD_STR("application/vnd.iptc.g2.planningitem+xml"), WD_READER_XML},
    {WD_STR("application/rss+xml"), WD_READER_XML},
    {WD_STR("application/rdf+xml"), WD_READER_XML},
    {WD_STR("application/atom+xml"), WD_READER_XML},
};

static int refuse_type(struct wd_article *art, struct wd_str type)
{
    int shown = type.size < 80 ? (int)type.size : 80;
    return wd_article_refuse(art, WD_EFORMAT, WD_NO_OFFSET,
                             "content type \"%.*s\" is not one we read", shown,
                             type.data);
}

/* Of the parameters only the charset says anything we need. One without a value is no
 * charset at all, and refused as such. */
static int read_charset(struct wd_article *art, struct wd_str parameters,
                        struct wd_str *ret_charset)
{
    while (parameters.size) {
        struct wd_str value = cut(&parameters, ';');
        struct wd_str name = trim_ascii(cut(&value, '='));
        if (!wd_ascii_same(name, WD_STR("charset")))
            continue;
        value = trim_ascii(value);
        if (value.size >= 2 && value.data[0] == '"')
            value = (struct wd_str){value.data + 1, value.size - 2};
        if (value.size == 0)
            return wd_article_refuse(art, WD_EFORMAT, WD_NO_OFFSET,
                                     "the content type has a charset without a name");
        *ret_charset = value;
    }
    return WD_OK;
}

static int choose_by_type(struct wd_article *art, struct wd_str type,
                          enum wd_reader *ret_reader)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (wd_ascii_same(type, types[i].type)) {
            *ret_reader = types[i].reader;
            return WD_OK;
        }
    }
    return refuse_type(art, type);
}

/* The first bytes of `bytes` that are not ASCII white space are `a`, then `b`. */
static bool starts_with_pair(struct wd_str bytes, char a, char b)
{
    bytes = trim_ascii(bytes);
    if (bytes.size == 0 || bytes.data[0] != a)
        return false;
    bytes = trim_ascii((struct wd_str){bytes.data + 1, bytes.size - 1});
    return bytes.size && bytes.data[0] == b;
}

enum wd_reader wd_medium_sniff(struct wd_str bytes)
{
    struct wd_str start = trim_ascii(bytes);
    if (wd_ascii_begins(start, "<?xml") || wd_news_xml_is_root(wd_xml_root_name(start)))
        return WD_READER_XML;
    if (starts_with_pair(start, '{', '"') || starts_with_pair(start, '{', '}') ||
        starts_with_pair(start, '[', '{'))
        return WD_READER_JSON;
    if (wd_ascii_begins(start, "<!doctype html") || wd_markup_starts_html(start))
        return WD_READER_HTML;
    return WD_READER_TEXT;
}

/* The reader that a person has set; false when it is left to the record. */
static bool choose_by_option(enum wd_format format, enum wd_reader *ret_reader)
{
    switch (format) {
    case WD_FORMAT_TEXT:
        *ret_reader = WD_READER_TEXT;
        return true;
    case WD_FORMAT_JSON:
        *ret_reader = WD_READER_JSON;
        return true;
    case WD_FORMAT_NINJS:
        *ret_reader = WD_READER_NINJS;
        return true;
    case WD_FORMAT_HTML:
        *ret_reader = WD_READER_HTML;
        return true;
    case WD_FORMAT_XML:
        *ret_reader = WD_READER_XML;
        return true;
    case WD_FORMAT_AUTO:
        break;
    }
    return false;
}

int wd_medium_declared(struct wd_article *art, struct wd_str content_type,
                       struct wd_medium *ret_medium)
{
    struct wd_medium medium = {.reader = WD_READER_UNKNOWN};
    struct wd_str type = trim_ascii(cut(&content_type, ';'));
    int r = read_charset(art, content_type, &medium.charset);
    if (r < 0)
        return r;
    if (!choose_by_option(art->opts->format, &medium.reader) && type.size)
        r = choose_by_type(art, type, &medium.reader);
    if (r == WD_OK)
        *ret_medium = medium;
    return r;
}
