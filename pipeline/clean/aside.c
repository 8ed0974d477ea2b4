/* aside.c -- what the page's own markup calls furniture.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Decoding has read what elements say of what is in them, and where the page's prose
 * stands. A rule that knows the line itself knows its kind better and goes first; what is
 * marked to be kept is. The rest is the page's and never was the article's. */
#include "rules.h"

/* Where `text` stands in `raw`, when it is a part of it. */
static bool find_within(struct wd_str raw, struct wd_str text, struct wd_span *ret_span)
{
    uintptr_t from = (uintptr_t)raw.data, at = (uintptr_t)text.data;
    if (at < from || at - from + text.size > raw.size)
        return false;
    *ret_span =
        (struct wd_span){(uint32_t)(at - from), (uint32_t)(at - from + text.size)};
    return true;
}

void wd_rule_aside(struct wd_proof *proof, const struct wd_aside *last)
{
    size_t i = proof->n;
    for (const struct wd_aside *aside = last; aside; aside = aside->before) {
        struct wd_span span;
        if (!find_within(proof->raw, aside->text, &span))
            continue;
        while (i > 0 && proof->lines[i - 1].span.end > span.end)
            i--;
        for (; i > 0 && proof->lines[i - 1].span.start >= span.start; i--) {
            if (!wd_proof_is_text(proof, i - 1) || proof->fates[i - 1].is_marked)
                continue;
            wd_proof_drop(proof, i - 1, aside->kind, true);
            proof->fates[i - 1].is_aside = true;
        }
    }
}
