/* gazetteer.c -- opens the compiled names and walks them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A file is believed only after three checks: the header (magic, version, byte order,
 * size), the checksum, and a pass over every number in it that is later used as an index.
 * So lookups need no checks of their own, even over a file made by an enemy. One pass
 * costs about 10 ms for 45 MB, once. */
#include "gazetteer.h"

const struct wd_datafile_format wd_gazetteer_format = {
    .magic = "WDNAMES\n",
    .version = 1,
    .noun = "a compiled gazetteer",
    .cure = "build it with: wiredesk gazetteer build",
};

static int refuse(struct wd_error *err, const char *name, const char *what)
{
    return wd_datafile_refuse(&wd_gazetteer_format, name, what, err);
}

static bool is_power_of_two(uint32_t n)
{
    return n != 0 && (n & (n - 1)) == 0;
}

static bool section_fits(const struct wd_gaz_header *head, uint32_t offset,
                         uint64_t count, size_t size)
{
    return offset % 8 == 0 && offset >= sizeof(*head) && offset <= head->file.size &&
           count * size <= head->file.size - offset;
}

static bool sections_fit(const struct wd_gaz_header *head)
{
    return is_power_of_two(head->n_word_slots) && is_power_of_two(head->n_edge_slots) &&
           head->n_nodes > 0 && head->n_entities <= 0x00ffffff &&
           section_fits(head, head->words, head->n_word_slots,
                        sizeof(struct wd_gaz_word)) &&
           section_fits(head, head->edges, head->n_edge_slots,
                        sizeof(struct wd_gaz_edge)) &&
           section_fits(head, head->nodes, (uint64_t)head->n_nodes + 1,
                        sizeof(uint32_t)) &&
           section_fits(head, head->postings, head->n_postings, sizeof(uint32_t)) &&
           section_fits(head, head->entities, head->n_entities,
                        sizeof(struct wd_gaz_entity)) &&
           section_fits(head, head->strings, head->n_string_bytes, 1);
}

static bool string_fits(const struct wd_gazetteer *gaz, uint32_t offset)
{
    uint64_t n = gaz->header->n_string_bytes;
    if ((uint64_t)offset + 2 > n)
        return false;
    return (uint64_t)offset + 2 + wd_gazetteer_string(gaz, offset).size <= n;
}

/* Every probe must end, so each open-addressed table needs an empty slot. */
static bool tables_are_sound(const struct wd_gazetteer *gaz)
{
    const struct wd_gaz_header *head = gaz->header;
    bool has_empty = false;
    for (uint32_t i = 0; i < head->n_word_slots; i++) {
        has_empty |= gaz->words[i].hash == 0;
        if (gaz->words[i].node >= head->n_nodes)
            return false;
    }
    if (!has_empty)
        return false;
    has_empty = false;
    for (uint32_t i = 0; i < head->n_edge_slots; i++) {
        has_empty |= gaz->edges[i].from == 0;
        if (gaz->edges[i].to >= head->n_nodes)
            return false;
    }
    return has_empty;
}

static bool lists_are_sound(const struct wd_gazetteer *gaz)
{
    const struct wd_gaz_header *head = gaz->header;
    if (gaz->nodes[0] != 0 || gaz->nodes[head->n_nodes] != head->n_postings)
        return false;
    for (uint32_t i = 0; i < head->n_nodes; i++) {
        if (gaz->nodes[i] > gaz->nodes[i + 1])
            return false;
    }
    for (uint32_t i = 0; i < head->n_postings; i++) {
        if (WD_GAZ_ENTITY(gaz->postings[i]) >= head->n_entities)
            return false;
    }
    for (uint32_t i = 0; i < head->n_entities; i++) {
        const struct wd_gaz_entity *entity = &gaz->entities[i];
        if (entity->type >= WD_GAZ_N_TYPES || !string_fits(gaz, entity->name) ||
            !string_fits(gaz, entity->uri))
            return false;
    }
    return true;
}

int wd_gazetteer_view(struct wd_str bytes, const char *name, struct wd_gazetteer *ret_gaz,
                      struct wd_error *err)
{
    int r = wd_datafile_check(&wd_gazetteer_format, bytes, name, err);
    if (r < 0)
        return r;
    const struct wd_gaz_header *head = (const void *)bytes.data;
    if (bytes.size < sizeof(*head) || !sections_fit(head))
        return refuse(err, name, "the file is cut or damaged");

    struct wd_gazetteer gaz = {
        .header = head,
        .words = (const void *)(bytes.data + head->words),
        .edges = (const void *)(bytes.data + head->edges),
        .nodes = (const void *)(bytes.data + head->nodes),
        .postings = (const void *)(bytes.data + head->postings),
        .entities = (const void *)(bytes.data + head->entities),
        .strings = bytes.data + head->strings,
    };
    if (!tables_are_sound(&gaz) || !lists_are_sound(&gaz))
        return refuse(err, name, "the file points outside of itself");
    *ret_gaz = gaz;
    return WD_OK;
}

int wd_gazetteer_open(const char *folder, struct wd_gazetteer *ret_gaz,
                      struct wd_error *err)
{
    struct wd_str bytes;
    struct wd_gazetteer gaz;
    int r = wd_datafile_map(&wd_gazetteer_format, folder, WD_GAZETTEER_FILE, &bytes, NULL,
                            err);
    if (r < 0)
        return r;
    r = wd_gazetteer_view(bytes, WD_GAZETTEER_FILE, &gaz, err);
    if (r < 0) {
        wd_datafile_unmap(bytes);
        return r;
    }
    gaz.map = bytes;
    *ret_gaz = gaz;
    return WD_OK;
}

void wd_gazetteer_close(struct wd_gazetteer *gaz)
{
    wd_datafile_unmap(gaz->map);
    *gaz = (struct wd_gazetteer){0};
}

const struct wd_gaz_word *wd_gazetteer_word(const struct wd_gazetteer *gaz, uint64_t hash)
{
    uint32_t mask = gaz->header->n_word_slots - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        const struct wd_gaz_word *word = &gaz->words[i];
        if (word->hash == hash)
            return hash ? word : NULL;
        if (word->hash == 0)
            return NULL;
    }
}

uint32_t wd_gazetteer_step(const struct wd_gazetteer *gaz, uint32_t node, uint32_t word)
{
    uint32_t mask = gaz->header->n_edge_slots - 1;
    uint32_t i = wd_gaz_edge_slot(node, word) & mask;
    for (;; i = (i + 1) & mask) {
        const struct wd_gaz_edge *edge = &gaz->edges[i];
        if (edge->from == 0)
            return 0;
        if (edge->from == node && edge->word == word)
            return edge->to;
    }
}

const uint32_t *wd_gazetteer_postings(const struct wd_gazetteer *gaz, uint32_t node,
                                      size_t *ret_count)
{
    uint32_t start = gaz->nodes[node];
    *ret_count = gaz->nodes[node + 1] - start;
    return gaz->postings + start;
}

struct wd_str wd_gazetteer_string(const struct wd_gazetteer *gaz, uint32_t offset)
{
    const unsigned char *p = (const unsigned char *)gaz->strings + offset;
    return (struct wd_str){gaz->strings + offset + 2, (size_t)p[0] | (size_t)p[1] << 8};
}
