/* markup.c -- the one file that knows libxml2.
 *
 * libxml2 reads HTML as it is found, and calls us for each tag and each run of text; we
 * build no tree. A tree would cost twice the time, and beyond 256 levels libxml2 drops
 * the rest of the text without a word. We count levels ourselves and refuse past a bound,
 * since some steps of the parser walk all open elements. Nothing outside of the bytes is
 * ever loaded: the HTML parser knows no external entities, and NONET is set all the same.
 *
 * The text never gets longer than its markup: each break that we write stands for a tag
 * of at least three bytes, and no reference is shorter than the letter that it names. So
 * one block of the size of the input takes it. SPDX-License-Identifier: Apache-2.0 */
#include "markup.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <strings.h>

#include "../utf8.h"
#include "text.h"

#define DEPTH_MAX 512

enum effect {
    INLINE,
    BLOCK, /* an empty line before and after */
    LINE,  /* a line of its own */
    CELL,  /* a blank before and after */
    BREAK, /* ends a line, twice: a paragraph */
    PRE,   /* a block in which line ends count */
    SKIP,  /* its text is not for readers */
    H1,
    HTML,
    LINK,
    TITLE,
};

/* In order of name, for bsearch. Inline elements are here only to be known as tags. */
static const struct element {
    const char *name;
    enum effect effect;
} elements[] = {
    {"a", INLINE},      {"abbr", INLINE},   {"address", BLOCK},    {"article", BLOCK},
    {"aside", BLOCK},   {"b", INLINE},      {"blockquote", BLOCK}, {"body", BLOCK},
    {"br", BREAK},      {"button", SKIP},   {"caption", BLOCK},    {"center", BLOCK},
    {"cite", INLINE},   {"dd", LINE},       {"div", BLOCK},        {"dl", BLOCK},
    {"dt", LINE},       {"em", INLINE},     {"figcaption", BLOCK}, {"figure", BLOCK},
    {"font", INLINE},   {"footer", BLOCK},  {"form", BLOCK},       {"h1", H1},
    {"h2", BLOCK},      {"h3", BLOCK},      {"h4", BLOCK},         {"h5", BLOCK},
    {"h6", BLOCK},      {"head", SKIP},     {"header", BLOCK},     {"hr", BLOCK},
    {"html", HTML},     {"i", INLINE},      {"iframe", SKIP},      {"img", INLINE},
    {"li", LINE},       {"link", LINK},     {"main", BLOCK},       {"nav", BLOCK},
    {"noscript", SKIP}, {"object", SKIP},   {"ol", BLOCK},         {"option", SKIP},
    {"p", BLOCK},       {"pre", PRE},       {"q", INLINE},         {"s", INLINE},
    {"script", SKIP},   {"section", BLOCK}, {"select", SKIP},      {"small", INLINE},
    {"span", INLINE},   {"strong", INLINE}, {"style", SKIP},       {"sub", INLINE},
    {"summary", BLOCK}, {"sup", INLINE},    {"svg", SKIP},         {"table", BLOCK},
    {"td", CELL},       {"template", SKIP}, {"textarea", SKIP},    {"th", CELL},
    {"time", INLINE},   {"title", TITLE},   {"tr", LINE},          {"tt", INLINE},
    {"u", INLINE},      {"ul", BLOCK},      {"video", SKIP},
};

#define N_ELEMENTS (sizeof(elements) / sizeof(elements[0]))

/* One run of text under way. */
struct flow {
    char *data;
    size_t size;
    unsigned breaks; /* line ends due before the next letter, 2 at most */
    bool is_spaced;  /* a blank is due */
};

struct reading {
    struct wd_article *art;
    htmlParserCtxtPtr parser;
    struct wd_page *page; /* NULL: a fragment */
    struct flow text;
    struct flow headline;
    struct flow title;
    struct flow *into; /* the one of them that letters go to */
    size_t room;       /* of each */
    unsigned depth;
    unsigned skipped;   /* open elements whose text is left out */
    unsigned preserved; /* open <pre>s */
    int status;
};

void wd_markup_init(void)
{
    xmlInitParser();
}

static int compare_element(const void *key, const void *element)
{
    return strcasecmp(key, ((const struct element *)element)->name);
}

static const struct element *find_element(const char *name)
{
    return bsearch(name, elements, N_ELEMENTS, sizeof(elements[0]), compare_element);
}

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

static void stop(struct reading *reading, int status)
{
    reading->status = status;
    xmlStopParser(reading->parser);
}

static void on_text(void *data, const xmlChar *bytes, int size)
{
    struct reading *reading = data;
    struct flow *flow = reading->into;

    if (reading->skipped && flow == &reading->text)
        return;
    if (flow->size + (size_t)size + 2 > reading->room) {
        stop(reading, WD_ELIMIT);
        return;
    }
    for (int i = 0; i < size; i++) {
        char c = (char)bytes[i];
        if (c == '\n' && reading->preserved) {
            flow_break(flow, flow->breaks < 2 ? flow->breaks + 1 : 2);
        } else if (is_space(c)) {
            flow->is_spaced = true;
        } else {
            flow_settle(flow);
            flow->data[flow->size++] = c;
        }
    }
}

static const char *attribute(const xmlChar **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2) {
        if (strcasecmp((const char *)attributes[0], name) == 0)
            return (const char *)attributes[1];
    }
    return NULL;
}

static void keep_attribute(struct reading *reading, const char *value,
                           struct wd_str *into)
{
    if (!value || into->size)
        return;
    *into = wd_arena_copy(&reading->art->arena, wd_str_from(value));
    if (!into->data)
        stop(reading, WD_ENOMEM);
}

static void on_link(struct reading *reading, const xmlChar **attributes)
{
    const char *rel = attribute(attributes, "rel");
    if (rel && strcasecmp(rel, "canonical") == 0)
        keep_attribute(reading, attribute(attributes, "href"), &reading->page->url);
}

/* The first h1 and the first title of a page go to flows of their own. */
static bool divert(struct reading *reading, struct flow *flow)
{
    if (!reading->page || flow->size || reading->into != &reading->text)
        return false;
    reading->into = flow;
    return true;
}

static void on_start(void *data, const xmlChar *name, const xmlChar **attributes)
{
    struct reading *reading = data;
    const struct element *element = find_element((const char *)name);

    if (++reading->depth > DEPTH_MAX) {
        stop(reading, WD_EDEPTH);
        return;
    }
    switch (element ? element->effect : INLINE) {
    case INLINE:
        break;
    case H1:
        if (divert(reading, &reading->headline))
            break;
        flow_break(reading->into, 2);
        break;
    case BLOCK:
        flow_break(reading->into, 2);
        break;
    case PRE:
        flow_break(reading->into, 2);
        reading->preserved++;
        break;
    case LINE:
        flow_break(reading->into, 1);
        break;
    case CELL:
        reading->into->is_spaced = true;
        break;
    case BREAK:
        flow_break(reading->into, reading->into->breaks ? 2 : 1);
        break;
    case SKIP:
        reading->skipped++;
        break;
    case HTML:
        if (reading->page)
            keep_attribute(reading, attribute(attributes, "lang"),
                           &reading->page->language);
        break;
    case LINK:
        if (reading->page)
            on_link(reading, attributes);
        break;
    case TITLE:
        if (!divert(reading, &reading->title))
            reading->skipped++;
        break;
    }
}

static void on_end(void *data, const xmlChar *name)
{
    struct reading *reading = data;
    const struct element *element = find_element((const char *)name);

    reading->depth -= reading->depth > 0;
    switch (element ? element->effect : INLINE) {
    case INLINE:
    case BREAK:
    case HTML:
    case LINK:
        break;
    case H1:
        if (reading->into == &reading->headline)
            reading->into = &reading->text;
        flow_break(reading->into, 2);
        break;
    case TITLE:
        if (reading->into == &reading->title)
            reading->into = &reading->text;
        else
            reading->skipped -= reading->skipped > 0;
        break;
    case PRE:
        reading->preserved -= reading->preserved > 0;
        flow_break(reading->into, 2);
        break;
    case BLOCK:
        flow_break(reading->into, 2);
        break;
    case LINE:
        flow_break(reading->into, 1);
        break;
    case CELL:
        reading->into->is_spaced = true;
        break;
    case SKIP:
        reading->skipped -= reading->skipped > 0;
        break;
    }
}

static int reading_run(struct reading *reading, struct wd_str html)
{
    static const htmlSAXHandler handler = {
        .startElement = on_start,
        .endElement = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
    };
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                        HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED | HTML_PARSE_NODEFDTD;

    reading->parser = htmlNewParserCtxt();
    if (!reading->parser)
        return WD_ENOMEM;
    *reading->parser->sax = handler;
    reading->parser->userData = reading;
    htmlDocPtr doc = htmlCtxtReadMemory(reading->parser, html.data, (int)html.size, NULL,
                                        "UTF-8", options);
    if (reading->status == WD_OK && reading->parser->errNo == XML_ERR_NO_MEMORY)
        reading->status = WD_ENOMEM;
    xmlFreeDoc(doc); /* never made: no handler of ours does */
    htmlFreeParserCtxt(reading->parser);
    return reading->status;
}

static int refuse(struct wd_article *art, int status)
{
    if (status == WD_EDEPTH)
        return wd_article_refuse(art, status, WD_NO_OFFSET,
                                 "the HTML is nested more than %d deep", DEPTH_MAX);
    if (status == WD_ELIMIT)
        return wd_article_refuse(art, status, WD_NO_OFFSET,
                                 "the HTML holds more text than bytes");
    return status;
}

int wd_markup_text(struct wd_article *art, struct wd_str html, struct wd_page *ret_page,
                   struct wd_str *ret_text)
{
    struct wd_page page = {0};
    struct reading reading = {.art = art, .page = ret_page ? &page : NULL};
    struct flow *flows[] = {&reading.text, &reading.headline, &reading.title};

    reading.into = &reading.text;
    reading.room = html.size + 16;
    for (size_t i = 0; i < (ret_page ? 3 : 1); i++) {
        flows[i]->data = wd_arena_alloc(&art->arena, reading.room);
        if (!flows[i]->data)
            return WD_ENOMEM;
    }
    int r = html.size > INT32_MAX ? WD_ELIMIT : reading_run(&reading, html);
    if (r < 0)
        return refuse(art, r);

    *ret_text = (struct wd_str){reading.text.data, reading.text.size};
    int checked = wd_text_check(art, *ret_text); /* we trust no library with that */
    if (ret_page) {
        const struct flow *flow =
            reading.headline.size ? &reading.headline : &reading.title;
        page.headline = (struct wd_str){flow->data, flow->size};
        *ret_page = page;
    }
    return checked;
}

static size_t letters(struct wd_str str)
{
    size_t size = 0;
    while (size < str.size &&
           ((str.data[size] | 32) >= 'a' && (str.data[size] | 32) <= 'z'))
        size++;
    return size;
}

/* `str` starts behind a "<". */
static bool is_tag(struct wd_str str)
{
    char name[16];
    bool is_closing = str.size && str.data[0] == '/';
    if (is_closing)
        str = (struct wd_str){str.data + 1, str.size - 1};
    size_t size = letters(str);
    if (size < str.size && str.data[size] >= '1' && str.data[size] <= '6')
        size++; /* h1 */
    if (size == 0 || size >= sizeof(name) || size == str.size)
        return false;
    char next = str.data[size];
    if (next != '>' && next != '/' && !is_space(next))
        return false;
    memcpy(name, str.data, size);
    name[size] = '\0';
    const struct element *element = find_element(name);
    return element &&
           (is_closing || element->effect != INLINE || strcasecmp(name, "img") == 0);
}

bool wd_markup_is_html(struct wd_str str)
{
    while (str.size) {
        const char *open = memchr(str.data, '<', str.size);
        if (!open)
            return false;
        str = (struct wd_str){open + 1, (size_t)(str.data + str.size - open - 1)};
        if (is_tag(str))
            return memchr(str.data, '>', str.size) != NULL;
    }
    return false;
}

bool wd_markup_starts_html(struct wd_str str)
{
    return str.size && str.data[0] == '<' &&
           is_tag((struct wd_str){str.data + 1, str.size - 1});
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
        const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
        return entity ? entity->value : 0;
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
