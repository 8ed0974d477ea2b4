/* shade.c -- one palette, three ways to ask a terminal for it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "shade.h"

#include <stdlib.h>
#include <string.h>

const struct shade shades[] = {
    {"person", "#aa9cfc"}, {"organisation", "#7aecec"}, {"place", "#feca74"},
    {"event", "#ffeb80"},  {"group", "#c887fb"},        {NULL, NULL},
};

/* In the order of `shades`: the nearest of xterm's 6 × 6 × 6 cube, and of the 16 the one
 * that nobody would call another colour. */
static const unsigned char nearest_256[] = {147, 123, 222, 228, 177};
static const unsigned char nearest_16[] = {104, 106, 103, 102, 105};

enum shade_depth shade_depth_of(bool is_colour)
{
    const char *term = getenv("TERM"), *colorterm = getenv("COLORTERM");

    if (!is_colour)
        return SHADE_NONE;
    if (colorterm &&
        (strcmp(colorterm, "truecolor") == 0 || strcmp(colorterm, "24bit") == 0))
        return SHADE_TRUE;
    return term && strstr(term, "256color") ? SHADE_256 : SHADE_16;
}

static size_t index_of(const char *label)
{
    size_t i = 0;
    while (shades[i].label && strcmp(shades[i].label, label) != 0)
        i++;
    return i;
}

void shade_on(FILE *out, enum shade_depth depth, const char *label)
{
    size_t i = index_of(label);

    if (depth == SHADE_NONE || !shades[i].label)
        return;
    if (depth == SHADE_TRUE) {
        unsigned long rgb = strtoul(shades[i].rgb + 1, NULL, 16);
        fprintf(out, "\033[30;48;2;%lu;%lu;%lum", rgb >> 16, rgb >> 8 & 255, rgb & 255);
    } else if (depth == SHADE_256) {
        fprintf(out, "\033[30;48;5;%um", nearest_256[i]);
    } else {
        fprintf(out, "\033[30;%um", nearest_16[i]);
    }
}

void shade_off(FILE *out, enum shade_depth depth)
{
    if (depth != SHADE_NONE)
        fputs("\033[0m", out);
}
