/* names.h -- the distinct names of one article.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_NAMES_H
#define WD_TAG_NAMES_H

#include "tag/parts.h"

#define TAG_NO_NAME UINT32_MAX

/* One distinct row of folded words. */
struct tag_name {
    uint64_t key;
    uint32_t first; /* where it stands for the first time */
    uint32_t last;
    uint32_t node;
    int32_t votes[TAG_N_LABELS]; /* summed scores */
    uint8_t label;
    bool is_acronym;    /* of a longer name; found nowhere yet */
    bool is_side;       /* a place that may be its team */
    bool begins_body;   /* a word that a longer organisation's name begins with */
    bool is_ruler;      /* a bare surname, called President */
    uint32_t next_last; /* another person with the same last word */
    uint32_t full;      /* of a bare surname: the full name it stands for, if before it */
    uint32_t n_found;   /* mentions of a full name, by it or by its surname */
    uint32_t entity;
    const struct wd_gaz_entity *own; /* what the user's lists say; NULL: nothing */
    const struct wd_gazetteer *own_gaz;
};

struct tag_names {
    struct tag_name *name;
    uint32_t n_names;
    uint32_t room;
    uint32_t *slot; /* by key; TAG_NO_NAME: empty */
    uint32_t n_slots;
    uint32_t *by_last; /* persons by their last word; the chain goes on in next_last */
};

/* Room for as many names as were found. */
int wd_tag_names_init(struct tag_names *names, struct wd_arena *arena, size_t n_found);

/* Folds one more word into the key of a row of words; start with 0. */
static inline uint64_t tag_key_add(uint64_t key, uint64_t word_hash)
{
    return (key ^ word_hash) * UINT64_C(0x9e3779b97f4a7c15) + 1;
}

uint64_t wd_tag_key(const struct tag_words *words, uint32_t first, uint32_t last);

/* The same words with another label are another name once labels are settled: the player
 * and the country. */
static inline uint64_t tag_key_label(uint64_t key, uint8_t label)
{
    return tag_key_add(key, UINT64_C(0x6c6162656c) + label);
}

/* The name with this key; TAG_NO_NAME: none. */
uint32_t wd_tag_names_find(const struct tag_names *names, uint64_t key);

/* The name of a found span, made when it is new. `key` is that of its words, with or
 * without the label. */
uint32_t wd_tag_names_add(struct tag_names *names, uint64_t key,
                          const struct tag_found *found);

/* Notes that a name of several words is a person's. */
void wd_tag_names_add_person(struct tag_names *names, const struct tag_words *words,
                             uint32_t name);

/* The first person whose last word has this hash; go on with next_last. */
uint32_t wd_tag_names_by_last(const struct tag_names *names,
                              const struct tag_words *words, uint64_t hash);

/* Is a person of so much prominence listed at the node? 0 is no node. */
bool wd_tag_is_known_person(const struct tag_context *context, uint32_t node,
                            uint8_t least);

/* Is it somebody who is not known, nor has a title: another one than the president of
 * that surname? */
bool wd_tag_is_mere_namesake(const struct tag_context *context,
                             const struct tag_name *name);

/* The last word that is not "Jr." and the like. */
uint32_t wd_tag_surname_of(const struct tag_words *words, uint32_t first, uint32_t last);

#endif
