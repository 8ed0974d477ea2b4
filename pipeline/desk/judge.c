/* judge.c -- three questions about two articles, and the verdict.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Logistic models over the same features, trained on pairs that people have judged
 * (tools/model/verdicts.c): does the newer article repeat the other at all; if so, is it
 * a copy or a new version with new facts; if not, is it the same form filled in again?
 * The first question also weighs its features in pairs: much of one text in the other
 * speaks for a repeat, but not when both are alike as a whole and differ in figures. For
 * the other two the judged pairs are too few for that, and boosted trees did worse on
 * articles that they had not seen in any of them.
 *
 * Weights are whole thousandths of a logit, so that every machine decides alike. */
#include "judge.h"

#include "base/log2.h"

enum {
    WHOLE = 10000,
    THOUSAND = 1000,
    SPREADS_MAX = 3,       /* from the middle: what lies farther out was seldom judged */
    NEAR_MIN = 6000,       /* resemblance of an article that was only lightly edited */
    LIKELY_MIN = 1500,     /* of one text in the other: less is not worth a question */
    QUOTED_MAX = 2500,     /* of one text in the other: by quotations alone */
    CUT_MAX = 5000,        /* length of what is a cut rather than a new version */
    NEAR_HOURS = 72,       /* at which nearness in time is half */
    NEAR_UNKNOWN = 9100,   /* what comes in without a date is news; no number of hours */
    RECENT_UNKNOWN = 6000, /* likewise, of days: nine; no whole number of hours */
    DAY_HOURS = 24,
    REPEATS_MIN = -200, /* score of a repeat: a probability of .45 */
    SURE = 99,          /* nothing that was not compared word for word is surer */
};

/* The built-in weights, a list at a time. */
static const int32_t weights[WD_N_FEATURES][WD_N_QUESTIONS] = {
#define WD_BIAS(repeats, copies, template)
#define WD_WEIGHT(feature, repeats, copies, template)                                    \
    [WD_FEATURE_##feature] = {repeats, copies, template},
#define WD_WEIGHT_OF_PAIR(a, b, repeats)
#include "../../data/verdict_weights.h"
#undef WD_BIAS
#undef WD_WEIGHT
#undef WD_WEIGHT_OF_PAIR
};

static const int32_t bias[WD_N_QUESTIONS] =
#define WD_BIAS(repeats, copies, template)                                               \
    {                                                                                    \
        repeats, copies, template                                                        \
    }
#define WD_WEIGHT(feature, repeats, copies, template)
#define WD_WEIGHT_OF_PAIR(a, b, repeats)
#include "../../data/verdict_weights.h"
#undef WD_BIAS
#undef WD_WEIGHT
#undef WD_WEIGHT_OF_PAIR
    ;

static const int32_t pair_weights[WD_N_CROSSED][WD_N_CROSSED] = {
#define WD_BIAS(repeats, copies, template)
#define WD_WEIGHT(feature, repeats, copies, template)
#define WD_WEIGHT_OF_PAIR(a, b, repeats) [WD_FEATURE_##a][WD_FEATURE_##b] = repeats,
#include "../../data/verdict_weights.h"
#undef WD_BIAS
#undef WD_WEIGHT
#undef WD_WEIGHT_OF_PAIR
};

static const struct scale {
    int32_t middle;
    int32_t spread;
} scales[WD_N_FEATURES] = {
#define WD_FEATURE_SCALE(name, middle, spread) [WD_FEATURE_##name] = {middle, spread},
    WD_FEATURES(WD_FEATURE_SCALE)
#undef WD_FEATURE_SCALE
};

static const char *const names[WD_N_FEATURES] = {
#define WD_FEATURE_NAME(name, middle, spread) [WD_FEATURE_##name] = #name,
    WD_FEATURES(WD_FEATURE_NAME)
#undef WD_FEATURE_NAME
};

const char *wd_feature_name(enum wd_feature feature)
{
    return feature < WD_N_FEATURES ? names[feature] : NULL;
}

static int32_t product(int32_t a, int32_t b)
{
    return a * b / WHOLE;
}

static int32_t nearness(uint16_t hours)
{
    return hours == WD_HOURS_UNKNOWN ? NEAR_UNKNOWN
                                     : NEAR_HOURS * WHOLE / (NEAR_HOURS + hours);
}

/* How soon after the other, by the logarithm of days: nothing at 255. */
static int32_t recency(uint16_t hours)
{
    enum { OCTAVES = 8 };
    if (hours == WD_HOURS_UNKNOWN)
        return RECENT_UNKNOWN;
    uint32_t log = (wd_log2(DAY_HOURS + hours) - wd_log2(DAY_HOURS)) * (WHOLE / OCTAVES) /
                   WD_LOG2_ONE;
    return log < WHOLE ? WHOLE - (int32_t)log : 0;
}

/* Of so many words; 10000 for 1,023 and more. */
static int32_t logarithm_of(uint32_t words)
{
    uint32_t log = wd_log2(1 + words) * WHOLE / (10 * WD_LOG2_ONE);
    return (int32_t)(log < WHOLE ? log : WHOLE);
}

static int32_t most_of(const struct wd_likeness *like)
{
    return like->containment >= like->contained ? like->containment : like->contained;
}

bool wd_is_likely(const struct wd_likeness *like)
{
    return like->is_same ||
           (like->n_shared >= WD_SHARED_MIN && most_of(like) >= LIKELY_MIN);
}

void wd_measure(const struct wd_likeness *like, int32_t ret_values[WD_N_FEATURES])
{
    int32_t most = most_of(like);
    int32_t near = nearness(like->hours);

    ret_values[WD_FEATURE_MOST] = most;
    ret_values[WD_FEATURE_MOST_RARE] = product(most, like->rarity);
    ret_values[WD_FEATURE_RARE] = like->rare;
    ret_values[WD_FEATURE_RESEMBLANCE] = like->resemblance;
    ret_values[WD_FEATURE_COMMON] = like->common;
    ret_values[WD_FEATURE_AMOUNT] = logarithm_of(like->words);
    ret_values[WD_FEATURE_LEAD] = like->lead;
    ret_values[WD_FEATURE_LENGTH] = like->length;
    ret_values[WD_FEATURE_FIGURES] = like->all_figures;
    ret_values[WD_FEATURE_NAMES] = like->names;
    ret_values[WD_FEATURE_ALL_NAMES] = like->all_names;
    ret_values[WD_FEATURE_HEADLINE] = like->headline;
    ret_values[WD_FEATURE_NEAR_NAMES] = product(near, like->names);
    ret_values[WD_FEATURE_RECENT] = recency(like->hours);
    ret_values[WD_FEATURE_MOST_TOPIC] = product(most, like->topic);
    ret_values[WD_FEATURE_NEAR_HEADLINE] = product(near, like->headline);
    ret_values[WD_FEATURE_SWAPPED] = product(like->resemblance, like->swapped);
    ret_values[WD_FEATURE_LEAD_NAMES] = like->lead_names;
    ret_values[WD_FEATURE_LEAD_FIGURES] = like->lead_figures;
    ret_values[WD_FEATURE_ADDED] = logarithm_of(like->added);
    ret_values[WD_FEATURE_CROSS] = like->is_cross ? WHOLE : 0;
}

/* --- weighing --- */

int32_t wd_feature_scaled(enum wd_feature feature, int32_t value)
{
    const struct scale *scale = &scales[feature];
    int32_t scaled = (value - scale->middle) * THOUSAND / scale->spread;
    if (scaled > SPREADS_MAX * THOUSAND)
        return SPREADS_MAX * THOUSAND;
    return scaled < -SPREADS_MAX * THOUSAND ? -SPREADS_MAX * THOUSAND : scaled;
}

/* What speaks for a repeat in two features together, in thousandths. */
static int64_t weigh_pairs(const int32_t scaled[WD_N_FEATURES])
{
    int64_t sum = 0;
    for (size_t i = 0; i < WD_N_CROSSED; i++) {
        for (size_t k = i; k < WD_N_CROSSED; k++)
            sum += (int64_t)pair_weights[i][k] * scaled[i] * scaled[k];
    }
    return sum / THOUSAND;
}

int64_t wd_question_ask(enum wd_question question, const int32_t values[WD_N_FEATURES])
{
    int32_t scaled[WD_N_FEATURES];
    int64_t sum = 0;
    for (size_t i = 0; i < WD_N_FEATURES; i++) {
        scaled[i] = wd_feature_scaled((enum wd_feature)i, values[i]);
        sum += (int64_t)weights[i][question] * scaled[i];
    }
    if (question == WD_ASK_REPEATS)
        sum += weigh_pairs(scaled);
    return sum / THOUSAND + bias[question];
}

/* F1 is highest when all is called a repeat that is one with a probability of half of
 * that F1 (Lipton, Elkan and Narayanaswamy 2014): with .45 and more.
 *
 * Without dates two articles might be of any two days, and two rules stand beside the
 * weights: quotations in common get as far as a fifth of a text; and a desk that has less
 * than half of the words, and not a figure of its own, has cut, whatever it adds. */
bool wd_question_settle(enum wd_question question, const int32_t values[WD_N_FEATURES],
                        int64_t score)
{
    bool is_undated = values[WD_FEATURE_RECENT] == RECENT_UNKNOWN;
    if (question == WD_ASK_REPEATS && is_undated && values[WD_FEATURE_MOST] < QUOTED_MAX)
        return false;
    if (question == WD_ASK_COPIES && is_undated && values[WD_FEATURE_LENGTH] < CUT_MAX &&
        values[WD_FEATURE_SWAPPED] == 0)
        return true;
    return score > (question == WD_ASK_REPEATS ? REPEATS_MIN : 0);
}

/* The probability of an answer, as a percentage: 100 / (1 + exp(-logit)), by the logits
 * at which it passes a half, three fifths … */
static uint8_t percent_of(int64_t logit)
{
    static const struct {
        int16_t logit; /* thousandths */
        uint8_t percent;
    } steps[] = {{0, 50},    {405, 60},  {847, 70},  {1386, 80},  {1735, 85},
                 {2197, 90}, {2944, 95}, {3892, 98}, {4595, SURE}};
    enum { LAST = sizeof(steps) / sizeof(*steps) - 1 };
    size_t i = 0;
    if (logit < 0)
        return (uint8_t)(100 - percent_of(-logit));
    if (logit >= steps[LAST].logit)
        return SURE;
    while (steps[i + 1].logit <= logit)
        i++;
    return (uint8_t)(steps[i].percent + (logit - steps[i].logit) *
                                            (steps[i + 1].percent - steps[i].percent) /
                                            (steps[i + 1].logit - steps[i].logit));
}

/* The answer, and what stands behind it. */
struct answer {
    bool is_yes;
    uint8_t percent; /* that it is right */
};

static struct answer answer_of(enum wd_question question,
                               const int32_t values[WD_N_FEATURES])
{
    int64_t score = wd_question_ask(question, values);
    struct answer answer = {.is_yes = wd_question_settle(question, values, score)};
    uint8_t percent = percent_of(answer.is_yes ? score : -score);
    answer.percent = percent > 50 ? percent : 50;
    return answer;
}

static struct wd_ruling judge_unique(const int32_t values[WD_N_FEATURES], uint8_t percent)
{
    struct wd_ruling ruling = {.verdict = WD_VERDICT_UNIQUE, .confidence = percent};
    struct answer is_template = answer_of(WD_ASK_TEMPLATE, values);
    ruling.near_miss = is_template.is_yes ? WD_NEAR_MISS_TEMPLATE : WD_NEAR_MISS_SHARED;
    ruling.miss_confidence = is_template.percent;
    return ruling;
}

struct wd_ruling wd_judge(const struct wd_likeness *like)
{
    if (like->is_same)
        return (struct wd_ruling){.verdict = WD_VERDICT_EXACT, .confidence = 100};
    if (!wd_is_likely(like))
        return (struct wd_ruling){.verdict = WD_VERDICT_UNIQUE, .confidence = SURE};

    int32_t values[WD_N_FEATURES];
    wd_measure(like, values);
    struct answer repeats = answer_of(WD_ASK_REPEATS, values);
    if (!repeats.is_yes)
        return judge_unique(values, repeats.percent);

    struct wd_ruling ruling = {.confidence = repeats.percent};
    if (!answer_of(WD_ASK_COPIES, values).is_yes)
        ruling.verdict = WD_VERDICT_UPDATE;
    else
        ruling.verdict =
            like->resemblance >= NEAR_MIN ? WD_VERDICT_NEAR : WD_VERDICT_SYNDICATED;
    return ruling;
}
