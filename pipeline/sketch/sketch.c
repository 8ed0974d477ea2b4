/* sketch.c -- takes an article's fingerprints.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the ordered stages will ever know about this text is decided here: they see
 * sketches, not texts. Three kinds of evidence go in: shingles (shingles.c), which are
 * shared where one text copied from the other; terms (terms.c), by which the story is
 * found; and facts, the numbers and the words of names: a template (the weekly tender,
 * the grant to the next fire brigade) repeats the shingles and changes these, a reprint
 * keeps them.
 *
 * Everything is a function of the text and the tags alone. */
#include "sketch.h"

#include "base/article.h"
#include "base/folded.h"
#include "base/timestamp.h"
#include "base/utf8.h"
#include "mixing.h"
#include "shingles.h"
#include "terms.h"

enum {
    LEAD_WORDS = 90,     /* the first sentences say what the story is */
    VERSION_BYTES = 256, /* of a version that the source gives; compared, not shown */
};

struct sketcher {
    struct wd_article *art;
    const struct wd_common *common;
    struct wd_keys words;   /* of the body, in order */
    struct wd_keys starts;  /* where they stand in the text */
    uint64_t headline;      /* hash of its words */
    struct wd_keys figures; /* hashes of 16 bits, the place above them */
    struct wd_keys names;   /* likewise */
    struct wd_keys terms;   /* places, as terms.h has them */
    size_t sentence;        /* the first that ends behind the current word */
    bool has_sentence_begun;
};

/* --- words --- */

static uint64_t content_hash(const struct wd_keys *words)
{
    uint64_t hash = WD_SEED_CONTENT;
    for (size_t i = 0; i < words->n; i++)
        hash = wd_mix(hash * WD_ROLL + words->at[i]);
    return hash;
}

/* Whether the word is the first of a sentence: its capital then says nothing. Words come
 * in the order of the text within a region. */
static bool starts_sentence(struct sketcher *sk, struct wd_span word)
{
    const struct wd_facts *facts = &sk->art->facts;
    while (sk->sentence < facts->n_sentences &&
           facts->sentences[sk->sentence].end <= word.start) {
        sk->sentence++;
        sk->has_sentence_begun = false;
    }
    bool is_first = !sk->has_sentence_begun;
    sk->has_sentence_begun = true;
    return is_first;
}

/* 16 bits of the hash, and the place above them. */
static uint64_t fact_key(uint32_t hash, uint32_t start)
{
    return (uint64_t)start << 32 | hash >> 16;
}

static int add_body_word(struct sketcher *sk, const struct wd_folded_word *folded)
{
    uint64_t word = wd_hash(wd_folded_str(folded), WD_SEED_WORD);
    int r = wd_keys_add(&sk->art->arena, &sk->words, word);
    if (r == WD_OK)
        r = wd_keys_add(&sk->art->arena, &sk->starts, folded->span.start);
    if (r < 0)
        return r;
    bool is_first = starts_sentence(sk, folded->span);
    if (folded->is_number)
        return wd_keys_add(
            &sk->art->arena, &sk->figures,
            fact_key(wd_short_hash(word, WD_SEED_FIGURE), folded->span.start));

    unsigned flags = WD_TERM_BODY;
    if (sk->words.n <= LEAD_WORDS)
        flags |= WD_TERM_LEAD;
    if (folded->is_capital && !is_first && folded->size > 1) {
        flags |= WD_TERM_NAME;
        r = wd_keys_add(&sk->art->arena, &sk->names,
                        fact_key(wd_short_hash(word, WD_SEED_NAME), folded->span.start));
        if (r < 0)
            return r;
    }
    return wd_terms_add(&sk->art->arena, sk->common, &sk->terms, word, folded->size,
                        flags);
}

static int add_headline_word(struct sketcher *sk, const struct wd_folded_word *folded)
{
    uint64_t word = wd_hash(wd_folded_str(folded), WD_SEED_WORD);
    sk->headline = wd_mix(sk->headline * WD_ROLL + word);
    if (folded->is_number)
        return WD_OK;
    return wd_terms_add(&sk->art->arena, sk->common, &sk->terms, word, folded->size,
                        WD_TERM_HEADLINE);
}

static int read_region(struct sketcher *sk, const struct wd_region *region)
{
    struct wd_folded words = wd_folded_of(sk->art->facts.text, region->span);
    struct wd_folded_word word;
    int r = WD_OK;
    sk->sentence = 0;
    sk->has_sentence_begun = false;
    while (r == WD_OK && wd_folded_next(&words, &word)) {
        if (region->role == WD_ROLE_BODY)
            r = add_body_word(sk, &word);
        else
            r = add_headline_word(sk, &word);
    }
    return r;
}

/* --- facts --- */

/* Lists that are too long keep their lowest hashes: two such lists keep the same ones. Of
 * a fact that repeats, the first place. */
static int sketch_facts(struct sketcher *sk, struct wd_keys *keys, size_t max,
                        const uint16_t **ret_list, const uint32_t **ret_starts,
                        uint32_t *ret_n)
{
    int r = wd_keys_sort(&sk->art->arena, keys, 16);
    if (r < 0)
        return r;
    size_t room = keys->n < max ? keys->n : max;
    uint16_t *list = wd_arena_alloc(&sk->art->arena, room * sizeof(*list));
    uint32_t *starts = wd_arena_alloc(&sk->art->arena, room * sizeof(*starts));
    uint32_t n = 0;
    if (!list || !starts)
        return WD_ENOMEM;
    for (size_t i = 0; i < keys->n && n < room; i++) {
        uint16_t hash = (uint16_t)keys->at[i];
        if (n > 0 && list[n - 1] == hash)
            continue;
        list[n] = hash;
        starts[n++] = (uint32_t)(keys->at[i] >> 32);
    }
    *ret_list = list;
    *ret_starts = starts;
    *ret_n = n;
    return WD_OK;
}

/* --- the stage --- */

static void sketch_meta(struct wd_article *art)
{
    struct wd_sketch *sketch = &art->sketch;
    const struct wd_meta *meta = &art->facts.meta;
    sketch->uri = meta->uri;
    sketch->version = meta->version;
    if (sketch->version.size > VERSION_BYTES)
        sketch->version.size = VERSION_BYTES;
    while (sketch->version.size > 0 && sketch->version.size < meta->version.size &&
           ((unsigned char)meta->version.data[sketch->version.size] & 0xc0) == 0x80)
        sketch->version.size--; /* to the start of a code point */
    int64_t seconds;
    sketch->published_ms = -1;
    if (wd_time_parse(meta->updated.size ? meta->updated : meta->published, &seconds) &&
        seconds >= 0)
        sketch->published_ms = seconds * 1000;
    sketch->source = wd_source_hash(meta->source);
    sketch->is_canceled = wd_str_equal(meta->pubstatus, WD_STR("canceled"));
}

static int sketch_open(void *state, const struct wd_options *opts, struct wd_error *err)
{
    (void)opts;
    (void)err;
    wd_common_fill(state);
    return WD_OK;
}

static int sketch_run(void *state, struct wd_article *art)
{
    struct sketcher sk = {.art = art, .common = state};
    int r = WD_OK;
    sketch_meta(art);
    for (size_t i = 0; i < art->facts.n_regions && r == WD_OK; i++)
        r = read_region(&sk, &art->facts.regions[i]);
    if (r < 0)
        return r;

    struct wd_sketch *sketch = &art->sketch;
    sketch->content_hash = content_hash(&sk.words);
    sketch->text_hash = (uint32_t)wd_mix(sk.headline * WD_ROLL + sketch->content_hash);
    sketch->n_words = (uint32_t)sk.words.n;
    sketch->n_points = (uint32_t)wd_utf8_count(art->facts.text);
    r = wd_shingles_sketch(art, &sk.words, &sk.starts);
    if (r < 0)
        return r;
    r = sketch_facts(&sk, &sk.figures, WD_FIGURES_MAX, &sketch->figures,
                     &sketch->figure_starts, &sketch->n_figures);
    if (r < 0)
        return r;
    r = sketch_facts(&sk, &sk.names, WD_NAMES_MAX, &sketch->names, &sketch->name_starts,
                     &sketch->n_names);
    if (r < 0)
        return r;
    return wd_terms_sketch(art, &sk.terms);
}

const struct wd_stage wd_stage_sketch = {
    .name = "sketch",
    .summary = "takes the fingerprints by which copies and stories are known",
    .needs = WD_HAS_TEXT | WD_HAS_TOKENS | WD_HAS_ENTITIES,
    .gives = WD_HAS_SKETCH,
    .state_size = sizeof(struct wd_common),
    .open = sketch_open,
    .run = sketch_run,
};
