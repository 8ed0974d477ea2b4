/* ninjs3.c -- what IPTC ninjs 3.1 has a name for.
 * SPDX-License-Identifier: Apache-2.0
 *
 * ninjs refuses unknown members at every level, has no verdict on duplicates and no place
 * for groups ("Ukrainian", "Democrats"): the first becomes an association, the second
 * stays under "wiredesk". An association must have a name, and of the earlier article we
 * know only the uri; so its name says what it is to this one. `standard` names our
 * schema, as IPTC's guide asks of an extension. */
#include "base/utf8.h"
#include "json_writer.h"
#include "parts.h"

static void emit_identity(const struct wd_emission *em)
{
    const struct wd_meta *meta = &em->facts->meta;
    struct wd_buf *buf = em->buf;

    wd_json_member(buf, "uri", meta->uri);
    wd_json_member_z(buf, "type", "text");
    wd_json_known(buf, "version", meta->version);
    wd_json_known(buf, "contentCreated", meta->published);
    wd_json_known(buf, "versionCreated",
                  meta->updated.size != 0 ? meta->updated : meta->published);
    wd_json_known(buf, "embargoedUntil", meta->embargoed);
    wd_json_member(buf, "pubStatus",
                   meta->pubstatus.size != 0 ? meta->pubstatus : WD_STR("usable"));
    /* RFC 5646: "und" when the language could not be told. */
    wd_json_member(buf, "language",
                   em->facts->language.size != 0 ? em->facts->language : WD_STR("und"));
}

static void emit_headlines(const struct wd_emission *em)
{
    struct wd_str headline = wd_emit_headline(em);

    if (headline.size == 0)
        return;
    wd_json_key(em->buf, "headlines");
    wd_json_open_array(em->buf);
    wd_json_open_object(em->buf);
    wd_json_member_z(em->buf, "contentType", "text/plain");
    wd_json_member(em->buf, "value", headline);
    wd_json_close_object(em->buf);
    wd_json_close_array(em->buf);
}

static void emit_bodies(const struct wd_emission *em)
{
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "bodies");
    wd_json_open_array(buf);
    for (size_t i = 0; i < em->facts->n_regions; i++) {
        const struct wd_region *region = &em->facts->regions[i];
        if (region->role != WD_ROLE_BODY)
            continue;
        struct wd_str body = wd_span_of(em->facts->text, region->span);
        wd_json_open_object(buf);
        wd_json_member_z(buf, "contentType", "text/plain");
        wd_json_member_uint(buf, "charCount", wd_utf8_count(body));
        wd_json_member_uint(buf, "wordCount", wd_emit_count_words(em, region->span));
        wd_json_member(buf, "value", body);
        wd_json_close_object(buf);
    }
    wd_json_close_array(buf);
}

void wd_emit_association(const struct wd_emission *em)
{
    const struct wd_dedup *dedup = &em->facts->dedup;
    bool is_update = dedup->verdict == WD_VERDICT_UPDATE;

    if (dedup->verdict == WD_VERDICT_UNIQUE || dedup->of.size == 0)
        return;
    wd_json_key(em->buf, "associations");
    wd_json_open_array(em->buf);
    wd_json_open_object(em->buf);
    wd_json_member_z(em->buf, "name", is_update ? "earlier version" : "earlier copy");
    wd_json_member_z(em->buf, "rel", is_update ? "updateOf" : "duplicateOf");
    wd_json_member(em->buf, "uri", dedup->of);
    wd_json_close_object(em->buf);
    wd_json_close_array(em->buf);
}

static void emit_alt_id(struct wd_buf *buf, const char *role, struct wd_str value)
{
    if (value.size == 0)
        return;
    wd_json_open_object(buf);
    wd_json_member_z(buf, "role", role);
    wd_json_member(buf, "value", value);
    wd_json_close_object(buf);
}

static void emit_alt_ids(const struct wd_emission *em)
{
    const struct wd_meta *meta = &em->facts->meta;

    if (meta->id.size == 0 && meta->url.size == 0)
        return;
    wd_json_key(em->buf, "altIds");
    wd_json_open_array(em->buf);
    emit_alt_id(em->buf, "id", meta->id);
    emit_alt_id(em->buf, "url", meta->url);
    wd_json_close_array(em->buf);
}

static void emit_source(const struct wd_emission *em)
{
    if (em->facts->meta.source.size == 0)
        return;
    wd_json_key(em->buf, "infoSources");
    wd_json_open_array(em->buf);
    wd_json_open_object(em->buf);
    wd_json_member(em->buf, "name", em->facts->meta.source);
    wd_json_close_object(em->buf);
    wd_json_close_array(em->buf);
}

static void emit_standard(struct wd_buf *buf)
{
    wd_json_key(buf, "standard");
    wd_json_open_object(buf);
    wd_json_member_z(buf, "name", "ninjs");
    wd_json_member_z(buf, "version", "3.1");
    wd_json_member_z(buf, "schema", WD_SCHEMA_URI);
    wd_json_close_object(buf);
}

void wd_emit_ninjs3(const struct wd_emission *em)
{
    emit_identity(em);
    emit_headlines(em);
    wd_json_known(em->buf, "by", em->facts->meta.byline);
    wd_json_known(em->buf, "located", em->facts->meta.located);
    wd_json_known(em->buf, "copyrightNotice", em->facts->meta.copyright);
    emit_source(em);
    emit_bodies(em);
    wd_emit_named(em, "people", WD_LABEL_PERSON, "uri");
    wd_emit_named(em, "organisations", WD_LABEL_ORGANISATION, "uri");
    wd_emit_named(em, "places", WD_LABEL_PLACE, "uri");
    wd_emit_named(em, "events", WD_LABEL_EVENT, "uri");
    wd_emit_seam(em, WD_SEAM_ASSOCIATION);
    wd_emit_association(em);
    emit_alt_ids(em);
    emit_standard(em->buf);
}
