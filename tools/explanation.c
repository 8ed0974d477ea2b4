/* explanation.c -- what there is to say about two articles.
 * SPDX-License-Identifier: Apache-2.0 */
#include "explanation.h"

uint32_t explanation_points(struct wd_str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += ((unsigned char)text.data[i] & 0xc0) != 0x80; /* NOLINT: size is not 0 */
    return n;
}

struct explanation_shares explanation_shares(const struct wd_dedup *dedup)
{
    const struct wd_likeness_to *miss = &dedup->miss;
    if (dedup->near_miss != WD_NEAR_MISS_NONE)
        return (struct explanation_shares){miss->resemblance, miss->containment,
                                           miss->contained};
    return (struct explanation_shares){dedup->resemblance, dedup->containment,
                                       dedup->contained};
}

const struct wd_evidence *explanation_evidence(const struct wd_dedup *dedup)
{
    static const struct wd_evidence none = {.hours = -1};
    if (dedup->near_miss != WD_NEAR_MISS_NONE)
        return &dedup->miss.evidence;
    return dedup->verdict == WD_VERDICT_UNIQUE ? &none : &dedup->evidence;
}

static int side_fill(struct explanation_side *side, const char *path,
                     const struct wd_article *art)
{
    side->path = path;
    side->facts = wd_article_facts(art);
    int r = strings_of_names(side->facts, &side->names);
    return r < 0 ? r : strings_of_figures(side->facts, &side->figures);
}

static int side_differ(struct explanation_side *side,
                       const struct explanation_side *other)
{
    int r = strings_minus(&side->names, &other->names, &side->own_names);
    if (r < 0)
        return r;
    strings_drop_forms(&side->own_names, &other->names);
    return strings_minus(&side->figures, &other->figures, &side->own_figures);
}

static void side_done(struct explanation_side *side)
{
    strings_done(&side->names);
    strings_done(&side->figures);
    strings_done(&side->own_names);
    strings_done(&side->own_figures);
}

int explanation_make(struct explanation *ex, char *const *paths,
                     const struct wd_article *a, const struct wd_article *b)
{
    *ex = (struct explanation){0};
    int r = side_fill(&ex->a, paths[0], a);
    if (r == WD_OK)
        r = side_fill(&ex->b, paths[1], b);
    if (r == WD_OK)
        r = side_differ(&ex->a, &ex->b);
    if (r == WD_OK)
        r = side_differ(&ex->b, &ex->a);
    if (r == WD_OK)
        r = wd_passages_find(ex->a.facts, ex->b.facts, WD_PASSAGE_WORDS, &ex->passages);
    return r;
}

void explanation_done(struct explanation *ex)
{
    wd_passages_done(&ex->passages);
    side_done(&ex->a);
    side_done(&ex->b);
}
