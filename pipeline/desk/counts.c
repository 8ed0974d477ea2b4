/* counts.c -- the table of counts.
 * SPDX-License-Identifier: Apache-2.0 */
#include "counts.h"

#include <stdlib.h>

#include "wiredesk/status.h"

int wd_counts_init(struct wd_counts *counts, unsigned hash_bits, unsigned bits)
{
    size_t n = (size_t)1 << bits;
    *counts = (struct wd_counts){.shift = hash_bits - bits};
    counts->at = calloc(n, sizeof(*counts->at));
    if (!counts->at)
        return WD_ENOMEM;
    counts->bytes = n * sizeof(*counts->at);
    return WD_OK;
}

void wd_counts_done(struct wd_counts *counts)
{
    free(counts->at);
    *counts = (struct wd_counts){0};
}
