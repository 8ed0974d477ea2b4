/* xml.h -- XML as a tree, HTML as events; the one door to libxml2.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_XML_H
#define WD_DECODE_XML_H

#include <stdbool.h>

#include "base/article.h"

/* Names are as written, "xml:lang" with its prefix. */
struct wd_xml_attribute {
    struct wd_str name;
    struct wd_str value;
    const struct wd_xml_attribute *next;
};

/* An element or a run of text. All of it is in the article's arena, and every string is
 * followed by a NUL that is not counted. */
struct wd_xml {
    struct wd_str name;  /* without its prefix; {NULL, 0}: a run of text */
    struct wd_str space; /* the URI of the namespace; empty: none */
    struct wd_str text;  /* of a run of text */
    const struct wd_xml_attribute *attributes;
    struct wd_xml *parent;
    struct wd_xml *child;
    struct wd_xml *next;
};

/* Readies libxml2 for threads; to be called before any other thread reads. */
void wd_xml_init(void);

/* Reads all of `bytes`, well-formed UTF-8 whatever its declaration says, as one document;
 * *ret_root is its outermost element. Refuses with WD_EXML, WD_EENTITY, WD_EMARKUP or
 * WD_ELIMIT; or WD_ENOMEM. */
int wd_xml_read(struct wd_article *art, struct wd_str bytes, struct wd_xml **ret_root);

/* The name of the outermost element, without its prefix; empty when `bytes` do not begin
 * as an XML document does. */
struct wd_str wd_xml_root_name(struct wd_str bytes);

/* The elements and texts under `root` in document order: pass NULL, then the last one.
 * NULL when there are no more. */
const struct wd_xml *wd_xml_next(const struct wd_xml *root, const struct wd_xml *node);

/* `node` is an element of that name, in whatever namespace. NULL-safe. */
bool wd_xml_is(const struct wd_xml *node, const char *name);

/* The first child of that name; NULL when there is none, or no `node`. With a namespace
 * ("" for that of `node`) only one in it counts. */
const struct wd_xml *wd_xml_child(const struct wd_xml *node, const char *name);
const struct wd_xml *wd_xml_child_in(const struct wd_xml *node, const char *space,
                                     const char *name);

/* The next element with the name of `node` and its parent. */
const struct wd_xml *wd_xml_sibling(const struct wd_xml *node);

/* The first of that name anywhere under `node`, NULL-safe. */
const struct wd_xml *wd_xml_find(const struct wd_xml *node, const char *name);

/* Empty when `node` is NULL or has no such attribute. */
struct wd_str wd_xml_attribute(const struct wd_xml *node, const char *name);

/* The class attribute has `name` among its words, in any case. */
bool wd_xml_class_has(const char *class_names, const char *name);

/* All text under `node`, in one piece; empty for NULL. {NULL, 0} in *ret_text only for
 * no text. WD_ENOMEM. */
int wd_xml_text(struct wd_article *art, const struct wd_xml *node,
                struct wd_str *ret_text);

/* What becomes known of HTML as it is read. A negative status ends the reading. */
struct wd_html_events {
    int (*start)(void *data, const char *name, const char *const *attributes);
    int (*end)(void *data, const char *name);
    int (*text)(void *data, const char *bytes, size_t size);
};

/* Calls `events` for each tag and each run of text; tags that are missing are called for,
 * too. Returns the status that ended it, WD_OK, or WD_ENOMEM. */
int wd_html_parse(struct wd_str html, const struct wd_html_events *events, void *data);

/* The value of `name` in a list of names and values that a NULL ends; NULL for none. */
const char *wd_html_attribute(const char *const *attributes, const char *name);

/* The code point of "eacute", 0 when HTML has no such name. */
uint32_t wd_html_entity(const char *name);

#endif
