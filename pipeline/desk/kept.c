/* kept.c -- packs the fingerprints of an article and unpacks them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A million articles must fit into memory, and of those an article is compared with a few
 * dozen at most. So the lists are kept as the log has them, as distances in few bits
 * (base/lists.h), which takes two thirds of the room of plain arrays, and unpacked when
 * they are compared, in a tenth of a microsecond. */
#include "kept.h"

#include <assert.h>
#include <string.h>

#include "base/clones.h"
#include "base/hash.h"
#include "base/lists.h"
#include "base/sort.h"

enum {
    WEIGHT_BITS = 4,    /* WD_TOPIC_WEIGHT_MAX fits */
    LISTS_BYTES = 1024, /* more than they take when every code is of the longest */
};

static void pack(struct wd_bit_writer *out, struct wd_hashes list, uint32_t max)
{
    wd_list_put(out, list.at, list.n, max);
}

static struct wd_hashes unpack(struct wd_bit_reader *in, uint16_t *room, uint32_t max)
{
    return (struct wd_hashes){room, wd_list_get(in, room, max)};
}

/* Keeps the heaviest terms of a topic, the first among equals, with weights in proportion
 * to that of the heaviest; they are in `room`. */
static struct wd_topic cut_topic(struct wd_topic topic, struct wd_kept_room *room)
{
    /* Division by multiplication (Granlund and Montgomery 1994): of numbers of 12 bits by
     * such of 8, once for all. */
    enum { INVERSE_BITS = 12 + 8 };
    uint32_t chosen = wd_heaviest(topic.weights, topic.n, WD_TOPIC_MAX), most = 1, n = 0;
    for (uint32_t i = 0; i < topic.n; i++)
        most = topic.weights[i] > most ? topic.weights[i] : most;
    uint32_t inverse = ((UINT32_C(1) << INVERSE_BITS) + most - 1) / most;
    for (; chosen; chosen &= chosen - 1) {
        unsigned i = (unsigned)__builtin_ctz(chosen);
        uint32_t weight = topic.weights[i];
        uint64_t share = weight * (WD_TOPIC_WEIGHT_MAX - 1) + most / 2;
        room->topic[n] = topic.at[i];
        room->weights[n++] = (uint8_t)(1 + (share * inverse >> INVERSE_BITS));
    }
    return (struct wd_topic){room->topic, room->weights, n};
}

static void pack_topic(struct wd_bit_writer *out, struct wd_topic topic)
{
    enum { AT_ONCE = 32 / WEIGHT_BITS };
    pack(out, (struct wd_hashes){topic.at, topic.n}, WD_TOPIC_MAX);
    for (uint32_t i = 0; i < topic.n;) {
        uint64_t weights = 0;
        unsigned n = 0;
        for (; n < AT_ONCE && i < topic.n; n++)
            weights |= (uint64_t)topic.weights[i++] << WEIGHT_BITS * n;
        wd_bits_put(out, weights, WEIGHT_BITS * n);
    }
}

static struct wd_topic unpack_topic(struct wd_bit_reader *in, struct wd_kept_room *room)
{
    struct wd_hashes list = unpack(in, room->topic, WD_TOPIC_MAX);
    for (uint32_t i = 0; i < list.n; i++)
        room->weights[i] = (uint8_t)wd_bits_get(in, WEIGHT_BITS);
    return (struct wd_topic){list.at, room->weights, list.n};
}

/* Those that the log has in this form are not packed anew. */
static void pack_prints(struct wd_bit_writer *out, const struct wd_sketch_packed *packed,
                        const struct wd_print *print)
{
    if (packed->bytes)
        wd_bits_copy(out, packed->bytes, 0, packed->prints_end);
    else
        wd_prints_put(out, print->prints.at, print->prints.n, WD_PRINTS_MAX,
                      print->n_words);
}

static void pack_facts(struct wd_bit_writer *out, const struct wd_sketch_packed *packed,
                       const struct wd_print *print)
{
    if (packed->bytes) {
        wd_bits_copy(out, packed->bytes, packed->facts_start, packed->facts_end);
    } else {
        pack(out, print->figures, WD_FIGURES_MAX);
        pack(out, print->names, WD_NAMES_MAX);
    }
}

/* Returns how many bytes they take. */
WD_CLONED static size_t pack_lists(const struct wd_sketch *sketch,
                                   const struct wd_print *print, char bytes[LISTS_BYTES],
                                   uint16_t *ret_facts_at)
{
    struct wd_bit_writer out = wd_bit_writer_of(bytes, LISTS_BYTES);
    pack_prints(&out, &sketch->packed, print);
    *ret_facts_at = (uint16_t)wd_bits_written(&out, bytes);
    pack_facts(&out, &sketch->packed, print);
    pack(&out, print->headline, WD_TERMS_MAX);
    pack_topic(&out, print->topic);
    const unsigned char *end = wd_bits_flush(&out);
    assert(!out.is_full);
    return (size_t)((const char *)end - bytes);
}

static uint32_t seconds_of(int64_t time_ms)
{
    if (time_ms < 0)
        return 0;
    int64_t seconds = time_ms / 1000 + 1;
    return seconds < UINT32_MAX ? (uint32_t)seconds : UINT32_MAX;
}

uint32_t wd_kept_version(struct wd_str version)
{
    return (uint32_t)wd_hash(version, WD_SEED_CONTENT);
}

struct wd_print wd_kept_form(const struct wd_sketch *sketch, struct wd_kept_room *room)
{
    struct wd_print_room lists;
    struct wd_print print = wd_print_of(sketch, &lists);
    memcpy(room->headline, lists.headline, print.headline.n * sizeof(*lists.headline));
    print.headline.at = room->headline;
    print.topic = cut_topic(print.topic, room);
    return print;
}

struct wd_kept *wd_kept_push(struct wd_window *win, const struct wd_sketch *sketch,
                             const struct wd_print *print, uint32_t *ret_slot)
{
    char lists[LISTS_BYTES];
    uint16_t facts_at;
    size_t lists_size = pack_lists(sketch, print, lists, &facts_at);
    size_t uri_size = sketch->uri.size < UINT16_MAX ? sketch->uri.size : UINT16_MAX;
    uint32_t n_places = print->prints.n < WD_PLACES_MAX ? print->prints.n : WD_PLACES_MAX;
    struct wd_kept *kept =
        wd_window_push(win, sketch->sequence, sketch->timestamp_ms,
                       sizeof(*kept) + uri_size + lists_size + n_places, ret_slot);
    if (!kept)
        return NULL;
    *kept = (struct wd_kept){
        .content_hash = sketch->content_hash,
        .cluster = sketch->cluster,
        .text_hash = sketch->text_hash,
        .version_hash = wd_kept_version(sketch->version),
        .of_distance =
            sketch->of_sequence ? (uint32_t)(sketch->sequence - sketch->of_sequence) : 0,
        .lead_distance = sketch->lead_sequence
                             ? (uint32_t)(sketch->sequence - sketch->lead_sequence) + 1
                             : 0,
        .n_words = sketch->n_words,
        .seconds = seconds_of(print->time_ms),
        .n_points =
            (uint16_t)(sketch->n_points < UINT16_MAX ? sketch->n_points : UINT16_MAX),
        .source = sketch->source,
        .uri_size = (uint16_t)uri_size,
        .lists_size = (uint16_t)lists_size,
        .facts_at = facts_at,
        .n_places = (uint8_t)n_places,
        .verdict = (uint8_t)sketch->verdict,
        .is_whole = print->is_whole,
        .is_canceled = sketch->is_canceled,
    };
    if (uri_size)
        memcpy(kept->bytes, sketch->uri.data, uri_size);
    memcpy(kept->bytes + uri_size, lists, lists_size);
    if (n_places)
        memcpy(kept->bytes + uri_size + lists_size, sketch->places, n_places);
    return kept;
}

uint32_t wd_kept_places(const struct wd_kept *kept, uint8_t ret_places[WD_PLACES_MAX])
{
    memcpy(ret_places, kept->bytes + kept->uri_size + kept->lists_size, kept->n_places);
    return kept->n_places;
}

struct wd_print wd_kept_head(const struct wd_kept *kept)
{
    return (struct wd_print){
        .content_hash = kept->content_hash,
        .n_words = kept->n_words,
        .is_whole = kept->is_whole,
        .source = kept->source,
        .time_ms = kept->seconds ? (int64_t)(kept->seconds - 1) * 1000 : -1,
    };
}

static struct wd_bit_reader lists_of(const struct wd_kept *kept, uint16_t from)
{
    return wd_bit_reader_from(kept->bytes + kept->uri_size, kept->lists_size, from);
}

WD_CLONED void wd_kept_prints(const struct wd_kept *kept, uint32_t bound,
                              struct wd_print *print, struct wd_kept_room *room)
{
    struct wd_bit_reader in = lists_of(kept, 0);
    bool is_all;
    uint32_t n = wd_prints_get_up_to(&in, room->prints, WD_PRINTS_MAX, kept->n_words,
                                     bound, &is_all);
    print->prints = (struct wd_hashes){room->prints, n};
    print->is_whole = kept->is_whole || !is_all;
}

WD_CLONED void wd_kept_facts(const struct wd_kept *kept, struct wd_print *print,
                             struct wd_kept_room *room)
{
    struct wd_bit_reader in = lists_of(kept, kept->facts_at);
    print->figures = unpack(&in, room->figures, WD_FIGURES_MAX);
    print->names = unpack(&in, room->names, WD_NAMES_MAX);
    print->headline = unpack(&in, room->headline, WD_TERMS_MAX);
    print->topic = unpack_topic(&in, room);
    assert(wd_bits_at_end(&in));
}

struct wd_print wd_kept_print(const struct wd_kept *kept, struct wd_kept_room *room)
{
    struct wd_print print = wd_kept_head(kept);
    wd_kept_prints(kept, UINT16_MAX, &print, room);
    wd_kept_facts(kept, &print, room);
    return print;
}
