/* pretty.c -- white space between tokens, and nothing else changed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A parser that prints again would round numbers and might reorder keys; what is shown
 * here is what is written. Lists of numbers (token offsets, sentences) would otherwise
 * take a thousand lines. */
#include "pretty.h"

#include <stdbool.h>

struct printer {
    struct wd_buf *buf;
    unsigned depth;
    unsigned flat_depth; /* inside a list that stays on one line; 0: not */
};

static void line_break(const struct printer *printer)
{
    wd_buf_append_char(printer->buf, '\n');
    for (unsigned i = 0; i < printer->depth; i++)
        wd_buf_append(printer->buf, "  ", 2);
}

static bool is_number_start(char c)
{
    return c == '-' || (c >= '0' && c <= '9');
}

/* The size of the string that starts at `json`, quotes included. */
static size_t string_size(struct wd_str json)
{
    size_t i = 1;

    while (i < json.size && json.data[i] != '"')
        i += json.data[i] == '\\' ? 2 : 1;
    return i < json.size ? i + 1 : json.size;
}

static void open_bracket(struct printer *printer, char c, char next)
{
    wd_buf_append_char(printer->buf, c);
    printer->depth++;
    if (printer->flat_depth == 0 && c == '[' && is_number_start(next))
        printer->flat_depth = printer->depth;
    if (printer->flat_depth == 0 && next != ']' && next != '}')
        line_break(printer);
}

static void close_bracket(struct printer *printer, char c, char before)
{
    bool is_flat = printer->flat_depth != 0;

    if (printer->flat_depth == printer->depth)
        printer->flat_depth = 0;
    printer->depth -= printer->depth != 0;
    if (!is_flat && before != '[' && before != '{')
        line_break(printer);
    wd_buf_append_char(printer->buf, c);
}

void pretty_append(struct wd_buf *buf, struct wd_str json)
{
    struct printer printer = {.buf = buf};

    for (size_t i = 0; i < json.size; i++) {
        char c = json.data[i];
        if (c == '"') {
            size_t size = string_size((struct wd_str){json.data + i, json.size - i});
            wd_buf_append(buf, json.data + i, size);
            i += size - 1;
        } else if (c == '{' || c == '[') {
            open_bracket(&printer, c, i + 1 < json.size ? json.data[i + 1] : ']');
        } else if (c == '}' || c == ']') {
            close_bracket(&printer, c, i != 0 ? json.data[i - 1] : '[');
        } else if (c == ',') {
            wd_buf_append_char(buf, c);
            if (printer.flat_depth == 0)
                line_break(&printer);
        } else if (c == ':') {
            wd_buf_append(buf, ": ", 2);
        } else {
            wd_buf_append_char(buf, c);
        }
    }
}
