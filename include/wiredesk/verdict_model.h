/* verdict_model.h -- what verdicts are made from, for those who train them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two articles are a row of features. Logistic models, one for each question, weigh them;
 * data/verdict_weights.h holds the weights, which `wiredesk model train dedup` writes. */
#ifndef WIREDESK_VERDICT_MODEL_H
#define WIREDESK_VERDICT_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "wiredesk/desk.h"
#include "wiredesk/export.h"

/* All from 0 to 10,000. "Most" of a share is the larger one of both directions. Beside
 * each its middle and its spread among the judged pairs, by which it is scaled. The first
 * WD_N_CROSSED are also weighed in pairs. */
#define WD_FEATURES(X)                                                                   \
    X(RARE, 4500, 2800)        /* of the text with less that no others have, shared */   \
    X(RESEMBLANCE, 3600, 2900) /* shared of both texts */                                \
    X(AMOUNT, 6100, 1900)      /* the logarithm of the shared words; 1,023: 10000 */     \
    X(FIGURES, 4200, 3500)    /* shared of both texts' figures, the rarer the heavier */ \
    X(NAMES, 7800, 2600)      /* likewise of names, of the one that has fewer */         \
    X(NEAR_NAMES, 4300, 3800) /* nearness in time times the agreement of names */        \
    X(MOST_TOPIC, 3500, 2600) /* the larger share times the likeness of topics */        \
    X(SWAPPED, 500, 700) /* resemblance times how many figures each has for itself */    \
    X(NEAR_HEADLINE, 3300, 3500) /* nearness in time times the agreement of headlines */ \
    X(MOST, 5500, 2700)          /* of one text that stands in the other */              \
    X(MOST_RARE, 4500, 2800)     /* the same, times the rarity of what is shared */      \
    X(COMMON, 1400, 2200)        /* of what is shared, how much several others have */   \
    X(LEAD, 4500, 3300)          /* of the newer one's first sentences, in the other */  \
    X(LENGTH, 7700, 2300)        /* of the shorter to the longer */                      \
    X(ALL_NAMES, 5800, 3000)     /* shared of both texts' names */                       \
    X(HEADLINE, 6100, 3500)      /* of the lighter headline; 5000: one has none */       \
    X(RECENT, 5900, 3500) /* 10000: the same day; 5000: 15 days; 6000 without a date */  \
    X(LEAD_NAMES, 1700, 2000)   /* names of the newer one's lead that the other lacks */ \
    X(LEAD_FIGURES, 1600, 2000) /* likewise of figures */                                \
    X(ADDED, 6300, 2200) /* words of the newer one that the other lacks, as AMOUNT */    \
    X(CROSS, 1300, 3400) /* 10000: from two sources */

enum wd_feature {
#define WD_FEATURE_ENUMERATOR(name, middle, spread) WD_FEATURE_##name,
    WD_FEATURES(WD_FEATURE_ENUMERATOR)
#undef WD_FEATURE_ENUMERATOR
        WD_N_FEATURES,
};

#define WD_N_CROSSED (WD_FEATURE_NEAR_HEADLINE + 1)

enum wd_question {
    WD_ASK_REPEATS,  /* does it report what that one reports, in its words? */
    WD_ASK_COPIES,   /* and if so, without new facts? */
    WD_ASK_TEMPLATE, /* and if not, is it the same form, filled in again? */
    WD_N_QUESTIONS,
};

/* "MOST", …; NULL behind the last. */
WD_API const char *wd_feature_name(enum wd_feature feature);

/* A value as it is weighed: its distance from the middle in thousandths of the spread,
 * three spreads at most. */
WD_API int32_t wd_feature_scaled(enum wd_feature feature, int32_t value);

/* The score by the weights that were built in, in thousandths of a logit: above 0, more
 * speaks for it than against it. */
WD_API int64_t wd_question_ask(enum wd_question question,
                               const int32_t values[WD_N_FEATURES]);

/* What a score of that question, by whichever weights, makes of it. */
WD_API bool wd_question_settle(enum wd_question question,
                               const int32_t values[WD_N_FEATURES], int64_t score);

/* How `art`, which the pipeline has run and the desk has not decided on, compares with
 * the article of that sequence number: 1, or 0 when they have so little in common that no
 * question is asked; WD_ENOMEM, or WD_ESKETCH when that is not in the window. */
WD_API WD_MUST_CHECK int wd_desk_measure(struct wd_desk *desk, struct wd_article *art,
                                         uint64_t sequence,
                                         int32_t ret_values[WD_N_FEATURES]);

#endif
