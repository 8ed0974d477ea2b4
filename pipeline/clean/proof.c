/* proof.c -- the fates of lines, and where on the page a line stands.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "Where" is not a line number. Pages come with three lines of furniture on top or with
 * thirty; what holds for all of them is that prose begins at the first full paragraph
 * and ends with the last. */
#include "proof.h"

int wd_proof_open(struct wd_str raw, struct wd_arena *arena, struct wd_proof *ret_proof)
{
    struct wd_lines lines;
    int r = wd_lines_cut(raw, arena, &lines);
    if (r < 0)
        return r;
    struct wd_fate *fates = wd_arena_alloc(arena, lines.n * sizeof(*fates));
    if (!fates)
        return WD_ENOMEM;
    for (size_t i = 0; i < lines.n; i++)
        fates[i] = (struct wd_fate){.of = WD_FATE_TEXT};
    *ret_proof = (struct wd_proof){
        .raw = raw,
        .lines = lines.at,
        .fates = fates,
        .n = lines.n,
        .is_wrapped = lines.is_wrapped,
    };
    wd_proof_find_zones(ret_proof);
    return WD_OK;
}

void wd_proof_find_zones(struct wd_proof *proof)
{
    proof->first_full = proof->n;
    proof->last_full = 0;
    proof->late = 0;
    size_t late[WD_PROOF_LATE] = {0}; /* the last full paragraphs so far */
    for (size_t i = 0; i < proof->n; i++) {
        if (!wd_proof_is_text(proof, i) || proof->fates[i].is_marked ||
            !wd_line_is_full(&proof->lines[i]))
            continue;
        if (proof->first_full == proof->n)
            proof->first_full = i;
        for (size_t k = 0; k + 1 < WD_PROOF_LATE; k++)
            late[k] = late[k + 1];
        late[WD_PROOF_LATE - 1] = i;
        proof->last_full = i;
    }
    proof->late = late[0];
}

enum wd_zone wd_proof_zone(const struct wd_proof *proof, size_t i)
{
    if (i < proof->first_full)
        return WD_ZONE_TOP;
    return i > proof->last_full ? WD_ZONE_END : WD_ZONE_MID;
}

void wd_proof_drop(struct wd_proof *proof, size_t i, enum wd_furniture_kind kind,
                   bool is_sure)
{
    proof->fates[i].of = WD_FATE_FURNITURE;
    proof->fates[i].kind = (uint8_t)kind;
    proof->fates[i].is_sure = is_sure;
}

void wd_proof_mark(struct wd_proof *proof, size_t i, enum wd_furniture_kind kind)
{
    proof->fates[i].kind = (uint8_t)kind;
    proof->fates[i].is_marked = true;
}

size_t wd_proof_prev_text(const struct wd_proof *proof, size_t i)
{
    while (i-- > 0) {
        if (wd_proof_is_text(proof, i))
            return i;
    }
    return proof->n;
}

size_t wd_proof_next_text(const struct wd_proof *proof, size_t i)
{
    while (++i < proof->n) {
        if (wd_proof_is_text(proof, i))
            return i;
    }
    return proof->n;
}
