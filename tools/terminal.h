/* terminal.h -- what the screen can show, and text that is safe to show on it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Article text comes from strangers. Printed raw it could move the cursor, recolour the
 * screen or turn the reading direction round, so everything that was not written here
 * goes through term_put(). */
#ifndef TOOLS_TERMINAL_H
#define TOOLS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "wiredesk/span.h"

struct term {
    FILE *out;
    bool is_terminal; /* somebody is watching: progress bars make sense */
    bool is_colour;   /* a terminal, NO_COLOR is not set, TERM is not dumb */
    unsigned width;   /* columns; 80 when it is no terminal and COLUMNS is not set */
};

enum term_ink {
    TERM_PLAIN,
    TERM_BOLD,
    TERM_DIM,
    TERM_RED,
    TERM_GREEN,
    TERM_YELLOW,
    TERM_BLUE,
    TERM_MAGENTA,
    TERM_CYAN,
};

/* Asks the stream and the environment. */
void term_init(struct term *term, FILE *out);

/* Switches the ink; prints nothing without colour. Go back with TERM_PLAIN. */
void term_ink(const struct term *term, enum term_ink ink);

/* Makes what is printed next a link to `uri`, until it is called with NULL. Nothing for
 * who is no terminal with colours, or for what is no plain http(s) address. */
void term_link(const struct term *term, const char *uri);

/* Prints UTF-8 text: control characters, line ends included, become a space each, and
 * what changes the reading direction is left out. Bytes that are no UTF-8 become '?'. */
void term_put(const struct term *term, struct wd_str text);

/* The columns that term_put() takes for `text`. */
unsigned term_columns(struct wd_str text);

/* The longest beginning of `text` that fits into `columns`; it ends after a whole
 * character, before a combining one. */
struct wd_str term_fit(struct wd_str text, unsigned columns);

/* Prints at most `columns` of `text`, with "…" as the last one if that is not all. */
void term_put_cut(const struct term *term, struct wd_str text, unsigned columns);

/* A row of items that is broken between items when the line is full. */
struct term_row {
    const struct term *term;
    unsigned indent; /* of continued lines */
    unsigned column; /* where the next character goes */
};

/* Starts a line: two spaces, `label` dimmed, padded to `indent`. */
void term_row_begin(struct term_row *row, const struct term *term, const char *label,
                    unsigned indent);

/* One item, in `ink`, on the next line if it does not fit on this one; before it goes a
 * space, unless it is the first of its line. `tail` (may be empty) follows dimmed and
 * unparted. */
void term_row_add(struct term_row *row, enum term_ink ink, struct wd_str item,
                  const char *tail);

/* The text word by word. */
void term_row_add_words(struct term_row *row, enum term_ink ink, struct wd_str text);

void term_row_end(struct term_row *row);

#endif
