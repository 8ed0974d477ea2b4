/* codec.c -- sketches as bytes, for the sketch log.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One record is: a version byte, the fields in the order of docs/sketch-log.md, and four
 * bytes of checksum over all that. Numbers are LEB128 varints, signed ones zigzag. Lists
 * of hashes are ascending, so that each is written as its distance to the one before, in
 * as few bits as that takes (base/lists.h): they are nine tenths of a record.
 *
 * Of a term sixteen bits are enough to compare it; eight more are needed where it leads
 * to its article, and that only the heaviest terms do. So the log has those of no others.
 *
 * There is exactly one way to write a sketch. The decoder refuses every other spelling
 * (padded varints, lists out of order, flags that say nothing), so that bytes which pass
 * give the same bytes again: the fuzzer holds it to that. The checksum is for damage at
 * rest and on the way, not against forgers: whoever may write the log may decide.
 *
 * Whole bytes for the distances were tried, and cost a third more: a log that is read
 * once per start is bound by its size. */
#include "wiredesk/sketch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/clones.h"
#include "base/hash.h"
#include "base/lists.h"
#include "base/term_lists.h"
#include "base/wire.h"

enum { SKETCH_VERSION = 5, CHECKSUM_SIZE = 4 };

enum sketch_flag {
    HAS_VERSION = 1 << 0,
    HAS_PUBLISHED = 1 << 1,
    HAS_SOURCE = 1 << 2,
    HAS_OF = 1 << 3,
    OPENS_CLUSTER = 1 << 4, /* its cluster is named after itself, and so not written */
    OPENS_STORY = 1 << 5,
    HAS_MERGED = 1 << 6,
    IS_CANCELED = 1 << 7,
    IS_REPLAY = 1 << 8,
    IS_CONFLICT = 1 << 9,
    MATCHES_KILLED = 1 << 10,
    HAS_LEAD = 1 << 11,
    N_FLAGS = 12,
    ALL_FLAGS = (1 << N_FLAGS) - 1,
};

enum {
    PLACE_BITS = 8,
    LISTS_BYTES = 1280, /* more than all lists take when every code is of the longest */
    MS_PER_SECOND = 1000,
};

/* What the terms of an article have besides their hashes: flags, the usual ones in fewest
 * steps, and a weight, written as how far it is from what is usual with these flags, more
 * and less by turns; the orders fit the spread. Measured on 2,000 press releases. */
enum { USUAL_FLAGS = WD_TERM_NAME }; /* flags are written as what is not as usual */

static const struct term_code {
    uint8_t weight;
    uint8_t order;
    uint8_t mask; /* of that order */
} term_codes[] = {
    [WD_TERM_NAME ^ USUAL_FLAGS] = {34, 4, 15},
    [0 ^ USUAL_FLAGS] = {28, 3, 7},
    [WD_TERM_FLAGS ^ USUAL_FLAGS] = {68, 5, 31},
    [WD_TERM_HEADLINE ^ USUAL_FLAGS] = {30, 4, 15},
};

enum { TERM_CODES = sizeof(term_codes) / sizeof(*term_codes) };

static uint32_t checksum_of(const char *data, size_t size)
{
    return (uint32_t)wd_hash((struct wd_str){data, size}, WD_SEED_CHECKSUM);
}

/* --- writing --- */

/* How many places stand beside the prints. */
static uint32_t count_places(uint32_t n_prints)
{
    return n_prints < WD_PLACES_MAX ? n_prints : WD_PLACES_MAX;
}

static void put_places(struct wd_bit_writer *out, const struct wd_sketch *sketch)
{
    uint32_t n = count_places(sketch->n_prints);
    for (uint32_t i = 0; i < n; i++)
        wd_bits_put(out, sketch->places[i], PLACE_BITS);
}

static void put_keys(struct wd_bit_writer *out, const struct wd_sketch *sketch)
{
    const uint32_t *keys = sketch->keys;
    uint32_t less[WD_KEYS_MAX] = {0};
    unsigned order = wd_list_order(WD_KEY_BITS, sketch->n_keys);
    wd_count_put(out, sketch->n_keys, WD_KEYS_MAX);
    for (uint32_t i = 0, least = 0; i < sketch->n_keys; least = keys[i++] + 1) {
        assert(keys[i] >= least);
        less[i] = keys[i] - least;
    }
    wd_rice_put_steps(out, less, sketch->n_keys, order);
    wd_rice_put_rests(out, less, sketch->n_keys, order);
}

static uint32_t weight_number(uint8_t weight, const struct term_code *code)
{
    int more = weight - code->weight;
    assert(weight > 0);
    return (uint32_t)(more >= 0 ? 2 * more : -2 * more - 1);
}

static void put_weights(struct wd_bit_writer *out, const struct wd_terms *terms)
{
    uint32_t codes[WD_TERMS_MAX], numbers[WD_TERMS_MAX];
    for (uint32_t i = 0; i < terms->n; i++) {
        assert(terms->flags[i] <= WD_TERM_FLAGS);
        codes[i] = terms->flags[i] ^ USUAL_FLAGS;
        numbers[i] = weight_number(terms->weights[i], &term_codes[codes[i]]);
    }
    wd_rice_put_steps(out, codes, terms->n, 0);
    for (uint32_t i = 0; i < terms->n; i++)
        wd_rice_put_steps(out, &numbers[i], 1, term_codes[codes[i]].order);
    for (uint32_t i = 0; i < terms->n; i++)
        wd_rice_put_rest(out, numbers[i], term_codes[codes[i]].order);
}

/* Two terms may have the same hash: they differ in what is not written of all. */
static void put_terms(struct wd_bit_writer *out, const struct wd_terms *terms)
{
    uint32_t more[WD_TERMS_MAX] = {0}, n = terms->n;
    unsigned order = wd_list_order(WD_TERM_HASH_BITS, n);
    wd_count_put(out, n, WD_TERMS_MAX);
    wd_list_distances(terms->hashes, n, 0, more);
    wd_rice_put_steps(out, more, n, order);
    wd_rice_put_rests(out, more, n, order);
    put_weights(out, terms);
    uint32_t keys = wd_term_keys(terms);
    for (; keys; keys &= keys - 1)
        wd_bits_put(out, terms->lows[__builtin_ctz(keys)], WD_TERM_LOW_BITS);
}

static void put_lists(struct wd_buf *buf, const struct wd_sketch *sketch)
{
    char bytes[LISTS_BYTES];
    struct wd_bit_writer out = wd_bit_writer_of(bytes, sizeof(bytes));
    wd_prints_put(&out, sketch->prints, sketch->n_prints, WD_PRINTS_MAX, sketch->n_words);
    put_places(&out, sketch);
    put_keys(&out, sketch);
    wd_list_put(&out, sketch->figures, sketch->n_figures, WD_FIGURES_MAX);
    wd_list_put(&out, sketch->names, sketch->n_names, WD_NAMES_MAX);
    put_terms(&out, &sketch->terms);
    const unsigned char *end = wd_bits_flush(&out);
    assert(!out.is_full);
    wd_buf_append(buf, bytes, (size_t)((const char *)end - bytes));
}

static unsigned sketch_flags(const struct wd_sketch *sketch)
{
    unsigned flags = 0;
    flags |= sketch->version.size ? HAS_VERSION : 0;
    flags |= sketch->published_ms != -1 ? HAS_PUBLISHED : 0;
    flags |= sketch->source ? HAS_SOURCE : 0;
    flags |= sketch->of_sequence ? HAS_OF : 0;
    flags |= sketch->cluster == wd_hash(sketch->uri, WD_SEED_CLUSTER) ? OPENS_CLUSTER : 0;
    flags |= sketch->story == wd_hash(sketch->uri, WD_SEED_STORY) ? OPENS_STORY : 0;
    flags |= sketch->merged_story ? HAS_MERGED : 0;
    flags |= sketch->is_canceled ? IS_CANCELED : 0;
    flags |= sketch->is_replay ? IS_REPLAY : 0;
    flags |= sketch->is_conflict ? IS_CONFLICT : 0;
    flags |= sketch->matches_killed ? MATCHES_KILLED : 0;
    flags |= sketch->lead_sequence ? HAS_LEAD : 0;
    return flags;
}

/* One number, which is a byte for most: flags, the verdict above them; or the status. */
static void put_outcome(struct wd_buf *buf, const struct wd_sketch *sketch,
                        unsigned flags)
{
    bool is_refused = sketch->status != WD_OK;
    uint64_t outcome = is_refused ? 0 - (uint64_t)(int64_t)sketch->status
                                  : flags | (uint64_t)sketch->verdict << N_FLAGS;
    wd_put_varint(buf, outcome << 1 | is_refused);
}

static void put_fingerprints(struct wd_buf *buf, const struct wd_sketch *sketch)
{
    wd_put_fixed(buf, sketch->content_hash, 8);
    wd_put_fixed(buf, sketch->text_hash, 4);
    wd_put_varint(buf, sketch->n_words);
    wd_put_varint(buf, sketch->n_points);
    wd_put_signed(buf, (int64_t)sketch->n_words - sketch->n_shingles);
    put_lists(buf, sketch);
}

/* In whole seconds, after or before the record was written. */
static void put_published(struct wd_buf *buf, const struct wd_sketch *sketch)
{
    assert(sketch->published_ms >= 0 && sketch->published_ms % MS_PER_SECOND == 0);
    wd_put_signed(buf, sketch->published_ms / MS_PER_SECOND -
                           sketch->timestamp_ms / MS_PER_SECOND);
}

static void put_article(struct wd_buf *buf, const struct wd_sketch *sketch,
                        unsigned flags)
{
    wd_put_str(buf, sketch->uri);
    if (flags & HAS_VERSION)
        wd_put_str(buf, sketch->version);
    if (flags & HAS_PUBLISHED)
        put_published(buf, sketch);
    if (flags & HAS_SOURCE)
        wd_put_fixed(buf, sketch->source, 2);

    if (flags & HAS_OF)
        wd_put_varint(buf, sketch->sequence - sketch->of_sequence);
    if (!(flags & OPENS_CLUSTER))
        wd_put_fixed(buf, sketch->cluster, 8);
    if (flags & HAS_LEAD)
        wd_put_varint(buf, sketch->sequence - sketch->lead_sequence);
    if (!(flags & OPENS_STORY))
        wd_put_fixed(buf, sketch->story, 8);
    if (flags & HAS_MERGED)
        wd_put_fixed(buf, sketch->merged_story, 8);
    if (!(flags & IS_REPLAY))
        put_fingerprints(buf, sketch);
}

void wd_sketch_encode(const struct wd_sketch *sketch, struct wd_buf *buf)
{
    size_t start = buf->size;
    wd_buf_append_char(buf, SKETCH_VERSION);
    wd_put_varint(buf, sketch->sequence);
    wd_put_str(buf, sketch->topic);
    wd_put_signed(buf, sketch->partition);
    wd_put_signed(buf, sketch->offset);
    wd_put_signed(buf, sketch->timestamp_ms);
    unsigned flags = sketch->status == WD_OK ? sketch_flags(sketch) : 0;
    put_outcome(buf, sketch, flags);
    if (sketch->status == WD_OK)
        put_article(buf, sketch, flags);
    if (wd_buf_status(buf) == WD_OK)
        wd_put_fixed(buf, checksum_of(buf->data + start, buf->size - start),
                     CHECKSUM_SIZE);
}

/* --- reading --- */

/* Fixed room: no list is longer than its limit. */
struct wd_sketch_scratch {
    uint16_t prints[WD_PRINTS_MAX];
    uint16_t figures[WD_FIGURES_MAX];
    uint16_t names[WD_NAMES_MAX];
    uint32_t keys[WD_KEYS_MAX];
    uint8_t places[WD_PLACES_MAX];
    struct wd_term_room terms;
};

void wd_sketch_scratch_free(struct wd_sketch_scratch *scratch)
{
    free(scratch);
}

static void get_places(struct wd_bit_reader *in, uint8_t *places, uint32_t n)
{
    enum { AT_ONCE = WD_BITS_PEEKED / PLACE_BITS };
    for (uint32_t i = 0, end; i < n; i = end) {
        uint64_t bits = wd_bits_peek(in);
        end = n - i < AT_ONCE ? n : i + AT_ONCE;
        in->at += (size_t)(end - i) * PLACE_BITS;
        for (; i < end; bits >>= PLACE_BITS)
            places[i++] = (uint8_t)bits;
    }
}

static uint32_t get_keys(struct wd_bit_reader *in, uint32_t *keys)
{
    uint8_t steps[WD_KEYS_MAX];
    uint32_t n = wd_count_get(in, WD_KEYS_MAX);
    uint64_t least = 0;
    wd_rice_get_steps(in, steps, n);
    wd_rice_get_rests(in, steps, n, wd_list_order(WD_KEY_BITS, n), keys);
    for (uint32_t i = 0; i < n; i++) {
        least += keys[i];
        keys[i] = (uint32_t)least++;
    }
    if (least > UINT64_C(1) << WD_KEY_BITS)
        wd_bits_complain(in);
    return n;
}

/* The weight of that number, if it is one of 8 bits, not 0. No branch: that would be for
 * a dice. */
static uint32_t weight_of(const struct term_code *code, uint32_t number)
{
    return code->weight + (number >> 1 ^ (0 - (number & 1)));
}

/* Has more than 8 bits if one of the weights is not good. */
static uint32_t check_weight(uint32_t weight)
{
    return weight | (weight - 1);
}

/* The remainders of some weights are short enough to be peeked at together. Returns what
 * check_weight() says of all. */
static uint32_t get_few_weights(struct wd_bit_reader *in,
                                const uint8_t codes[WD_RICE_AT_ONCE],
                                const uint8_t steps[WD_RICE_AT_ONCE],
                                uint8_t weights[WD_RICE_AT_ONCE])
{
    uint64_t rests = wd_bits_peek(in);
    uint32_t all = 0;
    unsigned n_bits = 0;
#pragma GCC unroll 4
    for (unsigned i = 0; i < WD_RICE_AT_ONCE; i++) {
        const struct term_code *code = &term_codes[codes[i] % TERM_CODES];
        uint32_t rest = (uint32_t)(rests >> n_bits) & code->mask;
        uint32_t weight = weight_of(code, (uint32_t)steps[i] << code->order | rest);
        weights[i] = (uint8_t)weight;
        all |= check_weight(weight);
        n_bits += code->order;
    }
    in->at += n_bits;
    return all;
}

static void get_weights(struct wd_bit_reader *in, struct wd_term_room *terms, uint32_t n)
{
    enum { FEW = WD_RICE_AT_ONCE };
    uint8_t codes[WD_TERMS_MAX], steps[WD_TERMS_MAX];
    uint32_t all = 0, all_codes = 0, i = 0;
    wd_rice_get_steps(in, codes, n);
    wd_rice_get_steps(in, steps, n);
    for (uint32_t k = 0; k < n; k++) {
        terms->flags[k] = codes[k] ^ USUAL_FLAGS;
        all_codes |= codes[k];
    }
    for (; n - i >= FEW && !wd_rice_is_long(steps + i); i += FEW)
        all |= get_few_weights(in, codes + i, steps + i, terms->weights + i);
    for (; i < n; i++) {
        const struct term_code *code = &term_codes[codes[i] % TERM_CODES];
        uint32_t weight = weight_of(code, wd_rice_get_rest(in, steps[i], code->order));
        terms->weights[i] = (uint8_t)weight;
        all |= check_weight(weight);
    }
    if (all > UINT8_MAX || all_codes >= TERM_CODES)
        wd_bits_complain(in);
}

/* Those of the heaviest; of the others nobody will ask. */
static void get_lows(struct wd_bit_reader *bits, struct wd_term_room *room,
                     const struct wd_terms *terms, uint32_t keys)
{
    uint32_t least = 0;
    memset(room->lows, 0, sizeof(room->lows));
    for (; keys; keys &= keys - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(keys);
        room->lows[i] = (uint8_t)wd_bits_get(bits, WD_TERM_LOW_BITS);
        if (wd_term_key(terms, i) < least)
            wd_bits_complain(bits);
        least = wd_term_key(terms, i) + 1;
    }
}

static struct wd_terms get_terms(struct wd_bit_reader *in, struct wd_term_room *room,
                                 uint32_t *ret_keys)
{
    uint8_t steps[WD_TERMS_MAX];
    uint32_t n = wd_count_get(in, WD_TERMS_MAX);
    wd_rice_get_steps(in, steps, n);
    unsigned order = wd_list_order(WD_TERM_HASH_BITS, n);
    if (wd_list_get_rests(in, steps, n, order, 0, 0, room->hashes) > UINT16_MAX)
        wd_bits_complain(in);
    get_weights(in, room, n);
    struct wd_terms terms = wd_terms_in(room, n);
    *ret_keys = wd_term_keys(&terms);
    get_lows(in, room, &terms, *ret_keys);
    return terms;
}

WD_CLONED static void get_lists(struct wd_reader *in, struct wd_sketch *sketch,
                                struct wd_sketch_scratch *scratch)
{
    struct wd_bit_reader bits = wd_bit_reader_of(in->at, (size_t)(in->end - in->at));
    struct wd_sketch_packed packed = {.bytes = in->at};
    sketch->n_prints =
        wd_prints_get(&bits, scratch->prints, WD_PRINTS_MAX, sketch->n_words);
    packed.prints_end = (uint32_t)bits.at;
    get_places(&bits, scratch->places, count_places(sketch->n_prints));
    sketch->n_keys = get_keys(&bits, scratch->keys);
    packed.facts_start = (uint32_t)bits.at;
    sketch->n_figures = wd_list_get(&bits, scratch->figures, WD_FIGURES_MAX);
    sketch->n_names = wd_list_get(&bits, scratch->names, WD_NAMES_MAX);
    packed.facts_end = (uint32_t)bits.at;
    sketch->terms = get_terms(&bits, &scratch->terms, &packed.term_keys);
    if (!wd_bits_at_end(&bits)) {
        wd_complain(in, "its lists are badly written");
        return;
    }
    in->at = in->end;
    sketch->prints = scratch->prints;
    sketch->keys = scratch->keys;
    sketch->places = scratch->places;
    sketch->figures = scratch->figures;
    sketch->names = scratch->names;
    sketch->packed = packed;
}

/* Nearly as many as there are words. */
static uint32_t get_shingles(struct wd_reader *in, uint32_t n_words)
{
    int64_t n;
    if (!__builtin_sub_overflow((int64_t)n_words, wd_get_signed(in), &n) && n >= 0 &&
        n <= UINT32_MAX)
        return (uint32_t)n;
    wd_complain(in, "it has too many shingles, or too few");
    return 0;
}

static void get_fingerprints(struct wd_reader *in, struct wd_sketch *sketch,
                             struct wd_sketch_scratch *scratch)
{
    sketch->content_hash = wd_get_fixed(in, 8);
    sketch->text_hash = (uint32_t)wd_get_fixed(in, 4);
    sketch->n_words = (uint32_t)wd_get_bounded(in, UINT32_MAX, "it has too many words");
    sketch->n_points =
        (uint32_t)wd_get_bounded(in, UINT32_MAX, "it has too many code points");
    sketch->n_shingles = get_shingles(in, sketch->n_words);
    if (in->complaint)
        return;
    get_lists(in, sketch, scratch);
    if (sketch->n_prints > sketch->n_shingles)
        wd_complain(in, "it has more prints than shingles");
}

static int64_t get_published(struct wd_reader *in, int64_t timestamp_ms)
{
    int64_t seconds;
    if (!__builtin_add_overflow(timestamp_ms / MS_PER_SECOND, wd_get_signed(in),
                                &seconds) &&
        seconds >= 0 && seconds <= INT64_MAX / MS_PER_SECOND)
        return seconds * MS_PER_SECOND;
    wd_complain(in, "its date lies outside of all time");
    return -1;
}

/* A field that a flag left out must not be there in its left-out form. */
static void check_flags(struct wd_reader *in, const struct wd_sketch *sketch,
                        unsigned flags)
{
    if (!in->complaint && sketch_flags(sketch) != flags)
        wd_complain(in, "its flags do not fit its fields");
}

/* How far back another article is, the nearest of them `least`. */
static uint64_t get_earlier(struct wd_reader *in, uint64_t sequence, uint64_t least)
{
    uint64_t back = wd_get_varint(in);
    if (back < least || back >= sequence) {
        wd_complain(in, "it points to no earlier article");
        return 0;
    }
    return sequence - back;
}

static void get_article(struct wd_reader *in, struct wd_sketch *sketch,
                        struct wd_sketch_scratch *scratch, unsigned flags)
{
    sketch->is_canceled = flags & IS_CANCELED;
    sketch->is_replay = flags & IS_REPLAY;
    sketch->is_conflict = flags & IS_CONFLICT;
    sketch->matches_killed = flags & MATCHES_KILLED;
    sketch->uri = wd_get_utf8(in);
    if (flags & HAS_VERSION)
        sketch->version = wd_get_utf8(in);
    sketch->published_ms =
        flags & HAS_PUBLISHED ? get_published(in, sketch->timestamp_ms) : -1;
    if (flags & HAS_SOURCE)
        sketch->source = (uint16_t)wd_get_fixed(in, 2);

    if (flags & HAS_OF)
        sketch->of_sequence = get_earlier(in, sketch->sequence, 1);
    sketch->cluster = flags & OPENS_CLUSTER ? wd_hash(sketch->uri, WD_SEED_CLUSTER)
                                            : wd_get_fixed(in, 8);
    if (flags & HAS_LEAD)
        sketch->lead_sequence = get_earlier(in, sketch->sequence, 0);
    sketch->story =
        flags & OPENS_STORY ? wd_hash(sketch->uri, WD_SEED_STORY) : wd_get_fixed(in, 8);
    if (flags & HAS_MERGED)
        sketch->merged_story = wd_get_fixed(in, 8);
    if (!(flags & IS_REPLAY))
        get_fingerprints(in, sketch, scratch);
    check_flags(in, sketch, flags);
}

static void get_place(struct wd_reader *in, struct wd_sketch *sketch)
{
    sketch->sequence = wd_get_varint(in);
    if (sketch->sequence == 0)
        wd_complain(in, "it has no sequence number");
    sketch->topic = wd_get_str(in);
    int64_t partition = wd_get_signed(in);
    if (partition < INT32_MIN || partition > INT32_MAX)
        wd_complain(in, "its partition does not fit 32 bits");
    sketch->partition = (int32_t)partition;
    sketch->offset = wd_get_signed(in);
    sketch->timestamp_ms = wd_get_signed(in);
}

/* Returns the flags, if it was accepted. */
static unsigned get_outcome(struct wd_reader *in, struct wd_sketch *sketch)
{
    uint64_t outcome = wd_get_varint(in);
    bool is_refused = outcome & 1;
    outcome >>= 1;
    if (is_refused) {
        int status = outcome <= INT32_MAX ? -(int)outcome : WD_OK;
        if (status == WD_OK || wd_status_class(status) == WD_CLASS_NONE)
            wd_complain(in, "its status is unknown");
        sketch->status = status;
        return 0;
    }
    if (outcome >> N_FLAGS > WD_VERDICT_UPDATE) {
        wd_complain(in, "its verdict is unknown, or a flag");
        return 0;
    }
    sketch->verdict = (enum wd_verdict)(outcome >> N_FLAGS);
    return (unsigned)outcome & ALL_FLAGS;
}

int wd_sketch_decode(struct wd_str bytes, struct wd_sketch *ret_sketch,
                     struct wd_sketch_scratch **scratch, struct wd_error *err)
{
    if (bytes.size < 1 + CHECKSUM_SIZE)
        return wd_error_set(err, WD_ESKETCH, bytes.size, "the sketch is cut off");
    if (bytes.data[0] != SKETCH_VERSION)
        return wd_error_set(err, WD_ESKETCH, 0,
                            "the sketch is of version %u, this program reads %d",
                            (unsigned char)bytes.data[0], SKETCH_VERSION);
    size_t size = bytes.size - CHECKSUM_SIZE;
    const unsigned char *start = (const unsigned char *)bytes.data;
    struct wd_reader tail = {start, start + size, start + bytes.size, NULL, 0};
    if (wd_get_fixed(&tail, CHECKSUM_SIZE) != checksum_of(bytes.data, size))
        return wd_error_set(err, WD_ESKETCH, size,
                            "the sketch is damaged: its checksum differs");
    if (!*scratch)
        *scratch = malloc(sizeof(**scratch));
    if (!*scratch)
        return wd_error_set(err, WD_ENOMEM, WD_NO_OFFSET, NULL);

    struct wd_reader in = {start, start + 1, start + size, NULL, 0};
    struct wd_sketch sketch = {.published_ms = -1};
    get_place(&in, &sketch);
    unsigned flags = get_outcome(&in, &sketch);
    if (sketch.status == WD_OK)
        get_article(&in, &sketch, *scratch, flags);
    if (!in.complaint && in.at != in.end)
        wd_complain(&in, "it has bytes left over");
    if (in.complaint)
        return wd_error_set(err, WD_ESKETCH, in.complaint_offset,
                            "the sketch is damaged: %s", in.complaint);
    *ret_sketch = sketch;
    return WD_OK;
}
