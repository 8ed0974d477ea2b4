/* ninjs1.c -- the same article under the names of ninjs 1.x, for Superdesk's ingest.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Written against superdesk-core, superdesk/io/feed_parsers/ninjs.py, whose habits decide
 * what differs from a plain renaming:
 * - It reads dates with a fixed format: whole seconds in UTC or it raises. So every date
 * is converted, and one that cannot be is left out.
 * - Its editors work on body_html; body_text is copied but not shown. So there are both.
 * - Every association is ingested as an item of its own; a pointer to an earlier copy
 * would become an empty item. So there are none: extra.wiredesk.dedup says it.
 * - "source" (not in IPTC's 1.x) becomes its original_source. */
#include "base/timestamp.h"
#include "base/utf8.h"
#include "json_writer.h"
#include "parts.h"

static void emit_date(struct wd_buf *buf, const char *key, struct wd_str date)
{
    char utc[WD_TIME_SIZE];
    int64_t seconds;

    if (wd_time_parse(date, &seconds) && wd_time_format_s(seconds, utc))
        wd_json_member_z(buf, key, utc);
}

/* A line of text as the inside of an HTML paragraph, inside a JSON string. */
static void emit_html_text(struct wd_buf *buf, struct wd_str str)
{
    size_t from = 0;

    for (size_t i = 0; i < str.size; i++) {
        const char *entity = str.data[i] == '&'   ? "&amp;"
                             : str.data[i] == '<' ? "&lt;"
                             : str.data[i] == '>' ? "&gt;"
                                                  : NULL;
        if (!entity)
            continue;
        wd_json_escape(buf, (struct wd_str){str.data + from, i - from});
        wd_buf_append_z(buf, entity);
        from = i + 1;
    }
    wd_json_escape(buf, (struct wd_str){str.data + from, str.size - from});
}

/* One paragraph a line; empty lines make none. */
static void emit_body_html(struct wd_buf *buf, struct wd_str body)
{
    wd_json_key(buf, "body_html");
    wd_buf_append_char(buf, '"');
    while (body.size != 0) {
        const char *end = memchr(body.data, '\n', body.size);
        size_t size = end ? (size_t)(end - body.data) : body.size;
        if (size != 0) {
            wd_buf_append_z(buf, "<p>");
            emit_html_text(buf, (struct wd_str){body.data, size});
            wd_buf_append_z(buf, "</p>");
        }
        size += end != NULL;
        body = (struct wd_str){body.data + size, body.size - size};
    }
    wd_buf_append_char(buf, '"');
}

static void emit_body(const struct wd_emission *em)
{
    for (size_t i = 0; i < em->facts->n_regions; i++) {
        const struct wd_region *region = &em->facts->regions[i];
        if (region->role != WD_ROLE_BODY)
            continue;
        struct wd_str body = wd_span_of(em->facts->text, region->span);
        wd_json_member_uint(em->buf, "charcount", wd_utf8_count(body));
        wd_json_member_uint(em->buf, "wordcount", wd_emit_count_words(em, region->span));
        wd_json_member(em->buf, "body_text", body);
        emit_body_html(em->buf, body);
        return; /* 1.x has one body */
    }
}

static void emit_alt_ids(const struct wd_emission *em)
{
    const struct wd_meta *meta = &em->facts->meta;

    if (meta->id.size == 0 && meta->url.size == 0)
        return;
    wd_json_key(em->buf, "altids");
    wd_json_open_object(em->buf);
    wd_json_known(em->buf, "id", meta->id);
    wd_json_known(em->buf, "url", meta->url);
    wd_json_close_object(em->buf);
}

void wd_emit_ninjs1(const struct wd_emission *em)
{
    const struct wd_facts *facts = em->facts;
    const struct wd_meta *meta = &facts->meta;
    struct wd_buf *buf = em->buf;

    wd_json_member(buf, "uri", meta->uri);
    wd_json_member_z(buf, "type", "text");
    wd_json_member_z(buf, "mimetype", "text/plain");
    wd_json_known(buf, "version", meta->version);
    emit_date(buf, "firstcreated", meta->published);
    emit_date(buf, "versioncreated",
              meta->updated.size != 0 ? meta->updated : meta->published);
    emit_date(buf, "embargoed", meta->embargoed);
    wd_json_member(buf, "pubstatus",
                   meta->pubstatus.size != 0 ? meta->pubstatus : WD_STR("usable"));
    wd_json_member(buf, "language",
                   facts->language.size != 0 ? facts->language : WD_STR("und"));
    wd_json_known(buf, "headline", wd_emit_headline(em));
    wd_json_known(buf, "byline", meta->byline);
    wd_json_known(buf, "located", meta->located);
    wd_json_known(buf, "copyrightnotice", meta->copyright);
    wd_json_known(buf, "source", meta->source);
    emit_body(em);
    wd_emit_named(em, "person", WD_LABEL_PERSON, "code");
    wd_emit_named(em, "organisation", WD_LABEL_ORGANISATION, "code");
    wd_emit_named(em, "place", WD_LABEL_PLACE, "code");
    wd_emit_named(em, "event", WD_LABEL_EVENT, "code");
    emit_alt_ids(em);
}
