/* build.c -- rows of names into the file of gazetteer.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The trie grows row by row in two open-addressed tables (words, edges) that double when
 * two thirds full; they are written as they stand. Nothing depends on addresses or on
 * hash order outside the tables, so that the same rows give the same bytes.
 *
 * Measured against a sorted array of n-gram hashes: that one is a third smaller, but asks
 * for one probe for each length at each word; the trie stops at the first word that no
 * name goes on with, which is nearly always the first one. */
#include "wiredesk/gazetteer.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "gazetteer.h"
#include "name_words.h"

#define NAME_MAX_BYTES 255
#define NAME_MAX_WORDS 12
#define N_FIELDS       6
#define FILE_MAX       ((size_t)1 << 31)

struct form {
    uint32_t node;
    uint32_t posting;
    uint8_t prominence;
};

struct wd_gazetteer_builder {
    struct wd_gaz_word *words;
    uint32_t n_word_slots;
    uint32_t n_words;
    struct wd_gaz_edge *edges;
    uint32_t n_edge_slots;
    uint32_t n_edges;
    uint32_t n_nodes;
    struct wd_gaz_entity *entities;
    size_t n_entities;
    size_t entity_room;
    struct form *forms;
    size_t n_forms;
    size_t form_room;
    struct wd_buf strings;
};

/* One row, taken apart; every string is borrowed from the table. */
struct row {
    struct wd_str field[N_FIELDS];
    enum wd_gaz_type type;
    uint8_t prominence;
    char country[2];
    uint8_t flags;
};

static const char *const type_names[WD_GAZ_N_TYPES] = {
    [WD_GAZ_PERSON] = "person",   [WD_GAZ_ORGANISATION] = "organisation",
    [WD_GAZ_PLACE] = "place",     [WD_GAZ_EVENT] = "event",
    [WD_GAZ_GROUP] = "group",     [WD_GAZ_GIVEN_NAME] = "given-name",
    [WD_GAZ_SURNAME] = "surname", [WD_GAZ_TITLE] = "title",
    [WD_GAZ_SUFFIX] = "suffix",   [WD_GAZ_CALENDAR] = "calendar",
    [WD_GAZ_WORD] = "word",
};

static const struct {
    const char *name;
    uint8_t flag;
} flag_names[] = {
    {"country", WD_GAZ_COUNTRY},
    {"state", WD_GAZ_STATE},
    {"region", WD_GAZ_REGION},
    {"capital", WD_GAZ_CAPITAL},
};

/* ------------------------------------------------------------------ growing tables */

static void word_put(struct wd_gaz_word *slots, uint32_t n_slots, struct wd_gaz_word word)
{
    uint32_t i = (uint32_t)word.hash & (n_slots - 1);
    while (slots[i].hash)
        i = (i + 1) & (n_slots - 1);
    slots[i] = word;
}

static int words_grow(struct wd_gazetteer_builder *gb)
{
    uint32_t n_slots = gb->n_word_slots ? gb->n_word_slots * 2 : 16;
    struct wd_gaz_word *slots = calloc(n_slots, sizeof(*slots));
    if (!slots)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < gb->n_word_slots; i++) {
        if (gb->words[i].hash)
            word_put(slots, n_slots, gb->words[i]);
    }
    free(gb->words);
    gb->words = slots;
    gb->n_word_slots = n_slots;
    return WD_OK;
}

static void edge_put(struct wd_gaz_edge *slots, uint32_t n_slots, struct wd_gaz_edge edge)
{
    uint32_t i = wd_gaz_edge_slot(edge.from, edge.word) & (n_slots - 1);
    while (slots[i].from)
        i = (i + 1) & (n_slots - 1);
    slots[i] = edge;
}

static int edges_grow(struct wd_gazetteer_builder *gb)
{
    uint32_t n_slots = gb->n_edge_slots ? gb->n_edge_slots * 2 : 16;
    struct wd_gaz_edge *slots = calloc(n_slots, sizeof(*slots));
    if (!slots)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < gb->n_edge_slots; i++) {
        if (gb->edges[i].from)
            edge_put(slots, n_slots, gb->edges[i]);
    }
    free(gb->edges);
    gb->edges = slots;
    gb->n_edge_slots = n_slots;
    return WD_OK;
}

/* The entry of the word with this hash, made when it is new. Valid until the next call.
 */
static int find_word(struct wd_gazetteer_builder *gb, uint64_t hash,
                     struct wd_gaz_word **ret_word)
{
    if ((uint64_t)gb->n_words * 3 >= (uint64_t)gb->n_word_slots * 2) {
        int r = words_grow(gb);
        if (r < 0)
            return r;
    }
    uint32_t mask = gb->n_word_slots - 1, i = (uint32_t)hash & mask;
    while (gb->words[i].hash && gb->words[i].hash != hash)
        i = (i + 1) & mask;
    if (!gb->words[i].hash) {
        gb->words[i].hash = hash;
        gb->words[i].id = ++gb->n_words;
    }
    *ret_word = &gb->words[i];
    return WD_OK;
}

static int find_edge(struct wd_gazetteer_builder *gb, uint32_t from, uint32_t word,
                     uint32_t *ret_to)
{
    if ((uint64_t)gb->n_edges * 3 >= (uint64_t)gb->n_edge_slots * 2) {
        int r = edges_grow(gb);
        if (r < 0)
            return r;
    }
    uint32_t mask = gb->n_edge_slots - 1, i = wd_gaz_edge_slot(from, word) & mask;
    while (gb->edges[i].from && (gb->edges[i].from != from || gb->edges[i].word != word))
        i = (i + 1) & mask;
    if (!gb->edges[i].from) {
        gb->edges[i] = (struct wd_gaz_edge){from, word, gb->n_nodes++};
        gb->n_edges++;
    }
    *ret_to = gb->edges[i].to;
    return WD_OK;
}

/* Room for one more element; NULL when memory is short. */
static void *grow(void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return array;
    size_t more = *room ? *room * 2 : 1024;
    void *grown = realloc(array, more * size);
    if (grown)
        *room = more;
    return grown;
}

static int add_form(struct wd_gazetteer_builder *gb, struct form form)
{
    void *forms = grow(gb->forms, gb->n_forms, &gb->form_room, sizeof(form));
    if (!forms)
        return WD_ENOMEM;
    gb->forms = forms;
    gb->forms[gb->n_forms++] = form;
    return WD_OK;
}

static uint32_t add_string(struct wd_gazetteer_builder *gb, struct wd_str str)
{
    uint32_t offset = (uint32_t)gb->strings.size;
    wd_buf_append_char(&gb->strings, (char)(str.size & 0xff));
    wd_buf_append_char(&gb->strings, (char)(str.size >> 8));
    wd_buf_append_str(&gb->strings, str);
    return offset;
}

/* --------------------------------------------------------------------------- rows */

static struct wd_str cut_at(struct wd_str *rest, char sign)
{
    const char *end = rest->size ? memchr(rest->data, sign, rest->size) : NULL;
    struct wd_str part = {rest->data, end ? (size_t)(end - rest->data) : rest->size};
    size_t step = part.size + (end ? 1 : 0);
    rest->data += step;
    rest->size -= step;
    return part;
}

static bool find_type(struct wd_str name, enum wd_gaz_type *ret_type)
{
    for (int type = 0; type < WD_GAZ_N_TYPES; type++) {
        if (wd_str_equal(name, wd_str_from(type_names[type]))) {
            *ret_type = (enum wd_gaz_type)type;
            return true;
        }
    }
    return false;
}

static bool read_prominence(struct wd_str text, uint8_t *ret_value)
{
    unsigned value = 0;
    if (text.size == 0) {
        *ret_value = 20;
        return true;
    }
    if (text.size > 3)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        value = value * 10 + (unsigned)(text.data[i] - '0');
    }
    *ret_value = (uint8_t)value;
    return value <= 100;
}

static bool read_flag(struct wd_str text, struct row *row)
{
    if (text.size == 5 && memcmp(text.data, "cc=", 3) == 0) {
        memcpy(row->country, text.data + 3, 2);
        return true;
    }
    for (size_t i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]); i++) {
        if (wd_str_equal(text, wd_str_from(flag_names[i].name))) {
            row->flags |= flag_names[i].flag;
            return true;
        }
    }
    return false;
}

/* A scheme, a colon, and nothing that would need escaping in an URI. */
static bool is_uri(struct wd_str id)
{
    const char *colon = memchr(id.data, ':', id.size);
    if (!colon || colon == id.data || id.size > NAME_MAX_BYTES)
        return false;
    for (size_t i = 0; i < id.size; i++) {
        unsigned char c = (unsigned char)id.data[i];
        if (c <= 0x20 || c >= 0x7f || strchr("<>\"{}|\\^`", c))
            return false;
    }
    return true;
}

static size_t count_words(struct wd_str name)
{
    struct wd_name_word word;
    uint32_t at = 0;
    size_t count = 0;
    while (wd_name_word_next(name, &at, &word))
        count++;
    return count;
}

static const char *check_name(struct wd_str name)
{
    if (name.size == 0)
        return "a name is empty";
    if (name.size > NAME_MAX_BYTES)
        return "a name is longer than 255 bytes";
    size_t count = count_words(name);
    if (count == 0)
        return "a name has no words";
    return count > NAME_MAX_WORDS ? "a name has more than 12 words" : NULL;
}

/* NULL when the row is good, else what is wrong with it. */
static const char *parse_row(struct wd_str line, struct row *row)
{
    if (wd_utf8_valid_prefix(line) != line.size)
        return "the row is not UTF-8";
    struct wd_str rest = line;
    size_t n = 0;
    while (n < N_FIELDS && (rest.size || n == 0))
        row->field[n++] = cut_at(&rest, '\t');
    if (n < 2)
        return "the row needs a name and a type, parted by a tab";
    if (rest.size)
        return "the row has more than 6 fields";
    if (!find_type(row->field[1], &row->type))
        return "the type is not one of person, organisation, place, event, group, "
               "given-name, surname, title, suffix, calendar, word";
    if (row->field[2].size && !is_uri(row->field[2]))
        return "the id is not a URI";
    if (!read_prominence(row->field[3], &row->prominence))
        return "the prominence is not a number from 0 to 100";
    for (rest = row->field[5]; rest.size;) {
        if (!read_flag(cut_at(&rest, ';'), row))
            return "a flag is not one of cc=XX, country, state, region, capital";
    }
    const char *fault = check_name(row->field[0]);
    for (rest = row->field[4]; rest.size && !fault;)
        fault = check_name(cut_at(&rest, '|'));
    return fault;
}

/* Single-word evidence lives in the word's own entry. Of a row of several words, each of
 * three letters or more is taken: "Jean-Claude", "De Santis". */
static int add_evidence(struct wd_gazetteer_builder *gb, const struct row *row)
{
    struct wd_name_word part;
    uint32_t at = 0;
    bool is_alone = count_words(row->field[0]) == 1;
    uint8_t strength = row->prominence ? row->prominence : 1;

    while (wd_name_word_next(row->field[0], &at, &part)) {
        if (!is_alone && part.length < 3)
            continue;
        struct wd_gaz_word *word;
        int r = find_word(gb, part.hash, &word);
        if (r < 0)
            return r;
        if (row->type == WD_GAZ_GIVEN_NAME && word->given < strength)
            word->given = strength;
        if (row->type == WD_GAZ_SURNAME && word->surname < strength)
            word->surname = strength;
        if (row->type == WD_GAZ_WORD)
            word->lower = strength;
        if (row->type == WD_GAZ_CALENDAR)
            word->is_calendar = 1;
    }
    return WD_OK;
}

/* Walks (and makes) the path of one form. */
static int add_path(struct wd_gazetteer_builder *gb, struct wd_str name,
                    uint32_t *ret_node, bool *ret_caps)
{
    struct wd_name_word part;
    uint32_t at = 0, node = 0, count = 0;
    bool is_caps = false;

    while (wd_name_word_next(name, &at, &part)) {
        struct wd_gaz_word *word;
        int r = find_word(gb, part.hash, &word);
        if (r < 0)
            return r;
        if (count++ == 0) {
            if (!word->node)
                word->node = gb->n_nodes++;
            node = word->node;
            is_caps = (part.shape & WD_SHAPE_CAPS) && part.length <= 6;
        } else {
            r = find_edge(gb, node, word->id, &node);
            if (r < 0)
                return r;
        }
    }
    *ret_node = node;
    *ret_caps = is_caps && count == 1;
    return WD_OK;
}

static int add_entity(struct wd_gazetteer_builder *gb, const struct row *row)
{
    if (gb->n_entities > 0x00fffff0)
        return WD_ENOMEM;
    void *entities =
        grow(gb->entities, gb->n_entities, &gb->entity_room, sizeof(gb->entities[0]));
    if (!entities)
        return WD_ENOMEM;
    gb->entities = entities;
    uint32_t index = (uint32_t)gb->n_entities++;
    struct wd_gaz_entity *entity = &gb->entities[index];
    *entity = (struct wd_gaz_entity){
        .name = add_string(gb, row->field[0]),
        .uri = row->field[2].size ? add_string(gb, row->field[2]) : 0,
        .type = (uint8_t)row->type,
        .prominence = row->prominence,
        .country = {row->country[0], row->country[1]},
        .flags = row->flags,
    };

    struct wd_str form = row->field[0], rest = row->field[4];
    for (bool is_form = false;; is_form = true) {
        uint32_t node;
        bool is_caps;
        int r = add_path(gb, form, &node, &is_caps);
        if (r < 0)
            return r;
        uint32_t posting =
            index | (is_caps ? WD_GAZ_CAPS_BIT : 0) | (is_form ? WD_GAZ_FORM_BIT : 0);
        r = add_form(gb, (struct form){node, posting, row->prominence});
        if (r < 0)
            return r;
        if (!rest.size)
            return WD_OK;
        form = cut_at(&rest, '|');
    }
}

/* ---------------------------------------------------------------------- public face */

struct wd_gazetteer_builder *wd_gazetteer_builder_new(void)
{
    struct wd_gazetteer_builder *gb = calloc(1, sizeof(*gb));
    if (!gb)
        return NULL;
    wd_buf_init(&gb->strings, FILE_MAX);
    gb->n_nodes = 1; /* node 0 is "none" */
    add_string(gb, (struct wd_str){"", 0});
    if (words_grow(gb) < 0 || edges_grow(gb) < 0 || wd_buf_status(&gb->strings) < 0) {
        wd_gazetteer_builder_free(gb);
        return NULL;
    }
    return gb;
}

void wd_gazetteer_builder_free(struct wd_gazetteer_builder *gb)
{
    if (!gb)
        return;
    free(gb->words);
    free(gb->edges);
    free(gb->entities);
    free(gb->forms);
    wd_buf_done(&gb->strings);
    free(gb);
}

int wd_gazetteer_builder_add(struct wd_gazetteer_builder *gb, struct wd_str table,
                             wd_gazetteer_fault *fault, void *arg)
{
    int n_faults = 0;
    for (size_t number = 1; table.size; number++) {
        struct wd_str line = cut_at(&table, '\n');
        if (line.size && line.data[line.size - 1] == '\r')
            line.size--;
        if (line.size == 0 || line.data[0] == '#')
            continue;
        struct row row = {0};
        const char *what = parse_row(line, &row);
        if (what) {
            fault(arg, number, what);
            n_faults++;
            continue;
        }
        bool is_evidence = row.type == WD_GAZ_GIVEN_NAME || row.type == WD_GAZ_SURNAME ||
                           row.type == WD_GAZ_CALENDAR || row.type == WD_GAZ_WORD;
        int r = is_evidence ? add_evidence(gb, &row) : add_entity(gb, &row);
        if (r < 0)
            return r;
    }
    return wd_buf_status(&gb->strings) < 0 ? WD_ENOMEM : n_faults;
}

/* By node; within one, the most prominent first, then in the order of the rows. */
static int form_order(const void *a, const void *b)
{
    const struct form *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    if (x->prominence != y->prominence)
        return x->prominence > y->prominence ? -1 : 1;
    uint32_t left = WD_GAZ_ENTITY(x->posting), right = WD_GAZ_ENTITY(y->posting);
    if (left != right)
        return left < right ? -1 : 1;
    return (x->posting > y->posting) - (x->posting < y->posting);
}

/* Two forms of one entity that fold alike are one. The looser one (the main name, any
 * case) sorts first and stays. */
static void forms_unite(struct wd_gazetteer_builder *gb)
{
    size_t kept = 0;
    if (gb->n_forms)
        qsort(gb->forms, gb->n_forms, sizeof(gb->forms[0]), form_order);
    for (size_t i = 0; i < gb->n_forms; i++) {
        const struct form *last = kept ? &gb->forms[kept - 1] : NULL;
        if (!last || last->node != gb->forms[i].node ||
            WD_GAZ_ENTITY(last->posting) != WD_GAZ_ENTITY(gb->forms[i].posting))
            gb->forms[kept++] = gb->forms[i];
    }
    gb->n_forms = kept;
}

static uint32_t append_section(struct wd_buf *buf, size_t base, const void *bytes,
                               size_t size)
{
    static const char zeros[8];
    size_t at = buf->size - base;
    wd_buf_append(buf, zeros, (8 - at % 8) % 8);
    at = buf->size - base;
    wd_buf_append(buf, bytes, size);
    return (uint32_t)at;
}

/* The start of each node's postings, and one past the last. */
static uint32_t *node_starts(const struct wd_gazetteer_builder *gb)
{
    uint32_t *starts = calloc((size_t)gb->n_nodes + 1, sizeof(*starts));
    if (!starts)
        return NULL;
    for (size_t i = 0; i < gb->n_forms; i++)
        starts[gb->forms[i].node + 1]++;
    for (uint32_t i = 0; i < gb->n_nodes; i++)
        starts[i + 1] += starts[i];
    return starts;
}

int wd_gazetteer_builder_write(struct wd_gazetteer_builder *gb, struct wd_buf *buf)
{
    int r = WD_ENOMEM;
    uint32_t *starts = NULL, *postings = NULL;
    size_t base = buf->size;

    forms_unite(gb);
    starts = node_starts(gb);
    postings = calloc(gb->n_forms + 1, sizeof(*postings));
    if (!starts || !postings)
        goto out;
    for (size_t i = 0; i < gb->n_forms; i++)
        postings[i] = gb->forms[i].posting;

    struct wd_gaz_header head = {
        .n_word_slots = gb->n_word_slots,
        .n_edge_slots = gb->n_edge_slots,
        .n_nodes = gb->n_nodes,
        .n_postings = (uint32_t)gb->n_forms,
        .n_entities = (uint32_t)gb->n_entities,
        .n_string_bytes = (uint32_t)gb->strings.size,
    };
    wd_buf_append(buf, &head, sizeof(head));
    head.words =
        append_section(buf, base, gb->words, gb->n_word_slots * sizeof(gb->words[0]));
    head.edges =
        append_section(buf, base, gb->edges, gb->n_edge_slots * sizeof(gb->edges[0]));
    head.nodes =
        append_section(buf, base, starts, ((size_t)gb->n_nodes + 1) * sizeof(starts[0]));
    head.postings = append_section(buf, base, postings, gb->n_forms * sizeof(*postings));
    head.entities =
        append_section(buf, base, gb->entities, gb->n_entities * sizeof(gb->entities[0]));
    head.strings = append_section(buf, base, gb->strings.data, gb->strings.size);
    r = wd_buf_status(buf);
    if (r < 0)
        goto out;
    memcpy(buf->data + base, &head, sizeof(head));
    wd_datafile_seal(&wd_gazetteer_format, buf->data + base, buf->size - base);
out:
    free(postings);
    free(starts);
    return r;
}

void wd_gazetteer_builder_stats(const struct wd_gazetteer_builder *gb,
                                struct wd_gazetteer_stats *ret_stats)
{
    *ret_stats = (struct wd_gazetteer_stats){
        .entities = gb->n_entities,
        .forms = gb->n_forms,
        .words = gb->n_words,
    };
}
