/* wiredesk.c -- the member "wiredesk": what ninjs has no names for.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Offsets are code points of the text that `text` describes: the regions in order, joined
 * by `text.joiner`; each region says at which JSON pointer its characters stand.
 * Furniture was never in that text: its offsets count the raw text, whose size `raw`
 * gives.
 *
 * Tokens are by far the longest list (two numbers each, a thousand in an average
 * article), so they go in one flat array that is written straight into the buffer, a
 * chunk at a time. */
#include "base/article.h"
#include "base/sha256.h"
#include "base/timestamp.h"
#include "base/utf8.h"
#include "json_writer.h"
#include "offsets.h"
#include "parts.h"
#include "wiredesk/version.h"

static void emit_pipeline(const struct wd_emission *em)
{
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "pipeline");
    wd_json_open_object(buf);
    wd_json_member_z(buf, "name", "wiredesk");
    wd_json_member_z(buf, "version", wd_version());
    wd_json_key(buf, "models");
    wd_json_open_object(buf);
    for (size_t i = 0; i < em->facts->n_models; i++)
        wd_json_member_z(buf, em->facts->models[i].name, em->facts->models[i].version);
    wd_json_close_object(buf);
    wd_json_close_object(buf);
}

static void emit_source(const struct wd_emission *em)
{
    const struct wd_record *record = em->record;
    struct wd_buf *buf = em->buf;
    char time[WD_TIME_SIZE];

    wd_json_key(buf, "source");
    wd_json_open_object(buf);
    if (record->partition == WD_NO_PARTITION) {
        wd_json_key(buf, "file");
        wd_json_string_lossy(buf, record->topic);
        wd_json_key(buf, "record");
        wd_json_int(buf, record->offset);
    } else {
        wd_json_key(buf, "topic");
        wd_json_string_lossy(buf, record->topic);
        wd_json_key(buf, "partition");
        wd_json_int(buf, record->partition);
        wd_json_key(buf, "offset");
        wd_json_int(buf, record->offset);
    }
    if (record->timestamp_ms >= 0 && wd_time_format_ms(record->timestamp_ms, time))
        wd_json_member_z(buf, "timestamp", time);
    if (record->key.size != 0) {
        wd_json_key(buf, "key");
        wd_json_string_lossy(buf, record->key);
    }
    if (record->content_type.size != 0) {
        wd_json_key(buf, "contentType");
        wd_json_string_lossy(buf, record->content_type);
    }
    wd_json_known(buf, "format", em->facts->meta.format);
    wd_json_member_uint(buf, "bytes", record->value.size);
    wd_json_close_object(buf);
}

static void emit_regions(const struct wd_emission *em, const struct wd_region_path *paths)
{
    const struct wd_facts *facts = em->facts;
    struct wd_finger finger = wd_finger_at_start(facts->text, em->text_points);
    size_t n_of_role[] = {[WD_ROLE_HEADLINE] = 0, [WD_ROLE_BODY] = 0};
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "regions");
    wd_json_open_array(buf);
    for (size_t i = 0; i < facts->n_regions; i++) {
        const struct wd_region *region = &facts->regions[i];
        const struct wd_region_path *path = &paths[region->role];
        char digits[WD_DIGITS_MAX];
        wd_json_open_object(buf);
        wd_json_member_z(buf, "role", wd_role_name(region->role));
        wd_json_member_uint(buf, "start", wd_finger_move(&finger, region->span.start));
        wd_json_member_uint(buf, "end", wd_finger_move(&finger, region->span.end));
        wd_json_key(buf, "path");
        wd_buf_append_char(buf, '"');
        wd_buf_append_z(buf, path->head);
        if (path->tail) {
            const char *end = wd_json_put_uint(digits, n_of_role[region->role]++);
            wd_buf_append(buf, digits, (size_t)(end - digits));
            wd_buf_append_z(buf, path->tail);
        }
        wd_buf_append_char(buf, '"');
        wd_json_close_object(buf);
    }
    wd_json_close_array(buf);
}

static void emit_text(const struct wd_emission *em, const struct wd_region_path *paths)
{
    struct wd_buf *buf = em->buf;
    char hex[WD_SHA256_HEX_SIZE];

    wd_sha256_hex(em->facts->text, hex);
    wd_json_key(buf, "text");
    wd_json_open_object(buf);
    wd_json_member_z(buf, "unit", "codepoint");
    wd_json_member_uint(buf, "length", em->text_points);
    wd_json_member_uint(buf, "bytes", em->facts->text.size);
    wd_json_member_z(buf, "sha256", hex);
    wd_json_member(buf, "joiner", WD_STR(WD_JOINER));
    emit_regions(em, paths);
    wd_json_close_object(buf);
}

static void emit_sentences(const struct wd_emission *em)
{
    const struct wd_facts *facts = em->facts;
    struct wd_finger finger = wd_finger_at_start(facts->text, em->text_points);

    wd_json_key(em->buf, "sentences");
    wd_json_open_array(em->buf);
    for (size_t i = 0; i < facts->n_sentences; i++) {
        wd_json_open_array(em->buf);
        wd_json_uint(em->buf, wd_finger_move(&finger, facts->sentences[i].start));
        wd_json_uint(em->buf, wd_finger_move(&finger, facts->sentences[i].end));
        wd_json_close_array(em->buf);
    }
    wd_json_close_array(em->buf);
}

/* "start,length,start,length …" without a comma before the first. */
static void emit_token_data(const struct wd_emission *em)
{
    enum { CHUNK = 256, TOKEN_BYTES_MAX = 2 * (WD_DIGITS_MAX + 1) };
    const struct wd_facts *facts = em->facts;
    struct wd_finger finger = wd_finger_at_start(facts->text, em->text_points);
    struct wd_buf *buf = em->buf;

    for (size_t i = 0; i < facts->n_tokens;) {
        size_t end = facts->n_tokens - i > CHUNK ? i + CHUNK : facts->n_tokens;
        char *at = wd_buf_reserve(buf, (end - i) * TOKEN_BYTES_MAX);
        if (!at)
            return; /* latched */
        for (; i < end; i++) {
            uint32_t start = wd_finger_move(&finger, facts->tokens[i].span.start);
            uint32_t past = wd_finger_move(&finger, facts->tokens[i].span.end);
            if (i != 0)
                *at++ = ',';
            at = wd_json_put_uint(at, start);
            *at++ = ',';
            at = wd_json_put_uint(at, past - start);
        }
        buf->size = (size_t)(at - buf->data);
    }
}

static void emit_tokens(const struct wd_emission *em)
{
    wd_json_key(em->buf, "tokens");
    wd_json_open_object(em->buf);
    wd_json_member_z(em->buf, "layout", "start,length");
    wd_json_member_uint(em->buf, "count", em->facts->n_tokens);
    if (em->opts->tokens) {
        wd_json_key(em->buf, "data");
        wd_json_open_array(em->buf);
        emit_token_data(em);
        wd_json_close_array(em->buf);
    }
    wd_json_close_object(em->buf);
}

/* "e17": how mentions name the entity at index 17. */
static void emit_entity_id(struct wd_buf *buf, const char *key, uint64_t index)
{
    char id[1 + WD_DIGITS_MAX] = "e";
    const char *end = wd_json_put_uint(id + 1, index);
    wd_json_member(buf, key, (struct wd_str){id, (size_t)(end - id)});
}

static void emit_entities(const struct wd_emission *em)
{
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "entities");
    wd_json_open_array(buf);
    for (size_t i = 0; i < em->facts->n_entities; i++) {
        const struct wd_entity *ent = &em->facts->entities[i];
        wd_json_open_object(buf);
        emit_entity_id(buf, "id", i);
        wd_json_member_z(buf, "label", wd_label_name(ent->label));
        wd_json_member(buf, "name", ent->name);
        wd_json_known(buf, "uri", ent->uri);
        wd_json_member_uint(buf, "count", ent->n_mentions);
        wd_json_member_uint(buf, "first", ent->first_mention);
        wd_json_close_object(buf);
    }
    wd_json_close_array(buf);
}

static void emit_mentions(const struct wd_emission *em)
{
    const struct wd_facts *facts = em->facts;
    struct wd_finger finger = wd_finger_at_start(facts->text, em->text_points);
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "mentions");
    wd_json_open_array(buf);
    for (size_t i = 0; i < facts->n_mentions; i++) {
        const struct wd_mention *mention = &facts->mentions[i];
        wd_json_open_object(buf);
        emit_entity_id(buf, "e", mention->entity);
        wd_json_member_z(buf, "label", wd_label_name(mention->label));
        wd_json_member_uint(buf, "start", wd_finger_move(&finger, mention->span.start));
        wd_json_member_uint(buf, "end", wd_finger_move(&finger, mention->span.end));
        wd_json_member(buf, "exact", wd_span_of(facts->text, mention->span));
        wd_json_member_uint(buf, "confidence", mention->confidence);
        wd_json_close_object(buf);
    }
    wd_json_close_array(buf);
}

static void emit_story(const struct wd_emission *em)
{
    const struct wd_story *story = &em->facts->story;

    wd_json_key(em->buf, "story");
    wd_json_open_object(em->buf);
    wd_json_key(em->buf, "id");
    wd_json_id(em->buf, 's', story->id);
    wd_json_member_uint(em->buf, "size", story->size);
    wd_json_key(em->buf, "score");
    wd_json_ratio(em->buf, story->score);
    wd_json_close_object(em->buf);
}

void wd_emit_sequence(const struct wd_emission *em)
{
    if (em->facts->sequence != 0)
        wd_json_member_uint(em->buf, "sequence", em->facts->sequence);
}

void wd_emit_decision(const struct wd_emission *em)
{
    if (em->facts->has & WD_HAS_VERDICT)
        wd_emit_dedup(em);
    if (em->facts->has & WD_HAS_STORY)
        emit_story(em);
}

/* The pieces say where each run of the text was in the raw text. */
static void emit_raw(const struct wd_emission *em, size_t raw_points)
{
    const struct wd_facts *facts = em->facts;
    struct wd_finger text = wd_finger_at_start(facts->text, em->text_points);
    struct wd_finger raw = wd_finger_at_start(facts->raw, raw_points);
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "raw");
    wd_json_open_object(buf);
    wd_json_member_uint(buf, "length", raw_points);
    wd_json_member_uint(buf, "bytes", facts->raw.size);
    wd_json_member_z(buf, "layout", "text,raw,length");
    wd_json_key(buf, "pieces");
    wd_json_open_array(buf);
    for (size_t i = 0; i < facts->n_pieces; i++) {
        const struct wd_piece *piece = &facts->pieces[i];
        uint32_t start = wd_finger_move(&text, piece->text_start);
        wd_json_uint(buf, start);
        wd_json_uint(buf, wd_finger_move(&raw, piece->raw_start));
        wd_json_uint(buf, wd_finger_move(&text, piece->text_start + piece->size) - start);
    }
    wd_json_close_array(buf);
    wd_json_close_object(buf);
}

static void emit_furniture(const struct wd_emission *em, size_t raw_points)
{
    const struct wd_facts *facts = em->facts;
    struct wd_finger finger = wd_finger_at_start(facts->raw, raw_points);
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "furniture");
    wd_json_open_array(buf);
    for (size_t i = 0; i < facts->n_furniture; i++) {
        const struct wd_furniture *item = &facts->furniture[i];
        wd_json_open_object(buf);
        wd_json_member_z(buf, "kind", wd_furniture_name(item->kind));
        wd_json_member_uint(buf, "start", wd_finger_move(&finger, item->span.start));
        wd_json_member_uint(buf, "end", wd_finger_move(&finger, item->span.end));
        if (item->is_kept) {
            wd_json_key(buf, "kept");
            wd_json_true(buf);
        }
        wd_json_member(buf, "text", wd_span_of(facts->raw, item->span));
        wd_json_close_object(buf);
    }
    wd_json_close_array(buf);
}

/* Only what a reader of UTF-8 would not expect. */
static void emit_charset(struct wd_buf *buf, const struct wd_quality *quality)
{
    if (quality->charset.size == 0)
        return;
    wd_json_member(buf, "charset", quality->charset);
    wd_json_member_z(buf, "how", quality->is_detected ? "detected" : "declared");
    if (quality->declared.size) {
        wd_json_key(buf, "declared");
        wd_json_string_lossy(buf, quality->declared);
    }
    wd_json_member_uint(buf, "replaced", quality->replaced);
}

/* What a desk would want to sort out before it trusts the rest. */
static void emit_quality(const struct wd_emission *em)
{
    const struct wd_facts *facts = em->facts;
    struct wd_buf *buf = em->buf;
    size_t n_words = 0, furniture_bytes = 0;

    for (size_t i = 0; i < facts->n_regions; i++) {
        if (facts->regions[i].role == WD_ROLE_BODY)
            n_words += wd_emit_count_words(em, facts->regions[i].span);
    }
    for (size_t i = 0; i < facts->n_furniture; i++) {
        struct wd_span span = facts->furniture[i].span;
        furniture_bytes += facts->furniture[i].is_kept ? 0 : span.end - span.start;
    }
    uint64_t removed =
        facts->raw.size != 0 ? (uint64_t)furniture_bytes * 10000 / facts->raw.size : 0;

    wd_json_key(buf, "quality");
    wd_json_open_object(buf);
    wd_json_member_uint(buf, "words", n_words);
    wd_json_key(buf, "furniture");
    wd_json_ratio(buf, removed < 10000 ? (uint32_t)removed : 10000);
    emit_charset(buf, &facts->quality);
    wd_json_key(buf, "flags");
    wd_json_open_array(buf);
    if (wd_emit_headline(em).size == 0)
        wd_json_string(buf, WD_STR("no-headline"));
    if (facts->language.size == 0)
        wd_json_string(buf, WD_STR("no-language"));
    if (wd_facts_is_foreign(facts))
        wd_json_string(buf, WD_STR("listed-names"));
    if (n_words < WD_SHORT_WORDS)
        wd_json_string(buf, WD_STR("short"));
    if (removed > 5000)
        wd_json_string(buf, WD_STR("mostly-furniture"));
    wd_json_close_array(buf);
    wd_json_close_object(buf);
}

void wd_emit_wiredesk(const struct wd_emission *em, const struct wd_region_path *paths)
{
    size_t raw_points = wd_utf8_count(em->facts->raw);
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "wiredesk");
    wd_json_open_object(buf);
    wd_json_member_z(buf, "schemaVersion", WD_SCHEMA_VERSION);
    wd_emit_seam(em, WD_SEAM_SEQUENCE);
    wd_emit_sequence(em);
    emit_pipeline(em);
    emit_source(em);
    wd_emit_seam(em, WD_SEAM_DECISION);
    wd_emit_decision(em);
    emit_entities(em);
    emit_text(em, paths);
    emit_sentences(em);
    emit_tokens(em);
    emit_mentions(em);
    emit_raw(em, raw_points);
    emit_furniture(em, raw_points);
    emit_quality(em);
    wd_json_close_object(buf);
}
