/* counts.h -- in how many articles of the window a hash is, about.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A table of fixed size: hashes that agree in their top bits share a count. So a rare one
 * may now and then look as common as another, and never rarer than it is. */
#ifndef WD_COUNTS_H
#define WD_COUNTS_H

#include <stddef.h>
#include <stdint.h>

struct wd_counts {
    uint32_t *at;
    unsigned shift; /* from a hash to its place */
    size_t bytes;
};

/* For hashes of `hash_bits`, told apart by the top `bits`. WD_OK or WD_ENOMEM. */
int wd_counts_init(struct wd_counts *counts, unsigned hash_bits, unsigned bits);
void wd_counts_done(struct wd_counts *counts);

static inline void wd_counts_add(struct wd_counts *counts, uint32_t hash)
{
    counts->at[hash >> counts->shift]++;
}

/* Takes back what was added. */
static inline void wd_counts_drop(struct wd_counts *counts, uint32_t hash)
{
    counts->at[hash >> counts->shift]--;
}

static inline uint32_t wd_counts_of(const struct wd_counts *counts, uint32_t hash)
{
    return counts->at[hash >> counts->shift];
}

#endif
