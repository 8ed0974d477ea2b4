/* desk.c -- the ordered half of the chain, and the sequence.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Deciding has two steps that never mix: the stages run over the article and only read
 * what they remember; then the finished sketch, and nothing else, is applied to them.
 * Restoring from the log is the second step alone, so both ways end in the same state. */
#include "wiredesk/desk.h"

#include <stdlib.h>

#include "base/article.h"
#include "chain.h"
#include "dedup.h"
#include "story.h"
#include "wiredesk/verdict_model.h"

struct wd_desk {
    struct wd_chain chain;
    uint64_t next_sequence;
    bool is_fresh;   /* nothing decided or restored yet */
    bool is_settled; /* nothing of what was restored is put off */
};

int wd_desk_open(const struct wd_options *opts, struct wd_desk **ret_desk,
                 struct wd_error *err)
{
    struct wd_desk *desk = calloc(1, sizeof(*desk));
    if (!desk)
        return wd_error_set(err, WD_ENOMEM, WD_NO_OFFSET, NULL);
    desk->next_sequence = 1;
    desk->is_fresh = true;
    int r = wd_chain_open(&desk->chain, opts, true, err);
    if (r < 0) {
        free(desk);
        return r;
    }
    *ret_desk = desk;
    return WD_OK;
}

void wd_desk_close(struct wd_desk *desk)
{
    if (!desk)
        return;
    wd_chain_close(&desk->chain);
    free(desk);
}

/* Up to WD_APPLY_MAX sketches, in sequence. A replay leaves no trace but its number. */
static int desk_apply(struct wd_desk *desk, const struct wd_sketch *sketches, size_t n)
{
    const struct wd_sketch *kept[WD_APPLY_MAX];
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (sketches[i].status == WD_OK && !sketches[i].is_replay)
            kept[n_kept++] = &sketches[i];
    }
    desk->is_fresh = false;
    desk->is_settled = false;
    desk->next_sequence = sketches[n - 1].sequence + 1;
    return wd_chain_apply(&desk->chain, kept, n_kept);
}

static int desk_settle(struct wd_desk *desk)
{
    if (desk->is_settled)
        return WD_OK;
    desk->is_settled = true;
    return wd_chain_settle(&desk->chain);
}

int wd_desk_decide(struct wd_desk *desk, struct wd_article *art)
{
    struct wd_sketch *sketch = &art->sketch;
    int refused = art->error.status;
    if (refused != WD_OK)
        *sketch = (struct wd_sketch){.status = refused};
    sketch->sequence = desk->next_sequence;
    sketch->topic = art->record.topic;
    sketch->partition = art->record.partition;
    sketch->offset = art->record.offset;
    sketch->timestamp_ms = art->record.timestamp_ms;
    art->facts.sequence = desk->next_sequence;

    if (refused == WD_OK) {
        wd_chain_expect(&desk->chain, sketch); /* if nobody did */
        int r = desk_settle(desk);
        if (r == WD_OK)
            r = wd_chain_run(&desk->chain, art);
        if (r < 0)
            return r;
    }
    int r = desk_apply(desk, sketch, 1);
    return r < 0 ? r : desk_settle(desk);
}

/* How many of the sketches, up to WD_APPLY_MAX, follow on one another and on the state.
 */
static size_t count_next(const struct wd_desk *desk, const struct wd_sketch *sketches,
                         size_t n)
{
    uint64_t due = desk->is_fresh ? sketches[0].sequence : desk->next_sequence;
    size_t i = 0;
    while (i < n && i < WD_APPLY_MAX && due != 0 && sketches[i].sequence == due) {
        due++;
        i++;
    }
    return i;
}

void wd_desk_reserve(struct wd_desk *desk, size_t n)
{
    wd_chain_reserve(&desk->chain, n);
}

int wd_desk_restore(struct wd_desk *desk, const struct wd_sketch *sketches, size_t n,
                    size_t *ret_n, struct wd_error *err)
{
    size_t n_taken = 0;
    int r = WD_OK;
    while (n_taken < n && r == WD_OK) {
        const struct wd_sketch *next = sketches + n_taken;
        size_t n_next = count_next(desk, next, n - n_taken);
        if (n_next == 0) {
            r = wd_error_set(err, WD_ESKETCH, WD_NO_OFFSET,
                             "sketch %llu found where %llu was due",
                             (unsigned long long)next->sequence,
                             (unsigned long long)desk->next_sequence);
            break;
        }
        r = desk_apply(desk, next, n_next);
        if (r < 0)
            (void)wd_error_set(err, r, WD_NO_OFFSET, NULL);
        else
            n_taken += n_next;
    }
    if (ret_n)
        *ret_n = n_taken;
    return r;
}

void wd_desk_expect(const struct wd_desk *desk, const struct wd_sketch *sketch)
{
    if (sketch->status == WD_OK && !sketch->is_replay)
        wd_chain_expect(&desk->chain, sketch);
}

uint64_t wd_desk_next_sequence(const struct wd_desk *desk)
{
    return desk->next_sequence;
}

void wd_desk_stats(const struct wd_desk *desk, struct wd_desk_stats *ret_stats)
{
    *ret_stats = (struct wd_desk_stats){0};
    for (size_t i = 0; i < desk->chain.n_links; i++) {
        const struct wd_link *link = &desk->chain.links[i];
        if (link->stage == &wd_stage_dedup)
            wd_dedup_stats(link->state, ret_stats);
        else if (link->stage == &wd_stage_story)
            wd_story_stats(link->state, ret_stats);
    }
}

int wd_desk_measure(struct wd_desk *desk, struct wd_article *art, uint64_t sequence,
                    int32_t ret_values[WD_N_FEATURES])
{
    int r = desk_settle(desk);
    if (r < 0)
        return r;
    for (size_t i = 0; i < desk->chain.n_links; i++) {
        const struct wd_link *link = &desk->chain.links[i];
        if (link->stage == &wd_stage_dedup)
            return wd_dedup_measure(link->state, art, sequence, ret_values);
    }
    return WD_ESKETCH;
}
