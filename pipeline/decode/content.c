/* content.c -- keeps of a page's markup what is needed to tell its article: for each run
 * of text how much of it is linked and in which element it stands, and for each of these
 * elements which one it is in. An element is noted only when text comes in it, and only
 * when it parts text: so there are no more of them than letters, and each costs the same
 * however deep it is. SPDX-License-Identifier: Apache-2.0 */
#include "content.h"

void wd_content_open(struct wd_content *content, enum wd_content_reach reach)
{
    *content = (struct wd_content){.reach = reach, .headline_at = UINT32_MAX};
    content->levels[0].node = WD_CONTENT_NONE;
}

static bool is_parting(enum wd_tag_effect effect)
{
    return effect == WD_TAG_BLOCK || effect == WD_TAG_LINE || effect == WD_TAG_CELL ||
           effect == WD_TAG_PRE || effect == WD_TAG_H1;
}

void wd_content_enter(struct wd_content *content, const char *name,
                      enum wd_tag_effect effect, const char *const *attributes)
{
    const struct wd_content_level *around = &content->levels[content->depth];
    struct wd_content_level *level = &content->levels[++content->depth];
    *level = (struct wd_content_level){.node = WD_CONTENT_NONE, .outer = around->outer};
    if (is_parting(effect))
        level->outer = (uint16_t)content->depth;
    wd_content_read(level, name, effect, attributes, content->reach,
                    content->n_articles > 0);
    content->n_links += (level->traits & WD_CONTENT_LINK) != 0;
    content->n_articles += (level->traits & WD_CONTENT_OWN) != 0;
}

void wd_content_leave(struct wd_content *content)
{
    if (content->depth == 0)
        return;
    const struct wd_content_level *level = &content->levels[content->depth--];
    content->n_links -= (level->traits & WD_CONTENT_LINK) != 0;
    content->n_articles -= (level->traits & WD_CONTENT_OWN) != 0;
}

void wd_content_headline(struct wd_content *content, size_t at)
{
    content->headline_at = (uint32_t)at;
    for (unsigned i = 0; i <= content->depth; i++) {
        content->levels[i].traits |= WD_CONTENT_HEADLINE;
        if (content->levels[i].node != WD_CONTENT_NONE)
            content->nodes[content->levels[i].node].traits |= WD_CONTENT_HEADLINE;
    }
}

static int add_node(struct wd_content *content, struct wd_arena *arena,
                    struct wd_content_level *level)
{
    struct wd_content_node *nodes = wd_arena_make_room(
        arena, content->nodes, content->n_nodes, &content->node_room, sizeof(*nodes));
    if (!nodes)
        return WD_ENOMEM;
    content->nodes = nodes;
    level->node = (uint32_t)content->n_nodes++;
    nodes[level->node] =
        (struct wd_content_node){.hint = level->hint, .traits = level->traits};
    return WD_OK;
}

/* Notes the innermost element that parts text, and those around it. */
static int open_nodes(struct wd_content *content, struct wd_arena *arena)
{
    struct wd_content_level *levels = content->levels;
    uint16_t path[WD_CONTENT_DEPTH_MAX];
    size_t n = 0;
    int r = content->n_nodes ? WD_OK : add_node(content, arena, &levels[0]);
    uint16_t at = levels[content->depth].outer;
    for (; r == WD_OK && levels[at].node == WD_CONTENT_NONE; at = levels[at - 1].outer)
        path[n++] = at;
    for (; r == WD_OK && n > 0; at = path[n]) {
        r = add_node(content, arena, &levels[path[--n]]);
        if (r == WD_OK)
            content->nodes[levels[path[n]].node].parent = levels[at].node;
    }
    return r;
}

int wd_content_part(struct wd_content *content, struct wd_arena *arena, size_t at)
{
    int r = open_nodes(content, arena);
    if (r < 0)
        return r;
    struct wd_content_block *blocks = wd_arena_make_room(
        arena, content->blocks, content->n_blocks, &content->block_room, sizeof(*blocks));
    if (!blocks)
        return WD_ENOMEM;
    content->blocks = blocks;
    uint16_t level = content->levels[content->depth].outer;
    blocks[content->n_blocks++] = (struct wd_content_block){
        .node = content->levels[level].node,
        .start = (uint32_t)at,
        .end = (uint32_t)at,
    };
    return WD_OK;
}

void wd_content_add(struct wd_content *content, size_t size, size_t end)
{
    struct wd_content_block *block = &content->blocks[content->n_blocks - 1];
    uint32_t in_block = (uint32_t)end - block->start;
    block->end = (uint32_t)end;
    if (content->n_links > 0)
        block->linked += size < in_block ? (uint32_t)size : in_block;
}
