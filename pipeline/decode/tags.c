/* tags.c -- which names are tags, and what each does to the text around it. HTML's are
 * also how we tell HTML from prose that has a "<" in it: a tag that parts text, or any
 * closing one, is no accident; an address in angle brackets or "<3" is none of them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "tags.h"

#include <stdlib.h>

#include "base/ascii.h"

/* In order of name, for bsearch. Inline elements are here only to be known as tags. */
static const struct element {
    const char *name;
    enum wd_tag_effect effect;
} elements[] = {
    {"a", WD_TAG_INLINE},         {"abbr", WD_TAG_INLINE},   {"address", WD_TAG_BLOCK},
    {"article", WD_TAG_BLOCK},    {"aside", WD_TAG_BLOCK},   {"b", WD_TAG_INLINE},
    {"blockquote", WD_TAG_BLOCK}, {"body", WD_TAG_BLOCK},    {"br", WD_TAG_BREAK},
    {"button", WD_TAG_SKIP},      {"caption", WD_TAG_BLOCK}, {"center", WD_TAG_BLOCK},
    {"cite", WD_TAG_INLINE},      {"dd", WD_TAG_LINE},       {"div", WD_TAG_BLOCK},
    {"dl", WD_TAG_BLOCK},         {"dt", WD_TAG_LINE},       {"em", WD_TAG_INLINE},
    {"figcaption", WD_TAG_BLOCK}, {"figure", WD_TAG_BLOCK},  {"font", WD_TAG_INLINE},
    {"footer", WD_TAG_BLOCK},     {"form", WD_TAG_BLOCK},    {"h1", WD_TAG_H1},
    {"h2", WD_TAG_BLOCK},         {"h3", WD_TAG_BLOCK},      {"h4", WD_TAG_BLOCK},
    {"h5", WD_TAG_BLOCK},         {"h6", WD_TAG_BLOCK},      {"head", WD_TAG_SKIP},
    {"header", WD_TAG_BLOCK},     {"hr", WD_TAG_BLOCK},      {"html", WD_TAG_HTML},
    {"i", WD_TAG_INLINE},         {"iframe", WD_TAG_SKIP},   {"img", WD_TAG_INLINE},
    {"li", WD_TAG_LINE},          {"link", WD_TAG_LINK},     {"main", WD_TAG_BLOCK},
    {"meta", WD_TAG_META},        {"nav", WD_TAG_BLOCK},     {"noscript", WD_TAG_SKIP},
    {"object", WD_TAG_SKIP},      {"ol", WD_TAG_BLOCK},      {"option", WD_TAG_SKIP},
    {"p", WD_TAG_BLOCK},          {"pre", WD_TAG_PRE},       {"q", WD_TAG_INLINE},
    {"s", WD_TAG_INLINE},         {"script", WD_TAG_SCRIPT}, {"section", WD_TAG_BLOCK},
    {"select", WD_TAG_SKIP},      {"small", WD_TAG_INLINE},  {"span", WD_TAG_INLINE},
    {"strong", WD_TAG_INLINE},    {"style", WD_TAG_SKIP},    {"sub", WD_TAG_INLINE},
    {"summary", WD_TAG_BLOCK},    {"sup", WD_TAG_INLINE},    {"svg", WD_TAG_SKIP},
    {"table", WD_TAG_BLOCK},      {"td", WD_TAG_CELL},       {"template", WD_TAG_SKIP},
    {"textarea", WD_TAG_SKIP},    {"th", WD_TAG_CELL},       {"time", WD_TAG_INLINE},
    {"title", WD_TAG_TITLE},      {"tr", WD_TAG_LINE},       {"tt", WD_TAG_INLINE},
    {"u", WD_TAG_INLINE},         {"ul", WD_TAG_BLOCK},      {"video", WD_TAG_SKIP},
};

#define N_ELEMENTS (sizeof(elements) / sizeof(elements[0]))

/* What NITF has beside the names that it shares with HTML. A <media> is a picture with
 * its caption; what describes a table is not in it. */
static const struct element nitf_elements[] = {
    {"bibliography", WD_TAG_SKIP},  {"block", WD_TAG_BLOCK},
    {"body.content", WD_TAG_BLOCK}, {"body.end", WD_TAG_BLOCK},
    {"body.head", WD_TAG_SKIP},     {"bq", WD_TAG_BLOCK},
    {"byline", WD_TAG_BLOCK},       {"credit", WD_TAG_BLOCK},
    {"datasource", WD_TAG_BLOCK},   {"dateline", WD_TAG_BLOCK},
    {"fn", WD_TAG_BLOCK},           {"hedline", WD_TAG_BLOCK},
    {"hl1", WD_TAG_BLOCK},          {"hl2", WD_TAG_BLOCK},
    {"media", WD_TAG_SKIP},         {"media-caption", WD_TAG_SKIP},
    {"nitf-table", WD_TAG_BLOCK},   {"nitf-table-metadata", WD_TAG_SKIP},
    {"note", WD_TAG_BLOCK},         {"pronounce", WD_TAG_SKIP},
    {"tagline", WD_TAG_BLOCK},
};

static int compare_element(const void *key, const void *element)
{
    return wd_ascii_compare(key, ((const struct element *)element)->name);
}

static const struct element *find_element(const char *name)
{
    return bsearch(name, elements, N_ELEMENTS, sizeof(elements[0]), compare_element);
}

enum wd_tag_effect wd_tag_effect(enum wd_markup_kind kind, const char *name)
{
    const struct element *element = NULL;
    if (kind == WD_MARKUP_NITF)
        element =
            bsearch(name, nitf_elements, sizeof(nitf_elements) / sizeof(nitf_elements[0]),
                    sizeof(nitf_elements[0]), compare_element);
    if (!element)
        element = find_element(name);
    return element ? element->effect : WD_TAG_INLINE;
}

/* In order of name, for bsearch. */
static const struct part {
    const char *name;
    enum wd_tag_role role;
} page_parts[] = {
    {"article", WD_TAG_ROLE_ARTICLE},
    {"aside", WD_TAG_ROLE_ASIDE},
    {"blockquote", WD_TAG_ROLE_QUOTE},
    {"dl", WD_TAG_ROLE_TEXT},
    {"figcaption", WD_TAG_ROLE_CAPTION},
    {"footer", WD_TAG_ROLE_FOOTER},
    {"form", WD_TAG_ROLE_FORM},
    {"h2", WD_TAG_ROLE_TEXT},
    {"h3", WD_TAG_ROLE_TEXT},
    {"h4", WD_TAG_ROLE_TEXT},
    {"h5", WD_TAG_ROLE_TEXT},
    {"h6", WD_TAG_ROLE_TEXT},
    {"main", WD_TAG_ROLE_ARTICLE},
    {"nav", WD_TAG_ROLE_MENU},
    {"ol", WD_TAG_ROLE_TEXT},
    {"p", WD_TAG_ROLE_TEXT},
    {"ul", WD_TAG_ROLE_TEXT},
};

static int compare_part(const void *key, const void *part)
{
    return wd_ascii_compare(key, ((const struct part *)part)->name);
}

enum wd_tag_role wd_tag_role(const char *name)
{
    const struct part *part =
        bsearch(name, page_parts, sizeof(page_parts) / sizeof(page_parts[0]),
                sizeof(page_parts[0]), compare_part);
    return part ? part->role : WD_TAG_ROLE_NONE;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t letters(struct wd_str str)
{
    size_t size = 0;
    while (size < str.size && wd_ascii_is_letter(str.data[size]))
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
    return element && (is_closing || element->effect != WD_TAG_INLINE ||
                       wd_ascii_compare(name, "img") == 0);
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
