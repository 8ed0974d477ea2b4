/* content_judge.c -- which part of a page is its article.
 *
 * An article is where the paragraphs are: runs of text of some length that end as
 * sentences do and are mostly not linked. The box is the innermost element that holds
 * nearly all of the page's prose, or most of it where its name says what it is. What
 * stands outside is the page's, but for what comes between the headline and the box: a
 * standfirst, a byline, a date, of which cleaning knows what is what. Within the box goes
 * what elements say of themselves (menus, comments, boxes of links), and lines that are
 * links from end to end.
 *
 * No word of a class is sure: "has-sidebar" may stand on <body>. It is not believed of an
 * element that has the headline in it or most of the prose; and where it would leave no
 * text at all, nothing is. SPDX-License-Identifier: Apache-2.0 */
#include "content.h"

enum {
    PROSE_MIN = 80,           /* bytes of a paragraph: some twelve words */
    PROSE_LINKED_MAX = 30,    /* percent of it */
    LINKED_MIN = 95,          /* percent of a line that is a link */
    AUTHOR_BYTES_MAX = 40,    /* of one above the prose that may be a name */
    HINTED_MAX = 50,          /* percent of the prose that furniture may hold … */
    HINTED_COMMENTS_MAX = 80, /* … and what readers write */
    BOX_MIN = 80,             /* percent of the prose that is in the box … */
    NAMED_BOX_MIN = 45,       /* … and in one that is named so … */
    HEADED_BOX_MIN = 25,      /* … and has the headline in it */
    STOP_BYTES = 6,           /* a stop and the quotation marks behind it */
};

static bool is_share(uint64_t part, unsigned percent, uint64_t all)
{
    return part * 100 >= all * percent;
}

static bool is_stop(struct wd_str text)
{
    static const struct wd_str stops[] = {WD_STR("."), WD_STR("!"),  WD_STR("?"),
                                          WD_STR("…"), WD_STR("。"), WD_STR("।")};
    for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
        if (text.size >= stops[i].size &&
            memcmp(text.data, stops[i].data, stops[i].size) == 0)
            return true;
    }
    return false;
}

static bool ends_sentence(struct wd_str text)
{
    for (size_t n = 1; n <= STOP_BYTES && n <= text.size; n++) {
        if (is_stop((struct wd_str){text.data + text.size - n, n}))
            return true;
    }
    return false;
}

/* Counts the prose of each element, but for what is hinted at as furniture. */
static void count_prose(struct wd_content *content)
{
    struct wd_content_node *nodes = content->nodes;
    for (size_t i = 0; i < content->n_nodes; i++)
        nodes[i].prose = 0;
    for (size_t i = 0; i < content->n_blocks; i++) {
        struct wd_content_node *node = &nodes[content->blocks[i].node];
        node->prose += node->hint ? 0 : content->blocks[i].prose;
    }
    for (size_t i = content->n_nodes; i-- > 1;)
        nodes[nodes[i].parent].prose += nodes[i].prose;
}

static void weigh_blocks(struct wd_content *content, const char *text)
{
    for (size_t i = 0; i < content->n_blocks; i++) {
        struct wd_content_block *block = &content->blocks[i];
        const uint32_t size = block->end - block->start;
        bool is_prose = size >= PROSE_MIN &&
                        !is_share(block->linked, PROSE_LINKED_MAX, size) &&
                        ends_sentence((struct wd_str){text + block->start, size});
        block->prose = is_prose ? size : 0;
    }
}

/* Takes back hints that hold too much, and hands the others down. */
static void settle_hints(struct wd_content *content)
{
    struct wd_content_node *nodes = content->nodes;
    /* All prose is counted here, hinted at or not. */
    for (size_t i = 0; i < content->n_blocks; i++)
        nodes[content->blocks[i].node].prose += content->blocks[i].prose;
    for (size_t i = content->n_nodes; i-- > 1;)
        nodes[nodes[i].parent].prose += nodes[i].prose;
    const uint32_t all = nodes[0].prose;
    for (size_t i = 1; i < content->n_nodes; i++) {
        unsigned most =
            nodes[i].hint == WD_CONTENT_HINT(SOCIAL) ? HINTED_COMMENTS_MAX : HINTED_MAX;
        bool is_too_much = all > 0 && is_share(nodes[i].prose, most, all);
        if (is_too_much || (nodes[i].traits & WD_CONTENT_HEADLINE))
            nodes[i].hint = WD_CONTENT_NO_HINT;
        if (nodes[nodes[i].parent].hint)
            nodes[i].hint = nodes[nodes[i].parent].hint;
    }
}

/* Percent of the prose that `node` must hold to be the box. */
static unsigned least_share(const struct wd_content_node *node)
{
    if ((node->traits & WD_CONTENT_NAMED) == 0)
        return BOX_MIN;
    return node->traits & WD_CONTENT_HEADLINE ? HEADED_BOX_MIN : NAMED_BOX_MIN;
}

/* The element that holds the article; the outermost one when none is told. */
static uint32_t find_box(const struct wd_content *content)
{
    const struct wd_content_node *nodes = content->nodes;
    uint32_t whole = nodes[0].prose; /* of the page, or of what is named an article */
    uint32_t box = 0;
    for (uint32_t i = 1; whole > 0 && i < content->n_nodes; i++) {
        if (nodes[i].parent != box || (nodes[i].traits & WD_CONTENT_BOX) == 0 ||
            !is_share(nodes[i].prose, least_share(&nodes[i]), whole))
            continue;
        box = i;
        if (nodes[i].traits & WD_CONTENT_NAMED)
            whole = nodes[i].prose;
    }
    return box;
}

/* The first paragraph in the box; n_blocks when there is none. */
static size_t enter_box(struct wd_content *content, uint32_t box)
{
    struct wd_content_node *nodes = content->nodes;
    for (size_t i = 0; i < content->n_nodes; i++)
        nodes[i].is_boxed = i == box || nodes[nodes[i].parent].is_boxed;
    for (size_t i = 0; i < content->n_blocks; i++) {
        const struct wd_content_node *node = &nodes[content->blocks[i].node];
        if (node->is_boxed && !node->hint && content->blocks[i].prose)
            return i;
    }
    return content->n_blocks;
}

static bool is_link(const struct wd_content_block *block, const char *text)
{
    struct wd_str line = {text + block->start, block->end - block->start};
    return is_share(block->linked, LINKED_MIN, line.size) && !ends_sentence(line);
}

static void judge_blocks(struct wd_content *content, const char *text)
{
    const uint32_t box = content->reach == WD_CONTENT_PAGE ? find_box(content) : 0;
    const size_t first = enter_box(content, box);
    for (size_t i = 0; i < content->n_blocks; i++) {
        struct wd_content_block *block = &content->blocks[i];
        const struct wd_content_node *node = &content->nodes[block->node];
        bool is_head = i < first && block->start >= content->headline_at;
        block->hint = node->hint;
        if (is_head && block->prose && node->hint == WD_CONTENT_HINT(RELATED))
            block->hint = WD_CONTENT_NO_HINT; /* some call the standfirst a teaser */
        if (block->hint || content->reach != WD_CONTENT_PAGE)
            continue;
        if (!node->is_boxed && !is_head)
            block->hint =
                block->prose ? WD_CONTENT_HINT(RELATED) : WD_CONTENT_HINT(NAVIGATION);
        else if (is_link(block, text) &&
                 (!is_head || block->end - block->start > AUTHOR_BYTES_MAX))
            block->hint = WD_CONTENT_HINT(RELATED);
    }
}

static bool has_text(const struct wd_content *content)
{
    for (size_t i = 0; i < content->n_blocks; i++) {
        if (!content->blocks[i].hint)
            return true;
    }
    return false;
}

/* Moves the text up where menus lose their line ends. */
static int write_out(struct wd_content *content, struct wd_article *art, char *text,
                     size_t *size)
{
    const uint8_t menu = WD_CONTENT_HINT(NAVIGATION);
    size_t at = 0, before = 0, start = 0;
    for (size_t i = 0; i < content->n_blocks; i++) {
        const struct wd_content_block *block = &content->blocks[i];
        const size_t length = block->end - block->start;
        bool is_joined =
            i > 0 && block->hint == menu && content->blocks[i - 1].hint == menu;
        if (is_joined) {
            text[at++] = ' ';
        } else {
            memmove(text + at, text + before, block->start - before);
            at += block->start - before;
            start = at;
        }
        memmove(text + at, text + block->start, length);
        at += length;
        before = block->end;
        bool is_last = i + 1 == content->n_blocks || content->blocks[i + 1].hint != menu;
        if (!block->hint || (block->hint == menu && !is_last))
            continue;
        int r = wd_article_add_aside(art, (struct wd_str){text + start, at - start},
                                     (enum wd_furniture_kind)(block->hint - 1));
        if (r < 0)
            return r;
    }
    *size = at;
    return WD_OK;
}

int wd_content_judge(struct wd_content *content, struct wd_article *art, char *text,
                     size_t *size)
{
    if (content->n_blocks == 0)
        return WD_OK;
    weigh_blocks(content, text);
    settle_hints(content);
    count_prose(content);
    judge_blocks(content, text);
    return has_text(content) ? write_out(content, art, text, size) : WD_OK;
}
