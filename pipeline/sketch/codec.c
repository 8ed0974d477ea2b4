/* codec.c -- sketches as bytes, for the sketch log.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One record is: a version byte, the fields in the order of docs/sketch-log.md, and four
 * bytes of checksum over all that. Numbers are LEB128 varints, signed ones zigzag; lists
 * of hashes are ascending, so that each is written as its distance to the one before.
 *
 * There is exactly one way to write a sketch. The decoder refuses every other spelling
 * (padded varints, lists out of order, flags that say nothing), so that bytes which pass
 * give the same bytes again: the fuzzer holds it to that. The checksum is for damage at
 * rest and on the way, not against forgers: whoever may write the log may decide.
 *
 * A fixed-width layout was refused: it is four times as large, and a log that is read
 * once per start is bound by its size. */
#include "wiredesk/sketch.h"

#include <assert.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"

enum { SKETCH_VERSION = 1, CHECKSUM_SIZE = 4 };

enum sketch_flag {
    HAS_VERSION = 1 << 0,
    HAS_PUBLISHED = 1 << 1,
    HAS_SOURCE = 1 << 2,
    HAS_OF = 1 << 3,
    OPENS_CLUSTER = 1 << 4, /* its cluster is named after itself, and so not written */
    OPENS_STORY = 1 << 5,
    IS_CANCELED = 1 << 6,
    ALL_FLAGS = (1 << 7) - 1,
};

static uint32_t checksum_of(const char *data, size_t size)
{
    return (uint32_t)wd_hash((struct wd_str){data, size}, WD_SEED_CHECKSUM);
}

/* --- writing --- */

static void put_varint(struct wd_buf *buf, uint64_t value)
{
    char bytes[10];
    size_t n = 0;
    while (value >= 0x80) {
        bytes[n++] = (char)(value | 0x80);
        value >>= 7;
    }
    bytes[n++] = (char)value;
    wd_buf_append(buf, bytes, n);
}

static void put_signed(struct wd_buf *buf, int64_t value)
{
    put_varint(buf, ((uint64_t)value << 1) ^ (uint64_t)(value >> 63));
}

static void put_fixed(struct wd_buf *buf, uint64_t value, size_t size)
{
    char bytes[8];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(value >> (8 * i));
    wd_buf_append(buf, bytes, size);
}

static void put_str(struct wd_buf *buf, struct wd_str str)
{
    put_varint(buf, str.size);
    wd_buf_append_str(buf, str);
}

static void put_hashes(struct wd_buf *buf, const uint32_t *hashes, uint32_t n)
{
    put_varint(buf, n);
    for (uint32_t i = 0; i < n; i++) {
        assert(i == 0 || hashes[i] > hashes[i - 1]);
        put_varint(buf, i ? hashes[i] - hashes[i - 1] : hashes[0]);
    }
}

static void put_terms(struct wd_buf *buf, const struct wd_term *terms, uint32_t n)
{
    put_varint(buf, n);
    for (uint32_t i = 0; i < n; i++) {
        assert(i == 0 || terms[i].hash > terms[i - 1].hash);
        assert(terms[i].weight > 0 && terms[i].flags <= WD_TERM_FLAGS);
        put_varint(buf, i ? terms[i].hash - terms[i - 1].hash : terms[0].hash);
        put_varint(buf, (uint64_t)terms[i].weight << 2 | terms[i].flags);
    }
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
    flags |= sketch->is_canceled ? IS_CANCELED : 0;
    return flags;
}

static void put_article(struct wd_buf *buf, const struct wd_sketch *sketch)
{
    unsigned flags = sketch_flags(sketch);
    put_varint(buf, flags);
    put_str(buf, sketch->uri);
    if (flags & HAS_VERSION)
        put_str(buf, sketch->version);
    if (flags & HAS_PUBLISHED)
        put_signed(buf, sketch->published_ms);
    if (flags & HAS_SOURCE)
        put_fixed(buf, sketch->source, 4);

    put_fixed(buf, sketch->content_hash, 8);
    put_varint(buf, sketch->n_words);
    put_varint(buf, sketch->n_shingles);
    put_varint(buf, sketch->sampling);
    put_hashes(buf, sketch->shingles, sketch->n_sampled);
    put_hashes(buf, sketch->figures, sketch->n_figures);
    put_hashes(buf, sketch->names, sketch->n_names);
    put_terms(buf, sketch->terms, sketch->n_terms);

    put_varint(buf, sketch->verdict);
    if (flags & HAS_OF)
        put_varint(buf, sketch->sequence - sketch->of_sequence);
    if (!(flags & OPENS_CLUSTER))
        put_fixed(buf, sketch->cluster, 8);
    if (!(flags & OPENS_STORY))
        put_fixed(buf, sketch->story, 8);
}

void wd_sketch_encode(const struct wd_sketch *sketch, struct wd_buf *buf)
{
    size_t start = buf->size;
    wd_buf_append_char(buf, SKETCH_VERSION);
    put_varint(buf, sketch->sequence);
    put_str(buf, sketch->topic);
    put_signed(buf, sketch->partition);
    put_signed(buf, sketch->offset);
    put_signed(buf, sketch->timestamp_ms);
    put_varint(buf, 0 - (uint64_t)(int64_t)sketch->status);
    if (sketch->status == WD_OK)
        put_article(buf, sketch);
    if (wd_buf_status(buf) == WD_OK)
        put_fixed(buf, checksum_of(buf->data + start, buf->size - start), CHECKSUM_SIZE);
}

/* --- reading --- */

/* A reader latches its first complaint; reads after it give zero. */
struct reader {
    const unsigned char *start;
    const unsigned char *at;
    const unsigned char *end;
    const char *complaint;
    size_t complaint_offset;
};

static void complain(struct reader *in, const char *complaint)
{
    if (in->complaint)
        return;
    in->complaint = complaint;
    in->complaint_offset = (size_t)(in->at - in->start);
    in->end = in->at; /* nothing more to read */
}

static uint64_t get_varint(struct reader *in)
{
    uint64_t value = 0;
    for (unsigned shift = 0; in->at < in->end; shift += 7) {
        unsigned char byte = *in->at++;
        if (shift == 63 && byte > 1)
            break; /* does not fit 64 bits */
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            if (byte == 0 && shift > 0)
                break; /* padded */
            return value;
        }
    }
    complain(in, "a number is cut off or badly written");
    return 0;
}

/* A varint up to `max`, both included. */
static uint64_t get_bounded(struct reader *in, uint64_t max, const char *complaint)
{
    uint64_t value = get_varint(in);
    if (value <= max)
        return value;
    complain(in, complaint);
    return 0;
}

static int64_t get_signed(struct reader *in)
{
    uint64_t value = get_varint(in);
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static uint64_t get_fixed(struct reader *in, size_t size)
{
    if ((size_t)(in->end - in->at) < size) {
        complain(in, "it is cut off");
        return 0;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t)*in->at++ << (8 * i);
    return value;
}

static struct wd_str get_str(struct reader *in)
{
    uint64_t size = get_varint(in);
    if (size > (uint64_t)(in->end - in->at)) {
        complain(in, "a text is longer than its record");
        return (struct wd_str){NULL, 0};
    }
    struct wd_str str = {size ? (const char *)in->at : NULL, (size_t)size};
    in->at += size;
    return str;
}

static struct wd_str get_utf8(struct reader *in)
{
    struct wd_str str = get_str(in);
    if (wd_utf8_valid_prefix(str) != str.size)
        complain(in, "a text is not UTF-8");
    return str;
}

/* The number of elements of a list, each of at least `size` bytes: never more than the
 * bytes that are left can hold, so that a lie costs no memory. */
static uint32_t get_count(struct reader *in, size_t size)
{
    return (uint32_t)get_bounded(in, (uint64_t)(in->end - in->at) / size,
                                 "a list is longer than its record");
}

/* The next hash of an ascending list. */
static uint32_t get_hash(struct reader *in, uint32_t i, uint32_t last)
{
    uint64_t step = get_varint(in);
    if ((i > 0 && step == 0) || step > UINT32_MAX - (uint64_t)(i ? last : 0)) {
        complain(in, "a list is out of order");
        return 0;
    }
    return (uint32_t)(i ? last + step : step);
}

struct wd_sketch_scratch {
    uint32_t *hashes; /* shingles, figures and names, one after the other */
    struct wd_term *terms;
    size_t hash_room;
    size_t term_room;
};

/* Room for everything that `size` bytes can hold: a hash takes one byte or more, a term
 * two. */
static int scratch_reserve(struct wd_sketch_scratch **scratch, size_t size)
{
    if (!*scratch)
        *scratch = calloc(1, sizeof(**scratch));
    struct wd_sketch_scratch *s = *scratch;
    if (!s)
        return WD_ENOMEM;
    if (s->hash_room < size) {
        uint32_t *hashes = realloc(s->hashes, size * sizeof(*hashes));
        if (!hashes)
            return WD_ENOMEM;
        s->hashes = hashes;
        s->hash_room = size;
    }
    size_t n_terms = size / 2;
    if (s->term_room < n_terms) {
        struct wd_term *terms = realloc(s->terms, n_terms * sizeof(*terms));
        if (!terms)
            return WD_ENOMEM;
        s->terms = terms;
        s->term_room = n_terms;
    }
    return WD_OK;
}

void wd_sketch_scratch_free(struct wd_sketch_scratch *scratch)
{
    if (!scratch)
        return;
    free(scratch->hashes);
    free(scratch->terms);
    free(scratch);
}

/* Reads a list to `*free_hashes` and moves that behind it. */
static const uint32_t *get_hashes(struct reader *in, uint32_t **free_hashes,
                                  uint32_t *ret_n)
{
    uint32_t n = get_count(in, 1), *hashes = *free_hashes;
    for (uint32_t i = 0; i < n && !in->complaint; i++)
        hashes[i] = get_hash(in, i, i ? hashes[i - 1] : 0);
    *free_hashes += n;
    *ret_n = n;
    return n ? hashes : NULL;
}

static const struct wd_term *get_terms(struct reader *in, struct wd_term *terms,
                                       uint32_t *ret_n)
{
    uint32_t n = get_count(in, 2);
    for (uint32_t i = 0; i < n && !in->complaint; i++) {
        terms[i].hash = get_hash(in, i, i ? terms[i - 1].hash : 0);
        uint64_t packed = get_bounded(in, UINT8_MAX << 2 | WD_TERM_FLAGS,
                                      "a term has an unknown flag or weight");
        terms[i].weight = (uint8_t)(packed >> 2);
        terms[i].flags = packed & WD_TERM_FLAGS;
        if (terms[i].weight == 0)
            complain(in, "a term has no weight");
    }
    *ret_n = n;
    return n ? terms : NULL;
}

static void get_fingerprints(struct reader *in, struct wd_sketch *sketch,
                             struct wd_sketch_scratch *scratch)
{
    uint32_t *hashes = scratch->hashes;
    sketch->content_hash = get_fixed(in, 8);
    sketch->n_words = (uint32_t)get_bounded(in, UINT32_MAX, "it has too many words");
    sketch->n_shingles =
        (uint32_t)get_bounded(in, UINT32_MAX, "it has too many shingles");
    sketch->sampling =
        (uint8_t)get_bounded(in, WD_SAMPLING_MAX, "its sampling is unknown");
    sketch->shingles = get_hashes(in, &hashes, &sketch->n_sampled);
    uint32_t n = sketch->n_sampled;
    if (!in->complaint && n &&
        sketch->shingles[n - 1] > (uint32_t)(UINT32_MAX >> sketch->sampling))
        complain(in, "a shingle is outside of its sample");
    if (n > sketch->n_shingles)
        complain(in, "it has more samples than shingles");
    sketch->figures = get_hashes(in, &hashes, &sketch->n_figures);
    sketch->names = get_hashes(in, &hashes, &sketch->n_names);
    sketch->terms = get_terms(in, scratch->terms, &sketch->n_terms);
}

/* A field that a flag left out must not be there in its left-out form. */
static void check_flags(struct reader *in, const struct wd_sketch *sketch, unsigned flags)
{
    if (!in->complaint && sketch_flags(sketch) != flags)
        complain(in, "its flags do not fit its fields");
}

static void get_article(struct reader *in, struct wd_sketch *sketch,
                        struct wd_sketch_scratch *scratch)
{
    unsigned flags = (unsigned)get_bounded(in, ALL_FLAGS, "it has an unknown flag");
    sketch->is_canceled = flags & IS_CANCELED;
    sketch->uri = get_utf8(in);
    if (flags & HAS_VERSION)
        sketch->version = get_utf8(in);
    sketch->published_ms = flags & HAS_PUBLISHED ? get_signed(in) : -1;
    if (flags & HAS_SOURCE)
        sketch->source = (uint32_t)get_fixed(in, 4);

    get_fingerprints(in, sketch, scratch);

    sketch->verdict =
        (enum wd_verdict)get_bounded(in, WD_VERDICT_UPDATE, "its verdict is unknown");
    if (flags & HAS_OF) {
        uint64_t distance = get_varint(in);
        if (distance == 0 || distance >= sketch->sequence)
            complain(in, "it points to no earlier article");
        else
            sketch->of_sequence = sketch->sequence - distance;
    }
    sketch->cluster =
        flags & OPENS_CLUSTER ? wd_hash(sketch->uri, WD_SEED_CLUSTER) : get_fixed(in, 8);
    sketch->story =
        flags & OPENS_STORY ? wd_hash(sketch->uri, WD_SEED_STORY) : get_fixed(in, 8);
    check_flags(in, sketch, flags);
}

static void get_place(struct reader *in, struct wd_sketch *sketch)
{
    sketch->sequence = get_varint(in);
    if (sketch->sequence == 0)
        complain(in, "it has no sequence number");
    sketch->topic = get_str(in);
    int64_t partition = get_signed(in);
    if (partition < INT32_MIN || partition > INT32_MAX)
        complain(in, "its partition does not fit 32 bits");
    sketch->partition = (int32_t)partition;
    sketch->offset = get_signed(in);
    sketch->timestamp_ms = get_signed(in);
    int status = -(int)get_bounded(in, INT32_MAX, "its status is unknown");
    if (status != WD_OK && wd_status_class(status) == WD_CLASS_NONE)
        complain(in, "its status is unknown");
    sketch->status = status;
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
    struct reader tail = {start, start + size, start + bytes.size, NULL, 0};
    if (get_fixed(&tail, CHECKSUM_SIZE) != checksum_of(bytes.data, size))
        return wd_error_set(err, WD_ESKETCH, size,
                            "the sketch is damaged: its checksum differs");
    int r = scratch_reserve(scratch, size);
    if (r < 0)
        return wd_error_set(err, r, WD_NO_OFFSET, NULL);

    struct reader in = {start, start + 1, start + size, NULL, 0};
    struct wd_sketch sketch = {.published_ms = -1};
    get_place(&in, &sketch);
    if (sketch.status == WD_OK)
        get_article(&in, &sketch, *scratch);
    if (!in.complaint && in.at != in.end)
        complain(&in, "it has bytes left over");
    if (in.complaint)
        return wd_error_set(err, WD_ESKETCH, in.complaint_offset,
                            "the sketch is damaged: %s", in.complaint);
    *ret_sketch = sketch;
    return WD_OK;
}
