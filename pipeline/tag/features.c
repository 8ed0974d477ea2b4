/* features.c -- words and spans as rows of hashed features.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Kinds follow what is known to carry names in newspapers: the word and its neighbours up
 * to two away, its shape, its beginning and end, whether its capital means anything where
 * it stands, name lists, the longest gazetteer name over it, the words of the lexicon,
 * what the rest of the article says about it, and the clusters of words used alike.
 * Neighbours are told apart by case ("May" and "may"). A kind may be added at the end of
 * the list; changing one needs a new TAG_FEATURES_VERSION and a new model. */
#include "tag/features.h"

#include "tag/marks.h"
#include "tag/names.h"

enum kind {
    KIND_BIAS,
    KIND_WORD,
    KIND_FOLDED,
    KIND_PREV,
    KIND_NEXT,
    KIND_PREV2,
    KIND_NEXT2,
    KIND_PREV_WORD,
    KIND_WORD_NEXT,
    KIND_AROUND,
    KIND_SHAPE,
    KIND_PREV_SHAPE,
    KIND_NEXT_SHAPE,
    KIND_SHAPES,
    KIND_SUFFIX2,
    KIND_SUFFIX3,
    KIND_SUFFIX4,
    KIND_PREFIX3,
    KIND_PREFIX4,
    KIND_CASE,
    KIND_CASE_WORD,
    KIND_CASE_MARKS,
    KIND_LISTS,
    KIND_PREV_LISTS,
    KIND_NEXT_LISTS,
    KIND_LISTS_BOTH,
    KIND_HINTS,
    KIND_PREV_HINTS,
    KIND_NEXT_HINTS,
    KIND_MATCH,
    KIND_PREV_MATCH,
    KIND_NEXT_MATCH,
    KIND_MATCH_CASE,
    KIND_MATCH_PREV_WORD,
    KIND_MARKS,
    KIND_MARKS_LISTS,
    KIND_TITLES,
    KIND_CLUSTER,
    KIND_COARSE,
    KIND_PREV_CLUSTER,
    KIND_NEXT_CLUSTER,
    KIND_PREV_CLUSTER_BOTH,
    KIND_NEXT_CLUSTER_BOTH,
    KIND_CLUSTERS,
    KIND_PREV2_CLUSTER,
    KIND_NEXT2_CLUSTER,
    KIND_SPAN_KEY,
    KIND_SPAN_PREV,
    KIND_SPAN_NEXT,
    KIND_SPAN_AROUND,
    KIND_SPAN_PREV_LAST,
    KIND_SPAN_LAST,
    KIND_SPAN_FIRST,
    KIND_SPAN_SHAPES,
    KIND_SPAN_CLUSTERS,
    KIND_SPAN_AROUND_CLUSTERS,
    KIND_SPAN_EDGE_CLUSTERS,
    KIND_SPAN_PREV2,
    KIND_SPAN_NEXT2,
    KIND_LIST_PREV,
    KIND_LIST_NEXT,
};

/* 0 is the name of an empty entry of the model. */
static uint32_t feature(enum kind kind, uint64_t value)
{
    uint64_t x = (value ^ ((uint64_t)kind + 1) * UINT64_C(0xd6e8feb86659fd93)) *
                 UINT64_C(0x9e3779b97f4a7c15);
    x ^= x >> 32;
    x *= UINT64_C(0xc2b2ae3d27d4eb4f);
    uint32_t name = (uint32_t)(x >> 32);
    return name ? name : 1;
}

static uint64_t pair(uint64_t a, uint64_t b)
{
    return (a * UINT64_C(0xff51afd7ed558ccd)) ^ (b + UINT64_C(0x2545f4914f6cdd1d)) * 31;
}

#define CASE_STEP UINT64_C(0x8cb92ba72f3d8dd7)
#define CASE_NONE 4 /* of what is no word */

static const struct tag_word before_all = {
    .name = {.kind = WD_NAME_SIGN, .hash = 1},
    .id = 1 + CASE_NONE * CASE_STEP,
    .form = WD_NAME_SIGN,
};
static const struct tag_word behind_all = {
    .name = {.kind = WD_NAME_SIGN, .hash = 2},
    .id = 2 + CASE_NONE * CASE_STEP,
    .form = WD_NAME_SIGN,
};

struct view {
    const struct tag_context *context;
    uint32_t from;
    uint32_t to;
};

static const struct tag_word *word_at(const struct view *view, int64_t i)
{
    if (i < (int64_t)view->from)
        return &before_all;
    return i < (int64_t)view->to ? &view->context->words.word[i] : &behind_all;
}

/* -------------------------------------------------------------------- one word's facts
 */

static uint64_t case_of(const struct tag_word *word)
{
    if (word->name.kind != WD_NAME_WORD)
        return CASE_NONE;
    if ((word->flags & TAG_IN_CAPS) && (word->flags & TAG_IS_CAP))
        return 5;
    if (word->name.shape & WD_SHAPE_CAPS)
        return word->name.shape & WD_SHAPE_SINGLE ? 1 : 2;
    if (word->name.shape & WD_SHAPE_CAPITAL)
        return 1;
    return word->name.shape & WD_SHAPE_MIXED ? 3 : 0;
}

/* The word, told apart by case; numbers by their length alone. */
static uint64_t make_id(const struct tag_word *word)
{
    if (word->name.kind == WD_NAME_NUMBER)
        return 100 + word->name.length;
    return word->name.hash + case_of(word) * CASE_STEP;
}

static uint32_t make_form(const struct tag_word *word)
{
    unsigned length = word->name.length < 7 ? word->name.length : 7;
    unsigned sign = word->name.kind == WD_NAME_SIGN ? (unsigned char)word->name.sign : 0;
    return word->name.kind | (unsigned)word->name.gap << 2 |
           (unsigned)word->name.shape << 4 | length << 12 | sign << 16;
}

static unsigned bucket(unsigned value)
{
    return value == 0 ? 0 : value < 12 ? 1 : value < 25 ? 2 : value < 50 ? 3 : 4;
}

static uint16_t make_lists(const struct tag_word *word)
{
    const struct wd_gaz_word *gaz = word->gaz;
    unsigned cap = (word->flags & TAG_IS_CAP) != 0;
    if (!gaz)
        return (uint16_t)cap;
    return (uint16_t)(cap | bucket(gaz->given) << 1 | bucket(gaz->surname) << 4 |
                      bucket(gaz->lower) << 7 | (gaz->is_calendar != 0) << 10 | 1u << 11);
}

void wd_tag_describe(struct tag_word *word)
{
    word->id = make_id(word);
    word->form = make_form(word);
    word->lists = make_lists(word);
}

static uint64_t id_of(const struct tag_word *word)
{
    return word->id;
}

static uint64_t lists_of(const struct tag_word *word)
{
    return word->lists;
}

static uint64_t context_of(const struct tag_word *word)
{
    return word->flags & (TAG_STARTS_SENTENCE | TAG_IN_CAPS | TAG_IN_TITLE |
                          TAG_IS_COMMON | TAG_IS_CAP);
}

static uint64_t match_of(const struct tag_word *word)
{
    return (uint64_t)word->match << 8 | word->match_at;
}

/* "Cologne, Newcastle and Bern": what stands in one list is of one kind. */
static bool in_list(const struct tag_word *word)
{
    return word->name.kind == WD_NAME_SIGN
               ? word->name.sign == ',' || word->name.sign == '/'
               : word->name.length == 3 && (word->hints & HINT_JOIN) &&
                     !(word->hints & HINT_THE);
}

/* `size` bytes as one number, with ASCII capitals made small. */
static uint64_t small_bytes(const char *at, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)at[i];
        value = value << 8 | (c >= 'A' && c <= 'Z' ? c | 0x20u : c);
    }
    return value;
}

/* ------------------------------------------------------------------------------- words
 */

struct row {
    uint32_t *feature;
    unsigned n;
};

static void add(struct row *row, enum kind kind, uint64_t value)
{
    row->feature[row->n++] = feature(kind, value);
}

static void add_words(struct row *row, const struct tag_word *const w[5])
{
    uint64_t id = id_of(w[2]), prev = id_of(w[1]), next = id_of(w[3]);
    add(row, KIND_BIAS, 0);
    add(row, KIND_WORD, id);
    add(row, KIND_FOLDED, w[2]->name.hash);
    add(row, KIND_PREV, prev);
    add(row, KIND_NEXT, next);
    add(row, KIND_PREV2, id_of(w[0]));
    add(row, KIND_NEXT2, id_of(w[4]));
    add(row, KIND_PREV_WORD, pair(prev, id));
    add(row, KIND_WORD_NEXT, pair(id, next));
    add(row, KIND_AROUND, pair(prev, next));
}

static void add_shapes(struct row *row, const struct tag_word *const w[5],
                       struct wd_str text)
{
    uint64_t shape = w[2]->form, prev = w[1]->form, next = w[3]->form;
    struct wd_str word = wd_span_of(text, w[2]->name.span);
    size_t size = word.size < 4 ? word.size : 4;
    uint64_t end = small_bytes(word.data + word.size - size, size);
    uint64_t begin = small_bytes(word.data, size);
    add(row, KIND_SHAPE, shape);
    add(row, KIND_PREV_SHAPE, pair(prev, shape));
    add(row, KIND_NEXT_SHAPE, pair(shape, next));
    add(row, KIND_SHAPES, pair(pair(prev, shape), next));
    add(row, KIND_SUFFIX2, end & 0xffff);
    add(row, KIND_SUFFIX3, end & 0xffffff);
    add(row, KIND_SUFFIX4, end);
    add(row, KIND_PREFIX3, size < 4 ? begin : begin >> 8);
    add(row, KIND_PREFIX4, begin);
}

static void add_knowledge(struct row *row, const struct tag_word *const w[5])
{
    uint64_t where = context_of(w[2]), lists = lists_of(w[2]), match = match_of(w[2]);
    add(row, KIND_CASE, where);
    add(row, KIND_CASE_WORD, pair(where, w[2]->name.hash));
    add(row, KIND_CASE_MARKS, pair(where, w[2]->marks & (MARK_SMALL | MARK_CAPITAL)));
    add(row, KIND_LISTS, lists);
    add(row, KIND_PREV_LISTS, pair(lists_of(w[1]), lists));
    add(row, KIND_NEXT_LISTS, pair(lists, lists_of(w[3])));
    add(row, KIND_LISTS_BOTH, pair(pair(lists_of(w[1]), lists), lists_of(w[3])));
    add(row, KIND_HINTS, w[2]->hints & HINT_LEARNED);
    add(row, KIND_PREV_HINTS, w[1]->hints & HINT_LEARNED);
    add(row, KIND_NEXT_HINTS, w[3]->hints & HINT_LEARNED);
    add(row, KIND_MATCH, match);
    add(row, KIND_PREV_MATCH, pair(match_of(w[1]), match));
    add(row, KIND_NEXT_MATCH, pair(match, match_of(w[3])));
    add(row, KIND_MATCH_CASE, pair(match, where));
    add(row, KIND_MATCH_PREV_WORD, pair(match, id_of(w[1])));
    add(row, KIND_MARKS, w[2]->marks);
    add(row, KIND_MARKS_LISTS, pair(w[2]->marks, lists));
    add(row, KIND_LIST_PREV, in_list(w[1]) ? pair(match_of(w[0]), match) : 0);
    add(row, KIND_LIST_NEXT, in_list(w[3]) ? pair(match, match_of(w[4])) : 0);
    add(row, KIND_TITLES,
        (w[1]->flags & (TAG_ENDS_TITLE | TAG_IN_TITLE_OF)) |
            (uint64_t)(w[2]->flags & (TAG_ENDS_TITLE | TAG_IN_TITLE_OF)) << 16);
}

static void add_clusters(struct row *row, const struct tag_word *const w[5])
{
    add(row, KIND_CLUSTER, w[2]->cluster);
    add(row, KIND_COARSE, w[2]->coarse);
    add(row, KIND_PREV_CLUSTER, w[1]->cluster);
    add(row, KIND_NEXT_CLUSTER, w[3]->cluster);
    add(row, KIND_PREV_CLUSTER_BOTH, pair(w[1]->cluster, w[2]->cluster));
    add(row, KIND_NEXT_CLUSTER_BOTH, pair(w[2]->cluster, w[3]->cluster));
    add(row, KIND_CLUSTERS, pair(w[1]->cluster, w[3]->cluster));
    add(row, KIND_PREV2_CLUSTER, w[0]->cluster);
    add(row, KIND_NEXT2_CLUSTER, w[4]->cluster);
}

unsigned wd_tag_word_features(const struct tag_context *context, uint32_t from,
                              uint32_t to, uint32_t at,
                              uint32_t features[TAG_WORD_FEATURES])
{
    const struct view view = {context, from, to};
    const struct tag_word *w[5];
    struct row row = {.feature = features};

    for (int i = 0; i < 5; i++)
        w[i] = word_at(&view, (int64_t)at + i - 2);
    add_words(&row, w);
    add_shapes(&row, w, context->text);
    add_knowledge(&row, w);
    if (context->has_clusters)
        add_clusters(&row, w);
    return row.n;
}

/* ------------------------------------------------------------------------------- spans
 */

/* The pattern of a span: one sign a word, joining words by themselves. */
static uint64_t pattern_of(const struct tag_word *word, uint32_t n_words)
{
    uint64_t pattern = 0;
    for (uint32_t i = 0; i < n_words; i++) {
        bool is_name = word[i].flags & TAG_IS_CAP;
        uint64_t sign = is_name ? case_of(&word[i]) << 4 | (word[i].name.shape & 0x7c)
                                : id_of(&word[i]);
        pattern = pair(pattern, sign);
    }
    return pattern;
}

static uint64_t clusters_of(const struct tag_word *word, uint32_t n_words)
{
    uint64_t row = 0;
    for (uint32_t i = 0; i < n_words; i++)
        row = pair(row, word[i].coarse);
    return row;
}

unsigned wd_tag_span_features(const struct tag_context *context, uint32_t from,
                              uint32_t to, const struct tag_span *span,
                              uint32_t features[TAG_SPAN_FEATURES])
{
    const struct view view = {context, from, to};
    const struct tag_word *first = &context->words.word[span->first];
    const struct tag_word *last = &context->words.word[span->last];
    const struct tag_word *prev = word_at(&view, (int64_t)span->first - 1);
    const struct tag_word *next = word_at(&view, (int64_t)span->last + 1);
    uint32_t n_words = span->last - span->first + 1;
    uint64_t size = n_words < 5 ? n_words : 5;
    struct row row = {.feature = features};

    add(&row, KIND_SPAN_KEY, wd_tag_key(&context->words, span->first, span->last));
    add(&row, KIND_SPAN_PREV, pair(id_of(prev), size));
    add(&row, KIND_SPAN_NEXT, pair(id_of(next), size));
    add(&row, KIND_SPAN_AROUND, pair(id_of(prev), id_of(next)));
    add(&row, KIND_SPAN_PREV_LAST, pair(id_of(prev), last->name.hash));
    add(&row, KIND_SPAN_LAST, pair(last->name.hash, size));
    add(&row, KIND_SPAN_FIRST, pair(first->name.hash, size));
    add(&row, KIND_SPAN_SHAPES, pattern_of(first, n_words));
    add(&row, KIND_SPAN_PREV2,
        pair(id_of(word_at(&view, (int64_t)span->first - 2)), id_of(prev)));
    add(&row, KIND_SPAN_NEXT2,
        pair(id_of(next), id_of(word_at(&view, (int64_t)span->last + 2))));
    if (context->has_clusters) {
        add(&row, KIND_SPAN_CLUSTERS, clusters_of(first, n_words));
        add(&row, KIND_SPAN_AROUND_CLUSTERS, pair(prev->cluster, next->cluster));
        add(&row, KIND_SPAN_EDGE_CLUSTERS,
            pair(pair(first->cluster, last->cluster), size));
    }
    return row.n;
}
