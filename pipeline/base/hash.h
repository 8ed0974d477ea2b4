/* hash.h -- the one hash of wiredesk: XXH3, 64 bits, with a seed a purpose.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The values go into the sketch log and into ids, so neither function nor seeds may
 * change without a new version of the sketch format. XXH3 is stable since xxHash 0.8.0
 * and gives the same value on every machine. */
#ifndef WD_HASH_H
#define WD_HASH_H

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <stdint.h>

#include "wiredesk/span.h"

enum wd_hash_seed {
    WD_SEED_WORD = 0x776f7264,     /* one folded word */
    WD_SEED_CONTENT = 0x636f6e74,  /* all words of a body */
    WD_SEED_FIGURE = 0x66696775,   /* a number in the text */
    WD_SEED_TERM = 0x7465726d,     /* an entity or a heavy word */
    WD_SEED_CLUSTER = 0x636c7573,  /* uri of a cluster's first article */
    WD_SEED_STORY = 0x73746f72,    /* uri of a story's first article */
    WD_SEED_NAME = 0x6e616d65,     /* a name in the gazetteer */
    WD_SEED_SOURCE = 0x736f7572,   /* a publisher's name */
    WD_SEED_CHECKSUM = 0x63686563, /* of a sketch record */
};

static inline uint64_t wd_hash(struct wd_str str, enum wd_hash_seed seed)
{
    return XXH3_64bits_withSeed(str.data, str.size, (uint64_t)seed);
}

/* A publisher as sketches name him; 0 for the one that has no name. */
static inline uint16_t wd_source_hash(struct wd_str name)
{
    uint16_t hash = (uint16_t)(wd_hash(name, WD_SEED_SOURCE) >> 48);
    return name.size == 0 ? 0 : hash ? hash : 1;
}

#endif
