/* markup.c -- HTML, XHTML and NITF read as prose.
 *
 * HTML comes as events, XML as a tree that is walked for the same events; from there on
 * there is one way. We count levels and refuse past a bound, since some steps of the HTML
 * parser walk all open elements.
 *
 * Wire services print in the markup of an item what its envelope says already: headline,
 * teaser, byline, dateline, and a box of links below. The element <header> and classes
 * name them in agencies' XHTML. Where an item is read as such they are left out, so that
 * the same article is the same text in each of an agency's formats.
 *
 * The text never gets longer than its markup: each break that we write stands for a tag
 * of at least three bytes, and no reference is shorter than the letter that it names. So
 * one block of the size of the input takes it. SPDX-License-Identifier: Apache-2.0 */
#include "markup.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "content.h"
#include "page_meta.h"
#include "tags.h"
#include "text.h"

#define DEPTH_MAX 512

_Static_assert(DEPTH_MAX + 2 <= WD_CONTENT_DEPTH_MAX, "also the one that we make");

/* One run of text under way. */
struct flow {
    char *data;
    size_t size;
    unsigned breaks; /* line ends due before the next letter, 2 at most */
    bool is_spaced;  /* a blank is due */
};

struct reading {
    struct wd_article *art;
    struct wd_page *page; /* NULL: a fragment */
    struct flow text;
    struct flow headline;
    struct flow title;
    struct flow *into; /* the one of them that letters go to */
    size_t room;       /* of each */
    struct flow data;  /* a page's scripts of JSON-LD, one behind the other */
    size_t data_start; /* of the one under way */
    bool is_data;      /* one is under way */
    unsigned depth;
    unsigned wrapped;   /* of these, made by us */
    unsigned skipped;   /* open elements whose text is left out */
    unsigned hidden_at; /* depth of the one that hides what is in it; 0: none */
    unsigned preserved; /* open <pre>s */
    struct wd_content content;
    enum wd_markup_kind kind;
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* What is due before a letter. Nothing is before the first one. */
static void flow_settle(struct flow *flow)
{
    if (flow->size) {
        for (unsigned i = 0; i < flow->breaks; i++)
            flow->data[flow->size++] = '\n';
        if (!flow->breaks && flow->is_spaced)
            flow->data[flow->size++] = ' ';
    }
    flow->breaks = 0;
    flow->is_spaced = false;
}

static void flow_break(struct flow *flow, unsigned breaks)
{
    if (flow->breaks < breaks)
        flow->breaks = breaks;
}

/* Takes bytes of a script as they are; one for which no room is left is given up. */
static void take_data(struct reading *reading, const char *bytes, size_t size)
{
    reading->is_data = reading->data.size + size <= reading->room;
    if (!reading->is_data)
        return;
    memcpy(reading->data.data + reading->data.size, bytes, size);
    reading->data.size += size;
}

static int on_text(void *data, const char *bytes, size_t size)
{
    struct reading *reading = data;
    struct flow *flow = reading->into;

    if (reading->is_data)
        take_data(reading, bytes, size);
    if (reading->hidden_at || (reading->skipped && flow == &reading->text))
        return WD_OK;
    if (flow->size + size + 2 > reading->room)
        return wd_article_refuse(reading->art, WD_ELIMIT, WD_NO_OFFSET,
                                 "the markup holds more text than bytes");
    size_t before = flow->size;
    for (size_t i = 0; i < size; i++) {
        char c = bytes[i];
        if (c == '\n' && reading->preserved) {
            flow_break(flow, flow->breaks < 2 ? flow->breaks + 1 : 2);
        } else if (is_space(c)) {
            flow->is_spaced = true;
        } else {
            bool is_parted = flow == &reading->text && (flow->breaks || flow->size == 0);
            flow_settle(flow);
            int r = is_parted ? wd_content_part(&reading->content, &reading->art->arena,
                                                flow->size)
                              : WD_OK;
            if (r < 0)
                return r;
            flow->data[flow->size++] = c;
        }
    }
    if (flow == &reading->text && flow->size > before)
        wd_content_add(&reading->content, flow->size - before, flow->size);
    return WD_OK;
}

static int keep_attribute(struct reading *reading, const char *value, struct wd_str *into)
{
    if (!value || into->size)
        return WD_OK;
    *into = wd_arena_copy(&reading->art->arena, wd_str_from(value));
    return into->data ? WD_OK : WD_ENOMEM;
}

static int read_meta(struct reading *reading, const char *const *attributes)
{
    static const char *const keys[] = {"property", "name", "itemprop"};
    struct wd_str *member = NULL;
    for (size_t i = 0; !member && i < sizeof(keys) / sizeof(keys[0]); i++) {
        const char *name = wd_html_attribute(attributes, keys[i]);
        member = name ? wd_page_member(reading->page, name) : NULL;
    }
    const char *content = wd_html_attribute(attributes, "content");
    return member ? keep_attribute(reading, content, member) : WD_OK;
}

static int begin_data(struct reading *reading, const char *type)
{
    if (!type || wd_ascii_compare(type, "application/ld+json") != 0 ||
        reading->page->n_data == WD_PAGE_DATA_MAX)
        return WD_OK;
    if (!reading->data.data)
        reading->data.data = wd_arena_alloc(&reading->art->arena, reading->room);
    if (!reading->data.data)
        return WD_ENOMEM;
    reading->data_start = reading->data.size;
    reading->is_data = true;
    return WD_OK;
}

static void end_data(struct reading *reading)
{
    if (reading->is_data)
        reading->page->data[reading->page->n_data++] =
            (struct wd_str){reading->data.data + reading->data_start,
                            reading->data.size - reading->data_start};
    reading->is_data = false;
}

/* What a page says in attributes. */
static int read_attributes(struct reading *reading, enum wd_tag_effect effect,
                           const char *const *attributes)
{
    const char *rel = wd_html_attribute(attributes, "rel");
    if (!reading->page)
        return WD_OK;
    if (effect == WD_TAG_META)
        return read_meta(reading, attributes);
    if (effect == WD_TAG_SCRIPT)
        return begin_data(reading, wd_html_attribute(attributes, "type"));
    if (effect == WD_TAG_HTML)
        return keep_attribute(reading, wd_html_attribute(attributes, "lang"),
                              &reading->page->language);
    if (effect == WD_TAG_LINK && rel && wd_ascii_compare(rel, "canonical") == 0)
        return keep_attribute(reading, wd_html_attribute(attributes, "href"),
                              &reading->page->url);
    return WD_OK;
}

/* The first h1 and the first title of a page go to flows of their own. */
static bool divert(struct reading *reading, struct flow *flow)
{
    if (!reading->page || flow->size || reading->into != &reading->text)
        return false;
    reading->into = flow;
    return true;
}

/* Said elsewhere in a wire item; see the head of this file. */
static bool is_repeated(const char *name, const char *classes)
{
    static const char *const names[] = {"teaser",   "infobox",     "linkbox", "byline",
                                        "dateline", "closingline", "notepad", "kicker"};
    if (wd_ascii_compare(name, "header") == 0)
        return true;
    for (size_t i = 0; classes && i < sizeof(names) / sizeof(names[0]); i++) {
        if (wd_xml_class_has(classes, names[i]))
            return true;
    }
    return false;
}

/* Its text is left out. */
static bool is_skipped(enum wd_tag_effect effect)
{
    return effect == WD_TAG_SKIP || effect == WD_TAG_SCRIPT || effect == WD_TAG_TITLE;
}

/* What parts text does so where it begins and where it ends. */
static void part(struct flow *flow, enum wd_tag_effect effect)
{
    if (effect == WD_TAG_BLOCK || effect == WD_TAG_PRE || effect == WD_TAG_H1)
        flow_break(flow, 2);
    else if (effect == WD_TAG_LINE)
        flow_break(flow, 1);
    else if (effect == WD_TAG_CELL)
        flow->is_spaced = true;
}

static enum wd_content_reach reach_of(const struct reading *reading)
{
    if (reading->kind != WD_MARKUP_HTML)
        return WD_CONTENT_TAGS;
    return reading->page ? WD_CONTENT_PAGE : WD_CONTENT_HINTS;
}

static int enter(struct reading *reading, const char *name, const char *classes,
                 const char *const *attributes)
{
    if (++reading->depth > DEPTH_MAX + reading->wrapped)
        return wd_article_refuse(reading->art, WD_EMARKUP, WD_NO_OFFSET,
                                 "the markup is nested more than %d deep", DEPTH_MAX);
    if (reading->kind == WD_MARKUP_WIRE && !reading->hidden_at &&
        is_repeated(name, classes))
        reading->hidden_at = reading->depth;

    enum wd_tag_effect effect = wd_tag_effect(reading->kind, name);
    wd_content_enter(&reading->content, name, effect, attributes);
    bool is_apart = (effect == WD_TAG_H1 && divert(reading, &reading->headline)) ||
                    (effect == WD_TAG_TITLE && divert(reading, &reading->title));
    if (is_apart)
        return WD_OK;
    part(reading->into, effect);
    if (effect == WD_TAG_BREAK)
        flow_break(reading->into, reading->into->breaks ? 2 : 1);
    reading->preserved += effect == WD_TAG_PRE;
    reading->skipped += is_skipped(effect);
    return WD_OK;
}

static int on_start(void *data, const char *name, const char *const *attributes)
{
    struct reading *reading = data;
    int r = read_attributes(reading, wd_tag_effect(reading->kind, name), attributes);
    return r < 0
               ? r
               : enter(reading, name, wd_html_attribute(attributes, "class"), attributes);
}

static int on_end(void *data, const char *name)
{
    struct reading *reading = data;

    wd_content_leave(&reading->content);
    if (reading->hidden_at == reading->depth)
        reading->hidden_at = 0;
    reading->depth -= reading->depth > 0;
    enum wd_tag_effect effect = wd_tag_effect(reading->kind, name);
    if (effect == WD_TAG_SCRIPT)
        end_data(reading);
    bool is_headline = effect == WD_TAG_H1 && reading->into == &reading->headline;
    bool is_title = effect == WD_TAG_TITLE && reading->into == &reading->title;
    if (is_headline)
        wd_content_headline(&reading->content, reading->text.size);
    if (is_headline || is_title)
        reading->into = &reading->text;
    else if (is_skipped(effect))
        reading->skipped -= reading->skipped > 0;
    reading->preserved -= effect == WD_TAG_PRE && reading->preserved > 0;
    part(reading->into, effect);
    return WD_OK;
}

/* Walks a tree as if it were read. */
static int walk(struct reading *reading, const struct wd_xml *root)
{
    const struct wd_xml *node = root;
    for (;;) {
        int r = node->name.data ? enter(reading, node->name.data,
                                        wd_xml_attribute(node, "class").data, NULL)
                                : on_text(reading, node->text.data, node->text.size);
        if (r < 0)
            return r;
        if (node->child) {
            node = node->child;
            continue;
        }
        for (;; node = node->parent) {
            r = node->name.data ? on_end(reading, node->name.data) : WD_OK;
            if (r < 0 || node == root)
                return r;
            if (node->next)
                break;
        }
        node = node->next;
    }
}

/* Room for all text that may come, in each flow that can get some. */
static int reading_open(struct reading *reading, size_t size)
{
    struct flow *flows[] = {&reading->text, &reading->headline, &reading->title};
    wd_content_open(&reading->content, reach_of(reading));
    reading->into = &reading->text;
    reading->room = size + 16;
    for (size_t i = 0; i < (reading->page ? 3 : 1); i++) {
        flows[i]->data = wd_arena_alloc(&reading->art->arena, reading->room);
        if (!flows[i]->data)
            return WD_ENOMEM;
    }
    return WD_OK;
}

static int reading_close(struct reading *reading, struct wd_str *ret_text)
{
    int r = wd_content_judge(&reading->content, reading->art, reading->text.data,
                             &reading->text.size);
    if (r < 0)
        return r;
    *ret_text = (struct wd_str){reading->text.data, reading->text.size};
    if (reading->page) {
        const struct flow *flow =
            reading->headline.size ? &reading->headline : &reading->title;
        reading->page->headline = (struct wd_str){flow->data, flow->size};
        reading->page->has_h1 = reading->headline.size > 0;
    }
    return wd_text_check(reading->art, *ret_text); /* we trust no library with that */
}

/* The parser opens a <p> before text that stands in nothing: "<a>Dell</a> today" would
 * become two paragraphs. */
static int put_in_block(struct reading *reading, struct wd_str *html)
{
    static const char block[] = "<div>";
    const size_t size = sizeof(block) - 1;
    char *copy = wd_arena_alloc(&reading->art->arena, size + html->size);
    if (!copy)
        return WD_ENOMEM;
    memcpy(copy, block, size);
    memcpy(copy + size, html->size ? html->data : "", html->size);
    *html = (struct wd_str){copy, size + html->size};
    reading->wrapped = 1;
    return WD_OK;
}

int wd_markup_text(struct wd_article *art, struct wd_str html, enum wd_markup_kind kind,
                   struct wd_page *ret_page, struct wd_str *ret_text)
{
    static const struct wd_html_events events = {on_start, on_end, on_text};
    struct wd_page page = {0};
    struct reading reading = {.art = art, .page = ret_page ? &page : NULL, .kind = kind};

    int r = reading_open(&reading, html.size);
    if (r == WD_OK && !ret_page)
        r = put_in_block(&reading, &html);
    if (r == WD_OK)
        r = wd_html_parse(html, &events, &reading);
    if (r == WD_OK)
        r = reading_close(&reading, ret_text);
    if (r == WD_OK && ret_page)
        *ret_page = page;
    return r;
}

int wd_markup_tree(struct wd_article *art, const struct wd_xml *root,
                   enum wd_markup_kind kind, struct wd_page *ret_page,
                   struct wd_str *ret_text)
{
    struct wd_page page = {0};
    struct reading reading = {.art = art, .page = ret_page ? &page : NULL, .kind = kind};
    size_t size = 0;

    for (const struct wd_xml *node = NULL; (node = wd_xml_next(root, node));)
        size += node->text.size + 4; /* a break before and after */
    int r = reading_open(&reading, size);
    if (r == WD_OK)
        r = walk(&reading, root);
    if (r == WD_OK)
        r = reading_close(&reading, ret_text);
    if (r == WD_OK && ret_page)
        *ret_page = page;
    return r;
}

/* The code point that the reference at `str` (behind its "&") names, 0 when it is none;
 * *ret_size gets its bytes up to and with the semicolon. */
static uint32_t reference(struct wd_str str, size_t *ret_size)
{
    const char *end = memchr(str.data, ';', str.size < 12 ? str.size : 12);
    if (!end || end == str.data)
        return 0;
    *ret_size = (size_t)(end - str.data) + 1;

    char name[12];
    size_t size = *ret_size - 1;
    memcpy(name, str.data, size);
    name[size] = '\0';
    if (name[0] != '#') {
        return wd_html_entity(name);
    }
    bool is_hex = name[1] == 'x' || name[1] == 'X';
    const char *digits = name + (is_hex ? 2 : 1);
    char *rest;
    unsigned long cp = strtoul(digits, &rest, is_hex ? 16 : 10);
    bool is_number = digits[0] && strchr("0123456789abcdefABCDEF", digits[0]) && !*rest;
    bool is_scalar = cp < 0xd800 || (cp > 0xdfff && cp <= 0x10ffff);
    bool is_text = cp >= 0x20 || cp == '\n' || cp == '\t';
    return is_number && is_scalar && is_text ? (uint32_t)cp : 0;
}

int wd_markup_unescape(struct wd_arena *arena, struct wd_str str, struct wd_str *ret_str)
{
    const char *mark = str.size ? memchr(str.data, '&', str.size) : NULL;
    *ret_str = str;
    if (!mark)
        return WD_OK;
    char *out = wd_arena_alloc(arena, str.size + 4);
    if (!out)
        return WD_ENOMEM;

    size_t size = 0;
    for (size_t i = 0; i < str.size;) {
        size_t used;
        uint32_t cp = 0;
        if (str.data[i] == '&')
            cp = reference((struct wd_str){str.data + i + 1, str.size - i - 1}, &used);
        if (cp) {
            size += wd_utf8_encode(cp, out + size);
            i += 1 + used;
        } else {
            out[size++] = str.data[i++];
        }
    }
    *ret_str = (struct wd_str){out, size};
    return WD_OK;
}
