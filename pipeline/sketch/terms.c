/* terms.c -- weighs the words of an article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Names and the heavier words, headline first. How rare a term is in the stream is not
 * known here; the story stage weighs that in. */
#include "terms.h"

#include <assert.h>
#include <string.h>

#include "base/article.h"
#include "base/term_lists.h"
#include "common_words.h"
#include "mixing.h"

static uint32_t term_hash(uint64_t word)
{
    return wd_short_hash(word, WD_SEED_TERM) >> (32 - WD_TERM_BITS);
}

enum { CLASS_BITS = 32 - WD_TERM_BITS };

/* The slot of that hash, or the empty one where it would be. */
static uint32_t common_seek(const struct wd_common *common, uint32_t hash)
{
    uint32_t at = hash % WD_COMMON_ROOM;
    while (common->slots[at] != 0 && common->slots[at] >> CLASS_BITS != hash)
        at = (at + 1) % WD_COMMON_ROOM;
    return at;
}

static unsigned common_class(const struct wd_common *common, uint32_t hash)
{
    uint32_t slot = common->slots[common_seek(common, hash)];
    return slot ? slot & ((1u << CLASS_BITS) - 1) : WD_COMMON_CLASSES;
}

void wd_common_fill(struct wd_common *common)
{
    size_t n = 0;
    for (unsigned class = 0; class < WD_COMMON_CLASSES; class ++) {
        for (const char *p = wd_common_words[class]; *p;) {
            size_t size = strcspn(p, " ");
            uint64_t word = wd_hash((struct wd_str){p, size}, WD_SEED_WORD);
            uint32_t hash = term_hash(word);
            common->slots[common_seek(common, hash)] = hash << CLASS_BITS | class;
            p += size + (p[size] == ' ');
            n++;
        }
    }
    assert(n < WD_COMMON_ROOM / 2); /* so that every search ends, and soon */
}

int wd_terms_add(struct wd_arena *arena, const struct wd_common *common,
                 struct wd_keys *places, uint64_t word, uint32_t size, unsigned flags)
{
    uint32_t hash = term_hash(word);
    unsigned commonness = common_class(common, hash);
    if (size < 2 || commonness < 2)
        return WD_OK;
    return wd_keys_add(arena, places,
                       hash | (uint64_t)flags << 32 | (uint64_t)commonness << 40);
}

/* Named more often is heavier, but the tenth time says little more than the fifth. */
static uint32_t frequency_weight(uint32_t count)
{
    static const uint8_t weights[] = {0, 10, 16, 20, 23, 25, 27, 28, 29, 30};
    enum { LAST = sizeof(weights) - 1 };
    return weights[count < LAST ? count : LAST];
}

/* A term as a key by which the heaviest come first, then those of the lower hash. */
static uint64_t term_key(uint32_t hash, uint32_t weight, unsigned flags)
{
    return (uint64_t)(UINT8_MAX - weight) << 40 | (uint64_t)hash << 8 | flags;
}

static void set_term(struct wd_term_room *room, size_t i, uint64_t key)
{
    room->hashes[i] = (uint16_t)(key >> (8 + WD_TERM_LOW_BITS));
    room->lows[i] = (uint8_t)(key >> 8);
    room->weights[i] = (uint8_t)(UINT8_MAX - (key >> 40));
    room->flags[i] = key & WD_TERM_FLAGS;
}

/* Makes one term, as its key, of a run of equal hashes. */
static uint64_t merge_term(const uint64_t *keys, size_t n)
{
    unsigned flags = 0;
    uint32_t count = 0, n_names = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned f = (unsigned)(keys[i] >> 32) & 0xff;
        flags |= f;
        count += (f & WD_TERM_BODY) != 0;
        n_names += (f & WD_TERM_NAME) != 0;
    }
    /* "Will said he will": a name only where most of its places say so. */
    if (2 * n_names < count)
        flags &= ~(unsigned)WD_TERM_NAME;
    unsigned commonness = (unsigned)(keys[0] >> 40);
    uint32_t weight = frequency_weight(count);
    if (flags & WD_TERM_HEADLINE)
        weight += 10;
    if (flags & WD_TERM_LEAD)
        weight += 6;
    if (flags & WD_TERM_NAME)
        weight *= 2;
    weight = weight * commonness / WD_COMMON_CLASSES;
    return term_key((uint32_t)keys[0], weight, flags & WD_TERM_FLAGS);
}

int wd_terms_sketch(struct wd_article *art, struct wd_keys *places)
{
    struct wd_sketch *sketch = &art->sketch;
    int r = wd_keys_sort(&art->arena, places, 32);
    if (r < 0)
        return r;
    size_t n = 0;
    for (size_t i = 0, end; i < places->n; i = end) {
        end = i + 1;
        while (end < places->n && (uint32_t)places->at[end] == (uint32_t)places->at[i])
            end++;
        places->at[n++] = merge_term(places->at + i, end - i);
    }
    n = wd_lowest_keys(places->at, n, WD_TERMS_MAX);
    places->n = n;
    r = wd_keys_sort(&art->arena, places,
                     40); /* the weights stand above that, and follow */
    if (r < 0)
        return r;
    struct wd_term_room *room = wd_arena_alloc(&art->arena, sizeof(*room));
    if (!room)
        return WD_ENOMEM;
    for (size_t i = 0; i < n; i++)
        set_term(room, i, places->at[i]);
    sketch->terms = wd_terms_in(room, (uint32_t)n);
    art->term_weights = room->weights;
    return WD_OK;
}
