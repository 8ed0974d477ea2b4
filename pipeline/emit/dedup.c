/* dedup.c -- the member "dedup": what an article repeats, why, and what it nearly does.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Places in this article are exact. Of the earlier one the desk kept a sample, so that
 * places there are rounded outwards. */
#include "json_writer.h"
#include "offsets.h"
#include "parts.h"

static void emit_passages(const struct wd_emission *em,
                          const struct wd_evidence *evidence)
{
    struct wd_finger finger = wd_finger_at_start(em->facts->text, em->text_points);
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "passages");
    wd_json_open_array(buf);
    for (size_t i = 0; i < evidence->n_passages; i++) {
        const struct wd_shared_passage *passage = &evidence->passages[i];
        wd_json_open_object(buf);
        wd_json_member_uint(buf, "start", wd_finger_move(&finger, passage->here.start));
        wd_json_member_uint(buf, "end", wd_finger_move(&finger, passage->here.end));
        if (passage->there_end != 0) {
            wd_json_member_uint(buf, "ofStart", passage->there_start);
            wd_json_member_uint(buf, "ofEnd", passage->there_end);
        }
        wd_json_close_object(buf);
    }
    wd_json_close_array(buf);
}

static void emit_facts(const struct wd_emission *em, const char *key,
                       const struct wd_span *spans, size_t n)
{
    struct wd_finger finger = wd_finger_at_start(em->facts->text, em->text_points);
    struct wd_buf *buf = em->buf;

    if (n == 0)
        return;
    wd_json_key(buf, key);
    wd_json_open_array(buf);
    for (size_t i = 0; i < n; i++) {
        wd_json_open_object(buf);
        wd_json_member_uint(buf, "start", wd_finger_move(&finger, spans[i].start));
        wd_json_member_uint(buf, "end", wd_finger_move(&finger, spans[i].end));
        wd_json_member(buf, "exact", wd_span_of(em->facts->text, spans[i]));
        wd_json_close_object(buf);
    }
    wd_json_close_array(buf);
}

static void emit_count(struct wd_buf *buf, const char *key, uint32_t n)
{
    if (n != 0)
        wd_json_member_uint(buf, key, n);
}

static void emit_evidence(const struct wd_emission *em,
                          const struct wd_evidence *evidence)
{
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "evidence");
    wd_json_open_object(buf);
    emit_passages(em, evidence);
    wd_json_key(buf, "against");
    wd_json_open_object(buf);
    emit_facts(em, "names", evidence->names, evidence->n_names);
    emit_count(buf, "otherNames", evidence->other_names);
    emit_facts(em, "figures", evidence->figures, evidence->n_figures);
    emit_count(buf, "otherFigures", evidence->other_figures);
    if (evidence->hours >= 0)
        wd_json_member_uint(buf, "hours", (uint64_t)evidence->hours);
    wd_json_close_object(buf);
    wd_json_close_object(buf);
}

static void emit_shares(struct wd_buf *buf, uint16_t resemblance, uint16_t containment,
                        uint16_t contained)
{
    wd_json_key(buf, "resemblance");
    wd_json_ratio(buf, resemblance);
    wd_json_key(buf, "containment");
    wd_json_ratio(buf, containment);
    wd_json_key(buf, "contained");
    wd_json_ratio(buf, contained);
}

static void emit_near_miss(const struct wd_emission *em, const struct wd_dedup *dedup)
{
    const struct wd_likeness_to *miss = &dedup->miss;
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "nearMiss");
    wd_json_open_object(buf);
    wd_json_member_z(buf, "kind", wd_near_miss_name(dedup->near_miss));
    wd_json_known(buf, "of", miss->of);
    wd_json_member_uint(buf, "ofSequence", miss->of_sequence);
    emit_shares(buf, miss->resemblance, miss->containment, miss->contained);
    wd_json_member_uint(buf, "confidence", miss->confidence);
    emit_evidence(em, &miss->evidence);
    wd_json_close_object(buf);
}

static void emit_flag(struct wd_buf *buf, const char *key, bool is_set)
{
    if (is_set) {
        wd_json_key(buf, key);
        wd_json_true(buf);
    }
}

void wd_emit_dedup(const struct wd_emission *em)
{
    const struct wd_dedup *dedup = &em->facts->dedup;
    bool is_unique = dedup->verdict == WD_VERDICT_UNIQUE;
    struct wd_buf *buf = em->buf;

    wd_json_key(buf, "dedup");
    wd_json_open_object(buf);
    wd_json_member_z(buf, "verdict", wd_verdict_name(dedup->verdict));
    wd_json_key(buf, "cluster");
    wd_json_id(buf, 'c', dedup->cluster);
    if (!is_unique) {
        wd_json_known(buf, "of", dedup->of);
        wd_json_member_uint(buf, "ofSequence", dedup->of_sequence);
    }
    emit_shares(buf, dedup->resemblance, dedup->containment, dedup->contained);
    wd_json_member_uint(buf, "confidence", dedup->confidence);
    wd_json_member_uint(buf, "candidates", dedup->candidates);
    emit_flag(buf, "conflict", dedup->is_conflict);
    wd_json_known(buf, "matchesKilled", dedup->killed);
    if (!is_unique)
        emit_evidence(em, &dedup->evidence);
    else if (dedup->near_miss != WD_NEAR_MISS_NONE)
        emit_near_miss(em, dedup);
    wd_json_close_object(buf);
}
