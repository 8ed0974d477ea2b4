/* decode.c -- the stage that makes an article of a raw record. It decides what may come
 * in at all and which reader takes it; the readers (text.c, …) know the formats. Checks
 * go from cheap to dear: size before anything is looked at, the kind before anything is
 * parsed. Every refusal is of class INPUT and says where.
 * SPDX-License-Identifier: Apache-2.0 */
#include "decode.h"

#include "charset.h"
#include "envelope.h"
#include "event.h"
#include "media_type.h"
#include "news_xml.h"
#include "page.h"
#include "text.h"
#include "uri.h"
#include "xml.h"

static int decode_open(void *state, const struct wd_options *opts, struct wd_error *err)
{
    (void)state;
    (void)opts;
    (void)err;
    wd_xml_init();
    return WD_OK;
}

/* As far as its type tells, else its first bytes. */
static int is_page(struct wd_article *art, bool *ret_is_page)
{
    struct wd_medium medium;
    int r = wd_medium_declared(art, wd_medium_type_of(&art->record), &medium);
    if (r == WD_OK && medium.reader == WD_READER_UNKNOWN)
        medium.reader = wd_medium_sniff(wd_text_skip_bom(art->record.value));
    *ret_is_page = r == WD_OK && medium.reader == WD_READER_HTML;
    return r;
}

static int check_size(struct wd_article *art)
{
    size_t size = art->record.value.size, limit = art->opts->limits.record_bytes;
    bool is_fit = size <= limit;
    if (size == 0)
        return wd_article_refuse(art, WD_EEMPTY, WD_NO_OFFSET, "%s",
                                 wd_status_text(WD_EEMPTY));
    if (!is_fit && size <= wd_limits_largest(&art->opts->limits)) {
        int r = is_page(art, &is_fit);
        if (r < 0)
            return r;
    }
    if (!is_fit)
        return wd_article_refuse(art, WD_ESIZE, WD_NO_OFFSET,
                                 "the record has more than %zu bytes", limit);
    return WD_OK;
}

static int read_text(struct wd_article *art, enum wd_reader reader, struct wd_str text,
                     struct wd_event *ret_event)
{
    switch (reader) {
    case WD_READER_TEXT:
    case WD_READER_UNKNOWN:
        return wd_decode_text(art, text);
    case WD_READER_HTML:
        return wd_decode_page(art, text);
    case WD_READER_XML:
        return wd_decode_xml(art, text);
    case WD_READER_JSON:
        return wd_decode_json(art, text, false, ret_event);
    case WD_READER_NINJS:
        return wd_decode_json(art, text, true, ret_event);
    }
    return WD_OK;
}

/* Bytes of some announced type: of the record, or of an event in it. */
static int read_bytes(struct wd_article *art, struct wd_str bytes, struct wd_str type,
                      struct wd_event *ret_event)
{
    struct wd_medium medium;
    struct wd_str text;
    int r = wd_medium_declared(art, type, &medium);
    if (r == WD_OK)
        r = wd_charset_read(art, medium.charset, bytes, &text);
    if (r != WD_OK)
        return r;
    text = wd_text_skip_bom(text);
    if (medium.reader == WD_READER_UNKNOWN)
        medium.reader = wd_medium_sniff(text);
    return read_text(art, medium.reader, text, ret_event);
}

static int decode_run(void *state, struct wd_article *art)
{
    (void)state;
    struct wd_event event = {0}, inner = {0};
    int r = check_size(art);
    if (r == WD_OK)
        r = read_bytes(art, art->record.value, wd_medium_type_of(&art->record), &event);
    if (r == WD_OK && event.has_bytes) {
        r = read_bytes(art, event.bytes, event.content_type, &inner);
        if (r == WD_OK && inner.has_bytes)
            r = wd_article_refuse(art, WD_EFORMAT, WD_NO_OFFSET,
                                  "an event within an event is not read");
    }
    if (r == WD_OK)
        r = wd_event_name(art, &event);
    return r < 0 ? r : wd_uri_assign(art);
}

const struct wd_stage wd_stage_decode = {
    .name = "decode",
    .summary = "reads a record: what it is, what its source says, its text",
    .needs = 0,
    .gives = WD_HAS_RAW,
    .open = decode_open,
    .run = decode_run,
};
