/* tagged.c -- what the desk needs of an article, and nothing else, as bytes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One record is: a version byte, the sketch as the sketch log has it, the headers and the
 * key of the input record, then either the refusal or the article; docs/tagged.md has the
 * fields. The sketch is written before anybody decided: its number is a dummy, cluster
 * and story are those that it would open. So there is one codec for fingerprints, and one
 * place where they are checked. What the log leaves out of a sketch in hand follows it.
 *
 * The document stands there as it will be published, but for the desk's words: nobody
 * parses it again. The text stands beside it once more, since evidence quotes from it;
 * compressed, that costs next to nothing.
 *
 * Whether an article becomes a dead letter for its size is known when the desk's words
 * are; the raw bytes that a dead letter needs are not kept for all of them, but for those
 * that come near enough. */
#include "wiredesk/tagged.h"

#include <assert.h>

#include "base/article.h"
#include "base/hash.h"
#include "base/term_lists.h"
#include "base/wire.h"
#include "emit/body.h"

enum { TAGGED_VERSION = 3, SEAM_BYTES = 4, SIZE_BYTES = 8 };

/* What the desk may add to a document: as many quotations as evidence shows, each as long
 * as the text where that is a single word, in escapes; and the rest. Key and headers
 * count, too: they are no longer than the record before the document. */
enum { QUOTED_MAX = 16, ESCAPED_MAX = 6, WORDS_MAX = 64 * 1024 };

/* Its texts are all that struct wd_meta holds, but for one flag. */
static const size_t meta_fields[] = {
    offsetof(struct wd_meta, uri),       offsetof(struct wd_meta, version),
    offsetof(struct wd_meta, id),        offsetof(struct wd_meta, headline),
    offsetof(struct wd_meta, byline),    offsetof(struct wd_meta, source),
    offsetof(struct wd_meta, url),       offsetof(struct wd_meta, language),
    offsetof(struct wd_meta, published), offsetof(struct wd_meta, updated),
    offsetof(struct wd_meta, copyright), offsetof(struct wd_meta, located),
    offsetof(struct wd_meta, pubstatus), offsetof(struct wd_meta, format),
    offsetof(struct wd_meta, embargoed),
};

enum { META_FIELDS = sizeof(meta_fields) / sizeof(meta_fields[0]) };

_Static_assert(sizeof(struct wd_meta) ==
                   META_FIELDS * sizeof(struct wd_str) + _Alignof(struct wd_str),
               "every text of struct wd_meta is listed");

static struct wd_str *meta_field(struct wd_meta *meta, size_t i)
{
    return (struct wd_str *)(void *)((char *)meta + meta_fields[i]);
}

/* --- writing --- */

static void put_sketch(const struct wd_article *art, struct wd_buf *buf)
{
    struct wd_sketch sketch = art->sketch;
    struct wd_buf bytes;
    if (art->error.status != WD_OK)
        sketch = (struct wd_sketch){.status = art->error.status};
    sketch.sequence = 1;
    sketch.topic = art->record.topic;
    sketch.partition = art->record.partition;
    sketch.offset = art->record.offset;
    sketch.timestamp_ms = art->record.timestamp_ms;
    sketch.cluster = wd_hash(sketch.uri, WD_SEED_CLUSTER);
    sketch.story = wd_hash(sketch.uri, WD_SEED_STORY);

    wd_buf_init(&bytes, buf->ceiling);
    wd_sketch_encode(&sketch, &bytes);
    if (wd_buf_status(&bytes) != WD_OK)
        buf->status = wd_buf_status(&bytes);
    wd_put_str(buf, wd_buf_str(&bytes));
    wd_buf_done(&bytes);
}

static void put_record(const struct wd_record *record, struct wd_buf *buf)
{
    wd_put_optional(buf, record->key);
    wd_put_varint(buf, record->n_headers);
    for (size_t i = 0; i < record->n_headers; i++) {
        wd_put_str(buf, record->headers[i].name);
        wd_put_optional(buf, record->headers[i].value);
    }
}

static void put_value(const struct wd_record *record, bool is_needed, struct wd_buf *buf)
{
    wd_put_varint(buf, record->value.size);
    wd_put_optional(buf, is_needed ? record->value : (struct wd_str){NULL, 0});
}

static void put_refusal(const struct wd_article *art, struct wd_buf *buf)
{
    const char *stage = art->failed_stage ? art->failed_stage : "";
    wd_put_str(buf, wd_str_from(stage));
    wd_put_varint(buf, art->error.offset + 1); /* none: 0 */
    wd_put_str(buf, wd_str_from(art->error.message));
    put_value(&art->record, true, buf);
}

static void put_facts(const struct wd_article *art, struct wd_buf *buf)
{
    struct wd_meta meta = art->facts.meta;
    wd_put_varint(buf, meta.is_uri_derived);
    for (size_t i = 0; i < META_FIELDS; i++)
        wd_put_str(buf, *meta_field(&meta, i));
    wd_put_str(buf, art->facts.language);
    wd_put_str(buf, art->facts.text);
    wd_put_varint(buf, art->facts.n_regions);
    for (size_t i = 0; i < art->facts.n_regions; i++) {
        const struct wd_region *region = &art->facts.regions[i];
        wd_put_varint(buf, region->role);
        wd_put_varint(buf, region->span.start);
        wd_put_varint(buf, region->span.end);
    }
}

static void put_numbers(const uint32_t *numbers, uint32_t n, struct wd_buf *buf)
{
    for (uint32_t i = 0; i < n; i++)
        wd_put_varint(buf, numbers[i]);
}

/* Which terms lead to the article is known when the desk has weighed them; so the record
 * has the low bits of those, too, of which the log would not have them. */
static uint32_t terms_without_low(const struct wd_sketch *sketch)
{
    uint64_t all = (UINT64_C(1) << sketch->terms.n) - 1;
    return (uint32_t)all & ~wd_term_keys(&sketch->terms);
}

static void put_hand(const struct wd_sketch *sketch, struct wd_buf *buf)
{
    wd_put_varint(buf, sketch->n_probes);
    put_numbers(sketch->probes, sketch->n_probes, buf);
    put_numbers(sketch->starts, sketch->n_prints, buf);
    put_numbers(sketch->figure_starts, sketch->n_figures, buf);
    put_numbers(sketch->name_starts, sketch->n_names, buf);
    for (uint32_t left = terms_without_low(sketch); left; left &= left - 1)
        wd_put_fixed(buf, sketch->terms.lows[__builtin_ctz(left)], 1);
    wd_put_varint(buf, sketch->lead_end);
}

/* Size, seams and the bytes, which are taken back when they are too many. True when they
 * are, or may become so by the desk's words. */
static bool put_body(const struct wd_article *art, const struct wd_emit_options *opts,
                     size_t output_bytes, struct wd_buf *buf)
{
    enum { HEAD = SIZE_BYTES + WD_SEAMS * SEAM_BYTES + 1 };
    size_t start = buf->size, quoted = art->facts.text.size * QUOTED_MAX * ESCAPED_MAX;
    uint32_t seams[WD_SEAMS] = {0};
    if (!wd_buf_reserve(buf, HEAD))
        return false; /* latched */
    buf->size += HEAD;
    wd_emit_body(art, opts, buf, seams);
    if (wd_buf_status(buf) != WD_OK)
        return false;
    size_t size = buf->size - start - HEAD;
    bool is_kept = size <= output_bytes;
    if (!is_kept)
        buf->size -= size;

    struct wd_buf head = *buf; /* goes back to what comes first and was known last */
    head.size = start;
    wd_put_fixed(&head, size, SIZE_BYTES);
    for (size_t i = 0; i < WD_SEAMS; i++)
        wd_put_fixed(&head, seams[i], SEAM_BYTES);
    wd_put_fixed(&head, is_kept, 1);
    return size + start + quoted + WORDS_MAX > output_bytes;
}

void wd_tagged_encode(const struct wd_article *art, const struct wd_emit_options *opts,
                      size_t output_bytes, struct wd_buf *buf)
{
    wd_buf_append_char(buf, TAGGED_VERSION);
    put_sketch(art, buf);
    put_record(&art->record, buf);
    if (art->error.status != WD_OK) {
        put_refusal(art, buf);
        return;
    }
    put_facts(art, buf);
    put_hand(&art->sketch, buf);
    bool is_near = put_body(art, opts, output_bytes, buf);
    put_value(&art->record, is_near, buf);
}

/* --- reading --- */

/* Without memory the reader complains, too; the caller asks which it was. */
static void *get_room(struct wd_reader *in, struct wd_article *art, uint64_t n,
                      size_t size)
{
    if (n > wd_reader_left(in)) { /* each takes a byte at least */
        wd_complain(in, "a list is longer than its record");
        return NULL;
    }
    void *room = wd_arena_alloc(&art->arena, (size_t)n * size);
    if (!room) {
        art->error.status = WD_ENOMEM;
        wd_complain(in, "out of memory");
    }
    return room;
}

static void get_record(struct wd_reader *in, struct wd_article *art)
{
    struct wd_record *record = &art->record;
    record->key = wd_get_optional(in);
    uint64_t n = wd_get_varint(in);
    struct wd_header *headers = get_room(in, art, n, sizeof(*headers));
    for (uint64_t i = 0; headers && i < n; i++) {
        headers[i].name = wd_get_str(in);
        headers[i].value = wd_get_optional(in);
    }
    record->headers = headers;
    record->n_headers = in->complaint ? 0 : (size_t)n;
}

static void get_value(struct wd_reader *in, struct wd_article *art)
{
    uint64_t size = wd_get_varint(in);
    struct wd_str value = wd_get_optional(in);
    if (value.data && value.size != size)
        wd_complain(in, "its raw bytes are not as many as they were");
    art->record.value = (struct wd_str){value.data, (size_t)size};
}

static void get_refusal(struct wd_reader *in, struct wd_article *art, int status)
{
    struct wd_str stage = wd_arena_copy(&art->arena, wd_get_utf8(in));
    size_t offset = (size_t)wd_get_varint(in) - 1;
    struct wd_str message = wd_get_utf8(in);
    get_value(in, art);
    if (message.size == 0 || message.size >= sizeof(art->error.message))
        wd_complain(in, "its refusal says nothing, or too much");
    if (in->complaint || !stage.data)
        return;
    art->failed_stage = stage.size ? stage.data : NULL;
    (void)wd_error_set(&art->error, status, offset, "%.*s", (int)message.size,
                       message.data);
}

static uint32_t get_place(struct wd_reader *in, struct wd_str text)
{
    uint32_t place =
        (uint32_t)wd_get_bounded(in, text.size, "a place lies outside of the text");
    if (place < text.size && ((unsigned char)text.data[place] & 0xc0) == 0x80)
        wd_complain(in, "a place lies inside of a character");
    return place;
}

static void get_regions(struct wd_reader *in, struct wd_article *art)
{
    uint64_t n = wd_get_varint(in);
    struct wd_region *regions = get_room(in, art, n, sizeof(*regions));
    for (uint64_t i = 0; regions && i < n; i++) {
        struct wd_span span;
        regions[i].role =
            (enum wd_role)wd_get_bounded(in, WD_ROLE_BODY, "a region has no role");
        span.start = get_place(in, art->facts.text);
        span.end = get_place(in, art->facts.text);
        if (span.start > span.end)
            wd_complain(in, "a region ends before it begins");
        regions[i].span = span;
    }
    art->facts.regions = regions;
    art->facts.n_regions = in->complaint ? 0 : (size_t)n;
}

static void get_facts(struct wd_reader *in, struct wd_article *art)
{
    struct wd_facts *facts = &art->facts;
    facts->meta.is_uri_derived = wd_get_bounded(in, 1, "its uri is of no kind");
    for (size_t i = 0; i < META_FIELDS; i++)
        *meta_field(&facts->meta, i) = wd_get_utf8(in);
    facts->language = wd_get_utf8(in);
    facts->text = wd_get_utf8(in);
    if (facts->text.size > UINT32_MAX)
        wd_complain(in, "its text is too long");
    get_regions(in, art);
    if (!wd_str_equal(facts->meta.uri, art->sketch.uri))
        wd_complain(in, "its uri is not that of its sketch");
    facts->has = WD_HAS_TEXT | WD_HAS_LANGUAGE | WD_HAS_SKETCH;
}

static const uint32_t *get_places(struct wd_reader *in, struct wd_article *art,
                                  uint32_t n)
{
    uint32_t *places = get_room(in, art, n, sizeof(*places));
    for (uint32_t i = 0; places && i < n; i++)
        places[i] = get_place(in, art->facts.text);
    return places;
}

/* The sketch's terms, whole. */
static void get_terms(struct wd_reader *in, struct wd_article *art)
{
    struct wd_sketch *sketch = &art->sketch;
    uint8_t *lows = get_room(in, art, sketch->terms.n, sizeof(*lows));
    if (!lows)
        return;
    memcpy(lows, sketch->terms.lows, sketch->terms.n);
    for (uint32_t left = terms_without_low(sketch); left; left &= left - 1)
        lows[__builtin_ctz(left)] = (uint8_t)wd_get_fixed(in, 1);
    sketch->terms.lows = lows;
    art->term_weights = sketch->terms.weights;
}

static void get_hand(struct wd_reader *in, struct wd_article *art)
{
    struct wd_sketch *sketch = &art->sketch;
    uint32_t n = (uint32_t)wd_get_bounded(in, WD_PROBES_MAX, "it has too many probes");
    uint32_t *probes = get_room(in, art, n, sizeof(*probes));
    if (n < sketch->n_prints)
        wd_complain(in, "it has fewer probes than prints");
    for (uint32_t i = 0; probes && i < n; i++)
        probes[i] = (uint32_t)wd_get_bounded(in, (1u << WD_KEY_BITS) - 1,
                                             "a probe has too many bits");
    sketch->probes = probes;
    sketch->n_probes = n;
    sketch->starts = get_places(in, art, sketch->n_prints);
    sketch->figure_starts = get_places(in, art, sketch->n_figures);
    sketch->name_starts = get_places(in, art, sketch->n_names);
    get_terms(in, art);
    sketch->lead_end = (uint32_t)wd_get_bounded(in, UINT32_MAX, "its lead has no end");
}

static void get_body(struct wd_reader *in, struct wd_article *art)
{
    struct wd_body *body = &art->body;
    uint32_t last = 0;
    body->size = (size_t)wd_get_fixed(in, SIZE_BYTES);
    if (body->size == 0 || body->size > UINT32_MAX)
        wd_complain(in, "its document has no size");
    for (size_t i = 0; i < WD_SEAMS; i++) {
        body->seams[i] = (uint32_t)wd_get_fixed(in, SEAM_BYTES);
        bool is_absent = body->seams[i] == 0 && i == WD_SEAM_ASSOCIATION;
        if (!is_absent && (body->seams[i] <= last || body->seams[i] >= body->size))
            wd_complain(in, "its document has its seams in the wrong place");
        last = body->seams[i];
    }
    if (wd_get_fixed(in, 1) != 0)
        body->bytes = wd_get_bytes(in, body->size);
    get_value(in, art);
}

/* The input record that the sketch names, and its fingerprints as if just taken. Names of
 * topics are shown, and end with a NUL wherever else they come from. */
static int take_sketch(struct wd_article *art, struct wd_str bytes,
                       struct wd_sketch *ret_sketch, struct wd_error *err)
{
    int r = wd_sketch_decode(bytes, ret_sketch, &art->scratch, err);
    if (r < 0)
        return r;
    art->record.topic = wd_arena_copy(&art->arena, ret_sketch->topic);
    if (!art->record.topic.data)
        return wd_error_set(err, WD_ENOMEM, WD_NO_OFFSET, NULL);
    art->record.partition = ret_sketch->partition;
    art->record.offset = ret_sketch->offset;
    art->record.timestamp_ms = ret_sketch->timestamp_ms;
    if (ret_sketch->status == WD_OK) {
        art->sketch = *ret_sketch;
        art->sketch.packed.bytes = NULL; /* the article outlives its record */
        art->sketch.sequence = art->sketch.cluster = art->sketch.story = 0;
    }
    return WD_OK;
}

int wd_tagged_decode(struct wd_str bytes, struct wd_article *art, struct wd_error *err)
{
    const struct wd_record none = {.partition = WD_NO_PARTITION, .timestamp_ms = -1};
    struct wd_reader in = wd_reader_of(bytes);
    struct wd_sketch sketch;
    wd_article_begin(art, &none);
    if (wd_get_fixed(&in, 1) != TAGGED_VERSION)
        return wd_error_set(err, WD_ESKETCH, 0,
                            "the tagged record is not of version %d, which this program "
                            "reads",
                            TAGGED_VERSION);
    int r = take_sketch(art, wd_get_str(&in), &sketch, err);
    if (r < 0)
        return r;

    get_record(&in, art);
    if (sketch.status != WD_OK) {
        get_refusal(&in, art, sketch.status);
    } else {
        get_facts(&in, art);
        get_hand(&in, art);
        get_body(&in, art);
    }
    if (!in.complaint && in.at != in.end)
        wd_complain(&in, "it has bytes left over");
    if (in.complaint)
        return wd_error_set(err, art->error.status == WD_ENOMEM ? WD_ENOMEM : WD_ESKETCH,
                            in.complaint_offset, "the tagged record is damaged: %s",
                            in.complaint);
    return WD_OK;
}

size_t wd_tagged_missing(const struct wd_article *art)
{
    /* And the comma before the first of the desk's words, which have nothing before them.
     */
    return art->body.bytes.size == 0 && art->body.size != 0 ? art->body.size + 1 : 0;
}
