/* fields.h -- members of a JSON object that become facts about the article.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_FIELDS_H
#define WD_DECODE_FIELDS_H

#include "json.h"

#define WD_FIELD_KEYS 20

/* How the value of a member is read. Any other JSON type is refused with WD_ETYPE. */
enum wd_field_kind {
    WD_FIELD_LINE,     /* a string; white space is folded, markup taken out */
    WD_FIELD_ID,       /* a string or a number, kept as it is written */
    WD_FIELD_NAMES,    /* a string, an object with a name, or an array of such */
    WD_FIELD_DATE,     /* a string or a number; empty when it cannot be read */
    WD_FIELD_LANGUAGE, /* a string; empty when it is no BCP 47 tag */
    WD_FIELD_URL,      /* a string; empty when it is no URI */
    WD_FIELD_PLACE,    /* a dateline or a place, or an object with a city or a name */
    WD_FIELD_STATUS,   /* a string; usable, withheld, canceled, or empty */
};

/* One fact and the keys it may stand under, the best first; NULL ends them. A key whose
 * value is null or empty counts as absent, and the next one is asked. */
struct wd_field {
    enum wd_field_kind kind;
    size_t member; /* offsetof(struct wd_meta, …) */
    const char *keys[WD_FIELD_KEYS];
};

/* Reads `fields`, whose last row has no keys, into meta. What is already set stays. */
int wd_fields_read(struct wd_article *art, const struct wd_json *object,
                   const struct wd_field *fields);

/* Reads one value; *ret_str is in the arena, and empty when it says nothing. `key` is
 * for the error message. */
int wd_field_value(struct wd_article *art, enum wd_field_kind kind, const char *key,
                   const struct wd_json *value, struct wd_str *ret_str);

/* The same for a value that is a string. */
int wd_field_string(struct wd_article *art, enum wd_field_kind kind, struct wd_str str,
                    struct wd_str *ret_str);

/* Refuses: `key` holds what it must not. */
int wd_field_refuse(struct wd_article *art, const char *key, const struct wd_json *value,
                    const char *wanted);

/* One line of prose: markup taken out, references resolved, white space folded. */
int wd_field_line(struct wd_article *art, struct wd_str str, struct wd_str *ret_str);

/* What a string is known to hold. */
enum wd_body_kind {
    WD_BODY_UNKNOWN,
    WD_BODY_TEXT,
    WD_BODY_HTML,
    WD_BODY_WIRE, /* perhaps HTML, in an item of an agency: see markup.h */
    WD_BODY_NITF, /* for ninjs.c alone: see wd_nitf_take() */
};

/* Makes a string the article's raw text: as it is, or without its markup. */
int wd_body_take(struct wd_article *art, struct wd_str text, enum wd_body_kind kind);

struct wd_body_key {
    const char *key;
    enum wd_body_kind kind;
};

/* Takes the first body that is more than white space, paragraphs in an array joined;
 * raw.data stays NULL when there is none at all. The last row has no key. */
int wd_bodies_read(struct wd_article *art, const struct wd_json *object,
                   const struct wd_body_key *keys);

#endif
