/* names.c -- two small hash tables over the names of an article.
 * SPDX-License-Identifier: Apache-2.0 */
#include "tag/names.h"

#define NAMESAKE_KNOWN 60 /* who may well be the one that a surname alone means */
#define BEARERS_MAX    32 /* of one surname; whom it means is a guess long before */

int wd_tag_names_init(struct tag_names *names, struct wd_arena *arena, size_t n_found)
{
    uint32_t n_slots = 16;
    while (n_slots < n_found * 2)
        n_slots *= 2;
    *names = (struct tag_names){
        .name = wd_arena_alloc(arena, n_found * sizeof(names->name[0])),
        .room = (uint32_t)n_found,
        .slot = wd_arena_alloc(arena, n_slots * sizeof(uint32_t)),
        .by_last = wd_arena_alloc(arena, n_slots * sizeof(uint32_t)),
        .n_slots = n_slots,
    };
    if (!names->name || !names->slot || !names->by_last)
        return WD_ENOMEM;
    memset(names->slot, 0xff, n_slots * sizeof(uint32_t));
    memset(names->by_last, 0xff, n_slots * sizeof(uint32_t));
    return WD_OK;
}

/* A possessive inside a name counts, so that "Moody's" and "Moody" stay two. */
uint64_t wd_tag_key(const struct tag_words *words, uint32_t first, uint32_t last)
{
    uint64_t key = 0;
    for (uint32_t i = first; i <= last; i++)
        key = tag_key_add(key, words->word[i].name.hash);
    return key;
}

static uint32_t slot_of(const struct tag_names *names, uint64_t key)
{
    uint32_t i = (uint32_t)(key >> 20) & (names->n_slots - 1);
    while (names->slot[i] != TAG_NO_NAME && names->name[names->slot[i]].key != key)
        i = (i + 1) & (names->n_slots - 1);
    return i;
}

uint32_t wd_tag_names_find(const struct tag_names *names, uint64_t key)
{
    return names->slot[slot_of(names, key)];
}

uint32_t wd_tag_names_add(struct tag_names *names, uint64_t key,
                          const struct tag_found *found)
{
    uint32_t i = slot_of(names, key);
    if (names->slot[i] == TAG_NO_NAME) {
        names->slot[i] = names->n_names++;
        names->name[names->slot[i]] = (struct tag_name){
            .key = key,
            .first = found->first,
            .last = found->last,
            .next_last = TAG_NO_NAME,
            .full = TAG_NO_NAME,
            .entity = TAG_NO_NAME,
        };
    }
    struct tag_name *name = &names->name[names->slot[i]];
    if (!name->node)
        name->node = found->node;
    return names->slot[i];
}

uint32_t wd_tag_surname_of(const struct tag_words *words, uint32_t first, uint32_t last)
{
    while (last > first + 1 && (words->word[last].hints & HINT_PERSON_AFTER))
        last--;
    return last;
}

/* by_last is open-addressed by the surname's hash; a slot holds the first person. */
static uint32_t last_slot(const struct tag_names *names, const struct tag_words *words,
                          uint64_t hash)
{
    uint32_t i = (uint32_t)hash & (names->n_slots - 1);
    for (; names->by_last[i] != TAG_NO_NAME; i = (i + 1) & (names->n_slots - 1)) {
        const struct tag_name *name = &names->name[names->by_last[i]];
        uint32_t surname = wd_tag_surname_of(words, name->first, name->last);
        if (words->word[surname].name.hash == hash)
            break;
    }
    return i;
}

void wd_tag_names_add_person(struct tag_names *names, const struct tag_words *words,
                             uint32_t index)
{
    struct tag_name *name = &names->name[index];
    uint32_t surname = wd_tag_surname_of(words, name->first, name->last);
    uint32_t i = last_slot(names, words, words->word[surname].name.hash);
    if (names->by_last[i] == TAG_NO_NAME) {
        names->by_last[i] = index;
        return;
    }
    struct tag_name *other = &names->name[names->by_last[i]];
    for (unsigned n = 1; other->next_last != TAG_NO_NAME; n++) {
        if (n == BEARERS_MAX)
            return;
        other = &names->name[other->next_last];
    }
    other->next_last = index;
}

uint32_t wd_tag_names_by_last(const struct tag_names *names,
                              const struct tag_words *words, uint64_t hash)
{
    return names->by_last[last_slot(names, words, hash)];
}

bool wd_tag_is_known_person(const struct tag_context *context, uint32_t node,
                            uint8_t least)
{
    size_t count = 0;
    const uint32_t *posting =
        node ? wd_gazetteer_postings(context->gaz, node, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        const struct wd_gaz_entity *entity =
            wd_gazetteer_entity(context->gaz, posting[i]);
        if (entity->type == WD_GAZ_PERSON && entity->prominence >= least)
            return true;
    }
    return false;
}

bool wd_tag_is_mere_namesake(const struct tag_context *context,
                             const struct tag_name *name)
{
    if (wd_tag_is_known_person(context, name->node, NAMESAKE_KNOWN))
        return false;
    const struct tag_word *first = &context->words.word[name->first];
    return name->first == 0 || first->name.gap == WD_GAP_LINE ||
           !(first[-1].flags & TAG_ENDS_TITLE);
}
