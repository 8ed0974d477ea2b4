/* term_keys.h -- the terms by which an article is found.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TERM_KEYS_H
#define WD_TERM_KEYS_H

#include "base/sort.h"
#include "wiredesk/sketch.h"

/* Which of up to WD_TERMS_MAX they are: the WD_TERM_KEYS heaviest, the first among
 * equals; a bit for each. */
static inline uint32_t wd_term_keys(const struct wd_term *terms, uint32_t n)
{
    uint8_t weights[WD_TERMS_MAX];
    for (uint32_t i = 0; i < n; i++)
        weights[i] = terms[i].weight;
    return wd_heaviest(weights, n, WD_TERM_KEYS);
}

static inline uint32_t wd_term_key(const struct wd_term *term)
{
    return (uint32_t)term->hash << WD_TERM_LOW_BITS | term->low;
}

#endif
