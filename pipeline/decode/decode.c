/* decode.c -- the stage that makes an article of a raw record. It decides what may come
 * in at all and which reader takes it; the readers (text.c, …) know the formats. Checks
 * go from cheap to dear: size before anything is looked at, the kind before anything is
 * parsed. Every refusal is of class INPUT and says where.
 * SPDX-License-Identifier: Apache-2.0 */
#include "decode.h"

#include "charset.h"
#include "envelope.h"
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

static int check_size(struct wd_article *art)
{
    size_t size = art->record.value.size, limit = art->opts->limits.record_bytes;
    if (size == 0)
        return wd_article_refuse(art, WD_EEMPTY, WD_NO_OFFSET, "%s",
                                 wd_status_text(WD_EEMPTY));
    if (size > limit)
        return wd_article_refuse(art, WD_ESIZE, WD_NO_OFFSET,
                                 "the record has more than %zu bytes", limit);
    return WD_OK;
}

static int read_record(struct wd_article *art, enum wd_reader reader, struct wd_str bytes)
{
    switch (reader) {
    case WD_READER_TEXT:
        return wd_decode_text(art, bytes);
    case WD_READER_HTML:
        return wd_decode_page(art, bytes);
    case WD_READER_JSON:
        return wd_decode_json(art, bytes, false);
    case WD_READER_XML:
        return wd_decode_xml(art, bytes);
    case WD_READER_NINJS:
        return wd_decode_json(art, bytes, true);
    }
    return WD_OK;
}

static int decode_run(void *state, struct wd_article *art)
{
    (void)state;
    int r = check_size(art);
    if (r < 0)
        return r;

    struct wd_str bytes = wd_text_skip_bom(art->record.value);
    struct wd_medium medium;
    r = wd_medium_choose(art, bytes, &medium);
    if (r == WD_OK && medium.charset)
        r = wd_charset_convert(art, medium.charset, art->record.value, &bytes);
    if (r == WD_OK)
        r = read_record(art, medium.reader, wd_text_skip_bom(bytes));
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
