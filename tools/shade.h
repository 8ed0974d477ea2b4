/* shade.h -- a colour for each kind of entity, as far as the screen can show it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_SHADE_H
#define TOOLS_SHADE_H

#include <stdbool.h>
#include <stdio.h>

enum shade_depth { SHADE_NONE, SHADE_16, SHADE_256, SHADE_TRUE };

struct shade {
    const char *label; /* "person" … */
    const char *rgb;   /* "#aa9cfc": displaCy's, which readers of entities know */
};

/* All of them; ends with a row without a label. */
extern const struct shade shades[];

/* What the environment promises, for a screen that may be coloured at all. */
enum shade_depth shade_depth_of(bool is_colour);

/* Switches to black on the label's colour; nothing at SHADE_NONE. */
void shade_on(FILE *out, enum shade_depth depth, const char *label);
void shade_off(FILE *out, enum shade_depth depth);

#endif
