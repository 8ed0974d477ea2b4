/* json.c -- the one file that knows jansson.
 *
 * Before jansson sees a byte, a scan of our own walks once over the text. It knows only
 * strings, escapes and brackets, and finds what jansson would find too late, or would
 * call "invalid syntax": nesting (jansson goes 2,048 deep before it says no), halves of
 * surrogate pairs, escaped NULs. So a document of a million brackets costs as many steps
 * as the limit has levels. Everything else is told from jansson's error codes, not from
 * its sentences, which quote the article.
 * SPDX-License-Identifier: Apache-2.0 */
#include "json.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>

#include "text.h"

/* Where the scan stands. */
struct scan {
    const char *p;
    const char *end;
    size_t depth;
    size_t string_bytes; /* of all strings, keys too, once their escapes are read */
};

/* The code unit of the escape \uXXXX at `p`, or -1 when none is there. */
static int code_unit(const char *p, const char *end)
{
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return -1;
    int unit = 0;
    for (int i = 2; i < 6; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* One escape; what is malformed is left to jansson. */
static int scan_escape(struct wd_article *art, struct scan *scan)
{
    size_t place = wd_decode_place(art, scan->p);
    int unit = code_unit(scan->p, scan->end);
    if (unit < 0) {
        scan->p += scan->end - scan->p < 2 ? 1 : 2;
        scan->string_bytes++;
        return WD_OK;
    }
    if (unit == 0)
        return wd_article_refuse(art, WD_ENUL, place, "a string holds \\u0000");
    scan->p += 6;
    if (unit < 0xd800 || unit > 0xdfff) {
        scan->string_bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        return WD_OK;
    }

    int low = unit < 0xdc00 ? code_unit(scan->p, scan->end) : -1;
    if (low < 0xdc00 || low > 0xdfff)
        return wd_article_refuse(art, WD_ESURROGATE, place,
                                 "a string holds half a surrogate pair, \\u%04x",
                                 (unsigned)unit);
    scan->p += 6;
    scan->string_bytes += 4;
    return WD_OK;
}

/* From behind the opening quote to behind the closing one, or to the end. */
static int scan_string(struct wd_article *art, struct scan *scan)
{
    while (scan->p < scan->end && *scan->p != '"') {
        if (*scan->p != '\\') {
            scan->p++;
            scan->string_bytes++;
            continue;
        }
        int r = scan_escape(art, scan);
        if (r < 0)
            return r;
    }
    scan->p += scan->p < scan->end;
    return WD_OK;
}

static int scan_text(struct wd_article *art, struct wd_str bytes,
                     size_t *ret_string_bytes)
{
    struct scan scan = {bytes.data, bytes.data + bytes.size, 0, 0};
    size_t limit = art->opts->limits.json_depth;

    while (scan.p < scan.end) {
        char c = *scan.p++;
        if (c == '"') {
            int r = scan_string(art, &scan);
            if (r < 0)
                return r;
        } else if (c == '{' || c == '[') {
            if (++scan.depth > limit)
                return wd_article_refuse(art, WD_EDEPTH, wd_decode_place(art, scan.p - 1),
                                         "the JSON is nested more than %zu deep", limit);
        } else if ((c == '}' || c == ']') && scan.depth) {
            scan.depth--;
        }
    }
    *ret_string_bytes = scan.string_bytes;
    return WD_OK;
}

/* The same sum over what jansson has made; the scan has bounded its depth. */
static size_t string_bytes(const json_t *value)
{
    size_t sum = json_string_length(value), i;
    const json_t *item;
    const char *key;
    json_array_foreach(value, i, item)
    {
        sum += string_bytes(item);
    }
    /* Its macros take the object without const, and do not change it. */
    json_t *object = json_is_object(value) ? (json_t *)(uintptr_t)value : NULL;
    json_t *member;
    json_object_foreach(object, key, member)
    {
        sum += strlen(key) + string_bytes(member);
    }
    return sum;
}

static int refuse(struct wd_article *art, struct wd_str bytes, const json_error_t *error)
{
    /* Only an allocation can fail without a word. */
    if (error->text[0] == '\0')
        return WD_ENOMEM;
    size_t place = error->position < 0
                       ? WD_NO_OFFSET
                       : wd_decode_place(art, bytes.data + error->position);

    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        return WD_ENOMEM;
    case json_error_duplicate_key:
        /* The sentence ends with the key. */
        return wd_article_refuse(art, WD_EDUPKEY, place, "%s", error->text);
    case json_error_numeric_overflow:
        return wd_article_refuse(art, WD_ENUMBER, place, "%s",
                                 wd_status_text(WD_ENUMBER));
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return wd_article_refuse(art, WD_ENUL, place, "%s", wd_status_text(WD_ENUL));
    case json_error_invalid_utf8:
        return wd_article_refuse(art, WD_EUTF8, place, "%s", wd_status_text(WD_EUTF8));
    case json_error_stack_overflow:
        return wd_article_refuse(art, WD_EDEPTH, place, "%s", wd_status_text(WD_EDEPTH));
    case json_error_premature_end_of_input:
        return wd_article_refuse(art, WD_EJSON, place, "the JSON ends too early");
    case json_error_end_of_input_expected:
        return wd_article_refuse(art, WD_EJSON, place,
                                 "something follows the end of the JSON");
    default:
        return wd_article_refuse(art, WD_EJSON, place,
                                 "the JSON is malformed at line %d, column %d",
                                 error->line, error->column);
    }
}

int wd_json_read(struct wd_article *art, struct wd_str bytes, struct wd_json **ret_doc)
{
    int r = wd_text_check(art, bytes);
    if (r < 0)
        return r;
    size_t due = 0; /* gcc does not see that scan_text() sets it */
    r = scan_text(art, bytes, &due);
    if (r < 0)
        return r;

    json_error_t error;
    json_t *doc = NULL;
    /* Where memory is short jansson may say that the text is at fault, and a good article
     * would be refused for ever. So what is refused is read once more: the text is at
     * fault both times, a shortage hardly ever twice. */
    for (int i = 0; i < 2 && !doc; i++)
        doc = json_loadb(bytes.data, bytes.size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
                         &error);
    if (!doc)
        return refuse(art, bytes, &error);
    /* Or it may say nothing, and leave out a letter: seen with 2.14, where its buffer for
     * a string could not grow. */
    if (string_bytes(doc) != due) {
        json_decref(doc);
        return WD_ENOMEM;
    }
    *ret_doc = (struct wd_json *)doc;
    return WD_OK;
}

void wd_json_free(struct wd_json *doc)
{
    json_decref((json_t *)doc);
}

static const json_t *native(const struct wd_json *value)
{
    return (const json_t *)value;
}

enum wd_json_kind wd_json_kind(const struct wd_json *value)
{
    if (!value)
        return WD_JSON_ABSENT;
    switch (json_typeof(native(value))) {
    case JSON_OBJECT:
        return WD_JSON_OBJECT;
    case JSON_ARRAY:
        return WD_JSON_ARRAY;
    case JSON_STRING:
        return WD_JSON_STRING;
    case JSON_INTEGER:
        return WD_JSON_INTEGER;
    case JSON_REAL:
        return WD_JSON_REAL;
    case JSON_TRUE:
    case JSON_FALSE:
        return WD_JSON_BOOLEAN;
    case JSON_NULL:
        return WD_JSON_ABSENT;
    }
    return WD_JSON_ABSENT;
}

const char *wd_json_kind_name(enum wd_json_kind kind)
{
    static const char *const names[] = {
        [WD_JSON_ABSENT] = "null",      [WD_JSON_BOOLEAN] = "a boolean",
        [WD_JSON_INTEGER] = "a number", [WD_JSON_REAL] = "a number",
        [WD_JSON_STRING] = "a string",  [WD_JSON_ARRAY] = "an array",
        [WD_JSON_OBJECT] = "an object",
    };
    return names[kind];
}

const struct wd_json *wd_json_get(const struct wd_json *object, const char *key)
{
    const json_t *value = json_object_get(native(object), key);
    return json_is_null(value) ? NULL : (const struct wd_json *)value;
}

size_t wd_json_count(const struct wd_json *array)
{
    return json_array_size(native(array));
}

const struct wd_json *wd_json_at(const struct wd_json *array, size_t index)
{
    const json_t *value = json_array_get(native(array), index);
    return json_is_null(value) ? NULL : (const struct wd_json *)value;
}

struct wd_str wd_json_text(const struct wd_json *value)
{
    const char *text = json_string_value(native(value));
    return (struct wd_str){text, text ? json_string_length(native(value)) : 0};
}

struct wd_str wd_json_number(struct wd_arena *arena, const struct wd_json *value)
{
    char text[64];
    if (!json_is_number(native(value)))
        return (struct wd_str){0};

    /* 17 digits always lead back to the same double; where 15 or 16 do, they are what
     * was written. jansson's writer, unlike printf, does not ask the locale. */
    size_t size = 0;
    for (unsigned digits = 15; digits <= 17; digits++) {
        size = json_dumpb(native(value), text, sizeof(text),
                          JSON_ENCODE_ANY | JSON_REAL_PRECISION(digits));
        json_t *back = json_loadb(text, size, JSON_DECODE_ANY, NULL);
        if (!back)
            return (struct wd_str){0};
        bool is_same = json_equal(back, native(value));
        json_decref(back);
        if (is_same)
            break;
    }
    return wd_arena_copy(arena, (struct wd_str){text, size});
}
