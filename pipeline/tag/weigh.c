/* weigh.c -- adds up what the model knows about a span.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Features of a word are looked up once, at all its possible places in a name; a span
 * then picks the places. The rules keep a voice of a fifth: it costs the model nothing on
 * text like its own, and steadies it where its texts were silent. Without a model, and
 * for events and groups always, the table of cue_table.h decides. */
#include "tag/weigh.h"

#include "tag/features.h"

#define TENTHS     10
#define RULES_PART 5 /* the share of the rules' own judgement: a fifth */

int wd_tag_weigher_init(struct tag_weigher *weigh, struct tag_context *context,
                        uint32_t n_words)
{
    *weigh = (struct tag_weigher){.context = context};
    if (!context->model->header)
        return WD_OK;
    weigh->word = wd_arena_alloc(&context->art->arena,
                                 ((size_t)n_words + 1) * sizeof(weigh->word[0]));
    weigh->is_known = wd_arena_alloc(&context->art->arena, (size_t)n_words + 1);
    return weigh->word && weigh->is_known ? WD_OK : WD_ENOMEM;
}

void wd_tag_weigher_begin(struct tag_weigher *weigh, uint32_t from, uint32_t to)
{
    weigh->from = from;
    weigh->to = to;
    if (weigh->is_known)
        memset(weigh->is_known, 0, to - from);
}

static const int32_t *word_scores(struct tag_weigher *weigh, uint32_t at)
{
    int32_t *sum = weigh->word[at - weigh->from];
    if (!weigh->is_known[at - weigh->from]) {
        uint32_t features[TAG_WORD_FEATURES];
        unsigned n =
            wd_tag_word_features(weigh->context, weigh->from, weigh->to, at, features);
        memset(sum, 0, sizeof(weigh->word[0]));
        for (unsigned i = 0; i < n; i++)
            tag_model_add(weigh->context->model, features[i], sum);
        weigh->is_known[at - weigh->from] = 1;
    }
    return sum;
}

static void add_words(struct tag_weigher *weigh, const struct tag_span *span,
                      int32_t sum[WD_MODEL_LABELS])
{
    for (uint32_t i = span->first; i <= span->last; i++) {
        enum wd_model_place place = span->first == span->last ? WD_PLACE_ALONE
                                    : i == span->first        ? WD_PLACE_FIRST
                                    : i == span->last         ? WD_PLACE_LAST
                                                              : WD_PLACE_INSIDE;
        const int32_t *word = word_scores(weigh, i) + (size_t)place * WD_MODEL_LABELS;
        for (unsigned label = 0; label < WD_MODEL_LABELS; label++)
            sum[label] += word[label];
    }
}

static void add_span(struct tag_weigher *weigh, const struct tag_span *span,
                     int32_t sum[WD_MODEL_LABELS])
{
    const struct tag_model *model = weigh->context->model;
    uint32_t features[TAG_SPAN_FEATURES];
    int32_t own[WD_MODEL_COLUMNS] = {0};
    unsigned n =
        wd_tag_span_features(weigh->context, weigh->from, weigh->to, span, features);
    for (unsigned i = 0; i < n; i++)
        tag_model_add(model, features[i], own);
    for (unsigned half = 0; half < 2; half++) {
        for (uint64_t bits = span->cues[half]; bits; bits &= bits - 1) {
            const int16_t *row = model->cues[half * 64 + (unsigned)__builtin_ctzll(bits)];
            for (unsigned label = 0; label < WD_MODEL_LABELS; label++)
                own[label] += row[label];
        }
    }
    for (unsigned label = 0; label < WD_MODEL_LABELS; label++)
        sum[label] += own[label];
}

void wd_tag_weigh(struct tag_weigher *weigh, const struct tag_span *span,
                  int score[TAG_N_LABELS])
{
    wd_tag_score(span, score);
    if (!weigh->context->model->header)
        return;
    int32_t sum[WD_MODEL_LABELS] = {0};
    add_words(weigh, span, sum);
    add_span(weigh, span, sum);
    for (unsigned label = 0; label < WD_MODEL_LABELS; label++)
        score[label] = sum[label] * TENTHS / WD_MODEL_UNIT + score[label] / RULES_PART;
}
