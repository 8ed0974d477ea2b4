/* sketch.c -- takes an article's fingerprints.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the ordered stages will ever know about this text is decided here: they see
 * sketches, not texts. Three kinds of evidence go in.
 *
 * - Shingles: hashes of five words in a row, over the body. Two texts share a shingle
 *   where one copied from the other; independent accounts of one event share few. Five
 *   and not three: quotes and set phrases are short, and with three words the seeds'
 *   reprint stands no higher than two reports that quote the same speech. Only the lowest
 *   hashes are kept (bottom-k: Cohen and Kaplan 2007), so that the share that two samples
 *   have in common below the lower of their bounds estimates the share of the texts
 *   without bias, also when one text is much the longer. Winnowing was refused: its
 *   samples depend on the neighbours, and containment cannot be read off them.
 * - Keys: the shingles by which the article is found again. A few of the lowest would do
 *   for texts of one length; but of a feature of 3,000 words one shingle in 200 would be
 *   left, and whoever prints no more than its first paragraph would not meet it. So some
 *   are kept of the lead alone: what is cut away is the end.
 * - Facts: the numbers and the words of names. A template (the weekly tender, the grant
 *   to the next fire brigade) repeats the shingles and changes these; a reprint keeps
 *   them.
 * - Terms: names and the heavier words, headline first, for finding the story. How rare a
 *   term is in the stream is not known here; the story stage weighs that in.
 *
 * Everything is a function of the text and the tags alone. */
#include "sketch.h"

#include <assert.h>
#include <string.h>

#include "base/article.h"
#include "base/folded.h"
#include "base/hash.h"
#include "base/sort.h"
#include "base/timestamp.h"
#include "common_words.h"

enum {
    SHINGLE_WORDS = 5,
    LEAD_SHINGLES = 60, /* of the first paragraph or two */
    LEAD_KEYS = 8,
    COMMON_ROOM = 16384, /* for about 4,000 words */
    LEAD_WORDS = 60,     /* the first sentences say what the story is */
    VERSION_BYTES = 256, /* of a version that the source gives; compared, not shown */
};

/* Multiplier of the rolling combination, and its power for the word that leaves. Any odd
 * number would do; this one is 2^64 divided by the golden ratio (Knuth 6.4). */
#define ROLL UINT64_C(0x9e3779b97f4a7c15)

struct keys {
    uint64_t *at;
    size_t n;
    size_t room;
};

struct common;

struct sketcher {
    struct wd_article *art;
    const struct common *common;
    struct keys words;   /* of the body, in order */
    struct keys starts;  /* where they stand in the text */
    uint64_t headline;   /* hash of its words */
    struct keys figures; /* hashes of 16 bits, the place above them */
    struct keys names;   /* likewise */
    uint32_t *probes;    /* of the sketch */
    struct keys terms;   /* hash below, TERM_… above */
    size_t sentence;     /* the first that ends behind the current word */
    bool has_sentence_begun;
};

/* Above the hash in a term key. The low ones are enum wd_term_flag. */
enum { TERM_LEAD = 4, TERM_BODY = 8 };

static int keys_add(struct sketcher *sk, struct keys *keys, uint64_t key)
{
    if (keys->n == keys->room) {
        size_t room = keys->room ? keys->room * 2 : 256;
        uint64_t *at = wd_arena_grow(&sk->art->arena, keys->at, keys->n * sizeof(key),
                                     room * sizeof(key));
        if (!at)
            return WD_ENOMEM;
        keys->at = at;
        keys->room = room;
    }
    keys->at[keys->n++] = key;
    return WD_OK;
}

static int keys_sort(struct sketcher *sk, struct keys *keys, unsigned n_bits)
{
    uint64_t *spare = wd_arena_alloc(&sk->art->arena, keys->n * sizeof(*spare));
    if (!spare)
        return WD_ENOMEM;
    wd_sort_keys(keys->at, spare, keys->n, n_bits);
    return WD_OK;
}

/* The finaliser of MurmurHash3: every bit of the sum reaches every other. */
static uint64_t mix(uint64_t sum)
{
    sum ^= sum >> 33;
    sum *= UINT64_C(0xff51afd7ed558ccd);
    sum ^= sum >> 33;
    sum *= UINT64_C(0xc4ceb9fe1a85ec53);
    return sum ^ sum >> 33;
}

/* The hash of a word for one of its uses, from that for all. */
static uint32_t short_hash(uint64_t word, enum wd_hash_seed use)
{
    return (uint32_t)(mix(word + use) >> 32);
}

static uint32_t term_hash(uint64_t word)
{
    return short_hash(word, WD_SEED_TERM) >> (32 - WD_TERM_BITS);
}

/* --- common words --- */

/* A set of term hashes with the class of each (common_words.h). Hash 0 is no word's. */
struct common {
    uint32_t hashes[COMMON_ROOM];
    uint8_t classes[COMMON_ROOM];
};

static uint32_t common_seek(const struct common *common, uint32_t hash)
{
    uint32_t at = hash % COMMON_ROOM;
    while (common->hashes[at] != 0 && common->hashes[at] != hash)
        at = (at + 1) % COMMON_ROOM;
    return at;
}

static unsigned common_class(const struct common *common, uint32_t hash)
{
    uint32_t at = common_seek(common, hash);
    return common->hashes[at] ? common->classes[at] : WD_COMMON_CLASSES;
}

static void common_fill(struct common *common)
{
    size_t n = 0;
    for (unsigned class = 0; class < WD_COMMON_CLASSES; class ++) {
        for (const char *p = wd_common_words[class]; *p;) {
            size_t size = strcspn(p, " ");
            uint64_t word = wd_hash((struct wd_str){p, size}, WD_SEED_WORD);
            uint32_t hash = term_hash(word);
            uint32_t at = common_seek(common, hash);
            common->hashes[at] = hash;
            common->classes[at] = (uint8_t) class;
            p += size + (p[size] == ' ');
            n++;
        }
    }
    assert(n < COMMON_ROOM / 2); /* so that every search ends, and soon */
}

/* --- words --- */

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

/* Left out are single letters and the very commonest words. */
static int add_term(struct sketcher *sk, uint64_t word, uint32_t size, unsigned flags)
{
    uint32_t hash = term_hash(word);
    unsigned commonness = common_class(sk->common, hash);
    if (size < 2 || commonness < 2)
        return WD_OK;
    return keys_add(sk, &sk->terms,
                    hash | (uint64_t)flags << 32 | (uint64_t)commonness << 40);
}

/* 16 bits of the hash, and the place above them. */
static uint64_t fact_key(uint32_t hash, uint32_t start)
{
    return (uint64_t)start << 32 | hash >> 16;
}

static int add_body_word(struct sketcher *sk, const struct wd_folded_word *folded)
{
    uint64_t word = wd_hash(wd_folded_str(folded), WD_SEED_WORD);
    int r = keys_add(sk, &sk->words, word);
    if (r == WD_OK)
        r = keys_add(sk, &sk->starts, folded->span.start);
    if (r < 0)
        return r;
    bool is_first = starts_sentence(sk, folded->span);
    if (folded->is_number)
        return keys_add(sk, &sk->figures,
                        fact_key(short_hash(word, WD_SEED_FIGURE), folded->span.start));

    unsigned flags = TERM_BODY;
    if (sk->words.n <= LEAD_WORDS)
        flags |= TERM_LEAD;
    if (folded->is_capital && !is_first && folded->size > 1) {
        flags |= WD_TERM_NAME;
        r = keys_add(sk, &sk->names,
                     fact_key(short_hash(word, WD_SEED_NAME), folded->span.start));
        if (r < 0)
            return r;
    }
    return add_term(sk, word, folded->size, flags);
}

static int add_headline_word(struct sketcher *sk, const struct wd_folded_word *folded)
{
    uint64_t word = wd_hash(wd_folded_str(folded), WD_SEED_WORD);
    sk->headline = mix(sk->headline * ROLL + word);
    return folded->is_number ? WD_OK : add_term(sk, word, folded->size, WD_TERM_HEADLINE);
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

/* --- shingles --- */

static uint64_t power_of_roll(unsigned n)
{
    uint64_t power = 1;
    while (n--)
        power *= ROLL;
    return power;
}

static uint64_t content_hash(const struct keys *words)
{
    uint64_t hash = WD_SEED_CONTENT;
    for (size_t i = 0; i < words->n; i++)
        hash = mix(hash * ROLL + words->at[i]);
    return hash;
}

/* Of all runs of SHINGLE_WORDS words, and of the whole text when it is shorter: the hash
 * below, the key above it. In the order of the text. */
static int collect_shingles(struct sketcher *sk, struct keys *shingles)
{
    const struct keys *words = &sk->words;
    uint64_t leaving = power_of_roll(SHINGLE_WORDS), sum = 0;
    int r = WD_OK;
    for (size_t i = 0; i < words->n && r == WD_OK; i++) {
        sum = sum * ROLL + words->at[i];
        if (i >= SHINGLE_WORDS)
            sum -= words->at[i - SHINGLE_WORDS] * leaving;
        if (i + 1 >= SHINGLE_WORDS || i + 1 == words->n) {
            uint64_t mixed = mix(sum);
            r = keys_add(sk, shingles, mixed << 32 | mixed >> 32);
        }
    }
    return r;
}

/* The hash as a number of three bits of exponent and thirteen of mantissa: the lower the
 * hashes of a sample, the finer they are told apart. */
static uint16_t print_of(uint32_t hash)
{
    unsigned zeros = (unsigned)__builtin_clz(hash | 1);
    if (zeros >= 7)
        return (uint16_t)(hash >> 12);
    return (uint16_t)((7 - zeros) << 13 | ((hash << (zeros + 1)) >> 19));
}

static uint32_t key_of(uint64_t shingle)
{
    return (uint32_t)(shingle >> (64 - WD_KEY_BITS));
}

/* A sorted copy of the first `n` shingles without repetitions. */
static int sort_shingles(struct sketcher *sk, const struct keys *shingles, size_t n,
                         struct keys *ret_sorted)
{
    struct keys sorted = {.n = n, .room = n};
    sorted.at = wd_arena_alloc(&sk->art->arena, n * sizeof(uint64_t));
    if (!sorted.at)
        return WD_ENOMEM;
    if (n)
        memcpy(sorted.at, shingles->at, n * sizeof(uint64_t));
    int r = keys_sort(sk, &sorted, 32);
    sorted.n = wd_distinct_keys(sorted.at, n);
    *ret_sorted = sorted;
    return r;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The sample, and beside each print the key to ask for. */
static int sketch_prints(struct sketcher *sk, const struct keys *sorted)
{
    struct wd_sketch *sketch = &sk->art->sketch;
    size_t n = smaller(sorted->n, WD_PRINTS_MAX), n_prints = 0;
    uint16_t *prints = wd_arena_alloc(&sk->art->arena, n * sizeof(*prints));
    uint32_t *probes = wd_arena_alloc(&sk->art->arena, WD_PROBES_MAX * sizeof(*probes));
    if (!prints || !probes)
        return WD_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        uint16_t print = print_of((uint32_t)sorted->at[i]);
        if (n_prints > 0 && prints[n_prints - 1] == print)
            continue;
        prints[n_prints] = print;
        probes[n_prints++] = key_of(sorted->at[i]);
    }
    sketch->prints = prints;
    sketch->n_prints = (uint32_t)n_prints;
    sketch->n_shingles = (uint32_t)(sorted->n - n + n_prints);
    sk->probes = probes;
    sketch->probes = probes;
    sketch->n_probes = (uint32_t)n_prints;
    return WD_OK;
}

/* The sample's print of that hash. */
static uint32_t seek_print(const struct wd_sketch *sketch, uint32_t hash)
{
    uint16_t print = print_of(hash);
    uint32_t low = 0, high = sketch->n_prints;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sketch->prints[middle] <= print)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static uint32_t count_points(struct wd_str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    return n;
}

/* Where the shingles of the sample begin; of one that repeats, the first place. */
static int sketch_places(struct sketcher *sk, const struct keys *shingles, uint32_t bound)
{
    struct wd_sketch *sketch = &sk->art->sketch;
    struct wd_str text = sk->art->facts.text;
    uint32_t *starts =
        wd_arena_alloc(&sk->art->arena, sketch->n_prints * sizeof(*starts));
    uint8_t *places = wd_arena_alloc(&sk->art->arena, WD_PLACES_MAX);
    if (!starts || !places)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < sketch->n_prints; i++)
        starts[i] = UINT32_MAX;

    uint32_t last = 0, n_points = 0; /* up to the last shingle that was found */
    for (size_t i = 0; i < shingles->n; i++) {
        uint32_t hash = (uint32_t)shingles->at[i], start = (uint32_t)sk->starts.at[i];
        uint32_t print = hash <= bound ? seek_print(sketch, hash) : 0;
        if (hash > bound || starts[print] != UINT32_MAX)
            continue;
        n_points += count_points((struct wd_str){text.data + last, start - last});
        last = start;
        starts[print] = start;
        if (print < WD_PLACES_MAX)
            places[print] = (uint8_t)((uint64_t)n_points * 256 / sketch->n_points);
    }
    sketch->starts = starts;
    sketch->places = places;
    sketch->lead_end =
        shingles->n > LEAD_SHINGLES ? (uint32_t)sk->starts.at[LEAD_SHINGLES] : UINT32_MAX;
    return WD_OK;
}

/* Hashes up to which a shingle is in the sample, is a key, is a key in the lead. */
struct bounds {
    uint32_t sample;
    uint32_t key;
    uint32_t lead;
};

/* The shingles by which the article is to be found. */
static int sketch_keys(struct sketcher *sk, struct keys *found)
{
    struct wd_sketch *sketch = &sk->art->sketch;
    int r = keys_sort(sk, found, 32);
    if (r < 0)
        return r;
    uint32_t *keys = wd_arena_alloc(&sk->art->arena, WD_KEYS_MAX * sizeof(*keys));
    if (!keys)
        return WD_ENOMEM;
    size_t n = smaller(wd_distinct_keys(found->at, found->n), WD_KEYS_MAX);
    for (size_t i = 0; i < n; i++)
        keys[i] = (uint32_t)found->at[i];
    sketch->keys = keys;
    sketch->n_keys = (uint32_t)n;
    return WD_OK;
}

static int find_keys(struct sketcher *sk, const struct keys *shingles,
                     struct bounds bounds, struct keys *found)
{
    struct wd_sketch *sketch = &sk->art->sketch;
    for (size_t i = 0; i < shingles->n; i++) {
        uint32_t hash = (uint32_t)shingles->at[i], key = key_of(shingles->at[i]);
        bool is_of_lead = i < LEAD_SHINGLES && hash <= bounds.lead;
        if (hash > bounds.key && !is_of_lead)
            continue;
        int r = keys_add(sk, found, key);
        if (r < 0)
            return r;
        if (hash > bounds.sample && sketch->n_probes < WD_PROBES_MAX)
            sk->probes[sketch->n_probes++] = key;
    }
    return WD_OK;
}

static int sketch_shingles(struct sketcher *sk)
{
    struct keys shingles = {0}, sorted, lead, found = {0};
    int r = collect_shingles(sk, &shingles);
    if (r == WD_OK)
        r = sort_shingles(sk, &shingles, shingles.n, &sorted);
    if (r == WD_OK)
        r = sort_shingles(sk, &shingles, smaller(shingles.n, LEAD_SHINGLES), &lead);
    if (r == WD_OK)
        r = sketch_prints(sk, &sorted);
    if (r < 0 || shingles.n == 0)
        return r;
    struct bounds bounds = {
        .sample = (uint32_t)sorted.at[smaller(sorted.n, WD_PRINTS_MAX) - 1],
        .key = (uint32_t)sorted.at[smaller(sorted.n, WD_KEYS_MAX - LEAD_KEYS) - 1],
        .lead = (uint32_t)lead.at[smaller(lead.n, LEAD_KEYS) - 1],
    };
    r = sketch_places(sk, &shingles, bounds.sample);
    if (r == WD_OK)
        r = find_keys(sk, &shingles, bounds, &found);
    return r < 0 ? r : sketch_keys(sk, &found);
}

/* --- facts --- */

/* Lists that are too long keep their lowest hashes: two such lists keep the same ones. Of
 * a fact that repeats, the first place. */
static int sketch_facts(struct sketcher *sk, struct keys *keys, size_t max,
                        const uint16_t **ret_list, const uint32_t **ret_starts,
                        uint32_t *ret_n)
{
    int r = keys_sort(sk, keys, 16);
    if (r < 0)
        return r;
    size_t room = smaller(keys->n, max);
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

/* --- terms --- */

/* Named more often is heavier, but the tenth time says little more than the fifth. */
static uint32_t frequency_weight(uint32_t count)
{
    static const uint8_t weights[] = {0, 10, 16, 20, 23, 25, 27, 28, 29, 30};
    enum { LAST = sizeof(weights) - 1 };
    return weights[count < LAST ? count : LAST];
}

/* A term as a key by which the heaviest come first, then those of the lower hash. */
static uint64_t term_key(uint32_t hash, uint32_t weight, unsigned flags)
{
    return (uint64_t)(UINT8_MAX - weight) << 40 | (uint64_t)hash << 8 | flags;
}

static struct wd_term term_of(uint64_t key)
{
    return (struct wd_term){(uint32_t)(key >> 8), (uint8_t)(UINT8_MAX - (key >> 40)),
                            key & WD_TERM_FLAGS};
}

/* Makes one term, as its key, of a run of equal hashes. */
static uint64_t merge_term(const uint64_t *keys, size_t n)
{
    unsigned flags = 0;
    uint32_t count = 0, n_names = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned f = (unsigned)(keys[i] >> 32) & 0xff;
        flags |= f;
        count += (f & TERM_BODY) != 0;
        n_names += (f & WD_TERM_NAME) != 0;
    }
    /* "Will said he will": a name only where most of its places say so. */
    if (2 * n_names < count)
        flags &= ~(unsigned)WD_TERM_NAME;
    unsigned commonness = (unsigned)(keys[0] >> 40);
    uint32_t weight = frequency_weight(count);
    if (flags & WD_TERM_HEADLINE)
        weight += 10;
    if (flags & TERM_LEAD)
        weight += 6;
    if (flags & WD_TERM_NAME)
        weight *= 2;
    weight = weight * commonness / WD_COMMON_CLASSES;
    return term_key((uint32_t)keys[0], weight, flags & WD_TERM_FLAGS);
}

static int sketch_terms(struct sketcher *sk)
{
    struct wd_sketch *sketch = &sk->art->sketch;
    struct keys *keys = &sk->terms;
    int r = keys_sort(sk, keys, 32);
    if (r < 0)
        return r;
    size_t n = 0;
    for (size_t i = 0, end; i < keys->n; i = end) {
        end = i + 1;
        while (end < keys->n && (uint32_t)keys->at[end] == (uint32_t)keys->at[i])
            end++;
        keys->at[n++] = merge_term(keys->at + i, end - i);
    }
    n = wd_lowest_keys(keys->at, n, WD_TERMS_MAX);
    keys->n = n;
    r = keys_sort(sk, keys, 40); /* the weights stand above that, and follow */
    if (r < 0)
        return r;
    struct wd_term *terms = wd_arena_alloc(&sk->art->arena, n * sizeof(*terms));
    if (!terms)
        return WD_ENOMEM;
    for (size_t i = 0; i < n; i++)
        terms[i] = term_of(keys->at[i]);
    sketch->terms = terms;
    sk->art->terms = terms;
    sketch->n_terms = (uint32_t)n;
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
    if (meta->source.size)
        sketch->source =
            (uint16_t)(short_hash(wd_hash(meta->source, WD_SEED_NAME), WD_SEED_NAME) >>
                       16);
    sketch->is_canceled = wd_str_equal(meta->pubstatus, WD_STR("canceled"));
}

static int sketch_open(void *state, const struct wd_options *opts, struct wd_error *err)
{
    (void)opts;
    (void)err;
    common_fill(state);
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
    sketch->text_hash = (uint32_t)mix(sk.headline * ROLL + sketch->content_hash);
    sketch->n_words = (uint32_t)sk.words.n;
    sketch->n_points = count_points(art->facts.text);
    r = sketch_shingles(&sk);
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
    return sketch_terms(&sk);
}

const struct wd_stage wd_stage_sketch = {
    .name = "sketch",
    .summary = "takes the fingerprints by which copies and stories are known",
    .needs = WD_HAS_TEXT | WD_HAS_TOKENS | WD_HAS_ENTITIES,
    .gives = WD_HAS_SKETCH,
    .state_size = sizeof(struct common),
    .open = sketch_open,
    .run = sketch_run,
};
