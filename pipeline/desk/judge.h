/* judge.h -- what the likeness of two articles makes of the newer one.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_JUDGE_H
#define WD_JUDGE_H

#include <stdint.h>

#include "match.h"
#include "wiredesk/article.h"
#include "wiredesk/verdict_model.h"

/* Whether texts with so much in common are worth comparing further: if not, the ruling is
 * that the newer one is unique, and no near miss. */
bool wd_is_likely(const struct wd_likeness *like);

void wd_measure(const struct wd_likeness *like, int32_t ret_values[WD_N_FEATURES]);

struct wd_ruling {
    enum wd_verdict verdict;     /* WD_VERDICT_UNIQUE: it repeats nothing of the other */
    enum wd_near_miss near_miss; /* how near a unique one came */
    uint8_t confidence;          /* in the verdict: 0 to 100 */
    uint8_t miss_confidence;     /* in the kind of near miss */
};

struct wd_ruling wd_judge(const struct wd_likeness *like);

#endif
