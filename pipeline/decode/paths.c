/* paths.c -- reads an XML document by a table, as fields.c reads a JSON object. The news
 * formats say the same things in different places; so each reader is mostly a table.
 * SPDX-License-Identifier: Apache-2.0 */
#include "paths.h"

#include "text.h"

struct search {
    struct wd_article *art;
    enum wd_field_kind kind;
    struct wd_str *member;
};

int wd_meta_take(struct wd_article *art, enum wd_field_kind kind, struct wd_str str,
                 struct wd_str *member)
{
    if (member->size || wd_text_is_blank(str))
        return WD_OK;
    return wd_field_string(art, kind, str, member);
}

static int add_name(struct search *search, struct wd_str str)
{
    struct wd_str name, *names = search->member;
    int r = wd_field_line(search->art, str, &name);
    if (r < 0 || name.size == 0)
        return r;
    if (names->size == 0) {
        *names = name;
        return WD_OK;
    }
    char *joined = wd_arena_alloc(&search->art->arena, names->size + 2 + name.size);
    if (!joined)
        return WD_ENOMEM;
    memcpy(joined, names->data, names->size);
    memcpy(joined + names->size, ", ", 2);
    memcpy(joined + names->size + 2, name.data, name.size);
    *names = (struct wd_str){joined, names->size + 2 + name.size};
    return WD_OK;
}

/* One place that was found. */
static int take(struct search *search, const struct wd_xml *node, const char *attribute)
{
    struct wd_str str = {0};
    int r = WD_OK;
    if (attribute)
        str = wd_xml_attribute(node, attribute);
    else
        r = wd_xml_text(search->art, node, &str);
    if (r < 0)
        return r;
    return search->kind == WD_FIELD_NAMES
               ? add_name(search, str)
               : wd_meta_take(search->art, search->kind, str, search->member);
}

static bool is_step(const struct wd_xml *node, struct wd_str step)
{
    if (!node->name.data)
        return false;
    if (step.size > 2 && memcmp(step.data, "*:", 2) == 0)
        return wd_str_equal(node->name, (struct wd_str){step.data + 2, step.size - 2});
    return wd_str_equal(node->name, step) &&
           (!node->parent || wd_str_equal(node->space, node->parent->space));
}

static bool is_done(const struct search *search)
{
    return search->member->size && search->kind != WD_FIELD_NAMES;
}

/* `place` starts at a child of `node`. Its few steps bound the recursion. */
static int follow(struct search *search, const struct wd_xml *node, const char *place)
{
    if (place[0] == '\0' || place[0] == '@')
        return take(search, node, place[0] ? place + 1 : NULL);
    struct wd_str step = {place, strcspn(place, "/@")};
    const char *rest = place + step.size + (place[step.size] == '/');

    for (const struct wd_xml *child = node->child; child && !is_done(search);
         child = child->next) {
        int r = is_step(child, step) ? follow(search, child, rest) : WD_OK;
        if (r < 0)
            return r;
    }
    return WD_OK;
}

/* From any element on that has a child of the first step. */
static int follow_anywhere(struct search *search, const struct wd_xml *root,
                           const char *place)
{
    int r = follow(search, root, place);
    for (const struct wd_xml *node = NULL;
         r == WD_OK && !search->member->size && (node = wd_xml_next(root, node));)
        r = follow(search, node, place);
    return r;
}

int wd_paths_read(struct wd_article *art, const struct wd_xml *root,
                  const struct wd_path *paths)
{
    for (const struct wd_path *path = paths; root && path->places[0]; path++) {
        struct wd_str *member =
            (struct wd_str *)(void *)((char *)&art->facts.meta + path->member);
        struct search search = {art, path->kind, member};
        for (const char *const *place = path->places; *place && !member->size; place++) {
            bool is_anywhere = strncmp(*place, "//", 2) == 0;
            int r = is_anywhere ? follow_anywhere(&search, root, *place + 2)
                                : follow(&search, root, *place);
            if (r < 0)
                return r;
        }
    }
    return WD_OK;
}
