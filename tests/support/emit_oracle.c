/* emit_oracle.c -- builds the expected document as a tree.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Deliberately unlike the writer: jansson makes the strings and numbers, offsets come
 * from a table with a code point count for every byte, dates from the C library. */
#include "emit_oracle.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/sha256.h"
#include "wiredesk/version.h"

static json_t *string_of(struct wd_str str)
{
    return json_stringn(str.data ? str.data : "", str.size);
}

static void set_known(json_t *object, const char *key, struct wd_str str)
{
    if (str.size != 0)
        json_object_set_new(object, key, string_of(str));
}

static void set_int(json_t *object, const char *key, uint64_t value)
{
    json_object_set_new(object, key, json_integer((json_int_t)value));
}

static void set_z(json_t *object, const char *key, const char *z)
{
    json_object_set_new(object, key, json_string(z));
}

static void set_ratio(json_t *object, const char *key, unsigned value)
{
    json_object_set_new(object, key,
                        value % 10000 == 0 ? json_integer(value / 10000)
                                           : json_real(value / 10000.0));
}

/* points[i] is the number of code points in the first i bytes. */
static uint32_t *count_points(struct wd_str str)
{
    uint32_t *points = calloc(str.size + 1, sizeof(*points));
    assert(points);
    for (size_t i = 0; i < str.size; i++)
        points[i + 1] = points[i] + (((unsigned char)str.data[i] & 0xc0) != 0x80);
    /* points[i] counts starts before i: right on every boundary. */
    return points;
}

static bool is_inside(const struct wd_token *tok, struct wd_span span)
{
    return tok->span.start >= span.start && tok->span.end <= span.end;
}

/* Of the tokens inside: those between two blanks make a word if one of them is any. */
static size_t count_words(const struct wd_facts *facts, struct wd_span span)
{
    size_t n = 0;
    bool has_word = false;
    for (size_t i = 0; i < facts->n_tokens; i++) {
        if (!is_inside(&facts->tokens[i], span))
            continue;
        has_word |= facts->tokens[i].kind <= WD_TOKEN_NUMBER;
        if (facts->tokens[i].is_spaced) {
            n += has_word;
            has_word = false;
        }
    }
    return n + has_word;
}

static struct wd_str headline_of(const struct wd_facts *facts)
{
    for (size_t i = 0; i < facts->n_regions; i++) {
        if (facts->regions[i].role == WD_ROLE_HEADLINE)
            return wd_span_of(facts->text, facts->regions[i].span);
    }
    return facts->meta.headline;
}

static void set_named(json_t *root, const char *key, const struct wd_facts *facts,
                      enum wd_label label, const char *uri_key)
{
    json_t *list = json_array();
    for (size_t i = 0; i < facts->n_entities; i++) {
        if (facts->entities[i].label != label)
            continue;
        json_t *item = json_object();
        json_object_set_new(item, "name", string_of(facts->entities[i].name));
        set_z(item, "rel", "mentions");
        set_known(item, uri_key, facts->entities[i].uri);
        json_array_append_new(list, item);
    }
    if (json_array_size(list) != 0)
        json_object_set(root, key, list);
    json_decref(list);
}

static json_t *pair_of(const char *k1, json_t *v1, const char *k2, json_t *v2)
{
    json_t *object = json_object();
    json_object_set_new(object, k1, v1);
    json_object_set_new(object, k2, v2);
    return object;
}

static void set_list_of_one(json_t *root, const char *key, json_t *item)
{
    json_t *list = json_array();
    json_array_append_new(list, item);
    json_object_set_new(root, key, list);
}

static void set_ninjs3(json_t *root, const struct wd_facts *facts)
{
    const struct wd_meta *meta = &facts->meta;
    const struct wd_dedup *dedup = &facts->dedup;
    json_t *bodies = json_array(), *ids = json_array();
    uint32_t *points = count_points(facts->text);

    set_known(root, "contentCreated", meta->published);
    set_known(root, "versionCreated", meta->published);
    set_known(root, "versionCreated", meta->updated);
    set_known(root, "embargoedUntil", meta->embargoed);
    set_known(root, "by", meta->byline);
    set_known(root, "copyrightNotice", meta->copyright);
    set_z(root, "pubStatus", "usable");
    set_known(root, "pubStatus", meta->pubstatus);
    if (headline_of(facts).size != 0)
        set_list_of_one(root, "headlines",
                        pair_of("contentType", json_string("text/plain"), "value",
                                string_of(headline_of(facts))));
    for (size_t i = 0; i < facts->n_regions; i++) {
        struct wd_span span = facts->regions[i].span;
        if (facts->regions[i].role != WD_ROLE_BODY)
            continue;
        json_t *body = pair_of("contentType", json_string("text/plain"), "value",
                               string_of(wd_span_of(facts->text, span)));
        set_int(body, "charCount", points[span.end] - points[span.start]);
        set_int(body, "wordCount", count_words(facts, span));
        json_array_append_new(bodies, body);
    }
    json_object_set_new(root, "bodies", bodies);
    if (meta->source.size != 0)
        set_list_of_one(root, "infoSources",
                        json_pack("{s:o}", "name", string_of(meta->source)));
    set_named(root, "people", facts, WD_LABEL_PERSON, "uri");
    set_named(root, "organisations", facts, WD_LABEL_ORGANISATION, "uri");
    set_named(root, "places", facts, WD_LABEL_PLACE, "uri");
    set_named(root, "events", facts, WD_LABEL_EVENT, "uri");
    if (dedup->verdict != WD_VERDICT_UNIQUE && dedup->of.size != 0) {
        bool is_update = dedup->verdict == WD_VERDICT_UPDATE;
        json_t *item =
            pair_of("name", json_string(is_update ? "earlier version" : "earlier copy"),
                    "rel", json_string(is_update ? "updateOf" : "duplicateOf"));
        set_known(item, "uri", dedup->of);
        set_list_of_one(root, "associations", item);
    }
    if (meta->id.size != 0)
        json_array_append_new(
            ids, pair_of("role", json_string("id"), "value", string_of(meta->id)));
    if (meta->url.size != 0)
        json_array_append_new(
            ids, pair_of("role", json_string("url"), "value", string_of(meta->url)));
    if (json_array_size(ids) != 0)
        json_object_set(root, "altIds", ids);
    json_decref(ids);
    json_object_set_new(root, "standard",
                        json_pack("{s:s,s:s,s:s}", "name", "ninjs", "version", "3.1",
                                  "schema", WD_SCHEMA_URI));
    free(points);
}

/* The C library's reading of an RFC 3339 date, as Superdesk wants it. */
static void set_utc(json_t *root, const char *key, struct wd_str date)
{
    char text[64] = "", out[64];
    struct tm tm = {0};
    long zone = 0;

    if (date.size == 0 || date.size >= sizeof(text))
        return;
    memcpy(text, date.data, date.size);
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);
    if (!end)
        return;
    if (*end == '.')
        end += 1 + strspn(end + 1, "0123456789");
    int hours, minutes;
    if (sscanf(end, "%3d:%2d", &hours, &minutes) == 2)
        zone = hours * 3600L + (*end == '-' ? -minutes : minutes) * 60L;
    else if (strcmp(end, "Z") != 0)
        return;
    time_t at = timegm(&tm) - zone;
    strftime(out, sizeof(out), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&at, &tm));
    set_z(root, key, out);
}

static json_t *html_of(struct wd_str body)
{
    size_t size = body.size * 8 + 16, at = 0;
    char *html = malloc(size);
    assert(html);
    bool is_open = false;
    for (size_t i = 0; i <= body.size; i++) {
        char c = i < body.size ? body.data[i] : '\n';
        if ((c == '\n') == is_open)
            at += (size_t)sprintf(html + at, "%s", is_open ? "</p>" : "<p>");
        is_open = c != '\n';
        if (c == '&' || c == '<' || c == '>')
            at += (size_t)sprintf(html + at, "%s",
                                  c == '&'   ? "&amp;"
                                  : c == '<' ? "&lt;"
                                             : "&gt;");
        else if (c != '\n')
            html[at++] = c;
    }
    json_t *value = json_stringn(html, at);
    free(html);
    return value;
}

static void set_ninjs1(json_t *root, const struct wd_facts *facts)
{
    const struct wd_meta *meta = &facts->meta;
    uint32_t *points = count_points(facts->text);

    set_z(root, "mimetype", "text/plain");
    set_utc(root, "firstcreated", meta->published);
    set_utc(root, "embargoed", meta->embargoed);
    set_utc(root, "versioncreated",
            meta->updated.size != 0 ? meta->updated : meta->published);
    set_z(root, "pubstatus", "usable");
    set_known(root, "pubstatus", meta->pubstatus);
    set_known(root, "headline", headline_of(facts));
    set_known(root, "byline", meta->byline);
    set_known(root, "copyrightnotice", meta->copyright);
    set_known(root, "source", meta->source);
    for (size_t i = facts->n_regions; i-- != 0;) {
        struct wd_span span = facts->regions[i].span;
        if (facts->regions[i].role != WD_ROLE_BODY)
            continue;
        struct wd_str body = wd_span_of(facts->text, span);
        json_object_set_new(root, "body_text", string_of(body));
        json_object_set_new(root, "body_html", html_of(body));
        set_int(root, "charcount", points[span.end] - points[span.start]);
        set_int(root, "wordcount", count_words(facts, span));
    }
    set_named(root, "person", facts, WD_LABEL_PERSON, "code");
    set_named(root, "organisation", facts, WD_LABEL_ORGANISATION, "code");
    set_named(root, "place", facts, WD_LABEL_PLACE, "code");
    set_named(root, "event", facts, WD_LABEL_EVENT, "code");
    if (meta->id.size != 0 || meta->url.size != 0) {
        json_t *ids = json_object();
        set_known(ids, "id", meta->id);
        set_known(ids, "url", meta->url);
        json_object_set_new(root, "altids", ids);
    }
    free(points);
}

static json_t *source_of(const struct wd_article *art)
{
    const struct wd_record *record = wd_article_record(art);
    bool is_file = record->partition == WD_NO_PARTITION;
    json_t *source = json_object();

    set_known(source, is_file ? "file" : "topic", record->topic);
    if (record->topic.size == 0)
        set_z(source, is_file ? "file" : "topic", "");
    json_object_set_new(source, is_file ? "record" : "offset",
                        json_integer(record->offset));
    if (!is_file)
        json_object_set_new(source, "partition", json_integer(record->partition));
    if (record->timestamp_ms >= 0) {
        time_t seconds = record->timestamp_ms / 1000;
        struct tm tm;
        char text[64], whole[80];
        strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", gmtime_r(&seconds, &tm));
        (void)snprintf(whole, sizeof(whole), "%s.%03dZ", text,
                       (int)(record->timestamp_ms % 1000));
        if (tm.tm_year + 1900 <= 9999)
            set_z(source, "timestamp", whole);
    }
    set_known(source, "key", record->key);
    set_known(source, "contentType", record->content_type);
    set_known(source, "format", wd_article_facts(art)->meta.format);
    set_int(source, "bytes", record->value.size);
    return source;
}

static json_t *regions_of(const struct wd_facts *facts, const uint32_t *points,
                          bool is_ninjs1)
{
    json_t *list = json_array();
    int n_bodies = 0, n_headlines = 0;
    for (size_t i = 0; i < facts->n_regions; i++) {
        const struct wd_region *region = &facts->regions[i];
        bool is_body = region->role == WD_ROLE_BODY;
        char path[64];
        if (is_ninjs1)
            (void)snprintf(path, sizeof(path), "%s",
                           is_body ? "/body_text" : "/headline");
        else
            (void)snprintf(path, sizeof(path), "/%s/%d/value",
                           is_body ? "bodies" : "headlines",
                           is_body ? n_bodies++ : n_headlines++);
        json_array_append_new(
            list, json_pack("{s:s,s:i,s:i,s:s}", "role", is_body ? "body" : "headline",
                            "start", (int)points[region->span.start], "end",
                            (int)points[region->span.end], "path", path));
    }
    return list;
}

static json_t *mentions_of(const struct wd_facts *facts, const uint32_t *points)
{
    json_t *list = json_array();
    for (size_t i = 0; i < facts->n_mentions; i++) {
        const struct wd_mention *mention = &facts->mentions[i];
        char id[32];
        (void)snprintf(id, sizeof(id), "e%u", mention->entity);
        json_array_append_new(list,
                              json_pack("{s:s,s:s,s:i,s:i,s:o,s:i}", "e", id, "label",
                                        wd_label_name(mention->label), "start",
                                        (int)points[mention->span.start], "end",
                                        (int)points[mention->span.end], "exact",
                                        string_of(wd_span_of(facts->text, mention->span)),
                                        "confidence", (int)mention->confidence));
    }
    return list;
}

static json_t *entities_of(const struct wd_facts *facts)
{
    json_t *list = json_array();
    for (size_t i = 0; i < facts->n_entities; i++) {
        const struct wd_entity *ent = &facts->entities[i];
        json_t *item = json_object();
        char id[32];
        (void)snprintf(id, sizeof(id), "e%zu", i);
        set_z(item, "id", id);
        set_z(item, "label", wd_label_name(ent->label));
        json_object_set_new(item, "name", string_of(ent->name));
        set_known(item, "uri", ent->uri);
        set_int(item, "count", ent->n_mentions);
        set_int(item, "first", ent->first_mention);
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *furniture_of(const struct wd_facts *facts, const uint32_t *raw_points)
{
    json_t *list = json_array();
    for (size_t i = 0; i < facts->n_furniture; i++) {
        struct wd_span span = facts->furniture[i].span;
        json_t *item = json_object();
        set_z(item, "kind", wd_furniture_name(facts->furniture[i].kind));
        set_int(item, "start", raw_points[span.start]);
        set_int(item, "end", raw_points[span.end]);
        if (facts->furniture[i].is_kept)
            json_object_set_new(item, "kept", json_true());
        json_object_set_new(item, "text", string_of(wd_span_of(facts->raw, span)));
        json_array_append_new(list, item);
    }
    return list;
}

static void set_own_facts(json_t *object, const char *key, const struct wd_facts *facts,
                          const uint32_t *points, const struct wd_span *spans, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *item = json_object();
        set_int(item, "start", points[spans[i].start]);
        set_int(item, "end", points[spans[i].end]);
        json_object_set_new(item, "exact", string_of(wd_span_of(facts->text, spans[i])));
        json_array_append_new(list, item);
    }
    if (n != 0)
        json_object_set(object, key, list);
    json_decref(list);
}

static json_t *evidence_of(const struct wd_facts *facts, const uint32_t *points,
                           const struct wd_evidence *evidence)
{
    json_t *passages = json_array(), *against = json_object();
    for (size_t i = 0; i < evidence->n_passages; i++) {
        const struct wd_shared_passage *passage = &evidence->passages[i];
        json_t *item = json_object();
        set_int(item, "start", points[passage->here.start]);
        set_int(item, "end", points[passage->here.end]);
        if (passage->there_end != 0) {
            set_int(item, "ofStart", passage->there_start);
            set_int(item, "ofEnd", passage->there_end);
        }
        json_array_append_new(passages, item);
    }
    set_own_facts(against, "names", facts, points, evidence->names, evidence->n_names);
    set_own_facts(against, "figures", facts, points, evidence->figures,
                  evidence->n_figures);
    if (evidence->other_names != 0)
        set_int(against, "otherNames", evidence->other_names);
    if (evidence->other_figures != 0)
        set_int(against, "otherFigures", evidence->other_figures);
    if (evidence->hours >= 0)
        set_int(against, "hours", (uint64_t)evidence->hours);
    return pair_of("passages", passages, "against", against);
}

static json_t *miss_of(const struct wd_facts *facts, const uint32_t *points)
{
    const struct wd_likeness_to *miss = &facts->dedup.miss;
    json_t *object = json_object();
    set_z(object, "kind",
          facts->dedup.near_miss == WD_NEAR_MISS_TEMPLATE ? "template" : "shared");
    set_known(object, "of", miss->of);
    set_int(object, "ofSequence", miss->of_sequence);
    set_ratio(object, "resemblance", miss->resemblance);
    set_ratio(object, "containment", miss->containment);
    set_ratio(object, "contained", miss->contained);
    set_int(object, "confidence", miss->confidence);
    json_object_set_new(object, "evidence", evidence_of(facts, points, &miss->evidence));
    return object;
}

static json_t *dedup_of(const struct wd_facts *facts, const uint32_t *points)
{
    const struct wd_dedup *dedup = &facts->dedup;
    json_t *object = json_object();
    char name[WD_ID_SIZE + 1];
    (void)snprintf(name, sizeof(name), "c%016llx", (unsigned long long)dedup->cluster);
    set_z(object, "verdict", wd_verdict_name(dedup->verdict));
    set_z(object, "cluster", name);
    if (dedup->verdict != WD_VERDICT_UNIQUE) {
        set_known(object, "of", dedup->of);
        set_int(object, "ofSequence", dedup->of_sequence);
        json_object_set_new(object, "evidence",
                            evidence_of(facts, points, &dedup->evidence));
    } else if (dedup->near_miss != WD_NEAR_MISS_NONE) {
        json_object_set_new(object, "nearMiss", miss_of(facts, points));
    }
    set_ratio(object, "resemblance", dedup->resemblance);
    set_ratio(object, "containment", dedup->containment);
    set_ratio(object, "contained", dedup->contained);
    set_int(object, "confidence", dedup->confidence);
    set_int(object, "candidates", dedup->candidates);
    if (dedup->is_conflict)
        json_object_set_new(object, "conflict", json_true());
    set_known(object, "matchesKilled", dedup->killed);
    return object;
}

static json_t *story_of(const struct wd_story *story)
{
    json_t *object = json_object();
    char name[WD_ID_SIZE + 1];
    (void)snprintf(name, sizeof(name), "s%016llx", (unsigned long long)story->id);
    set_z(object, "id", name);
    set_int(object, "size", story->size);
    set_ratio(object, "score", story->score);
    return object;
}

/* Is the tag this language, with or without a region? */
static bool speaks(struct wd_str tag, const char *language)
{
    size_t n = strlen(language);
    return tag.size >= n && strncasecmp(tag.data, language, n) == 0 &&
           (tag.size == n || tag.data[n] == '-');
}

static json_t *quality_of(const struct wd_facts *facts)
{
    json_t *object = json_object(), *flags = json_array();
    size_t words = 0, bytes = 0;
    for (size_t i = 0; i < facts->n_regions; i++) {
        if (facts->regions[i].role == WD_ROLE_BODY)
            words += count_words(facts, facts->regions[i].span);
    }
    for (size_t i = 0; i < facts->n_furniture; i++) {
        struct wd_span span = facts->furniture[i].span;
        if (!facts->furniture[i].is_kept)
            bytes += span.end - span.start;
    }
    size_t share = facts->raw.size ? bytes * 10000 / facts->raw.size : 0;
    share = share > 10000 ? 10000 : share;
    set_int(object, "words", words);
    set_ratio(object, "furniture", (unsigned)share);
    if (facts->quality.charset.size != 0) {
        set_known(object, "charset", facts->quality.charset);
        set_z(object, "how", facts->quality.is_detected ? "detected" : "declared");
        set_known(object, "declared", facts->quality.declared);
        set_int(object, "replaced", facts->quality.replaced);
    }
    if (headline_of(facts).size == 0)
        json_array_append_new(flags, json_string("no-headline"));
    if (facts->language.size == 0)
        json_array_append_new(flags, json_string("no-language"));
    else if (!speaks(facts->language, "en") &&
             !wd_str_equal(facts->language, WD_STR("und")))
        json_array_append_new(flags, json_string("listed-names"));
    if (words < 60)
        json_array_append_new(flags, json_string("short"));
    if (share > 5000)
        json_array_append_new(flags, json_string("mostly-furniture"));
    json_object_set_new(object, "flags", flags);
    return object;
}

static json_t *text_of(const struct wd_facts *facts, const uint32_t *points,
                       bool is_ninjs1)
{
    json_t *text = json_object();
    char hex[WD_SHA256_HEX_SIZE];
    wd_sha256_hex(facts->text, hex); /* held against the standard in test_sha256 */
    set_z(text, "unit", "codepoint");
    set_int(text, "length", points[facts->text.size]);
    set_int(text, "bytes", facts->text.size);
    set_z(text, "sha256", hex);
    set_z(text, "joiner", "\n\n");
    json_object_set_new(text, "regions", regions_of(facts, points, is_ninjs1));
    return text;
}

static json_t *tokens_of(const struct wd_facts *facts, const uint32_t *points,
                         bool has_data)
{
    json_t *tokens = json_object(), *data = json_array();
    set_z(tokens, "layout", "start,length");
    set_int(tokens, "count", facts->n_tokens);
    for (size_t i = 0; i < facts->n_tokens; i++) {
        struct wd_span span = facts->tokens[i].span;
        json_array_append_new(data, json_integer(points[span.start]));
        json_array_append_new(data, json_integer(points[span.end] - points[span.start]));
    }
    if (has_data)
        json_object_set(tokens, "data", data);
    json_decref(data);
    return tokens;
}

static json_t *raw_of(const struct wd_facts *facts, const uint32_t *points,
                      const uint32_t *raw_points)
{
    json_t *pieces = json_array();
    for (size_t i = 0; i < facts->n_pieces; i++) {
        const struct wd_piece *piece = &facts->pieces[i];
        uint32_t start = points[piece->text_start];
        json_array_append_new(pieces, json_integer(start));
        json_array_append_new(pieces, json_integer(raw_points[piece->raw_start]));
        json_array_append_new(
            pieces, json_integer(points[piece->text_start + piece->size] - start));
    }
    return json_pack("{s:i,s:i,s:s,s:o}", "length", (int)raw_points[facts->raw.size],
                     "bytes", (int)facts->raw.size, "layout", "text,raw,length", "pieces",
                     pieces);
}

static json_t *pipeline_of(const struct wd_facts *facts)
{
    json_t *models = json_object();
    for (size_t i = 0; i < facts->n_models; i++)
        set_z(models, facts->models[i].name, facts->models[i].version);
    return json_pack("{s:s,s:s,s:o}", "name", "wiredesk", "version", WD_VERSION, "models",
                     models);
}

static json_t *wiredesk_of(const struct wd_article *art,
                           const struct wd_emit_options *opts)
{
    const struct wd_facts *facts = wd_article_facts(art);
    uint32_t *points = count_points(facts->text), *raw = count_points(facts->raw);
    json_t *object = json_object(), *sentences = json_array();

    set_z(object, "schemaVersion", "1.0");
    if (facts->sequence != 0)
        set_int(object, "sequence", facts->sequence);
    json_object_set_new(object, "pipeline", pipeline_of(facts));
    json_object_set_new(object, "source", source_of(art));
    if (facts->has & WD_HAS_VERDICT)
        json_object_set_new(object, "dedup", dedup_of(facts, points));
    if (facts->has & WD_HAS_STORY)
        json_object_set_new(object, "story", story_of(&facts->story));
    json_object_set_new(object, "entities", entities_of(facts));
    json_object_set_new(object, "text",
                        text_of(facts, points, opts->profile == WD_PROFILE_NINJS1));
    for (size_t i = 0; i < facts->n_sentences; i++)
        json_array_append_new(sentences,
                              json_pack("[i,i]", (int)points[facts->sentences[i].start],
                                        (int)points[facts->sentences[i].end]));
    json_object_set_new(object, "sentences", sentences);
    json_object_set_new(object, "tokens", tokens_of(facts, points, opts->tokens));
    json_object_set_new(object, "mentions", mentions_of(facts, points));
    json_object_set_new(object, "raw", raw_of(facts, points, raw));
    json_object_set_new(object, "furniture", furniture_of(facts, raw));
    json_object_set_new(object, "quality", quality_of(facts));
    free(points);
    free(raw);
    return object;
}

json_t *emit_oracle(const struct wd_article *art, const struct wd_emit_options *opts)
{
    const struct wd_facts *facts = wd_article_facts(art);
    json_t *root = json_object();

    json_object_set_new(root, "uri", string_of(facts->meta.uri));
    set_z(root, "type", "text");
    set_known(root, "version", facts->meta.version);
    set_z(root, "language", "und");
    set_known(root, "language", facts->language);
    set_known(root, "located", facts->meta.located);
    if (opts->profile == WD_PROFILE_NINJS1) {
        set_ninjs1(root, facts);
        json_object_set_new(root, "extra",
                            json_pack("{s:o}", "wiredesk", wiredesk_of(art, opts)));
    } else {
        set_ninjs3(root, facts);
        json_object_set_new(root, "wiredesk", wiredesk_of(art, opts));
    }
    return root;
}

static bool objects_differ(const json_t *a, const json_t *b, char *path, size_t size)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)a, key, value)
    {
        int used = snprintf(path, size, "/%s", key);
        json_t *other = json_object_get(b, key);
        if (!other ||
            json_first_difference(value, other, path + used, size - (size_t)used))
            return true;
    }
    json_object_foreach((json_t *)(uintptr_t)b, key, value)
    {
        (void)snprintf(path, size, "/%s (only in the second)", key);
        if (!json_object_get(a, key))
            return true;
    }
    return false;
}

bool json_first_difference(const json_t *a, const json_t *b, char *path, size_t size)
{
    size_t n =
        json_array_size(a) > json_array_size(b) ? json_array_size(a) : json_array_size(b);
    path[0] = '\0';
    if (json_is_object(a) && json_is_object(b)) {
        if (objects_differ(a, b, path, size))
            return true;
        path[0] = '\0';
        return false;
    }
    if (!json_is_array(a) || !json_is_array(b))
        return !json_equal(a, b);
    for (size_t i = 0; i < n; i++) {
        int used = snprintf(path, size, "/%zu", i);
        const json_t *x = json_array_get(a, i), *y = json_array_get(b, i);
        if (!x || !y || json_first_difference(x, y, path + used, size - (size_t)used))
            return true;
    }
    path[0] = '\0';
    return false;
}

char *emit_oracle_differs(const struct wd_article *art,
                          const struct wd_emit_options *opts, struct wd_str bytes)
{
    char path[4096] = "", *report = NULL;
    json_error_t error;
    json_t *expected = emit_oracle(art, opts);
    json_t *emitted = json_loadb(bytes.data, bytes.size,
                                 JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);

    if (!emitted) {
        if (asprintf(&report, "not JSON at byte %d: %s", error.position, error.text) < 0)
            abort();
    } else if (json_first_difference(expected, emitted, path, sizeof(path))) {
        if (asprintf(&report, "differs at %s", path) < 0)
            abort();
    }
    json_decref(expected);
    json_decref(emitted);
    return report;
}
