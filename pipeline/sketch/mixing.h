/* mixing.h -- hashes that are made of the hashes of words.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_MIXING_H
#define WD_MIXING_H

#include <stdint.h>

#include "base/hash.h"

/* Multiplier of the rolling combination. Any odd number would do; this one is 2^64
 * divided by the golden ratio (Knuth 6.4). */
#define WD_ROLL UINT64_C(0x9e3779b97f4a7c15)

/* The finaliser of MurmurHash3: every bit of the sum reaches every other. */
static inline uint64_t wd_mix(uint64_t sum)
{
    sum ^= sum >> 33;
    sum *= UINT64_C(0xff51afd7ed558ccd);
    sum ^= sum >> 33;
    sum *= UINT64_C(0xc4ceb9fe1a85ec53);
    return sum ^ sum >> 33;
}

/* The hash of a word for one of its uses, from that for all. */
static inline uint32_t wd_short_hash(uint64_t word, enum wd_hash_seed use)
{
    return (uint32_t)(wd_mix(word + use) >> 32);
}

#endif
