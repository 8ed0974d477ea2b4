/* weigh.c -- adds up what the model knows about the spans of a sentence.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Features of a word are looked up once, at all its possible places in a name; a span
 * then picks the places. The rules keep a voice of a fifth: it costs the model nothing on
 * text like its own, and steadies it where its texts were silent. Without a model, and
 * for events and groups always, the table of cue_table.h decides.
 *
 * The model is far larger than the caches and a feature may lie anywhere in it, so nearly
 * every look-up is a wait for memory. Words and spans are therefore taken in small
 * groups: the features of a whole group are named and asked for before the first of them
 * is read, and some twenty waits pass at once. A group's rows fit the first cache. */
#include "tag/weigh.h"

#include "tag/features.h"

#define TENTHS     10
#define RULES_PART 5 /* the share of the rules' own judgement: a fifth */
#define GROUP      8

_Static_assert(TAG_WORD_FEATURES *INT8_MAX <= INT16_MAX, "no sum overflows");

/* The features of one word or span. */
struct row {
    uint32_t feature[TAG_WORD_FEATURES];
    unsigned n;
};

int wd_tag_weigher_init(struct tag_weigher *weigh, struct tag_context *context,
                        uint32_t n_words)
{
    struct wd_arena *arena = &context->art->arena;
    *weigh = (struct tag_weigher){.context = context};
    if (!context->model->header)
        return WD_OK;
    weigh->word = wd_arena_alloc(arena, (n_words + 1) * sizeof(weigh->word[0]));
    weigh->wanted = wd_arena_alloc(arena, (n_words + 1) * sizeof(weigh->wanted[0]));
    return weigh->word && weigh->wanted ? WD_OK : WD_ENOMEM;
}

void wd_tag_weigher_begin(struct tag_weigher *weigh, uint32_t from, uint32_t to)
{
    weigh->from = from;
    weigh->to = to;
}

static void expect(const struct tag_model *model, const struct row *row)
{
    for (unsigned i = 0; i < row->n; i++)
        tag_model_expect(model, row->feature[i]);
}

/* Lists the words that stand in some span. Spans come in order of their first word, so a
 * word behind the last one listed is in none of those before. */
static size_t want_words(struct tag_weigher *weigh, const struct tag_span *spans,
                         size_t n_spans)
{
    size_t n_wanted = 0;
    uint32_t next = weigh->from;
    for (size_t i = 0; i < n_spans; i++) {
        if (next < spans[i].first)
            next = spans[i].first;
        while (next <= spans[i].last)
            weigh->wanted[n_wanted++] = next++;
    }
    return n_wanted;
}

static void weigh_words(struct tag_weigher *weigh, size_t n_wanted)
{
    const struct tag_model *model = weigh->context->model;
    struct row rows[GROUP];
    for (size_t i = 0; i < n_wanted; i += GROUP) {
        const uint32_t *wanted = &weigh->wanted[i];
        size_t n_rows = n_wanted - i < GROUP ? n_wanted - i : GROUP;
        for (size_t k = 0; k < n_rows; k++) {
            rows[k].n = wd_tag_word_features(weigh->context, weigh->from, weigh->to,
                                             wanted[k], rows[k].feature);
            expect(model, &rows[k]);
        }
        for (size_t k = 0; k < n_rows; k++)
            wd_tag_model_add_up(model, rows[k].feature, rows[k].n,
                                &weigh->word[wanted[k] - weigh->from]);
    }
}

/* The columns of all labels at once. */
typedef int32_t labels_sum __attribute__((vector_size(4 * TAG_CUE_COLUMNS)));

static labels_sum sum_of_cues(const struct tag_model *model, const struct tag_span *span)
{
    labels_sum sum = {0};
    for (unsigned half = 0; half < 2; half++) {
        for (uint64_t bits = span->cues[half]; bits; bits &= bits - 1) {
            labels_sum row;
            memcpy(&row, model->cues[half * 64 + (unsigned)__builtin_ctzll(bits)],
                   sizeof(row));
            sum += row;
        }
    }
    return sum;
}

static const int16_t *worth_at(const struct tag_weigher *weigh,
                               const struct tag_span *span, uint32_t i)
{
    enum wd_model_place place = span->first == span->last ? WD_PLACE_ALONE
                                : i == span->first        ? WD_PLACE_FIRST
                                : i == span->last         ? WD_PLACE_LAST
                                                          : WD_PLACE_INSIDE;
    return weigh->word[i - weigh->from].worth + place * WD_MODEL_LABELS;
}

/* Puts the model's word into the score that the rules gave. */
static void judge(const struct tag_weigher *weigh, const struct tag_span *span,
                  const struct row *row, int score[TAG_N_LABELS])
{
    const struct tag_model *model = weigh->context->model;
    struct tag_model_sum own;
    labels_sum sum = sum_of_cues(model, span);
    wd_tag_model_add_up(model, row->feature, row->n, &own);
    for (unsigned label = 0; label < WD_MODEL_LABELS; label++)
        sum[label] += own.worth[label];
    for (uint32_t i = span->first; i <= span->last; i++) {
        const int16_t *worth = worth_at(weigh, span, i);
        for (unsigned label = 0; label < WD_MODEL_LABELS; label++)
            sum[label] += worth[label];
    }
    for (unsigned label = 0; label < WD_MODEL_LABELS; label++)
        score[label] = sum[label] * TENTHS / WD_MODEL_UNIT + score[label] / RULES_PART;
}

static void weigh_spans(const struct tag_weigher *weigh, const struct tag_span *spans,
                        size_t n_spans, int (*score)[TAG_N_LABELS])
{
    struct row rows[GROUP];
    for (size_t i = 0; i < n_spans; i += GROUP) {
        size_t n_rows = n_spans - i < GROUP ? n_spans - i : GROUP;
        for (size_t k = 0; k < n_rows; k++) {
            rows[k].n = wd_tag_span_features(weigh->context, weigh->from, weigh->to,
                                             &spans[i + k], rows[k].feature);
            expect(weigh->context->model, &rows[k]);
        }
        for (size_t k = 0; k < n_rows; k++)
            judge(weigh, &spans[i + k], &rows[k], score[i + k]);
    }
}

void wd_tag_weigh(struct tag_weigher *weigh, const struct tag_span *spans, size_t n_spans,
                  int (*score)[TAG_N_LABELS])
{
    for (size_t i = 0; i < n_spans; i++)
        wd_tag_score(&spans[i], score[i]);
    if (!weigh->context->model->header)
        return;
    weigh_words(weigh, want_words(weigh, spans, n_spans));
    weigh_spans(weigh, spans, n_spans, score);
}
