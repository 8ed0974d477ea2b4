/* show_text.c -- an article's text on the screen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Lines break at blanks. What stands between two blanks may have several styles (an
 * entity and the comma behind it), so it is collected first, measured, and printed in one
 * go. */
#include <string.h>

#include "marks.h"
#include "show.h"

enum { MARGIN = 5, PARTS_MAX = 32, LINE_LEAST = 20 };

struct part {
    struct wd_str text;
    const char *label; /* of an entity; NULL: none */
    const char *uri;   /* of an entity that is known; NULL: none */
    bool is_dim;
    bool is_bold;
    bool opens;  /* first part of an entity */
    bool closes; /* last part of an entity */
};

struct flow {
    const struct term *term;
    enum shade_depth depth;
    struct part parts[PARTS_MAX]; /* between two blanks */
    size_t n_parts;
    struct part blank; /* the style of the blank before them */
    bool has_blank;
    unsigned column;
    bool is_line_empty;
    bool is_text_begun;
};

static bool has_brackets(const struct flow *flow, const struct part *part)
{
    return part->label && flow->depth == SHADE_NONE;
}

static unsigned part_columns(const struct flow *flow, const struct part *part)
{
    unsigned columns = term_columns(part->text);

    if (has_brackets(flow, part) && part->opens)
        columns += 1;
    if (has_brackets(flow, part) && part->closes)
        columns += 2 + (unsigned)strlen(part->label);
    return columns;
}

static void print_part(const struct flow *flow, const struct part *part)
{
    const struct term *term = flow->term;
    bool is_inked = part->is_dim || part->is_bold;

    if (part->uri)
        term_link(term, part->uri);
    if (part->label)
        shade_on(term->out, flow->depth, part->label);
    else if (is_inked)
        term_ink(term, part->is_dim ? TERM_DIM : TERM_BOLD);
    if (has_brackets(flow, part) && part->opens)
        (void)fputc('[', term->out);
    term_put(term, part->text);
    if (has_brackets(flow, part) && part->closes)
        fprintf(term->out, "|%s]", part->label);
    if (part->label)
        shade_off(term->out, flow->depth);
    else if (is_inked)
        term_ink(term, TERM_PLAIN);
    if (part->uri)
        term_link(term, NULL);
}

/* Prints what was collected, on the next line if this one has no room. */
static void flush_parts(struct flow *flow)
{
    unsigned columns = 0;

    if (flow->n_parts == 0)
        return;
    for (size_t i = 0; i < flow->n_parts; i++)
        columns += part_columns(flow, &flow->parts[i]);
    if (!flow->is_line_empty && flow->column + 1 + columns > flow->term->width) {
        (void)fputc('\n', flow->term->out);
        flow->is_line_empty = true;
    }
    if (flow->is_line_empty) {
        fprintf(flow->term->out, "%*s", MARGIN, "");
        flow->column = MARGIN;
    } else if (flow->has_blank) {
        struct part blank = flow->blank;
        blank.text = WD_STR(" ");
        print_part(flow, &blank);
        flow->column++;
    }
    for (size_t i = 0; i < flow->n_parts; i++)
        print_part(flow, &flow->parts[i]);
    flow->column += columns;
    flow->is_line_empty = false;
    flow->has_blank = false;
    flow->n_parts = 0;
}

static void add_part(struct flow *flow, struct part part)
{
    if (flow->n_parts == PARTS_MAX)
        flush_parts(flow); /* a line may end here: nobody writes such text */
    flow->parts[flow->n_parts++] = part;
}

static void end_line(struct flow *flow)
{
    flush_parts(flow);
    if (!flow->is_line_empty)
        fputs("\n\n", flow->term->out);
    flow->is_line_empty = true;
    flow->has_blank = false;
}

/* Splits at blanks; line ends inside furniture count as blanks. */
static void add_words(struct flow *flow, struct part style)
{
    struct wd_str text = style.text;
    size_t at = 0;

    while (at < text.size) {
        size_t end = at;
        while (end < text.size && text.data[end] != ' ' && text.data[end] != '\n')
            end++;
        if (end > at) {
            struct part part = style;
            part.text = (struct wd_str){text.data + at, end - at};
            part.opens = style.label && at == 0;
            part.closes = style.label && end == text.size;
            add_part(flow, part);
        }
        if (end < text.size) {
            flush_parts(flow);
            flow->has_blank = true;
            flow->blank = (struct part){0};
            if (style.label && flow->depth != SHADE_NONE)
                flow->blank.label = style.label;
        }
        at = end + 1;
    }
}

static void put_mark(void *context, const struct mark *mark)
{
    struct flow *flow = context;

    switch (mark->kind) {
    case MARK_TEXT:
        add_words(flow, (struct part){.text = mark->text, .is_bold = mark->is_headline});
        break;
    case MARK_ENTITY:
        add_words(flow, (struct part){.text = mark->text,
                                      .label = mark->name,
                                      .uri = mark->uri,
                                      .is_bold = mark->is_headline});
        break;
    case MARK_FURNITURE:
        add_words(flow, (struct part){.text = mark->text, .is_dim = true});
        break;
    case MARK_LINE_END:
        end_line(flow);
        break;
    }
}

bool show_text(const struct term *term, enum shade_depth depth, const json_t *enriched)
{
    struct flow flow = {.term = term, .depth = depth, .is_line_empty = true};
    return marks_walk(enriched, put_mark, &flow);
}

void show_legend(const struct term *term, enum shade_depth depth)
{
    if (depth == SHADE_NONE)
        return;
    for (const struct shade *shade = shades; shade->label; shade++) {
        fprintf(term->out, "%s", shade == shades ? "     " : "  ");
        shade_on(term->out, depth, shade->label);
        fprintf(term->out, " %s ", shade->label);
        shade_off(term->out, depth);
    }
    fputs("\n\n", term->out);
}
