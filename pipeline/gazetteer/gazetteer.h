/* gazetteer.h -- the compiled list of names, mapped into memory.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A trie over words (see name_words.h). A lookup starts with the node that the first
 * word's entry holds and steps from word to word; each node that ends a name lists the
 * entities it may mean, most prominent first. The file is used where it lies: no offsets
 * are fixed up, nothing is copied, so that all threads and processes share one mapping.
 */
#ifndef WD_GAZETTEER_H
#define WD_GAZETTEER_H

#include <stddef.h>
#include <stdint.h>

#include "base/ahead.h"
#include "base/datafile.h"
#include "wiredesk/span.h"
#include "wiredesk/status.h"

#define WD_GAZETTEER_FILE "gazetteer.wdg" /* in the data folder */

extern const struct wd_datafile_format wd_gazetteer_format;

enum wd_gaz_type {
    WD_GAZ_PERSON, /* the first five are enum wd_label */
    WD_GAZ_ORGANISATION,
    WD_GAZ_PLACE,
    WD_GAZ_EVENT,
    WD_GAZ_GROUP,
    WD_GAZ_GIVEN_NAME, /* from here on: evidence, never tagged by itself */
    WD_GAZ_SURNAME,
    WD_GAZ_TITLE,
    WD_GAZ_SUFFIX,
    WD_GAZ_CALENDAR,
    WD_GAZ_WORD,
    WD_GAZ_N_TYPES,
};

enum wd_gaz_flag {
    WD_GAZ_COUNTRY = 1 << 0,
    WD_GAZ_STATE = 1 << 1,
    WD_GAZ_REGION = 1 << 2,
    WD_GAZ_CAPITAL = 1 << 3,
};

/* The file: this header, then the sections, each at a multiple of 8. */
struct wd_gaz_header {
    struct wd_datafile_header file;
    uint32_t n_word_slots;
    uint32_t n_edge_slots;
    uint32_t n_nodes; /* node 0 is "none" */
    uint32_t n_postings;
    uint32_t n_entities;
    uint32_t n_string_bytes;
    uint32_t words; /* offsets of the sections */
    uint32_t edges;
    uint32_t nodes;
    uint32_t postings;
    uint32_t entities;
    uint32_t strings;
};

/* Open-addressed by `hash`; hash 0 is an empty slot. */
struct wd_gaz_word {
    uint64_t hash;
    uint32_t id;   /* from 1 */
    uint32_t node; /* where names that begin with this word go on; 0: none do */
    uint8_t lower; /* per cent in lower case inside sentences; 0: not known as a word */
    uint8_t given; /* strength as a given name, 0: none */
    uint8_t surname;
    uint8_t is_calendar;
    uint32_t reserved;
};

/* Open-addressed by both keys; from 0 is an empty slot. */
struct wd_gaz_edge {
    uint32_t from;
    uint32_t word;
    uint32_t to;
};

/* Where the search for an edge begins. A multiplicative hash: the keys are small and
 * dense, so the top half of the product is what mixes. */
static inline uint32_t wd_gaz_edge_slot(uint32_t from, uint32_t word)
{
    uint64_t key = (uint64_t)from << 32 | word;
    return (uint32_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

/* A posting: an entity and what its form asks of the text. */
#define WD_GAZ_ENTITY(posting)  ((posting)&0x00ffffff)
#define WD_GAZ_IS_CAPS(posting) (((posting)&0x80000000) != 0) /* "WHO": capitals only */
#define WD_GAZ_IS_FORM(posting) (((posting)&0x40000000) != 0) /* not its main name */
#define WD_GAZ_CAPS_BIT         0x80000000
#define WD_GAZ_FORM_BIT         0x40000000

struct wd_gaz_entity {
    uint32_t name; /* offset of a string: two bytes of length, then its bytes */
    uint32_t uri;  /* likewise; of the empty string when it has none */
    uint8_t type;
    uint8_t prominence;
    char country[2]; /* ISO 3166; NUL NUL: unknown */
    uint8_t flags;
    uint8_t reserved[3];
};

struct wd_gazetteer {
    const struct wd_gaz_header *header;
    const struct wd_gaz_word *words;
    const struct wd_gaz_edge *edges;
    const uint32_t *nodes; /* n_nodes + 1 starts into postings */
    const uint32_t *postings;
    const struct wd_gaz_entity *entities;
    const char *strings;
    struct wd_str map; /* empty when the bytes are the caller's */
};

/* Maps `<folder>/gazetteer.wdg`. WD_EDATA, naming the file and the cure, when it is
 * missing, cut, damaged, or of another version or byte order. */
int wd_gazetteer_open(const char *folder, struct wd_gazetteer *ret_gaz,
                      struct wd_error *err);

/* The same over bytes that outlive it, aligned to 8; `name` is for the message. */
int wd_gazetteer_view(struct wd_str bytes, const char *name, struct wd_gazetteer *ret_gaz,
                      struct wd_error *err);

/* Safe on a zeroed one. */
void wd_gazetteer_close(struct wd_gazetteer *gaz);

/* NULL when no name or word list holds it. */
const struct wd_gaz_word *wd_gazetteer_word(const struct wd_gazetteer *gaz,
                                            uint64_t hash);

/* The tables are far larger than the caches, and nearly every look-up is a wait for
 * memory. These two say what will soon be asked for: a word; the node of `next`, and the
 * step to it from the word before, which may be NULL. */
static inline void wd_gazetteer_expect_word(const struct wd_gazetteer *gaz, uint64_t hash)
{
    wd_ahead(&gaz->words[(uint32_t)hash & (gaz->header->n_word_slots - 1)]);
}

static inline void wd_gazetteer_expect_step(const struct wd_gazetteer *gaz,
                                            const struct wd_gaz_word *before,
                                            const struct wd_gaz_word *next)
{
    uint32_t mask = gaz->header->n_edge_slots - 1;
    if (next->node)
        wd_ahead(&gaz->nodes[next->node]);
    if (before && before->node)
        wd_ahead(&gaz->edges[wd_gaz_edge_slot(before->node, next->id) & mask]);
}

/* The node behind `node` for one more word; 0: no name goes on so. */
uint32_t wd_gazetteer_step(const struct wd_gazetteer *gaz, uint32_t node, uint32_t word);

/* The postings of a node, most prominent first; *ret_count may be 0. */
const uint32_t *wd_gazetteer_postings(const struct wd_gazetteer *gaz, uint32_t node,
                                      size_t *ret_count);

static inline const struct wd_gaz_entity *
wd_gazetteer_entity(const struct wd_gazetteer *gaz, uint32_t posting)
{
    return &gaz->entities[WD_GAZ_ENTITY(posting)];
}

struct wd_str wd_gazetteer_string(const struct wd_gazetteer *gaz, uint32_t offset);

#endif
