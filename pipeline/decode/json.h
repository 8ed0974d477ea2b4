/* json.h -- a JSON document as a tree that can be asked; the one door to jansson.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Values and their strings belong to the document and live as long as it does. Every
 * function takes NULL, which stands for a value that is not there; a JSON null is not
 * there either. */
#ifndef WD_DECODE_JSON_H
#define WD_DECODE_JSON_H

#include <stdint.h>

#include "base/article.h"

enum wd_json_kind {
    WD_JSON_ABSENT,
    WD_JSON_BOOLEAN,
    WD_JSON_INTEGER,
    WD_JSON_REAL,
    WD_JSON_STRING,
    WD_JSON_ARRAY,
    WD_JSON_OBJECT,
};

struct wd_json;

/* Reads all of `bytes` as one JSON text. Refuses with WD_EUTF8, WD_ENUL, WD_EDEPTH,
 * WD_ESURROGATE, WD_EDUPKEY, WD_ENUMBER or WD_EJSON, with the place; or WD_ENOMEM. */
int wd_json_read(struct wd_article *art, struct wd_str bytes, struct wd_json **ret_doc);

/* NULL-safe. */
void wd_json_free(struct wd_json *doc);

enum wd_json_kind wd_json_kind(const struct wd_json *value);

/* "a string", "an array", …: for a sentence. */
const char *wd_json_kind_name(enum wd_json_kind kind);

/* NULL when `object` is none or has no such key. */
const struct wd_json *wd_json_get(const struct wd_json *object, const char *key);

/* Elements of an array; 0 for any other value. */
size_t wd_json_count(const struct wd_json *array);
const struct wd_json *wd_json_at(const struct wd_json *array, size_t index);

/* Empty for a value that is not a string. */
struct wd_str wd_json_text(const struct wd_json *value);

/* A number in its shortest exact spelling, in the arena: 17, -2.5, 1e100. {NULL, 0} when
 * memory is short or the value is no number. */
struct wd_str wd_json_number(struct wd_arena *arena, const struct wd_json *value);

#endif
