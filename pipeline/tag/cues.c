/* cues.c -- adds up what a span's cues are worth.
 * SPDX-License-Identifier: Apache-2.0 */
#include "tag/cues.h"

#include "tag/parts.h"

/* Wide enough for a row to be one register, and the sum of a row for no overflow. */
typedef int16_t row_of_weights __attribute__((vector_size(16)));

static const row_of_weights weights[N_CUES] = {
#define CUE_ROW(symbol, person, organisation, place, event, group)                       \
    [CUE_##symbol] = {person, organisation, place, event, group},
    TAG_CUE_TABLE(CUE_ROW)
#undef CUE_ROW
};

void wd_tag_score(const struct tag_span *span, int score[TAG_N_LABELS])
{
    row_of_weights sum = {0};
    for (int half = 0; half < 2; half++) {
        for (uint64_t bits = span->cues[half]; bits; bits &= bits - 1)
            sum += weights[half * 64 + __builtin_ctzll(bits)];
    }
    for (int label = 0; label < TAG_N_LABELS; label++)
        score[label] = sum[label];
}
