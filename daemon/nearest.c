/* nearest.c -- edit distance, for slips of the hand.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Up to three letters may be wrong, but never half of the name: from "no" to "yes" is no
 * slip. Of two equally near names the first one looked at stays, so that the order of a
 * table decides, not chance. */
#include "nearest.h"

#include <stdio.h>
#include <string.h>

#define DISTANCE_MOST 3

/* Levenshtein, for names of up to 63 bytes; more is never meant. */
static size_t distance(const char *a, const char *b)
{
    size_t row[64], n = strlen(b);
    if (n >= 64)
        return 64;
    for (size_t k = 0; k <= n; k++)
        row[k] = k;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t k = 0; k < n; k++) {
            size_t best = diagonal + (a[i] != b[k]);
            diagonal = row[k + 1];
            if (row[k] + 1 < best)
                best = row[k] + 1;
            if (row[k + 1] + 1 < best)
                best = row[k + 1] + 1;
            row[k + 1] = best;
        }
    }
    return row[n];
}

void nearest_look(struct nearest *near, const char *name)
{
    size_t d = distance(near->wanted, name);
    if (d > DISTANCE_MOST || 2 * d >= strlen(name) ||
        (*near->name && d >= near->distance))
        return;
    (void)snprintf(near->name, sizeof(near->name), "%s", name); /* it is shorter */
    near->distance = d;
}
