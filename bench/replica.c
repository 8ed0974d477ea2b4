/* replica.c -- see replica.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * XOR with a number of the round is one to one and leaves no two keys of an article the
 * same; only their order is lost. Prints, names and figures stay: they are looked at only
 * when keys have brought two articles together. */
#include "replica.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/term_lists.h"

#define LOG_CEILING (1024u << 20)

void replicas_init(struct replicas *reps)
{
    wd_buf_init(&reps->log, LOG_CEILING);
    reps->n = 0;
}

void replicas_done(struct replicas *reps)
{
    wd_buf_done(&reps->log);
}

void replicas_note(struct replicas *reps, const struct wd_sketch *sketch)
{
    size_t size = 0, before = reps->log.size;
    wd_buf_append(&reps->log, &size, sizeof(size));
    wd_sketch_encode(sketch, &reps->log);
    if (wd_buf_status(&reps->log) != WD_OK)
        return;
    size = reps->log.size - before - sizeof(size);
    memcpy(reps->log.data + before, &size, sizeof(size));
    reps->n++;
}

static int by_key(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* What one replica's sketch points to. */
struct replica {
    uint32_t keys[WD_KEYS_MAX];
    struct wd_term_room terms;
    char uri[32];
};

/* Other hashes, and the terms in their order. */
static void replicate_terms(struct wd_sketch *sketch, struct replica *rep, uint16_t mask)
{
    const struct wd_terms *terms = &sketch->terms;
    uint32_t order[WD_TERMS_MAX];
    for (uint32_t i = 0; i < terms->n; i++)
        order[i] = (wd_term_key(terms, i) ^ (uint32_t)mask << WD_TERM_LOW_BITS) << 8 | i;
    qsort(order, terms->n, sizeof(order[0]), by_key);
    for (uint32_t i = 0; i < terms->n; i++) {
        uint32_t from = order[i] & UINT8_MAX;
        rep->terms.hashes[i] = terms->hashes[from] ^ mask;
        rep->terms.weights[i] = terms->weights[from];
        rep->terms.flags[i] = terms->flags[from];
        rep->terms.lows[i] = terms->lows[from];
    }
    sketch->terms = wd_terms_in(&rep->terms, terms->n);
}

static void replicate(struct wd_sketch *sketch, struct replica *rep, uint64_t round,
                      uint64_t n_before)
{
    uint64_t mask = round * UINT64_C(0x9e3779b97f4a7c15);
    uint32_t key_mask = (uint32_t)(mask >> 32) & ((1u << WD_KEY_BITS) - 1);
    uint16_t term_mask = (uint16_t)(mask >> 16);

    for (uint32_t i = 0; i < sketch->n_keys; i++)
        rep->keys[i] = sketch->keys[i] ^ key_mask;
    qsort(rep->keys, sketch->n_keys, sizeof(rep->keys[0]), by_key);
    sketch->keys = rep->keys;
    replicate_terms(sketch, rep, term_mask);
    sketch->packed.bytes = NULL; /* which says what was there */

    sketch->sequence += n_before;
    (void)snprintf(rep->uri, sizeof(rep->uri), "replica:%" PRIu64, sketch->sequence);
    sketch->uri = wd_str_from(rep->uri);
    sketch->offset = (int64_t)sketch->sequence;
    sketch->timestamp_ms = (int64_t)sketch->sequence * 1000;
    sketch->content_hash ^= mask;
    sketch->text_hash ^= key_mask;
    sketch->cluster ^= mask;
    sketch->story ^= mask;
    if (sketch->merged_story)
        sketch->merged_story ^= mask;
    if (sketch->of_sequence)
        sketch->of_sequence += n_before;
}

int replicas_restore(const struct replicas *reps, struct wd_desk *desk, uint64_t n,
                     struct wd_error *err)
{
    struct wd_sketch_scratch *scratch = NULL;
    const char *at = reps->log.data;
    int r = WD_OK;
    for (uint64_t i = 0; i < n && r == WD_OK; i++) {
        struct wd_sketch sketch;
        struct replica rep;
        uint64_t round = i / reps->n + 1;
        size_t size;
        if (i % reps->n == 0)
            at = reps->log.data;
        memcpy(&size, at, sizeof(size));
        at += sizeof(size);
        r = wd_sketch_decode((struct wd_str){at, size}, &sketch, &scratch, err);
        at += size;
        if (r < 0)
            break;
        replicate(&sketch, &rep, round, round * reps->n);
        r = wd_desk_restore(desk, &sketch, 1, NULL, err);
    }
    wd_sketch_scratch_free(scratch);
    return r;
}
