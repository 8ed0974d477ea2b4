/* lessons.c -- texts as the trainer sees them: the tagger's own view, taken apart.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The same words, spans, cues and features as in the stage, in the same order; only the
 * choice is left to the trainer. Sentences come from wd_cut(), as in the pipeline. */
#include <stdlib.h>

#include "tag/cues.h"
#include "tag/features.h"
#include "tag/marks.h"
#include "tag/model.h"
#include "tag/parts.h"
#include "wiredesk/tagger_model.h"
#include "wiredesk/text.h"

struct wd_lesson_reader {
    struct wd_gazetteer gaz;
    struct tag_lexicon *lexicon;
    struct tag_model_header header; /* of `model`, which knows clusters alone */
    struct tag_model model;
    struct tag_cluster_slot *clusters;
    struct wd_options opts;
    struct wd_article *art;
};

int wd_lesson_reader_new(const char *data_dir, struct wd_lesson_reader **ret_reader,
                         struct wd_error *err)
{
    struct wd_lesson_reader *reader = calloc(1, sizeof(*reader));
    int r = WD_ENOMEM;
    if (reader)
        reader->art = wd_article_new();
    if (!reader || !reader->art || wd_tag_lexicon_new(&reader->lexicon) < 0) {
        r = wd_error_set(err, r, WD_NO_OFFSET, NULL);
        goto out;
    }
    wd_options_init(&reader->opts);
    reader->opts.limits.tokens = SIZE_MAX;
    r = wd_gazetteer_open(data_dir, &reader->gaz, err);
    if (r < 0)
        goto out;
    *ret_reader = reader;
    reader = NULL;
out:
    wd_lesson_reader_free(reader);
    return r;
}

void wd_lesson_reader_free(struct wd_lesson_reader *reader)
{
    if (!reader)
        return;
    wd_gazetteer_close(&reader->gaz);
    wd_tag_lexicon_free(reader->lexicon);
    wd_article_free(reader->art);
    free(reader->clusters);
    free(reader);
}

int wd_lesson_reader_set_clusters(struct wd_lesson_reader *reader,
                                  const struct wd_word_cluster *clusters,
                                  size_t n_clusters)
{
    uint32_t n_slots = 0;
    struct tag_cluster_slot *slots = wd_tag_clusters_new(clusters, n_clusters, &n_slots);
    if (!slots)
        return WD_ENOMEM;
    free(reader->clusters);
    reader->clusters = slots;
    reader->header = (struct tag_model_header){.n_cluster_slots = n_slots,
                                               .n_clustered = (uint32_t)n_clusters};
    reader->model = (struct tag_model){.header = &reader->header, .clusters = slots};
    return WD_OK;
}

/* -------------------------------------------------------------------------- sentences */

static int take_token(void *user, const struct wd_token *tok)
{
    (void)user;
    (void)tok;
    return WD_OK;
}

static int take_sentence(void *user, struct wd_span sentence)
{
    return wd_article_add_sentence(user, sentence);
}

static int begin(struct wd_lesson_reader *reader, struct wd_str text)
{
    const struct wd_cut_sink sink = {
        .user = reader->art, .token = take_token, .sentence = take_sentence};
    const struct wd_record record = {.value = text, .timestamp_ms = -1};
    const struct wd_span whole = {0, (uint32_t)text.size};

    wd_article_begin(reader->art, &record);
    reader->art->opts = &reader->opts;
    reader->art->facts.text = text;
    return wd_cut(text, whole, WD_STR("en"), &sink);
}

/* ---------------------------------------------------------------------------- lessons */

struct composer {
    struct tag_context context;
    uint32_t from;
    uint32_t to;
    struct wd_lesson_word *word;
    struct wd_lesson_span *span;
    size_t n_spans;
    size_t span_room;
    int status;
};

static uint32_t *copy_features(struct composer *compose, const uint32_t *features,
                               unsigned n)
{
    uint32_t *copy =
        wd_arena_alloc(&compose->context.art->arena, n * sizeof(features[0]));
    if (copy)
        memcpy(copy, features, n * sizeof(features[0]));
    else
        compose->status = WD_ENOMEM;
    return copy;
}

static void describe_word(struct composer *compose, uint32_t at)
{
    struct wd_lesson_word *word = &compose->word[at - compose->from];
    uint32_t features[TAG_WORD_FEATURES];
    if (word->features)
        return;
    word->n_features =
        wd_tag_word_features(&compose->context, compose->from, compose->to, at, features);
    word->features = copy_features(compose, features, word->n_features);
}

static bool grow_spans(struct composer *compose)
{
    size_t more = compose->span_room ? compose->span_room * 2 : 64;
    struct wd_lesson_span *grown =
        wd_arena_grow(&compose->context.art->arena, compose->span,
                      compose->span_room * sizeof(*grown), more * sizeof(*grown));
    if (!grown)
        return false;
    compose->span = grown;
    compose->span_room = more;
    return true;
}

static void take_span(void *arg, const struct tag_span *found)
{
    struct composer *compose = arg;
    uint32_t features[TAG_SPAN_FEATURES];
    int score[TAG_N_LABELS];

    if (compose->n_spans == compose->span_room && !grow_spans(compose)) {
        compose->status = WD_ENOMEM;
        return;
    }
    for (uint32_t i = found->first; i <= found->last; i++)
        describe_word(compose, i);
    wd_tag_score(found, score);
    unsigned n = wd_tag_span_features(&compose->context, compose->from, compose->to,
                                      found, features);
    compose->span[compose->n_spans++] = (struct wd_lesson_span){
        .first = found->first - compose->from,
        .last = found->last - compose->from,
        .cues = {found->cues[0], found->cues[1]},
        .fixed = {(int16_t)score[WD_LABEL_EVENT], (int16_t)score[WD_LABEL_GROUP]},
        .features = copy_features(compose, features, n),
        .n_features = n,
    };
}

static int compose_sentence(struct composer *compose, wd_take_lesson *take, void *arg)
{
    const struct tag_words *words = &compose->context.words;
    size_t n_words = compose->to - compose->from;

    compose->word =
        wd_arena_alloc(&compose->context.art->arena, n_words * sizeof(compose->word[0]));
    if (!compose->word)
        return WD_ENOMEM;
    for (size_t i = 0; i < n_words; i++) {
        const struct wd_name_word *name = &words->word[compose->from + i].name;
        compose->word[i] =
            (struct wd_lesson_word){.span = name->span, .hash = tag_cluster_hash(name)};
    }
    compose->span = NULL;
    compose->n_spans = compose->span_room = 0;
    size_t allowance = SIZE_MAX; /* texts to learn from are chosen, not received */
    wd_tag_find_spans(&compose->context, compose->from, compose->to, &allowance,
                      take_span, compose);
    if (compose->status < 0)
        return compose->status;
    const struct wd_lesson lesson = {
        .text = compose->context.text,
        .words = compose->word,
        .n_words = n_words,
        .spans = compose->span,
        .n_spans = compose->n_spans,
    };
    return take(arg, &lesson);
}

int wd_lesson_read(struct wd_lesson_reader *reader, struct wd_str text,
                   wd_take_lesson *take, void *arg)
{
    int r = begin(reader, text);
    if (r < 0)
        return r;
    struct composer compose = {.context = {
                                   .gaz = &reader->gaz,
                                   .lexicon = reader->lexicon,
                                   .model = &reader->model,
                                   .has_clusters = reader->clusters != NULL,
                                   .art = reader->art,
                                   .text = text,
                               }};
    r = wd_tag_read_words(&compose.context);
    if (r < 0)
        return r;
    r = wd_tag_mark_words(&compose.context);
    if (r < 0)
        return r;
    const struct tag_words *words = &compose.context.words;
    for (size_t i = 0; i < words->n_sentences; i++) {
        compose.from = words->sentence[i];
        compose.to = words->sentence[i + 1];
        r = compose_sentence(&compose, take, arg);
        if (r < 0)
            return r;
    }
    return WD_OK;
}
