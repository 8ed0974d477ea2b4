/* xml.c -- the one file that knows libxml2.
 *
 * HTML is read as it is found and passed on as events: a tree would cost twice the time,
 * and beyond 256 levels libxml2 drops the rest of the text without a word. XML is small
 * (a wire item, not a page), its readers look here and there, so it becomes a tree, of
 * our own nodes in the article's arena: nothing of libxml2 outlives the call, and its
 * types stay in this file.
 *
 * Nothing outside of the bytes is ever loaded: no DTD, no external entity, no network.
 * Entities are ours, too. libxml2 asks for each by name and gets plain text or nothing:
 * one declared in the document as text without markup or other references, or one of
 * HTML's names, which feeds use without declaring them. What would nest or come from a
 * file is refused when it is used, so a "billion laughs" costs one look. Text that
 * entities make counts against the size of a record.
 * SPDX-License-Identifier: Apache-2.0 */
#include "xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "text.h"
#include "wiredesk/buf.h"

#define DEPTH_MAX    200    /* elements; libxml2's own bound is 256 */
#define NODES_MAX    200000 /* elements, texts and attributes */
#define ENTITIES_MAX 256

struct entity {
    const char *name;
    const char *content; /* NULL: not plain text */
    struct entity *next;
};

/* A document under way. */
struct building {
    struct wd_article *art;
    xmlParserCtxtPtr parser;
    struct wd_xml *root;
    struct wd_xml *open; /* the innermost open element */
    struct wd_xml *last; /* the last child of `open` so far */
    struct entity *entities;
    size_t n_entities;
    size_t n_nodes;
    size_t depth;
    size_t expanded; /* bytes that entities have made */
    xmlEntity answer;
    char letter[8];
    int status;
};

void wd_xml_init(void)
{
    xmlInitParser();
}

/* Memory that ends inside of libxml2 is reported by its buffers, encodings and
 * dictionaries on their own, and most of them tell no parser; the text would end where it
 * was, and nobody would know. All of them tell whoever listens on this thread. */
struct listening {
    xmlStructuredErrorFunc before;
    void *before_data;
    bool is_out_of_memory;
};

#if LIBXML_VERSION >= 21200
static void on_error(void *data, const xmlError *error)
#else
static void on_error(void *data, xmlErrorPtr error)
#endif
{
    struct listening *listening = data;
    listening->is_out_of_memory |= error->code == XML_ERR_NO_MEMORY;
}

static void listen_to_errors(struct listening *listening)
{
    *listening = (struct listening){xmlStructuredError, xmlStructuredErrorContext, false};
    xmlSetStructuredErrorFunc(listening, on_error);
}

static void stop_listening(const struct listening *listening)
{
    xmlSetStructuredErrorFunc(listening->before_data, listening->before);
}

static void stop(struct building *doc, int status)
{
    if (doc->status == WD_OK)
        doc->status = status;
    xmlStopParser(doc->parser);
}

static void *take(struct building *doc, size_t size)
{
    if (++doc->n_nodes > NODES_MAX) {
        stop(doc, wd_article_refuse(doc->art, WD_ELIMIT, WD_NO_OFFSET,
                                    "the XML has more than %d parts", NODES_MAX));
        return NULL;
    }
    void *block = wd_arena_alloc(&doc->art->arena, size);
    if (block)
        memset(block, 0, size);
    else
        stop(doc, WD_ENOMEM);
    return block;
}

static bool keep(struct building *doc, struct wd_str str, struct wd_str *ret_str)
{
    *ret_str = wd_arena_copy(&doc->art->arena, str);
    if (!ret_str->data)
        stop(doc, WD_ENOMEM);
    return ret_str->data != NULL;
}

static struct wd_str str_of(const xmlChar *z)
{
    return wd_str_from((const char *)z);
}

static struct wd_xml *add_node(struct building *doc)
{
    struct wd_xml *node = take(doc, sizeof(*node));
    if (!node)
        return NULL;
    node->parent = doc->open;
    if (doc->last)
        doc->last->next = node;
    else if (doc->open)
        doc->open->child = node;
    doc->last = node;
    return node;
}

/* libxml2 gives five pointers an attribute: name, prefix, URI, start and end. */
static bool add_attributes(struct building *doc, struct wd_xml *node, int n_attributes,
                           const xmlChar **parts)
{
    const struct wd_xml_attribute **tail = &node->attributes;
    for (int i = 0; i < n_attributes; i++, parts += 5) {
        struct wd_xml_attribute *attribute = take(doc, sizeof(*attribute));
        char name[128];
        if (!attribute)
            return false;
        (void)snprintf(name, sizeof(name), "%s%s%s",
                       parts[1] ? (const char *)parts[1] : "", parts[1] ? ":" : "",
                       (const char *)parts[0]);
        struct wd_str value = {(const char *)parts[3], (size_t)(parts[4] - parts[3])};
        if (!keep(doc, wd_str_from(name), &attribute->name) ||
            !keep(doc, value, &attribute->value))
            return false;
        *tail = attribute;
        tail = &attribute->next;
    }
    return true;
}

static void on_element(void *data, const xmlChar *name, const xmlChar *prefix,
                       const xmlChar *uri, int n_spaces, const xmlChar **spaces,
                       int n_attributes, int n_defaulted, const xmlChar **attributes)
{
    struct building *doc = data;
    (void)prefix;
    (void)n_spaces;
    (void)spaces;
    (void)n_defaulted;

    if (doc->status != WD_OK)
        return;
    if (++doc->depth > DEPTH_MAX) {
        stop(doc, wd_article_refuse(doc->art, WD_EMARKUP, WD_NO_OFFSET,
                                    "the XML is nested more than %d deep", DEPTH_MAX));
        return;
    }
    struct wd_xml *node = add_node(doc);
    if (!node || !keep(doc, str_of(name), &node->name) ||
        !add_attributes(doc, node, n_attributes, attributes))
        return;
    struct wd_str space = str_of(uri);
    if (doc->open && wd_str_equal(doc->open->space, space))
        node->space = doc->open->space;
    else if (!keep(doc, space, &node->space))
        return;
    if (!doc->root)
        doc->root = node;
    doc->open = node;
    doc->last = NULL;
}

static void on_element_end(void *data, const xmlChar *name, const xmlChar *prefix,
                           const xmlChar *uri)
{
    struct building *doc = data;
    (void)name;
    (void)prefix;
    (void)uri;
    if (doc->status != WD_OK || !doc->open)
        return;
    doc->depth--;
    doc->last = doc->open;
    doc->open = doc->open->parent;
}

static void on_characters(void *data, const xmlChar *bytes, int size)
{
    struct building *doc = data;
    if (doc->status != WD_OK || !doc->open)
        return;
    struct wd_xml *node = add_node(doc);
    if (node)
        (void)keep(doc, (struct wd_str){(const char *)bytes, (size_t)size}, &node->text);
}

static void on_entity_declared(void *data, const xmlChar *name, int type,
                               const xmlChar *public_id, const xmlChar *system_id,
                               xmlChar *content)
{
    struct building *doc = data;
    (void)public_id;
    (void)system_id;
    if (type == XML_INTERNAL_PARAMETER_ENTITY || type == XML_EXTERNAL_PARAMETER_ENTITY ||
        doc->status != WD_OK)
        return;
    if (++doc->n_entities > ENTITIES_MAX) {
        stop(doc,
             wd_article_refuse(doc->art, WD_EENTITY, WD_NO_OFFSET,
                               "the XML declares more than %d entities", ENTITIES_MAX));
        return;
    }
    struct entity *entity = take(doc, sizeof(*entity));
    struct wd_str copy;
    if (!entity || !keep(doc, str_of(name), &copy))
        return;
    entity->name = copy.data;
    bool is_plain = type == XML_INTERNAL_GENERAL_ENTITY && content &&
                    !strpbrk((const char *)content, "<&");
    if (is_plain && keep(doc, str_of(content), &copy))
        entity->content = copy.data;
    entity->next = doc->entities;
    doc->entities = entity;
}

/* The text for which a name stands; NULL when we will not say. */
static const char *entity_text(struct building *doc, const char *name)
{
    /* The first declaration counts, and it is the last of the list. */
    const struct entity *found = NULL;
    for (const struct entity *entity = doc->entities; entity; entity = entity->next) {
        if (strcmp(entity->name, name) == 0)
            found = entity;
    }
    if (found)
        return found->content;
    uint32_t cp = wd_html_entity(name);
    if (cp == 0)
        return NULL;
    doc->letter[wd_utf8_encode(cp, doc->letter)] = '\0';
    return doc->letter;
}

static xmlEntityPtr on_entity(void *data, const xmlChar *name)
{
    struct building *doc = data;
    /* Behind each declaration libxml2 asks for it, to hang its source on the answer. */
    if (doc->parser->inSubset)
        return NULL;
    const char *text = doc->status == WD_OK ? entity_text(doc, (const char *)name) : NULL;
    size_t limit = doc->art->opts->limits.record_bytes;

    if (text && (doc->expanded += strlen(text)) <= limit) {
        /* In an attribute libxml2 takes but one byte of what it calls predefined. */
        bool is_in_attribute = doc->parser->instate == XML_PARSER_ATTRIBUTE_VALUE;
        memset(&doc->answer, 0, sizeof(doc->answer));
        doc->answer.type = XML_ENTITY_DECL;
        doc->answer.name = name;
        doc->answer.etype = is_in_attribute ? XML_INTERNAL_GENERAL_ENTITY
                                            : XML_INTERNAL_PREDEFINED_ENTITY;
        doc->answer.content = (xmlChar *)(uintptr_t)text; /* only read */
        doc->answer.length = (int)strlen(text);
        return &doc->answer;
    }
    if (doc->status == WD_OK)
        stop(doc, wd_article_refuse(doc->art, WD_EENTITY, WD_NO_OFFSET,
                                    text ? "the entities of the XML make more text than "
                                           "a record may have"
                                         : "the XML uses an entity that is no plain "
                                           "text, or was not declared"));
    return NULL;
}

static int refuse_syntax(struct building *doc)
{
    const xmlError *error = xmlCtxtGetLastError(doc->parser);
    /* libxml2's own sentences quote the article. */
    return wd_article_refuse(doc->art, WD_EXML, WD_NO_OFFSET,
                             "the XML is malformed at line %d, column %d",
                             error ? error->line : 0, error ? error->int2 : 0);
}

static const xmlSAXHandler xml_handler = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = on_element,
    .endElementNs = on_element_end,
    .characters = on_characters,
    .ignorableWhitespace = on_characters,
    .cdataBlock = on_characters,
    .entityDecl = on_entity_declared,
    .getEntity = on_entity,
};

static void build(struct building *doc, struct wd_str bytes)
{
    const int options = XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC |
                        XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    doc->parser = xmlNewParserCtxt();
    if (!doc->parser) {
        doc->status = WD_ENOMEM;
        return;
    }
    *doc->parser->sax = xml_handler;
    doc->parser->userData = doc;
    xmlDocPtr made = xmlCtxtReadMemory(doc->parser, bytes.data, (int)bytes.size, NULL,
                                       "UTF-8", options);
    if (doc->status == WD_OK && (!doc->parser->wellFormed || !doc->root))
        doc->status = refuse_syntax(doc);
    xmlFreeDoc(made); /* libxml2 keeps declared entities in one of its own */
    xmlFreeParserCtxt(doc->parser);
}

int wd_xml_read(struct wd_article *art, struct wd_str bytes, struct wd_xml **ret_root)
{
    struct building doc = {.art = art};
    struct listening listening;

    int r = wd_text_check(art, bytes);
    if (r < 0)
        return r;
    if (bytes.size > INT32_MAX)
        return WD_ENOMEM;
    listen_to_errors(&listening);
    build(&doc, bytes);
    stop_listening(&listening);
    *ret_root = doc.root;
    return listening.is_out_of_memory ? WD_ENOMEM : doc.status;
}

const struct wd_xml *wd_xml_next(const struct wd_xml *root, const struct wd_xml *node)
{
    if (!node)
        return root->child;
    if (node->child)
        return node->child;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

bool wd_xml_is(const struct wd_xml *node, const char *name)
{
    return node && node->name.data && strcmp(node->name.data, name) == 0;
}

static const struct wd_xml *first_named(const struct wd_xml *node, const char *name)
{
    while (node && !wd_xml_is(node, name))
        node = node->next;
    return node;
}

const struct wd_xml *wd_xml_child(const struct wd_xml *node, const char *name)
{
    return node ? first_named(node->child, name) : NULL;
}

const struct wd_xml *wd_xml_child_in(const struct wd_xml *node, const char *space,
                                     const char *name)
{
    const struct wd_xml *child = wd_xml_child(node, name);
    struct wd_str wanted = space[0] || !node ? wd_str_from(space) : node->space;
    while (child && !wd_str_equal(child->space, wanted))
        child = wd_xml_sibling(child);
    return child;
}

const struct wd_xml *wd_xml_sibling(const struct wd_xml *node)
{
    return first_named(node->next, node->name.data);
}

const struct wd_xml *wd_xml_find(const struct wd_xml *node, const char *name)
{
    if (!node)
        return NULL;
    for (const struct wd_xml *at = NULL; (at = wd_xml_next(node, at));) {
        if (wd_xml_is(at, name))
            return at;
    }
    return NULL;
}

struct wd_str wd_xml_attribute(const struct wd_xml *node, const char *name)
{
    const struct wd_xml_attribute *attribute = node ? node->attributes : NULL;
    for (; attribute; attribute = attribute->next) {
        if (strcmp(attribute->name.data, name) == 0)
            return attribute->value;
    }
    return (struct wd_str){0};
}

bool wd_xml_class_has(const char *class_names, const char *name)
{
    while (class_names && *class_names) {
        class_names += strspn(class_names, " \t\r\n");
        size_t word = strcspn(class_names, " \t\r\n");
        if (wd_ascii_same((struct wd_str){class_names, word}, wd_str_from(name)))
            return true;
        class_names += word;
    }
    return false;
}

/* Where a name and a title, or two paragraphs, touch in the markup, not in print. */
static bool is_parted(const struct wd_xml *node)
{
    return wd_xml_is(node, "byttl") || wd_xml_is(node, "br") || wd_xml_is(node, "p");
}

int wd_xml_text(struct wd_article *art, const struct wd_xml *node,
                struct wd_str *ret_text)
{
    size_t size = 0;
    *ret_text = (struct wd_str){0};
    if (!node)
        return WD_OK;
    for (const struct wd_xml *at = NULL; (at = wd_xml_next(node, at));)
        size += at->text.size + is_parted(at);
    char *out = wd_arena_alloc(&art->arena, size + 1);
    if (!out)
        return WD_ENOMEM;
    size = 0;
    for (const struct wd_xml *at = NULL; (at = wd_xml_next(node, at));) {
        if (is_parted(at))
            out[size++] = ' ';
        memcpy(out + size, at->text.size ? at->text.data : "", at->text.size);
        size += at->text.size;
    }
    out[size] = '\0';
    *ret_text = (struct wd_str){out, size};
    return WD_OK;
}

/* HTML under way. */
struct hearing {
    htmlParserCtxtPtr parser;
    const struct wd_html_events *events;
    void *data;
    int status;
};

static void heed(struct hearing *hearing, int status)
{
    if (status == WD_OK || hearing->status != WD_OK)
        return;
    hearing->status = status;
    xmlStopParser(hearing->parser);
}

static void on_tag(void *data, const xmlChar *name, const xmlChar **attributes)
{
    struct hearing *hearing = data;
    heed(hearing, hearing->events->start(hearing->data, (const char *)name,
                                         (const char *const *)attributes));
}

static void on_tag_end(void *data, const xmlChar *name)
{
    struct hearing *hearing = data;
    heed(hearing, hearing->events->end(hearing->data, (const char *)name));
}

static void on_html_text(void *data, const xmlChar *bytes, int size)
{
    struct hearing *hearing = data;
    heed(hearing,
         hearing->events->text(hearing->data, (const char *)bytes, (size_t)size));
}

static bool is_name_byte(char c)
{
    return wd_ascii_is_letter(c) || wd_ascii_is_digit(c) || (c && strchr(".-_:", c));
}

/* Neither a name with its semicolon nor a number is behind that &. A name that is not
 * ASCII is the parser's. */
static bool is_bare(const char *ampersand, const char *end)
{
    const char *at = ampersand + 1;
    while (at < end && is_name_byte(*at))
        at++;
    return at == end || (!strchr("#;", *at) && (unsigned char)*at < 0x80);
}

/* Appends `html` with each bare & as a reference; nothing when there is none. The parser
 * reads both as the same text, but of a bare one it also makes an error with a sentence,
 * which nobody reads and which costs twice as much as all else that is done to it. */
static int refer_ampersands(struct wd_str html, struct wd_buf *buf)
{
    const char *at = html.data, *end = html.data + html.size, *done = at;
    while (at < end && (at = memchr(at, '&', (size_t)(end - at)))) {
        at++;
        if (!is_bare(at - 1, end))
            continue;
        wd_buf_append(buf, done, (size_t)(at - done));
        wd_buf_append_z(buf, "amp;");
        done = at;
    }
    if (buf->size)
        wd_buf_append(buf, done, (size_t)(end - done));
    return wd_buf_status(buf);
}

static int hear(struct hearing *hearing, struct wd_str html)
{
    static const htmlSAXHandler handler = {
        .startElement = on_tag,
        .endElement = on_tag_end,
        .characters = on_html_text,
        .ignorableWhitespace = on_html_text,
    };
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                        HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED | HTML_PARSE_NODEFDTD;

    hearing->parser = htmlNewParserCtxt();
    if (!hearing->parser)
        return WD_ENOMEM;
    *hearing->parser->sax = handler;
    hearing->parser->userData = hearing;
    htmlDocPtr doc = htmlCtxtReadMemory(hearing->parser, html.data, (int)html.size, NULL,
                                        "UTF-8", options);
    xmlFreeDoc(doc); /* never made: no handler of ours does */
    htmlFreeParserCtxt(hearing->parser);
    return hearing->status;
}

int wd_html_parse(struct wd_str html, const struct wd_html_events *events, void *data)
{
    struct hearing hearing = {.events = events, .data = data};
    struct listening listening;
    struct wd_buf referred;
    wd_buf_init(&referred, INT32_MAX);
    int r = html.size <= INT32_MAX ? refer_ampersands(html, &referred) : WD_ELIMIT;
    listen_to_errors(&listening);
    if (r == WD_OK)
        r = hear(&hearing, referred.size ? wd_buf_str(&referred) : html);
    stop_listening(&listening);
    wd_buf_done(&referred);
    return listening.is_out_of_memory ? WD_ENOMEM : r;
}

const char *wd_html_attribute(const char *const *attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2) {
        if (wd_ascii_compare(attributes[0], name) == 0)
            return attributes[1];
    }
    return NULL;
}

uint32_t wd_html_entity(const char *name)
{
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity ? entity->value : 0;
}
