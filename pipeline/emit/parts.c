/* parts.c -- what both ninjs profiles ask of an article.
 * SPDX-License-Identifier: Apache-2.0 */
#include "parts.h"

#include "json_writer.h"

struct wd_str wd_emit_headline(const struct wd_emission *em)
{
    for (size_t i = 0; i < em->facts->n_regions; i++) {
        const struct wd_region *region = &em->facts->regions[i];
        if (region->role == WD_ROLE_HEADLINE)
            return wd_span_of(em->facts->text, region->span);
    }
    return em->facts->meta.headline;
}

size_t wd_emit_count_words(const struct wd_emission *em, struct wd_span span)
{
    size_t n_words = 0;
    bool is_counted = false;

    for (size_t i = 0; i < em->facts->n_tokens; i++) {
        const struct wd_token *tok = &em->facts->tokens[i];
        if (tok->span.start < span.start || tok->span.end > span.end)
            continue;
        bool is_word = tok->kind == WD_TOKEN_WORD || tok->kind == WD_TOKEN_NUMBER;
        if (is_word && !is_counted)
            n_words++;
        is_counted = (is_counted || is_word) && !tok->is_spaced;
    }
    return n_words;
}

void wd_emit_named(const struct wd_emission *em, const char *key, enum wd_label label,
                   const char *uri_key)
{
    bool is_open = false;

    for (size_t i = 0; i < em->facts->n_entities; i++) {
        const struct wd_entity *ent = &em->facts->entities[i];
        if (ent->label != label)
            continue;
        if (!is_open) {
            wd_json_key(em->buf, key);
            wd_json_open_array(em->buf);
            is_open = true;
        }
        wd_json_open_object(em->buf);
        wd_json_member(em->buf, "name", ent->name);
        wd_json_member_z(em->buf, "rel", "mentions");
        wd_json_known(em->buf, uri_key, ent->uri);
        wd_json_close_object(em->buf);
    }
    if (is_open)
        wd_json_close_array(em->buf);
}
