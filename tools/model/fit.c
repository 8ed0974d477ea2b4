/* fit.c -- a semi-Markov conditional random field, fitted by stochastic descent.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A sentence is a row of words; a way to read it is a set of candidate spans that do not
 * overlap, each with a label. The chance of a reading is exp(sum of its spans' scores)
 * over the sum for all readings, which two passes over the spans give exactly (Sarawagi
 * and Cohen 2004). The gradient of a weight is how often its feature occurs in the
 * expected reading less how often in the labelled one. Events and groups are part of the
 * readings with scores of their own table, and are not learned: labelled texts for them
 * are rare, and where one stands, the labels say nothing.
 *
 * Steps are scaled by AdaGrad. Everything runs on one thread in an order made from the
 * epoch's number: the same texts give the same weights to the last bit. */
#include "model/fit.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/parts.h"

#define FIRST_SUM 0.1f /* of squares, so that the first steps are not wild */

static unsigned cue_called(const char *name)
{
    unsigned i = 0;
    while (wd_model_cue_name(i) && strcmp(wd_model_cue_name(i), name) != 0)
        i++;
    assert(wd_model_cue_name(i));
    return i;
}

struct fit *fit_new(const struct fit_options *opts)
{
    struct fit *fit = calloc(1, sizeof(*fit));
    if (!fit)
        return NULL;
    fit->opts = *opts;
    fit->cue = (struct fit_cues){
        .bias = cue_called("BIAS"),
        .title = cue_called("ALL_TITLE"),
        .known = cue_called("GAZ_ORG_KNOWN"),
        .only = cue_called("GAZ_ONE"),
        .common = cue_called("ONE_COMMON"),
        .starts_common = cue_called("STARTS_COMMON"),
        .in_title = cue_called("IN_TITLE"),
        .cut_left = cue_called("CUT_LEFT"),
        .cut_right = cue_called("CUT_RIGHT"),
    };
    return fit;
}

static void scratch_done(struct scratch *scratch)
{
    free(scratch->word);
    free(scratch->word_gradient);
    free(scratch->word_unseen);
    free(scratch->span_unseen);
    free(scratch->score);
    free(scratch->sum);
    free(scratch->ahead);
    free(scratch->behind);
}

void fit_free(struct fit *fit)
{
    if (!fit)
        return;
    free(fit->features.data);
    free(fit->words.data);
    free(fit->spans.data);
    free(fit->sentences.data);
    free(fit->names);
    free(fit->counts);
    free(fit->rows);
    free(fit->order);
    scratch_done(&fit->scratch);
    free(fit);
}

static int make_scratch(struct fit *fit)
{
    struct scratch *scratch = &fit->scratch;
    const struct sentence *sentence = fit->sentences.data;
    for (size_t i = 0; i < fit->sentences.count; i++) {
        if (sentence[i].n_words > scratch->n_words)
            scratch->n_words = sentence[i].n_words;
        if (sentence[i].n_spans > scratch->n_spans)
            scratch->n_spans = sentence[i].n_spans;
    }
    size_t n_words = scratch->n_words + 1, n_spans = scratch->n_spans + 1;
    scratch->word = calloc(n_words, sizeof(scratch->word[0]));
    scratch->word_gradient = calloc(n_words, sizeof(scratch->word_gradient[0]));
    scratch->word_unseen = calloc(n_words, sizeof(scratch->word_unseen[0]));
    scratch->span_unseen = calloc(n_spans, sizeof(scratch->span_unseen[0]));
    scratch->score = calloc(n_spans, sizeof(scratch->score[0]));
    scratch->sum = calloc(n_spans, sizeof(scratch->sum[0]));
    scratch->ahead = calloc(n_words, sizeof(scratch->ahead[0]));
    scratch->behind = calloc(n_words, sizeof(scratch->behind[0]));
    return scratch->word && scratch->word_gradient && scratch->word_unseen &&
                   scratch->span_unseen && scratch->score && scratch->sum &&
                   scratch->ahead && scratch->behind
               ? WD_OK
               : WD_ENOMEM;
}

/* ------------------------------------------------------------------------- evidence */

static uint64_t next_random(uint64_t *state)
{
    uint64_t x = (*state += UINT64_C(0x9e3779b97f4a7c15)); /* splitmix64 */
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* 64 bits, each set with a chance of `sixteenths` in 16. */
static uint64_t random_bits(uint64_t *state, unsigned sixteenths)
{
    uint64_t bits = 0;
    for (unsigned digit = 0; digit < 4; digit++) {
        uint64_t coin = next_random(state);
        bits = sixteenths >> digit & 1 ? bits | coin : bits & coin;
    }
    return bits;
}

static void hide_features(struct fit *fit, const struct sentence *sentence)
{
    struct scratch *scratch = &fit->scratch;
    unsigned sixteenths = fit->opts.dropout;
    for (uint32_t i = 0; sixteenths && i < sentence->n_words; i++)
        scratch->word_unseen[i] = random_bits(&fit->random, sixteenths);
    for (uint32_t i = 0; sixteenths && i < sentence->n_spans; i++)
        scratch->span_unseen[i] = random_bits(&fit->random, sixteenths);
}

/* -------------------------------------------------------------------------- scoring */

static unsigned place_of_word(const struct span *span, unsigned i)
{
    return span->first == span->last ? WD_PLACE_ALONE
           : i == span->first        ? WD_PLACE_FIRST
           : i == span->last         ? WD_PLACE_LAST
                                     : WD_PLACE_INSIDE;
}

/* Learning without a part of the evidence, another one in each step, makes the rest
 * strong enough to judge names that the texts do not know (Wang and Manning 2013). */
static bool is_unseen(uint32_t feature, uint64_t unseen, unsigned k)
{
    return feature == DROPPED || (unseen >> k & 1);
}

static void score_words(struct fit *fit, const struct sentence *sentence)
{
    const struct word *word = (const struct word *)fit->words.data + sentence->words;
    for (uint32_t i = 0; i < sentence->n_words; i++) {
        const uint32_t *feature = (const uint32_t *)fit->features.data + word[i].features;
        float *sum = fit->scratch.word[i];
        memset(sum, 0, sizeof(fit->scratch.word[0]));
        for (uint32_t k = 0; k < word[i].n_features; k++) {
            if (is_unseen(feature[k], fit->scratch.word_unseen[i], k))
                continue;
            const float *weight = fit->rows[feature[k]].weight;
            for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
                sum[c] += weight[c];
        }
    }
}

static void score_span(struct fit *fit, const struct span *span, uint64_t unseen,
                       double *score)
{
    const uint32_t *feature = (const uint32_t *)fit->features.data + span->features;
    float sum[LABELS] = {0};
    for (unsigned i = span->first; i <= span->last; i++) {
        const float *word = fit->scratch.word[i] + place_of_word(span, i) * LABELS;
        for (unsigned label = 0; label < LABELS; label++)
            sum[label] += word[label];
    }
    for (unsigned k = 0; k < span->n_features; k++) {
        if (is_unseen(feature[k], unseen, k))
            continue;
        for (unsigned label = 0; label < LABELS; label++)
            sum[label] += fit->rows[feature[k]].weight[label];
    }
    for (unsigned half = 0; half < 2; half++) {
        for (uint64_t bits = span->cues[half]; bits; bits &= bits - 1) {
            const float *cue =
                fit->cues[half * 64 + (unsigned)__builtin_ctzll(bits)].weight;
            for (unsigned label = 0; label < LABELS; label++)
                sum[label] += cue[label];
        }
    }
    for (unsigned label = 0; label < LABELS; label++)
        score[label] = (double)sum[label];
    score[LABELS] = span->fixed[0] / 10.0;
    score[LABELS + 1] = span->fixed[1] / 10.0;
    /* A reading without the labelled span counts as likelier than it is, so that the fit
     * works against leaving names out. */
    if (span->gold != NO_GOLD)
        score[span->gold] -= (double)fit->opts.cost;
}

static double log_add(double a, double b)
{
    double high = a > b ? a : b, low = a > b ? b : a;
    return low == -INFINITY ? high : high + log1p(exp(low - high));
}

static double log_sum(const double *score)
{
    double high = score[0], sum = 0;
    for (unsigned i = 1; i < ALL_LABELS; i++)
        high = score[i] > high ? score[i] : high;
    for (unsigned i = 0; i < ALL_LABELS; i++)
        sum += exp(score[i] - high);
    return high + log(sum);
}

/* ahead[i]: log of the sum over all readings of the words before i; behind[i]: from i on.
 */
static void sum_readings(struct fit *fit, const struct sentence *sentence,
                         const struct span *span)
{
    struct scratch *scratch = &fit->scratch;
    uint32_t n = sentence->n_words, settled = 0;
    for (uint32_t i = 0; i <= n; i++)
        scratch->ahead[i] = scratch->behind[i] = -INFINITY;
    scratch->ahead[0] = scratch->behind[n] = 0;
    for (uint32_t k = 0; k < sentence->n_spans; k++) {
        for (; settled < span[k].first; settled++)
            scratch->ahead[settled + 1] =
                log_add(scratch->ahead[settled + 1], scratch->ahead[settled]);
        score_span(fit, &span[k], scratch->span_unseen[k], scratch->score[k]);
        scratch->sum[k] = log_sum(scratch->score[k]);
        double *end = &scratch->ahead[span[k].last + 1];
        *end = log_add(*end, scratch->ahead[span[k].first] + scratch->sum[k]);
    }
    for (; settled < n; settled++)
        scratch->ahead[settled + 1] =
            log_add(scratch->ahead[settled + 1], scratch->ahead[settled]);
    uint32_t k = sentence->n_spans;
    for (uint32_t i = n; i-- > 0;) {
        scratch->behind[i] = scratch->behind[i + 1];
        for (; k > 0 && span[k - 1].first == i; k--)
            scratch->behind[i] =
                log_add(scratch->behind[i],
                        scratch->sum[k - 1] + scratch->behind[span[k - 1].last + 1]);
    }
}

/* ------------------------------------------------------------------------- learning */

static void step(const struct fit *fit, float *weight, float *squares, float gradient)
{
    gradient += fit->opts.decay * *weight;
    *squares += gradient * gradient;
    *weight -= fit->opts.rate * gradient / sqrtf(*squares + FIRST_SUM);
}

static void learn_span(struct fit *fit, const struct span *span, uint64_t unseen,
                       const float gradient[LABELS])
{
    const uint32_t *feature = (const uint32_t *)fit->features.data + span->features;
    for (unsigned label = 0; label < LABELS; label++) {
        if (gradient[label] == 0)
            continue;
        for (unsigned k = 0; k < span->n_features; k++) {
            if (is_unseen(feature[k], unseen, k))
                continue;
            struct row *row = &fit->rows[feature[k]];
            step(fit, &row->weight[label], &row->squares[label], gradient[label]);
        }
        for (unsigned half = 0; half < 2; half++) {
            for (uint64_t bits = span->cues[half]; bits; bits &= bits - 1) {
                struct cue_row *cue =
                    &fit->cues[half * 64 + (unsigned)__builtin_ctzll(bits)];
                step(fit, &cue->weight[label], &cue->squares[label], gradient[label]);
            }
        }
        for (unsigned i = span->first; i <= span->last; i++)
            fit->scratch.word_gradient[i][place_of_word(span, i) * LABELS + label] +=
                gradient[label];
    }
}

static void learn_words(struct fit *fit, const struct sentence *sentence)
{
    const struct word *word = (const struct word *)fit->words.data + sentence->words;
    for (uint32_t i = 0; i < sentence->n_words; i++) {
        const uint32_t *feature = (const uint32_t *)fit->features.data + word[i].features;
        const float *gradient = fit->scratch.word_gradient[i];
        uint32_t columns = 0;
        for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
            columns |= (uint32_t)(fabsf(gradient[c]) > 1e-4f) << c;
        for (uint32_t k = 0; columns && k < word[i].n_features; k++) {
            if (is_unseen(feature[k], fit->scratch.word_unseen[i], k))
                continue;
            struct row *row = &fit->rows[feature[k]];
            for (uint32_t bits = columns; bits; bits &= bits - 1) {
                unsigned c = (unsigned)__builtin_ctz(bits);
                step(fit, &row->weight[c], &row->squares[c], gradient[c]);
            }
        }
    }
}

static double learn_sentence(struct fit *fit, const struct sentence *sentence)
{
    struct scratch *scratch = &fit->scratch;
    const struct span *span = (const struct span *)fit->spans.data + sentence->spans;
    hide_features(fit, sentence);
    score_words(fit, sentence);
    sum_readings(fit, sentence, span);
    memset(scratch->word_gradient, 0,
           sentence->n_words * sizeof(scratch->word_gradient[0]));

    double all = scratch->ahead[sentence->n_words], loss = 0;
    for (uint32_t k = 0; k < sentence->n_spans; k++) {
        double around =
            scratch->ahead[span[k].first] + scratch->behind[span[k].last + 1] - all;
        float gradient[LABELS];
        bool is_any = false;
        for (unsigned label = 0; label < LABELS; label++) {
            double chance = exp(around + scratch->score[k][label]);
            bool is_gold = span[k].gold == label;
            if (is_gold)
                loss -= log(chance > 1e-12 ? chance : 1e-12);
            gradient[label] = (float)(chance - is_gold) * sentence->weight;
            if (fabsf(gradient[label]) < 1e-4f)
                gradient[label] = 0;
            is_any |= gradient[label] != 0;
        }
        if (is_any)
            learn_span(fit, &span[k], scratch->span_unseen[k], gradient);
    }
    learn_words(fit, sentence);
    return loss;
}

/* Adds the weights as they are to their sums. */
static void remember(struct fit *fit)
{
    fit->n_remembered++;
    for (size_t i = 0; i < fit->n_rows; i++) {
        for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
            fit->rows[i].sum[c] += fit->rows[i].weight[c];
    }
    for (size_t i = 0; i < WD_MODEL_CUES; i++) {
        for (unsigned label = 0; label < LABELS; label++)
            fit->cues[i].sum[label] += fit->cues[i].weight[label];
    }
}

/* The mean of what was remembered swings less than the last step. */
static void recall_mean(struct fit *fit)
{
    float part = 1.0f / (float)fit->n_remembered;
    for (size_t i = 0; i < fit->n_rows; i++) {
        for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
            fit->rows[i].weight[c] = fit->rows[i].sum[c] * part;
    }
    for (size_t i = 0; i < WD_MODEL_CUES; i++) {
        for (unsigned label = 0; label < LABELS; label++)
            fit->cues[i].weight[label] = fit->cues[i].sum[label] * part;
    }
}

/* What one run learned by the chance of its order, the next one does not (Breiman 1996).
 */
static void forget(struct fit *fit)
{
    for (size_t i = 0; i < fit->n_rows; i++) {
        memset(fit->rows[i].weight, 0, sizeof(fit->rows[i].weight));
        memset(fit->rows[i].squares, 0, sizeof(fit->rows[i].squares));
    }
    for (size_t i = 0; i < WD_MODEL_CUES; i++) {
        memset(fit->cues[i].weight, 0, sizeof(fit->cues[i].weight));
        memset(fit->cues[i].squares, 0, sizeof(fit->cues[i].squares));
    }
}

double fit_epoch(struct fit *fit, unsigned epoch)
{
    bool is_last = (epoch + 1) % fit->opts.epochs == 0;
    const struct sentence *sentence = fit->sentences.data;
    size_t n = fit->sentences.count;
    double loss = 0;

    if (!fit->scratch.word && make_scratch(fit) < 0)
        return -1;
    if (epoch > 0 && epoch % fit->opts.epochs == 0)
        forget(fit);
    fit->random = epoch + 1;
    for (size_t i = 0; i < n; i++) {
        size_t k = (size_t)(next_random(&fit->random) % (i + 1));
        fit->order[i] = fit->order[k];
        fit->order[k] = (uint32_t)i;
    }
    size_t every = is_last && fit->opts.averages ? n / fit->opts.averages : 0;
    for (size_t i = 0; i < n; i++) {
        loss += learn_sentence(fit, &sentence[fit->order[i]]);
        if (every && (i + 1) % every == 0)
            remember(fit);
    }
    if (is_last && fit->n_remembered)
        recall_mean(fit);
    return n ? loss / (double)n : 0;
}
