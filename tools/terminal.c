/* terminal.c -- colour, width and clean text on the screen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Widths follow East Asian Width (UAX #11) by its large blocks only: what a name in a
 * news text holds. wcwidth(3) knows more, but depends on a locale that a bare machine
 * does not have. */
#include "terminal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "wiredesk/text.h"

enum { WIDTH_DEFAULT = 80, WIDTH_LEAST = 40 };

void term_init(struct term *term, FILE *out)
{
    const char *name = getenv("TERM"), *no_color = getenv("NO_COLOR");
    const char *columns = getenv("COLUMNS");
    struct winsize size = {0};

    *term = (struct term){.out = out, .width = WIDTH_DEFAULT};
    term->is_terminal = isatty(fileno(out)) == 1;
    term->is_colour = term->is_terminal && !(no_color && *no_color) &&
                      !(name && strcmp(name, "dumb") == 0);
    if (term->is_terminal && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col)
        term->width = size.ws_col;
    else if (columns && atoi(columns) > 0)
        term->width = (unsigned)atoi(columns);
    if (term->width < WIDTH_LEAST)
        term->width = WIDTH_LEAST;
}

void term_ink(const struct term *term, enum term_ink ink)
{
    static const char *const codes[] = {
        [TERM_PLAIN] = "0", [TERM_BOLD] = "1",     [TERM_DIM] = "2",
        [TERM_RED] = "31",  [TERM_GREEN] = "32",   [TERM_YELLOW] = "33",
        [TERM_BLUE] = "94", [TERM_MAGENTA] = "35", [TERM_CYAN] = "36",
    };
    if (term->is_colour)
        fprintf(term->out, "\033[%sm", codes[ink]);
}

/* It comes out of an article: nothing but what an address is made of may get through. */
static bool is_plain_address(const char *uri)
{
    if (strncmp(uri, "http://", 7) != 0 && strncmp(uri, "https://", 8) != 0)
        return false;
    for (; *uri; uri++) {
        if (*uri <= ' ' || *uri >= 0x7f)
            return false;
    }
    return true;
}

void term_link(const struct term *term, const char *uri)
{
    bool is_shown = !uri || is_plain_address(uri);
    if (term->is_terminal && term->is_colour && is_shown) /* OSC 8, ended by ST */
        fprintf(term->out, "\033]8;;%s\033\\", uri ? uri : "");
}

struct range {
    uint32_t first;
    uint32_t last;
};

static bool is_in(uint32_t point, const struct range *ranges, size_t n)
{
    for (size_t i = 0; i < n && point >= ranges[i].first; i++) {
        if (point <= ranges[i].last)
            return true;
    }
    return false;
}

#define IS_IN(point, ranges) is_in(point, ranges, sizeof(ranges) / sizeof((ranges)[0]))

static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

/* Bidirectional overrides and isolates, and marks that nobody sees. */
static bool is_left_out(uint32_t point)
{
    static const struct range ranges[] = {
        {0xad, 0xad},     {0x61c, 0x61c},   {0x200b, 0x200f}, {0x2028, 0x202e},
        {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
    };
    return IS_IN(point, ranges);
}

static unsigned columns_of(uint32_t point)
{
    static const struct range none[] = {
        {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},     {0x610, 0x61a},
        {0x64b, 0x65f},   {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},   {0x20d0, 0x20ff},
        {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0x1f3fb, 0x1f3ff}, {0xe0100, 0xe01ef},
    };
    static const struct range two[] = {
        {0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},   {0xa960, 0xa97f},
        {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
        {0xffe0, 0xffe6},   {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff},
        {0x20000, 0x3fffd},
    };

    if (is_left_out(point) || IS_IN(point, none))
        return 0;
    return IS_IN(point, two) ? 2 : 1;
}

void term_put(const struct term *term, struct wd_str text)
{
    for (size_t at = 0, start = 0; at < text.size; start = at) {
        uint32_t point = wd_text_point(text, &at);
        if (is_control(point))
            (void)fputc(' ', term->out);
        else if (point == WD_REPLACEMENT)
            (void)fputs("\xef\xbf\xbd", term->out);
        else if (!is_left_out(point))
            (void)fwrite(text.data + start, 1, at - start, term->out);
    }
}

unsigned term_columns(struct wd_str text)
{
    unsigned columns = 0;

    for (size_t at = 0; at < text.size;)
        columns += columns_of(wd_text_point(text, &at));
    return columns;
}

struct wd_str term_fit(struct wd_str text, unsigned columns)
{
    size_t at = 0;

    while (at < text.size) {
        size_t next = at;
        unsigned size = columns_of(wd_text_point(text, &next));
        if (size > columns)
            break;
        columns -= size;
        at = next;
    }
    return (struct wd_str){text.data, at};
}

void term_put_cut(const struct term *term, struct wd_str text, unsigned columns)
{
    if (term_columns(text) <= columns) {
        term_put(term, text);
    } else if (columns > 0) {
        term_put(term, term_fit(text, columns - 1));
        (void)fputs("…", term->out);
    }
}

static void row_pad(struct term_row *row, unsigned column)
{
    fprintf(row->term->out, "%*s", column > row->column ? (int)(column - row->column) : 0,
            "");
    row->column = column;
}

void term_row_begin(struct term_row *row, const struct term *term, const char *label,
                    unsigned indent)
{
    *row = (struct term_row){.term = term, .indent = indent};
    row_pad(row, 2);
    term_ink(term, TERM_DIM);
    fputs(label, term->out);
    term_ink(term, TERM_PLAIN);
    row->column += term_columns(wd_str_from(label));
    if (row->column >= indent)
        row->indent = indent = row->column + 1;
    row_pad(row, indent);
}

void term_row_add(struct term_row *row, enum term_ink ink, struct wd_str item,
                  const char *tail)
{
    unsigned size = term_columns(item) + term_columns(wd_str_from(tail));
    bool is_first = row->column == row->indent;

    if (!is_first && row->column + 1 + size > row->term->width) {
        (void)fputc('\n', row->term->out);
        row->column = 0;
        row_pad(row, row->indent);
        if (item.size &&
            item.data[0] == ' ') { /* it set the item off from the last one */
            item = (struct wd_str){item.data + 1, item.size - 1};
            size--;
        }
    } else if (!is_first) {
        row_pad(row, row->column + 1);
    }
    term_ink(row->term, ink);
    term_put(row->term, item);
    if (ink != TERM_PLAIN)
        term_ink(row->term, TERM_PLAIN);
    if (*tail) {
        term_ink(row->term, TERM_DIM);
        term_put(row->term, wd_str_from(tail));
        term_ink(row->term, TERM_PLAIN);
    }
    row->column += size;
}

void term_row_add_words(struct term_row *row, enum term_ink ink, struct wd_str text)
{
    for (size_t at = 0; at < text.size;) {
        const char *word = text.data + at;
        const char *space = memchr(word, ' ', text.size - at);
        size_t size = space ? (size_t)(space - word) : text.size - at;
        if (size > 0)
            term_row_add(row, ink, (struct wd_str){word, size}, "");
        at += size + 1;
    }
}

void term_row_end(struct term_row *row)
{
    (void)fputc('\n', row->term->out);
}
