/* marks.c -- brings offsets, text and furniture together again.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The document may come from anywhere, so nothing in it is believed: offsets that do not
 * fit end the walk. Furniture has its place in the raw text, which the document does not
 * hold; wiredesk.raw.pieces says which runs of the text stood before and behind it. Glued
 * to the one behind (a dateline) or before (a photo credit) it goes into that line; else
 * it is a line of its own. */
#include "marks.h"

#include <stdlib.h>
#include <string.h>

#include "wiredesk/buf.h"

struct place {
    uint32_t start;
    uint32_t end;
};

/* A furniture at a code point of the text. */
struct insert {
    uint32_t at;
    uint32_t raw_start;
    bool is_line;
    const json_t *item;
};

struct walk {
    struct wd_buf text;
    uint32_t *bytes; /* bytes[n]: where code point n starts; one more than there are */
    uint32_t n_points;
    struct place headline;
    struct insert *inserts;
    size_t n_inserts;
    const json_t *mentions;
    const json_t *entities;
    void (*put)(void *, const struct mark *);
    void *context;
};

const json_t *marks_wiredesk(const json_t *enriched)
{
    const json_t *ours = json_object_get(enriched, "wiredesk");
    return ours ? ours : json_object_get(json_object_get(enriched, "extra"), "wiredesk");
}

static uint32_t number(const json_t *value)
{
    json_int_t n = json_integer_value(value);
    return n < 0 || n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

static uint32_t member_number(const json_t *object, const char *key)
{
    return number(json_object_get(object, key));
}

/* The value at a JSON pointer whose parts need no unescaping, as ours. */
static const json_t *at_pointer(const json_t *value, const char *pointer)
{
    while (value && *pointer == '/') {
        size_t size = strcspn(++pointer, "/");
        char part[32];
        if (size >= sizeof(part))
            return NULL;
        memcpy(part, pointer, size);
        part[size] = '\0';
        value = json_is_array(value) ? json_array_get(value, strtoul(part, NULL, 10))
                                     : json_object_get(value, part);
        pointer += size;
    }
    return value;
}

/* Joins the regions and finds where each code point starts. */
static bool gather_text(struct walk *walk, const json_t *enriched, const json_t *info)
{
    const json_t *joiner = json_object_get(info, "joiner"), *region;
    size_t i;

    json_array_foreach(json_object_get(info, "regions"), i, region)
    {
        const char *path = json_string_value(json_object_get(region, "path"));
        const char *role = json_string_value(json_object_get(region, "role"));
        const json_t *value = path ? at_pointer(enriched, path) : NULL;
        if (!json_is_string(value) || !role)
            return false;
        if (i != 0)
            wd_buf_append(&walk->text, json_string_value(joiner),
                          json_string_length(joiner));
        wd_buf_append(&walk->text, json_string_value(value), json_string_length(value));
        if (strcmp(role, "headline") == 0)
            walk->headline = (struct place){member_number(region, "start"),
                                            member_number(region, "end")};
    }
    walk->bytes = calloc(walk->text.size + 1, sizeof(*walk->bytes));
    if (wd_buf_status(&walk->text) < 0 || !walk->bytes)
        return false;
    for (uint32_t at = 0; at < walk->text.size; at++) {
        if (((unsigned char)walk->text.data[at] & 0xc0) != 0x80)
            walk->bytes[walk->n_points++] = at;
    }
    walk->bytes[walk->n_points] = (uint32_t)walk->text.size;
    return true;
}

/* Where in the text a removed piece [start, end) of the raw text belongs. */
static struct insert place_furniture(const json_t *pieces, struct place raw)
{
    struct insert insert = {.raw_start = raw.start, .is_line = true};
    uint32_t before_end = 0, behind_start = UINT32_MAX, behind_at = 0;
    bool has_before = false;

    for (size_t i = 0; i + 2 < json_array_size(pieces); i += 3) {
        uint32_t text = number(json_array_get(pieces, i));
        uint32_t start = number(json_array_get(pieces, i + 1));
        uint32_t size = number(json_array_get(pieces, i + 2));
        if (start + size <= raw.start && (!has_before || start + size > before_end)) {
            has_before = true;
            before_end = start + size;
            insert.at = text + size;
        }
        if (start >= raw.end && start < behind_start) {
            behind_start = start;
            behind_at = text;
        }
    }
    if (behind_start == raw.end) {
        insert.at = behind_at;
        insert.is_line = false;
    } else if (has_before && before_end == raw.start) {
        insert.is_line = false;
    } else if (!has_before && behind_start != UINT32_MAX) {
        insert.at = behind_at;
    }
    return insert;
}

static int by_place(const void *a, const void *b)
{
    const struct insert *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->raw_start < y->raw_start ? -1 : x->raw_start > y->raw_start;
}

static bool gather_furniture(struct walk *walk, const json_t *ours)
{
    const json_t *list = json_object_get(ours, "furniture"), *item;
    const json_t *pieces = json_object_get(json_object_get(ours, "raw"), "pieces");
    size_t i;

    walk->inserts = calloc(json_array_size(list) + 1, sizeof(*walk->inserts));
    if (!walk->inserts)
        return false;
    json_array_foreach(list, i, item)
    {
        struct place raw = {member_number(item, "start"), member_number(item, "end")};
        if (json_is_true(json_object_get(item, "kept")))
            continue;
        struct insert insert = place_furniture(pieces, raw);
        insert.item = item;
        walk->inserts[walk->n_inserts++] = insert;
    }
    qsort(walk->inserts, walk->n_inserts, sizeof(*walk->inserts), by_place);
    return true;
}

static struct wd_str text_between(const struct walk *walk, uint32_t start, uint32_t end)
{
    return (struct wd_str){walk->text.data + walk->bytes[start],
                           walk->bytes[end] - walk->bytes[start]};
}

static void put_line_end(const struct walk *walk)
{
    walk->put(walk->context, &(struct mark){.kind = MARK_LINE_END});
}

/* Text without mentions or furniture in it, line by line. */
static void put_plain(const struct walk *walk, uint32_t start, uint32_t end)
{
    struct wd_str rest = text_between(walk, start, end);
    bool is_headline = start >= walk->headline.start && start < walk->headline.end;

    while (rest.size != 0) {
        const char *feed = memchr(rest.data, '\n', rest.size);
        size_t size = feed ? (size_t)(feed - rest.data) : rest.size;
        if (size != 0)
            walk->put(walk->context, &(struct mark){.kind = MARK_TEXT,
                                                    .text = {rest.data, size},
                                                    .is_headline = is_headline});
        if (feed)
            put_line_end(walk);
        size += feed != NULL;
        rest = (struct wd_str){rest.data + size, rest.size - size};
    }
}

static void put_furniture(const struct walk *walk, const struct insert *insert)
{
    const json_t *text = json_object_get(insert->item, "text");
    const char *kind = json_string_value(json_object_get(insert->item, "kind"));

    if (insert->is_line)
        put_line_end(walk);
    walk->put(walk->context,
              &(struct mark){.kind = MARK_FURNITURE,
                             .text = {json_string_value(text), json_string_length(text)},
                             .name = kind ? kind : "furniture"});
    if (insert->is_line)
        put_line_end(walk);
}

static void put_entity(const struct walk *walk, const json_t *mention, struct place place)
{
    const char *label = json_string_value(json_object_get(mention, "label"));
    const char *id = json_string_value(json_object_get(mention, "e"));
    const json_t *entity =
        id && *id ? json_array_get(walk->entities, strtoul(id + 1, NULL, 10)) : NULL;

    walk->put(walk->context, &(struct mark){
                                 .kind = MARK_ENTITY,
                                 .text = text_between(walk, place.start, place.end),
                                 .name = label ? label : "",
                                 .uri = json_string_value(json_object_get(entity, "uri")),
                                 .is_headline = place.start >= walk->headline.start &&
                                                place.start < walk->headline.end,
                             });
}

/* Plain text up to `end`, with the furniture that belongs before or at it. */
static void put_up_to(const struct walk *walk, uint32_t *at, uint32_t end,
                      size_t *next_insert)
{
    while (*next_insert < walk->n_inserts && walk->inserts[*next_insert].at <= end) {
        const struct insert *insert = &walk->inserts[(*next_insert)++];
        if (insert->at > *at) {
            put_plain(walk, *at, insert->at);
            *at = insert->at;
        }
        put_furniture(walk, insert);
    }
    put_plain(walk, *at, end);
    *at = end;
}

static bool put_all(const struct walk *walk)
{
    uint32_t at = 0;
    size_t i, next_insert = 0;
    const json_t *mention;

    json_array_foreach(walk->mentions, i, mention)
    {
        struct place place = {member_number(mention, "start"),
                              member_number(mention, "end")};
        if (place.start > place.end || place.end > walk->n_points)
            return false;
        if (place.start < at) /* lies in the one before */
            continue;
        put_up_to(walk, &at, place.start, &next_insert);
        put_entity(walk, mention, place);
        at = place.end;
    }
    put_up_to(walk, &at, walk->n_points, &next_insert);
    while (next_insert < walk->n_inserts)
        put_furniture(walk, &walk->inserts[next_insert++]);
    return true;
}

bool marks_walk(const json_t *enriched, void (*put)(void *, const struct mark *),
                void *context)
{
    const json_t *ours = marks_wiredesk(enriched);
    struct walk walk = {.put = put,
                        .context = context,
                        .mentions = json_object_get(ours, "mentions"),
                        .entities = json_object_get(ours, "entities")};

    wd_buf_init(&walk.text, UINT32_MAX);
    bool is_fine = gather_text(&walk, enriched, json_object_get(ours, "text")) &&
                   gather_furniture(&walk, ours) && put_all(&walk);
    put_line_end(&walk);
    wd_buf_done(&walk.text);
    free(walk.bytes);
    free(walk.inserts);
    return is_fine;
}
