/* test_tag_choose.c -- the best set of spans is the best of all sets.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every set of candidates of a short sentence that do not overlap is tried, and none may
 * be worth more than the one that was chosen; with the rules alone, and with models made
 * of random weights. */
#include "cmocka_prelude.h"

#include <stdlib.h>
#include <string.h>

#include "tag/features.h"
#include "tag/marks.h"
#include "tag/weigh.h"

#define SPANS_MAX 64

static const char *const texts[] = {
    "Mr. Healey of the Bank of Scotland met Paris Hilton in Washington, D.C.",
    "John Healey, Britain\u2019s Defence Secretary, flew to Kyiv.",
    "NATO Secretary General Mark Rutte spoke.",
    "The University of North Carolina at Chapel Hill won.",
    "JORDAN SIGNS DEAL WITH NIKE",
    "\u201cJohnson & Johnson\u201d and Apple Inc. rose in New York City",
    "Al Gore",
    "it rained",
};

struct world {
    struct wd_gazetteer gaz;
    struct tag_lexicon *lexicon;
    struct wd_article *art;
    struct wd_options opts;
};

struct spans {
    struct tag_weigher *weigh;
    struct {
        uint32_t first, last;
        int worth;
    } span[SPANS_MAX];
    size_t n;
};

static int set_up(void **state)
{
    static struct world world;
    struct wd_error err;
    wd_options_init(&world.opts);
    world.art = wd_article_new();
    if (!world.art || wd_tag_lexicon_new(&world.lexicon) < 0 ||
        wd_gazetteer_open(WD_DATA_DIR, &world.gaz, &err) < 0)
        return -1;
    *state = &world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    wd_gazetteer_close(&world->gaz);
    wd_tag_lexicon_free(world->lexicon);
    wd_article_free(world->art);
    return 0;
}

static void take_span(void *arg, const struct tag_span *span)
{
    struct spans *spans = arg;
    int score[1][TAG_N_LABELS], best = 0;
    wd_tag_weigh(spans->weigh, span, 1, score);
    for (int label = 0; label < TAG_N_LABELS; label++)
        best = score[0][label] > best ? score[0][label] : best;
    if (best <= 0)
        return;
    assert_true(spans->n < SPANS_MAX);
    spans->span[spans->n].first = span->first;
    spans->span[spans->n].last = span->last;
    spans->span[spans->n++].worth = best;
}

/* The most that spans from `at` on are worth when words before `from` are taken. */
static int best_of(const struct spans *spans, size_t at, uint32_t from)
{
    if (at == spans->n)
        return 0;
    int without = best_of(spans, at + 1, from);
    if (spans->span[at].first < from)
        return without;
    int with = spans->span[at].worth + best_of(spans, at + 1, spans->span[at].last + 1);
    return with > without ? with : without;
}

/* The text as one sentence, its words read and marked. */
static struct tag_context read_text(struct world *world, const struct tag_model *model,
                                    const char *text)
{
    const struct wd_record record = {.value = wd_str_from(text), .timestamp_ms = -1};
    const struct wd_span whole = {0, (uint32_t)record.value.size};
    wd_article_begin(world->art, &record);
    world->art->opts = &world->opts;
    world->art->facts.text = record.value;
    assert_int_equal(wd_article_add_sentence(world->art, whole), WD_OK);
    struct tag_context context = {
        .gaz = &world->gaz,
        .lexicon = world->lexicon,
        .model = model,
        .art = world->art,
        .text = record.value,
    };
    assert_int_equal(wd_tag_read_words(&context), WD_OK);
    assert_int_equal(wd_tag_mark_words(&context), WD_OK);
    return context;
}

static void check_text(struct world *world, const struct tag_model *model,
                       const char *text)
{
    struct tag_weigher weigh;
    struct spans spans = {.weigh = &weigh};
    int sum = 0;

    struct tag_context context = read_text(world, model, text);
    uint32_t n_words = (uint32_t)context.words.n_words, taken = 0;
    assert_int_equal(wd_tag_weigher_init(&weigh, &context, n_words), WD_OK);
    wd_tag_weigher_begin(&weigh, 0, n_words);
    size_t allowance = SPANS_MAX;
    wd_tag_find_spans(&context, 0, n_words, &allowance, take_span, &spans);

    assert_int_equal(wd_tag_choose(&context), WD_OK);
    for (size_t i = 0; i < context.n_found; i++) {
        assert_true(context.found[i].first >= taken); /* in order, no overlap */
        taken = context.found[i].last + 1;
        sum += context.found[i].score;
    }
    assert_true(taken <= n_words);
    assert_int_equal(sum, best_of(&spans, 0, 0));
}

static void rules_choose_the_best_set(void **state)
{
    static const struct tag_model none;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        check_text(*state, &none, texts[i]);
}

struct counted {
    size_t n;
    size_t n_unknown;
};

static void count_span(void *arg, const struct tag_span *span)
{
    struct counted *counted = arg;
    counted->n++;
    counted->n_unknown += span->node == 0;
}

/* Three unknown words in a row are six candidates. A word that was begun is finished, so
 * an allowance of two is overdrawn by one. */
static void spent_allowance_leaves_listed_names(void **state)
{
    static const struct tag_model none;
    static const struct {
        size_t allowance, left, n, n_unknown;
    } rows[] = {{1000, 1000 - 6 - 1, 7, 6}, {0, 0, 1, 0}, {2, 0, 4, 3}};
    struct tag_context context =
        read_text(*state, &none, "it was Quaxo Zorb Xyloq, then Germany.");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct counted counted = {0, 0};
        size_t allowance = rows[i].allowance;
        wd_tag_find_spans(&context, 0, (uint32_t)context.words.n_words, &allowance,
                          count_span, &counted);
        assert_int_equal(allowance, rows[i].left);
        assert_int_equal(counted.n, rows[i].n);
        assert_int_equal(counted.n_unknown, rows[i].n_unknown);
    }
}

static uint64_t next_random(uint64_t *state)
{
    uint64_t x = (*state += UINT64_C(0x9e3779b97f4a7c15));
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    return x ^ x >> 31;
}

/* A model that holds the features of the texts themselves, at random worth. */
static size_t random_features(struct world *world, uint64_t *seed,
                              struct wd_model_feature *features, size_t room)
{
    static const struct tag_model none;
    size_t n = 0;
    for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++) {
        struct tag_context context = read_text(world, &none, texts[t]);
        uint32_t n_words = (uint32_t)context.words.n_words;
        for (uint32_t i = 0; i < n_words; i++) {
            uint32_t names[TAG_WORD_FEATURES];
            unsigned count = wd_tag_word_features(&context, 0, n_words, i, names);
            for (unsigned k = 0; k < count && n < room; k++, n++) {
                features[n].name = names[k];
                for (unsigned c = 0; c < WD_MODEL_COLUMNS; c++)
                    features[n].weight[c] = (int8_t)(next_random(seed) % 61) - 30;
            }
        }
    }
    return n;
}

static void models_choose_the_best_set(void **state)
{
    static struct wd_model_feature features[8000];
    static int16_t cues[WD_MODEL_CUES][WD_MODEL_LABELS];
    for (uint64_t seed = 1; seed <= 5; seed++) {
        uint64_t random = seed;
        const struct wd_model_parts parts = {
            .features = features,
            .n_features = random_features(*state, &random, features, 8000),
            .cues = (const int16_t(*)[WD_MODEL_LABELS])cues,
            .n_buckets = 8000,
        };
        struct wd_buf buf;
        struct wd_error err;
        struct tag_model model;
        size_t n_left_out;
        wd_buf_init(&buf, 1 << 24);
        assert_int_equal(wd_model_write(&parts, &buf, &n_left_out), WD_OK);
        char *bytes = aligned_alloc(64, (buf.size + 63) / 64 * 64);
        assert_non_null(bytes);
        memcpy(bytes, buf.data, buf.size);
        assert_int_equal(
            wd_tag_model_view((struct wd_str){bytes, buf.size}, "random", &model, &err),
            WD_OK);
        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
            check_text(*state, &model, texts[i]);
        free(bytes);
        wd_buf_done(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_choose_the_best_set),
        cmocka_unit_test(spent_allowance_leaves_listed_names),
        cmocka_unit_test(models_choose_the_best_set),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
